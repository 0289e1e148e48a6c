// Sample servers built into the program: scenarios of tests/scenarios.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace iisdiag::cli {

struct EmbeddedFile {
  std::string path;  // below the evidence folder
  std::string bytes;
};

// The evidence of a demo; empty for an unknown name.
std::vector<EmbeddedFile> demo_files(std::string_view name);

struct Demo {
  std::string_view name;
  std::string_view title;
};

// In the order of demos.def; the first is the default.
std::span<const Demo> all_demos();

}  // namespace iisdiag::cli
