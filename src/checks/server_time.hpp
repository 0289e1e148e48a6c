// Times of evidence, side by side: the server's own clock and UTC differ by
// what the evidence may not tell.
#pragma once

#include "facts/server.hpp"
#include "facts/time.hpp"

namespace iisdiag::checks {

// When the evidence was captured, on the server's clock.
facts::TimeRange capture_time(const facts::Source& source);

// A time of a log on the server's clock, and on that of UTC. `is_local`: the
// log shows the server's clock.
facts::TimeRange server_range(const facts::Source& source,
                              facts::ClockSeconds time, bool is_local);
facts::TimeRange utc_range(const facts::Source& source,
                           facts::ClockSeconds time, bool is_local);

}  // namespace iisdiag::checks
