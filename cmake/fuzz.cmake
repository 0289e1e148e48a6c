# A fuzz target for the reader of each format of evidence: fuzz_ID. The ids stand
# in the readers themselves.
if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  message(FATAL_ERROR "IISDIAG_FUZZ needs Clang")
endif()

file(GLOB readers CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/evidence/*.cpp")
add_custom_target(fuzz)
foreach(reader IN LISTS readers)
  file(READ "${reader}" text)
  string(REGEX MATCHALL "\nconst (Log)?Format k[A-Za-z0-9]+{[ \n]*\"[a-z0-9-]+\""
    found "${text}")
  foreach(definition IN LISTS found)
    string(REGEX REPLACE ".*\"([a-z0-9-]+)\"" "\\1" id "${definition}")
    add_executable(fuzz_${id} "${PROJECT_SOURCE_DIR}/tests/fuzz/reader.cpp")
    target_compile_definitions(fuzz_${id} PRIVATE
      "IISDIAG_FUZZ_FORMAT=\"${id}\"")
    target_link_libraries(fuzz_${id} PRIVATE iisdiag_flags iisdiag_evidence)
    target_link_options(fuzz_${id} PRIVATE -fsanitize=fuzzer)
    add_dependencies(fuzz fuzz_${id})
  endforeach()
endforeach()
