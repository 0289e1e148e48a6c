#include "win32/event_log.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "win32/answer.hpp"
#include "win32/event_log_reading.hpp"

namespace iisdiag::win32 {
namespace {

using facts::LogKind;
using facts::Origin;

constexpr std::array kLogs = {
    EventLog{L"System", "System event log", LogKind::kSystemEvents},
    EventLog{L"Security", "Security event log", LogKind::kSecurityEvents}};

// winerror.h of Windows Vista and later.
constexpr std::uint32_t kNoSuchChannel = 15007;
constexpr std::uint32_t kStaleQuery = 15011;

facts::Unknown event_log_refusal(std::uint32_t code) {
  switch (code) {
    case ERROR_PRIVILEGE_NOT_HELD:
      return {"the right to read it is missing",
              refusal(ERROR_ACCESS_DENIED).todo};
    case RPC_S_SERVER_UNAVAILABLE:
    case RPC_S_UNKNOWN_IF:
    case EPT_S_NOT_REGISTERED:
      return {"the service that keeps it does not run",
              "Start the service EventLog and run iisdiag again."};
    case ERROR_INVALID_DATA:
      return {"what Windows answered makes no sense", {}};
    case ERROR_TIMEOUT:
      return {"it did not answer within 10 seconds", {}};
    case ERROR_EVENTLOG_FILE_CORRUPT:
      return {"it is damaged", {}};
    case ERROR_EVENTLOG_FILE_CHANGED:
    case kStaleQuery:
      return {"it was emptied while it was read", "Run iisdiag again."};
    case kNoSuchChannel:
      return {"it is not there", {}};
    default:
      return refusal(code);
  }
}

void add_problem(std::string text, const Origin& origin, std::string todo,
                 evidence::FileFacts& facts) {
  facts.problems.push_back(
      {std::move(text), origin, {}, 0, std::move(todo), {}});
}

bool can_query(const Api& api) {
  return api.EvtQuery != nullptr && api.EvtNext != nullptr &&
         api.EvtRender != nullptr && api.EvtCreateRenderContext != nullptr &&
         api.EvtClose != nullptr;
}

bool can_read(const Api& api) {
  return api.OpenEventLogW != nullptr && api.ReadEventLogW != nullptr &&
         api.CloseEventLog != nullptr &&
         api.GetNumberOfEventLogRecords != nullptr &&
         api.GetOldestEventLogRecord != nullptr;
}

EventLogReading read(const Api& api, const EventLog& place,
                     facts::ClockSeconds since) {
  if (can_query(api)) {
    return query_log(api, place, since);
  }
  if (can_read(api)) {
    return read_classic_log(api, place, since);
  }
  EventLogReading reading;
  reading.failure = {"OpenEventLogW", kNotThere};
  return reading;
}

void add(const EventLog& place, EventLogReading reading,
         evidence::FileFacts& facts) {
  const std::string shown(place.shown);
  const bool is_whole = reading.is_whole && reading.cut.empty() &&
                        !reading.failure && reading.damaged == 0;
  reading.log.finish(shown, is_whole, facts);
  facts::LogSpan& span = facts.records.logs.back();
  span.kind = place.kind;
  if (reading.extent) {
    span.records = reading.extent->records;
    span.first = reading.extent->first;
    span.last = reading.extent->last;
    span.has_time = span.records > 0;
  }
  if (reading.failure) {
    const auto& [function, code] = *reading.failure;
    auto [why, todo] = event_log_refusal(code);
    const Origin origin = Origin::from_api(function, code);
    if (span.records == 0) {
      span.origin = origin;
    }
    add_problem(
        fmt::format("{} {} was not read: {}",
                    span.records == 0 ? "the" : "the rest of the", shown, why),
        origin, std::move(todo), facts);
  }
  if (reading.damaged > 0) {
    add_problem(
        fmt::format("{} record{} of the {} could not be read", reading.damaged,
                    reading.damaged == 1 ? "" : "s", shown),
        span.origin, {}, facts);
  }
  if (!reading.cut.empty()) {
    facts.notes.push_back(
        {fmt::format("the {} was read back to {} only: {}", shown,
                     facts::iso_text({span.first, 0}), reading.cut),
         span.origin});
  }
}

}  // namespace

void read_event_logs(const Api& api, const facts::Moment& now,
                     evidence::FileFacts& facts) {
  const facts::ClockSeconds utc =
      now.clock - now.utc_offset_minutes.value_or(0) * facts::kMinute;
  for (const EventLog& place : kLogs) {
    add(place, read(api, place, utc - kOldestEvent), facts);
  }
}

void refuse_event_logs(const facts::Unknown& why, const facts::Origin& origin,
                       evidence::FileFacts& facts) {
  for (const EventLog& place : kLogs) {
    facts::LogSpan span;
    span.kind = place.kind;
    span.is_whole = false;
    span.has_time = false;
    span.origin = origin;
    facts.records.logs.push_back(std::move(span));
  }
  add_problem("the event logs were not read: " + why.why, origin, why.todo,
              facts);
}

}  // namespace iisdiag::win32
