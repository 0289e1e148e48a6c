#include "win32/library.hpp"

#include <windows.h>

#include <string>

namespace iisdiag::win32 {
namespace {

// Empty where Windows does not say.
std::wstring system_folder() {
  std::wstring folder(MAX_PATH, L'\0');
  const UINT size =
      ::GetSystemDirectoryW(folder.data(), static_cast<UINT>(folder.size()));
  folder.resize(size < folder.size() ? size : 0);
  return folder;
}

}  // namespace

void keep_to_system_libraries() {
  const Library kernel(L"kernel32.dll");
  // Windows 8, and Windows 7 and Vista with their updates.
  constexpr DWORD kSystemFolderOnly = 0x800;
  if (const auto set_default =
          kernel.find<BOOL(WINAPI*)(DWORD)>("SetDefaultDllDirectories");
      set_default != nullptr && set_default(kSystemFolderOnly) != 0) {
    return;
  }
  // Windows XP SP1 and Server 2003: an empty name takes the current folder out
  // of the search.
  if (const auto set_folder =
          kernel.find<BOOL(WINAPI*)(const wchar_t*)>("SetDllDirectoryW")) {
    set_folder(L"");
  }
}

Library::Library(std::wstring_view name) {
  const std::wstring folder = system_folder();
  if (folder.empty()) {
    return;
  }
  const std::wstring path = folder + L'\\' + std::wstring(name);
  // The flag: what that library needs is looked for beside it first.
  module_ =
      ::LoadLibraryExW(path.c_str(), nullptr, LOAD_WITH_ALTERED_SEARCH_PATH);
}

void* Library::address(const char* name) const {
  if (module_ == nullptr) {
    return nullptr;
  }
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  return reinterpret_cast<void*>(
      ::GetProcAddress(static_cast<HMODULE>(module_), name));
}

}  // namespace iisdiag::win32
