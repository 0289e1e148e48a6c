# GTest::gtest and GTest::gtest_main from the sources of Debian's googletest.
#
# The compiler's "win32" thread model has no std::mutex, which GoogleTest wants
# for one class; gtest_notification.hpp has another one of this name.
set(IISDIAG_GOOGLETEST /usr/src/googletest CACHE PATH
  "Folder with the sources of GoogleTest")
if(NOT EXISTS "${IISDIAG_GOOGLETEST}/CMakeLists.txt")
  message(FATAL_ERROR "No ${IISDIAG_GOOGLETEST}: run scripts/windows test")
endif()
set(BUILD_GMOCK OFF)
set(INSTALL_GTEST OFF)
add_subdirectory("${IISDIAG_GOOGLETEST}" "${PROJECT_BINARY_DIR}/googletest"
  EXCLUDE_FROM_ALL)
target_compile_definitions(gtest PUBLIC GTEST_HAS_NOTIFICATION_=1)
target_compile_options(gtest PUBLIC
  "SHELL:-include \"${CMAKE_CURRENT_LIST_DIR}/gtest_notification.hpp\"")
foreach(target IN ITEMS gtest gtest_main)
  target_compile_options(${target} PRIVATE -w)
  get_target_property(include ${target} INTERFACE_INCLUDE_DIRECTORIES)
  set_target_properties(${target} PROPERTIES
    INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${include}")
  if(NOT TARGET GTest::${target})
    add_library(GTest::${target} ALIAS ${target})
  endif()
endforeach()
