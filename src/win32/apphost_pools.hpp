// What the configuration system of IIS 7.0 tells besides its nodes.
#pragma once

#include <optional>

#include "facts/server.hpp"
#include "win32/apphost_objects.hpp"

namespace iisdiag::win32 {

// Who the application pools run as. What is refused stays unknown.
void read_pools(AppHost& host, facts::IisConfig& config);

// Where a shared configuration lies; nothing where there is none or nobody
// tells.
std::optional<facts::Elsewhere> find_redirection(AppHost& host);

}  // namespace iisdiag::win32
