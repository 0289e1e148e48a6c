// Times as evidence gives them: mostly the server's own clock, sometimes UTC,
// often with an ambiguous date order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace iisdiag::facts {

// Seconds since 1970-01-01 00:00:00 of the clock that the context names.
using ClockSeconds = std::int64_t;

inline constexpr ClockSeconds kMinute = 60;
inline constexpr ClockSeconds kHour = 60 * kMinute;
inline constexpr ClockSeconds kDay = 24 * kHour;

// A time as a person or a file wrote it.
struct Moment {
  // As the clock showed it.
  ClockSeconds clock = 0;
  // Set where the text said how far its clock is from UTC, in minutes east;
  // without it the clock is the server's own.
  std::optional<int> utc_offset_minutes;

  // The text is in UTC, so the server's own clock is not known from it.
  bool is_utc() const { return utc_offset_minutes == 0; }

  bool operator==(const Moment&) const = default;
};

// The earliest and the latest reading of an ambiguous time, server's clock.
struct TimeRange {
  ClockSeconds earliest = 0;
  ClockSeconds latest = 0;

  bool operator==(const TimeRange&) const = default;
};

// Days since 1970-01-01 of a date of the Gregorian calendar; nothing for a
// day that does not exist or a year outside 1601 to 9999.
std::optional<std::int64_t> days_from_date(int year, int month, int day);

// ISO 8601: `2006-05-16`, `2006-05-16T09:01`, `...:30`, with `Z` or `+02:00`.
std::optional<Moment> parse_iso(std::string_view text);

// `2006-05-16T09:01:00`, with `Z` or the offset where it is known.
std::string iso_text(const Moment& moment);

// The start of the hour that the clock shows.
constexpr ClockSeconds start_of_hour(ClockSeconds clock) {
  const ClockSeconds into = clock % kHour;
  return clock - (into < 0 ? into + kHour : into);
}

// 0 Sunday to 6 Saturday.
int day_of_week(ClockSeconds clock);

}  // namespace iisdiag::facts
