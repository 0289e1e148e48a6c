// Files that an administrator captures of a server, as Windows and IIS of its
// generation write them: answers of net user and net localgroup (FORMATS.md 6),
// rows of a web log (FACTS.md F).
#pragma once

#include "causes.hpp"

namespace iisdiag::test {

// {"name": "webapp", "active": "No", "domain": true, "groups": "*Guests"}: the
// answer of net user; "missing": true for the refusal of an unknown name.
EvidenceFile user_file(const Json& user, const CauseServer& server);

// {"name": "Administrators", "members": ["admin"]}: of net localgroup.
EvidenceFile group_file(const Json& group);

// ["10:00:00 - / 401 1 1326"]: time, user, address, status, sub-status and
// Win32 code, then the client and the query where they matter. IIS before 6.0
// writes no sub-status.
EvidenceFile web_log(const Json& rows, const CauseServer& server);

}  // namespace iisdiag::test
