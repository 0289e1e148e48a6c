// Accounts and groups as the evidence shows them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "facts/observed.hpp"
#include "facts/sid.hpp"
#include "facts/time.hpp"

namespace iisdiag::facts {

// A name as an administrator writes it: `name`, `.\name`, `MACHINE\name`,
// `DOMAIN\name` or `name@domain`.
struct AccountName {
  std::string domain;  // empty: none was written; "." is kept
  std::string name;
  bool is_upn = false;

  static AccountName parse(std::string_view text);

  bool operator==(const AccountName&) const = default;
};

struct Never {
  bool operator==(const Never&) const = default;
};
// A point in time on the server's clock at which something ends, or never.
using Deadline = std::variant<Never, TimeRange>;

// One stretch of permitted hours, server's clock.
struct HoursSpan {
  int first_day = 0;     // 0 Sunday to 6 Saturday
  int last_day = 0;      // inclusive; may lie before first_day (Sat to Mon)
  int from_minute = 0;   // of each of these days
  int until_minute = 0;  // exclusive; 1440 is midnight at the end of the day

  bool operator==(const HoursSpan&) const = default;
};

struct LogonHours {
  bool all = false;
  std::vector<HoursSpan> spans;  // where not `all`; empty means never
  std::string text;              // as the evidence says it

  bool permits(ClockSeconds clock) const;

  bool operator==(const LogonHours&) const = default;
};

struct Account {
  std::string name;
  // Where the source tells it.
  std::optional<Sid> sid;
  // Asked of a domain controller (`net user NAME /domain`), not of the
  // machine's own account database.
  bool from_domain = false;
  // In which language Windows wrote this down, as an ISO 639-1 code; empty
  // where the words do not tell.
  std::string language;
  Origin origin;

  Observed<bool> active;  // not disabled
  Observed<bool> locked;
  Observed<Deadline> expires;
  Observed<Deadline> password_expires;
  Observed<TimeRange> password_last_set;
  Observed<bool> password_required;
  // At the next logon; such a logon is refused (1907).
  Observed<bool> must_change_password;
  Observed<TimeRange> last_logon;
  Observed<std::vector<std::string>> workstations;  // empty: any
  Observed<LogonHours> logon_hours;
  // Direct memberships; names may be cut at kGroupNameCut characters.
  Observed<std::vector<std::string>> local_groups;
  // Empty: none, which only an account of a machine can be in.
  Observed<std::vector<std::string>> global_groups;
  // Every SID that Windows puts into a token of the account, nested groups
  // included; those of the kind of logon may be missing.
  Observed<std::vector<Sid>> token_groups;
  // Bad logons in a row, as the database that decides counts them.
  Observed<std::uint32_t> bad_logons;

  bool operator==(const Account&) const = default;
};

// `net user NAME` shows no more of a group's name (FORMATS.md 8.1).
inline constexpr std::size_t kGroupNameCut = 21;

// The names of a whole account database.
struct AccountList {
  std::vector<std::string> names;
  bool complete = false;
  Origin origin;

  bool operator==(const AccountList&) const = default;
};

// "The user name could not be found": an answer about one name.
struct MissingAccount {
  // From the echoed command line; without it the file's name must tell.
  std::optional<std::string> name;
  bool from_domain = false;
  Origin origin;

  bool operator==(const MissingAccount&) const = default;
};

// What a name belongs to (SID_NAME_USE of LookupAccountName).
enum class AccountKind : std::uint8_t {
  kUser,
  kGroup,           // global or universal group of a domain
  kDomain,          // the name of a domain or a machine
  kAlias,           // local group
  kWellKnownGroup,  // Everyone, NETWORK, IUSR
  kDeleted,
  kInvalid,
  kUnknown,
  kComputer,
  kLabel,
  kLogonSession,
};

// The answer of Windows about one name that was found.
struct NameLookup {
  std::string name;    // as it was asked, with a domain part
  std::string domain;  // which holds it
  AccountKind kind{};
  Sid sid;
  Origin origin;

  bool operator==(const NameLookup&) const = default;
};

// A question about a name that Windows did not answer: whether the account
// exists stays open.
struct LookupFailure {
  std::string name;             // as NameLookup::name
  std::uint32_t code = 0;       // a Win32 error
  bool is_unreachable = false;  // no domain controller answered
  std::string why;
  std::string todo;
  Origin origin;

  bool operator==(const LookupFailure&) const = default;
};

struct LocalGroup {
  std::string name;
  std::string language;                        // as Account::language
  Observed<std::vector<std::string>> members;  // as shown, possibly SIDs
  Origin origin;

  bool operator==(const LocalGroup&) const = default;
};

// A name and its SID as Windows itself put them side by side (whoami /all,
// gpresult /x): in the language of that Windows, with the domain in front
// where there is one.
struct NamedSid {
  std::string name;
  Sid sid;
  Origin origin;

  bool operator==(const NamedSid&) const = default;
};

// Password and lockout policy of an account database (`net accounts`,
// [System Access] of a template).
struct AccountPolicy {
  Observed<std::uint32_t> lockout_threshold;  // bad logons; 0: no lockout
  // Until a lock ends by itself; absent: only an administrator ends it.
  Observed<std::uint32_t> lockout_minutes;
  // After which the count of bad logons starts again.
  Observed<std::uint32_t> lockout_window_minutes;
  Observed<std::uint32_t> max_password_age_days;  // absent: unlimited

  bool operator==(const AccountPolicy&) const = default;
};

struct AccountDatabase {
  std::vector<Account> accounts;
  std::vector<AccountList> lists;
  std::vector<MissingAccount> missing;
  std::vector<LocalGroup> groups;
  std::vector<NamedSid> names;  // in a Server: by SID, one for each
  std::vector<NameLookup> lookups;
  std::vector<LookupFailure> failures;
  AccountPolicy policy;         // of the machine's own database
  AccountPolicy domain_policy;  // asked of a domain controller

  bool operator==(const AccountDatabase&) const = default;
};

}  // namespace iisdiag::facts
