#include "text/unicode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "text/strings.hpp"
#include "text/unicode_tables.hpp"

namespace iisdiag::text {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kLast = 0x10FFFF;

bool is_surrogate(char32_t code_point) {
  return code_point >= 0xD800 && code_point < 0xE000;
}

template <class Range>
char32_t last_of(const Range& range) {
  return range.last;
}
char32_t last_of(const tables::Plain& range) {
  return range.first + range.more;
}

// The range that holds the code point, or null. Of any table in rising order.
template <class Table>
auto find_in(const Table& table, char32_t code_point) {
  const auto after = std::upper_bound(
      table.begin(), table.end(), code_point,
      [](char32_t value, const auto& range) { return value < range.first; });
  const auto* found = after == table.begin() ? nullptr : &*std::prev(after);
  return found != nullptr && code_point <= last_of(*found) ? found : nullptr;
}

template <class Table>
bool is_in(const Table& table, char32_t code_point) {
  return find_in(table, code_point) != nullptr;
}

// How many bytes a sequence has, by its first one; 0 where none begins so.
std::size_t length_of(unsigned char first) {
  return first < 0xC2   ? 0
         : first < 0xE0 ? 2
         : first < 0xF0 ? 3
         : first < 0xF5 ? 4
                        : 0;
}

// Takes one code point off the front; never takes nothing from a non-empty
// text, so that loops end on any bytes. Overlong forms, surrogates and what is
// above U+10FFFF are none.
char32_t take(std::string_view& rest) {
  const auto first = static_cast<unsigned char>(rest.front());
  if (first < 0x80) {
    rest.remove_prefix(1);
    return first;
  }
  const std::size_t length = length_of(first);
  char32_t code_point = length == 0 ? 0 : first & (0xFFU >> (length + 1));
  bool is_good = length != 0 && length <= rest.size();
  for (std::size_t i = 1; is_good && i < length; ++i) {
    const auto byte = static_cast<unsigned char>(rest[i]);
    is_good = (byte & 0xC0U) == 0x80U;
    code_point = code_point << 6U | (byte & 0x3FU);
  }
  constexpr char32_t kFirstOfThree = 0x800;
  constexpr char32_t kFirstOfFour = 0x10000;
  if (!is_good || (length == 3 && code_point < kFirstOfThree) ||
      (length == 4 && code_point < kFirstOfFour) || code_point > kLast ||
      is_surrogate(code_point)) {
    rest.remove_prefix(1);
    return kReplacement;
  }
  rest.remove_prefix(length);
  return code_point;
}

std::size_t cells_of(char32_t code_point) {
  if (is_in(tables::kTwoCells, code_point)) {
    return 2;
  }
  return is_in(tables::kNoCell, code_point) ? 0 : 1;
}

bool is_shown(char32_t code_point) {
  constexpr char32_t kDelete = 0x7F;
  return code_point < 0x80 ? code_point >= ' ' && code_point != kDelete
                           : !is_in(tables::kHidden, code_point);
}

char32_t capital(char32_t code_point) {
  const auto* range = find_in(tables::kCapitals, code_point);
  return range != nullptr && (code_point - range->first) % range->step == 0
             ? static_cast<char32_t>(static_cast<std::int32_t>(code_point) +
                                     range->distance)
             : code_point;
}

// A syllable of Hangul is put together of two or three letters, by a rule
// (Unicode, 3.12).
bool append_hangul(std::string& out, char32_t code_point) {
  constexpr char32_t kFirst = 0xAC00;
  constexpr char32_t kCount = 11172;
  constexpr char32_t kLead = 0x1100;
  constexpr char32_t kVowel = 0x1161;
  constexpr char32_t kTrail = 0x11A7;
  constexpr char32_t kVowels = 21;
  constexpr char32_t kTrails = 28;
  if (code_point < kFirst || code_point >= kFirst + kCount) {
    return false;
  }
  const char32_t index = code_point - kFirst;
  append_utf8(out, kLead + index / (kVowels * kTrails));
  append_utf8(out, kVowel + index / kTrails % kVowels);
  if (index % kTrails != 0) {
    append_utf8(out, kTrail + index % kTrails);
  }
  return true;
}

}  // namespace

char32_t take_code_point(std::string_view& utf8) { return take(utf8); }

bool is_letter(char32_t code_point) {
  return code_point < 0x80 ? (code_point >= 'A' && code_point <= 'Z') ||
                                 (code_point >= 'a' && code_point <= 'z')
                           : is_in(tables::kLetters, code_point);
}

