# Toolchain file for the Windows programs: MinGW-w64 as Debian has it.
#
#   cmake -DCMAKE_TOOLCHAIN_FILE=cmake/mingw-w64.cmake
#         -DIISDIAG_MINGW_ARCH=x86_64 (or i686)
#
# The "win32" thread model, because the other one brings a library along that
# only Windows Vista and later can load.
set(CMAKE_SYSTEM_NAME Windows)
if(NOT IISDIAG_MINGW_ARCH)
  set(IISDIAG_MINGW_ARCH x86_64)
endif()
# CMake's own trial projects read this file again and have to choose the same.
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES IISDIAG_MINGW_ARCH)
set(CMAKE_SYSTEM_PROCESSOR ${IISDIAG_MINGW_ARCH})

set(triple ${IISDIAG_MINGW_ARCH}-w64-mingw32)
set(CMAKE_C_COMPILER ${triple}-gcc-win32)
set(CMAKE_CXX_COMPILER ${triple}-g++-win32)
set(CMAKE_RC_COMPILER ${triple}-windres)

# Never a header or a library of the machine that builds.
set(CMAKE_FIND_ROOT_PATH /usr/${triple})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

# One file to copy, without the compiler's own DLLs; and only those functions
# of it that something calls. Link-time optimisation is not used: GCC 12 dies
# of it with -Os, and it saves one part in a hundred.
set(CMAKE_C_FLAGS_INIT "-ffunction-sections -fdata-sections -fno-ident")
set(CMAKE_CXX_FLAGS_INIT "${CMAKE_C_FLAGS_INIT}")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static -Wl,--gc-sections")

# What ctest runs the programs with.
set(CMAKE_CROSSCOMPILING_EMULATOR "${CMAKE_CURRENT_LIST_DIR}/../scripts/wine")
