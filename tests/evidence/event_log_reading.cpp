#include "evidence/event_log_reading.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "evidence/describe_log.hpp"
#include "evidence/parallel.hpp"
#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

using facts::LogKind;
using facts::RecordKind;

std::string_view kind_name(LogKind kind) {
  switch (kind) {
    case LogKind::kSystemEvents:
      return "system events";
    case LogKind::kSecurityEvents:
      return "security events";
    case LogKind::kOtherEvents:
      return "other events";
    case LogKind::kWeb:
      return "web requests";
    case LogKind::kFtp:
      return "FTP requests";
    case LogKind::kHttpErrors:
      return "HTTP errors";
  }
  return "?";
}

std::string_view kind_name(RecordKind kind) {
  switch (kind) {
    case RecordKind::kIisEvent:
      return "IIS";
    case RecordKind::kSubauth:
      return "subauth";
    case RecordKind::kLogon:
      return "logon";
    case RecordKind::kValidation:
      return "validation";
    case RecordKind::kPreAuthentication:
      return "pre-authentication";
    case RecordKind::kLockout:
      return "lockout";
    case RecordKind::kRightRemoved:
      return "right removed";
    case RecordKind::kRightGranted:
      return "right granted";
    case RecordKind::kServiceStart:
      return "start";
    case RecordKind::kWebLog:
      return "web";
    case RecordKind::kFtpLog:
      return "FTP";
    case RecordKind::kHttpErrors:
      return "HTTP error";
  }
  return "?";
}

std::string when(facts::ClockSeconds time, bool is_local) {
  return facts::iso_text(
      {time, is_local ? std::nullopt : std::optional<int>(0)});
}

std::string span_of_time(facts::ClockSeconds first, facts::ClockSeconds last,
                         bool is_local) {
  return first == last ? when(first, is_local)
                       : when(first, is_local) + " to " + when(last, is_local);
}

void add(std::string& line, std::string_view name, std::string_view text) {
  if (!text.empty()) {
    line += fmt::format(", {} {}", name, text);
  }
}

}  // namespace

FileFacts read_event_log(const LogFormat& format, std::string_view bytes,
                         std::string_view name) {
  EXPECT_EQ(recognise_log(bytes.substr(0, kLogStart)), &format);
  const auto reader = format.open({std::string(name), ""});
  EXPECT_EQ(reader->read(bytes, true), bytes.size());
  FileFacts facts;
  reader->finish(facts);
  return facts;
}

FileFacts read_event_log_in_pieces(const LogFormat& format,
                                   std::string_view bytes, std::size_t threads,
                                   std::uint32_t seed) {
  const ForcedWorkers workers(threads);
  std::minstd_rand random(seed);
  const auto reader = format.open({"file", ""});
  std::size_t done = 0;
  std::size_t left = 0;
  for (;;) {
    const std::size_t least = std::max(LogReader::kLeastPiece, left + 1);
    const std::size_t size = std::min<std::size_t>(
        bytes.size() - done, least + random() % LogReader::kLeastPiece);
    const bool is_last = format.needs_whole || done + size == bytes.size();
    const std::string_view piece =
        is_last ? bytes.substr(done) : bytes.substr(done, size);
    const std::size_t taken = reader->read(piece, is_last);
    EXPECT_LE(taken, piece.size());
    done += taken;
    left = piece.size() - taken;
    EXPECT_LE(left, LogReader::kLeastPiece);
    if (is_last) {
      EXPECT_EQ(left, 0U);
      break;
    }
  }
  FileFacts facts;
  reader->finish(facts);
  return facts;
}

std::string describe(const facts::LogonRecords& records) {
  std::string result;
  for (const facts::LogSpan& log : records.logs) {
    result +=
        fmt::format("log of {}{}{}: {} records", kind_name(log.kind),
                    log.computer.empty() ? "" : ", " + log.computer,
                    log.site.empty() ? "" : ", site " + log.site, log.records);
    if (log.has_time && log.records > 0) {
      result += " of " + span_of_time(log.first, log.last, log.is_local);
    }
    result += log.is_whole ? ", whole\n" : ", not whole\n";
  }
  for (const facts::LogonAttempt& attempt : records.attempts) {
    std::string line(kind_name(attempt.kind));
    if (attempt.event != 0) {
      line += fmt::format(" {}", attempt.event);
    }
    if (!attempt.service.empty()) {
      line += " of " + attempt.service;
    }
    std::string details;
    add(details, "account", attempt.account);
    add(details, "domain", attempt.domain);
    add(details, "SID", attempt.sid);
    add(details, "code", attempt.code ? std::to_string(*attempt.code) : "");
    add(details, "type",
        attempt.logon_type ? std::to_string(*attempt.logon_type) : "");
    add(details, "by", attempt.logon_process);
    add(details, "in", attempt.process);
    add(details, "from", attempt.workstation);
    add(details, "right", attempt.right);
    add(details, "site", attempt.site);
    add(details, "url", attempt.url);
    add(details, "status",
        attempt.status != 0 ? std::to_string(attempt.status) : "");
    add(details, "substatus",
        attempt.has_substatus ? std::to_string(attempt.substatus) : "");
    add(details, "reason", attempt.reason);
    if (!details.empty()) {
      line += ":" + details.substr(1);
    }
    line += fmt::format("\n  {} times, @{}", attempt.count,
                        attempt.first_origin.number());
    if (attempt.last_origin.number() != attempt.first_origin.number()) {
      line += fmt::format(" to @{}", attempt.last_origin.number());
    }
    if (attempt.has_time) {
      line +=
          ", " + span_of_time(attempt.first, attempt.last, attempt.is_local);
    }
    result += line + hours_text(attempt) + "\n";
  }
  return result;
}

std::string describe_event_log(const FileFacts& facts) {
  return describe(facts.records) + describe(facts.notes) +
         describe(facts.problems);
}

void expect_sound_when_cut(const Format& format, std::string_view whole) {
  const FileFacts all = read_as(format, whole);
  const auto is_known = [&](const facts::LogonAttempt& attempt) {
    return std::any_of(
        all.records.attempts.begin(), all.records.attempts.end(),
        [&](const facts::LogonAttempt& known) {
          return known.account == attempt.account &&
                 known.event == attempt.event && known.sid == attempt.sid &&
                 known.logon_type == attempt.logon_type &&
                 (attempt.domain.empty() || attempt.domain == known.domain) &&
                 (!attempt.code || attempt.code == known.code);
        });
  };
  for (std::size_t length = 0; length < whole.size(); ++length) {
    FileFacts facts;
    format.read(document(whole.substr(0, length)), facts);
    EXPECT_TRUE(std::all_of(facts.records.attempts.begin(),
                            facts.records.attempts.end(), is_known))
        << length << describe(facts.records);
  }
}

void expect_sound_when_damaged(const Format& format, std::string_view whole) {
  constexpr std::string_view kBytes = "<>&=:;\t\n\"',./x0 \xFF";
  constexpr std::size_t kMostProblems = 3;
  for (std::uint32_t seed = 0; seed < 1'000; ++seed) {
    std::minstd_rand random(seed);
    std::string bytes(whole);
    for (int i = 0; i < 8; ++i) {
      bytes[random() % bytes.size()] = kBytes[random() % kBytes.size()];
    }
    FileFacts facts;
    format.read(document(bytes), facts);
    EXPECT_LE(facts.problems.size(), kMostProblems) << bytes;
  }
}

}  // namespace iisdiag::evidence
