#include "win32/clock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bitset>

#include "text/strings.hpp"

namespace iisdiag::win32 {
namespace {

constexpr int kHourMinutes = 60;
constexpr int kDayMinutes = 24 * kHourMinutes;
constexpr int kWeekMinutes = 7 * kDayMinutes;
constexpr std::size_t kWeekHours = kWeekMinutes / kHourMinutes;
constexpr unsigned kByteBits = 8;

int offset_minutes(const Api& api) {
  TIME_ZONE_INFORMATION zone{};
  const DWORD season = api.GetTimeZoneInformation(&zone);
  if (season == TIME_ZONE_ID_INVALID) {
    return 0;
  }
  const LONG bias =
      zone.Bias + (season == TIME_ZONE_ID_DAYLIGHT   ? zone.DaylightBias
                   : season == TIME_ZONE_ID_STANDARD ? zone.StandardBias
                                                     : 0);
  return static_cast<int>(-bias);
}

std::string span_text(const facts::HoursSpan& span) {
  constexpr std::array<std::string_view, 7> kDays = {
      "Sunday",   "Monday", "Tuesday", "Wednesday",
      "Thursday", "Friday", "Saturday"};
  const auto clock = [](int minute) {
    return fmt::format("{:02}:{:02}", minute / kHourMinutes,
                       minute % kHourMinutes);
  };
  const auto day = [&](int index) {
    return kDays.at(static_cast<std::size_t>(index));
  };
  return fmt::format(
      "{} {} - {}",
      span.first_day == span.last_day
          ? std::string(day(span.first_day))
          : fmt::format("{} - {}", day(span.first_day), day(span.last_day)),
      clock(span.from_minute), clock(span.until_minute));
}

// Runs of the same hours on days in a row are one span.
void add_span(std::vector<facts::HoursSpan>& spans,
              const facts::HoursSpan& span) {
  const auto before = std::find_if(
      spans.begin(), spans.end(), [&](const facts::HoursSpan& other) {
        return other.last_day + 1 == span.first_day &&
               other.from_minute == span.from_minute &&
               other.until_minute == span.until_minute;
      });
  if (before == spans.end()) {
    spans.push_back(span);
  } else {
    before->last_day = span.last_day;
  }
}

}  // namespace

facts::Moment server_time(const Api& api) {
  SYSTEMTIME utc{};
  api.GetSystemTime(&utc);
  facts::Moment now;
  now.utc_offset_minutes = offset_minutes(api);
  const auto days = facts::days_from_date(utc.wYear, utc.wMonth, utc.wDay);
  now.clock = days.value_or(0) * facts::kDay + utc.wHour * facts::kHour +
              utc.wMinute * facts::kMinute + utc.wSecond +
              *now.utc_offset_minutes * facts::kMinute;
  return now;
}

facts::TimeRange on_server_clock(std::int64_t utc, const facts::Moment& now) {
  const auto clock = utc + now.utc_offset_minutes.value_or(0) * facts::kMinute;
  return {clock, clock};
}

facts::LogonHours logon_hours(const HoursBits& bits, int utc_offset_minutes) {
  std::bitset<kWeekMinutes> permitted;
  facts::LogonHours hours;
  hours.all = true;
  for (std::size_t hour = 0; hour < kWeekHours; ++hour) {
    const bool is_set =
        (bits.at(hour / kByteBits) >> (hour % kByteBits) & 1U) != 0;
    hours.all = hours.all && is_set;
    for (int minute = 0; is_set && minute < kHourMinutes; ++minute) {
      const int at = static_cast<int>(hour) * kHourMinutes + minute +
                     utc_offset_minutes + kWeekMinutes;
      permitted.set(static_cast<std::size_t>(at % kWeekMinutes));
    }
  }
  if (hours.all) {
    hours.text = "All";
    return hours;
  }
  for (int day = 0; day * kDayMinutes < kWeekMinutes; ++day) {
    const auto allows = [&](int minute) {
      const int at = day * kDayMinutes + minute;
      return permitted.test(static_cast<std::size_t>(at));
    };
    for (int from = 0; from < kDayMinutes; ++from) {
      if (!allows(from)) {
        continue;
      }
      int until = from;
      while (until < kDayMinutes && allows(until)) {
        ++until;
      }
      add_span(hours.spans, {day, day, from, until});
      from = until;
    }
  }
  std::vector<std::string> texts;
  std::transform(hours.spans.begin(), hours.spans.end(),
                 std::back_inserter(texts), span_text);
  hours.text = texts.empty() ? "None" : text::join(texts, ", ");
  return hours;
}

}  // namespace iisdiag::win32
