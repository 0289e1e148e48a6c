// The checklist: one file each, pure functions of what is known.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checks/case.hpp"
#include "facts/server.hpp"
#include "knowledge/finding.hpp"

namespace iisdiag::checks {

// In rising order of weight: an identity, a host and a report take the worst
// of their parts.
enum class Status : std::uint8_t {
  kSkipped,
  kPassed,
  kWarning,
  kUnknown,
  kFailed,
};

// Something that was seen, and where.
struct Seen {
  std::string text;
  facts::Origin origin;

  bool operator==(const Seen&) const = default;
};

struct Finding {
  const knowledge::FindingInfo* info = nullptr;
  knowledge::Severity severity{};
  std::string summary;  // one sentence without a full stop
  std::vector<Seen> found;
  // The Win32 code of the refusal that shows it, where there is one: it tells
  // which finding explains this one (checks/chains.hpp).
  std::optional<std::uint32_t> code;
  knowledge::Subject subject;
};

struct Verdict {
  Status status = Status::kPassed;
  std::string summary;
  std::vector<Finding> findings;
};

struct Check {
  std::string_view id;
  std::string_view title;
  // One line for `list checks`.
  std::string_view about;
  std::span<const knowledge::FindingInfo> findings;
  Verdict (*run)(const Case& subject) = nullptr;
};

// Each in its own file.
#define IISDIAG_CHECK(name) extern const Check name;
#include "checks/checks.def"
#undef IISDIAG_CHECK

// In the order of the checklist: checks.def.
std::span<const Check* const> all_checks();

// Nothing for an unknown id.
const Check* find_check(std::string_view id);
const knowledge::FindingInfo* find_finding(std::string_view id);

// Gathers the findings of one check.
class VerdictBuilder {
 public:
  explicit VerdictBuilder(std::span<const knowledge::FindingInfo> table)
      : table_(table) {}

  // Precondition: `id` stands in the check's table with this severity. The
  // finding may be amended until the next call.
  Finding& raise(std::string_view id, knowledge::Severity severity,
                 std::string summary, std::vector<Seen> found = {},
                 knowledge::Subject subject = {});

  // Null where it was not raised. As raise: until the next call.
  Finding* find(std::string_view id);
  bool has(std::string_view id) const;
  bool has(std::string_view id, knowledge::Severity severity) const;
  bool has_failed() const;

  // The worst finding gives status and summary; without one, `passed` does.
  Verdict finish(std::string passed) &&;
  static Verdict skip(std::string why);

 private:
  std::span<const knowledge::FindingInfo> table_;
  std::vector<Finding> findings_;
};

}  // namespace iisdiag::checks
