// Times as exported events show them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "facts/time.hpp"

namespace iisdiag::evidence {

// `2026-11-22T10:00:00.1234567Z`, whose fraction is dropped; with `Z` or an
// offset it is UTC then, and else the clock of whoever wrote it.
struct EventTime {
  facts::ClockSeconds clock = 0;
  bool is_utc = false;
};
std::optional<EventTime> event_time(std::string_view iso);

// A date and a time as a person is shown them: `5/16/2006 9:01:00 AM`,
// `16.05.2006 09:01:00`, `2006/05/16 9:01`. Which number is the day may not be
// known.
struct ShownTime {
  int first = 0;
  int second = 0;
  int third = 0;
  char separator = 0;
  facts::ClockSeconds time_of_day = 0;

  bool has_year_first() const { return first > 31; }
};
std::optional<ShownTime> shown_time(std::string_view text);
// Without a time of day.
bool is_shown_date(std::string_view text);

// In which order the dates of one file are. One date that allows a single
// order settles it for all.
class DateOrder {
 public:
  void see(const ShownTime& time);
  // The file is in a language in which the day always comes first.
  void see_day_first() { day_first_language_ = true; }
  // Nothing where the order is not known, or the dates contradict each other.
  std::optional<facts::ClockSeconds> clock(const ShownTime& time) const;

 private:
  bool day_first_ = false;
  bool month_first_ = false;
  bool day_first_language_ = false;
};

}  // namespace iisdiag::evidence
