// UTF-8 to and from UTF-16 as the functions of Windows take and give it. Where
// wchar_t has 32 bits, each still holds one UTF-16 unit.
#pragma once

#include <string>
#include <string_view>

namespace iisdiag::text {

// Any bytes; a byte that is not UTF-8 becomes U+FFFD.
std::wstring to_wide(std::string_view utf8);

// Any units; half of a surrogate pair becomes U+FFFD.
std::string from_wide(std::wstring_view utf16);

}  // namespace iisdiag::text
