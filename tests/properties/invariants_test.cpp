// What every report holds to, whatever the server: on all scenarios.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/causes.hpp"

namespace iisdiag::test {
namespace {

// In rising order of weight.
constexpr std::array<std::string_view, 5> kStatuses = {
    "skipped", "passed", "warning", "unknown", "failed"};

std::size_t weight(const Json& status) {
  const auto found = std::find(kStatuses.begin(), kStatuses.end(),
                               status.get<std::string_view>());
  EXPECT_NE(found, kStatuses.end()) << status;
  return static_cast<std::size_t>(found - kStatuses.begin());
}

// The worst status of `parts`; skipped where there is none.
std::size_t worst(const Json& parts) {
  std::size_t result = 0;
  for (const Json& part : parts) {
    result = std::max(result, weight(part.at("status")));
  }
  return result;
}

class InvariantTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    outcome_ = scenario_.check({"-f", "json"});
    report_ = Json::parse(outcome_.out);
    for (const Json& host : report_.at("hosts")) {
      for (const Json& identity : host.at("identities")) {
        identities_.push_back(identity);
        for (const Json& check : identity.at("checks")) {
          for (const Json& finding : check.at("findings")) {
            findings_.push_back(finding);
          }
        }
      }
    }
  }

  const Scenario scenario_ = load_any(GetParam());
  Outcome outcome_;
  Json report_;
  std::vector<Json> identities_;
  std::vector<Json> findings_;
};

TEST_P(InvariantTest, AStatusIsTheWorstOfItsParts) {
  EXPECT_EQ(weight(report_.at("status")), worst(report_.at("hosts")));
  for (const Json& host : report_.at("hosts")) {
    EXPECT_EQ(weight(host.at("status")), worst(host.at("identities")));
    for (const Json& identity : host.at("identities")) {
      EXPECT_EQ(weight(identity.at("status")), worst(identity.at("checks")));
    }
  }
}

TEST_P(InvariantTest, IdentitiesStandWorstFirst) {
  EXPECT_TRUE(std::is_sorted(identities_.begin(), identities_.end(),
                             [](const Json& one, const Json& two) {
                               return weight(one.at("status")) >
                                      weight(two.at("status"));
                             }));
}

TEST_P(InvariantTest, CountsCountEveryCheck) {
  std::map<std::string, int> expected = {{"passed", 0},
                                         {"warning", 0},
                                         {"failed", 0},
                                         {"unknown", 0},
                                         {"skipped", 0}};
  for (const Json& identity : identities_) {
    for (const Json& check : identity.at("checks")) {
      ++expected[check.at("status").get<std::string>()];
    }
  }
  EXPECT_EQ((report_.at("counts").get<std::map<std::string, int>>()), expected);
}

TEST_P(InvariantTest, TheFourChecksStandInOrder) {
  for (const Json& identity : identities_) {
    std::vector<std::string> ids;
    for (const Json& check : identity.at("checks")) {
      ids.push_back(check.at("id"));
    }
    EXPECT_EQ(ids,
              (std::vector<std::string>{"account-lookup", "password-sync",
                                        "user-rights", "credential-test"}));
  }
}

// A check is as bad as its worst finding, and says so in words.
TEST_P(InvariantTest, AChecksStatusFollowsFromItsFindings) {
  const std::map<std::string, std::string> statuses = {
      {"fail", "failed"}, {"warning", "warning"}, {"unknown", "unknown"}};
  for (const Json& identity : identities_) {
    for (const Json& check : identity.at("checks")) {
      EXPECT_NE(check.at("summary"), "");
      std::size_t expected = 0;
      for (const Json& finding : check.at("findings")) {
        if (finding.at("severity") != "info") {
          expected =
              std::max(expected, weight(statuses.at(finding.at("severity"))));
        }
      }
      if (expected == 0) {
        EXPECT_TRUE(check.at("status") == "passed" ||
                    check.at("status") == "skipped")
            << check.dump(2);
      } else {
        EXPECT_EQ(weight(check.at("status")), expected) << check.dump(2);
      }
    }
  }
}

TEST_P(InvariantTest, RootCausesAreTheFailingFindingsThatNothingExplains) {
  for (const Json& identity : identities_) {
    Json roots = Json::array();
    for (const Json& check : identity.at("checks")) {
      for (const Json& finding : check.at("findings")) {
        const bool root = finding.at("severity") == "fail" &&
                          finding.at("caused_by").is_null();
        EXPECT_EQ(finding.at("root"), root) << finding.dump(2);
        if (root) {
          roots.push_back(finding.at("id"));
        }
      }
    }
    EXPECT_EQ(identity.at("root_causes"), roots);
  }
}

// Found, expected, steps and articles for what failed or may fail; what to do
// for what is not known.
TEST_P(InvariantTest, FindingsSayWhatToDo) {
  for (const Json& finding : findings_) {
    SCOPED_TRACE(finding.dump(2));
    EXPECT_NE(finding.at("summary"), "");
    EXPECT_FALSE(finding.at("summary").get<std::string>().ends_with('.'));
    if (finding.at("severity") == "info") {
      continue;
    }
    EXPECT_FALSE(finding.at("steps").empty());
    if (finding.at("severity") == "unknown") {
      continue;
    }
    EXPECT_FALSE(finding.at("found").empty());
    EXPECT_TRUE(std::any_of(
        finding.at("found").begin(), finding.at("found").end(),
        [](const Json& seen) { return !seen.at("origin").is_null(); }));
    EXPECT_FALSE(finding.at("expected").is_null());
    EXPECT_FALSE(finding.at("references").empty());
  }
}

TEST_P(InvariantTest, EveryLookHasTheSameExitCodeAndNothingOnStandardError) {
  for (const std::string look : {"--quiet", "--verbose", "--color=always"}) {
    const Outcome outcome = scenario_.check({look});
    EXPECT_EQ(outcome.code, outcome_.code);
    EXPECT_EQ(outcome.err, "");
  }
}

// Some scenarios hold this password in clear text.
TEST_P(InvariantTest, NoPlantedPasswordIsTold) {
  std::string all = outcome_.all();
  for (const std::string look : {"--quiet", "--verbose"}) {
    all += scenario_.check({look}).all();
  }
  for (const std::string_view piece :
       {"PLAN", "LANT", "ANTE", "NTED", "-Secr"}) {
    EXPECT_EQ(all.find(piece), std::string::npos) << piece;
  }
}

INSTANTIATE_TEST_SUITE_P(Every, InvariantTest,
                         testing::ValuesIn(captured_servers()), test_name);

}  // namespace
}  // namespace iisdiag::test
