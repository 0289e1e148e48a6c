// The account of an identity: which one is meant, where it lives and whether it
// is there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "facts/server.hpp"

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
  // Where Windows told it for the name.
  std::optional<facts::Sid> sid;
  const facts::Account* record = nullptr;
  std::string why;   // for kUnknown, kNowhere and kUndecided
  std::string todo;  // likewise, may be empty

  // The account's own groups and rights are those of a domain account.
  bool is_domain_account = false;

  // The name belongs to something that cannot log on: what, and where it was
  // seen. Empty for a user, and where nothing tells.
  std::string not_a_user;
  facts::Origin not_a_user_origin;

  // A question about the account that Windows did not answer: whether it
  // exists, or what its record says. Null where there is none.
  const facts::LookupFailure* failure = nullptr;
};

class ServerIndex;

// `server` and `identity` must outlive the view; `index` is of that server.
AccountView find_account(const facts::Server& server,
                         const facts::Identity& identity,
                         const ServerIndex& index);

// The account as reports name it; empty for the pool identity and where the
// configuration shows none.
std::string shown_account(const facts::Server& server,
                          const facts::Identity& identity);

}  // namespace iisdiag::checks
