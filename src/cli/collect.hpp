// The scripts that capture evidence where this program may not run:
// src/cli/collect/, one for each generation of Windows.
#pragma once

#include <string>
#include <string_view>

namespace iisdiag::cli {

// The scripts as they lie in src/cli/collect/: a zip archive. Defined by the
// source that cmake/embed_scripts.cmake writes.
std::string_view embedded_scripts();

struct CollectScript {
  std::string text;  // lines end as cmd.exe wants them
  // Which Windows it is for, and how to get the other one.
  std::string_view about;
};

// `windows` is an id of knowledge::all_windows(), or empty for a new one.
CollectScript collect_script(std::string_view windows);

}  // namespace iisdiag::cli
