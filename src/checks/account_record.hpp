// What an account's own record says about a logon now.
#pragma once

#include <optional>

#include "checks/case.hpp"
#include "checks/check.hpp"

namespace iisdiag::checks {

// Judges disabled, locked, expired, password age, logon hours and workstation
// list of `subject.account.record` at the time that the evidence speaks of.
// What the record does not show, or what hangs on an unknown time, is raised
// as `account-not-read`.
// Precondition: the record is there.
void judge_record(const Case& subject, VerdictBuilder& verdict);

// Whether the account had expired at that time; nothing where that cannot be
// told. Precondition: the record is there.
std::optional<bool> has_expired(const Case& subject);

// The same of its password.
std::optional<bool> has_password_expired(const Case& subject);

}  // namespace iisdiag::checks
