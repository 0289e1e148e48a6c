// How much of what can be tried is tried.
#pragma once

#include <cstdlib>
#include <string_view>

namespace iisdiag::test {

// Everything, as scripts/test --full says with IISDIAG_FULL=1; else a sample
// that is the same each time.
inline bool is_full() {
  const char* full = std::getenv("IISDIAG_FULL");
  return full != nullptr && std::string_view(full) == "1";
}

}  // namespace iisdiag::test
