// What holds of the reports of any evidence, however damaged.
#pragma once

#include "fuzz/call.hpp"

namespace iisdiag::fuzz {

// Of a call of `check` with --report ID=ID for each output format.
void expect_sound_reports(const Outcome& outcome);

}  // namespace iisdiag::fuzz
