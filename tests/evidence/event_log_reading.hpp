// Logs to facts, and those facts to lines that a test can state whole.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "evidence/file_facts.hpp"
#include "evidence/format.hpp"
#include "evidence/log_format.hpp"

namespace iisdiag::evidence {

// What a reader makes of a log. Fails the test where the bytes are not
// recognised as one of this format.
FileFacts read_event_log(const LogFormat& format, std::string_view bytes,
                         std::string_view name = "file");

// The same, with `threads` and in pieces whose lengths follow from `seed`.
FileFacts read_event_log_in_pieces(const LogFormat& format,
                                   std::string_view bytes, std::size_t threads,
                                   std::uint32_t seed);

// A line for each fact, as in
//   log of system events, WEB1: 12 records of 2006-05-16T09:01:00Z, whole
//   IIS 100 of W3SVC: account IUSR_WEB1, code 1326
//     3 times, @7 to @9, 2006-05-16T09:01:00Z to 2006-05-16T09:11:00Z
// where @7 is the number of the record, or of the line.
std::string describe(const facts::LogonRecords& records);
// Records, notes and problems.
std::string describe_event_log(const FileFacts& facts);

// A text that is cut, at every length, tells of no logon that the whole one
// does not tell of: at most its code or domain is not known, and never another
// one.
void expect_sound_when_cut(const Format& format, std::string_view whole);
// Nothing crashes, and no more than a few problems are told.
void expect_sound_when_damaged(const Format& format, std::string_view whole);

}  // namespace iisdiag::evidence
