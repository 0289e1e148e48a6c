#include "samples.hpp"

#include <algorithm>
#include <utility>

namespace iisdiag::render::samples {
namespace {

using facts::Origin;
using report::CheckResult;
using report::Severity;
using report::Status;

CheckResult check(std::string id, std::string title, Status status,
                  std::string summary) {
  CheckResult result;
  result.id = std::move(id);
  result.title = std::move(title);
  result.status = status;
  result.summary = std::move(summary);
  return result;
}

report::Finding finding(std::string id, Severity severity,
                        std::string summary) {
  report::Finding result;
  result.id = std::move(id);
  result.severity = severity;
  result.summary = std::move(summary);
  result.root = severity == Severity::kFail;
  return result;
}

report::Identity& first_identity(report::Report& report) {
  return report.hosts.front().identities.front();
}

report::Finding denied() {
  auto result = finding("right-denied", Severity::kFail,
                        "network logon is denied through group Guests");
  result.found = {{R"(SeDenyNetworkLogonRight lists BUILTIN\Guests)",
                   Origin::in_file("secedit.inf", 41)},
                  {R"(IUSR_WEB01 is a member of BUILTIN\Guests)",
                   Origin::in_file("net-user.txt", 25)}};
  result.expected = "no deny right that covers the account";
  result.steps = {
      {"Run secpol.msc: Local Policies, User Rights Assignment.", {}},
      {"Open \"Deny access to this computer from the network\".", {}},
      {"Take IUSR_WEB01 out of Guests:",
       {"net localgroup Guests IUSR_WEB01 /delete"}},
      {"Then restart IIS:", {"gpupdate /force", "iisreset"}}};
  result.references = {
      {"KB909887", "401.1 Unauthorized: Logon failed (IIS 6.0)"}};
  return result;
}

report::Finding refused() {
  auto result = finding("logon-type-refused", Severity::kFail,
                        "logon refused with error 1385");
  result.root = false;
  result.caused_by = "right-denied";
  result.why_caused = "a Deny right beats every grant";
  result.depth = 1;
  result.found = {
      {"1385, the user has not been granted the requested logon "
       "type",
       Origin::in_record("SysEvent.evt", 412)}};
  result.expected = "a network logon with the password stored in IIS";
  result.references = {{"KB909887", ""}};
  return result;
}

}  // namespace

void settle(report::Report& report) {
  report.status = Status::kSkipped;
  report.counts = {};
  for (std::size_t i = 0; i < report.hosts.size(); ++i) {
    report::Host& host = report.hosts[i];
    host.status = Status::kSkipped;
    for (report::Identity& identity : host.identities) {
      identity.status = Status::kSkipped;
      for (const CheckResult& result : identity.checks) {
        ++report.counts[result.status];
        identity.status = std::max(identity.status, result.status);
      }
      host.status = std::max(host.status, identity.status);
    }
    report.status = std::max(report.status, host.status);
  }
}

report::Report passed() {
  report::Identity identity;
  identity.service = facts::Service::kWeb;
  identity.account = R"(WEB01\IUSR_WEB01)";
  identity.anonymous = true;
  identity.nodes = {"/LM/W3SVC/1/ROOT"};
  identity.password_from = "/LM/W3SVC";
  identity.password_sync = "off";
  identity.logon_method = "network-cleartext";
  identity.checks = {check("account-lookup", "Account lookup", Status::kPassed,
                           "exists, enabled, not locked, not expired"),
                     check("password-sync", "Password sync", Status::kPassed,
                           "off, as IIS 6.0 needs it"),
                     check("user-rights", "User rights", Status::kPassed,
                           "network logon allowed, no deny right applies"),
                     check("credential-test", "Credential test",
                           Status::kPassed, "network logon accepted")};
  identity.known = {
      {"account", "IUSR_WEB01", Origin::in_file("MetaBase.xml", 43)},
      {"group Operators of the anonymous web", "none", {}}};

  report::Host host;
  host.name = "WEB01";
  host.source.paths = {R"(C:\cases\web01)"};
  host.source.captured_at = facts::Moment{1147770060, {}};
  host.windows_version = "5.2";
  host.windows_name = "Windows Server 2003";
  host.role = "member";
  host.iis_version = "6.0";
  host.known = {{"computer", "WEB01", Origin::in_file("net-users.txt", 2)},
                {"domain", "not known", {}}};
  host.ignored = {"holiday.txt", "zebra.txt"};
  host.identities = {std::move(identity)};

  report::Report report;
  report.checked_at = 1795341600;
  host.checked_at = report.checked_at;
  report.hosts.push_back(std::move(host));
  settle(report);
  return report;
}

report::Report failed() {
  report::Report report = passed();
  report::Identity& identity = first_identity(report);
  identity.checks[2].status = Status::kFailed;
  identity.checks[2].summary = "network logon is denied through group Guests";
  identity.checks[2].findings = {denied()};
  identity.checks[3].status = Status::kFailed;
  identity.checks[3].summary = "logon refused with error 1385";
  identity.checks[3].findings = {refused()};
  identity.root_causes = {"right-denied"};
  identity.logons = {{1147683600, false, 0, 20},
                     {1147687200, false, std::nullopt, 1},
                     {1147687200, false, 1385, 14},
                     {1147694400, true, 1385, 2}};
  report.hosts.front().notes = {
      {"Event 100 for WEB01\\guest is a client of FTP.",
       Origin::in_record("SysEvent.evt", 7)}};
  report.exit_code = 1;
  settle(report);
  return report;
}

report::Report damaged() {
  report::Report report = passed();
  report::Identity& identity = first_identity(report);
  identity.checks[2].status = Status::kUnknown;
  identity.checks[2].summary = "secedit.inf is damaged";
  auto unread = finding("rights-not-read", Severity::kUnknown,
                        identity.checks[2].summary);
  unread.found = {{"SeNetworkLogonRight lists BUILTIN\\Guests",
                   Origin::in_file("secedit.inf", 41)}};
  unread.steps = {
      {"Write the rights to a file:", {"secedit /export /cfg secedit.inf"}}};
  identity.checks[2].findings = {unread};
  identity.checks[3].status = Status::kSkipped;
  identity.checks[3].left_out = true;
  identity.checks[3].summary = "left out on request";
  report::Host& host = report.hosts.front();
  host.problems = {
      {"the file ends in the middle of a line",
       Origin::in_file("secedit.inf", 41), "SeNetworkLogonRight = *S-1-5-32-5",
       32, "Capture it again:", "secedit /export /cfg secedit.inf"},
      {"a line of 9 MB was passed over",
       Origin::in_file("other.txt", 0),
       {},
       0,
       "Capture it again."},
      {"HKLM\\SYSTEM names another computer",
       Origin::in_registry("HKLM\\SYSTEM\\ComputerName"),
       {},
       0,
       {}}};
  report.exit_code = 2;
  settle(report);
  return report;
}

report::Report hostile() {
  report::Report report = failed();
  report::Host& host = report.hosts.front();
  // cmd.exe, then markup, then the rest.
  host.name = "W&calc|\"%PATH%!X!^(1)";
  host.source.paths = {R"(C:\a b\<i>&'100%.zip)"};
  host.windows_name = "</title><script>alert(1)</script>";
  report::Identity& identity = first_identity(report);
  identity.account = "D\\</script><b>`$(id)`*_]]>\x1b[31m\xE2\x80\xAE#1";
  identity.nodes = {"/LM/W3SVC/1/ROOT/\xC3\xA4--><img src=x onerror=alert(1)>",
                    "::error::x"};
  identity.checks[2].summary =
      "denied # SKIP through www.evil.example\n::error::";
  report::Finding& denial = identity.checks[2].findings.front();
  denial.summary = identity.checks[2].summary;
  denial.found = {{"| a | b | http://evil.example/ @team",
                   Origin::in_file("a%0A,line=1:b.inf", 41)},
                  {"not ok 9\nok 10", Origin::in_registry("HKLM\\<&>")}};
  denial.expected = "1. no # heading";
  denial.steps = {
      {"- Take ``` out of it:", {"net localgroup \"A & B\" `x` ```` /delete"}},
      {"+ Then\r\n...\n---", {}}};
  host.notes = {{"<!-- note --> & \"quotes\" \xFF", {}}};
  host.problems = {
      {"a line\nmore & \x07", Origin::in_file("<x>.xml", 9), {}, 0, {}}};
  return report;
}

report::Report fleet_of(std::vector<report::Host> hosts, std::size_t expected) {
  report::FleetBuilder builder;
  for (const report::Host& host : hosts) {
    builder.add(host);
  }
  report::Report report;
  report.checked_at = 1795341600;
  std::vector<std::size_t> order;
  report.fleet = std::move(builder).finish(expected, order);
  for (const std::size_t place : order) {
    report.hosts.push_back(hosts[place]);
  }
  settle(report);
  return report;
}

report::Report fleet() {
  const auto called = [](report::Report report, const std::string& name) {
    report::Host host = report.hosts.front();
    host.name = name;
    host.source.paths = {"cases/" + name};
    host.identities.front().account = name + "\\IUSR_" + name;
    return host;
  };
  report::Report report =
      fleet_of({called(passed(), "WEB01"), called(failed(), "WEB02"),
                called(damaged(), "WEB03"), called(failed(), "WEB04")},
               4);
  report.exit_code = 1;
  return report;
}

report::Report two_identities() {
  report::Report report = passed();
  report::Host& host = report.hosts.front();
  report::Identity& worse = host.identities.front();
  worse.nodes = {"/LM/W3SVC/1/ROOT", "/LM/W3SVC/2/ROOT", "/LM/W3SVC/3/ROOT"};
  worse.checks[0].status = Status::kWarning;
  worse.checks[0].summary = "the password expires on 2006-06-01";
  worse.checks[0].findings = {finding(
      "password-will-expire", Severity::kWarning, worse.checks[0].summary)};
  worse.checks[0].findings[0].steps = {{"Let it never expire.", {}}};
  worse.checks[1].findings = {finding("renamed-computer", Severity::kInfo,
                                      "the account keeps an old name")};

  report::Identity pool = passed().hosts.front().identities.front();
  pool.service = facts::Service::kFtp7;
  pool.account.clear();
  pool.nodes = {"Default Web Site"};
  pool.password_from.clear();
  pool.anonymous.reset();
  for (CheckResult& result : pool.checks) {
    result.status = Status::kSkipped;
    result.summary = "the pool identity";
  }
  host.identities.push_back(std::move(pool));
  settle(report);
  return report;
}

report::Report no_identity() {
  report::Report report = passed();
  report::Host& host = report.hosts.front();
  host.identities.clear();
  host.notes = {{"Anonymous access is off at every node.", {}}};
  settle(report);
  return report;
}

}  // namespace iisdiag::render::samples
