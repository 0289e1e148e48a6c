#include "checks/check.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "text/sort.hpp"

namespace iisdiag::checks {

namespace {

Status status_of(knowledge::Severity severity) {
  switch (severity) {
    case knowledge::Severity::kInfo:
      return Status::kPassed;
    case knowledge::Severity::kWarning:
      return Status::kWarning;
    case knowledge::Severity::kUnknown:
      return Status::kUnknown;
    case knowledge::Severity::kFail:
      return Status::kFailed;
  }
  return Status::kUnknown;
}

}  // namespace

std::span<const Check* const> all_checks() {
  static constexpr std::array kChecks = {
#define IISDIAG_CHECK(name) &name,
#include "checks/checks.def"
#undef IISDIAG_CHECK
  };
  return kChecks;
}

const Check* find_check(std::string_view id) {
  for (const Check* check : all_checks()) {
    if (check->id == id) {
      return check;
    }
  }
  return nullptr;
}

const knowledge::FindingInfo* find_finding(std::string_view id) {
  for (const Check* check : all_checks()) {
    for (const knowledge::FindingInfo& info : check->findings) {
      if (info.id == id) {
        return &info;
      }
    }
  }
  return nullptr;
}

Finding& VerdictBuilder::raise(std::string_view id,
                               knowledge::Severity severity,
                               std::string summary, std::vector<Seen> found,
                               knowledge::Subject subject) {
  const auto info = std::find_if(
      table_.begin(), table_.end(),
      [&](const knowledge::FindingInfo& row) { return row.id == id; });
  assert(info != table_.end());
  assert((info->severities & knowledge::only(severity)) != 0);
  Finding finding;
  finding.info = &*info;
  finding.severity = severity;
  finding.summary = std::move(summary);
  finding.found = std::move(found);
  finding.subject = std::move(subject);
  return findings_.emplace_back(std::move(finding));
}

Finding* VerdictBuilder::find(std::string_view id) {
  const auto found = std::find_if(
      findings_.begin(), findings_.end(),
      [&](const Finding& finding) { return finding.info->id == id; });
  return found == findings_.end() ? nullptr : &*found;
}

bool VerdictBuilder::has(std::string_view id) const {
  return std::any_of(
      findings_.begin(), findings_.end(),
      [&](const Finding& finding) { return finding.info->id == id; });
}

bool VerdictBuilder::has(std::string_view id,
                         knowledge::Severity severity) const {
  return std::any_of(
      findings_.begin(), findings_.end(), [&](const Finding& finding) {
        return finding.info->id == id && finding.severity == severity;
      });
}

bool VerdictBuilder::has_failed() const {
  return std::any_of(findings_.begin(), findings_.end(),
                     [](const Finding& finding) {
                       return finding.severity == knowledge::Severity::kFail;
                     });
}

Verdict VerdictBuilder::finish(std::string passed) && {
  Verdict verdict;
  verdict.summary = std::move(passed);
  // The worst first; of equals the one that was raised first.
  text::sort_stably(findings_, [](const Finding& one, const Finding& two) {
    return status_of(one.severity) > status_of(two.severity);
  });
  if (!findings_.empty() &&
      status_of(findings_.front().severity) > Status::kPassed) {
    verdict.status = status_of(findings_.front().severity);
    verdict.summary = findings_.front().summary;
  }
  verdict.findings = std::move(findings_);
  return verdict;
}

Verdict VerdictBuilder::skip(std::string why) {
  Verdict verdict;
  verdict.status = Status::kSkipped;
  verdict.summary = std::move(why);
  return verdict;
}

}  // namespace iisdiag::checks
