// The configuration of IIS 4.0 to 6.0 on this server, and that of FTP 6 beside
// IIS 7: what the metabase service tells.
#pragma once

#include <optional>
#include <vector>

#include "evidence/file_facts.hpp"
#include "win32/api.hpp"
#include "win32/secret_table.hpp"

namespace iisdiag::win32 {

struct MetabaseReading {
  // The service exists, whether or not it answered.
  bool is_there = false;
  // It, or one of the services of IIS, was not read: a file may tell more.
  bool is_refused = false;
  // What was read; nothing where no service of IIS has a key there.
  std::optional<facts::IisConfig> config;
  // What was not, and why.
  std::vector<facts::Problem> problems;
};

// Asks where settings are stored instead of walking the tree: the nodes are
// the services, their sites and what stores a setting of its own. A key below
// one that stores without INHERIT is not listed by itself.
// `with_web`: false where web sites are kept elsewhere (IIS 7.0 and later show
// them in the metabase as well, through a translator).
// Passwords go to `secrets` and nowhere else. COM must be initialised.
MetabaseReading read_metabase(const Api& api, bool with_web,
                              SecretTable& secrets);

}  // namespace iisdiag::win32
