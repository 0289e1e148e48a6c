# iisdiag_embed_demos(TARGET)
#
# Builds the evidence of every scenario that src/cli/demos.def names into
# TARGET. What is embedded and how: cmake/embed_demos.cmake.
function(iisdiag_embed_demos target)
  set(list_file "${PROJECT_SOURCE_DIR}/src/cli/demos.def")
  set(scenarios "${PROJECT_SOURCE_DIR}/tests/scenarios")
  set(script "${PROJECT_SOURCE_DIR}/cmake/embed_demos.cmake")
  set(output "${PROJECT_BINARY_DIR}/generated/demos.cpp")

  if(NOT EXISTS "${list_file}")
    return()
  endif()

  # A changed list can name other folders, and their files are dependencies.
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    "${list_file}" "${script}")
  include("${script}")
  iisdiag_demo_names("${list_file}" names)

  set(evidence)
  foreach(name IN LISTS names)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS "${scenarios}/${name}/evidence/*")
    list(APPEND evidence ${files})
  endforeach()
  # A removed file makes nothing newer; a changed list of names does.
  set(inventory "${PROJECT_BINARY_DIR}/generated/demos.txt")
  string(REPLACE ";" "\n" lines "${evidence}")
  file(CONFIGURE OUTPUT "${inventory}" CONTENT "${lines}\n" @ONLY)

  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}"
      "-DDEMOS_DEF=${list_file}"
      "-DSCENARIOS_DIR=${scenarios}"
      "-DOUTPUT=${output}"
      -P "${script}"
    DEPENDS "${list_file}" "${script}" "${inventory}" ${evidence}
      "${PROJECT_SOURCE_DIR}/cmake/packed_bytes.cmake"
    COMMENT "Embedding the demos"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()
