#include "evidence/little_endian.hpp"

#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

constexpr bool is_lead(std::uint16_t unit) { return (unit >> 10U) == 0x36; }
constexpr bool is_trail(std::uint16_t unit) { return (unit >> 10U) == 0x37; }

constexpr unsigned lower(unsigned unit) {
  return unit >= 'A' && unit <= 'Z' ? unit + ('a' - 'A') : unit;
}

}  // namespace

void append_utf16(std::string& out, std::string_view units) {
  // Mostly ASCII, which needs no room to be asked for unit by unit.
  const std::size_t before = out.size();
  out.resize(before + units.size() / 2);
  std::size_t at = 0;
  std::size_t length = before;
  for (; at + 2 <= units.size(); at += 2) {
    const std::uint16_t unit = u16_at(units, at);
    if (unit == 0 || unit >= 0x80) {
      break;
    }
    out[length++] = static_cast<char>(unit);
  }
  out.resize(length);
  for (; at + 2 <= units.size(); at += 2) {
    const std::uint16_t unit = u16_at(units, at);
    if (unit == 0) {
      return;
    }
    if (unit < 0x80) {
      out += static_cast<char>(unit);
      continue;
    }
    char32_t code_point = unit;
    if (is_lead(unit) && at + 4 <= units.size() &&
        is_trail(u16_at(units, at + 2))) {
      at += 2;
      code_point =
          0x10000U + ((unit & 0x3FFU) << 10U) + (u16_at(units, at) & 0x3FFU);
    }
    text::append_utf8(out, code_point);
  }
}

bool utf16_equals(std::string_view units, std::string_view ascii) {
  std::size_t at = 0;
  for (const char c : ascii) {
    if (at + 2 > units.size() ||
        lower(u16_at(units, at)) != lower(static_cast<unsigned char>(c))) {
      return false;
    }
    at += 2;
  }
  return at + 2 > units.size() || u16_at(units, at) == 0;
}

}  // namespace iisdiag::evidence
