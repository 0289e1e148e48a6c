// Page 932 by a table. On Windows, MultiByteToWideChar has the page.
#include <optional>

#include "text/code_page.hpp"
#include "text/page_932_table.hpp"
#include "text/unicode.hpp"

namespace iisdiag::text {
namespace {

// Second bytes that a first one can have.
constexpr unsigned kSeconds = 188;

// Where the row of a first byte is; none where it has no table.
std::optional<std::size_t> row_of(unsigned first) {
  if (first >= 0x81 && first <= 0x9F) {
    return first - 0x81;
  }
  if (first >= 0xE0 && first <= 0xEF) {
    return first - 0xE0 + 31;
  }
  if (first >= 0xFA && first <= 0xFC) {
    return first - 0xFA + 47;
  }
  return std::nullopt;
}

// The character of two bytes.
std::optional<char32_t> pair_character(unsigned first, unsigned second) {
  if (second < 0x40 || second == 0x7F || second > 0xFC) {
    return std::nullopt;
  }
  const unsigned column = second - 0x40 - (second > 0x7F ? 1 : 0);
  if (first >= 0xF0 && first <= 0xF9) {
    return 0xE000 + (first - 0xF0) * kSeconds + column;
  }
  const auto row = row_of(first);
  if (!row) {
    return std::nullopt;
  }
  const std::u16string_view characters = tables::kPage932.at(*row);
  if (column >= characters.size() || characters[column] == u' ') {
    return std::nullopt;
  }
  return characters[column];
}

// Takes a character off the front of what is not empty. U+FFFD, for a byte that
// means nothing.
char32_t take_character(std::string_view& bytes) {
  const auto first = static_cast<unsigned char>(bytes.front());
  bytes.remove_prefix(1);
  if (first < 0x80) {
    return first;
  }
  if (first >= 0xA1 && first <= 0xDF) {
    return 0xFF61U + (first - 0xA1U);  // katakana of half width
  }
  if (!bytes.empty()) {
    const auto second = static_cast<unsigned char>(bytes.front());
    if (const auto character = pair_character(first, second)) {
      bytes.remove_prefix(1);
      return *character;
    }
  }
  return 0xFFFD;
}

}  // namespace

Converted from_shift_jis(std::string_view bytes) {
  Converted result;
  result.text.reserve(bytes.size() + bytes.size() / 2);
  while (!bytes.empty()) {
    const char32_t character = take_character(bytes);
    result.replacement |= character == 0xFFFD;
    append_utf8(result.text, character);
  }
  return result;
}

}  // namespace iisdiag::text
