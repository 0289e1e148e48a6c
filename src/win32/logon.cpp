#include "win32/logon.hpp"

#include "win32/answer.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

DWORD type_of(facts::LogonMethod method) {
  switch (method) {
    case facts::LogonMethod::kInteractive:
      return LOGON32_LOGON_INTERACTIVE;
    case facts::LogonMethod::kBatch:
      return LOGON32_LOGON_BATCH;
    case facts::LogonMethod::kNetwork:
      return LOGON32_LOGON_NETWORK;
    case facts::LogonMethod::kNetworkCleartext:
      break;
  }
  return LOGON32_LOGON_NETWORK_CLEARTEXT;
}

}  // namespace

void log_on(const Api& api, const evidence::AccountQuestion& account,
            const text::Secret& password, facts::LogonTrial& trial) {
  static_assert(sizeof(wchar_t) == sizeof(char16_t));
  const std::wstring name = to_wide(account.name);
  const std::wstring domain = to_wide(account.domain);
  HANDLE token = nullptr;
  if (api.LogonUserW(name.c_str(), domain.empty() ? nullptr : domain.c_str(),
                     reinterpret_cast<const wchar_t*>(password.c_str()),
                     type_of(trial.method), LOGON32_PROVIDER_DEFAULT,
                     &token) != FALSE) {
    if (token != nullptr) {
      api.CloseHandle(token);
    }
    trial.code = 0;
  } else {
    const DWORD code = GetLastError();
    // A refusal without a reason must not look like success.
    trial.code = code == 0 ? ERROR_LOGON_FAILURE : code;
  }
  trial.origin = facts::Origin::from_api("LogonUserW", trial.code);
}

}  // namespace iisdiag::win32
