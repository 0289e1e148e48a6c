// Numbers as text, through the C library of Windows.
//
// MinGW brings functions of its own that print and read floating-point numbers
// as C99 has it, to the last digit: 200 KB of each program, for reports that
// hold whole numbers only. The linker takes these in their place.
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cwchar>

// NOLINTBEGIN: the names are those that the linker looks for, the arguments
// those of C.
#define IISDIAG_STRING_OF(name) #name
#define IISDIAG_STRING(name) IISDIAG_STRING_OF(name)

extern "C" {

// The one of Windows; the header has MinGW's for it.
double iisdiag_strtod(const char* text, char** end) __asm__(
    IISDIAG_STRING(__USER_LABEL_PREFIX__) "strtod");

// As C99 has it, but for what does not fit: the length is that of the room.
// Whoever then asks once more with more room gets as much as fits there.
int __mingw_vsnprintf(char* to, std::size_t room, const char* format,
                      std::va_list arguments) {
  if (room == 0) {
    return 0;
  }
  const int length = ::_vsnprintf(to, room, format, arguments);
  if (length >= 0 && static_cast<std::size_t>(length) < room) {
    return length;
  }
  to[room - 1] = '\0';
  return static_cast<int>(room);
}

int __mingw_vsnwprintf(wchar_t* to, std::size_t room, const wchar_t* format,
                       std::va_list arguments) {
  if (room == 0) {
    return 0;
  }
  const int length = ::_vsnwprintf(to, room, format, arguments);
  if (length >= 0 && static_cast<std::size_t>(length) < room) {
    return length;
  }
  to[room - 1] = L'\0';
  return static_cast<int>(room);
}

int __mingw_vsprintf(char* to, const char* format, std::va_list arguments) {
  return ::__ms_vsprintf(to, format, arguments);
}

int __mingw_vfprintf(std::FILE* to, const char* format,
                     std::va_list arguments) {
  return ::__ms_vfprintf(to, format, arguments);
}

double __mingw_strtod(const char* text, char** end) {
  return iisdiag_strtod(text, end);
}

float __mingw_strtof(const char* text, char** end) {
  return static_cast<float>(iisdiag_strtod(text, end));
}

// No more exact than the others: the library has no such function.
long double strtold(const char* text, char** end) {
  return iisdiag_strtod(text, end);
}

}  // extern "C"
// NOLINTEND
