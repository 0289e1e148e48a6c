#include "win32/is_wine.hpp"

#include <windows.h>

namespace iisdiag::win32 {

bool is_wine() {
  // Loaded in every process.
  const HMODULE ntdll = ::GetModuleHandleW(L"ntdll.dll");
  return ntdll != nullptr &&
         ::GetProcAddress(ntdll, "wine_get_version") != nullptr;
}

}  // namespace iisdiag::win32
