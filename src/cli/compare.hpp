// Two reports on the same servers: `diff`.
#pragma once

#include <string>
#include <vector>

#include "cli/console.hpp"
#include "evidence/file_system.hpp"

namespace iisdiag::cli {

// Precondition: two paths, of the older report and of the newer one. The exit
// code: kExitFailed where something became worse.
int compare_reports(const std::vector<std::string>& paths, Console& console,
                    const evidence::FileSystem& files);

}  // namespace iisdiag::cli
