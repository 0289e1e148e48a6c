// Records of one group counted by the hour, while a log is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "facts/attempt.hpp"
#include "facts/time.hpp"

namespace iisdiag::evidence {

// The newest facts::kMostHours hours that hold records, in whatever order these
// come: counts of parts put together are those of the whole. As long as all
// records are of one hour it has no memory of its own; in the end it has 16
// bytes for each hour, and up to twice as much while it grows.
class HourCounts {
 public:
  // One more record. Takes no time to speak of in the newest hour until now; in
  // another one as much as the hours that are kept.
  void add(facts::ClockSeconds time) {
    if (static_cast<std::uint64_t>(time) - static_cast<std::uint64_t>(hour_) <
        static_cast<std::uint64_t>(facts::kHour)) {
      ++count_;
    } else {
      add({facts::start_of_hour(time), 1});
    }
  }
  void add(const HourCounts& more) {
    if (more.older_.empty() && more.hour_ == hour_) {
      count_ += more.count_;
    } else {
      add_all(more);
    }
  }

  // As facts::LogonAttempt has them.
  std::vector<facts::HourCount> list() const;

 private:
  void add(facts::HourCount more) {
    if (count_ == 0 || more.hour == hour_) {
      hour_ = more.hour;
      count_ += more.count;
    } else {
      add_elsewhere(more);
    }
  }
  void add_elsewhere(facts::HourCount more);
  void add_all(const HourCounts& more);

  // The newest hour; without any record it is 0, with a count of 0.
  facts::ClockSeconds hour_ = 0;
  std::uint64_t count_ = 0;
  std::vector<facts::HourCount> older_;  // ascending
};

// Leaves no more than `most` hours in all groups together: the newest ones, and
// of one hour all or none. Counts of groups stay as they are.
void limit_hours(std::vector<facts::LogonAttempt>& attempts, std::size_t most);

}  // namespace iisdiag::evidence
