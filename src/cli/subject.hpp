// What an option leaves of a server before it is checked.
#pragma once

#include <string>
#include <string_view>

#include "cli/options.hpp"
#include "facts/server.hpp"

namespace iisdiag::cli {

// The last part of a path; the path itself where it has none.
std::string base_name(std::string path);

// -a and --node: why nothing is left; empty where something is.
std::string keep_selected(const CheckOptions& options, facts::Server& server);

// --at, and when this program looked.
void set_times(const CheckOptions& options, facts::ClockSeconds now,
               facts::Server& server);

// "1 file read, it is no evidence"
std::string no_evidence_words(std::size_t files_read);

// Is it called like a report of ours, which is for merge and diff? To be asked
// only where no evidence was found: a snapshot may be called .json as well.
bool is_called_report(std::string_view path);

}  // namespace iisdiag::cli
