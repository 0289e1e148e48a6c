// What the event logs of this server tell of logons.
#pragma once

#include "evidence/file_facts.hpp"
#include "facts/observed.hpp"
#include "facts/origin.hpp"
#include "facts/time.hpp"
#include "win32/api.hpp"

namespace iisdiag::win32 {

// Reads the System and the Security log, newest first, within the bounds of
// event_log_reading.hpp. A log that was not read, or not as far back as it
// goes, has a span that is not whole and a problem or a note with the reason.
void read_event_logs(const Api& api, const facts::Moment& now,
                     evidence::FileFacts& facts);

// Of both logs: they were not read, and why.
void refuse_event_logs(const facts::Unknown& why, const facts::Origin& origin,
                       evidence::FileFacts& facts);

}  // namespace iisdiag::win32
