// Accounts, their groups and the policy of their database.
#pragma once

#include <vector>

#include "evidence/file_facts.hpp"
#include "evidence/live_server.hpp"
#include "facts/time.hpp"
#include "win32/api.hpp"

namespace iisdiag::win32 {

struct AccountSetting {
  facts::Moment now;  // the server's clock
  bool is_controller = false;
};

// Asks for each account once: what its name belongs to (LookupAccountNameW),
// its record (NetUserGetInfo, on the primary domain controller for one of a
// domain, whose count of bad logons is the one that locks), the SIDs of its
// token (Authz, else its groups by name), and once for each database its
// lockout and password policy.
//
// "Not found" is believed for a domain's account only where a controller of
// the domain said it: a lookup that reaches none answers the same (1332).
void read_accounts(const Api& api,
                   const std::vector<evidence::AccountQuestion>& questions,
                   const AccountSetting& setting, evidence::FileFacts& facts);

}  // namespace iisdiag::win32
