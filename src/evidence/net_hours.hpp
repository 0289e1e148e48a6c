// The logon hours of `net user NAME`.
#pragma once

#include <string_view>
#include <vector>

#include "evidence/net_words.hpp"
#include "facts/account.hpp"

namespace iisdiag::evidence {

// One value a line: "All", "Monday - Friday 8:00 AM - 5:00 PM". Unknown, with
// the text, where one of them cannot be read.
facts::Observed<facts::LogonHours> net_logon_hours(
    const std::vector<std::string_view>& values, const NetWords& words,
    const facts::Origin& origin);

}  // namespace iisdiag::evidence
