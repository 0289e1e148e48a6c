// The hash by which a collection tells that a file of it has changed.
#pragma once

#include <string>
#include <string_view>

namespace iisdiag::text {

// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace iisdiag::text
