// The live server of this system.
#pragma once

#include <memory>

#include "evidence/live_server.hpp"

namespace iisdiag::cli {

// Null where this is not Windows.
std::unique_ptr<evidence::LiveServer> this_server();

}  // namespace iisdiag::cli
