#include "text/unicode.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <array>

namespace iisdiag::text {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
// utf8proc gives it a capital; the simple mapping, and Windows, do not.
constexpr char32_t kSharpS = 0xDF;

// Takes one code point off the front; never takes nothing from a non-empty
// text, so that loops end on any bytes.
char32_t take(std::string_view& rest) {
  const auto first = static_cast<unsigned char>(rest.front());
  if (first < 0x80) {
    rest.remove_prefix(1);
    return first;
  }
  utf8proc_int32_t code_point = -1;
  // utf8proc reads octets; the cast only changes the signedness of char.
  const auto taken = utf8proc_iterate(
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
      reinterpret_cast<const utf8proc_uint8_t*>(rest.data()),
      static_cast<utf8proc_ssize_t>(rest.size()), &code_point);
  if (taken <= 0 || code_point < 0) {
    rest.remove_prefix(1);
    return kReplacement;
  }
  rest.remove_prefix(static_cast<std::size_t>(taken));
  return static_cast<char32_t>(code_point);
}

std::size_t cells_of(char32_t code_point) {
  if (code_point < 0x80) {
    return 1;
  }
  const int width =
      utf8proc_charwidth(static_cast<utf8proc_int32_t>(code_point));
  return width > 0 ? static_cast<std::size_t>(width) : 0;
}

bool is_shown(char32_t code_point) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(code_point))) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return false;
    default:
      return true;
  }
}

}  // namespace

char32_t take_code_point(std::string_view& utf8) { return take(utf8); }

bool is_letter(char32_t code_point) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(code_point))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
      return true;
    default:
      return false;
  }
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
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point < 0xE000)) {
    code_point = kReplacement;
  }
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto count = utf8proc_encode_char(
      static_cast<utf8proc_int32_t>(code_point), bytes.data());
  for (utf8proc_ssize_t i = 0; i < count; ++i) {
    out.push_back(static_cast<char>(bytes.at(static_cast<std::size_t>(i))));
  }
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
    } else if (code_point == kSharpS) {
      append_utf8(folded, code_point);
    } else {
      append_utf8(folded, static_cast<char32_t>(utf8proc_toupper(
                              static_cast<utf8proc_int32_t>(code_point))));
    }
  }
  return folded;
}

bool same_name(std::string_view left, std::string_view right) {
  return fold_case(left) == fold_case(right);
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
    } else {
      std::array<utf8proc_int32_t, 32> parts{};
      int last = 0;
      const auto count = utf8proc_decompose_char(
          static_cast<utf8proc_int32_t>(code_point), parts.data(), parts.size(),
          static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE |
                                         UTF8PROC_STRIPMARK),
          &last);
      for (utf8proc_ssize_t i = 0; i < count; ++i) {
        append_utf8(plain, static_cast<char32_t>(
                               parts.at(static_cast<std::size_t>(i))));
      }
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

}  // namespace iisdiag::text
