// Which logons may be tried on a live server, and which may not and why.
#pragma once

#include <string>
#include <vector>

#include "checks/case.hpp"
#include "facts/logon.hpp"
#include "facts/server.hpp"

namespace iisdiag::checks {

struct LogonWish {
  bool may_log_on = true;
  // A password was given on standard input: it is tried in place of the stored
  // one, which need not be readable then.
  bool has_given = false;
};

// One entry for each account that has a password to test, however its name is
// written in the configuration: `method` as IIS would log it on,
// `password_from` the node whose password is to be used, the first one that
// can be read; with a given one empty, `password_group` then is the stored one
// to compare it with. A stored password in clear text is read only through
// IIS, which gives it a number; one that a file shows has none and is not
// tried. `refrain` kNone means that the logon may be made; it cannot
// help to lock the account (PRODUCT.md): no threshold, or no bad logon counted
// and a threshold of at least kSafeThreshold, both read from where the account
// lives. `code` and `origin` are for the caller to fill.
std::vector<facts::LogonTrial> plan_logons(const facts::Server& server,
                                           LogonWish wish);

// One bad logon can be counted twice (KB 900215).
inline constexpr unsigned kSafeThreshold = 3;

}  // namespace iisdiag::checks
