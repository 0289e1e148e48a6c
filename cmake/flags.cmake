# Compiler flags of our own targets; nothing here reaches third-party code.

# Link to it PRIVATE for the flags, and mark the target with
# iisdiag_own_target() for "warnings are errors".
add_library(iisdiag_flags INTERFACE)
target_include_directories(iisdiag_flags INTERFACE
  "${PROJECT_SOURCE_DIR}/src"
  "${PROJECT_BINARY_DIR}/generated")

if(MSVC)
  target_compile_options(iisdiag_flags INTERFACE /W4 /permissive- /utf-8)
else()
  target_compile_options(iisdiag_flags INTERFACE
    -Wall -Wextra -Wpedantic
    -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual
    -Wformat=2 -Woverloaded-virtual)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC follows values into inlined library code and blames that (12.2:
    # std::istreambuf_iterator, CLI11); Clang looks at our expressions only.
    target_compile_options(iisdiag_flags INTERFACE -Wnull-dereference)
  elseif(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # std::string::operator=(const char*) itself (GCC bug 105651, mended in 13).
    target_compile_options(iisdiag_flags INTERFACE -Wno-restrict)
  endif()
endif()

if(MINGW)
  # -Os inlines other functions than -O2, and GCC 12 then doubts any
  # std::optional that it lost sight of. The native build has the warning on.
  target_compile_options(iisdiag_flags INTERFACE -Wno-maybe-uninitialized)
endif()

if(IISDIAG_SANITIZE)
  # The first report ends the program, so that no test can pass over it.
  target_compile_options(iisdiag_flags INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  # For the directory, so that tests/ can say -O0 after it.
  add_compile_options(-O1 -g1)
  target_link_options(iisdiag_flags INTERFACE -fsanitize=address,undefined)
  # For tests that would take too long; the compilers have no common word.
  target_compile_definitions(iisdiag_flags INTERFACE IISDIAG_SANITIZED)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Judged by the optimizer, whose view the instrumentation blurs: GCC's
    # manual warns of false alarms. The plain build has them on.
    target_compile_options(iisdiag_flags INTERFACE
      -Wno-maybe-uninitialized -Wno-array-bounds -Wno-stringop-overflow
      -Wno-stringop-overread -Wno-nonnull)
  endif()
endif()

if(IISDIAG_FUZZ)
  # What would be undefined ends a run as a wrong address does.
  target_compile_options(iisdiag_flags INTERFACE
    -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  add_compile_options(-O1 -g1)
  target_link_options(iisdiag_flags INTERFACE -fsanitize=address,undefined)
endif()

if(IISDIAG_SANITIZE OR IISDIAG_FUZZ)
  # What is read beyond a view or a vector may still be allocated, and then the
  # sanitizers see nothing wrong.
  target_compile_definitions(iisdiag_flags INTERFACE _GLIBCXX_ASSERTIONS)
endif()

if(IISDIAG_THREAD_SANITIZE)
  target_compile_options(iisdiag_flags INTERFACE
    -fsanitize=thread -fno-omit-frame-pointer)
  # For the directory, as above.
  add_compile_options(-O1 -g1)
  target_link_options(iisdiag_flags INTERFACE -fsanitize=thread)
endif()

# A property and not -Werror, so that a packager with a newer compiler can
# configure with --compile-no-warning-as-error.
function(iisdiag_own_target target)
  set_target_properties(${target} PROPERTIES COMPILE_WARNING_AS_ERROR ON)
endfunction()
