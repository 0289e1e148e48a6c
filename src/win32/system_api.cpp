#include <array>
#include <string>

#include "win32/api.hpp"

namespace iisdiag::win32 {
namespace {

HMODULE load_library(std::wstring_view name) {
  std::array<wchar_t, MAX_PATH> folder{};
  const UINT length =
      GetSystemDirectoryW(folder.data(), static_cast<UINT>(folder.size()));
  if (length == 0 || length >= folder.size()) {
    return nullptr;
  }
  std::wstring path(folder.data(), length);
  path.append(L"\\").append(name).append(L".dll");
  return LoadLibraryW(path.c_str());
}

template <class Function>
void find(HMODULE library, const char* name, Function& function) {
  function = library == nullptr
                 ? nullptr
                 : reinterpret_cast<Function>(
                       reinterpret_cast<void*>(GetProcAddress(library, name)));
}

}  // namespace

Api system_api() {
  const HMODULE advapi32 = load_library(L"advapi32");
  const HMODULE authz = load_library(L"authz");
  const HMODULE kernel32 = load_library(L"kernel32");
  const HMODULE netapi32 = load_library(L"netapi32");
  const HMODULE ole32 = load_library(L"ole32");
  const HMODULE oleaut32 = load_library(L"oleaut32");
  Api api;
#define IISDIAG_API(library, function) find(library, #function, api.function);
#include "win32/api.def"
#undef IISDIAG_API
  return api;
}

}  // namespace iisdiag::win32
