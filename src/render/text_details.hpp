// What was found and what to do, finding by finding.
#pragma once

#include <vector>

#include "render/layout.hpp"
#include "report/report.hpp"

namespace iisdiag::render {

// Writes the sections "What to fix" and "Could not be checked" of one
// identity. A problem of the evidence that explains an unknown finding is
// shown with it; `shown` gets its index.
void write_details(Page& page, const report::Host& host,
                   const report::Identity& identity,
                   std::vector<bool>& shown);

// file:line, the text, the line and a caret below the fault.
void write_problem(Page& page, std::size_t indent, std::string_view label,
                   const facts::Problem& problem);

}  // namespace iisdiag::render
