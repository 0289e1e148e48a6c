// Why a call ends without a report.
#pragma once

#include <string>
#include <string_view>

#include "cli/console.hpp"

namespace iisdiag::cli {

// A report of its own for a run that had nothing to check does not exist.
struct NothingToCheck {
  std::string text;
};

// A wrong call that shows only when the server was looked at.
struct WrongCall {
  std::string text;
};

// Every line of standard error says whose it is.
void say(Console& console, std::string_view lines);

}  // namespace iisdiag::cli
