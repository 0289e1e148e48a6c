# What makes a mistake in reading evidence harder to use, for all that is
# compiled here: our own code, and the libraries that cmake/ compiles along.
# tests/scripts/hardening.sh and tests/windows/hardening.py read it from the
# programs. What was left out, and why: docs/releasing.md.
if(MSVC)
  # DEP, ASLR, 64 bits of it and /GS are what Visual C++ does anyway.
  add_compile_options(/guard:cf)
  add_link_options(/guard:cf)
  return()
endif()

if(MINGW)
  # What LLVM's linker does anyway is said all the same: another one may not.
  add_link_options(LINKER:--nxcompat,--dynamicbase)
  if(CMAKE_SIZEOF_VOID_P EQUAL 8)
    add_link_options(LINKER:--high-entropy-va)
  endif()
  return()
endif()

# All that is compiled here ends in a program, none of it in a shared library.
add_compile_options(-fPIE)
add_link_options(-pie LINKER:-z,relro,-z,now,-z,noexecstack)

# Sanitizers see more, and have wrappers of their own for the same functions.
if(NOT IISDIAG_SANITIZE AND NOT IISDIAG_THREAD_SANITIZE AND NOT IISDIAG_FUZZ)
  add_compile_options(-fstack-protector-strong)
  # Without optimisation the C library refuses it, loudly. tests/ takes it back.
  if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    add_compile_options("SHELL:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2")
  endif()
endif()
