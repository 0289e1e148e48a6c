// Sample servers built into the program: scenarios of tests/scenarios.
#pragma once

#include <span>
#include <string_view>

namespace iisdiag::cli {

struct EmbeddedFile {
  std::string_view path;  // below the evidence folder
  std::string_view bytes;
};

// The evidence of a demo; empty for an unknown name. Defined by the source
// that cmake/embed_demos.cmake writes.
std::span<const EmbeddedFile> demo_files(std::string_view name);

struct Demo {
  std::string_view name;
  std::string_view title;
};

// In the order of demos.def; the first is the default.
std::span<const Demo> all_demos();

}  // namespace iisdiag::cli
