// What the Net functions tell about an account and its database.
#pragma once

#include <string>
#include <vector>

#include "facts/account.hpp"
#include "facts/time.hpp"
#include "win32/api.hpp"

namespace iisdiag::win32 {

// The record as facts, but for its name and groups. `max_age_days`: of the
// database's policy; absent: unlimited.
//
// A password that is marked as expired and is of no age at all must be changed
// at the next logon: Windows clears the time when it was set for that. One of
// some age has expired.
facts::Account account_of(const USER_INFO_3& record,
                          const facts::Observed<std::uint32_t>& max_age_days,
                          const facts::Moment& now);

// Lockout and password policy of the database of `server` (null: this
// machine); of a domain the one for accounts that have none of their own
// (lockout.hpp).
facts::AccountPolicy read_policy(const Api& api, const wchar_t* server);

// Names of the groups of this machine, nested ones included; `name` with its
// domain in front for an account of one.
facts::Observed<std::vector<std::string>> local_groups(const Api& api,
                                                       const std::string& name);
facts::Observed<std::vector<std::string>> global_groups(
    const Api& api, const wchar_t* server, const std::string& name);

}  // namespace iisdiag::win32
