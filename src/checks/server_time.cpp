#include "checks/server_time.hpp"

#include <limits>
#include <optional>

namespace iisdiag::checks {
namespace {

using facts::ClockSeconds;
using facts::TimeRange;

// No clock is further from UTC than 14 hours.
constexpr ClockSeconds kZones = facts::kDay;

// How far the server's clock is east of UTC.
std::optional<ClockSeconds> offset(const facts::Source& source) {
  if (!source.is_server_clock || !source.captured_at ||
      !source.captured_at->utc_offset_minutes) {
    return std::nullopt;
  }
  return *source.captured_at->utc_offset_minutes * facts::kMinute;
}

TimeRange shifted(ClockSeconds time, std::optional<ClockSeconds> by) {
  return by ? TimeRange{time + *by, time + *by}
            : TimeRange{time - kZones, time + kZones};
}

}  // namespace

TimeRange capture_time(const facts::Source& source) {
  if (source.captured_at) {
    const ClockSeconds clock = source.captured_at->clock;
    return source.captured_at->is_utc() && !source.is_server_clock
               ? TimeRange{clock - kZones, clock + kZones}
               : TimeRange{clock, clock};
  }
  return {source.not_before.value_or(std::numeric_limits<ClockSeconds>::min()),
          source.checked_at + kZones};
}

TimeRange server_range(const facts::Source& source, ClockSeconds time,
                       bool is_local) {
  return is_local ? TimeRange{time, time} : shifted(time, offset(source));
}

TimeRange utc_range(const facts::Source& source, ClockSeconds time,
                    bool is_local) {
  if (!is_local) {
    return {time, time};
  }
  const auto east = offset(source);
  return shifted(time, east ? std::optional(-*east) : std::nullopt);
}

}  // namespace iisdiag::checks
