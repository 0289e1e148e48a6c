#include "cli/file_list.hpp"

#include <fmt/format.h>

#include "cli/refusal.hpp"
#include "evidence/console_text.hpp"
#include "evidence/document.hpp"
#include "evidence/limits.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::cli {
namespace {

constexpr std::size_t kMost = 1'000'000;

// The lines of a list: paths, as the arguments are.
void read_list(const std::string& path, const evidence::FileSystem& files,
               std::vector<std::string>& paths) {
  const auto read = files.read(path, evidence::kMaxTextFile);
  if (!read.value) {
    throw NothingToCheck{fmt::format("{}: the list could not be read: {}",
                                     text::printable(path), read.error)};
  }
  const auto decoded = evidence::decode_evidence(*read.value);
  if (!decoded) {
    throw NothingToCheck{
        fmt::format("{}: the list is no text", text::printable(path))};
  }
  for (const evidence::Line& line : evidence::split_lines(decoded->text)) {
    const std::string_view name = text::trim(line.text);
    if (!name.empty() && !name.starts_with('#')) {
      paths.emplace_back(name);
    }
  }
}

}  // namespace

std::vector<std::string> expand_lists(const std::vector<std::string>& arguments,
                                      std::string_view what,
                                      const evidence::FileSystem& files) {
  using Kind = evidence::FileSystem::Kind;
  std::vector<std::string> paths;
  for (const std::string& argument : arguments) {
    // A file that is called so is no list; nor is the mere sign.
    if (argument.size() > 1 && argument.starts_with('@') &&
        files.status(argument).kind == Kind::kMissing) {
      read_list(argument.substr(1), files, paths);
    } else {
      paths.push_back(argument);
    }
  }
  if (paths.empty()) {
    throw NothingToCheck{fmt::format("the list names no {}", what)};
  }
  if (paths.size() > kMost) {
    throw NothingToCheck{
        fmt::format("more than {} {} in one run", kMost, what)};
  }
  return paths;
}

}  // namespace iisdiag::cli
