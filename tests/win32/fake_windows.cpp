#include "win32/fake_windows.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "facts/sid.hpp"
#include "text/unicode.hpp"
#include "win32/fake_windows_parts.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

FakeWindows* the_windows = nullptr;

}  // namespace

bool same(std::wstring_view left, std::wstring_view right) {
  return text::same_name(to_utf8(left), to_utf8(right));
}

std::vector<BYTE> sid_bytes(std::string_view text) {
  const auto sid = facts::Sid::parse(text).value();
  std::vector<BYTE> bytes(8 + 4 * sid.sub_authorities.size());
  bytes[0] = SID_REVISION;
  bytes[1] = static_cast<BYTE>(sid.sub_authorities.size());
  for (std::size_t i = 0; i < 6; ++i) {
    bytes[2 + i] = static_cast<BYTE>(sid.authority >> (8 * (5 - i)));
  }
  for (std::size_t i = 0; i < sid.sub_authorities.size(); ++i) {
    std::memcpy(bytes.data() + 8 + 4 * i, &sid.sub_authorities[i], 4);
  }
  return bytes;
}

BOOL fail(DWORD code) {
  SetLastError(code);
  return FALSE;
}

bool is_sid(PSID sid, std::string_view text) {
  const auto bytes = sid_bytes(text);
  return std::memcmp(sid, bytes.data(), bytes.size()) == 0;
}

bool put_name(const std::wstring& name, LPWSTR buffer, LPDWORD size) {
  if (*size < name.size() + 1) {
    *size = static_cast<DWORD>(name.size() + 1);
    return false;
  }
  std::copy(name.begin(), name.end(), buffer);
  buffer[name.size()] = 0;
  *size = static_cast<DWORD>(name.size());
  return true;
}

std::string narrow(const wchar_t* text) { return to_utf8(text); }

FakeWindows::FakeWindows() { the_windows = this; }
FakeWindows::~FakeWindows() { the_windows = nullptr; }
FakeWindows& FakeWindows::current() { return *the_windows; }

Api FakeWindows::api() const {
  Api api;
  put_accounts(api, missing);
  put_machine(api, missing);
  put_net(api, missing);
  put_authz(api, missing);
  put_directory(api, missing);
  put_event_logs(api, missing);
  return api;
}

std::size_t FakeWindows::count(std::string_view call) const {
  return static_cast<std::size_t>(
      std::count_if(calls.begin(), calls.end(), [&](const std::string& made) {
        return made == call || made.starts_with(std::string(call) + " ");
      }));
}

std::optional<DWORD> FakeWindows::refused(const std::string& function,
                                          const std::string& argument) {
  const std::string call =
      argument.empty() ? function : function + " " + argument;
  calls.push_back(call);
  for (const std::string& key : {call, function}) {
    if (const auto found = refusals.find(key); found != refusals.end()) {
      return found->second;
    }
  }
  return std::nullopt;
}

void* FakeWindows::give(std::size_t bytes) {
  void* memory = ::operator new(bytes);
  buffers_.insert(memory);
  ++open;
  return memory;
}

void FakeWindows::take(void* memory) {
  if (buffers_.erase(memory) == 0) {
    is_broken = true;
    return;
  }
  // What is read after it was freed should not look right.
  ::operator delete(memory);
  --open;
}

HANDLE FakeWindows::give_handle() {
  handles_.insert(++next_handle_);
  ++open;
  return reinterpret_cast<HANDLE>(next_handle_);
}

void FakeWindows::take_handle(HANDLE handle) {
  if (handles_.erase(reinterpret_cast<std::uintptr_t>(handle)) == 0) {
    is_broken = true;
    return;
  }
  --open;
}

}  // namespace iisdiag::win32
