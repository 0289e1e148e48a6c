#include "evidence/appcmd_command.hpp"

#include <algorithm>
#include <vector>

#include "evidence/iis7_files.hpp"
#include "evidence/resolve.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

// As cmd.exe and PowerShell part them, up to a redirection or a pipe.
std::vector<std::string> words_of(std::string_view command) {
  std::vector<std::string> words;
  std::string word;
  bool has_word = false;
  char quote = 0;
  const auto end_word = [&] {
    if (has_word) {
      words.push_back(word);
    }
    word.clear();
    has_word = false;
  };
  for (const char c : command) {
    if (quote == 0 && (c == '>' || c == '|')) {
      // `2>` names a stream.
      has_word = has_word && word != "1" && word != "2";
      break;
    }
    if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
      has_word = true;
    } else if (c == quote && quote != 0) {
      quote = 0;
    } else if (quote == 0 && (c == ' ' || c == '\t')) {
      end_word();
    } else {
      word += c;
      has_word = true;
    }
  }
  end_word();
  return words;
}

bool is_appcmd(std::string_view word) {
  return text::iends_with(word, "appcmd") ||
         text::iends_with(word, "appcmd.exe");
}

}  // namespace

std::optional<std::string> appcmd_node(std::string_view path) {
  constexpr std::size_t kLongest = 4096;
  path = text::trim(path);
  if (path.size() > kLongest || path.find("://") != std::string_view::npos) {
    return std::nullopt;
  }
  while (path.ends_with('/')) {
    path.remove_suffix(1);
  }
  if (text::iequals(path, kServerPath)) {
    return std::string(kServerPath);
  }
  if (text::istarts_with(path, kServerPath) &&
      path[kServerPath.size()] == '/') {
    path.remove_prefix(kServerPath.size() + 1);
  }
  if (path.empty() || path.starts_with('/') || text::iequals(path, "MACHINE") ||
      text::istarts_with(path, "MACHINE/")) {
    return std::nullopt;
  }
  return std::string(path);
}

AppcmdPath path_of_appcmd(std::string_view command) {
  const auto words = words_of(command);
  auto word = std::find_if(words.begin(), words.end(), is_appcmd);
  for (const std::string_view expected : {"list", "config"}) {
    if (word == words.end() || ++word == words.end() ||
        !text::iequals(*word, expected)) {
      return {};
    }
  }
  std::optional<std::string> path;
  for (++word; word != words.end(); ++word) {
    if (word->starts_with('/') || word->starts_with('-')) {
      continue;
    }
    if (path) {
      return {};
    }
    path = *word;
  }
  return {path ? appcmd_node(*path) : std::string(kServerPath), false};
}

AppcmdPath path_of_appcmd_file(std::string_view file) {
  file = file.substr(file.find_last_of("/\\") + 1);
  constexpr std::string_view kStart = "appcmd_";
  if (!text::istarts_with(file, kStart)) {
    return {};
  }
  file.remove_prefix(kStart.size());
  std::string path(file.substr(0, file.rfind('.')));
  std::replace(path.begin(), path.end(), '+', '/');
  return {appcmd_node(path), true};
}

AppcmdPath path_of_appcmd_xml(std::string_view printed,
                              const AppcmdPath& asked) {
  const auto path = appcmd_node(printed);
  if (!path) {
    return printed.empty() ? asked : AppcmdPath{};
  }
  if (asked.node && *asked.node != kServerPath &&
      (*path == kServerPath || is_below(*asked.node, *path))) {
    return asked;
  }
  return {path, false};
}

}  // namespace iisdiag::evidence
