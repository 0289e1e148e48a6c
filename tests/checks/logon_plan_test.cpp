// Which logons may be tried: none that could help to lock an account.
#include "checks/logon_plan.hpp"

#include <gtest/gtest.h>

#include "support/servers.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonRefrain;
using facts::Observed;
using facts::Server;
using facts::StoredPassword;

void told_sid(Server& server, std::string name, std::string_view sid) {
  server.accounts.lookups.push_back(
      {std::move(name), "", facts::AccountKind::kUser, *facts::Sid::parse(sid),
       facts::Origin::from_api("Lookup", 0)});
}

// All that is needed for a logon without a risk.
Server ready() {
  Server server = healthy("6.0", "2003");
  identity(server).password.value = {StoredPassword::kClearText, {}};
  identity(server).password.node = "/LM/W3SVC";
  identity(server).password_group = 1;
  record(server).bad_logons = known<std::uint32_t>(0);
  server.accounts.policy.lockout_threshold = known<std::uint32_t>(5);
  told_sid(server, "WEB01\\IUSR_WEB01", "S-1-5-21-1-2-3-1001");
  return server;
}

std::string planned(const Server& server, LogonWish wish = {}) {
  const auto trials = plan_logons(server, wish);
  if (trials.empty()) {
    return "nothing";
  }
  const auto& trial = trials.front();
  switch (trial.refrain) {
    case LogonRefrain::kNone:
      return "logon " + std::string(facts::method_name(trial.method)) +
             " with the password of " + trial.password_from;
    case LogonRefrain::kAskedNotTo:
      return "asked not to: " + trial.why;
    case LogonRefrain::kLockoutRisk:
      return "risk: " + trial.why;
    case LogonRefrain::kUnreadable:
      return "unreadable: " + trial.why;
    case LogonRefrain::kNoSuchAccount:
      return "refused anyway: " + trial.why;
    case LogonRefrain::kSyncUnknown:
      return "open: " + trial.why;
    case LogonRefrain::kIsWine:
      break;
  }
  return "?";
}

constexpr std::string_view kLogon =
    "logon network-cleartext with the password of /LM/W3SVC";

TEST(LogonPlanTest, OneLogonWithoutRisk) {
  EXPECT_EQ(planned(ready()), kLogon);
}

TEST(LogonPlanTest, OneForEachAccount) {
  Server server = ready();
  server.identities.push_back(identity(server));
  server.identities.back().account.value = {"web01\\iusr_WEB01", {}};
  server.identities.back().password.node = "/LM/W3SVC/2/ROOT";
  EXPECT_EQ(plan_logons(server, {.may_log_on = true}).size(), 1U);
}

// Two names and one SID: a second logon would be one too many.
TEST(LogonPlanTest, OneForADomainAccountUnderBothOfItsNames) {
  Server server = ready();
  use_domain_account(server, "CORP\\web");
  server.accounts.accounts.push_back(domain_account("web"));
  server.accounts.accounts.back().bad_logons = known<std::uint32_t>(0);
  server.accounts.domain_policy.lockout_threshold = known<std::uint32_t>(10);
  told_sid(server, "CORP\\web", "S-1-5-21-7-8-9-1105");
  told_sid(server, "web@corp.example", "S-1-5-21-7-8-9-1105");
  server.identities.push_back(identity(server));
  server.identities.back().account.value = {"web@corp.example", {}};
  EXPECT_EQ(plan_logons(server, {.may_log_on = true}).size(), 1U);
  EXPECT_EQ(planned(server),
            "logon network-cleartext with the password of /LM/W3SVC");
}

TEST(LogonPlanTest, WithoutASidThereIsNoLogon) {
  Server server = ready();
  server.accounts.lookups.clear();
  EXPECT_EQ(planned(server), "risk: its SID could not be read");
}

TEST(LogonPlanTest, TheFirstPasswordThatCanBeRead) {
  Server server = ready();
  server.identities.push_back(identity(server));
  identity(server).password.value = {StoredPassword::kOpaque, {}};
  server.identities.back().password.node = "/LM/W3SVC/2/ROOT";
  EXPECT_EQ(plan_logons(server, {.may_log_on = true}).size(), 1U);
  EXPECT_EQ(planned(server),
            "logon network-cleartext with the password of /LM/W3SVC/2/ROOT");
}

TEST(LogonPlanTest, NotWhereIisMayVouch) {
  Server server = ready();
  identity(server).password_sync.value = Observed<bool>::unknown("not read");
  EXPECT_EQ(planned(server),
            "open: whether IIS vouches for the password is not known");
}

TEST(LogonPlanTest, NotWhereItIsNotWanted) {
  EXPECT_EQ(planned(ready(), {.may_log_on = false}),
            "asked not to: no logon was wanted");
}

TEST(LogonPlanTest, Threshold) {
  Server server = ready();
  auto& threshold = server.accounts.policy.lockout_threshold;
  threshold = known<std::uint32_t>(3);
  EXPECT_EQ(planned(server), kLogon);
  threshold = known<std::uint32_t>(2);
  EXPECT_EQ(planned(server), "risk: it locks after 2 bad logons");
  threshold = known<std::uint32_t>(1);
  EXPECT_EQ(planned(server), "risk: it locks after 1 bad logon");
  threshold = {};
  EXPECT_EQ(planned(server),
            "risk: after how many bad logons it locks could not be read");
}

TEST(LogonPlanTest, WhyTheThresholdIsNotKnown) {
  Server server = ready();
  server.accounts.policy.lockout_threshold =
      Observed<std::uint32_t>::unknown("access is denied");
  EXPECT_EQ(planned(server), "risk: access is denied");
}

