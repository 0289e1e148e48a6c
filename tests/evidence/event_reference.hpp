// Event logs read a second time, slowly and simply: everything of a record is
// put into a list of texts with their paths, with no memory from one record to
// the next, by one thread, from one piece.
#pragma once

#include <string>
#include <string_view>

namespace iisdiag::evidence {

// What describe_event_log says of the facts, without problems.
std::string evtx_reference(std::string_view bytes);
std::string evt_reference(std::string_view bytes);

}  // namespace iisdiag::evidence
