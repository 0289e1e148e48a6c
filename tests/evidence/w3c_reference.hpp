// A reader of W3C web logs that is slow and plain, to compare with.
#pragma once

#include <string>
#include <string_view>

#include "evidence/file_facts.hpp"

namespace iisdiag::evidence {

// Attempts and the span of a log all of whose headers have columns for date
// and time, no lines longer than 1 MiB and no zero bytes; without problems, and
// `is_whole` not looked at.
FileFacts read_plainly(std::string_view bytes);

}  // namespace iisdiag::evidence
