// `iisdiag explain`: what a code means.
#pragma once

#include <string>
#include <vector>

#include "cli/console.hpp"

namespace iisdiag::cli {

// An exit code. One code after the other; or, where the only one is "-", the
// text on standard input, each line followed by what its codes mean.
int explain(const std::vector<std::string>& codes, Console& console);

}  // namespace iisdiag::cli
