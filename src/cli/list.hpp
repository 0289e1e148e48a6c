// `iisdiag list`: what the program knows, straight from its tables.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iisdiag::cli {

// The topics, in the order of help.
std::vector<std::string_view> list_topics();

// Lines of at most 80 columns; nothing for an unknown topic.
std::optional<std::string> list_text(std::string_view name);

}  // namespace iisdiag::cli
