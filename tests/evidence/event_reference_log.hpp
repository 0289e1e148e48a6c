// What the references of event_reference.hpp share.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evidence/describe_log.hpp"
#include "evidence/event_log_reading.hpp"
#include "evidence/logon_events.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence::reference {

using namespace std::string_literals;
using Bytes = std::string_view;

// Nothing where it is not there.
inline std::optional<std::uint64_t> number(Bytes bytes, std::size_t at,
                                           std::size_t size) {
  if (at > bytes.size() || bytes.size() - at < size) {
    return std::nullopt;
  }
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;) {
    value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

inline std::string utf8(Bytes units) {
  std::string text;
  for (std::size_t i = 0; i + 2 <= units.size(); i += 2) {
    char32_t unit = static_cast<char32_t>(*number(units, i, 2));
    if (unit == 0) {
      break;
    }
    const auto next = number(units, i + 2, 2);
    if (unit >= 0xD800 && unit < 0xDC00 && next && *next >= 0xDC00 &&
        *next < 0xE000) {
      unit = 0x10000 + ((unit - 0xD800) * 0x400) +
             static_cast<char32_t>(*next - 0xDC00);
      i += 2;
    }
    text::append_utf8(text, unit);
  }
  return text;
}

inline std::vector<std::string> strings_of(Bytes units) {
  std::vector<std::string> strings;
  while (units.size() >= 2) {
    std::size_t end = 0;
    while (end + 2 <= units.size() && *number(units, end, 2) != 0) {
      end += 2;
    }
    strings.push_back(utf8(units.substr(0, end)));
    units.remove_prefix(std::min(end + 2, units.size()));
  }
  return strings;
}

inline bool is_sane(std::int64_t time) {
  return time >= 567'993'600 && time < 7'258'118'400;
}

struct Log {
  facts::LogonRecords records;
  std::vector<std::pair<std::int64_t, std::uint64_t>> cleared;
  std::set<std::string> marks;
  std::uint64_t count = 0;
  std::optional<std::int64_t> first;
  std::optional<std::int64_t> last;
  std::string computer;
  bool is_whole = true;

  void seen(std::int64_t time, const std::string& mark,
            const std::string& of_computer) {
    ++count;
    if (!mark.empty()) {
      marks.insert(mark);
    }
    if (!is_sane(time)) {
      return;
    }
    first = std::min(first.value_or(time), time);
    if (!last || time >= *last) {
      last = time;
      computer = std::string(clean_event_text(of_computer));
    }
  }

  void add(const std::string& writer, std::uint32_t id, std::int64_t time,
           std::uint64_t record, const std::vector<std::string>& strings,
           const std::string& binary) {
    EventView event;
    event.meaning = find_event(event_source(writer), id);
    event.id = id;
    event.writer = writer;
    event.has_time = is_sane(time);
    event.time = event.has_time ? time : 0;
    event.binary = binary;
    std::vector<std::string_view> views(
        strings.begin(),
        strings.begin() + static_cast<std::ptrdiff_t>(
                              std::min<std::size_t>(strings.size(), 64)));
    event.strings = views;
    if (is_log_cleared(*event.meaning)) {
      if (id != 104 || views.size() < 3 || text::iequals(views[2], "System")) {
        cleared.emplace_back(event.time, record);
      }
      return;
    }
    facts::LogonAttempt attempt = *logon_attempt(event);
    attempt.first_origin = facts::Origin::in_record("file", record);
    attempt.last_origin = attempt.first_origin;
    for (facts::LogonAttempt& known : records.attempts) {
      facts::LogonAttempt same = known;
      same.first = attempt.first;
      same.last = attempt.last;
      same.count = 1;
      same.hours.clear();
      same.first_origin = attempt.first_origin;
      same.last_origin = attempt.last_origin;
      if (same == attempt) {
        ++known.count;
        if (known.has_time) {
          count_hour(known, attempt.last);
        }
        if (attempt.first < known.first) {
          known.first = attempt.first;
          known.first_origin = attempt.first_origin;
        }
        if (attempt.last >= known.last) {
          known.last = attempt.last;
          known.last_origin = attempt.last_origin;
        }
        return;
      }
    }
    if (attempt.has_time) {
      count_hour(attempt, attempt.last);
    }
    records.attempts.push_back(attempt);
  }

  std::string text() {
    facts::LogSpan span;
    span.kind = marks == std::set{"Security"s} ? facts::LogKind::kSecurityEvents
                : marks == std::set{"System"s} ? facts::LogKind::kSystemEvents
                                               : facts::LogKind::kOtherEvents;
    span.records = count;
    span.has_time = first.has_value();
    span.first = first.value_or(0);
    span.last = last.value_or(0);
    span.computer = computer;
    span.is_whole = is_whole;
    records.logs.push_back(span);
    std::string result = describe(records);
    if (!cleared.empty()) {
      auto newest = cleared.front();
      for (const auto& one : cleared) {
        newest = one.first >= newest.first ? one : newest;
      }
      result += "the log was emptied on " + facts::iso_text({newest.first, 0}) +
                (cleared.size() > 1
                     ? fmt::format(", the last of {} times", cleared.size())
                     : "") +
                fmt::format(" @{}\n", newest.second);
    }
    return result;
  }
};

}  // namespace iisdiag::evidence::reference
