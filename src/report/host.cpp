#include "report/host.hpp"

#include <algorithm>
#include <numeric>

#include "text/sort.hpp"

namespace iisdiag::report {

std::string_view status_name(Status status) {
  switch (status) {
    case Status::kPassed:
      return "passed";
    case Status::kWarning:
      return "warning";
    case Status::kFailed:
      return "failed";
    case Status::kUnknown:
      return "unknown";
    case Status::kSkipped:
      return "skipped";
  }
  return "";
}

std::size_t Counts::total() const {
  return std::accumulate(by_status.begin(), by_status.end(), std::size_t{0});
}

Counts count_checks(const std::vector<Identity>& identities) {
  Counts counts;
  for (const Identity& identity : identities) {
    for (const CheckResult& check : identity.checks) {
      ++counts[check.status];
    }
  }
  return counts;
}

void sort_worst_first(std::vector<Identity>& identities) {
  text::sort_stably(identities, [](const auto& one, const auto& other) {
    return one.status > other.status;
  });
}

Status worst(Status one, Status other) { return std::max(one, other); }

}  // namespace iisdiag::report
