// What the machine itself answered, and files beside it.
#include "evidence/merge.hpp"

#include <gtest/gtest.h>

namespace iisdiag::evidence {
namespace {

FileFacts configuration(facts::Store store, std::string_view account,
                        std::string_view file, bool is_live) {
  FileFacts facts;
  facts.file = file;
  facts.is_live = is_live;
  facts::IisNode node;
  node.path = "/LM/W3SVC";
  node.account.value = {std::string(account), facts::Origin::in_file(file, 1)};
  facts::IisConfig config;
  config.store = store;
  config.nodes.push_back(std::move(node));
  facts.configs.push_back(std::move(config));
  return facts;
}

std::string accounts(const Merged& merged) {
  std::string names;
  for (const facts::IisConfig& config : merged.configs) {
    for (const facts::IisNode& node : config.nodes) {
      names += node.account.value.value_or("unknown") + " ";
    }
  }
  return names;
}

constexpr auto kMetabase = facts::Store::kMetabase;
constexpr auto kAppHost = facts::Store::kAppHost;

TEST(MergeTest, TwoFilesDisagree) {
  EXPECT_EQ(accounts(merge({configuration(kMetabase, "A", "a.xml", false),
                            configuration(kMetabase, "B", "b.xml", false)},
                           {})),
            "unknown ");
}

TEST(MergeTest, TheMachinesOwnAnswerBeatsAFileOfTheSameStore) {
  for (const facts::Store store : {kMetabase, kAppHost}) {
    const Merged merged = merge({configuration(store, "A", "a.xml", false),
                                 configuration(store, "B", "live", true)},
                                {});
    EXPECT_EQ(accounts(merged), "B ");
    EXPECT_TRUE(merged.server.problems.empty());
  }
}

TEST(MergeTest, AFileOfAnotherStoreStays) {
  EXPECT_EQ(accounts(merge({configuration(kMetabase, "A", "a.xml", false),
                            configuration(kAppHost, "B", "live", true)},
                           {})),
            "A B ");
}

TEST(MergeTest, ALiveSourceWithoutAConfigurationTakesThatOfFiles) {
  FileFacts live;
  live.is_live = true;
  EXPECT_EQ(accounts(merge(
                {configuration(kAppHost, "A", "a.config", false), live}, {})),
            "A ");
}

TEST(MergeTest, WhatPointsElsewhereCountsOnlyWithoutALiveConfiguration) {
  FileFacts pointer;
  pointer.file = "redirection.config";
  pointer.redirects_configuration = true;
  pointer.elsewhere.push_back({"\\\\share", "shared configuration", {}});
  EXPECT_EQ(merge({pointer}, {}).server.elsewhere.size(), 1U);
  EXPECT_TRUE(merge({pointer, configuration(kAppHost, "B", "live", true)}, {})
                  .server.elsewhere.empty());
}

facts::Account account(std::string_view name, std::string_view file,
                       bool active) {
  facts::Account account;
  account.name = name;
  account.active = {active, facts::Origin::in_file(file, 1)};
  return account;
}

FileFacts live() {
  FileFacts facts;
  facts.file = "snapshot.json";
  facts.is_live = true;
  return facts;
}

FileFacts raw() {
  FileFacts facts;
  facts.file = "raw.txt";
  return facts;
}

TEST(MergeTest, AccountsOfTheMachineItselfBeatFiles) {
  FileFacts own = live();
  own.accounts.accounts = {account("web", "snapshot.json", true)};
  own.accounts.missing = {{"GONE", false, {}}};
  FileFacts file = raw();
  file.accounts.accounts = {account("WEB", "raw.txt", false),
                            account("gone", "raw.txt", true),
                            account("third", "raw.txt", true)};
  file.accounts.accounts.front().locked = {true, {}};
  file.accounts.missing = {{"web", false, {}}};
  file.accounts.lists = {{{"third"}, true, {}}};
  for (const auto& files : {std::vector{own, file}, std::vector{file, own}}) {
    const facts::Server server = merge(files, {}).server;
    EXPECT_TRUE(server.problems.empty());
    ASSERT_EQ(server.accounts.accounts.size(), 2U);
    const facts::Account& web = server.accounts.accounts.front();
    EXPECT_TRUE(web.active.is(true));
    // What the machine does not tell.
    EXPECT_TRUE(web.locked.is(true));
    EXPECT_EQ(server.accounts.accounts.back().name, "third");
    ASSERT_EQ(server.accounts.missing.size(), 1U);
    EXPECT_EQ(server.accounts.missing.front().name, "GONE");
    EXPECT_TRUE(server.accounts.lists.empty());
  }
}

TEST(MergeTest, AnAccountThatTheWholeListDoesNotNameIsOld) {
  FileFacts own = live();
  own.accounts.lists = {{{"web"}, true, {}}};
  FileFacts file = raw();
  file.accounts.accounts = {account("WEB", "raw.txt", true),
                            account("old", "raw.txt", true),
                            account("far", "raw.txt", true)};
  file.accounts.accounts.back().from_domain = true;
  const auto accounts = merge({file, own}, {}).server.accounts.accounts;
  ASSERT_EQ(accounts.size(), 2U);
  EXPECT_EQ(accounts.front().name, "WEB");
  EXPECT_EQ(accounts.back().name, "far");
}

facts::RightsList rights(std::string_view file, std::string_view holder) {
  facts::RightsList list;
  list.holders(facts::LogonRight::kNetwork) = {
      std::vector<facts::Principal>{{std::nullopt, std::string(holder)}},
      facts::Origin::in_file(file, 1)};
  return list;
}

TEST(MergeTest, RightsOfTheMachineItselfBeatFiles) {
  FileFacts own = live();
  own.rights = {rights("snapshot.json", "own")};
  FileFacts file = raw();
  file.rights = {rights("raw.txt", "other")};
  file.rights.front().holders(facts::LogonRight::kBatch) = {
      std::vector<facts::Principal>{}, {}};
  for (const auto& files : {std::vector{own, file}, std::vector{file, own}}) {
    const facts::Server server = merge(files, {}).server;
    EXPECT_TRUE(server.problems.empty());
    ASSERT_EQ(server.rights.size(), 1U);
    const auto& network =
        server.rights.front().holders(facts::LogonRight::kNetwork);
    ASSERT_TRUE(network.has_value());
    EXPECT_EQ(network->front().name, "own");
    EXPECT_TRUE(
        server.rights.front().holders(facts::LogonRight::kBatch).has_value());
  }
}

TEST(MergeTest, PoliciesOfFilesCountOnlyWhereTheMachineTellsNone) {
  FileFacts file = raw();
  file.rights = {rights("GptTmpl.inf", "other")};
  file.rights.front().is_policy = true;
  file.policy_report = facts::Origin::in_file("gpresult.xml", 1);
  FileFacts own = live();
  own.rights = {rights("snapshot.json", "own")};
  EXPECT_EQ(merge({own, file}, {}).server.rights.size(), 2U);
  EXPECT_TRUE(merge({own, file}, {}).server.policy_report);
  own.rights.front().is_policy = true;
  EXPECT_EQ(merge({own, file}, {}).server.rights.size(), 1U);
  EXPECT_FALSE(merge({own, file}, {}).server.policy_report);
}

TEST(MergeTest, TheMachineItselfSaysWhatItIs) {
  FileFacts own = live();
  own.machine.computer = {"WEB01", {}};
  own.machine.service_pack = {2, {}};
  FileFacts file = raw();
  file.machine.service_pack = {1, {}};
  file.machine.role = {facts::Role::kMember, {}};
  FileFacts foreign = raw();
  foreign.machine.computer = {"WEB02", {}};
  const Merged merged = merge({foreign, file, foreign, own}, {});
  EXPECT_EQ(merged.server.problems.size(), 2U);  // left out: WEB02
  EXPECT_TRUE(merged.server.machine.computer.is("WEB01"));
  EXPECT_TRUE(merged.server.machine.service_pack.is(2));
  EXPECT_TRUE(merged.server.machine.role.is(facts::Role::kMember));
}

TEST(MergeTest, OfTwoSnapshotsTheNewerCounts) {
  FileFacts old = configuration(kMetabase, "A", "old.json", true);
  old.captured = SnapshotHeader{"1.0.0", "WEB01", 1000, 0, true};
  FileFacts later = configuration(kMetabase, "B", "new.json", true);
  later.captured = SnapshotHeader{"1.0.0", "WEB01", 2000, 60, true};
  for (const auto& files : {std::vector{old, later}, std::vector{later, old}}) {
    const Merged merged = merge(files, {});
    EXPECT_EQ(accounts(merged), "B ");
    ASSERT_EQ(merged.server.notes.size(), 1U);
    EXPECT_EQ(merged.server.notes.front().text,
              "old.json is left out: new.json is a later snapshot of this "
              "server");
    ASSERT_TRUE(merged.server.source.captured_at);
    EXPECT_EQ(merged.server.source.captured_at->clock, 2000 + 3600);
    EXPECT_EQ(merged.server.source.captured_at->utc_offset_minutes, 60);
  }
}

}  // namespace
}  // namespace iisdiag::evidence
