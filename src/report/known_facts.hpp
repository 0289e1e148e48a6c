// The facts behind a report, for --verbose: what is known, what is known to be
// absent, what is not known, and where each was read.
#pragma once

#include <vector>

#include "checks/case.hpp"
#include "facts/server.hpp"
#include "report/report.hpp"

namespace iisdiag::report {

std::vector<KnownFact> known_facts(const facts::Server& server);
std::vector<KnownFact> known_facts(const checks::Case& subject);

}  // namespace iisdiag::report
