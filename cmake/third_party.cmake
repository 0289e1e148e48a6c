# Libraries from the system (Debian packages, vcpkg). Imported targets are
# SYSTEM by nature: their headers raise no warnings of ours.

# iisdiag_static_or_shared(VARIABLE STATIC SHARED): the one library for
# iisdiag-static, the other for all other programs.
function(iisdiag_static_or_shared variable static shared)
  set(${variable}
    "$<IF:$<BOOL:$<TARGET_PROPERTY:IISDIAG_STATIC>>,${static},${shared}>"
    PARENT_SCOPE)
endfunction()

set(IISDIAG_FMT fmt::fmt)
if(MINGW)
  include(third_party_mingw)
  return()
endif()

# Windows has threads without a library.
if(NOT WIN32)
  set(THREADS_PREFER_PTHREAD_FLAG ON)
  find_package(Threads REQUIRED)
  set(IISDIAG_THREADS Threads::Threads)
endif()

find_package(fmt REQUIRED)
if(IISDIAG_RELEASE)
  # Debian has fmt as a shared library only; its sources are those that the
  # Windows programs are made with (scripts/lib-windows.sh).
  add_library(iisdiag_static_fmt STATIC EXCLUDE_FROM_ALL
    "${IISDIAG_SOURCES}/fmtlib/src/format.cc")
  target_compile_options(iisdiag_static_fmt PRIVATE -w)
  target_include_directories(iisdiag_static_fmt SYSTEM PRIVATE
    "${IISDIAG_SOURCES}/fmtlib/include")
  iisdiag_static_or_shared(IISDIAG_FMT iisdiag_static_fmt fmt::fmt)
endif()
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)

# The static pugixml where there is one, so that the program can be copied to
# another machine with one library less. A package of Debian has the shared one,
# so that an update of it is enough.
find_package(pugixml 1.11 REQUIRED)
if(IISDIAG_RELEASE)
  iisdiag_static_or_shared(pugixml pugixml::static pugixml::shared)
  set_target_properties(pugixml::pugixml PROPERTIES
    INTERFACE_LINK_LIBRARIES "${pugixml}")
elseif(TARGET pugixml::static)
  set_target_properties(pugixml::pugixml PROPERTIES
    INTERFACE_LINK_LIBRARIES pugixml::static)
endif()

# For the tests alone: they hold the tables of text/unicode_tables.hpp against
# it. It has no CMake package in Debian 12.
if(NOT WIN32 AND IISDIAG_TESTS)
  find_path(UTF8PROC_INCLUDE_DIR utf8proc.h REQUIRED)
  find_library(UTF8PROC_LIBRARY NAMES libutf8proc.a utf8proc REQUIRED)
  mark_as_advanced(UTF8PROC_INCLUDE_DIR UTF8PROC_LIBRARY)
  add_library(utf8proc::utf8proc UNKNOWN IMPORTED)
  set_target_properties(utf8proc::utf8proc PROPERTIES
    IMPORTED_LOCATION "${UTF8PROC_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${UTF8PROC_INCLUDE_DIR}")
endif()

# Archives. Static, so that the program needs no further library; minizip has
# no CMake package in Debian 12.
if(IISDIAG_RELEASE)
  find_path(MINIZIP_INCLUDE_DIR minizip/unzip.h REQUIRED)
  mark_as_advanced(MINIZIP_INCLUDE_DIR)
  set(both)
  foreach(name IN ITEMS minizip z)
    find_library(static_${name} NAMES lib${name}.a REQUIRED)
    find_library(shared_${name} NAMES lib${name}.so REQUIRED)
    mark_as_advanced(static_${name} shared_${name})
    iisdiag_static_or_shared(library "${static_${name}}" "${shared_${name}}")
    list(APPEND both "${library}")
  endforeach()
  add_library(minizip::minizip INTERFACE IMPORTED)
  set_target_properties(minizip::minizip PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${MINIZIP_INCLUDE_DIR}"
    INTERFACE_LINK_LIBRARIES "${both}")
endif()
if(NOT TARGET minizip::minizip)
  find_path(ZLIB_INCLUDE_DIR zlib.h REQUIRED)
  find_library(ZLIB_LIBRARY NAMES libz.a zlibstatic zlib z REQUIRED)
  find_path(MINIZIP_INCLUDE_DIR minizip/unzip.h REQUIRED)
  find_library(MINIZIP_LIBRARY NAMES libminizip.a minizip REQUIRED)
  mark_as_advanced(
    ZLIB_INCLUDE_DIR ZLIB_LIBRARY MINIZIP_INCLUDE_DIR MINIZIP_LIBRARY)
  add_library(minizip::minizip UNKNOWN IMPORTED)
  set_target_properties(minizip::minizip PROPERTIES
    IMPORTED_LOCATION "${MINIZIP_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${MINIZIP_INCLUDE_DIR};${ZLIB_INCLUDE_DIR}"
    INTERFACE_LINK_LIBRARIES "${ZLIB_LIBRARY}")
endif()
