// Texts from one encoding to another, by the system's own tables.
#pragma once

#include <string>
#include <string_view>

namespace iisdiag::test {

// The names are those of iconv; only those that encodings.cpp uses are known
// everywhere. What cannot be converted becomes '?'.
std::string convert(std::string_view bytes, const char* from, const char* to);

}  // namespace iisdiag::test
