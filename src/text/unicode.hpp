// Questions about UTF-8 text that need the Unicode tables (unicode_tables.hpp).
// Every function accepts any bytes: a byte that is not UTF-8 counts as U+FFFD.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace iisdiag::text {

// True where the bytes are well-formed UTF-8 (no surrogates, no overlong
// forms).
bool is_utf8(std::string_view bytes);

// Takes one code point off the front of a text that is not empty.
char32_t take_code_point(std::string_view& utf8);

// A letter of any script.
bool is_letter(char32_t code_point);

// Appends one code point; a surrogate or a value past U+10FFFF becomes U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

// Simple upper-case folding, code point by code point, as Windows compares
// account, group and computer names.
std::string fold_case(std::string_view utf8);

// Equal under fold_case.
bool same_name(std::string_view left, std::string_view right);

// Terminal cells: 2 for wide East Asian characters, 0 for combining marks.
std::size_t display_width(std::string_view utf8);

// Number of code points.
std::size_t length(std::string_view utf8);

// The first `count` code points.
std::string_view prefix(std::string_view utf8, std::size_t count);

// The longest beginning that fits into so many terminal cells.
std::string_view prefix_of_width(std::string_view utf8, std::size_t cells);

// For comparing words whose accents a code page may have lost: upper case,
// without marks, any no-break space as a blank, curly apostrophes straight.
std::string without_accents(std::string_view utf8);

// Text from evidence, safe to show on a terminal: control, format (bidi,
// zero-width), private-use and unassigned characters and line separators
// become \u{HEX}.
std::string printable(std::string_view utf8);

// "A, B and C", each printable; of more than `most` the rest is "more". `names`
// needs to hold one more than that, not all of them.
std::string few_words(std::vector<std::string> names, std::size_t most);

}  // namespace iisdiag::text
