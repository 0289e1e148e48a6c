// Accounts and tried logons by name and by SID, however many there are.
#include "checks/server_index.hpp"

#include <gtest/gtest.h>

#include "checks/case.hpp"
#include "checks/logon_plan.hpp"

namespace iisdiag::checks {
namespace {

facts::LogonTrial trial(std::string account, std::optional<facts::Sid> sid) {
  facts::LogonTrial trial;
  trial.account = std::move(account);
  trial.sid = std::move(sid);
  return trial;
}

AccountView view(std::string shown, std::optional<facts::Sid> sid) {
  AccountView view;
  view.shown = std::move(shown);
  view.sid = std::move(sid);
  return view;
}

facts::Sid sid(std::uint32_t rid) { return {5, {21, 1, 2, 3, rid}}; }

TEST(TrialIndexTest, SidsDecideWhereBothHaveOne) {
  const TrialIndex index(
      {trial("A", sid(1)), trial("B", sid(2)), trial("a", std::nullopt)});
  EXPECT_EQ(index.find(view("x", sid(2))), 1U);
  EXPECT_EQ(index.find(view("b", sid(3))), TrialIndex::kNone);
  EXPECT_EQ(index.find(view("A", sid(3))), 2U);
  EXPECT_EQ(index.find(view("A", sid(1))), 0U);
  EXPECT_EQ(index.find(view("a", std::nullopt)), 0U);
  EXPECT_EQ(index.find(view("b", std::nullopt)), 1U);
  EXPECT_EQ(index.find(view("c", std::nullopt)), TrialIndex::kNone);
}

TEST(TrialIndexTest, ATrialThatGetsASidGoesByIt) {
  TrialIndex index({trial("A", std::nullopt)});
  EXPECT_EQ(index.find(view("a", sid(7))), 0U);
  index.put(0, trial("A", sid(1)));
  EXPECT_EQ(index.find(view("a", sid(7))), TrialIndex::kNone);
  EXPECT_EQ(index.find(view("x", sid(1))), 0U);
  EXPECT_EQ(index.find(view("a", std::nullopt)), 0U);
}

// Each with each would be 10^9 comparisons of names, and take minutes.
TEST(ServerIndexTest, ManyAccountsTakeNoLonger) {
  constexpr std::uint32_t kMany = 30'000;
  facts::Server server;
  server.machine.computer = {"WEB01", {}};
  facts::AccountList list;
  for (std::uint32_t i = 0; i < kMany; ++i) {
    const std::string name = "web" + std::to_string(i);
    facts::Identity identity;
    identity.account.value = {name, {}};
    server.identities.push_back(identity);
    facts::Account account;
    account.name = name;
    server.accounts.accounts.push_back(account);
    server.accounts.lookups.push_back(
        {"WEB01\\" + name, "WEB01", facts::AccountKind::kUser, sid(i), {}});
    server.accounts.failures.push_back(
        {"CORP\\" + name, 1355, true, "", "", {}});
    list.names.push_back(name);
    server.trials.push_back(trial("WEB01\\" + name, sid(i)));
  }
  server.accounts.lists.push_back(list);
  const ServerIndex index(server);
  for (std::uint32_t i = 0; i < kMany; ++i) {
    const Case subject = make_case(server, server.identities[i], index);
    ASSERT_EQ(subject.account.record, &server.accounts.accounts[i]);
    ASSERT_EQ(subject.account.sid, sid(i));
    ASSERT_EQ(subject.account.presence, Presence::kExists);
    ASSERT_EQ(subject.account.failure, nullptr);
    ASSERT_EQ(subject.trial, &server.trials[i]);
  }
  EXPECT_EQ(plan_logons(server, {.may_log_on = false}).size(), kMany);
}

}  // namespace
}  // namespace iisdiag::checks
