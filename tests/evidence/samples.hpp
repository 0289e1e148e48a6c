// One small captured file of each format, for tests that try them all.
#pragma once

#include <span>
#include <string_view>

namespace iisdiag::evidence {

struct Sample {
  std::string_view format;  // its id
  std::string_view name;    // of the file
  std::string_view bytes;
};

std::span<const Sample> samples();

}  // namespace iisdiag::evidence
