// A Windows in memory that is the server which captured evidence shows.
#pragma once

#include <memory>

#include "facts/server.hpp"
#include "win32/fake_windows.hpp"

namespace iisdiag::win32 {

// Accounts, groups, rights, policies, registry and clock of `server`. What its
// evidence does not show is as it would be on a healthy server, but for
// rights, which are refused.
void become(const facts::Server& server, FakeWindows& windows);

}  // namespace iisdiag::win32
