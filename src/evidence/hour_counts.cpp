#include "evidence/hour_counts.hpp"

#include <algorithm>
#include <functional>

namespace iisdiag::evidence {

void HourCounts::add_elsewhere(facts::HourCount more) {
  const bool is_newest = more.hour > hour_;
  if (is_newest) {
    std::swap(more.hour, hour_);
    std::swap(more.count, count_);
  }
  const auto place =
      is_newest ? older_.end()
                : std::lower_bound(
                      older_.begin(), older_.end(), more.hour,
                      [](const facts::HourCount& one,
                         facts::ClockSeconds hour) { return one.hour < hour; });
  if (place != older_.end() && place->hour == more.hour) {
    place->count += more.count;
    return;
  }
  // Room for it is made at the front, where the oldest hour goes. An hour that
  // once went stays away: there are ever more newer ones.
  constexpr std::size_t kMostOlder = facts::kMostHours - 1;
  if (older_.size() < kMostOlder) {
    const auto at = place - older_.begin();
    // For no more than there may be, which twice as many would be.
    if (older_.size() == older_.capacity()) {
      older_.reserve(std::min(kMostOlder, 2 * older_.size() + 1));
    }
    older_.insert(older_.begin() + at, more);
  } else if (place != older_.begin()) {
    std::move(older_.begin() + 1, place, older_.begin());
    *(place - 1) = more;
  }
}

void HourCounts::add_all(const HourCounts& more) {
  for (const facts::HourCount& older : more.older_) {
    add(older);
  }
  if (more.count_ > 0) {
    add({more.hour_, more.count_});
  }
}

std::vector<facts::HourCount> HourCounts::list() const {
  std::vector<facts::HourCount> list;
  if (count_ > 0) {
    list.reserve(older_.size() + 1);
    list = older_;
    list.push_back({hour_, count_});
  }
  return list;
}

void limit_hours(std::vector<facts::LogonAttempt>& attempts, std::size_t most) {
  std::size_t hours = 0;
  for (const facts::LogonAttempt& attempt : attempts) {
    hours += attempt.hours.size();
  }
  if (hours <= most) {
    return;
  }
  std::vector<facts::ClockSeconds> all;
  all.reserve(hours);
  for (const facts::LogonAttempt& attempt : attempts) {
    for (const facts::HourCount& hour : attempt.hours) {
      all.push_back(hour.hour);
    }
  }
  const auto newest_out = all.begin() + static_cast<std::ptrdiff_t>(most);
  std::nth_element(all.begin(), newest_out, all.end(), std::greater<>());
  for (facts::LogonAttempt& attempt : attempts) {
    if (std::erase_if(attempt.hours, [&](const facts::HourCount& hour) {
          return hour.hour <= *newest_out;
        }) > 0) {
      attempt.hours.shrink_to_fit();
    }
  }
}

}  // namespace iisdiag::evidence
