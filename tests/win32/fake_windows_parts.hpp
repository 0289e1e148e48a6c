// What the parts of the Windows in memory share. Each part answers for the
// functions of one library, and puts them into the table.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "win32/fake_windows.hpp"

namespace iisdiag::win32 {

// Names compare as those of accounts and keys do.
bool same(std::wstring_view left, std::wstring_view right);
std::vector<BYTE> sid_bytes(std::string_view text);
bool is_sid(PSID sid, std::string_view text);
// FALSE, with the code as the last error.
BOOL fail(DWORD code);
// The size counts the terminator where the buffer is too small, and does not
// where it was filled.
bool put_name(const std::wstring& name, LPWSTR buffer, LPDWORD size);

inline FakeWindows& windows() { return FakeWindows::current(); }

// Leaves out what this Windows has not.
class ApiFiller {
 public:
  explicit ApiFiller(const std::set<std::string>& missing)
      : missing_(missing) {}

  template <class Slot, class Function>
  void operator()(const char* name, Slot& slot, Function function) const {
    slot = missing_.count(name) != 0 ? nullptr : function;
  }

 private:
  const std::set<std::string>& missing_;
};

void put_accounts(Api& api, const std::set<std::string>& missing);
void put_machine(Api& api, const std::set<std::string>& missing);
void put_net(Api& api, const std::set<std::string>& missing);
void put_authz(Api& api, const std::set<std::string>& missing);
void put_directory(Api& api, const std::set<std::string>& missing);

}  // namespace iisdiag::win32
