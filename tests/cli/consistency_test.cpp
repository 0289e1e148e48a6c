// The lists that users lean on, against the tables in the program. What the
// documentation says of them is compared in tests/scripts.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.hpp"
#include "evidence/format.hpp"
#include "render/renderer.hpp"
#include "support/program.hpp"
#include "text/strings.hpp"

namespace iisdiag::cli {
namespace {

using knowledge::either;
using knowledge::only;
using knowledge::Severity;

struct Promise {
  std::string_view check;
  std::string_view finding;
  knowledge::Severities severities;
};

constexpr auto kFail = only(Severity::kFail);
constexpr auto kWarning = only(Severity::kWarning);
constexpr auto kUnknown = only(Severity::kUnknown);
constexpr auto kInfo = only(Severity::kInfo);

// Names that batch files and dashboards know. They may become more.
constexpr std::array kPromised = {
    Promise{"account-lookup", "account-not-configured", kFail},
    Promise{"account-lookup", "account-missing", kFail},
    Promise{"account-lookup", "account-wrong-domain", kFail},
    Promise{"account-lookup", "account-not-a-user", kFail},
    Promise{"account-lookup", "account-disabled", kFail},
    Promise{"account-lookup", "account-locked", kFail},
    Promise{"account-lookup", "account-expired", kFail},
    Promise{"account-lookup", "password-expired", kFail},
    Promise{"account-lookup", "password-must-change", kFail},
    Promise{"account-lookup", "password-will-expire", kWarning},
    Promise{"account-lookup", "logon-hours",
            either(Severity::kFail, Severity::kWarning)},
    Promise{"account-lookup", "workstation-restricted", kFail},
    Promise{"account-lookup", "domain-unreachable",
            either(Severity::kFail, Severity::kUnknown)},
    Promise{"account-lookup", "wrong-logon-domain", kFail},
    Promise{"account-lookup", "guest-access-blocked", kFail},
    Promise{"account-lookup", "iusr-shadowed", kWarning},
    Promise{"account-lookup", "renamed-computer", kInfo},
    Promise{"account-lookup", "configuration-not-read", kUnknown},
    Promise{"account-lookup", "configuration-elsewhere", kUnknown},
    Promise{"account-lookup", "account-not-read", kUnknown},
    Promise{"password-sync", "sync-foreign-account", kFail},
    Promise{"password-sync", "sync-not-effective", kFail},
    Promise{"password-sync", "sync-module-missing", kFail},
    Promise{"password-sync", "sync-password-lost", kFail},
    Promise{"password-sync", "stored-password-lost", kFail},
    Promise{"password-sync", "batch-logon-unsupported", kFail},
    Promise{"password-sync", "sync-not-read", kUnknown},
    Promise{"password-sync", "sync-blocks-ftp", kFail},
    Promise{"password-sync", "stale-override", kWarning},
    Promise{"user-rights", "right-missing", kFail},
    Promise{"user-rights", "right-denied", kFail},
    Promise{"user-rights", "right-overwritten",
            either(Severity::kFail, Severity::kWarning)},
    Promise{"user-rights", "right-local-missing", kWarning},
    Promise{"user-rights", "audit-full", kFail},
    Promise{"user-rights", "force-guest", kWarning},
    Promise{"user-rights", "rights-not-read", kUnknown},
    Promise{"credential-test", "wrong-password", kFail},
    Promise{"credential-test", "blank-password-blocked", kFail},
    Promise{"credential-test", "logon-type-refused", kFail},
    Promise{"credential-test", "logon-refused", kFail},
    Promise{"credential-test", "logon-undecided", kUnknown},
    Promise{"credential-test", "lockout-risk", kUnknown},
    Promise{"credential-test", "logon-not-tried", kUnknown},
    Promise{"credential-test", "caller-lacks-privilege", kUnknown},
    Promise{"credential-test", "password-unreadable", kUnknown},
};

// The first words of lines: those at the margin, or those that are indented.
std::vector<std::string> first_words(const std::string& topic, bool indented) {
  std::vector<std::string> words;
  const std::string list = test::call({"list", topic}).out;
  for (const std::string_view line : text::split(list, '\n')) {
    const std::size_t margin = indented ? 2 : 0;
    if (line.size() > margin && line.find_first_not_of(' ') == margin) {
      const std::string_view rest = line.substr(margin);
      words.emplace_back(rest.substr(0, rest.find(' ')));
    }
  }
  return words;
}

TEST(ConsistencyTest, ChecksStandInTheirOrder) {
  const std::vector<std::string> expected = {"account-lookup", "password-sync",
                                             "user-rights", "credential-test"};
  std::vector<std::string> checks;
  for (const checks::Check* check : checks::all_checks()) {
    checks.emplace_back(check->id);
    EXPECT_EQ(checks::find_check(check->id), check);
  }
  EXPECT_EQ(checks, expected);
  // A description that goes on in a second line is indented further.
  EXPECT_EQ(first_words("checks", false), expected);
}

TEST(ConsistencyTest, EveryPromisedFindingIsInItsCheckAndListed) {
  const std::vector<std::string> listed = first_words("findings", true);
  for (const Promise& promise : kPromised) {
    SCOPED_TRACE(promise.finding);
    const checks::Check* check = checks::find_check(promise.check);
    ASSERT_NE(check, nullptr);
    const auto row = std::find_if(
        check->findings.begin(), check->findings.end(),
        [&](const auto& info) { return info.id == promise.finding; });
    ASSERT_NE(row, check->findings.end());
    EXPECT_EQ(row->severities, promise.severities);
    EXPECT_EQ(checks::find_finding(promise.finding), &*row);
    EXPECT_EQ(std::count(listed.begin(), listed.end(), promise.finding), 1);
  }
}

TEST(ConsistencyTest, NoFindingIsUnpromised) {
  std::set<std::string_view> ids;
  for (const checks::Check* check : checks::all_checks()) {
    for (const knowledge::FindingInfo& info : check->findings) {
      EXPECT_TRUE(ids.insert(info.id).second) << info.id << " twice";
      EXPECT_TRUE(std::any_of(kPromised.begin(), kPromised.end(),
                              [&](const Promise& promise) {
                                return promise.finding == info.id &&
                                       promise.check == check->id;
                              }))
          << info.id;
    }
  }
  EXPECT_EQ(first_words("findings", true).size(), ids.size());
}

TEST(ConsistencyTest, EveryFindingHasATitleAndARemedyUnlessItIsAMereNote) {
  for (const checks::Check* check : checks::all_checks()) {
    for (const knowledge::FindingInfo& info : check->findings) {
      EXPECT_NE(info.title, "") << info.id;
      EXPECT_EQ(info.remedy == nullptr,
                info.severities == only(Severity::kInfo))
          << info.id;
    }
  }
}

TEST(ConsistencyTest, FormatsOfReportsAreListedAndFound) {
  std::vector<std::string> ids;
  for (const render::Renderer* renderer : render::all_renderers()) {
    ids.emplace_back(renderer->id);
    EXPECT_EQ(render::find_renderer(renderer->id), renderer);
    EXPECT_NE(renderer->title, "");
  }
  ASSERT_GE(ids.size(), 2U);
  EXPECT_EQ(ids[0], "text");
  EXPECT_EQ(ids[1], "json");
  EXPECT_EQ(first_words("formats", false), ids);
  EXPECT_EQ(render::find_renderer("nothing"), nullptr);
}

TEST(ConsistencyTest, FormatsOfEvidenceAreListedWithTheirCommand) {
  std::vector<std::string> ids;
  const std::string list = test::call({"list", "evidence"}).out;
  for (const evidence::Format* format : evidence::all_formats()) {
    ids.emplace_back(format->id);
    EXPECT_NE(format->capture, "");
    EXPECT_NE(list.find(format->capture), std::string::npos) << format->id;
  }
  EXPECT_EQ(first_words("evidence", false), ids);
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
}

TEST(ConsistencyTest, EveryTopicIsInTheHelpOfList) {
  const std::string help = test::call({"list", "--help"}).out;
  for (const std::string topic :
       {"checks", "findings", "formats", "evidence", "demos", "codes"}) {
    EXPECT_NE(help.find(topic), std::string::npos) << topic;
    EXPECT_EQ(test::call({"list", topic}).code, 0) << topic;
  }
}

}  // namespace
}  // namespace iisdiag::cli
