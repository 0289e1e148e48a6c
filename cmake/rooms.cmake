# iisdiag_for_this_system(LIST): takes the files of other systems out of LIST.
#
# A file that ends in _win32.cpp is built for Windows only, one in _posix.cpp
# everywhere else; likewise _win32_test.cpp and _posix_test.cpp.
function(iisdiag_for_this_system list)
  set(other win32)
  if(WIN32)
    set(other posix)
  endif()
  list(FILTER ${list} EXCLUDE REGEX "_${other}(_test)?\\.cpp$")
  set(${list} "${${list}}" PARENT_SCOPE)
endfunction()

# iisdiag_room(NAME [PUBLIC library...] [PRIVATE library...])
#
# Defines the library iisdiag_NAME from src/NAME/*.cpp. CONFIGURE_DEPENDS makes
# every build look for new files, so adding one needs no edit here. The global
# property IISDIAG_ROOMS names all rooms that are archives.
function(iisdiag_room name)
  cmake_parse_arguments(PARSE_ARGV 1 room "" "" "PUBLIC;PRIVATE")
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${name}/*.cpp")
  iisdiag_for_this_system(sources)

  if(NOT sources)
    # A room of headers only; CMake builds no archive out of nothing.
    add_library(iisdiag_${name} INTERFACE)
    target_link_libraries(iisdiag_${name} INTERFACE
      ${room_PUBLIC} ${room_PRIVATE})
    return()
  endif()

  set_property(GLOBAL APPEND PROPERTY IISDIAG_ROOMS iisdiag_${name})
  add_library(iisdiag_${name} STATIC ${sources})
  target_link_libraries(iisdiag_${name}
    PUBLIC ${room_PUBLIC}
    PRIVATE iisdiag_flags ${room_PRIVATE})
  iisdiag_own_target(iisdiag_${name})
  iisdiag_unity(iisdiag_${name} all)
endfunction()
