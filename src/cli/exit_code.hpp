// The exit codes, as the commands use them.
#pragma once

#include "report/exit_code.hpp"

namespace iisdiag::cli {

using report::exit_code;
using report::exit_code_text;
using report::ExitCode;
using enum report::ExitCode;

}  // namespace iisdiag::cli
