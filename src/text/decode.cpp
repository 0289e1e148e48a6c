#include "text/decode.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::text {
namespace {

constexpr std::size_t kProbe = 4096;

// 0x80 to 0x9F of Windows-1252; the five unassigned bytes map to U+FFFD.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

std::uint8_t octet(std::string_view bytes, std::size_t index) {
  return static_cast<std::uint8_t>(bytes[index]);
}

// cmd /u writes UTF-16LE without a mark: ASCII text then has a zero in most
// odd places and in few even ones.
bool looks_like_utf16le(std::string_view bytes) {
  bytes = bytes.substr(0, kProbe);
  const std::size_t pairs = bytes.size() / 2;
  if (pairs < 4) {
    return false;
  }
  std::size_t odd = 0;
  std::size_t even = 0;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    even += bytes[i] == '\0' ? 1 : 0;
    odd += bytes[i + 1] == '\0' ? 1 : 0;
  }
  return odd * 10 >= pairs * 3 && even * 10 < pairs;
}

Decoded from_utf16(std::string_view bytes, Encoding encoding) {
  Decoded result;
  result.encoding = encoding;
  result.odd_byte = bytes.size() % 2 != 0;
  result.text.reserve(bytes.size() / 2);
  const std::size_t high_byte = encoding == Encoding::kUtf16le ? 1 : 0;
  const auto unit = [&](std::size_t i) {
    return static_cast<char32_t>(octet(bytes, i + high_byte) << 8U |
                                 octet(bytes, i + 1 - high_byte));
  };
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    char32_t code_point = unit(i);
    if (code_point >= 0xD800 && code_point < 0xDC00 && i + 3 < bytes.size()) {
      const char32_t low = unit(i + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        code_point = 0x10000 + ((code_point - 0xD800) << 10U) + (low - 0xDC00);
        i += 2;
      }
    }
    if (code_point == 0) {
      continue;  // padding; no text format here gives a NUL a meaning
    }
    if (code_point < 0x80) {
      result.text.push_back(static_cast<char>(code_point));
      continue;
    }
    result.replacement |= code_point >= 0xD800 && code_point < 0xE000;
    append_utf8(result.text, code_point);
  }
  return result;
}

Decoded from_windows_1252(std::string_view bytes) {
  Decoded result;
  result.encoding = Encoding::kWindows1252;
  result.text.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    char32_t code_point = byte;
    if (byte >= 0x80 && byte < 0xA0) {
      code_point = kWindows1252.at(byte - 0x80U);
      result.replacement |= code_point == 0xFFFD;
    }
    append_utf8(result.text, code_point);
  }
  return result;
}

}  // namespace

std::string_view encoding_name(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return "UTF-8";
    case Encoding::kUtf16le:
      return "UTF-16LE";
    case Encoding::kUtf16be:
      return "UTF-16BE";
    case Encoding::kWindows1252:
      return "Windows-1252";
  }
  return "";
}

std::optional<Decoded> decode(std::string_view bytes) {
  if (consume(bytes, "\xFF\xFE")) {
    return from_utf16(bytes, Encoding::kUtf16le);
  }
  if (consume(bytes, "\xFE\xFF")) {
    return from_utf16(bytes, Encoding::kUtf16be);
  }
  const bool marked = consume(bytes, "\xEF\xBB\xBF");
  if (!marked && looks_like_utf16le(bytes)) {
    return from_utf16(bytes, Encoding::kUtf16le);
  }
  if (bytes.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  if (is_utf8(bytes)) {
    Decoded result;
    result.text = std::string(bytes);
    return result;
  }
  return from_windows_1252(bytes);
}

}  // namespace iisdiag::text
