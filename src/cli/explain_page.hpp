// What a code means, as `iisdiag explain` prints it.
#pragma once

#include <string>

#include "knowledge/code_reading.hpp"
#include "render/layout.hpp"

namespace iisdiag::cli {

// All that is known, in a block of its own. The same for every notation.
void write_explanation(render::Page& page, const knowledge::Reading& reading);

// "error 1326, unknown user name or wrong password; check credential-test".
std::string short_explanation(const knowledge::Reading& reading);

}  // namespace iisdiag::cli
