// One identity on one server, with what every check has to know about both.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/server.hpp"
#include "knowledge/finding.hpp"
#include "knowledge/versions.hpp"

namespace iisdiag::checks {

// Where the account of an identity lives.
enum class Place : std::uint8_t {
  kUnknown,        // the configuration does not show the account
  kNotConfigured,  // no account is set at any level
  kPoolIdentity,   // an empty userName: no logon of its own
  kBuiltIn,        // IUSR and its like: no password, no logon right needed
  kLocal,          // the machine's own account database (on a DC the domain's)
  kDomain,         // a domain that is not this machine
  kNowhere,        // its domain part is shown to be no domain
  kUndecided,      // machine or domain: the evidence does not tell
};

enum class Presence : std::uint8_t { kUnknown, kExists, kMissing };

// What is known of the account itself.
struct AccountView {
  Place place = Place::kUnknown;
  facts::AccountName name;
  std::string shown;  // as the report shows it; empty where there is none
  Presence presence = Presence::kUnknown;
  facts::Origin origin;  // of its presence
  const facts::Account* record = nullptr;
  std::string why;   // for kUnknown, kNowhere and kUndecided
  std::string todo;  // likewise, may be empty

  // The account's own groups and rights are those of a domain account.
  bool is_domain_account = false;

  // The name belongs to something that cannot log on: what, and where it was
  // seen. Empty for a user, and where nothing tells.
  std::string not_a_user;
  facts::Origin not_a_user_origin;

  // Windows did not answer whether it exists. Null where it did or nobody
  // asked.
  const facts::LookupFailure* failure = nullptr;
};

// Password sync as IIS will act on it.
struct SyncView {
  enum class Mode : std::uint8_t {
    kNone,  // this IIS has no such thing
    kOff,
    kEffective,    // IIS vouches for the password
    kIneffective,  // IIS 6: on, but ignored
    kUnknown,
  };
  Mode mode = Mode::kUnknown;
  // For kIneffective: what is missing. For kUnknown: what was not read.
  std::vector<std::string> reasons;
  std::vector<facts::Origin> origins;
  bool registration_missing = false;
  std::vector<std::string> wrong_pools;
};

struct Case {
  const facts::Server& server;
  const facts::Identity& identity;
  std::vector<const knowledge::IisRules*> iis;  // possible versions
  std::vector<const knowledge::WindowsRules*> windows;
  AccountView account;
  SyncView sync;
  // The logons that IIS may make here; one where it is certain, none where
  // there is no logon.
  std::vector<facts::LogonMethod> logons;

  // Agreed by all possible versions of IIS, or nothing.
  template <class Question>
  auto iis_agree(Question question) const {
    return knowledge::agreed(iis, question);
  }
  template <class Question>
  auto windows_agree(Question question) const {
    return knowledge::agreed(windows, question);
  }
};

// `server` and `identity` must outlive the case.
Case make_case(const facts::Server& server, const facts::Identity& identity);

// True where no user account stands behind the name, so that there are no
// rights and no password to judge.
bool has_no_account(const Case& subject);

// The account as reports name it; empty for the pool identity and where the
// configuration shows none.
std::string shown_account(const facts::Server& server,
                          const facts::Identity& identity);

// The right that a logon of this type needs (FACTS.md C.2).
facts::LogonRight right_for(facts::LogonMethod method);

// "network logon", "local logon", "batch logon".
std::string_view logon_words(facts::LogonRight right);

}  // namespace iisdiag::checks
