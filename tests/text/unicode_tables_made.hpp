// src/text/unicode_tables.hpp as utf8proc, which these tests are built with,
// has it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace iisdiag::text {

// The whole file.
std::string unicode_tables_header();

// The letters that stay of a code point without its marks.
std::vector<std::int32_t> without_marks(std::int32_t code_point);

}  // namespace iisdiag::text
