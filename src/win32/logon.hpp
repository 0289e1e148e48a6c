// The one logon of the credential test.
#pragma once

#include "evidence/live_server.hpp"
#include "facts/logon.hpp"
#include "text/secret.hpp"
#include "win32/api.hpp"

namespace iisdiag::win32 {

// Logs the account on as trial.method says, closes its token at once and fills
// `code` and `origin`. Windows records the attempt in its Security log where
// that is audited, and as the account's last logon.
void log_on(const Api& api, const evidence::AccountQuestion& account,
            const text::Secret& password, facts::LogonTrial& trial);

}  // namespace iisdiag::win32
