// What Windows says about an error.
#pragma once

#include <string>

namespace iisdiag::text {

// The words that Windows has for a code of GetLastError() or of a LAN Manager
// function, in its own language, and the number: "Access is denied (error 5)".
// Windows only.
std::string system_error(unsigned long code);

}  // namespace iisdiag::text
