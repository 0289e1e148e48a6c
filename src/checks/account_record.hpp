// What an account's own record says about a logon now.
#pragma once

#include "checks/case.hpp"
#include "checks/check.hpp"

namespace iisdiag::checks {

// Judges disabled, locked, expired, password age, logon hours and workstation
// list of `subject.account.record` at the time that the evidence speaks of.
// What the record does not show, or what hangs on an unknown time, is raised
// as `account-not-read`.
// Precondition: the record is there.
void judge_record(const Case& subject, VerdictBuilder& verdict);

}  // namespace iisdiag::checks
