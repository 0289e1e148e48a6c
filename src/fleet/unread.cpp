#include "fleet/unread.hpp"

#include "checks/check.hpp"

namespace iisdiag::fleet {

report::Identity unread_identity(const std::string& why,
                                 const std::string& todo) {
  report::Finding finding;
  finding.id = "configuration-not-read";
  finding.severity = report::Severity::kUnknown;
  finding.summary = why;
  finding.steps = {{todo, {}}};
  report::Identity identity;
  identity.password_sync = "unknown";
  identity.logon_method = "unknown";
  identity.status = report::Status::kUnknown;
  for (const checks::Check* check : checks::all_checks()) {
    report::CheckResult result;
    result.id = check->id;
    result.title = check->title;
    result.status = report::Status::kUnknown;
    // The first says why, for all of them.
    if (identity.checks.empty()) {
      result.summary = why;
      result.findings = {finding};
    } else {
      result.summary = "nothing was read";
    }
    identity.checks.push_back(std::move(result));
  }
  return identity;
}

report::Host unread_host(const Unread& unread, facts::ClockSeconds checked_at) {
  report::Host host;
  host.name = unread.name;
  host.source.paths = {unread.path};
  host.checked_at = checked_at;
  host.status = report::Status::kUnknown;
  host.identities = {unread_identity(unread.why, unread.todo)};
  return host;
}

}  // namespace iisdiag::fleet
