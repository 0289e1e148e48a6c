// What registry values say about a server, wherever they were read: in a .reg
// export or from the registry itself.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/file_facts.hpp"
#include "facts/origin.hpp"

namespace iisdiag::evidence {

struct RegistryValue {
  facts::Origin origin;
  std::optional<std::uint32_t> number;  // dword
  std::optional<std::string> string;    // SZ and EXPAND_SZ
};

// Value names in upper case.
struct RegistryKey {
  facts::Origin origin;
  // A part of it could not be read: what it does not list may be there.
  bool is_damaged = false;
  std::map<std::string, RegistryValue, std::less<>> values;
};

// Keys by their path in upper case, without the hive's root. A key that was
// not read, or is not there, is not listed.
using RegistryKeys = std::map<std::string, RegistryKey, std::less<>>;

// Fills the machine, and the configuration of IIS 1.0 to 3.0, in `facts`. Of
// several control sets the current one counts, else the lowest that is listed;
// of the two views of a 64-bit Windows the native one.
void interpret_registry(const RegistryKeys& keys, FileFacts& facts);

}  // namespace iisdiag::evidence
