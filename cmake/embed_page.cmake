# iisdiag_embed_page(TARGET)
#
# Builds what all HTML reports have in common, the files of src/render/html/,
# into TARGET: without comments and indents, packed, and with the hashes by which
# the page's Content-Security-Policy lets style and script in. The source that is
# written defines what src/render/html_assets.hpp declares. Run by itself, it
# writes that source:
#
#   cmake -DPAGE_DIR=src/render/html -DOUTPUT=html_page.cpp
#         -P embed_page.cmake

include("${CMAKE_CURRENT_LIST_DIR}/packed_bytes.cmake")

# 32 bytes in hexadecimal digits as base64. With a zero byte behind them they
# are eleven groups of three; that byte's digit is the padding.
function(iisdiag_base64 hex result)
  set(alphabet
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  string(REGEX MATCHALL "......" groups "${hex}00")
  set(text)
  foreach(group IN LISTS groups)
    foreach(shift IN ITEMS 18 12 6 0)
      math(EXPR digit "(0x${group} >> ${shift}) & 63")
      string(SUBSTRING "${alphabet}" ${digit} 1 letter)
      string(APPEND text "${letter}")
    endforeach()
  endforeach()
  string(REGEX REPLACE ".$" "=" text "${text}")
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# What can be left out of a style and of a script. A comment of the script is a
# line of its own.
function(iisdiag_shortened file text result)
  string(REPLACE "\r" "" text "${text}")
  if(file STREQUAL "report.css")
    string(REGEX REPLACE "/\\*[^*]*\\*+([^/*][^*]*\\*+)*/" "" text "${text}")
    string(REGEX REPLACE "[ \n]+" " " text "${text}")
    string(REGEX REPLACE " ?([{};,]) ?" "\\1" text "${text}")
    string(REGEX REPLACE ": " ":" text "${text}")
    string(REPLACE ";}" "}" text "${text}")
    string(STRIP "${text}" text)
  elseif(file STREQUAL "report.js")
    string(REGEX REPLACE "\n *//[^\n]*" "" text "\n${text}")
    string(REGEX REPLACE "\n[ \n]*" "\n" text "${text}")
    string(STRIP "${text}" text)
  endif()
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# The two bytes at POSITION, the lower one first, as a number.
function(iisdiag_number_at hex position result)
  math(EXPR low "${position} * 2")
  math(EXPR high "${low} + 2")
  string(SUBSTRING "${hex}" ${low} 2 low)
  string(SUBSTRING "${hex}" ${high} 2 high)
  math(EXPR number "0x${high}${low}")
  set(${result} "${number}" PARENT_SCOPE)
endfunction()

# The deflated bytes of the one file in a zip archive, as packed_bytes.cmake
# makes it: behind a header of 30 bytes, a name and extra bytes, and before the
# directory (PK 01 02), which says how many they are.
function(iisdiag_deflated bytes result)
  string(REGEX REPLACE "[^0-9a-f]" "" hex "${bytes}")
  string(FIND "${hex}" "504b0102" directory REVERSE)
  math(EXPR directory "${directory} / 2")
  math(EXPR at "${directory} + 20")
  iisdiag_number_at("${hex}" ${at} size)
  iisdiag_number_at("${hex}" 26 name)
  iisdiag_number_at("${hex}" 28 extra)
  math(EXPR begin "(30 + ${name} + ${extra}) * 2")
  math(EXPR digits "${size} * 2")
  string(SUBSTRING "${hex}" ${begin} ${digits} hex)
  set(${result} "${hex}" PARENT_SCOPE)
endfunction()

function(iisdiag_write_page folder output)
  set(all)
  set(sizes)
  foreach(file IN ITEMS report.css report.js signs.svg footer.html)
    file(READ "${folder}/${file}" text)
    iisdiag_shortened(${file} "${text}" text)
    string(LENGTH "${text}" size)
    list(APPEND sizes ${size})
    string(APPEND all "${text}")
    string(SHA256 hash "${text}")
    iisdiag_base64("${hash}" base64)
    cmake_path(GET file EXTENSION kind)
    set(hash${kind} "sha256-${base64}")
  endforeach()
  list(JOIN sizes ", " sizes)

  set(work "${output}.files")
  file(REMOVE_RECURSE "${work}")
  file(WRITE "${work}/page" "${all}")
  iisdiag_packed("${work}" page bytes)
  file(REMOVE_RECURSE "${work}")
  iisdiag_deflated("${bytes}" hex)
  # An array, for Visual C++ takes no long string literal.
  string(REGEX REPLACE "(................................)" "\\1\n"
    hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  file(WRITE "${output}" "\
// Written by cmake/embed_page.cmake from src/render/html/; do not edit.
#include \"render/html_assets.hpp\"

namespace iisdiag::render {
namespace {

constexpr char kPacked[] = {
${bytes}};

}  // namespace

PackedHtmlAssets packed_html_assets() {
  return {{kPacked, sizeof kPacked},
          {${sizes}},
          \"${hash.css}\",
          \"${hash.js}\"};
}

}  // namespace iisdiag::render
")
endfunction()

function(iisdiag_embed_page target)
  set(folder "${PROJECT_SOURCE_DIR}/src/render/html")
  set(script "${PROJECT_SOURCE_DIR}/cmake/embed_page.cmake")
  set(output "${PROJECT_BINARY_DIR}/generated/html_page.cpp")
  file(GLOB files CONFIGURE_DEPENDS "${folder}/*")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}"
      "-DPAGE_DIR=${folder}" "-DOUTPUT=${output}" -P "${script}"
    DEPENDS "${script}" "${PROJECT_SOURCE_DIR}/cmake/packed_bytes.cmake"
      ${files}
    COMMENT "Embedding the style of the HTML report"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()

# Only when run by itself.
if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  iisdiag_write_page("${PAGE_DIR}" "${OUTPUT}")
endif()
