// Names in archives. They are shown and compared, never used as paths.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace iisdiag::evidence {

// UTF-8 where it is well-formed, else code page 437 (FORMATS.md section 9);
// `\` becomes `/`, a leading `./` is left out.
std::string archive_name(std::string_view bytes);

// Why an entry of this name (as archive_name gives it) is not read: it leads
// out of the archive, or no file can have it.
std::optional<std::string> why_not_a_name(std::string_view name);

// Before which other name a search of the unpacked folder finds this one: the
// files of a folder first, each in the order of their bytes.
bool is_found_before(std::string_view name, std::string_view other);

}  // namespace iisdiag::evidence
