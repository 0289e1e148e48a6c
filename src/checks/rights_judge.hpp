// Is one kind of logon granted and not denied?
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checks/case.hpp"
#include "checks/check.hpp"
#include "facts/rights.hpp"

namespace iisdiag::checks {

struct RightOutcome {
  enum class Kind : std::uint8_t {
    kHeld,
    kUnknown,
    kMissing,
    kOverwritten,  // a policy leaves the account out
    kDenied,
  };
  Kind kind = Kind::kUnknown;
  // kOverwritten: a complete local list holds the right, so it works now.
  bool held_now = false;
  // kUnknown: it is granted, and only an entry of the Deny right is open, that
  // of this group or account. What was refused all the same was denied.
  bool is_granted = false;
  std::string open_denial;
  std::string summary;  // one sentence without a full stop
  std::vector<Seen> found;
  knowledge::Subject subject;
};

// Judges a grant with its Deny right. Where a policy defines a list, it beats
// a plain export; a Deny right beats a grant (FACTS.md C.2, L).
RightOutcome judge_right(const Case& subject, facts::LogonRight grant);

}  // namespace iisdiag::checks
