// UTF-8 and the UTF-16 of Windows.
#pragma once

#include <string>
#include <string_view>

namespace iisdiag::win32 {

// A byte that is not UTF-8 becomes U+FFFD.
std::wstring to_wide(std::string_view utf8);
// Half of a surrogate pair becomes U+FFFD. Null gives an empty text.
std::string to_utf8(std::wstring_view wide);
std::string to_utf8(const wchar_t* wide);

}  // namespace iisdiag::win32
