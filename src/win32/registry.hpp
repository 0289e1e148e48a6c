// Keys of the registry of this server.
#pragma once

#include "evidence/file_facts.hpp"
#include "win32/api.hpp"

namespace iisdiag::win32 {

// Reads the keys that evidence/registry_facts.hpp understands, a 32-bit program
// those that 64-bit ones see, and lets it interpret them. Of the computer's two
// names it is the one in force. A refused key becomes a problem of `facts`;
// one that is not there says nothing.
void read_registry(const Api& api, evidence::FileFacts& facts);

// True for a 32-bit program on a 64-bit Windows.
bool is_wow64(const Api& api);

}  // namespace iisdiag::win32
