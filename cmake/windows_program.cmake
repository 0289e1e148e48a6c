# iisdiag_windows_program(TARGET)
#
# What makes TARGET a program for Windows: its version, its manifest, its name,
# and how it is linked.
function(iisdiag_windows_program target)
  enable_language(RC)
  set(program_name iisdiag.exe)
  if(CMAKE_SIZEOF_VOID_P EQUAL 4)
    # Both programs may lie in one folder.
    set(program_name iisdiag-x86.exe)
    set_target_properties(${target} PROPERTIES OUTPUT_NAME iisdiag-x86)
  endif()
  configure_file("${PROJECT_SOURCE_DIR}/cmake/iisdiag.rc.in"
    "${PROJECT_BINARY_DIR}/generated/iisdiag.rc" @ONLY)
  configure_file("${PROJECT_SOURCE_DIR}/cmake/iisdiag.manifest.in"
    "${PROJECT_BINARY_DIR}/generated/iisdiag.manifest" @ONLY)
  target_sources(${target} PRIVATE "${PROJECT_BINARY_DIR}/generated/iisdiag.rc")

  if(MSVC)
    # The manifest comes with the resources; the linker would add another one.
    target_link_options(${target} PRIVATE /MANIFEST:NO)
    return()
  endif()
  target_sources(${target} PRIVATE
    "${PROJECT_SOURCE_DIR}/src/stdio_win32.cpp"
    "${PROJECT_SOURCE_DIR}/src/terminate_win32.cpp")
  # -municode: wmain() is the main function.
  target_link_options(${target} PRIVATE -municode)
  # GCC's linker keeps every copy of a template that came out the same: half a
  # megabyte. LLVM's keeps one. It takes 6.0 for the oldest Windows.
  set(oldest 5 2)
  if(CMAKE_SIZEOF_VOID_P EQUAL 4)
    set(oldest 4 0)
  endif()
  list(GET oldest 0 major)
  list(GET oldest 1 minor)
  target_link_options(${target} PRIVATE
    -wrapper "${PROJECT_SOURCE_DIR}/cmake/link_with_lld.sh"
    # The same sources make the same program.
    LINKER:--no-insert-timestamp
    "LINKER:--major-os-version=4,--minor-os-version=0"
    "LINKER:--major-subsystem-version=${major}"
    "LINKER:--minor-subsystem-version=${minor}")
  if(CMAKE_BUILD_TYPE STREQUAL "MinSizeRel")
    target_link_options(${target} PRIVATE -s)
  endif()
  if(CMAKE_SIZEOF_VOID_P EQUAL 4)
    target_sources(${target} PRIVATE
      "${PROJECT_SOURCE_DIR}/src/fstat64_win32.cpp")
  endif()
endfunction()
