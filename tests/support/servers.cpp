#include "support/servers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/chains.hpp"
#include "report/report.hpp"
#include "text/strings.hpp"

namespace iisdiag::checks {

namespace {

using facts::LogonRight;
using facts::Observed;

facts::Account healthy_account(std::string_view name) {
  facts::Account account;
  account.name = name;
  account.origin = at("net-user.txt", 1);
  account.active = {true, at("net-user.txt", 6)};
  account.locked = {false, at("net-user.txt", 6)};
  account.expires = {facts::Never{}, at("net-user.txt", 7)};
  account.password_expires = {facts::Never{}, at("net-user.txt", 10)};
  account.workstations = {std::vector<std::string>{}, at("net-user.txt", 15)};
  account.logon_hours = {{.all = true, .spans = {}, .text = "All"},
                         at("net-user.txt", 21)};
  account.local_groups = {std::vector<std::string>{"Guests"},
                          at("net-user.txt", 23)};
  account.global_groups = {std::vector<std::string>{"None"},
                           at("net-user.txt", 24)};
  return account;
}

facts::RightsList healthy_rights() {
  facts::RightsList rights;
  rights.origin = at("secedit.inf", 0);
  rights.holders(LogonRight::kInteractive) = {
      principals("*S-1-5-32-544,IUSR_WEB01"), at("secedit.inf", 11)};
  rights.holders(LogonRight::kNetwork) = {principals("*S-1-5-32-544,*S-1-1-0"),
                                          at("secedit.inf", 12)};
  rights.holders(LogonRight::kBatch) = {principals("IUSR_WEB01"),
                                        at("secedit.inf", 13)};
  for (const LogonRight deny :
       {LogonRight::kDenyInteractive, LogonRight::kDenyNetwork,
        LogonRight::kDenyBatch}) {
    rights.holders(deny) =
        Observed<std::vector<facts::Principal>>::absent(at("secedit.inf", 0));
  }
  return rights;
}

std::string line(std::string_view indent, std::string_view text,
                 const facts::Origin& origin) {
  return origin ? fmt::format("{}{} [{}]\n", indent, text, origin.text())
                : fmt::format("{}{}\n", indent, text);
}

Verdict verdict(const Check& check, const facts::Server& server) {
  return check.run(make_case(server, server.identities.front()));
}

}  // namespace

facts::Server healthy(std::string_view iis, std::string_view windows) {
  const knowledge::IisRules& rules = *knowledge::find_iis(iis);
  facts::Server server;
  server.source.paths = {"capture"};
  server.source.captured_at = facts::parse_iso("2006-05-16T09:01");
  server.source.checked_at = facts::parse_iso("2026-11-22T10:00Z")->clock;
  server.machine.computer = {"WEB01", at("system.reg", 3)};
  server.machine.windows = {std::string(windows), at("software.reg", 4)};
  server.machine.iis = {std::string(iis), at("software.reg", 9)};
  server.machine.role = {facts::Role::kMember, at("system.reg", 5)};
  server.machine.domain = Observed<std::string>::absent(at("system.reg", 7));
  facts::Identity web;
  web.store = rules.store;
  web.nodes = {rules.store == facts::Store::kAppHost    ? "Default Web Site"
               : rules.store == facts::Store::kMetabase ? "/LM/W3SVC"
                                                        : "W3SVC"};
  const std::string& node = web.nodes.front();
  web.account = {{"IUSR_WEB01", at("iis.txt", 20)}, node, false};
  web.password = {
      {facts::StoredPassword::kOpaque, at("iis.txt", 21)}, node, false};
  web.password_sync = {{false, at("iis.txt", 22)}, node, false};
  web.logon_method = {{rules.default_method, at("iis.txt", 23)}, node, false};
  web.anonymous = {{true, at("iis.txt", 24)}, node, false};
  server.identities = {std::move(web)};
  server.accounts.accounts = {healthy_account("IUSR_WEB01")};
  server.rights = {healthy_rights()};
  return server;
}

facts::Server with_sync(std::string_view iis, std::string_view windows) {
  facts::Server server = healthy(iis, windows);
  facts::Identity& web = identity(server);
  web.password_sync.value = {true, at("iis.txt", 22)};
  server.machine.subauthentication = {"IISSUBA", at("system.reg", 30)};
  web.isolation_mode = {false, at("iis.txt", 25)};
  web.pools = {{"DefaultAppPool",
                {facts::PoolAccount::kLocalSystem, at("iis.txt", 40)}}};
  return server;
}

facts::Server with_account(std::string_view iis, std::string_view windows,
                           std::string_view name) {
  facts::Server server = healthy(iis, windows);
  identity(server).account.value = {std::string(name), at("iis.txt", 20)};
  server.accounts = {};
  return server;
}

void use_domain_account(facts::Server& server, std::string_view name) {
  identity(server).account.value = {std::string(name), at("iis.txt", 20)};
  server.machine.domain = {"CORP", at("system.reg", 7)};
  server.accounts = {};
}

void make_controller(facts::Server& server) {
  server.machine.role = {facts::Role::kDomainController, at("system.reg", 5)};
  server.machine.domain = {"CORP", at("system.reg", 7)};
  for (facts::Account& account : server.accounts.accounts) {
    account.global_groups = {std::vector<std::string>{"Domain Users"},
                             at("net-user.txt", 24)};
  }
}

facts::Account domain_account(std::string_view name) {
  facts::Account account = healthy_account(name);
  account.from_domain = true;
  account.global_groups = {std::vector<std::string>{"Domain Users"},
                           at("net-user.txt", 24)};
  return account;
}

void list_accounts(facts::Server& server, std::vector<std::string> names) {
  server.accounts.lists.push_back(
      {std::move(names), true, at("net-user-all.txt", 1)});
}

void report_missing(facts::Server& server, std::string_view name,
                    bool by_domain) {
  server.accounts.missing.push_back(
      {std::string(name), by_domain, at("net-user.txt", 2)});
}

std::vector<facts::Principal> principals(std::string_view list) {
  std::vector<facts::Principal> result;
  if (list.empty()) {
    return result;
  }
  for (std::string_view entry : text::split(list, ',')) {
    facts::Principal principal;
    if (text::consume(entry, "*")) {
      principal.sid = facts::Sid::parse(entry);
    } else {
      principal.name = entry;
    }
    result.push_back(std::move(principal));
  }
  return result;
}

void assign(facts::Server& server, facts::LogonRight right,
            std::string_view list) {
  server.rights.front().holders(right) = {
      principals(list),
      at("secedit.inf", 11 + static_cast<std::uint64_t>(right))};
}

facts::RightsList policy() {
  facts::RightsList rights;
  rights.origin = at("GptTmpl.inf", 0);
  rights.is_policy = true;
  return rights;
}

void add_group(facts::Server& server, std::string_view name,
               std::vector<std::string> members) {
  facts::LocalGroup group;
  group.name = name;
  group.origin = at(fmt::format("{}.txt", name), 1);
  group.members = {std::move(members), group.origin};
  server.accounts.groups.push_back(std::move(group));
}

std::string cause_of(const Case& subject, const Finding& finding) {
  if (finding.severity != knowledge::Severity::kFail) {
    return {};
  }
  const Chain* chain =
      explain(finding.info->id, finding.code, [&](std::string_view id) {
        return std::any_of(
            all_checks().begin(), all_checks().end(), [&](const Check* check) {
              const Verdict all = check->run(subject);
              return std::any_of(all.findings.begin(), all.findings.end(),
                                 [&](const Finding& other) {
                                   return other.info->id == id &&
                                          other.severity ==
                                              knowledge::Severity::kFail;
                                 });
            });
      });
  return chain == nullptr ? std::string() : std::string(chain->cause);
}

std::string outcome(const Check& check, const facts::Server& server) {
  const Verdict result = verdict(check, server);
  std::vector<std::string> ids;
  for (const Finding& finding : result.findings) {
    std::string id(finding.info->id);
    if (finding.info->severities != knowledge::only(finding.severity)) {
      id += fmt::format("({})", knowledge::severity_name(finding.severity));
    }
    ids.push_back(std::move(id));
  }
  const std::string status(report::status_name(result.status));
  return ids.empty() ? status : status + ": " + text::join(ids, ", ");
}

std::string transcript(const Check& check, const facts::Server& server) {
  const Verdict result = verdict(check, server);
  std::string out = fmt::format("{}: {}\n", report::status_name(result.status),
                                result.summary);
  for (const Finding& finding : result.findings) {
    out +=
        fmt::format("{} {}: {}\n", knowledge::severity_name(finding.severity),
                    finding.info->id, finding.summary);
    const std::string cause =
        cause_of(make_case(server, server.identities.front()), finding);
    if (!cause.empty()) {
      out += fmt::format("  caused by {}\n", cause);
    }
    for (const Seen& seen : finding.found) {
      out += line("  ", seen.text, seen.origin);
    }
  }
  return out;
}

}  // namespace iisdiag::checks
