#include "text/decode.hpp"

#include <cstdint>
#include <utility>

#include "text/code_page.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::text {
namespace {

constexpr std::size_t kProbe = 4096;

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
    case Encoding::kOem:
      return "an OEM code page";
    case Encoding::kWindows1251:
      return "Windows-1251";
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
  Converted ansi = from_code_page(bytes, CodePage::k1252);
  return Decoded{std::move(ansi.text), Encoding::kWindows1252, false,
                 ansi.replacement};
}

}  // namespace iisdiag::text
