// What changed between two reports on the same servers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/host.hpp"

namespace iisdiag::fleet {

enum class Change : std::uint8_t { kWorse, kBetter, kOther };

// One check of one identity that is not what it was.
struct Difference {
  Change change{};
  std::string host;
  std::string identity;  // "W3SVC account WEB01\IUSR_WEB01"; empty: the host
  std::string check;     // its id; empty: all of it
  // Nothing: it is not in that report.
  std::optional<report::Status> before;
  std::optional<report::Status> after;
  // Ids of findings that are there now and were not, and the other way round.
  std::vector<std::string> came;
  std::vector<std::string> went;
};

struct Comparison {
  std::vector<Difference> differences;  // worse, better, other
  std::size_t stayed = 0;               // checks
  std::size_t stayed_bad = 0;           // of these, failed, unknown or warning

  bool has_worse() const;
};

// Hosts are the same where their names are, the first with the first where
// several are called so; identities where service and account are, then by
// their first node.
//
// Worse is a heavier status (failed > unknown > warning > passed; skipped
// counts as passed, for nothing is wrong there), another reason for the same
// failed, unknown or warning status is neither. What is no longer in the newer
// report is worse, since nobody knows; what is new there counts as if it had
// passed.
Comparison compare(const std::vector<report::Host>& before,
                   const std::vector<report::Host>& after);

}  // namespace iisdiag::fleet
