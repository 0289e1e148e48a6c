// What cmake/embed_demos.cmake makes of tests/scenarios, for demos.cpp only.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace iisdiag::cli {

struct EmbeddedPath {
  std::string_view demo;
  std::string_view path;  // below the evidence folder
  // Where it stands in the one file of the archive.
  std::size_t begin;
  std::size_t size;
};

std::span<const EmbeddedPath> embedded_paths();

// A zip archive of one file, which holds all of them one behind the other.
std::string_view embedded_archive();

}  // namespace iisdiag::cli
