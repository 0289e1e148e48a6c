# iisdiag_embed_page(TARGET)
#
# Builds the style and the script of src/render/html/ into TARGET, without
# comments and indents, and with the hashes by which the page's
# Content-Security-Policy lets them in. The source that is written defines what
# src/render/html_assets.hpp declares. Run by itself, it writes that source:
#
#   cmake -DPAGE_DIR=src/render/html -DOUTPUT=html_assets.cpp
#         -P embed_page.cmake

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

function(iisdiag_write_page folder output)
  set(definitions)
  foreach(file IN ITEMS report.css report.js)
    file(READ "${folder}/${file}" text)
    string(REPLACE "\r" "" text "${text}")
    string(REGEX REPLACE "/\\*[^*]*\\*+([^/*][^*]*\\*+)*/" "" text "${text}")
    # A comment of the script is a line of its own.
    string(REGEX REPLACE "\n *//[^\n]*" "" text "\n${text}")
    string(REGEX REPLACE "\n[ \n]*" "\n" text "${text}")
    string(STRIP "${text}" text)
    string(SHA256 hash "${text}")
    iisdiag_base64("${hash}" base64)
    # An array, for Visual C++ takes no long string literal.
    string(HEX "${text}" hex)
    string(REGEX REPLACE "(................................)" "\\1\n"
      hex "${hex}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
    set(name style)
    if(file STREQUAL "report.js")
      set(name script)
    endif()
    string(APPEND definitions "
HtmlAsset html_${name}() {
  static constexpr char kText[] = {
${bytes}};
  return {{kText, sizeof kText}, \"sha256-${base64}\"};
}
")
  endforeach()
  file(WRITE "${output}" "\
// Written by cmake/embed_page.cmake from src/render/html/; do not edit.
#include \"render/html_assets.hpp\"

namespace iisdiag::render {
${definitions}
}  // namespace iisdiag::render
")
endfunction()

function(iisdiag_embed_page target)
  set(folder "${PROJECT_SOURCE_DIR}/src/render/html")
  set(script "${PROJECT_SOURCE_DIR}/cmake/embed_page.cmake")
  set(output "${PROJECT_BINARY_DIR}/generated/html_assets.cpp")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}"
      "-DPAGE_DIR=${folder}" "-DOUTPUT=${output}" -P "${script}"
    DEPENDS "${script}" "${folder}/report.css" "${folder}/report.js"
    COMMENT "Embedding the style of the HTML report"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()

# Only when run by itself.
if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  iisdiag_write_page("${PAGE_DIR}" "${OUTPUT}")
endif()
