// A configuration file of this server, read as a captured one is.
#pragma once

#include <string>

#include "evidence/file_facts.hpp"
#include "evidence/file_system.hpp"
#include "evidence/format.hpp"
#include "win32/api.hpp"

namespace iisdiag::win32 {

// C:\Windows\system32 with the files that 64-bit programs see. Empty where
// Windows does not tell.
std::string system_folder(const Api& api);

// The folder of IIS with the files that 64-bit programs see:
// C:\Windows\system32\inetsrv. Empty where Windows does not tell.
std::string inetsrv_folder(const Api& api);

// Adds what the reader makes of the file. False where it is not there, is not
// read (then a problem says why) or is no such file. Passwords in clear text
// count as unreadable: nobody kept them, so that a logon would try another.
bool read_config_file(const evidence::FileSystem& files,
                      const std::string& path, const evidence::Format& format,
                      evidence::FileFacts& facts);

}  // namespace iisdiag::win32
