// Records in words.
#include <fmt/format.h>

#include "checks/recorded.hpp"
#include "knowledge/logon_codes.hpp"
#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonAttempt;
using facts::RecordKind;

std::string when_text(const LogonAttempt& attempt) {
  if (!attempt.has_time) {
    return attempt.count == 1 ? "at a time that the log does not show"
                              : fmt::format("{} times", attempt.count);
  }
  std::string last = record_time_text(attempt, attempt.last);
  if (attempt.count == 1) {
    return last;
  }
  return attempt.first == attempt.last
             ? fmt::format("{} times at {}", attempt.count, last)
             : fmt::format("{} times from {} to {}", attempt.count,
                           record_time_text(attempt, attempt.first), last);
}

std::string_view type_words(std::uint32_t type) {
  switch (type) {
    case 2:
      return "interactive logon";
    case 3:
      return "network logon";
    case 4:
      return "batch logon";
    case 5:
      return "service logon";
    case 7:
      return "unlock";
    case 8:
      return "network logon in clear text";
    case 10:
      return "remote desktop logon";
    default:
      return "";
  }
}

std::string_view kind_words(facts::LogKind kind) {
  switch (kind) {
    case facts::LogKind::kSystemEvents:
      return "System events";
    case facts::LogKind::kSecurityEvents:
      return "Security events";
    case facts::LogKind::kOtherEvents:
      return "events";
    case facts::LogKind::kWeb:
      return "web log";
    case facts::LogKind::kFtp:
      return "FTP log";
    case facts::LogKind::kHttpErrors:
      return "HTTP error log";
  }
  return "";
}

std::string event_words(const LogonAttempt& attempt) {
  if (attempt.kind == RecordKind::kIisEvent) {
    return fmt::format(
        "{} event {}",
        attempt.service.empty() ? "IIS" : text::printable(attempt.service),
        attempt.event);
  }
  std::string words = fmt::format("Security event {}", attempt.event);
  if (attempt.logon_type && !type_words(*attempt.logon_type).empty()) {
    words += fmt::format(", {}", type_words(*attempt.logon_type));
  }
  if (!attempt.process.empty()) {
    words += fmt::format(" by {}", text::printable(attempt.process));
  } else if (!attempt.workstation.empty() &&
             (attempt.kind == RecordKind::kValidation ||
              attempt.kind == RecordKind::kLockout)) {
    words += fmt::format(" from {}", text::printable(attempt.workstation));
  }
  return words;
}

std::string row_words(const LogonAttempt& attempt) {
  std::string words = std::to_string(attempt.status);
  if (attempt.has_substatus) {
    words += fmt::format(".{}", attempt.substatus);
  }
  if (!attempt.site.empty() || !attempt.url.empty()) {
    words += " at";
  }
  for (const std::string& part : {attempt.site, attempt.url}) {
    if (!part.empty()) {
      words += " " + text::printable(part);
    }
  }
  return words;
}

}  // namespace

std::string record_time_text(const LogonAttempt& attempt,
                             facts::ClockSeconds time) {
  return !attempt.has_time
             ? std::string{}
             : facts::iso_text({time, attempt.is_local
                                          ? std::nullopt
                                          : std::optional<int>(0)});
}

std::string record_text(const LogonAttempt& attempt) {
  const bool is_row = attempt.kind == RecordKind::kWebLog ||
                      attempt.kind == RecordKind::kFtpLog ||
                      attempt.kind == RecordKind::kHttpErrors;
  std::string words = is_row ? row_words(attempt) : event_words(attempt);
  if (attempt.kind == RecordKind::kLockout) {
    words += ": the account was locked";
  } else if (attempt.kind == RecordKind::kServiceStart) {
    words = fmt::format("System event {}: Windows started", attempt.event);
  } else if (attempt.kind == RecordKind::kSubauth) {
    words = fmt::format("IIS event {}: password sync is not registered",
                        attempt.event);
  } else if (attempt.code == 0U) {
    words += ": accepted";
  } else if (attempt.code) {
    words += ": " + knowledge::logon_code_text(*attempt.code);
  } else {
    words += ": refused, no reason logged";
  }
  return words + "; " + when_text(attempt);
}

std::string log_text(const facts::LogSpan& log) {
  const auto time = [&](facts::ClockSeconds clock) {
    return facts::iso_text(
        {clock, log.is_local ? std::nullopt : std::optional<int>(0)});
  };
  std::string text(kind_words(log.kind));
  if (!log.site.empty()) {
    text += " of " + text::printable(log.site);
  }
  // A log of this server, asked for and refused.
  if (!log.is_whole && log.records == 0 &&
      log.origin.kind() == facts::Origin::Kind::kApi) {
    return text + ", which could not be read";
  }
  text +=
      fmt::format(", {} record{}", log.records, log.records == 1 ? "" : "s");
  if (log.records > 0 && log.has_time) {
    text +=
        log.first == log.last
            ? " at " + time(log.last)
            : fmt::format(" from {} to {}", time(log.first), time(log.last));
  }
  if (!log.is_whole) {
    text += ", damaged or cut";
  }
  return text;
}

}  // namespace iisdiag::checks
