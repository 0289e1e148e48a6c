// The exit codes: batch files and build servers branch on them.
#pragma once

#include <string_view>

#include "report/host.hpp"

namespace iisdiag::report {

enum ExitCode : int {
  kExitOk = 0,
  kExitFailed = 1,
  kExitIncomplete = 2,
  kExitUsage = 3,
  kExitNothing = 4,
  kExitInternal = 5,
};

// What an exit code means, one line; empty for a code that is not used.
std::string_view exit_code_text(int code);

// The code of a report. `strict`: a warning counts as a failure;
// `allow_incomplete`: what could not be checked is no reason for 2.
ExitCode exit_code(const Counts& counts, bool strict, bool allow_incomplete);

}  // namespace iisdiag::report
