// iisdiag on Windows: its arguments are UTF-16, whatever the code page.
#include <windows.h>

#include <span>
#include <string>
#include <vector>

#include "cli/run.hpp"
#include "text/wide.hpp"
#include "win32/library.hpp"

// The C library of MinGW looks for this name.
extern "C" int wmain(int argc, wchar_t** argv) {
  iisdiag::win32::keep_to_system_libraries();
  // A drive without a disk is an error to report and not a window to click on.
  ::SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX);
  const std::span all(argv, static_cast<std::size_t>(argc));
  std::vector<std::string> arguments;
  for (const wchar_t* argument : all.subspan(all.empty() ? 0 : 1)) {
    arguments.push_back(iisdiag::text::from_wide(argument));
  }
  return iisdiag::cli::run(arguments);
}
