// A .zip of a few files, in memory.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iisdiag::evidence {

// What goes into an archive.
struct ArchiveFile {
  std::string name;  // UTF-8, folders with '/'
  std::string bytes;
};

// The same bytes for the same entries: no times are written. Nothing where
// memory ran out or an entry is larger than 4 GiB.
std::optional<std::string> write_archive(
    const std::vector<ArchiveFile>& entries);

}  // namespace iisdiag::evidence
