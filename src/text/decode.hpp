// Bytes of a captured text file to UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace iisdiag::text {

// decode() finds the first four; the others take knowledge of the text
// (evidence/console_text.hpp).
enum class Encoding {
  kUtf8,
  kUtf16le,
  kUtf16be,
  kWindows1252,
  kOem,  // pages 437, 850, 866 and 932
  kWindows1251,
};

std::string_view encoding_name(Encoding encoding);

struct Decoded {
  std::string text;  // UTF-8, no byte order mark
  Encoding encoding = Encoding::kUtf8;
  bool odd_byte = false;     // UTF-16 that ends inside a code unit
  bool replacement = false;  // something could not be decoded: U+FFFD stands

  bool operator==(const Decoded&) const = default;
};

// Decides by byte order mark, then by the zero bytes that UTF-16 without a
// mark has, then by UTF-8 well-formedness, else Windows-1252. Nothing where
// the bytes are binary: a NUL in 8-bit text. Never fails on a bad byte.
std::optional<Decoded> decode(std::string_view bytes);

}  // namespace iisdiag::text
