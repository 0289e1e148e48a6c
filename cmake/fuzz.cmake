# The fuzz targets, all in one program: scripts/fuzz runs it.
if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  message(FATAL_ERROR "IISDIAG_FUZZ needs Clang")
endif()

file(GLOB sources CONFIGURE_DEPENDS
  "${PROJECT_SOURCE_DIR}/tests/fuzz/*.cpp"
  # A small file of each format, and writers of event logs: for seeds and right
  # checksums.
  "${PROJECT_SOURCE_DIR}/tests/evidence/samples.cpp"
  "${PROJECT_SOURCE_DIR}/tests/support/evt*.cpp")
add_executable(iisdiag_fuzz ${sources})
target_include_directories(iisdiag_fuzz PRIVATE "${PROJECT_SOURCE_DIR}/tests")
target_link_libraries(iisdiag_fuzz PRIVATE
  iisdiag_flags iisdiag_cli pugixml::pugixml nlohmann_json::nlohmann_json
  minizip::minizip)  # zlib
target_link_options(iisdiag_fuzz PRIVATE -fsanitize=fuzzer)
iisdiag_own_target(iisdiag_fuzz)
iisdiag_unity(iisdiag_fuzz tests)
set_target_properties(iisdiag_fuzz PROPERTIES
  RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
