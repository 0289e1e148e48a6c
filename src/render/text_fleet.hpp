// What the terminal format says of several servers.
#pragma once

#include "render/layout.hpp"
#include "render/renderer.hpp"

namespace iisdiag::render {

// The header, and each cause once with the servers that have it. The report has
// to have a fleet.
void write_causes(Page& page, const report::Report& report);

// A line for each server, the worst first, a column for each check.
void write_matrix(Page& page, const report::Fleet& fleet,
                  const Options& options);

}  // namespace iisdiag::render
