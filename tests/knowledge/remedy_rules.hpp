// What every remedy is held to, whatever it mends: the tools that it names are
// there, and nothing that it says does harm (FACTS.md sections G and L).
#pragma once

#include <string>

#include "remedies_cases.hpp"

namespace iisdiag::knowledge {

// What is wrong with it for this server, in words; empty: nothing.
std::string fault_of_tools(const Case& c, const Remedy& remedy);
std::string fault_of_harm(const Case& c, const Remedy& remedy);

// The step restarts IIS, or ends the logons that it has cached.
bool restarts(const Step& step);

}  // namespace iisdiag::knowledge
