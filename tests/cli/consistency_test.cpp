// The lists that users lean on, against the tables in the program. What the
// documentation says of them is compared in tests/scripts.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "checks/chains.hpp"
#include "checks/check.hpp"
#include "evidence/format.hpp"
#include "evidence/log_format.hpp"
#include "knowledge/finding_pages.hpp"
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

TEST(ConsistencyTest, EveryFindingHasOneRowOfWordsAndNoRowIsWithout) {
  std::set<std::string_view> rows;
  for (const knowledge::FindingPage* page : knowledge::all_finding_pages()) {
    SCOPED_TRACE(page->id);
    EXPECT_TRUE(rows.insert(page->id).second) << "twice";
    EXPECT_NE(checks::find_finding(page->id), nullptr);
    EXPECT_EQ(knowledge::find_finding_page(page->id), page);
  }
  EXPECT_EQ(rows.size(), kPromised.size());
  for (const Promise& promise : kPromised) {
    EXPECT_TRUE(rows.contains(promise.finding)) << promise.finding;
  }
  EXPECT_EQ(knowledge::find_finding_page("no-such-finding"), nullptr);
}

TEST(ConsistencyTest, RowsOfWordsAreWholeSentencesAndNameWhatExists) {
  for (const knowledge::FindingPage* page : knowledge::all_finding_pages()) {
    SCOPED_TRACE(page->id);
    for (const std::string_view words :
         {page->meaning, page->raised_when, page->proves_not}) {
      EXPECT_TRUE(words.ends_with('.')) << words;
      EXPECT_EQ(words.find_first_of("`*<>"), std::string_view::npos) << words;
    }
    for (const std::string_view id : text::split(page->evidence, ' ')) {
      const auto formats = evidence::all_formats();
      EXPECT_TRUE(page->evidence.empty() ||
                  std::any_of(formats.begin(), formats.end(),
                              [&](const auto* f) { return f->id == id; }))
          << id;
    }
    // What only logs or a live system show, no captured file does.
    EXPECT_TRUE(page->evidence.empty() ||
                checks::find_finding(page->id)->needs.empty());
  }
}

// The versions in which Windows and IIS have the thing at all.
TEST(ConsistencyTest, FindingsOccurWhereTheVersionsSay) {
  const auto occurs = [](std::string_view id, std::string_view iis,
                         std::string_view windows) {
    return knowledge::find_finding_page(id)->occurs(
        *knowledge::find_iis(iis), *knowledge::find_windows(windows));
  };
  EXPECT_FALSE(occurs("right-denied", "4.0", "nt4"));  // FACTS.md C.2
  EXPECT_TRUE(occurs("right-denied", "5.0", "2000"));
  EXPECT_FALSE(occurs("sync-not-read", "3.0", "nt4"));
  EXPECT_TRUE(occurs("sync-not-read", "6.0", "2003"));
  EXPECT_FALSE(occurs("sync-not-read", "7.0", "2008"));
  EXPECT_FALSE(occurs("sync-not-effective", "5.0", "2000"));
  EXPECT_TRUE(occurs("sync-not-effective", "6.0", "2003"));
  EXPECT_TRUE(occurs("batch-logon-unsupported", "4.0", "nt4"));
  EXPECT_FALSE(occurs("batch-logon-unsupported", "5.0", "2000"));
  EXPECT_FALSE(occurs("blank-password-blocked", "5.0", "2000"));
  EXPECT_TRUE(occurs("blank-password-blocked", "5.1", "xp"));
  EXPECT_FALSE(occurs("force-guest", "5.0", "2000"));
  EXPECT_FALSE(occurs("iusr-shadowed", "6.0", "2003"));
  EXPECT_TRUE(occurs("iusr-shadowed", "10", "2022"));
  EXPECT_FALSE(occurs("account-not-configured", "10", "2022"));
  EXPECT_TRUE(occurs("caller-lacks-privilege", "5.0", "2000"));
  EXPECT_FALSE(occurs("caller-lacks-privilege", "5.1", "xp"));
}

TEST(ConsistencyTest, WhatExplainsWhatStandsInTheDocuments) {
  std::ifstream file(IISDIAG_SOURCE_DIR "/docs/checks.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  std::string rows;
  for (const checks::Chain& chain : checks::all_chains()) {
    rows += fmt::format("| `{}` | `{}` | {} | {} |\n", chain.cause,
                        chain.consequence, chain.why, chain.source);
  }
  EXPECT_NE(page.find("| source |\n|---|---|---|---|\n" + rows + "\n"),
            std::string::npos)
      << rows;
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
  const auto look = [&](const auto& format) {
    ids.emplace_back(format.id);
    EXPECT_NE(format.capture, "");
    EXPECT_NE(list.find(format.capture), std::string::npos) << format.id;
  };
  for (const evidence::Format* format : evidence::all_formats()) {
    look(*format);
  }
  for (const evidence::LogFormat* format : evidence::all_log_formats()) {
    look(*format);
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
