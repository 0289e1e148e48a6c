#include "facts/time.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdlib>

namespace iisdiag::facts {
namespace {

// Exactly `digits` digits, taken off the front.
bool take_digits(std::string_view& rest, std::size_t digits, int& value) {
  if (rest.size() < digits) {
    return false;
  }
  const char* const end = rest.data() + digits;
  const auto [stop, error] = std::from_chars(rest.data(), end, value);
  if (error != std::errc{} || stop != end || rest.front() == '-') {
    return false;
  }
  rest.remove_prefix(digits);
  return true;
}

bool take_char(std::string_view& rest, char wanted) {
  if (rest.empty() || rest.front() != wanted) {
    return false;
  }
  rest.remove_prefix(1);
  return true;
}

// "Z", "+02:00", "-0530"; an empty rest is fine and leaves no offset.
bool take_offset(std::string_view& rest, std::optional<int>& minutes) {
  if (rest.empty()) {
    return true;
  }
  if (take_char(rest, 'Z') || take_char(rest, 'z')) {
    minutes = 0;
    return rest.empty();
  }
  const int sign = rest.front() == '-' ? -1 : 1;
  if (!take_char(rest, '+') && !take_char(rest, '-')) {
    return false;
  }
  int hours = 0;
  int part = 0;
  if (!take_digits(rest, 2, hours)) {
    return false;
  }
  take_char(rest, ':');
  constexpr int kFurthest = 14 * 60;  // no clock is further from UTC
  if (!take_digits(rest, 2, part) || part > 59 ||
      hours * 60 + part > kFurthest) {
    return false;
  }
  minutes = sign * (hours * 60 + part);
  return rest.empty();
}

}  // namespace

std::optional<std::int64_t> days_from_date(int year, int month, int day) {
  // The calendar types hold no more than this and would cut a larger number.
  if (year < 1601 || year > 9999 || month < 1 || month > 12 || day < 1 ||
      day > 31) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{
      std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
      std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) {
    return std::nullopt;
  }
  return std::chrono::sys_days(date).time_since_epoch().count();
}

std::optional<Moment> parse_iso(std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (!take_digits(text, 4, year) || !take_char(text, '-') ||
      !take_digits(text, 2, month) || !take_char(text, '-') ||
      !take_digits(text, 2, day)) {
    return std::nullopt;
  }
  const auto days = days_from_date(year, month, day);
  if (!days) {
    return std::nullopt;
  }
  Moment moment;
  moment.clock = *days * kDay;
  if (text.empty()) {
    return moment;
  }
  int hour = 0;
  int minute = 0;
  int second = 0;
  if ((!take_char(text, 'T') && !take_char(text, 't') &&
       !take_char(text, ' ')) ||
      !take_digits(text, 2, hour) || !take_char(text, ':') ||
      !take_digits(text, 2, minute) || hour > 23 || minute > 59) {
    return std::nullopt;
  }
  if (take_char(text, ':') && (!take_digits(text, 2, second) || second > 59)) {
    return std::nullopt;
  }
  moment.clock += hour * kHour + minute * kMinute + second;
  if (!take_offset(text, moment.utc_offset_minutes)) {
    return std::nullopt;
  }
  return moment;
}

std::string iso_text(const Moment& moment) {
  using std::chrono::floor;
  const std::chrono::sys_seconds time{std::chrono::seconds(moment.clock)};
  const auto midnight = floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(midnight);
  const std::chrono::hh_mm_ss clock(time - midnight);
  std::string text = fmt::format(
      "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  if (moment.is_utc()) {
    return text + "Z";
  }
  if (moment.utc_offset_minutes) {
    const int minutes = *moment.utc_offset_minutes;
    text += fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+',
                        std::abs(minutes) / 60, std::abs(minutes) % 60);
  }
  return text;
}

int day_of_week(ClockSeconds clock) {
  const auto days = std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds(std::chrono::seconds(clock)));
  return static_cast<int>(std::chrono::weekday(days).c_encoding());
}

}  // namespace iisdiag::facts
