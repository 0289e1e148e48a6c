// Where IIS lies.
#pragma once

#include <string>

#include "win32/api.hpp"

namespace iisdiag::win32 {

// The folder `inetsrv` that the system's own programs see, without a separator
// at its end: a 32-bit program on a 64-bit Windows reaches it as sysnative.
// Empty where Windows does not tell its folder.
std::string inetsrv_folder(const Api& api);

}  // namespace iisdiag::win32
