// Records of logons, put together while a log is read: what differs in nothing
// but its time is one group.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "evidence/hour_counts.hpp"
#include "facts/attempt.hpp"

namespace iisdiag::evidence {

// Not to be used from two threads; a log that is read by several gives each
// part groups of its own and joins them in the order of the parts.
class AttemptGroups {
 public:
  // A group as it grows. `place` is whatever the reader can find the record
  // again by: a record number, a line, an offset.
  struct Group {
    facts::LogonAttempt attempt;  // without origins and hours
    HourCounts hours;             // meaningless where it has no time
    std::uint64_t first_place = 0;
    std::uint64_t last_place = 0;
  };

  // One more record. `key` is equal for records of one group and for no
  // others; `make` answers the LogonAttempt of a group that is new, its times
  // and origins left out. Of records of one time the first added counts as the
  // first, the last added as the last.
  template <class Make>
  void add(std::string_view key, facts::ClockSeconds time, std::uint64_t place,
           Make make) {
    const auto known = index_.find(key);
    if (known != index_.end()) {
      extend(groups_[known->second], time, place);
    } else if (Group* group = open(key, time, place)) {
      group->attempt = make();
      group->attempt.first = time;
      group->attempt.last = time;
      group->attempt.count = 1;
      group->hours.add(time);
    }
  }

  // What was read after this.
  void join(AttemptGroups&& next);

  // In the order in which they were first added.
  std::vector<Group>& groups() { return groups_; }
  const std::vector<Group>& groups() const { return groups_; }

  // Records that are in no group, for there are as many groups as may be; and
  // the newest of them.
  std::uint64_t left_out() const { return left_out_; }
  facts::ClockSeconds newest_left_out() const { return newest_left_out_; }

 private:
  struct Hash {
    using is_transparent = void;  // NOLINT(readability-identifier-naming)
    std::size_t operator()(std::string_view key) const {
      return std::hash<std::string_view>{}(key);
    }
  };

  static void extend(Group& group, facts::ClockSeconds time,
                     std::uint64_t place);
  // Null where there are too many.
  Group* open(std::string_view key, facts::ClockSeconds time,
              std::uint64_t place);

  std::vector<Group> groups_;
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> index_;
  std::uint64_t left_out_ = 0;
  facts::ClockSeconds newest_left_out_ = 0;
};

}  // namespace iisdiag::evidence
