// From servers to a report.
#include "report/build.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/servers.hpp"
#include "text/strings.hpp"

namespace iisdiag::report {
namespace {

using checks::assign;
using checks::at;
using checks::healthy;
using checks::identity;
using checks::known;
using checks::with_account;
using checks::with_sync;
using facts::Server;

constexpr facts::ClockSeconds kNow = 1'795'341'600;  // 2026-11-22 10:00 UTC

Report report_on(const Server& server, const Selection& selection = {}) {
  return build({server, "capture", "", {}}, selection, kNow);
}
Identity first_identity(const Server& server) {
  return report_on(server).hosts.front().identities.front();
}

std::string statuses(const Identity& identity) {
  std::vector<std::string> names;
  for (const CheckResult& check : identity.checks) {
    names.emplace_back(status_name(check.status));
  }
  return fmt::format("{}: {}", status_name(identity.status),
                     text::join(names, " "));
}

// A healthy server for which nothing is left open: its account vouched for by
// password sync.
Server sound() { return with_sync("5.0", "2000"); }

Server unregistered(Server server) {
  server.machine.subauthentication =
      facts::Observed<std::string>::absent(at("system.reg", 30));
  return server;
}
Server without_password(Server server) {
  identity(server).password.value =
      facts::Observed<facts::StoredPassword>::absent(at("iis.txt", 1));
  return server;
}

TEST(Build, AnIdentity) {
  const Identity found = first_identity(healthy("6.0", "2003"));
  EXPECT_EQ(found.service, facts::Service::kWeb);
  EXPECT_EQ(found.account, "WEB01\\IUSR_WEB01");
  EXPECT_EQ(found.anonymous, true);
  EXPECT_EQ(found.nodes, std::vector<std::string>{"/LM/W3SVC"});
  EXPECT_EQ(found.password_from, "/LM/W3SVC");
  EXPECT_EQ(found.password_sync, "off");
  EXPECT_EQ(found.logon_method, "network-cleartext");
  EXPECT_EQ(statuses(found), "unknown: passed passed passed unknown");
  EXPECT_EQ(found.root_causes, std::vector<std::string>{});
}

TEST(Build, WhatIsNotKnownIsNotInvented) {
  Server server = healthy("6.0", "2003");
  identity(server).account.value = {};
  identity(server).password.value = {};
  identity(server).password_sync.value = {};
  identity(server).logon_method.value = {};
  identity(server).anonymous.value = {};
  const Identity found = first_identity(server);
  EXPECT_EQ(found.account, "");
  EXPECT_EQ(found.anonymous, std::nullopt);
  EXPECT_EQ(found.password_from, "");
  EXPECT_EQ(found.password_sync, "unknown");
  EXPECT_EQ(found.logon_method, "unknown");
  EXPECT_EQ(statuses(found), "unknown: unknown unknown unknown unknown");
}

TEST(Build, NoPasswordComesFromNowhere) {
  EXPECT_EQ(
      first_identity(without_password(healthy("5.0", "2000"))).password_from,
      "");
}

TEST(Build, SyncAndLogonMethodWords) {
  struct Row {
    Server server;
    const char* sync;
    const char* method;
  };
  Server unread = with_sync("6.0", "2003");
  unread.machine.subauthentication = {};
  const std::vector<Row> rows = {
      {healthy("3.0", "nt4"), "none", "interactive"},
      {healthy("5.0", "2000"), "off", "interactive"},
      {with_sync("5.0", "2000"), "on", "network"},
      {with_sync("6.0", "2003"), "on", "network"},
      // Ignored: the stored password and its method decide.
      {unregistered(with_sync("6.0", "2003")), "on", "network-cleartext"},
      {healthy("10.0", "2025"), "none", "network-cleartext"},
      {with_sync("10.0", "2025"), "none", "network-cleartext"},
      {with_account("10.0", "2025", "IUSR"), "none", "none"},
      {with_account("10.0", "2025", ""), "none", "none"},
  };
  for (const Row& row : rows) {
    const Identity found = first_identity(row.server);
    EXPECT_EQ(found.password_sync, row.sync) << *row.server.machine.iis;
    EXPECT_EQ(found.logon_method, row.method) << *row.server.machine.iis;
  }
}

TEST(Build, TheFourChecksAreAlwaysThereInOrder) {
  for (const Selection& selection :
       {Selection{}, Selection{{"user-rights"}, {}},
        Selection{{}, {"user-rights", "credential-test"}}}) {
    const Report report = report_on(sound(), selection);
    std::vector<std::string> ids;
    for (const auto& check : report.hosts.front().identities.front().checks) {
      ids.push_back(check.id);
    }
    EXPECT_EQ(ids,
              (std::vector<std::string>{"account-lookup", "password-sync",
                                        "user-rights", "credential-test"}));
  }
}

TEST(Build, ChecksThatAreLeftOut) {
  Server server = healthy("6.0", "2003");
  checks::record(server).active = known(false);
  const Report report = report_on(server, {{}, {"account-lookup"}});
  const Identity& found = report.hosts.front().identities.front();
  EXPECT_EQ(statuses(found), "unknown: skipped passed passed unknown");
  EXPECT_TRUE(found.checks.front().left_out);
  EXPECT_EQ(found.checks.front().summary, "left out on request");
  EXPECT_FALSE(found.checks.back().left_out);
  EXPECT_EQ(found.root_causes, std::vector<std::string>{});
}

TEST(Selection, OnlyAndSkip) {
  const Selection all;
  EXPECT_TRUE(all.includes("user-rights"));
  const Selection only{{"user-rights", "password-sync"}, {}};
  EXPECT_TRUE(only.includes("user-rights"));
  EXPECT_FALSE(only.includes("account-lookup"));
  const Selection skip{{}, {"user-rights"}};
  EXPECT_FALSE(skip.includes("user-rights"));
  EXPECT_TRUE(skip.includes("account-lookup"));
  const Selection both{{"user-rights", "password-sync"}, {"user-rights"}};
  EXPECT_FALSE(both.includes("user-rights"));
  EXPECT_TRUE(both.includes("password-sync"));
}

TEST(Build, EveryFailureIsARootCauseUnlessAnotherExplainsIt) {
  Server server = without_password(healthy("5.0", "2000"));
  checks::record(server).active = known(false);
  assign(server, facts::LogonRight::kDenyInteractive, "*S-1-5-32-546");
  EXPECT_EQ(first_identity(server).root_causes,
            (std::vector<std::string>{"account-disabled", "sync-password-lost",
                                      "right-denied"}));
}

TEST(Build, AConsequenceNamesItsCauseAndComesAfterIt) {
  const Identity found =
      first_identity(without_password(unregistered(with_sync("6.0", "2003"))));
  EXPECT_EQ(found.root_causes, std::vector<std::string>{"sync-not-effective"});
  const auto& findings = found.checks.at(1).findings;
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].id, "sync-not-effective");
  EXPECT_TRUE(findings[0].root);
  EXPECT_EQ(findings[0].caused_by, "");
  EXPECT_EQ(findings[1].id, "sync-password-lost");
  EXPECT_FALSE(findings[1].root);
  EXPECT_EQ(findings[1].caused_by, "sync-not-effective");
}

