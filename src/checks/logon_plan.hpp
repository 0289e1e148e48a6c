// Which logons may be tried on a live server, and which may not and why.
#pragma once

#include <string>
#include <vector>

#include "checks/case.hpp"
#include "facts/logon.hpp"
#include "facts/server.hpp"

namespace iisdiag::checks {

// One entry for each account that has a password to test, however its name is
// written in the configuration: `method` as IIS would log it on,
// `password_from` the node whose password is to be used, the first one that
// can be read. `refrain` kNone means that the logon may be made; it cannot
// help to lock the account (PRODUCT.md): no threshold, or no bad logon counted
// and a threshold of at least kSafeThreshold, both read from where the account
// lives. `code` and `origin` are for the caller to fill.
std::vector<facts::LogonTrial> plan_logons(const facts::Server& server,
                                           bool may_log_on);

// One bad logon can be counted twice (KB 900215).
inline constexpr unsigned kSafeThreshold = 3;

}  // namespace iisdiag::checks
