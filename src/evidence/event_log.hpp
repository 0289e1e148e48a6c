// What an event log tells of logons, as it is put together while one is read:
// shared by the readers of .evtx, .evt and of what was exported of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "evidence/attempt_groups.hpp"
#include "evidence/file_facts.hpp"
#include "evidence/logon_events.hpp"

namespace iisdiag::evidence {

// Of which log an event shows itself to be.
enum class LogMark : std::uint8_t { kNone, kSystem, kSecurity, kOther };
// By the log that an event names.
LogMark mark_of_log(std::string_view name);
// By its source, where it names none: sources that are always there.
LogMark mark_of_source(std::string_view source);

// A part of a log, or all of it. Parts are read by one thread each and joined
// in their order; the whole is the same for any cut into parts, as long as a
// part has fewer events than there may be groups.
class EventLogPart {
 public:
  // Every event that is there, wanted or not. True: it is the newest until
  // now, and the computer that it names is the one to be set in the end.
  bool count(facts::ClockSeconds time, LogMark mark) {
    ++records_;
    marks_ |= 1U << static_cast<unsigned>(mark);
    if (!is_sane(time)) {
      return false;
    }
    if (!has_time_ || time < first_) {
      first_ = time;
    }
    const bool is_newest = !has_time_ || time >= last_;
    if (is_newest) {
      last_ = time;
    }
    has_time_ = true;
    return is_newest;
  }
  // Records and UTC are taken for granted. True: places are lines of the file;
  // times are those of the server's own clock.
  void set_style(bool has_lines, bool is_local) {
    has_lines_ = has_lines;
    is_local_ = is_local;
  }
  void set_computer(std::string_view name) {
    computer_ = clean_event_text(name);
  }

  // An event that means something. `event` need not outlive the call. `place`
  // is the number of its record, or of its line.
  void add(const EventView& event, std::uint64_t place);

  void join(EventLogPart&& next);

  // Writes attempts, the span and notes. The kind of log follows from the
  // marks: one that is named by events of one log alone is that log.
  void finish(const std::string& file, bool is_whole, FileFacts& facts);

  // What is outside comes from damage, and is kept for no event.
  static bool is_sane(facts::ClockSeconds time) {
    return time >= kEarliest && time < kLatest;
  }

 private:
  static constexpr facts::ClockSeconds kEarliest = 567'993'600;  // 1988
  static constexpr facts::ClockSeconds kLatest = 7'258'118'400;  // 2200

  AttemptGroups groups_;
  std::string key_;  // kept for its memory
  std::string computer_;
  std::uint64_t records_ = 0;
  facts::ClockSeconds first_ = 0;
  facts::ClockSeconds last_ = 0;
  bool has_time_ = false;
  unsigned marks_ = 0;
  bool has_lines_ = false;
  bool is_local_ = false;
  // The last time that the log was emptied, and how often.
  std::uint64_t clearings_ = 0;
  facts::ClockSeconds cleared_ = 0;
  std::uint64_t cleared_place_ = 0;
};

}  // namespace iisdiag::evidence
