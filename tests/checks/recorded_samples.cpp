#include "recorded_samples.hpp"

#include "checks/case.hpp"
#include "report/report.hpp"
#include "support/servers.hpp"

namespace iisdiag::checks {

using facts::LogonAttempt;
using facts::Origin;
using facts::RecordKind;
using facts::Server;

facts::ClockSeconds minute(int minutes) {
  constexpr facts::ClockSeconds kStart = 1147687200;
  return kStart + minutes * facts::kMinute;
}

LogonAttempt event100(std::uint32_t code, int minutes) {
  LogonAttempt attempt;
  attempt.kind = RecordKind::kIisEvent;
  attempt.event = 100;
  attempt.service = "W3SVC";
  attempt.account = "IUSR_WEB01";
  attempt.code = code;
  attempt.first = minute(minutes);
  attempt.last = minute(minutes);
  attempt.last_origin = Origin::in_record(
      "SysEvent.evt", static_cast<std::uint64_t>(100 + minutes));
  return attempt;
}

LogonAttempt security(std::uint32_t event, std::uint32_t code,
                      std::uint32_t type, int minutes) {
  LogonAttempt attempt = event100(code, minutes);
  attempt.kind = RecordKind::kLogon;
  attempt.event = event;
  attempt.service = "";
  attempt.domain = "WEB01";
  attempt.logon_type = type;
  attempt.logon_process = "Advapi";
  attempt.workstation = "WEB01";
  attempt.last_origin = Origin::in_record(
      "SecEvent.evt", static_cast<std::uint64_t>(100 + minutes));
  return attempt;
}

Server with(std::vector<LogonAttempt> attempts) {
  Server server = healthy("6.0", "2003");
  server.records.attempts = std::move(attempts);
  return server;
}

Server without_account(Server server) {
  server.accounts = {};
  return server;
}

Server without_rights(Server server) {
  server.rights.clear();
  return server;
}

std::string told(const Check& check, const Server& server) {
  const Verdict verdict =
      check.run(make_case(server, server.identities.front()));
  std::string text(report::status_name(verdict.status));
  std::string_view before = ": ";
  for (const Finding& finding : verdict.findings) {
    if (verdict.status == Status::kFailed &&
        finding.severity != knowledge::Severity::kFail) {
      continue;
    }
    text += before;
    text += finding.info->id;
    const std::string cause =
        cause_of(make_case(server, server.identities.front()), finding);
    if (!cause.empty()) {
      text += " (" + cause + ")";
    }
    before = ", ";
  }
  return text;
}

std::string all_told(const Server& server) {
  std::string text;
  for (const Check* check : all_checks()) {
    text += std::string(check->id) + " " + told(*check, server) + "\n";
  }
  return text;
}

}  // namespace iisdiag::checks
