// The text of a .reg file (FORMATS.md 6.1) as keys and values, whatever they
// mean.
#pragma once

#include <string_view>

#include "evidence/document.hpp"
#include "evidence/file_facts.hpp"
#include "evidence/registry_facts.hpp"

namespace iisdiag::evidence {

// The first line of a .reg file of either version.
bool is_registry_header(std::string_view line);

// Values of other types than those of RegistryValue are listed without data.
// What cannot be read becomes a problem of `facts`; a key that the file takes
// away (`[-KEY]`) is not listed.
RegistryKeys read_registry_file(const Document& document, FileFacts& facts);

}  // namespace iisdiag::evidence
