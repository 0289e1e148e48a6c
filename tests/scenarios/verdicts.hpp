// What a report says of each identity and check, and whether a report on less
// evidence claims more than one on all of it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario.hpp"

namespace iisdiag::test {

struct CheckVerdict {
  std::string id;
  std::string status;
  std::vector<std::string> findings;  // those that change a status
  std::vector<std::string> failing;   // those of severity fail
};

struct IdentityVerdict {
  std::string service;
  std::string account;
  std::vector<std::string> nodes;
  std::vector<CheckVerdict> checks;
};

std::vector<IdentityVerdict> verdicts(const Json& report);

// Whether less evidence may do this. "passes": the check is passed although
// the whole evidence has `finding` there. "fails": `finding` is new.
struct Claim {
  enum class Kind { kPasses, kFails };
  Kind kind = Kind::kPasses;
  std::string check;
  std::string finding;  // kPasses: empty where the check was skipped
};
using Excuse = std::function<bool(const Claim&)>;

// Everything that the report on `less` claims beyond the one on `all`, in
// words. Identities are matched by their nodes: a node of both belongs
// together; failing that, nodes one of which is below the other; failing that,
// accounts; failing that, an identity is held against every other one, for it
// stands for what could not be told apart. An identity whose file is missing
// may vanish, but not all of them may.
std::vector<std::string> overclaims(const Json& all, const Json& less,
                                    const Excuse& excused);

}  // namespace iisdiag::test
