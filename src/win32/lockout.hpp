// After how many bad logons an account of a domain locks.
#pragma once

#include <cstdint>
#include <string>

#include "facts/observed.hpp"
#include "facts/sid.hpp"
#include "win32/api.hpp"

namespace iisdiag::win32 {

// From Windows Server 2008 on a password settings object (PSO) can give an
// account another threshold than its domain has (`own`). Asked for at the
// primary controller, `\\DC01`, by LDAP as whoever runs this. Where none is
// shown, `own` counts only if nobody can have one, or if the caller is in
// Domain Admins: others are not shown it by default. Else it is unknown.
facts::Observed<std::uint32_t> domain_lockout_threshold(
    const Api& api, const std::wstring& controller, const facts::Sid& account,
    const facts::Observed<std::uint32_t>& own);

// A threshold that a PSO may undercut.
facts::Observed<std::uint32_t> unread_threshold(const facts::Origin& origin);

// The one that locks first; unknown where either is.
const facts::Observed<std::uint32_t>& lower_threshold(
    const facts::Observed<std::uint32_t>& left,
    const facts::Observed<std::uint32_t>& right);

}  // namespace iisdiag::win32
