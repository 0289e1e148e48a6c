#include <windows.h>

#include "text/path.hpp"
#include "text/wide.hpp"

namespace iisdiag::text {

std::wstring system_path(std::string_view path) {
  std::wstring wide = to_wide(path);
  if (wide.empty() || wide.find(L'\0') != std::wstring::npos) {
    return {};
  }
  DWORD size = ::GetFullPathNameW(wide.c_str(), 0, nullptr, nullptr);
  std::wstring full(size, L'\0');
  size = ::GetFullPathNameW(wide.c_str(), size, full.data(), nullptr);
  if (size == 0 || size >= full.size()) {
    return unlimited_path(std::move(wide));
  }
  full.resize(size);
  return unlimited_path(std::move(full));
}

}  // namespace iisdiag::text
