// What a code means, as `iisdiag explain` prints it.
#pragma once

#include <string>

#include "checks/check.hpp"
#include "knowledge/code_reading.hpp"
#include "render/layout.hpp"

namespace iisdiag::cli {

// All that is known, in a block of its own. The same for every notation.
void write_explanation(render::Page& page, const knowledge::Reading& reading);

// A check, of which explanations speak: what it looks at and what it finds.
void write_check(render::Page& page, const checks::Check& check);

// "error 1326, unknown user name or wrong password; check credential-test".
std::string short_explanation(const knowledge::Reading& reading);

}  // namespace iisdiag::cli
