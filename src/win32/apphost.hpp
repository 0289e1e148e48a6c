// The configuration of IIS 7.0 and later on this server: what its own
// configuration system tells, merged over all files and decrypted.
#pragma once

#include <optional>
#include <vector>

#include "evidence/file_facts.hpp"
#include "evidence/file_system.hpp"
#include "win32/api.hpp"
#include "win32/secret_table.hpp"

namespace iisdiag::win32 {

struct AppHostReading {
  // The class exists, whether or not it answered.
  bool is_there = false;
  // Nothing, or too little, was read: the file may tell more.
  bool is_refused = false;
  std::optional<facts::IisConfig> config;
  // Which modules work where, for evidence/overlay.hpp.
  evidence::Iis7Files iis7;
  std::vector<facts::Elsewhere> elsewhere;
  std::vector<facts::Note> notes;
  std::vector<facts::Problem> problems;
};

// Nodes are the server, the sites, their applications, and those virtual
// directories and locations whose settings differ from what is above them. A
// web.config in another folder is not found. What the interface does not tell,
// which level stores a setting, comes from applicationHost.config, read through
// `files`; without it from the differences between the levels.
// Passwords go to `secrets` and nowhere else. COM must be initialised.
AppHostReading read_apphost(const Api& api, const evidence::FileSystem& files,
                            SecretTable& secrets);

}  // namespace iisdiag::win32
