// Where the sources are silent or disagree, reports say so: each row of
// knowledge/uncertain.cpp where it claims to be said, and nowhere else.
#include "knowledge/uncertain.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>

#include "checks/check.hpp"
#include "report/build.hpp"
#include "support/servers.hpp"
#include "text/strings.hpp"

namespace iisdiag::report {
namespace {

using checks::assign;
using checks::at;
using checks::healthy;
using checks::identity;
using checks::known;
using checks::with_sync;
using facts::LogonRight;
using facts::Server;
using knowledge::Said;
using knowledge::Uncertain;

facts::LogonAttempt record(facts::RecordKind kind) {
  facts::LogonAttempt attempt;
  attempt.kind = kind;
  attempt.last_origin = at("system.xml", 1);
  return attempt;
}

Server with_notice_alone() {
  Server server = with_sync("6.0", "2003");
  server.machine.subauthentication = {};
  server.records.attempts = {record(facts::RecordKind::kSubauth)};
  return server;
}

Server with_two_logons() {
  Server server = healthy("6.0", "2003");
  identity(server).service = facts::Service::kFtp6;
  identity(server).logon_method.value = {};
  assign(server, LogonRight::kInteractive, "");
  return server;
}

Server with_local_iusr() {
  Server server = healthy("10.0", "2016");
  identity(server).account.value = known<std::string>("IUSR");
  checks::list_accounts(server, {"IUSR"});
  return server;
}

Server with_default_iusr() {
  Server server = healthy("10.0", "2016");
  identity(server).account.value = known<std::string>("IUSR");
  identity(server).account.is_default = true;
  return server;
}

// A server that each rule decides about, by what is said in its report.
const std::map<std::string_view, std::function<Server()>>& servers() {
  static const std::map<std::string_view, std::function<Server()>> kAll = {
      {"U1",
       [] {
         Server server = with_sync("5.0", "2000");
         assign(server, LogonRight::kInteractive, "");
         return server;
       }},
      {"U2", [] { return healthy("6.0", "2003"); }},
      {"U3", with_notice_alone},
      {"U4",
       [] {
         Server server = healthy("3.0", "nt4");
         identity(server).logon_method = {known(facts::LogonMethod::kNetwork),
                                          "/LM/W3SVC", false};
         return server;
       }},
      {"U5", [] { return with_sync("6.0", "2003"); }},
      {"U8", with_default_iusr},
      {"U9", with_two_logons},
      {"U12",
       [] {
         Server server = with_sync("5.1", "xp");
         server.machine.force_guest = known(1U);
         return server;
       }},
      {"U15",
       [] {
         Server server = with_sync("5.0", "2000");
         checks::use_domain_account(server, "CORP\\web");
         server.machine.role = known(facts::Role::kMember);
         return server;
       }},
      {"U17", with_local_iusr},
  };
  return kAll;
}

// Ids of the findings that say it, "known" for the list of facts.
std::set<std::string> places(const Server& server, const Uncertain& rule) {
  const std::string text =
      rule.said == Said::kStep
          ? "IIS 6.0 may not write one"
          : std::string("uncertain (") + std::string(rule.id) + ")";
  std::set<std::string> result;
  const Report report = build({server, "capture", "", {}}, {}, 0);
  for (const Identity& one : report.hosts.front().identities) {
    for (const CheckResult& check : one.checks) {
      for (const Finding& finding : check.findings) {
        for (const checks::Seen& seen : finding.found) {
          if (text::icontains(seen.text, text)) {
            result.insert(finding.id);
          }
        }
        for (const knowledge::Step& step : finding.steps) {
          if (text::icontains(step.text, text)) {
            result.insert(finding.id);
          }
        }
      }
    }
    for (const KnownFact& fact : one.known) {
      if (text::icontains(fact.text, text)) {
        result.insert("known");
      }
    }
  }
  return result;
}

// What is wrong with what reports say of it; empty: nothing.
std::string fault_of(const Uncertain& rule) {
  const auto server = servers().find(rule.id);
  // The reason of an unknown is the resolver's: tests/evidence holds it.
  if (rule.said == Said::kNowhere || rule.said == Said::kReason) {
    return server == servers().end() && rule.clause.empty() ? "" : "is said";
  }
  if (server == servers().end()) {
    return "no server shows it";
  }
  auto said = places(server->second(), rule);
  if (said.empty()) {
    return "is not said";
  }
  const bool in_known = said.erase("known") > 0;
  for (const std::string_view id : text::split(rule.rests, ' ')) {
    said.erase(std::string(id));
  }
  if (!said.empty()) {
    return "is said in " + *said.begin();
  }
  return rule.said == Said::kVerbose && !in_known ? "is not a fact" : "";
}

TEST(Uncertain, EachIsSaidWhereItDecides) {
  for (const Uncertain& rule : knowledge::all_uncertain()) {
    // It takes rows of a web log: tests/cli/recorded_test.cpp.
    if (rule.id != "U13") {
      EXPECT_EQ(fault_of(rule), "") << rule.id;
    }
  }
  // It can fail.
  Uncertain other = knowledge::all_uncertain().front();
  other.rests = "audit-full";
  EXPECT_EQ(fault_of(other), "is said in right-local-missing");
  other.said = Said::kNowhere;
  EXPECT_EQ(fault_of(other), "is said");
}

// Nothing of it where all is certain.
TEST(Uncertain, IsNotSaidOfAServerOfWhichAllIsKnown) {
  for (const auto& [iis, windows] :
       {std::pair{"3.0", "nt4"}, std::pair{"4.0", "nt4"},
        std::pair{"5.0", "2000"}, std::pair{"10.0", "2022"}}) {
    for (const Uncertain& rule : knowledge::all_uncertain()) {
      if (rule.said != Said::kStep) {
        EXPECT_TRUE(places(healthy(iis, windows), rule).empty())
            << iis << " " << rule.id;
      }
    }
  }
}

TEST(Uncertain, RestsOnFindingsAndChecksThatExist) {
  std::set<std::string_view> ids;
  for (const Uncertain& rule : knowledge::all_uncertain()) {
    EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
    EXPECT_FALSE(rule.clause.ends_with('.')) << rule.id;
    EXPECT_EQ(rule.rests.empty(), rule.said == Said::kNowhere) << rule.id;
    for (const std::string_view id : text::split(rule.rests, ' ')) {
      EXPECT_TRUE(rule.rests.empty() || checks::find_finding(id) != nullptr ||
                  checks::find_check(id) != nullptr)
          << rule.id << ": " << id;
    }
  }
  // Those of the fact base are all here.
  for (int number = 1; number <= 14; ++number) {
    EXPECT_TRUE(ids.contains("U" + std::to_string(number))) << number;
  }
}

TEST(Uncertain, Text) {
  EXPECT_EQ(knowledge::uncertain_text("U12"),
            "uncertain (U12): whether a logon under password sync becomes "
            "Guest as well is not documented");
}

}  // namespace
}  // namespace iisdiag::report
