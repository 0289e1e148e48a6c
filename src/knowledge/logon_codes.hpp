// What Windows answers to a logon (FACTS.md D; winerror.h, lmerr.h).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/explanation.hpp"

namespace iisdiag::knowledge {

struct LogonCode {
  std::uint32_t code = 0;    // Win32, or one of the Net functions
  std::uint32_t status = 0;  // the NTSTATUS that turns into it; 0: none
  std::string_view name;     // ERROR_LOGON_FAILURE
  // STATUS_WRONG_PASSWORD; empty where it is `name` with the other prefix.
  std::string_view other_status_name;
  std::string_view text;  // in our own words
  // The finding of account-lookup that such an answer stands for; empty for
  // codes that belong to the logon itself.
  std::string_view finding;
  Explanation more;
};

// The Security log tells a wrong password from an unknown name; a logon itself
// answers 1326 for both.
inline constexpr std::uint32_t kWrongPassword = 86;
inline constexpr std::uint32_t kAccessDenied = 5;
inline constexpr std::uint32_t kInvalidParameter = 87;
inline constexpr std::uint32_t kModuleNotFound = 126;
inline constexpr std::uint32_t kNoSuchUser = 1317;
inline constexpr std::uint32_t kNoneMapped = 1332;
inline constexpr std::uint32_t kNoSuchDomain = 1355;
inline constexpr std::uint32_t kLockedOut = 1909;
inline constexpr std::uint32_t kPrivilegeNotHeld = 1314;
inline constexpr std::uint32_t kLogonFailure = 1326;
inline constexpr std::uint32_t kAccountRestriction = 1327;
inline constexpr std::uint32_t kLogonNotGranted = 1380;
inline constexpr std::uint32_t kLogonTypeNotGranted = 1385;
// Kerberos, of Win32: as kWrongPrincipal of the security packages.
inline constexpr std::uint32_t kWrongTargetName = 1396;

// All of them, and by what they are about, in a file each.
std::vector<const LogonCode*> all_logon_codes();
std::span<const LogonCode> account_codes();
std::span<const LogonCode> domain_codes();
std::span<const LogonCode> system_codes();

// Null for a code that has no meaning here.
const LogonCode* find_logon_code(std::uint32_t code);

// The Win32 error of an NTSTATUS that a logon can end with, as
// RtlNtStatusToDosError gives it (FACTS.md D); 0 for STATUS_SUCCESS. A status
// that is not known here stands for itself.
std::uint32_t win32_of_status(std::uint32_t status);

// "STATUS_LOGON_FAILURE"; empty where there is no status.
std::string status_name(const LogonCode& code);

// "error 1326, unknown user name or wrong password"; "error 6" where the code
// is not known here, "status 0xC0000001" for what is no Win32 error.
std::string logon_code_text(std::uint32_t code);

}  // namespace iisdiag::knowledge
