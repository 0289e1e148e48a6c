// What was found on one server, ready to be shown: plain values that mirror the
// JSON report (docs/iisdiag-report.schema.json). Renderers decide nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.hpp"
#include "facts/server.hpp"
#include "knowledge/finding.hpp"

namespace iisdiag::report {

using checks::Status;
using knowledge::Severity;
inline constexpr std::array kStatuses = {Status::kPassed, Status::kWarning,
                                         Status::kFailed, Status::kUnknown,
                                         Status::kSkipped};
// "passed", "warning", "failed", "unknown", "skipped".
std::string_view status_name(Status status);

struct Reference {
  std::string id;
  std::string title;
};

struct Finding {
  std::string id;
  Severity severity{};
  std::string summary;          // one sentence without a full stop
  bool root = false;            // a failing finding that no other explains
  std::string caused_by;        // the finding that explains this one, or empty
  bool outlasts_cause = false;  // as checks::Chain
  std::string why_caused;       // how its cause brings it about
  // The steps to its root cause: what is mended first stands first.
  std::size_t depth = 0;
  std::optional<std::uint32_t> code;  // as checks::Finding
  std::vector<checks::Seen> found;
  std::string expected;  // empty where there is nothing to expect
  std::vector<knowledge::Step> steps;
  std::vector<Reference> references;
};

struct CheckResult {
  std::string id;
  std::string title;
  Status status{};
  bool left_out = false;  // on request
  std::string summary;
  std::vector<Finding> findings;
};

// A fact as --verbose lists it.
struct KnownFact {
  std::string label;
  std::string text;
  facts::Origin origin;
};

// Records of logons of one hour with one result.
struct RecordedHour {
  facts::ClockSeconds hour = 0;  // its start
  bool is_local = false;         // on the server's own clock, else UTC
  // A Win32 error, or an NTSTATUS that has none; 0 for logons that Windows
  // accepted; nothing for refusals without a reason.
  std::optional<std::uint32_t> code;
  std::uint64_t count = 0;

  bool operator==(const RecordedHour&) const = default;
};

struct Identity {
  facts::Service service{};
  std::string account;  // empty: pool identity, or not known
  std::optional<bool> anonymous;
  std::vector<std::string> nodes;
  std::string password_from;  // empty: none, or not known
  std::string password_sync;  // on, off, none, unknown
  std::string logon_method;   // as the schema lists them
  Status status{};
  std::vector<std::string> root_causes;
  std::vector<CheckResult> checks;
  std::vector<RecordedHour> logons;  // recorded_hours.hpp
  std::vector<KnownFact> known;
};

struct Host {
  std::string name;
  facts::Source source;
  std::string demo;             // the name of the demo, for SourceKind::kDemo
  std::string windows_version;  // these four: empty where not known
  std::string windows_name;
  std::string role;
  std::string iis_version;
  facts::ClockSeconds checked_at = 0;  // UTC
  Status status{};
  std::vector<Identity> identities;  // worst first
  std::vector<facts::Note> notes;
  std::vector<facts::Problem> problems;
  std::vector<KnownFact> known;
  std::vector<std::string> ignored;  // files that are no evidence
};

struct Counts {
  std::array<std::size_t, kStatuses.size()> by_status{};

  std::size_t& operator[](Status status) {
    return by_status.at(static_cast<std::size_t>(status));
  }
  std::size_t operator[](Status status) const {
    return by_status.at(static_cast<std::size_t>(status));
  }
  std::size_t total() const;
};

// The checks of these identities.
Counts count_checks(const std::vector<Identity>& identities);
// As a host lists them; what is equal keeps its place.
void sort_worst_first(std::vector<Identity>& identities);
// The heavier one: failed > unknown > warning > passed > skipped.
Status worst(Status one, Status other);

}  // namespace iisdiag::report
