// Small reports, written down field by field.
#pragma once

#include "report/report.hpp"

namespace iisdiag::render::samples {

// Four checks of WEB01\IUSR_WEB01 on WEB01, all passed.
report::Report passed();
// The same with network logon denied, a logon on record that was refused for
// it, and a note.
report::Report failed();
// A cut export of the rights, the logon left out on request.
report::Report damaged();
// Two identities: a warning of the one, the pool identity as the other.
report::Report two_identities();
// Anonymous access is off everywhere.
report::Report no_identity();

// As failed(), with names and texts that mean something to cmd.exe, XML, HTML,
// Markdown, YAML, TAP, GitHub or a terminal wherever evidence has a say.
report::Report hostile();

// Servers in the order in which they were named, worst first in the report.
report::Report fleet_of(std::vector<report::Host> hosts, std::size_t expected);
// WEB01 passed(), WEB02 and WEB04 failed() for the same reason, WEB03
// damaged().
report::Report fleet();

// Sets the statuses and counts of identities, hosts and report from those of
// the checks.
void settle(report::Report& report);

}  // namespace iisdiag::render::samples
