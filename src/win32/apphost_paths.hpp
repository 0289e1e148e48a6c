// Nodes of IIS 7.0 and later by their paths.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace iisdiag::win32 {

// Slashes in it.
std::size_t path_depth(std::string_view path);

// More names than any site has (evidence/limits.hpp): such a node is not read.
bool is_too_deep_path(std::string_view path);

// "Default Web Site/app" as the interface names it.
std::string config_path(std::string_view node);

// What `<location path>` is about, relative to its file (FORMATS.md 4.4): empty
// for the level of the file itself.
std::string_view location_node(std::string_view path);

}  // namespace iisdiag::win32
