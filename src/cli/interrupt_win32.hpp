// Ctrl+C, where something has to be put in order before the process ends.
#pragma once

#include <cstdint>

namespace iisdiag::cli {

// What Ctrl+C has to tidy up. The handler runs in a thread of its own.
struct Unfinished {
  void* console = nullptr;  // the HANDLE whose mode is changed at the moment
  std::uint32_t mode = 0;   // the one it had before
  const wchar_t* file = nullptr;  // that is being written
};
Unfinished& unfinished();

// From here on Ctrl+C does so; a further call changes nothing.
void watch_for_ctrl_c();

}  // namespace iisdiag::cli
