#include "knowledge/logon_codes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace iisdiag::knowledge {
namespace {

constexpr std::array kCodes = {
    LogonCode{kWrongPassword, "the password is wrong", ""},
    LogonCode{kInvalidParameter, "a parameter is not valid", ""},
    LogonCode{kModuleNotFound, "a module could not be found", ""},
    LogonCode{1311, "no logon server could be reached", "domain-unreachable"},
    LogonCode{kPrivilegeNotHeld, "the caller lacks a privilege", ""},
    LogonCode{1315, "the account name is not well formed", ""},
    LogonCode{kNoSuchUser, "no such account", "account-missing"},
    LogonCode{kLogonFailure, "unknown user name or wrong password", ""},
    LogonCode{kAccountRestriction, "an account restriction", ""},
    LogonCode{1328, "outside the permitted logon hours", "logon-hours"},
    LogonCode{1329, "not permitted on this workstation",
              "workstation-restricted"},
    LogonCode{1330, "the password has expired", "password-expired"},
    LogonCode{1331, "the account is disabled", "account-disabled"},
    LogonCode{kNoneMapped, "no account of that name", ""},
    LogonCode{1351, "what the domain tells could not be read",
              "domain-unreachable"},
    LogonCode{1352, "the security database is not ready", ""},
    LogonCode{1353, "the domain is not in the right state", ""},
    LogonCode{kNoSuchDomain, "no such domain, or it could not be reached",
              "domain-unreachable"},
    LogonCode{1359, "an internal error of the security subsystem", ""},
    LogonCode{kLogonNotGranted, "logon without the right for it", ""},
    LogonCode{kLogonTypeNotGranted, "this type of logon is not granted", ""},
    LogonCode{1383, "an internal inconsistency of the account database", ""},
    LogonCode{1398, "the clocks of client and domain differ too much", ""},
    LogonCode{1786, "no trust secret on this machine", "domain-unreachable"},
    LogonCode{1787, "no account for this machine in the domain",
              "domain-unreachable"},
    LogonCode{1788, "the trust with the domain failed", "domain-unreachable"},
    LogonCode{1789, "the trust of this machine failed", "domain-unreachable"},
    LogonCode{1790, "the network logon failed", "domain-unreachable"},
    LogonCode{1792, "the logon service has not started", "domain-unreachable"},
    LogonCode{1793, "the account has expired", "account-expired"},
    LogonCode{1807, "an account for trusts between domains", ""},
    LogonCode{1808, "an account of a computer", ""},
    LogonCode{1809, "an account of a domain controller", ""},
    LogonCode{1907, "the password must be changed first",
              "password-must-change"},
    LogonCode{1908, "no domain controller was found", "domain-unreachable"},
    LogonCode{kLockedOut, "the account is locked out", "account-locked"},
    LogonCode{1935, "the account may not be authenticated on this computer",
              ""},
};

struct StatusRow {
  std::uint32_t status = 0;
  std::uint32_t code = 0;
};

constexpr std::array kStatuses = {
    StatusRow{0xC0000022, 5},    StatusRow{0xC000005E, 1311},
    StatusRow{0xC0000061, 1314}, StatusRow{0xC0000062, 1315},
    StatusRow{0xC0000064, 1317}, StatusRow{0xC000006A, kWrongPassword},
    StatusRow{0xC000006B, 1324}, StatusRow{0xC000006C, 1325},
    StatusRow{0xC000006D, 1326}, StatusRow{0xC000006E, 1327},
    StatusRow{0xC000006F, 1328}, StatusRow{0xC0000070, 1329},
    StatusRow{0xC0000071, 1330}, StatusRow{0xC0000072, 1331},
    StatusRow{0xC0000073, 1332}, StatusRow{0xC00000DA, 1351},
    StatusRow{0xC00000DC, 1352}, StatusRow{0xC00000DD, 1353},
    StatusRow{0xC00000DF, 1355}, StatusRow{0xC00000E5, 1359},
    StatusRow{0xC0000133, 1398}, StatusRow{0xC0000135, 126},
    StatusRow{0xC0000155, 1380}, StatusRow{0xC0000158, 1383},
    StatusRow{0xC000015B, 1385}, StatusRow{0xC000018A, 1786},
    StatusRow{0xC000018B, 1787}, StatusRow{0xC000018C, 1788},
    StatusRow{0xC000018D, 1789}, StatusRow{0xC0000190, 1790},
    StatusRow{0xC0000192, 1792}, StatusRow{0xC0000193, 1793},
    StatusRow{0xC0000198, 1807}, StatusRow{0xC0000199, 1808},
    StatusRow{0xC000019A, 1809}, StatusRow{0xC0000224, 1907},
    StatusRow{0xC0000233, 1908}, StatusRow{0xC0000234, 1909},
    StatusRow{0xC0000413, 1935},
};

}  // namespace

std::uint32_t win32_of_status(std::uint32_t status) {
  const auto* const row = std::find_if(
      kStatuses.begin(), kStatuses.end(),
      [&](const StatusRow& entry) { return entry.status == status; });
  return row == kStatuses.end() ? status : row->code;
}

const LogonCode* find_logon_code(std::uint32_t code) {
  const auto* const found =
      std::find_if(kCodes.begin(), kCodes.end(),
                   [&](const LogonCode& row) { return row.code == code; });
  return found == kCodes.end() ? nullptr : found;
}

std::string logon_code_text(std::uint32_t code) {
  const LogonCode* known = find_logon_code(code);
  if (known != nullptr) {
    return fmt::format("error {}, {}", code, known->text);
  }
  constexpr std::uint32_t kNoWin32 = 0x8000'0000U;
  return code < kNoWin32 ? fmt::format("error {}", code)
                         : fmt::format("status 0x{:08X}", code);
}

}  // namespace iisdiag::knowledge
