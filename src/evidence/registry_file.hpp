// The text of a .reg file (FORMATS.md 6.1) as keys and values, whatever they
// mean.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/document.hpp"
#include "evidence/file_facts.hpp"

namespace iisdiag::evidence {

struct RegistryValue {
  std::uint64_t line = 0;
  std::optional<std::uint32_t> number;  // dword
  std::optional<std::string> string;    // SZ and EXPAND_SZ
};

// Value names in upper case.
struct RegistryKey {
  std::uint64_t line = 0;
  // A line of it could not be read: what it does not list may be there.
  bool is_damaged = false;
  std::map<std::string, RegistryValue, std::less<>> values;
};

// Keys by their path in upper case, without the hive's root.
using RegistryKeys = std::map<std::string, RegistryKey, std::less<>>;

// The first line of a .reg file of either version.
bool is_registry_header(std::string_view line);

// Values of other types than those of RegistryValue are listed without data.
// What cannot be read becomes a problem of `facts`; a key that the file takes
// away (`[-KEY]`) is not listed.
RegistryKeys read_registry_file(const Document& document, FileFacts& facts);

}  // namespace iisdiag::evidence