TEST(LogonPlanTest, WithoutAThresholdTheCountDoesNotMatter) {
  Server server = ready();
  server.accounts.policy.lockout_threshold = known<std::uint32_t>(0);
  record(server).bad_logons = {};
  EXPECT_EQ(planned(server), kLogon);
}

TEST(LogonPlanTest, BadLogons) {
  Server server = ready();
  record(server).bad_logons = known<std::uint32_t>(1);
  EXPECT_EQ(planned(server), "risk: 1 bad logon of 5 are counted already");
  record(server).bad_logons = {};
  EXPECT_EQ(planned(server),
            "risk: how many bad logons are counted could not be read");
  record(server).bad_logons =
      Observed<std::uint32_t>::unknown("the PDC emulator did not answer");
  EXPECT_EQ(planned(server), "risk: the PDC emulator did not answer");
}

TEST(LogonPlanTest, TheDomainsPolicyDecidesAboutItsAccounts) {
  Server server = ready();
  use_domain_account(server, "CORP\\web");
  server.accounts.accounts.push_back(domain_account("web"));
  server.accounts.accounts.back().bad_logons = known<std::uint32_t>(0);
  told_sid(server, "CORP\\web", "S-1-5-21-7-8-9-1105");
  EXPECT_EQ(planned(server),
            "risk: after how many bad logons it locks could not be read");
  server.accounts.domain_policy.lockout_threshold = known<std::uint32_t>(10);
  EXPECT_EQ(planned(server), kLogon);
}

TEST(LogonPlanTest, AnAccountThatIsRefusedAnyway) {
  Server server = ready();
  record(server).active = known(false);
  EXPECT_EQ(planned(server), "refused anyway: the account is disabled");
  server = ready();
  record(server).locked = known(true);
  EXPECT_EQ(planned(server), "refused anyway: the account is locked out");
  server = ready();
  record(server).expires = known<facts::Deadline>(facts::TimeRange{0, 0});
  EXPECT_EQ(planned(server), "refused anyway: the account has expired");
}

TEST(LogonPlanTest, WhatIsNotKnownIsARisk) {
  Server server = ready();
  record(server).locked = {};
  EXPECT_EQ(planned(server),
            "risk: the account's own record could not be read");
  server = ready();
  server.accounts.accounts.clear();
  EXPECT_EQ(planned(server),
            "risk: the account's own record could not be read");
}

// Only an account that is found to have expired is left alone.
TEST(LogonPlanTest, AnExpiryThatIsNotKnownForbidsNothing) {
  Server server = ready();
  record(server).expires = {};
  EXPECT_EQ(planned(server), kLogon);
}

// IIS 7.0 and later takes no password for an empty one.
TEST(LogonPlanTest, AnAbsentPasswordOfIis7IsEmpty) {
  Server server = ready();
  identity(server).store = facts::Store::kAppHost;
  identity(server).password.value = Observed<StoredPassword>::absent({});
  server.machine.iis = known<std::string>("10.0");
  server.machine.windows = known<std::string>("2019");
  EXPECT_EQ(planned(server), kLogon);
}

TEST(LogonPlanTest, NoPasswordNoLogon) {
  Server server = ready();
  auto& password = identity(server).password.value;
  password = {StoredPassword::kOpaque, {}};
  EXPECT_EQ(planned(server), "unreadable: the stored password cannot be read");
  password = {StoredPassword::kLost, {}};
  EXPECT_EQ(planned(server),
            "unreadable: the stored password is marked as no longer valid");
  password = Observed<StoredPassword>::absent({});
  EXPECT_EQ(planned(server), "unreadable: no password is stored");
  password = Observed<StoredPassword>::unknown("access is denied");
  EXPECT_EQ(planned(server), "unreadable: access is denied");
}

// It stands in a file: nobody who asks IIS has seen it.
TEST(LogonPlanTest, APasswordThatOnlyAFileShows) {
  Server server = ready();
  identity(server).password_group = 0;
  EXPECT_EQ(planned(server),
            "unreadable: it is read only where IIS itself tells it");
}

TEST(LogonPlanTest, AGivenPasswordNeedsNoStoredOne) {
  constexpr LogonWish kGiven{.may_log_on = true, .has_given = true};
  Server server = ready();
  identity(server).password.value = {StoredPassword::kOpaque, {}};
  auto trials = plan_logons(server, kGiven);
  ASSERT_EQ(trials.size(), 1U);
  EXPECT_TRUE(trials.front().given);
  EXPECT_EQ(trials.front().password_from, "");
  EXPECT_EQ(trials.front().password_group, 1U);
  EXPECT_EQ(planned(server, kGiven),
            "logon network-cleartext with the password of ");
  identity(server).password_sync.value = Observed<bool>::unknown("not read");
  EXPECT_EQ(planned(server, kGiven),
            "logon network-cleartext with the password of ");
  record(server).bad_logons = known<std::uint32_t>(1);
  EXPECT_EQ(planned(server, kGiven),
            "risk: 1 bad logon of 5 are counted already");
}

TEST(LogonPlanTest, NothingToTry) {
  Server server = ready();
  server.accounts = {};
  report_missing(server, "IUSR_WEB01", false);
  EXPECT_EQ(planned(server), "nothing");
  server = healthy("10.0", "2019");
  identity(server).account.value = known<std::string>("IUSR");
  EXPECT_EQ(planned(server), "nothing");
}

}  // namespace
}  // namespace iisdiag::checks
