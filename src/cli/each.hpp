// Many servers in one run: `check --each`.
#pragma once

#include "cli/console.hpp"
#include "cli/options.hpp"
#include "evidence/file_system.hpp"

namespace iisdiag::cli {

// Every argument, and every line of @LIST, is a server of its own. The exit
// code; NothingToCheck where there is none.
int check_each(const CheckOptions& options, Console& console,
               const evidence::FileSystem& files);

}  // namespace iisdiag::cli
