// The words of `net` in the languages that are read: the one place for them.
// Sources: FORMATS.md 8.1 to 8.3; what it does not give is the product's own
// wording as far as it is known, and only confirms what the position says.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace iisdiag::evidence {

// The lines of `net user NAME` that are read.
enum class NetLabel : std::size_t {
  kName,
  kActive,
  kExpires,
  kLastSet,
  kPasswordExpires,
  kRequired,
  kWorkstations,
  kLastLogon,
  kHours,
  kLocalGroups,
  kGlobalGroups,
};
inline constexpr std::size_t kNetLabels = 11;

// Several words for one thing are separated by `|`; empty: none is known.
struct NetWords {
  std::string_view language;  // ISO 639-1
  std::array<std::string_view, kNetLabels> labels;
  std::string_view yes;
  std::string_view no;
  std::string_view never;
  std::string_view all;
  std::string_view none;
  std::string_view unlimited;            // password age
  std::string_view completed;            // how the last sentence begins
  std::string_view accounts_of;          // in the heading of `net user`
  std::string_view threshold;            // label of `net accounts`
  std::array<std::string_view, 7> days;  // from Sunday
  // Words that show which code page was used: other pages make nothing of
  // them.
  std::string_view telling;
};

// English first.
std::span<const NetWords> net_words();
const NetWords& english_words();

// Comparing ignores case, accents, and the few characters that a code page
// lost (`?`, U+FFFD: one of three at most).
bool is_word(std::string_view value, std::string_view words);
bool starts_with_word(std::string_view text, std::string_view words);
bool contains_word(std::string_view text, std::string_view words);

struct FoundLabel {
  const NetWords* words;
  NetLabel label;
};
// The label that a line starts with, in whatever language.
std::optional<FoundLabel> net_label(std::string_view line);

// "The command completed successfully.", in whatever language.
bool is_completion(std::string_view line);
// Of which language such a line is; empty for any other line.
std::string_view completion_language(std::string_view line);

// "The request will be processed at a domain controller for domain CORP."
bool says_domain(std::string_view line);

// "Alias name": the first label of `net localgroup NAME`.
bool is_alias_label(std::string_view label);

// How many of the telling words a text holds, each once.
std::size_t telling_words(std::string_view text);

}  // namespace iisdiag::evidence
