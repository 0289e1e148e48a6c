// What a run found, ready to be shown.
#pragma once

#include <optional>

#include "report/fleet.hpp"
#include "report/host.hpp"
#include "report/hosts.hpp"

namespace iisdiag::report {

// What a JSON report says that it is.
inline constexpr std::string_view kSchema = "iisdiag-report/1";

struct Report {
  facts::ClockSeconds checked_at = 0;  // UTC
  Status status{};
  int exit_code = 0;
  Counts counts;
  Hosts hosts;
  // Of a run over several servers: then `hosts` stands worst first.
  std::optional<Fleet> fleet;
};

}  // namespace iisdiag::report
