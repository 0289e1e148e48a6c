# iisdiag_static: the program for Linux in one file that needs no library. Only
# with IISDIAG_RELEASE.
if(NOT IISDIAG_RELEASE)
  return()
endif()
add_executable(iisdiag_static src/main_posix.cpp)
set_target_properties(iisdiag_static PROPERTIES
  IISDIAG_STATIC ON
  OUTPUT_NAME iisdiag-static
  RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
target_link_libraries(iisdiag_static PRIVATE iisdiag_flags iisdiag_cli)
# Its addresses are random all the same.
target_link_options(iisdiag_static PRIVATE -static-pie)
iisdiag_own_target(iisdiag_static)
