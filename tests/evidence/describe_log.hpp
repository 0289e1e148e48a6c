// What a log tells, in lines that a test can state whole.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/file_facts.hpp"
#include "evidence/log_format.hpp"

namespace iisdiag::evidence {

// All bytes in one piece. Fails the test where the format does not recognise
// them as its own.
FileFacts read_log(const LogFormat& format, std::string_view bytes,
                   std::string_view folder = "", std::string_view name = "log");

// The bytes in pieces that end at `cuts`, in ascending order. Pieces may be
// smaller than readers are promised.
FileFacts read_pieces(LogReader& reader, std::string_view bytes,
                      const std::vector<std::size_t>& cuts);

// One line for each group, log and problem, as in
//   web W3SVC1 /shop 401.1 1326 - 3x 2026-05-01T10:00:00 @5 to ...:09 @9
//   log of web W3SVC1 12 rows 2026-05-01T10:00:00 to 2026-05-01T11:00:00
//   problem @3: ...
// where @5 is the line of the file, `-` the anonymous user, `?` a code or a
// substatus that is not told, and "local" stands behind local times.
// Hours stand behind it where they do not follow from that, as in
//   ..., hours 2026-05-01T10 2x, 2026-05-01T11 1x
std::string describe_log(const FileFacts& facts);

// Empty where all records are of the hour of the first one.
std::string hours_text(const facts::LogonAttempt& attempt);

// The plain way to count one more record by its hour.
void count_hour(facts::LogonAttempt& attempt, facts::ClockSeconds time);

}  // namespace iisdiag::evidence
