#include "evidence/attempt_groups.hpp"

#include <algorithm>

#include "evidence/limits.hpp"

namespace iisdiag::evidence {

void AttemptGroups::extend(Group& group, facts::ClockSeconds time,
                           std::uint64_t place) {
  facts::LogonAttempt& attempt = group.attempt;
  ++attempt.count;
  group.hours.add(time);
  if (time < attempt.first) {
    attempt.first = time;
    group.first_place = place;
  }
  if (time >= attempt.last) {
    attempt.last = time;
    group.last_place = place;
  }
}

AttemptGroups::Group* AttemptGroups::open(std::string_view key,
                                          facts::ClockSeconds time,
                                          std::uint64_t place) {
  if (groups_.size() >= kMaxAttemptGroups) {
    newest_left_out_ = left_out_ == 0 ? time : std::max(newest_left_out_, time);
    ++left_out_;
    return nullptr;
  }
  index_.emplace(key, groups_.size());
  return &groups_.emplace_back(Group{{}, {}, place, place});
}

void AttemptGroups::join(AttemptGroups&& next) {
  // In their order, and not in that of the map.
  std::vector<const std::string*> keys(next.groups_.size());
  for (const auto& [key, place] : next.index_) {
    keys[place] = &key;
  }
  for (std::size_t i = 0; i < next.groups_.size(); ++i) {
    Group& more = next.groups_[i];
    const auto known = index_.find(*keys[i]);
    if (known == index_.end()) {
      if (groups_.size() < kMaxAttemptGroups) {
        index_.emplace(*keys[i], groups_.size());
        groups_.push_back(std::move(more));
        continue;
      }
      newest_left_out_ = left_out_ == 0
                             ? more.attempt.last
                             : std::max(newest_left_out_, more.attempt.last);
      left_out_ += more.attempt.count;
      continue;
    }
    Group& group = groups_[known->second];
    group.attempt.count += more.attempt.count;
    group.hours.add(more.hours);
    if (more.attempt.first < group.attempt.first) {
      group.attempt.first = more.attempt.first;
      group.first_place = more.first_place;
    }
    if (more.attempt.last >= group.attempt.last) {
      group.attempt.last = more.attempt.last;
      group.last_place = more.last_place;
    }
  }
  if (next.left_out_ > 0) {
    newest_left_out_ = left_out_ == 0
                           ? next.newest_left_out_
                           : std::max(newest_left_out_, next.newest_left_out_);
    left_out_ += next.left_out_;
  }
  next = {};
}

}  // namespace iisdiag::evidence
