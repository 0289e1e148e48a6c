// What logs tell of the logons of one identity: IIS makes the credential test
// all day long, and writes down how it went (PRODUCT.md, "Logons: ours and the
// recorded ones").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "facts/attempt.hpp"
#include "facts/server.hpp"
#include "facts/time.hpp"

namespace iisdiag::checks {

struct Case;

// The error that a record tells: that of a lock is 1909. 0 for a logon that was
// accepted; nothing for a refusal without a reason.
std::optional<std::uint32_t> recorded_code(const facts::LogonAttempt& attempt);

struct RecordedLogon {
  const facts::LogonAttempt* attempt = nullptr;
  // Its recorded_code(), or what another record of the same logon adds to it.
  std::optional<std::uint32_t> code;
  // IIS made it for visitors without a name; else it may have been a client's,
  // with the name of the same account.
  bool is_own = false;
  // When, on the clock of UTC as far as that is known.
  facts::TimeRange last;
};

// Of one identity; points into the server.
struct Recorded {
  // From the oldest to the newest.
  std::vector<RecordedLogon> refusals;
  // The newest that IIS made and Windows accepted.
  std::optional<RecordedLogon> success;
  // All of these, in no order. Of web and FTP logs readers keep only the newest
  // of each site and folder.
  std::vector<RecordedLogon> accepted;
  // Of the services of IIS, or of Windows itself.
  std::vector<const facts::LogonAttempt*> starts;
};

class ServerIndex;

// `subject` as far as it is made: the account, the logons of IIS.
Recorded find_recorded(const Case& subject, const ServerIndex& index);

// What the records say now; nothing where a logon of ours was made.
struct RecordedVerdict {
  enum class Kind : std::uint8_t {
    kNone,       // nothing is on record
    kAccepted,   // the newest logon was accepted, and nothing speaks against it
    kRefused,    // by `record`, and nothing newer speaks against it
    kUndecided,  // `record` may be of a client's logon: nothing follows
    kObsolete,   // the newest record no longer applies: `why`
    kUnclear,    // which of two records is the newer one cannot be told
  };
  Kind kind = Kind::kNone;
  // The one that decides, an accepted one too; null for kNone.
  const RecordedLogon* record = nullptr;
  // The lock that followed from refusals, or is that record itself.
  const RecordedLogon* lock = nullptr;
  bool is_lock_over = false;
  std::string why;
  facts::Origin why_origin;
};

RecordedVerdict judge_recorded(const Case& subject);

// The finding of account-lookup that a refusal of IIS's own logon belongs to;
// empty where it belongs to none.
std::string finding_of_code(const Case& subject, std::uint32_t code);

// The refusal tells that the stored password is wrong: of IIS's own logon, for
// an account that is there.
bool tells_wrong_password(const Case& subject, const RecordedVerdict& verdict);

// What a code speaks of. Nothing is about neither.
bool is_about_right(std::optional<std::uint32_t> code);
bool is_about_password(std::optional<std::uint32_t> code);

// The right that a type of logon needs, as Windows numbers them; nothing for
// those that IIS never makes.
std::optional<facts::LogonRight> right_of_type(std::uint32_t type);

// A right that IIS 5 grants at each start and that went again after one
// (Q275167).
bool comes_back_after_start(const Case& subject, const RecordedLogon& refusal);

// "Security events, 2261 records from 2019-02-06T14:17:53Z to ...".
std::string log_text(const facts::LogSpan& log);

// A time of the record, `2026-11-20T10:00:00Z`; without `Z` on the server's own
// clock, empty where the record shows none.
std::string record_time_text(const facts::LogonAttempt& attempt,
                             facts::ClockSeconds time);

// "W3SVC event 100: error 1326, unknown user name or wrong password; 5 times
// from 2026-11-20T10:00:00Z to 2026-11-20T10:04:00Z".
std::string record_text(const facts::LogonAttempt& attempt);

}  // namespace iisdiag::checks
