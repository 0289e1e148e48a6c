#include "text/wide.hpp"

#include "text/unicode.hpp"

namespace iisdiag::text {
namespace {

constexpr char32_t kHighSurrogate = 0xD800;
constexpr char32_t kLowSurrogate = 0xDC00;
constexpr char32_t kPastSurrogates = 0xE000;
constexpr char32_t kBeyondOneUnit = 0x10000;

char32_t unit(wchar_t value) { return static_cast<char32_t>(value) & 0xFFFFU; }

bool is_high(char32_t unit) {
  return unit >= kHighSurrogate && unit < kLowSurrogate;
}

bool is_low(char32_t unit) {
  return unit >= kLowSurrogate && unit < kPastSurrogates;
}

}  // namespace

std::wstring to_wide(std::string_view utf8) {
  std::wstring wide;
  wide.reserve(utf8.size());
  while (!utf8.empty()) {
    const char32_t code_point = take_code_point(utf8);
    if (code_point < kBeyondOneUnit) {
      wide.push_back(static_cast<wchar_t>(code_point));
      continue;
    }
    const char32_t rest = code_point - kBeyondOneUnit;
    wide.push_back(static_cast<wchar_t>(kHighSurrogate + (rest >> 10U)));
    wide.push_back(static_cast<wchar_t>(kLowSurrogate + (rest & 0x3FFU)));
  }
  return wide;
}

std::string from_wide(std::wstring_view utf16) {
  std::string utf8;
  utf8.reserve(utf16.size());
  for (std::size_t i = 0; i < utf16.size(); ++i) {
    char32_t code_point = unit(utf16[i]);
    if (is_high(code_point) && i + 1 < utf16.size() &&
        is_low(unit(utf16[i + 1]))) {
      code_point = kBeyondOneUnit + ((code_point - kHighSurrogate) << 10U) +
                   (unit(utf16[i + 1]) - kLowSurrogate);
      ++i;
    }
    append_utf8(utf8, code_point);
  }
  return utf8;
}

}  // namespace iisdiag::text
