// docs/uncertain.md: what the sources leave open, where it decides, and what
// would settle it. The program itself has the clauses of its reports only.
#pragma once

#include <string>

namespace iisdiag::tools {

// Ends the program where its rows and those of knowledge/uncertain.cpp are not
// the same, or a row names a finding that does not exist.
std::string uncertain_page();

}  // namespace iisdiag::tools
