// From paths to one server.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "evidence/file_system.hpp"
#include "evidence/merge.hpp"
#include "evidence/progress.hpp"
#include "facts/server.hpp"

namespace iisdiag::evidence {

struct Loaded {
  facts::Server server;
  std::size_t files_read = 0;
  std::size_t evidence_files = 0;
  // Names of the files that are no evidence.
  std::vector<std::string> ignored;
  // A path that is not there; then nothing was read.
  std::string missing;
};

// Reads everything that the paths hold. Damage anywhere becomes a problem of
// the server and stops nothing. `account` (bare or qualified, may be empty)
// stands in where no configuration shows one. `progress` hears of logs that are
// being read, unless it is null.
Loaded load(const FileSystem& files, const std::vector<std::string>& paths,
            const Said& said, const std::string& account,
            Progress* progress = nullptr);

// The same without putting it together: what each file says, by itself.
// Counts and problems go to `loaded`, whose server stays without facts.
std::vector<FileFacts> read_parts(const FileSystem& files,
                                  const std::vector<std::string>& paths,
                                  Loaded& loaded, Progress* progress = nullptr);

// One server out of facts that were read already: files, or a live server's
// own answers. `account` as for load.
facts::Server assemble(std::vector<FileFacts> parts, const Said& said,
                       const std::string& account);

}  // namespace iisdiag::evidence