TEST(Build, WarningsAndUnknownsAreNoRootCauses) {
  Server server = with_sync("5.0", "2000");
  assign(server, facts::LogonRight::kInteractive, "");
  checks::record(server).expires = {};
  const Identity found = first_identity(server);
  EXPECT_EQ(statuses(found), "unknown: unknown passed warning skipped");
  EXPECT_EQ(found.root_causes, std::vector<std::string>{});
  EXPECT_FALSE(found.checks.at(0).findings.front().root);
  EXPECT_FALSE(found.checks.at(2).findings.front().root);
}

TEST(Build, FindingsCarryTheirRemedy) {
  Server server = healthy("6.0", "2003");
  checks::record(server).active = {false, at("net-user.txt", 6)};
  const Identity identity = first_identity(server);
  const Finding& found = identity.checks.front().findings.front();
  EXPECT_EQ(found.id, "account-disabled");
  EXPECT_EQ(found.severity, Severity::kFail);
  EXPECT_EQ(found.summary, "it is disabled");
  EXPECT_EQ(found.found, (std::vector<checks::Seen>{
                             {"Account active: No", at("net-user.txt", 6)}}));
  EXPECT_NE(found.expected, "");
  ASSERT_FALSE(found.steps.empty());
  std::string commands;
  for (const auto& step : found.steps) {
    commands += text::join(step.commands, "\n") + "\n";
  }
  EXPECT_NE(commands.find("net user IUSR_WEB01 /active:yes"), std::string::npos)
      << commands;
  ASSERT_FALSE(found.references.empty());
  for (const Reference& reference : found.references) {
    EXPECT_NE(reference.title, "") << reference.id;
  }
}

// Of the versions that are possible: the newest.
TEST(Build, RemediesSpeakOfOneVersion) {
  const auto commands = [](Server server) {
    identity(server).logon_method.value = known(facts::LogonMethod::kNetwork);
    assign(server, facts::LogonRight::kDenyNetwork, "*S-1-5-32-546");
    std::string text;
    const Identity found = first_identity(server);
    for (const auto& step : found.checks.at(2).findings.front().steps) {
      text += step.text + "\n" + text::join(step.commands, "\n") + "\n";
    }
    return text;
  };
  const auto says = [](const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
  };
  const std::string old = commands(healthy("5.0", "2000"));
  EXPECT_TRUE(says(old, "secedit /refreshpolicy machine_policy")) << old;
  const std::string later = commands(healthy("6.0", "2003"));
  EXPECT_TRUE(says(later, "gpupdate")) << later;
  Server open = healthy("5.0", "2000");
  open.machine.iis = {};
  open.machine.windows = {};
  EXPECT_EQ(commands(open), later);
}

