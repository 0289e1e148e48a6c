// The logons on record of one identity by the hour and their result.
#pragma once

#include <cstddef>
#include <vector>

#include "checks/recorded.hpp"
#include "report/report.hpp"

namespace iisdiag::report {

inline constexpr std::size_t kMostRecordedHours = 168;
inline constexpr std::size_t kMostRecordedRows = 2'000;

// Refusals of the account, a client's too where the record does not tell these
// apart, and what Windows accepted of IIS's own logons; of those in web and FTP
// logs only the newest of each site and folder is known. It counts records: a
// logon that two logs tell of counts twice. Records that no source tells the
// hour of are left out.
// Ascending by hour as written, UTC and the server's own clock alike, then by
// clock (UTC first) and code (none first), each once. The newest
// kMostRecordedHours hours that hold anything, and of these the newest
// kMostRecordedRows rows.
std::vector<RecordedHour> recorded_hours(const checks::Recorded& recorded);

}  // namespace iisdiag::report
