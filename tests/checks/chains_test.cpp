#include "checks/chains.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "checks/check.hpp"
#include "knowledge/finding.hpp"
#include "text/strings.hpp"

namespace iisdiag::checks {
namespace {

using Ids = std::vector<std::string_view>;

// "cause, because" of the chain that explains it; "" for a root cause.
std::string explained(std::string_view id, std::optional<std::uint32_t> code,
                      const Ids& failed) {
  const Chain* chain = explain(id, code, [&](std::string_view cause) {
    return std::find(failed.begin(), failed.end(), cause) != failed.end();
  });
  return chain == nullptr
             ? std::string()
             : std::string(chain->cause) + ", " + std::string(chain->why);
}

TEST(Chains, AWrongPasswordLocksTheAccount) {
  EXPECT_EQ(explained("account-locked", 1909, {"wrong-password"}),
            "wrong-password, each logon with it counts, until the account is "
            "locked");
  EXPECT_EQ(explained("account-locked", {}, {"wrong-password"}),
            "wrong-password, each logon with it counts, until the account is "
            "locked");
  EXPECT_EQ(explained("account-locked", 1909, {"right-missing"}), "");
  EXPECT_EQ(explained("wrong-password", 1326, {"account-locked"}), "");
}

TEST(Chains, ALostRightIsWhyALogonTypeIsRefused) {
  for (const std::string_view right :
       {"right-missing", "right-denied", "right-overwritten", "audit-full"}) {
    EXPECT_TRUE(explained("logon-type-refused", 1385, {right})
                    .starts_with(std::string(right) + ", "))
        << right;
  }
  EXPECT_EQ(explained("logon-type-refused", 1385, {"account-disabled"}), "");
}

TEST(Chains, APolicyIsNamedBeforeWhatItBringsAbout) {
  EXPECT_EQ(explained("logon-type-refused", 1385,
                      {"right-missing", "right-overwritten"}),
            "right-overwritten, a policy took the right away");
}

TEST(Chains, ARefusalIsExplainedByWhatItsCodeSaysOnly) {
  const Ids failed = {"account-disabled", "account-expired"};
  EXPECT_EQ(explained("logon-refused", 1331, failed),
            "account-disabled, it is disabled");
  EXPECT_EQ(explained("logon-refused", 1793, failed),
            "account-expired, it has expired");
  EXPECT_EQ(explained("logon-refused", 1328, failed), "");
  EXPECT_EQ(explained("logon-refused", {}, failed), "");
  EXPECT_EQ(explained("logon-refused", 126, {"sync-module-missing"}),
            "sync-module-missing, the module that vouches cannot be loaded");
  EXPECT_EQ(explained("logon-refused", 87, {"batch-logon-unsupported"}),
            "batch-logon-unsupported, this Windows knows no such logon");
  EXPECT_EQ(explained("logon-refused", 1355, {"account-wrong-domain"}),
            "account-wrong-domain, the domain part names no domain");
}

TEST(Chains, WhatIsStoredExplainsAWrongPassword) {
  EXPECT_EQ(explained("wrong-password", 1326, {"sync-password-lost"}),
            "sync-password-lost, with sync off and nothing stored, an empty "
            "password is presented");
  EXPECT_EQ(explained("wrong-password", 86, {"stored-password-lost"}),
            "stored-password-lost, what can be read of the store is no "
            "password of the account");
  EXPECT_EQ(explained("wrong-password", 1326, {"right-missing"}), "");
}

TEST(Chains, HaveKnownEndsAndASource) {
  std::set<std::string> pairs;
  for (const Chain& chain : all_chains()) {
    const std::string pair =
        std::string(chain.cause) + " " + std::string(chain.consequence);
    EXPECT_NE(find_finding(chain.cause), nullptr) << pair;
    EXPECT_NE(find_finding(chain.consequence), nullptr) << pair;
    EXPECT_TRUE(pairs.insert(pair).second) << pair;
    EXPECT_FALSE(chain.why.empty() || chain.why.ends_with('.')) << pair;
    EXPECT_TRUE(chain.source == "winerror.h" ||
                knowledge::find_article(chain.source) != nullptr)
        << pair << " " << chain.source;
  }
}

// Whatever fails together: following causes comes to an end.
TEST(Chains, DoNotGoInCircles) {
  for (const Chain& start : all_chains()) {
    std::set<std::string_view> open = {start.cause};
    std::set<std::string_view> seen;
    while (!open.empty()) {
      const std::string_view id = *open.begin();
      open.erase(open.begin());
      EXPECT_NE(id, start.consequence) << start.cause;
      if (seen.insert(id).second) {
        for (const Chain& chain : all_chains()) {
          if (chain.consequence == id) {
            open.insert(chain.cause);
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace iisdiag::checks
