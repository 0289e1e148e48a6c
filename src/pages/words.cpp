#include <fmt/format.h>

#include "pages/pages.hpp"

namespace iisdiag::pages {

std::vector<std::string> notations(const cli::OptionInfo& option) {
  std::vector<std::string> words;
  if (!option.letter.empty()) {
    words.push_back(fmt::format("-{}", option.letter));
  }
  words.push_back(fmt::format("--{}", option.name));
  return words;
}

std::string blank_separated(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) {
    text += text.empty() ? "" : " ";
    text += word;
  }
  return text;
}

std::string single_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char byte : text) {
    quoted += byte == '\'' ? std::string(R"('\'')") : std::string(1, byte);
  }
  return quoted + "'";
}

}  // namespace iisdiag::pages
