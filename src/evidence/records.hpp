// The records of all logs of one server together.
#pragma once

#include <optional>
#include <vector>

#include "facts/attempt.hpp"
#include "facts/server.hpp"
#include "facts/time.hpp"

namespace iisdiag::evidence {

// A log and its export, or a file that was copied twice, tell the same: groups
// and logs that differ in nothing but where they were read count once. A group
// whose hours are not told takes them from its copy.
void drop_duplicates(facts::LogonRecords& records);

// The time of the newest record of all logs; nothing without one that has a
// time.
std::optional<facts::Moment> newest_record(const facts::LogonRecords& records);

// What logs alone tell of: an identity for each account with a name as setup
// gives it that could not be logged on, and for each site that refused visitors
// without a name, the latest first and no more than kMaxRecordedIdentities.
// `off`: nodes that the configuration shows, with anonymous access off at each;
// records of their services and sites tell of no visitor's logon. `why` says
// what is not known of the identities.
std::vector<facts::Identity> identities_of_records(
    const facts::LogonRecords& records,
    const std::vector<facts::SitePlace>& off, const std::string& why);

}  // namespace iisdiag::evidence
