#include "cli/demos.hpp"

#include <array>

namespace iisdiag::cli {

std::span<const Demo> all_demos() {
  static constexpr std::array kDemos = {
#define IISDIAG_DEMO(name, title) Demo{#name, title},
#include "cli/demos.def"
#undef IISDIAG_DEMO
  };
  return kDemos;
}

}  // namespace iisdiag::cli
