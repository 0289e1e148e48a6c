#include "evidence/event_time.hpp"

#include <algorithm>
#include <string>

#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

// Without the marks that Windows puts around numbers, and with plain blanks.
std::string plain(std::string_view text) {
  constexpr std::string_view kMarks[] = {"\u200E", "\u200F"};
  constexpr std::string_view kBlanks[] = {"\u00A0", "\u202F"};
  std::string result;
  while (!text.empty()) {
    const std::size_t size = text.size();
    for (const std::string_view mark : kMarks) {
      text::consume(text, mark);
    }
    for (const std::string_view blank : kBlanks) {
      result += text::consume(text, blank) ? " " : "";
    }
    if (text.size() == size) {
      result += text.front();
      text.remove_prefix(1);
    }
  }
  return result;
}

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
}

bool take_number(std::string_view& text, std::size_t digits, int& value) {
  const std::size_t end =
      std::min(text.find_first_not_of("0123456789"), text.size());
  if (end == 0 || end > digits) {
    return false;
  }
  value = static_cast<int>(text::to_integer(text.substr(0, end)).value_or(0));
  text.remove_prefix(end);
  return true;
}

bool take_date(std::string_view& text, ShownTime& time) {
  if (!take_number(text, 4, time.first) || text.empty() ||
      std::string_view("/.-").find(text.front()) == std::string_view::npos) {
    return false;
  }
  time.separator = text.front();
  const std::string_view separator(&time.separator, 1);
  const auto take_next = [&](int& value) {
    if (!text::consume(text, separator)) {
      return false;
    }
    skip_blanks(text);
    return take_number(text, 4, value);
  };
  if (!take_next(time.second) || !take_next(time.third)) {
    return false;
  }
  text::consume(text, ".");
  return true;
}

// Which half of the day; true where the text has such a word.
bool take_half(std::string_view& text, int& hours) {
  struct Word {
    std::string_view word;
    int hours;
  };
  constexpr Word kWords[] = {{"AM", 0},    {"PM", 12},   {"a.m.", 0},
                             {"p.m.", 12}, {"a. m.", 0}, {"p. m.", 12},
                             {"上午", 0},  {"下午", 12}, {"午前", 0},
                             {"午後", 12}, {"오전", 0},  {"오후", 12}};
  skip_blanks(text);
  for (const Word& word : kWords) {
    if (text::istarts_with(text, word.word)) {
      text.remove_prefix(word.word.size());
      hours = word.hours;
      return true;
    }
  }
  return false;
}

bool take_time(std::string_view& text, facts::ClockSeconds& time) {
  int half = 0;
  bool has_half = take_half(text, half);
  skip_blanks(text);
  int hour = 0;
  int minute = 0;
  int second = 0;
  const auto take_next = [&](int& value) {
    return (text::consume(text, ":") || text::consume(text, ".")) &&
           take_number(text, 2, value) && value < 60;
  };
  if (!take_number(text, 2, hour) || !take_next(minute)) {
    return false;
  }
  if (!text.empty() && (text.front() == ':' || text.front() == '.') &&
      !take_next(second)) {
    return false;
  }
  has_half = has_half || take_half(text, half);
  if (hour > (has_half ? 12 : 23)) {
    return false;
  }
  time = (has_half ? hour % 12 + half : hour) * facts::kHour +
         minute * facts::kMinute + second;
  return true;
}

// No time is shown longer.
constexpr std::size_t kLongestShown = 64;

}  // namespace

std::optional<EventTime> event_time(std::string_view iso) {
  iso = text::trim(iso);
  constexpr std::size_t kSeconds =
      std::string_view("2006-05-16T09:01:00").size();
  constexpr std::size_t kLongest =
      std::string_view("2006-05-16T09:01:00.123456789+02:00").size();
  if (iso.size() < kSeconds || iso.size() > kLongest) {
    return std::nullopt;
  }
  std::string text(iso.substr(0, kSeconds));
  std::string_view rest = iso.substr(kSeconds);
  if (rest.starts_with('.') || rest.starts_with(',')) {
    rest.remove_prefix(
        std::min(rest.find_first_not_of("0123456789", 1), rest.size()));
  }
  text += rest;
  const auto moment = facts::parse_iso(text);
  if (!moment) {
    return std::nullopt;
  }
  const int minutes = moment->utc_offset_minutes.value_or(0);
  return EventTime{moment->clock - minutes * facts::kMinute,
                   moment->utc_offset_minutes.has_value()};
}

std::optional<ShownTime> shown_time(std::string_view text) {
  if (text.size() > kLongestShown) {
    return std::nullopt;
  }
  const std::string bare = plain(text);
  std::string_view rest = text::trim(bare);
  ShownTime time;
  if (!take_date(rest, time)) {
    return std::nullopt;
  }
  text::consume(rest, ",");
  if (!rest.starts_with(' ') || !take_time(rest, time.time_of_day)) {
    return std::nullopt;
  }
  return text::trim(rest).empty() ? std::optional(time) : std::nullopt;
}

bool is_shown_date(std::string_view text) {
  if (text.size() > kLongestShown) {
    return false;
  }
  const std::string bare = plain(text);
  std::string_view rest = text::trim(bare);
  ShownTime time;
  return take_date(rest, time) && rest.empty();
}

void DateOrder::see(const ShownTime& time) {
  constexpr int kMonths = 12;
  if (time.has_year_first()) {
    return;
  }
  // No language writes a month first and points behind it.
  day_first_ = day_first_ || time.first > kMonths || time.separator == '.';
  month_first_ = month_first_ || time.second > kMonths;
}

std::optional<facts::ClockSeconds> DateOrder::clock(
    const ShownTime& time) const {
  int year = time.first;
  int month = time.second;
  int day = time.third;
  if (!time.has_year_first()) {
    const bool is_known =
        day_first_ != month_first_ || (!day_first_ && day_first_language_);
    if (!is_known) {
      return std::nullopt;
    }
    year = time.third;
    month = month_first_ ? time.first : time.second;
    day = month_first_ ? time.second : time.first;
  }
  if (year < 100) {
    constexpr int kEarliest = 70;
    year += year < kEarliest ? 2000 : 1900;
  }
  const auto days = facts::days_from_date(year, month, day);
  return days ? std::optional(*days * facts::kDay + time.time_of_day)
              : std::nullopt;
}

}  // namespace iisdiag::evidence
