// Numbers and text in the binary files of Windows: little-endian, UTF-16.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace iisdiag::evidence {

// The number of `size` bytes at `at`. Precondition: they are there.
inline std::uint64_t little_endian(std::string_view bytes, std::size_t at,
                                   std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])}
             << (8 * i);
  }
  return value;
}
inline std::uint16_t u16_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>(little_endian(bytes, at, 2));
}
inline std::uint32_t u32_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint32_t>(little_endian(bytes, at, 4));
}
inline std::uint64_t u64_at(std::string_view bytes, std::size_t at) {
  return little_endian(bytes, at, 8);
}

// Are `size` bytes at `at`? Of any numbers.
inline bool holds(std::string_view bytes, std::uint64_t at,
                  std::uint64_t size) {
  return at <= bytes.size() && size <= bytes.size() - at;
}

// Appends UTF-16LE as UTF-8, up to a NUL or to the end; an odd byte at the end
// is left out, half of a surrogate pair becomes U+FFFD.
void append_utf16(std::string& out, std::string_view units);

// Bytes of UTF-16LE before the first NUL, or all; always an even number.
inline std::size_t utf16_length(std::string_view units) {
  std::size_t size = 0;
  while (size + 2 <= units.size() && u16_at(units, size) != 0) {
    size += 2;
  }
  return size;
}

// Is the UTF-16LE text this ASCII text, letters of either case taken as equal?
// A NUL ends it.
bool utf16_equals(std::string_view units, std::string_view ascii);

}  // namespace iisdiag::evidence
