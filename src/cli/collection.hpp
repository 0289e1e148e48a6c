// `iisdiag collect`: what this server tells, as a .zip that `iisdiag check`
// reads on another machine.
#pragma once

#include <string>
#include <vector>

#include "evidence/capture.hpp"
#include "evidence/file_system.hpp"
#include "evidence/live_server.hpp"

namespace iisdiag::cli {

struct Collection {
  std::string archive;   // the .zip; empty where it could not be made
  std::string computer;  // as the report names it; empty where not known
  facts::Moment captured_at;
  bool has_iis = false;
  // Files that are not in it.
  std::vector<evidence::NotRead> not_read;
  // What the server did not answer; told again by the report.
  std::size_t refused = 0;
};

// Asks everything that a check asks, but makes no logon, and copies the
// configuration files without what is secret in them (evidence/redact.hpp).
Collection collect(evidence::LiveServer& live,
                   const evidence::FileSystem& files);

// `WEB01-20261122-1100.zip`, of characters that every file system takes.
std::string archive_name(const Collection& collection);

}  // namespace iisdiag::cli
