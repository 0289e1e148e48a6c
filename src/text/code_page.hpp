// 8-bit text of a Windows code page to UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace iisdiag::text {

// The pages of the languages that are read: what a console writes, and what
// the rest of Windows writes (FORMATS.md 0.2).
enum class CodePage {
  k437,   // OEM, English
  k850,   // OEM, western European languages
  k866,   // OEM, Russian
  k932,   // Japanese, OEM and ANSI
  k1251,  // ANSI, Russian
  k1252,  // ANSI, western European languages
};

struct Converted {
  std::string text;          // UTF-8
  bool replacement = false;  // U+FFFD stands for a byte that means nothing

  bool operator==(const Converted&) const = default;
};

// Any bytes; never fails. ASCII stays what it is. In time linear in the bytes.
Converted from_code_page(std::string_view bytes, CodePage page);

// What text was before somebody took OEM bytes of page 850 for Windows-1252:
// each character goes back to its byte and through page 850. A character that
// Windows-1252 does not have stays.
std::string oem_taken_for_ansi(std::string_view utf8);

// For from_code_page only: page 932, by the system's own tables.
Converted from_shift_jis(std::string_view bytes);

}  // namespace iisdiag::text
