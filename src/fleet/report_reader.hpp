// Reads what the JSON format wrote (docs/iisdiag-report.schema.json), by this
// version or another one, as strangers may have sent it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/host.hpp"

namespace iisdiag::fleet {

struct ReadReport {
  std::vector<report::Host> hosts;
  // Of what could not be read, why not; empty where all was.
  std::string fault;
  // Servers that are in no report because its run was stopped before them.
  std::size_t missing = 0;
};

// One JSON report, or several of them, a line each. `bytes` may hold anything:
// what is no report, damaged or of another schema is a fault, and the hosts
// before it are there. Statuses are judged again from the findings' checks, so
// that no host is better than its parts.
ReadReport read_report(std::string_view bytes);

}  // namespace iisdiag::fleet
