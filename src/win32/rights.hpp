// User-rights assignment of this server.
#pragma once

#include "evidence/file_facts.hpp"
#include "win32/api.hpp"

namespace iisdiag::win32 {

// The holders of the six logon rights, by SID (LSA); one complete list of what
// is in force. A right that could not be read is unknown with the reason. SIDs
// of accounts and groups get their names, so that people can read the list.
void read_rights(const Api& api, evidence::FileFacts& facts);

// The domain that the machine is joined to; absent: a workgroup.
facts::Observed<std::string> joined_domain(const Api& api);

}  // namespace iisdiag::win32
