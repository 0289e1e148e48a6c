// The help texts: examples first, 80 columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace iisdiag::cli {

struct OptionHelp {
  std::string option;  // "-a, --account NAME"
  std::string about;
};

std::string program_help();
std::string check_help(const std::vector<OptionHelp>& options);
std::string collect_help(const std::vector<OptionHelp>& options);
std::string explain_help();
std::string list_help();

// "a, b, c".
std::string list_words(const std::vector<std::string_view>& words);

}  // namespace iisdiag::cli
