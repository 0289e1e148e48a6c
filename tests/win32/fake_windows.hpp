// A Windows in memory behind the table of functions: it answers as the
// documentation of each function says, counts what is asked and what is open,
// and refuses whatever a test wants refused.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "win32/api.hpp"
#include "win32/clock.hpp"
#include "win32/fake_event_logs.hpp"

namespace iisdiag::win32 {

struct FakeUser {
  std::wstring domain = L"WEB01";  // whose account it is
  std::wstring name = L"IUSR_WEB01";
  std::string sid = "S-1-5-21-1-2-3-1001";
  std::wstring upn;
  std::wstring password = L"secret";
  DWORD flags = UF_NORMAL_ACCOUNT | UF_DONT_EXPIRE_PASSWD;
  DWORD bad_logons = 0;
  DWORD password_age = 10 * 86400;  // seconds
  DWORD password_expired = 0;
  DWORD expires = TIMEQ_FOREVER;
  DWORD last_logon = 0;
  std::optional<HoursBits> hours;
  DWORD units_per_week = 168;
  std::wstring workstations;
  std::vector<std::string> token = {"S-1-5-32-546"};
  std::vector<std::wstring> local_groups = {L"Guests"};
  std::vector<std::wstring> global_groups = {L"None"};
  // What LogonUser answers to the right password; 0: it is accepted.
  DWORD logon_answer = 0;
};

// A name that is no user's.
struct FakeName {
  std::wstring domain;
  std::wstring name;
  SID_NAME_USE use = SidTypeAlias;
  std::string sid = "S-1-5-32-546";
};

struct FakeDatabase {
  DWORD threshold = 0;
  DWORD duration = 30 * 60;
  DWORD window = 30 * 60;
  DWORD max_age = TIMEQ_FOREVER;
  DWORD major = 10;  // version of Windows
  DWORD minor = 0;
};

// An object of a directory: its attributes as they are shown to the caller.
using FakeObject = std::map<std::wstring, std::vector<std::wstring>>;

using FakeValue = std::variant<DWORD, std::wstring, std::vector<BYTE>>;

class FakeWindows {
 public:
  FakeWindows();
  FakeWindows(const FakeWindows&) = delete;
  FakeWindows& operator=(const FakeWindows&) = delete;
  FakeWindows(FakeWindows&&) = delete;
  FakeWindows& operator=(FakeWindows&&) = delete;
  ~FakeWindows();

  Api api() const;

  std::vector<FakeUser> users;
  std::vector<FakeName> names;
  // By server, as it is asked: empty for this one, `\\DC01`.
  std::map<std::wstring, FakeDatabase> databases{{L"", {}}};
  // The primary controllers that answer.
  std::map<std::wstring, std::wstring> controllers;
  std::map<std::wstring, std::vector<std::string>> rights;
  std::wstring primary_domain = L"WORKGROUP";
  bool is_joined = false;
  bool is_elevated = true;
  // Other groups of the caller's token.
  std::set<std::string> groups;
  // Objects of the directory, by the names that are asked for.
  std::map<std::wstring, FakeObject> directory;
  // ldap_search_ext_s fails and answers something all the same.
  bool fails_with_answer = false;
  bool is_wow64 = false;
  // Keys below HKEY_LOCAL_MACHINE.
  std::map<std::wstring, std::map<std::wstring, FakeValue>> registry;
  FakeEventLogs event_logs;
  // 2026-11-22T10:00:00Z.
  SYSTEMTIME utc{2026, 11, 0, 22, 10, 0, 0, 0};
  LONG bias = -60;  // minutes west: the clock shows 11:00

  // Function, or `Function argument`: the code that it answers instead. An
  // NTSTATUS for Lsa functions.
  std::map<std::string, DWORD> refusals;
  // Functions that this Windows has not.
  std::set<std::string> missing;
  // The first answer of LookupAccountNameW is that its buffers are too small.
  bool buffers_grow = false;

  // `Function argument`, in order.
  std::vector<std::string> calls;
  std::size_t count(std::string_view call) const;
  // Handles and buffers that were given out and not taken back.
  int open = 0;
  // Something was taken back twice, or that was never given out.
  bool is_broken = false;

  // For the functions behind the table.
  std::optional<DWORD> refused(const std::string& function,
                               const std::string& argument = {});
  void* give(std::size_t bytes);
  void take(void* memory);
  HANDLE give_handle();
  void take_handle(HANDLE handle);

  static FakeWindows& current();

 private:
  std::set<void*> buffers_;
  std::set<std::uintptr_t> handles_;
  std::uintptr_t next_handle_ = 0x1000;
};

std::string narrow(const wchar_t* text);

}  // namespace iisdiag::win32
