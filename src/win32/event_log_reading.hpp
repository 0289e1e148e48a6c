// One event log as it is read through either of the two interfaces that
// Windows has for it. For event_log*.cpp alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/event_log.hpp"
#include "facts/attempt.hpp"
#include "facts/time.hpp"
#include "win32/api.hpp"

namespace iisdiag::win32 {

struct EventLog {
  const wchar_t* name;
  std::string_view shown;
  facts::LogKind kind{};
};

// What of one log is read. What is older than a month tells of a server as it
// was; a domain controller writes 200,000 records in an hour, and the newest
// of them say what the others do; a person waits in front of it.
inline constexpr facts::ClockSeconds kOldestEvent = 30 * facts::kDay;
inline constexpr std::uint64_t kMostEvents = 200'000;
inline constexpr DWORD kEventPatience = 10'000;  // milliseconds

// How much of that is left.
class EventAllowance {
 public:
  explicit EventAllowance(const Api& api) : api_(api), began_(ticks()) {}

  void take() { ++taken_; }
  DWORD milliseconds() const {
    const DWORD used = ticks() - began_;  // across the overflow, too
    return used < kEventPatience ? kEventPatience - used : 0;
  }
  // Why no more is to be read, in words; empty where more may be.
  std::string_view end() const {
    if (taken_ >= kMostEvents) {
      return "200,000 records were enough";
    }
    return milliseconds() == 0 ? "that took 10 seconds" : std::string_view{};
  }

 private:
  DWORD ticks() const {
    return api_.GetTickCount == nullptr ? 0 : api_.GetTickCount();
  }

  const Api& api_;
  DWORD began_;
  std::uint64_t taken_ = 0;
};

struct EventLogFailure {
  std::string_view function;
  std::uint32_t code = 0;
};

// What the log itself says of its records, where not all of them were read.
struct EventLogExtent {
  std::uint64_t records = 0;
  facts::ClockSeconds first = 0;
  facts::ClockSeconds last = 0;
};

struct EventLogReading {
  evidence::EventLogPart log;
  bool is_whole = true;
  std::optional<EventLogExtent> extent;
  // What stopped it before its end.
  std::optional<EventLogFailure> failure;
  std::string_view cut;  // as EventAllowance::end
  // Records that could not be understood.
  std::uint64_t damaged = 0;
};

// Windows NT to Server 2003. `since` is UTC. Precondition: the functions are
// there.
EventLogReading read_classic_log(const Api& api, const EventLog& place,
                                 facts::ClockSeconds since);
// Windows Vista and later.
EventLogReading query_log(const Api& api, const EventLog& place,
                          facts::ClockSeconds since);

}  // namespace iisdiag::win32