TEST(Build, AnInfoHasNoRemedy) {
  Server server = sound();
  identity(server).account.value = known<std::string>("IUSR_OLDWEB");
  checks::record(server).name = "IUSR_OLDWEB";
  assign(server, facts::LogonRight::kInteractive, "IUSR_OLDWEB");
  const Identity found = first_identity(server);
  EXPECT_EQ(statuses(found), "passed: passed passed passed skipped");
  const Finding& info = found.checks.front().findings.front();
  EXPECT_EQ(info.id, "renamed-computer");
  EXPECT_EQ(info.severity, Severity::kInfo);
  EXPECT_EQ(info.expected, "");
  EXPECT_TRUE(info.steps.empty());
}

TEST(Build, WorstIdentityFirst) {
  Server server = sound();
  const facts::Identity base = identity(server);
  const auto add = [&](std::string_view node, auto change) {
    facts::Identity other = base;
    other.nodes = {std::string(node)};
    change(other);
    server.identities.push_back(std::move(other));
  };
  server.identities.front().nodes = {"passes"};
  add("warns", [](facts::Identity& other) {
    other.password_sync.value = known(false);
    other.overrides = {{facts::Override::Kind::kOwnPasswordParentsAccount,
                        "warns", at("iis.txt", 60)}};
    other.account.value = known<std::string>("IUSR_WEB01");
  });
  add("fails", [](facts::Identity& other) {
    other.account.value = facts::Observed<std::string>::absent({});
  });
  add("fails too", [](facts::Identity& other) {
    other.account.value = facts::Observed<std::string>::absent({});
  });
  add("is open", [](facts::Identity& other) { other.account.value = {}; });
  const Report report = report_on(server, {{}, {"credential-test"}});
  std::vector<std::string> order;
  for (const Identity& found : report.hosts.front().identities) {
    order.push_back(found.nodes.front() + ": " +
                    std::string(status_name(found.status)));
  }
  EXPECT_EQ(order, (std::vector<std::string>{
                       "fails: failed", "fails too: failed", "is open: unknown",
                       "warns: warning", "passes: passed"}));
  EXPECT_EQ(report.status, Status::kFailed);
  EXPECT_EQ(report.hosts.front().status, Status::kFailed);
}

TEST(Build, SkippedOnlyWhereAllIsSkipped) {
  const Report pool = report_on(with_account("10.0", "2019", ""));
  EXPECT_EQ(statuses(pool.hosts.front().identities.front()),
            "skipped: skipped skipped skipped skipped");
  EXPECT_EQ(pool.status, Status::kSkipped);
  const Report iusr = report_on(with_account("10.0", "2019", "IUSR"));
  EXPECT_EQ(statuses(iusr.hosts.front().identities.front()),
            "passed: passed skipped skipped skipped");
  EXPECT_EQ(iusr.status, Status::kPassed);
  Server none = sound();
  none.identities.clear();
  EXPECT_EQ(report_on(none).status, Status::kSkipped);
  EXPECT_EQ(report_on(none).counts.total(), 0U);
}

TEST(Build, CountsChecksOverAllIdentities) {
  Server two = sound();
  two.identities.push_back(two.identities.front());
  two.identities.back().account.value =
      facts::Observed<std::string>::absent({});
  const Report report = build({two, "a", "", {}}, {}, kNow);
  EXPECT_EQ(report.counts[Status::kPassed], 4U);
  EXPECT_EQ(report.counts[Status::kWarning], 0U);
  EXPECT_EQ(report.counts[Status::kFailed], 1U);
  EXPECT_EQ(report.counts[Status::kUnknown], 0U);
  EXPECT_EQ(report.counts[Status::kSkipped], 3U);
  EXPECT_EQ(report.counts.total(), 8U);
  EXPECT_EQ(report.status, Status::kFailed);
  EXPECT_FALSE(report.fleet);
  EXPECT_EQ(report.checked_at, kNow);
  EXPECT_EQ(report.hosts.front().checked_at, kNow);
}

TEST(Report, StatusNames) {
  std::vector<std::string> names;
  for (const Status status : kStatuses) {
    names.emplace_back(status_name(status));
  }
  EXPECT_EQ(names, (std::vector<std::string>{"passed", "warning", "failed",
                                             "unknown", "skipped"}));
}

// A warning explains no refusal.
TEST(Build, ACauseHasFailedItself) {
  Server server = healthy("6.0", "2003");
  facts::LogonTrial trial;
  trial.account = "WEB01\\IUSR_WEB01";
  trial.method = facts::LogonMethod::kNetworkCleartext;
  trial.password_from = identity(server).password.node;
  trial.code = 1311;
  server.trials.push_back(trial);
  EXPECT_EQ(first_identity(server).root_causes,
            std::vector<std::string>{"logon-refused"});
  server.trials.front().code = 1331;
  EXPECT_EQ(first_identity(server).root_causes,
            std::vector<std::string>{"account-disabled"});
}

}  // namespace
}  // namespace iisdiag::report
