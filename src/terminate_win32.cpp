// The end of a program that nobody catches the exception of.
//
// In place of the C++ library's own handler, which brings along all that it
// takes to print the name of a C++ type (50 KB), and whose exit code 3 would
// mean a wrong command line. 5 means an error of the program itself.
#include <windows.h>

#include <string_view>

namespace __gnu_cxx {  // NOLINT: the name that the linker looks for

void __verbose_terminate_handler();  // NOLINT

void __verbose_terminate_handler() {  // NOLINT
  constexpr std::string_view kText = "iisdiag: internal error\n";
  DWORD count = 0;
  ::WriteFile(::GetStdHandle(STD_ERROR_HANDLE), kText.data(),
              static_cast<DWORD>(kText.size()), &count, nullptr);
  constexpr UINT kExitInternal = 5;
  ::TerminateProcess(::GetCurrentProcess(), kExitInternal);
}

}  // namespace __gnu_cxx
