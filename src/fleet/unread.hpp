// What could not be read is unknown, and never missing.
#pragma once

#include <string>

#include "report/host.hpp"

namespace iisdiag::fleet {

// An identity that nothing is known of. `why` and `todo`, what to do about it,
// are a sentence each, the first without a full stop.
report::Identity unread_identity(const std::string& why,
                                 const std::string& todo);

// A server of which nothing could be read.
struct Unread {
  std::string name;
  std::string path;
  std::string why;
  std::string todo;
};
report::Host unread_host(const Unread& unread, facts::ClockSeconds checked_at);

}  // namespace iisdiag::fleet
