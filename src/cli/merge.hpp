// Reports that were made elsewhere as one: `merge`.
#pragma once

#include "cli/console.hpp"
#include "cli/options.hpp"
#include "evidence/file_system.hpp"

namespace iisdiag::cli {

// The hosts of JSON reports as one report. The exit code; NothingToCheck where
// a list of reports cannot be read or names none.
int merge_reports(const MergeOptions& options, Console& console,
                  const evidence::FileSystem& files);

}  // namespace iisdiag::cli
