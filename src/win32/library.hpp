// Functions of Windows that are looked up while the program runs, because the
// oldest Windows that it starts on does not have them.
#pragma once

#include <string_view>

namespace iisdiag::win32 {

// To be called before anything else: from then on no library is loaded from
// the current folder, on any Windows that can be told so.
void keep_to_system_libraries();

// A library of Windows, by its name without a folder: "wevtapi.dll". It is
// loaded from the system folder and from nowhere else, and stays loaded.
class Library {
 public:
  explicit Library(std::wstring_view name);

  bool is_loaded() const { return module_ != nullptr; }

  // The function, or nullptr where the library or the function is not there:
  // library.find<BOOL(WINAPI*)(HANDLE, PBOOL)>("IsWow64Process").
  template <class Function>
  Function find(const char* name) const {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
    return reinterpret_cast<Function>(address(name));
  }

 private:
  void* address(const char* name) const;

  void* module_ = nullptr;
};

}  // namespace iisdiag::win32
