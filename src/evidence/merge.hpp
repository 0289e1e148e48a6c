// The files of one server put together.
#pragma once

#include <vector>

#include "evidence/file_facts.hpp"

namespace iisdiag::evidence {

struct Merged {
  facts::Server server;  // without identities
  // At most one for each store.
  std::vector<facts::IisConfig> configs;
};

// What an administrator says about the server where the evidence does not.
struct Said {
  std::string computer;
  std::string windows;  // id of knowledge/versions
  std::string iis;      // likewise
  std::optional<facts::Role> role;
};

// Facts that two files give differently are unknown, and a problem names both
// files; but what the machine itself answered beats what files say. A file of
// another computer is left out and reported. History copies
// count only where no live file of their kind is there.
Merged merge(std::vector<FileFacts> files, const Said& said);

}  // namespace iisdiag::evidence
