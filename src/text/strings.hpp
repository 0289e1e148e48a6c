// Small tools for ASCII-syntax text. Blanks are space and TAB; a non-breaking
// space is not a blank here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iisdiag::text {

std::string_view trim(std::string_view text);
std::string_view trim_right(std::string_view text);

// Compare and search with ASCII letters of either case taken as equal.
bool iequals(std::string_view left, std::string_view right);
bool istarts_with(std::string_view text, std::string_view prefix);
bool iends_with(std::string_view text, std::string_view suffix);
bool icontains(std::string_view text, std::string_view part);

// Splits at every `separator`; N separators give N + 1 parts.
std::vector<std::string_view> split(std::string_view text, char separator);

std::string to_lower(std::string_view ascii);
std::string to_upper(std::string_view ascii);

// The whole text as a number, or nothing. `0x` is not understood.
std::optional<std::int64_t> to_integer(std::string_view text, int base = 10);

// true, false (either case), 1, 0 and -1, as configurations write them.
std::optional<bool> to_bool(std::string_view text);

std::string join(const std::vector<std::string>& parts,
                 std::string_view separator);

// "a", "a and b", "a, b and c".
std::string join_words(const std::vector<std::string>& parts,
                       std::string_view last = "and");

// Takes `prefix` off where it stands at the front.
bool consume(std::string_view& text, std::string_view prefix);

// The word of `known` that is closest to `word`, or nothing where none is
// close enough to be what was meant: a third of its letters may differ, at
// least one of two.
std::optional<std::string_view> closest_word(
    std::string_view word, const std::vector<std::string_view>& known);

}  // namespace iisdiag::text
