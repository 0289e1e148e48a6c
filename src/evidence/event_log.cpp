#include "evidence/event_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "evidence/hour_counts.hpp"
#include "evidence/limits.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

std::string shown(facts::ClockSeconds time, bool is_local) {
  return facts::iso_text(
      {time, is_local ? std::nullopt : std::optional<int>(0)});
}

facts::LogKind kind_of(unsigned marks) {
  const auto only = [&](LogMark mark, unsigned besides) {
    return (marks & ~besides) == 1U << static_cast<unsigned>(mark);
  };
  const unsigned none = 1U << static_cast<unsigned>(LogMark::kNone);
  if (only(LogMark::kSecurity, none)) {
    return facts::LogKind::kSecurityEvents;
  }
  return only(LogMark::kSystem, none) ? facts::LogKind::kSystemEvents
                                      : facts::LogKind::kOtherEvents;
}

}  // namespace

LogMark mark_of_log(std::string_view name) {
  if (name.empty()) {
    return LogMark::kNone;
  }
  if (text::iequals(name, "Security")) {
    return LogMark::kSecurity;
  }
  return text::iequals(name, "System") ? LogMark::kSystem : LogMark::kOther;
}

LogMark mark_of_source(std::string_view source) {
  switch (event_source(source)) {
    case EventSource::kSecurity:
    case EventSource::kAuditing:
      return LogMark::kSecurity;
    case EventSource::kIis:
      return LogMark::kSystem;
    default:
      break;
  }
  for (const std::string_view name :
       {"EventLog", "Service Control Manager", "DCOM", "Tcpip", "NETLOGON"}) {
    if (text::iequals(source, name)) {
      return LogMark::kSystem;
    }
  }
  return LogMark::kNone;
}

void EventLogPart::add(const EventView& event, std::uint64_t place) {
  if (is_log_cleared(*event.meaning)) {
    // 104 tells of any log; it stands in that of the system.
    constexpr std::size_t kChannel = 2;
    constexpr std::uint32_t kAnyLog = 104;
    if (event.id == kAnyLog && event.strings.size() > kChannel &&
        !text::iequals(event.strings[kChannel], "System")) {
      return;
    }
    ++clearings_;
    if (clearings_ == 1 || event.time >= cleared_) {
      cleared_ = event.time;
      cleared_place_ = place;
    }
    return;
  }
  const LogonView view = logon_view(event);
  set_key(view, key_);
  groups_.add(key_, event.time, place, [&] { return logon_attempt(view); });
}

void EventLogPart::join(EventLogPart&& next) {
  groups_.join(std::move(next.groups_));
  records_ += next.records_;
  marks_ |= next.marks_;
  if (next.has_time_) {
    if (!has_time_ || next.first_ < first_) {
      first_ = next.first_;
    }
    if (!has_time_ || next.last_ >= last_) {
      last_ = next.last_;
      computer_ = std::move(next.computer_);
    }
    has_time_ = true;
  }
  if (next.clearings_ > 0) {
    if (clearings_ == 0 || next.cleared_ >= cleared_) {
      cleared_ = next.cleared_;
      cleared_place_ = next.cleared_place_;
    }
    clearings_ += next.clearings_;
  }
  next = {};
}

void EventLogPart::finish(const std::string& file, bool is_whole,
                          FileFacts& facts) {
  // Shared by all origins.
  const auto name = std::make_shared<const std::string>(file);
  const auto at = [&](std::uint64_t place) {
    return has_lines_ ? facts::Origin::in_file(name, place)
                      : facts::Origin::in_record(name, place);
  };
  for (AttemptGroups::Group& group : groups_.groups()) {
    facts::LogonAttempt& attempt = group.attempt;
    attempt.first_origin = at(group.first_place);
    attempt.last_origin = at(group.last_place);
    if (attempt.has_time) {
      attempt.hours = group.hours.list();
    }
    facts.records.attempts.push_back(std::move(attempt));
  }
  limit_hours(facts.records.attempts, kMaxHours);
  facts::LogSpan span;
  span.kind = kind_of(marks_);
  span.computer = computer_;
  span.records = records_;
  span.first = first_;
  span.last = last_;
  span.is_local = is_local_;
  span.has_time = has_time_;
  span.is_whole = is_whole && groups_.left_out() == 0;
  span.origin = facts::Origin::in_file(name, 0);
  facts.records.logs.push_back(std::move(span));
  if (groups_.left_out() > 0) {
    facts.problems.push_back(
        {fmt::format("{} records of logons differ from all others that were "
                     "read and are left out: there are too many. The newest "
                     "of them is of {}",
                     groups_.left_out(),
                     shown(groups_.newest_left_out(), is_local_)),
         facts::Origin::in_file(name, 0),
         {},
         0,
         {}});
  }
  if (clearings_ > 0) {
    std::string text = "the log was emptied";
    if (is_sane(cleared_)) {
      text += " on " + shown(cleared_, is_local_);
    }
    if (clearings_ > 1) {
      text += fmt::format(", the last of {} times", clearings_);
    }
    facts.notes.push_back({std::move(text), at(cleared_place_)});
  }
}

}  // namespace iisdiag::evidence
