// Page 932 by the tables of Windows, character by character so that one that
// means nothing costs no other.
#include <windows.h>

#include <array>

#include "text/code_page.hpp"
#include "text/unicode.hpp"
#include "text/wide.hpp"

namespace iisdiag::text {
namespace {

constexpr UINT kShiftJis = 932;

// Windows gives these bytes characters for private use; they mean nothing.
bool is_unassigned(unsigned char byte) {
  return byte == 0x80 || byte == 0xA0 || byte >= 0xFD;
}

// Bytes of the character at the front.
std::size_t size_of_first(std::string_view bytes) {
  return bytes.size() > 1 &&
                 ::IsDBCSLeadByteEx(kShiftJis,
                                    static_cast<BYTE>(bytes.front())) != 0
             ? 2
             : 1;
}

// Appends the character; false where it means nothing, also on a Windows
// without this page.
bool append_character(std::string& out, std::string_view bytes) {
  if (is_unassigned(static_cast<unsigned char>(bytes.front()))) {
    return false;
  }
  std::array<wchar_t, 4> wide{};
  const int count =
      ::MultiByteToWideChar(kShiftJis, MB_ERR_INVALID_CHARS, bytes.data(),
                            static_cast<int>(bytes.size()), wide.data(),
                            static_cast<int>(wide.size()));
  if (count <= 0) {
    return false;
  }
  out += from_wide({wide.data(), static_cast<std::size_t>(count)});
  return true;
}

}  // namespace

Converted from_shift_jis(std::string_view bytes) {
  Converted result;
  result.text.reserve(bytes.size() + bytes.size() / 2);
  while (!bytes.empty()) {
    if (static_cast<unsigned char>(bytes.front()) < 0x80) {
      result.text.push_back(bytes.front());
      bytes.remove_prefix(1);
      continue;
    }
    const std::size_t size = size_of_first(bytes);
    if (append_character(result.text, bytes.substr(0, size))) {
      bytes.remove_prefix(size);
      continue;
    }
    append_utf8(result.text, 0xFFFD);
    result.replacement = true;
    bytes.remove_prefix(1);
  }
  return result;
}

}  // namespace iisdiag::text
