// The status tags of terminal output.
#pragma once

#include <string>

#include "report/report.hpp"

namespace iisdiag::render {

// "[PASS]", "[WARN]", "[FAIL]", "[ ?? ]", "[SKIP]"; coloured where wanted,
// which is the only colour of the output.
std::string tag(report::Status status, bool color);
report::Status status_of(report::Severity severity);

}  // namespace iisdiag::render
