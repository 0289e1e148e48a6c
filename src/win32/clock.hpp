// The server's clock, and times that Windows counts in UTC.
#pragma once

#include <array>
#include <cstdint>

#include "facts/account.hpp"
#include "facts/time.hpp"
#include "win32/api.hpp"

namespace iisdiag::win32 {

// What the server's clock shows now, with how far it is from UTC.
facts::Moment server_time(const Api& api);

// Seconds since 1970-01-01 UTC, as the server's clock would show them with the
// offset that it has now.
facts::TimeRange on_server_clock(std::int64_t utc, const facts::Moment& now);

// 168 bits, the first for the hour from Sunday 00:00 UTC, the lowest bit of a
// byte first (lmaccess.h, usri3_logon_hours).
inline constexpr std::size_t kHoursBytes = 21;
using HoursBits = std::array<std::uint8_t, kHoursBytes>;

// The hours on a clock that is so many minutes east of UTC.
facts::LogonHours logon_hours(const HoursBits& bits, int utc_offset_minutes);

}  // namespace iisdiag::win32
