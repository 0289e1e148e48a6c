// One host out of JSON, as render::write_host wrote it or a stranger did.
#pragma once

#include <string_view>

#include "evidence/json_tree.hpp"
#include "report/host.hpp"

namespace iisdiag::fleet {

// Of an object of any content. Statuses are judged again from the findings of
// checks, so that no host is better than its parts; `checked_at` is 0 where it
// does not say.
report::Host host_of(const evidence::JsonNode& node);

// Precondition: render::write_host wrote it.
report::Host read_host(std::string_view json);

}  // namespace iisdiag::fleet
