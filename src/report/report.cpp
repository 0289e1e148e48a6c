#include "report/report.hpp"

#include <numeric>

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

}  // namespace iisdiag::report
