// -a and --node: which identities of a server are asked for.
#pragma once

#include <string>

#include "facts/server.hpp"

namespace iisdiag::cli {

// Keeps the identities that use the account (bare or qualified, any case).
void keep_account(facts::Server& server, const std::string& account);

// Keeps the identities in force at `node` or below it, and of their nodes
// those. Where no identity begins at the node itself, the one that it inherits
// from is in force there.
void keep_node(facts::Server& server, const std::string& node);

}  // namespace iisdiag::cli
