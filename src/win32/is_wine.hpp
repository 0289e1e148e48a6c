// Is this Windows, or Wine?
#pragma once

namespace iisdiag::win32 {

// Wine makes up its answers about accounts, rights and logons. Nothing that it
// says about them may be believed.
bool is_wine();

}  // namespace iisdiag::win32
