// The web and FTP logs of a live server: of each site the newest ones.
#pragma once

#include <string>
#include <vector>

#include "evidence/file_facts.hpp"
#include "evidence/file_system.hpp"

namespace iisdiag::evidence {

// Reads the newest files of each site below `folders`, which hold a folder for
// each site (W3SVC1, MSFTPSVC1, FTPSVC2) and that of HTTP.sys (HTTPERR), up to
// the bounds of limits.hpp in all. Adds records, notes and problems; a log
// that is left out has a span that is not whole. No log at all is a note.
void read_newest_logs(const FileSystem& files,
                      const std::vector<std::string>& folders,
                      FileFacts& facts);

}  // namespace iisdiag::evidence
