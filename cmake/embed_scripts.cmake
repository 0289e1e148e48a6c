# iisdiag_embed_scripts(TARGET)
#
# Builds the scripts of src/cli/collect/ into TARGET: `iisdiag collect --script`
# prints them. The source that is written defines what src/cli/collect.hpp
# declares:
#
#   std::string_view embedded_script(std::string_view name);
#
# with NAME as the file's name without its ending. Run by itself, it writes that
# source:
#
#   cmake -DSCRIPTS_DIR=src/cli/collect -DOUTPUT=collect_scripts.cpp
#         -P embed_scripts.cmake
#
# Arrays of char and no string literals, for the reason in embed_demos.cmake.
function(iisdiag_write_scripts folder output)
  file(GLOB scripts "${folder}/*.cmd")
  if(NOT scripts)
    message(FATAL_ERROR "no scripts in ${folder}")
  endif()
  set(data)
  set(branches)
  set(number 0)
  foreach(script IN LISTS scripts)
    cmake_path(GET script STEM name)
    file(READ "${script}" hex HEX)
    string(REGEX REPLACE "(................................)" "\\1\n"
      hex "${hex}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
    string(APPEND data
      "// ${name}\nconstexpr char kBytes${number}[] = {\n${bytes}};\n")
    string(APPEND branches
      "  if (name == \"${name}\") {\n"
      "    return {kBytes${number}, sizeof kBytes${number}};\n  }\n")
    math(EXPR number "${number} + 1")
  endforeach()
  file(WRITE "${output}" "\
// Written by cmake/embed_scripts.cmake from src/cli/collect/; do not edit.
#include \"cli/collect.hpp\"

#include <string_view>

namespace iisdiag::cli {
namespace {

${data}
}  // namespace

std::string_view embedded_script(std::string_view name) {
${branches}  return {};
}

}  // namespace iisdiag::cli
")
endfunction()

function(iisdiag_embed_scripts target)
  set(folder "${PROJECT_SOURCE_DIR}/src/cli/collect")
  set(script "${PROJECT_SOURCE_DIR}/cmake/embed_scripts.cmake")
  set(output "${PROJECT_BINARY_DIR}/generated/collect_scripts.cpp")
  file(GLOB scripts CONFIGURE_DEPENDS "${folder}/*.cmd")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}"
      "-DSCRIPTS_DIR=${folder}" "-DOUTPUT=${output}" -P "${script}"
    DEPENDS "${script}" ${scripts}
    COMMENT "Embedding the scripts of collect"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()

# Only when run by itself.
if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  iisdiag_write_scripts("${SCRIPTS_DIR}" "${OUTPUT}")
endif()
