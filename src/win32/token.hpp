// The SIDs that Windows puts into a token.
#pragma once

#include <vector>

#include "facts/observed.hpp"
#include "facts/sid.hpp"
#include "win32/api.hpp"

namespace iisdiag::win32 {

// Groups of the account, nested ones and those of its domain included, without
// a logon (AuthzInitializeContextFromSid; Windows XP and later). SIDs of the
// kind of logon that Authz adds are left out: it is not the kind IIS makes.
facts::Observed<std::vector<facts::Sid>> token_groups(const Api& api, PSID sid);

}  // namespace iisdiag::win32
