// What logs hold that looks like this failure and is another.
#pragma once

#include <optional>
#include <vector>

#include "checks/places.hpp"
#include "facts/server.hpp"

namespace iisdiag::checks {

struct Case;

// A note for each kind of look-alike on record: handshakes, passwords of
// clients, 401.2, 401.3, 500.19, 503, Kerberos tickets for another name, logons
// of accounts that IIS does not use for visitors, and locks that came from
// elsewhere (PRODUCT.md, "Not blamed, but named").
std::vector<facts::Note> not_blamed(const facts::Server& server,
                                    const RowIndex& rows);

// IIS keeps a logon for about ten minutes (FACTS.md I 44): a note where the
// last record of an account speaks of what has been mended since, or where
// visitors were served last although something `failed`.
std::optional<facts::Note> cached_logon(const Case& subject, bool failed);

}  // namespace iisdiag::checks
