// What the credential test makes of logons on record, and what it asks of them
// and of a logon of ours alike.
#pragma once

#include <string>
#include <vector>

#include "checks/case.hpp"
#include "checks/check.hpp"
#include "checks/recorded.hpp"

namespace iisdiag::checks {

// Raises what the records say about the stored password; nothing where they say
// that it works. Precondition: the verdict is not kNone.
void judge_records(const Case& subject, const RecordedVerdict& recorded,
                   VerdictBuilder& verdict);

// `seen`, and what the silence of the logs rests on.
std::vector<Seen> with_logs(const Case& subject, std::vector<Seen> seen);

// 1327: a local account with an empty password is good for the console only
// (LimitBlankPasswordUse, FACTS.md C.1). True where that was raised.
bool judge_empty_password(const Case& subject, VerdictBuilder& verdict);

}  // namespace iisdiag::checks
