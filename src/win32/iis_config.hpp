// The configuration of IIS on this server, whatever its generation.
#pragma once

#include "evidence/file_facts.hpp"
#include "evidence/file_system.hpp"
#include "win32/api.hpp"
#include "win32/secret_table.hpp"

namespace iisdiag::win32 {

struct ConfigResult {
  // A configuration was found, readable or not.
  bool has_iis = false;
};

// Asks the configuration system of IIS 7.0 and later and the metabase service;
// both can be there, for FTP 6 lives beside IIS 7. Where one exists and does
// not answer, its file is read through `files` instead, with a problem that
// says why; passwords are unreadable then. Adds to `facts` and numbers the
// passwords in `secrets`. A 32-bit program on a 64-bit Windows is shown another
// applicationHost.config by the system, so that it reads the file at once.
// The registry of IIS 1.0 to 3.0 is read elsewhere.
ConfigResult read_iis_configuration(const Api& api,
                                    const evidence::FileSystem& files,
                                    SecretTable& secrets,
                                    evidence::FileFacts& facts);

}  // namespace iisdiag::win32
