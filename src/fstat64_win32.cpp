// _fstat64, which came with Windows 2000, for Windows NT 4.0.
//
// The streams of MinGW's C++ library call it, and a program does not start
// where one of its imports is missing. This object defines the function and the
// pointer that an import would be, from _fstati64, which NT 4.0 has; the linker
// then imports nothing. For 32 bits only: Windows of 64 bits is newer.
#include <sys/stat.h>

// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables)
// NOLINTBEGIN(readability-identifier-naming): what the linker looks for
extern "C" {

// Under other names for the compiler, whose headers declare the real ones as
// imports. The leading underscore is that of C names of 32 bits.
int iisdiag_fstat64(int file, struct _stat64* to) __asm__("__fstat64");
extern void* const iisdiag_fstat64_import __asm__("__imp___fstat64");

int iisdiag_fstat64(int file, struct _stat64* to) {
  struct _stati64 from {};
  const int result = ::_fstati64(file, &from);
  *to = {};
  to->st_dev = from.st_dev;
  to->st_ino = from.st_ino;
  to->st_mode = from.st_mode;
  to->st_nlink = from.st_nlink;
  to->st_uid = from.st_uid;
  to->st_gid = from.st_gid;
  to->st_rdev = from.st_rdev;
  to->st_size = from.st_size;
  to->st_atime = from.st_atime;
  to->st_mtime = from.st_mtime;
  to->st_ctime = from.st_ctime;
  return result;
}

// NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
void* const iisdiag_fstat64_import = reinterpret_cast<void*>(&iisdiag_fstat64);

}  // extern "C"
// NOLINTEND(readability-identifier-naming)
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)
