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

}  // namespace
}  // namespace iisdiag::evidence
