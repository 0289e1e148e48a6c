// Files that are known for what they are and that this program cannot read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace iisdiag::evidence {

// What to tell about such a file, by its first bytes (FORMATS.md 0.1); nothing
// for any other file. `name` is only looked at for metabase.bin, whose layout
// nobody documented.
std::optional<std::string> why_not_read(std::string_view name,
                                        std::string_view bytes);

}  // namespace iisdiag::evidence
