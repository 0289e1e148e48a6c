#include "win32/wide.hpp"

#include "text/unicode.hpp"

namespace iisdiag::win32 {
namespace {

constexpr char32_t kBmpEnd = 0x10000;
constexpr char32_t kHigh = 0xD800;
constexpr char32_t kLow = 0xDC00;
constexpr char32_t kSurrogatesEnd = 0xE000;
constexpr unsigned kHalf = 10;
constexpr char32_t kHalfMask = 0x3FF;

bool is_high(char32_t unit) { return unit >= kHigh && unit < kLow; }
bool is_low(char32_t unit) { return unit >= kLow && unit < kSurrogatesEnd; }

}  // namespace

std::wstring to_wide(std::string_view utf8) {
  std::wstring wide;
  while (!utf8.empty()) {
    const char32_t point = text::take_code_point(utf8);
    if (point < kBmpEnd) {
      wide.push_back(static_cast<wchar_t>(point));
    } else {
      const char32_t rest = point - kBmpEnd;
      wide.push_back(static_cast<wchar_t>(kHigh + (rest >> kHalf)));
      wide.push_back(static_cast<wchar_t>(kLow + (rest & kHalfMask)));
    }
  }
  return wide;
}

std::string to_utf8(std::wstring_view wide) {
  std::string utf8;
  for (std::size_t i = 0; i < wide.size(); ++i) {
    char32_t point = wide[i];
    if (is_high(point) && i + 1 < wide.size() && is_low(wide[i + 1])) {
      const char32_t low = wide[++i];
      point = kBmpEnd + ((point - kHigh) << kHalf) + (low - kLow);
    }
    text::append_utf8(utf8, point);
  }
  return utf8;
}

std::string to_utf8(const wchar_t* wide) {
  return wide == nullptr ? std::string() : to_utf8(std::wstring_view(wide));
}

}  // namespace iisdiag::win32
