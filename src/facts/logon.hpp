// Logons that this program made, or had a reason not to make.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "facts/iis.hpp"
#include "facts/origin.hpp"
#include "facts/sid.hpp"

namespace iisdiag::facts {

// Why no logon was made.
enum class LogonRefrain : std::uint8_t {
  kNone,           // one was made
  kAskedNotTo,     // --no-logon, or a collection
  kLockoutRisk,    // it could help to lock the account
  kSyncUnknown,    // whether IIS vouches for the password is not known
  kUnreadable,     // the stored password could not be read
  kNoSuchAccount,  // missing, disabled, locked or expired: Windows refuses
  kIsWine,         // the answer would be made up
};

// The credential test of one account: at most one for each account and run.
struct LogonTrial {
  std::string account;     // as the report shows it
  std::optional<Sid> sid;  // the same, where Windows tells it
  LogonMethod method{};
  // The node whose stored password was used; empty for one that was given on
  // standard input.
  std::string password_from;
  std::uint32_t password_group = 0;  // IisNode::password_group of that node
  bool given = false;                // the password came from standard input
  bool given_matches = false;        // and is the one that IIS has stored
  LogonRefrain refrain = LogonRefrain::kNone;
  std::string why;         // for a refrain: in words
  std::uint32_t code = 0;  // a Win32 error; 0: Windows accepted it
  Origin origin;

  bool operator==(const LogonTrial&) const = default;
};

}  // namespace iisdiag::facts
