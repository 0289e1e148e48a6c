# iisdiag_embed_scripts(TARGET)
#
# Builds the scripts of src/cli/collect/ into TARGET: `iisdiag collect --script`
# prints them. The source that is written defines what src/cli/collect.hpp
# declares:
#
#   std::string_view embedded_scripts();
#
# a zip archive of them. Run by itself, it writes that source:
#
#   cmake -DSCRIPTS_DIR=src/cli/collect -DOUTPUT=collect_scripts.cpp
#         -P embed_scripts.cmake

include("${CMAKE_CURRENT_LIST_DIR}/packed_bytes.cmake")

function(iisdiag_write_scripts folder output)
  file(GLOB scripts RELATIVE "${folder}" "${folder}/*.cmd")
  if(NOT scripts)
    message(FATAL_ERROR "no scripts in ${folder}")
  endif()
  set(work "${output}.files")
  file(REMOVE_RECURSE "${work}")
  file(COPY "${folder}/" DESTINATION "${work}")
  iisdiag_packed("${work}" "${scripts}" bytes)
  file(REMOVE_RECURSE "${work}")
  file(WRITE "${output}" "\
// Written by cmake/embed_scripts.cmake from src/cli/collect/; do not edit.
#include \"cli/collect.hpp\"

#include <string_view>

namespace iisdiag::cli {
namespace {

constexpr char kArchive[] = {
${bytes}};

}  // namespace

std::string_view embedded_scripts() { return {kArchive, sizeof kArchive}; }

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
    DEPENDS "${script}" "${PROJECT_SOURCE_DIR}/cmake/packed_bytes.cmake"
      ${scripts}
    COMMENT "Embedding the scripts of collect"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()

# Only when run by itself.
if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  iisdiag_write_scripts("${SCRIPTS_DIR}" "${OUTPUT}")
endif()
