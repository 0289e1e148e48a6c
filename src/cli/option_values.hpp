// What stands behind the options: words become values, and what cannot be meant
// is said so.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/options.hpp"

namespace iisdiag::cli {

using Names = std::vector<std::string_view>;

// A command line that cannot be meant; the text is for the user.
struct UsageError {
  std::string text;
};

// "unknown check usr-rights, did you mean user-rights?"
std::string unknown(std::string_view what, const std::string& word,
                    const Names& known);

// What the parser hands over as words and this file turns into values.
struct Words {
  std::string iis;
  std::string windows;
  std::string role;
  std::string at;
  std::string color = "auto";
  std::vector<std::string> reports;
};

// All of these throw UsageError.
void read_words(const Words& words, CheckOptions& options);
void read_words(const Words& words, OutputOptions& options);
void judge_combinations(const OutputOptions& options);
void judge_combinations(const CheckOptions& options);

// What the parser hands over for `collect`.
struct CollectWords {
  std::string windows;
};

void read_words(const CollectWords& words, CollectOptions& options);

}  // namespace iisdiag::cli
