// Events of the two logs that IIS and Windows write about logons, as wevtutil
// prints them in XML (FORMATS.md 2).
#pragma once

#include <functional>
#include <string>

#include "causes.hpp"

namespace iisdiag::test {

// Puts the names of the server into a text.
using Fill = std::function<std::string(std::string)>;

// {"source": "W3SVC", "id": 100, "account": "{NAME}", "code": 1326,
//  "time": "10:00", "times": 5}: a minute apart. The code stands in the data
// only; the text of the error is in no language.
std::string service_events(const Json& event, const CauseServer& server,
                           const Fill& fill);

// {"id": 4625, "status": "0xc000006d", "substatus": "0xc000006a", "type": 8,
//  "process": "w3wp.exe", "time": "10:00", "times": 5}, or an id below 1000 of
// Windows before Vista, where the id says what happened and `process` is the
// logon process ("IIS", "Advapi"); 680 and 681 have a "status". Of the server's
// account unless "account" and "domain" say otherwise.
std::string logon_events(const Json& event, const CauseServer& server,
                         const Fill& fill);

}  // namespace iisdiag::test
