#include "win32/apphost_paths.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/iis7_files.hpp"
#include "evidence/limits.hpp"
#include "text/strings.hpp"

namespace iisdiag::win32 {

std::size_t path_depth(std::string_view path) {
  return static_cast<std::size_t>(std::count(path.begin(), path.end(), '/'));
}

bool is_too_deep_path(std::string_view path) {
  return path_depth(path) >= evidence::kMaxPathNames;
}

std::string config_path(std::string_view node) {
  return node == evidence::kServerPath
             ? std::string(node)
             : fmt::format("{}/{}", evidence::kServerPath, node);
}

std::string_view location_node(std::string_view path) {
  path = text::trim(path);
  while (path.ends_with('/')) {
    path.remove_suffix(1);
  }
  return path == "." ? std::string_view{} : path;
}

}  // namespace iisdiag::win32
