#include "fleet/unread.hpp"

#include "checks/check.hpp"

namespace iisdiag::fleet {
namespace {

// What each check says where it had nothing to look at.
std::string unread_finding(std::string_view check) {
  return check == "account-lookup"    ? "configuration-not-read"
         : check == "password-sync"   ? "sync-not-read"
         : check == "credential-test" ? "logon-not-tried"
                                      : "rights-not-read";
}

}  // namespace

report::Identity unread_identity(const std::string& why,
                                 const std::string& todo) {
  report::Identity identity;
  identity.password_sync = "unknown";
  identity.logon_method = "unknown";
  identity.status = report::Status::kUnknown;
  for (const checks::Check* check : checks::all_checks()) {
    report::CheckResult result;
    result.id = check->id;
    result.title = check->title;
    result.status = report::Status::kUnknown;
    result.summary = why;
    report::Finding& finding = result.findings.emplace_back();
    finding.id = unread_finding(check->id);
    finding.severity = report::Severity::kUnknown;
    finding.summary = why;
    finding.steps = {{todo, {}}};
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
