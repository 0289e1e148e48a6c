// What logs hold that looks like this failure and is another.
#pragma once

#include <vector>

#include "checks/places.hpp"
#include "facts/server.hpp"

namespace iisdiag::checks {

// A note for each kind of look-alike on record: handshakes, passwords of
// clients, 401.2, 401.3, 500.19, 503, logons of accounts that IIS does not use
// for visitors, and locks that came from elsewhere (PRODUCT.md, "Not blamed,
// but named").
std::vector<facts::Note> not_blamed(const facts::Server& server,
                                    const RowIndex& rows);

}  // namespace iisdiag::checks
