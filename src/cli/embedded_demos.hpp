// What cmake/embed_demos.cmake makes of tests/scenarios, for demos.cpp only.
#pragma once

#include <span>
#include <string_view>

namespace iisdiag::cli {

struct EmbeddedPath {
  std::string_view demo;
  std::string_view path;  // below the evidence folder
};

// The n-th of them is the file named n in the archive.
std::span<const EmbeddedPath> embedded_paths();

// A zip archive.
std::string_view embedded_archive();

}  // namespace iisdiag::cli
