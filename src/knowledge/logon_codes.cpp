#include "knowledge/logon_codes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace iisdiag::knowledge {
namespace {

constexpr std::array kCodes = {
    LogonCode{87, "a parameter is not valid", ""},
    LogonCode{126, "a module could not be found", ""},
    LogonCode{1311, "no logon server could be reached", "domain-unreachable"},
    LogonCode{kPrivilegeNotHeld, "the caller lacks a privilege", ""},
    LogonCode{1317, "no such account", ""},
    LogonCode{kLogonFailure, "unknown user name or wrong password", ""},
    LogonCode{kAccountRestriction, "an account restriction", ""},
    LogonCode{1328, "outside the permitted logon hours", "logon-hours"},
    LogonCode{1329, "not permitted on this workstation",
              "workstation-restricted"},
    LogonCode{1330, "the password has expired", "password-expired"},
    LogonCode{1331, "the account is disabled", "account-disabled"},
    LogonCode{1332, "no account of that name", ""},
    LogonCode{1355, "no such domain, or it could not be reached",
              "domain-unreachable"},
    LogonCode{kLogonNotGranted, "logon without the right for it", ""},
    LogonCode{kLogonTypeNotGranted, "this type of logon is not granted", ""},
    LogonCode{1786, "no trust secret on this machine", "domain-unreachable"},
    LogonCode{1787, "no account for this machine in the domain",
              "domain-unreachable"},
    LogonCode{1788, "the trust with the domain failed", "domain-unreachable"},
    LogonCode{1789, "the trust of this machine failed", "domain-unreachable"},
    LogonCode{1790, "the network logon failed", "domain-unreachable"},
    LogonCode{1792, "the logon service has not started", "domain-unreachable"},
    LogonCode{1793, "the account has expired", "account-expired"},
    LogonCode{1907, "the password must be changed first",
              "password-must-change"},
    LogonCode{1908, "no domain controller was found", "domain-unreachable"},
    LogonCode{1909, "the account is locked out", "account-locked"},
};

}  // namespace

const LogonCode* find_logon_code(std::uint32_t code) {
  const auto* const found =
      std::find_if(kCodes.begin(), kCodes.end(),
                   [&](const LogonCode& row) { return row.code == code; });
  return found == kCodes.end() ? nullptr : found;
}

std::string logon_code_text(std::uint32_t code) {
  const LogonCode* known = find_logon_code(code);
  return known != nullptr ? fmt::format("error {}, {}", code, known->text)
                          : fmt::format("error {}", code);
}

}  // namespace iisdiag::knowledge
