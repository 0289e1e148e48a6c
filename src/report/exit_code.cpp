#include "report/exit_code.hpp"

namespace iisdiag::report {

std::string_view exit_code_text(int code) {
  switch (code) {
    case kExitOk:
      return "nothing failed and everything selected could be checked";
    case kExitFailed:
      return "something failed (with --strict: or warned)";
    case kExitIncomplete:
      return "nothing failed, something could not be checked";
    case kExitUsage:
      return "the command line is wrong; nothing was checked";
    case kExitNothing:
      return "there was nothing to check";
    case kExitInternal:
      return "iisdiag itself went wrong, or a report could not be written";
    default:
      return {};
  }
}

ExitCode exit_code(const Counts& counts, bool strict, bool allow_incomplete) {
  if (counts[Status::kFailed] > 0 || (strict && counts[Status::kWarning] > 0)) {
    return kExitFailed;
  }
  return counts[Status::kUnknown] > 0 && !allow_incomplete ? kExitIncomplete
                                                           : kExitOk;
}

}  // namespace iisdiag::report
