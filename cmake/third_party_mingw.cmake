# The libraries of third_party.cmake, built by the cross compiler.
#
# Debian has zlib and GoogleTest ready for it. The headers of CLI11 and
# nlohmann-json need no building. The others come from Debian's source packages
# of the very versions that the native program is built with; scripts/windows
# fetches them (scripts/lib-windows.sh) into this folder:
set(IISDIAG_SOURCES "" CACHE PATH
  "Folder with the sources of fmtlib, minizip and pugixml")
if(NOT IISDIAG_SOURCES)
  if(DEFINED ENV{IISDIAG_CACHE})
    set(IISDIAG_SOURCES "$ENV{IISDIAG_CACHE}/sources")
  else()
    set(IISDIAG_SOURCES "$ENV{HOME}/.cache/iisdiag/sources")
  endif()
endif()
foreach(name IN ITEMS fmtlib minizip pugixml)
  if(NOT IS_DIRECTORY "${IISDIAG_SOURCES}/${name}")
    message(FATAL_ERROR "No ${IISDIAG_SOURCES}/${name}: run scripts/windows")
  endif()
endforeach()

enable_language(C)

# Not our code: its warnings are not ours to mend.
function(iisdiag_foreign_library name include)
  add_library(${name} STATIC ${ARGN})
  target_compile_options(${name} PRIVATE -w)
  target_include_directories(${name} SYSTEM PUBLIC "${include}")
endfunction()

# Links to folders of /usr/include and to sources. /usr/include itself must not
# be searched: it has the headers of another system.
set(links "${PROJECT_BINARY_DIR}/third_party")
function(iisdiag_link from to)
  cmake_path(GET to PARENT_PATH parent)
  file(MAKE_DIRECTORY "${parent}")
  file(CREATE_LINK "${from}" "${to}" SYMBOLIC)
endfunction()
foreach(name IN ITEMS CLI nlohmann)
  if(NOT IS_DIRECTORY /usr/include/${name})
    message(FATAL_ERROR "No /usr/include/${name}: run scripts/windows")
  endif()
  iisdiag_link(/usr/include/${name} "${links}/include/${name}")
endforeach()
iisdiag_link("${IISDIAG_SOURCES}/minizip" "${links}/minizip/minizip")

add_library(iisdiag_headers INTERFACE)
target_include_directories(iisdiag_headers SYSTEM INTERFACE "${links}/include")
add_library(CLI11::CLI11 ALIAS iisdiag_headers)
add_library(nlohmann_json::nlohmann_json ALIAS iisdiag_headers)

# Nothing here writes numbers in the manner of a country.
iisdiag_foreign_library(iisdiag_fmt "${IISDIAG_SOURCES}/fmtlib/include"
  "${IISDIAG_SOURCES}/fmtlib/src/format.cc")
# Our reports hold whole numbers only: those with a point would take 40 KB.
target_compile_definitions(iisdiag_fmt PUBLIC
  FMT_STATIC_THOUSANDS_SEPARATOR=','
  FMT_USE_FLOAT=0 FMT_USE_DOUBLE=0 FMT_USE_LONG_DOUBLE=0)
add_library(fmt::fmt ALIAS iisdiag_fmt)

# Without what is not used: XPath and streams.
iisdiag_foreign_library(iisdiag_pugixml "${IISDIAG_SOURCES}/pugixml/src"
  "${IISDIAG_SOURCES}/pugixml/src/pugixml.cpp")
target_compile_definitions(iisdiag_pugixml
  PUBLIC PUGIXML_NO_XPATH PUGIXML_NO_STL)
add_library(pugixml::pugixml ALIAS iisdiag_pugixml)

find_path(ZLIB_INCLUDE_DIR zlib.h REQUIRED)
find_library(ZLIB_LIBRARY NAMES libz.a REQUIRED)
mark_as_advanced(ZLIB_INCLUDE_DIR ZLIB_LIBRARY)
iisdiag_foreign_library(iisdiag_minizip "${links}/minizip"
  "${IISDIAG_SOURCES}/minizip/unzip.c"
  "${IISDIAG_SOURCES}/minizip/zip.c"
  "${IISDIAG_SOURCES}/minizip/ioapi.c")
target_include_directories(iisdiag_minizip SYSTEM PUBLIC "${ZLIB_INCLUDE_DIR}")
target_link_libraries(iisdiag_minizip PUBLIC "${ZLIB_LIBRARY}")
add_library(minizip::minizip ALIAS iisdiag_minizip)
