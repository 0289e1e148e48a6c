#include "evidence/describe_log.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace iisdiag::evidence {
namespace {

std::string_view kind_name(facts::RecordKind kind) {
  switch (kind) {
    case facts::RecordKind::kWebLog:
      return "web";
    case facts::RecordKind::kFtpLog:
      return "ftp";
    case facts::RecordKind::kHttpErrors:
      return "http";
    default:
      return "other";
  }
}

std::string_view log_name(facts::LogKind kind) {
  switch (kind) {
    case facts::LogKind::kWeb:
      return "web";
    case facts::LogKind::kFtp:
      return "ftp";
    case facts::LogKind::kHttpErrors:
      return "http";
    default:
      return "other";
  }
}

std::string or_none(const std::string& text) {
  return text.empty() ? "-" : text;
}

std::string time_text(facts::ClockSeconds time, bool has_time, bool is_local) {
  if (!has_time) {
    return "no time";
  }
  return facts::iso_text({time, {}}) + (is_local ? " local" : "");
}

}  // namespace

FileFacts read_log(const LogFormat& format, std::string_view bytes,
                   std::string_view folder, std::string_view name) {
  EXPECT_EQ(recognise_log(bytes.substr(0, kLogStart)), &format);
  const auto reader = format.open({std::string(name), std::string(folder)});
  return read_pieces(*reader, bytes, {});
}

FileFacts read_pieces(LogReader& reader, std::string_view bytes,
                      const std::vector<std::size_t>& cuts) {
  std::size_t done = 0;
  for (const std::size_t cut : cuts) {
    // In a buffer of its own, which is gone afterwards.
    const std::string piece(bytes.substr(done, cut - done));
    done += reader.read(piece, false);
    EXPECT_LE(done, cut);
    EXPECT_LE(cut - done, LogReader::kLeastPiece);
  }
  const std::string last(bytes.substr(done));
  EXPECT_EQ(reader.read(last, true), last.size());
  FileFacts facts;
  reader.finish(facts);
  return facts;
}

std::string describe_log(const FileFacts& facts) {
  std::string result;
  for (const facts::LogonAttempt& one : facts.records.attempts) {
    result += fmt::format("{} {} {} {}", kind_name(one.kind), or_none(one.site),
                          or_none(one.url), one.status);
    result += one.has_substatus ? fmt::format(".{}", one.substatus) : "";
    result += one.code ? fmt::format(" {}", *one.code) : " ?";
    result += " " + or_none(one.account);
    result += one.reason.empty() ? "" : " " + one.reason;
    result += fmt::format(" {}x {} @{}", one.count,
                          time_text(one.first, one.has_time, one.is_local),
                          one.first_origin.number());
    if (one.count > 1) {
      result += fmt::format(" to {} @{}",
                            time_text(one.last, one.has_time, one.is_local),
                            one.last_origin.number());
    }
    result += hours_text(one) + '\n';
  }
  for (const facts::LogSpan& log : facts.records.logs) {
    result += fmt::format("log of {} {} {} rows {} to {}{}\n",
                          log_name(log.kind), or_none(log.site), log.records,
                          time_text(log.first, log.has_time, log.is_local),
                          time_text(log.last, log.has_time, log.is_local),
                          log.is_whole ? "" : ", not whole");
  }
  for (const facts::Problem& problem : facts.problems) {
    result +=
        fmt::format("problem @{}: {}\n", problem.origin.number(), problem.text);
  }
  return result;
}

std::string hours_text(const facts::LogonAttempt& attempt) {
  std::vector<facts::HourCount> plain;
  if (attempt.has_time) {
    plain = {{facts::start_of_hour(attempt.first), attempt.count}};
  }
  if (attempt.hours == plain) {
    return {};
  }
  std::string text;
  for (const facts::HourCount& hour : attempt.hours) {
    constexpr std::size_t kUpToHour = 13;
    text += fmt::format("{} {} {}x", text.empty() ? ", hours" : ",",
                        facts::iso_text({hour.hour, {}}).substr(0, kUpToHour),
                        hour.count);
  }
  return text.empty() ? ", no hours" : text;
}

void count_hour(facts::LogonAttempt& attempt, facts::ClockSeconds time) {
  constexpr facts::ClockSeconds kSeconds = 3600;
  facts::ClockSeconds hour = time;
  while (hour % kSeconds != 0) {
    --hour;
  }
  const auto known =
      std::find_if(attempt.hours.begin(), attempt.hours.end(),
                   [&](const auto& one) { return one.hour == hour; });
  if (known != attempt.hours.end()) {
    ++known->count;
    return;
  }
  attempt.hours.push_back({hour, 1});
  std::sort(
      attempt.hours.begin(), attempt.hours.end(),
      [](const auto& one, const auto& other) { return one.hour < other.hour; });
  if (attempt.hours.size() > 168) {
    attempt.hours.erase(attempt.hours.begin());
  }
}

}  // namespace iisdiag::evidence