bool is_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    // Long runs of ASCII are the rule in configuration files.
    if (static_cast<unsigned char>(bytes.front()) < 0x80) {
      bytes.remove_prefix(1);
      continue;
    }
    const auto before = bytes.size();
    if (take(bytes) == kReplacement && before - bytes.size() == 1) {
      return false;
    }
  }
  return true;
}

void append_utf8(std::string& out, char32_t code_point) {
  if (code_point > kLast || is_surrogate(code_point)) {
    code_point = kReplacement;
  }
  const auto put = [&](char32_t byte) {
    out.push_back(static_cast<char>(byte));
  };
  if (code_point < 0x80) {
    put(code_point);
    return;
  }
  if (code_point < 0x800) {
    put(0xC0U | code_point >> 6U);
  } else {
    if (code_point < 0x10000) {
      put(0xE0U | code_point >> 12U);
    } else {
      put(0xF0U | code_point >> 18U);
      put(0x80U | (code_point >> 12U & 0x3FU));
    }
    put(0x80U | (code_point >> 6U & 0x3FU));
  }
  put(0x80U | (code_point & 0x3FU));
}

std::string fold_case(std::string_view utf8) {
  std::string folded;
  folded.reserve(utf8.size());
  while (!utf8.empty()) {
    const char32_t code_point = take(utf8);
    if (code_point < 0x80) {
      const auto ascii = static_cast<char>(code_point);
      folded.push_back(ascii >= 'a' && ascii <= 'z'
                           ? static_cast<char>(ascii - 'a' + 'A')
                           : ascii);
    } else {
      append_utf8(folded, capital(code_point));
    }
  }
  return folded;
}

bool same_name(std::string_view left, std::string_view right) {
  // Most names differ in an early letter: none of them is folded then.
  const auto is_ascii = [](char c) { return static_cast<signed char>(c) >= 0; };
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    if (!is_ascii(left[i]) || !is_ascii(right[i])) {
      return fold_case(left) == fold_case(right);
    }
    if (lower(left[i]) != lower(right[i])) {
      return false;
    }
  }
  return left.size() == right.size();
}

std::size_t display_width(std::string_view utf8) {
  std::size_t cells = 0;
  while (!utf8.empty()) {
    cells += cells_of(take(utf8));
  }
  return cells;
}

std::size_t length(std::string_view utf8) {
  std::size_t count = 0;
  while (!utf8.empty()) {
    take(utf8);
    ++count;
  }
  return count;
}

std::string_view prefix(std::string_view utf8, std::size_t count) {
  std::string_view rest = utf8;
  while (count > 0 && !rest.empty()) {
    take(rest);
    --count;
  }
  return utf8.substr(0, utf8.size() - rest.size());
}

std::string_view prefix_of_width(std::string_view utf8, std::size_t cells) {
  std::string_view rest = utf8;
  std::size_t end = 0;
  while (!rest.empty()) {
    const char32_t code_point = take(rest);
    const std::size_t width = cells_of(code_point);
    if (width > cells) {
      break;
    }
    cells -= width;
    end = utf8.size() - rest.size();
  }
  return utf8.substr(0, end);
}

std::string without_accents(std::string_view utf8) {
  constexpr char32_t kNoBreakSpace = 0xA0;
  constexpr char32_t kApostrophe = 0x2019;
  std::string plain;
  plain.reserve(utf8.size());
  while (!utf8.empty()) {
    const char32_t code_point = take(utf8);
    if (code_point < 0x80) {
      plain.push_back(static_cast<char>(code_point));
    } else if (code_point == kNoBreakSpace) {
      plain.push_back(' ');
    } else if (code_point == kApostrophe) {
      plain.push_back('\'');
    } else if (const auto* known = find_in(tables::kPlain, code_point)) {
      append_utf8(plain, known->letter);
    } else if (!is_in(tables::kMarks, code_point) &&
               !append_hangul(plain, code_point)) {
      append_utf8(plain, code_point);
    }
  }
  return fold_case(plain);
}

std::string printable(std::string_view utf8) {
  std::string shown;
  shown.reserve(utf8.size());
  while (!utf8.empty()) {
    const char32_t code_point = take(utf8);
    if (is_shown(code_point)) {
      append_utf8(shown, code_point);
    } else {
      shown += fmt::format("\\u{{{:X}}}", static_cast<unsigned>(code_point));
    }
  }
  return shown;
}

std::string few_words(std::vector<std::string> names, std::size_t most) {
  const bool has_more = names.size() > most;
  names.resize(std::min(names.size(), most));
  for (std::string& name : names) {
    name = printable(name);
  }
  if (has_more) {
    names.emplace_back("more");
  }
  return join_words(names);
}

}  // namespace iisdiag::text
