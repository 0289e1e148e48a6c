// Texts as the functions of Windows take and give them.
#pragma once

#include <string>
#include <string_view>

#include "text/wide.hpp"

namespace iisdiag::win32 {

using text::to_wide;

inline std::string to_utf8(std::wstring_view wide) {
  return text::from_wide(wide);
}
// Ends with a zero; null gives an empty text.
inline std::string to_utf8(const wchar_t* wide) {
  return wide == nullptr ? std::string() : text::from_wide(wide);
}

}  // namespace iisdiag::win32
