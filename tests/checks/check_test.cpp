// The checklist, its findings and how a verdict comes about.
#include "checks/check.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>

#include "support/servers.hpp"
#include "text/strings.hpp"

namespace iisdiag::checks {
namespace {

using knowledge::FindingInfo;
using knowledge::Severity;

std::string severities(const FindingInfo& info) {
  std::vector<std::string> names;
  for (const Severity severity : {Severity::kFail, Severity::kUnknown,
                                  Severity::kWarning, Severity::kInfo}) {
    if ((info.severities & knowledge::only(severity)) != 0) {
      names.emplace_back(knowledge::severity_name(severity));
    }
  }
  return text::join(names, "/");
}

// PRODUCT.md's table. Batch files lean on it: it changes only by addition.
TEST(Checks, StableIdsAndSeverities) {
  std::string all;
  for (const Check* check : all_checks()) {
    all += fmt::format("{}\n", check->id);
    for (const FindingInfo& info : check->findings) {
      all += fmt::format("  {} {}\n", info.id, severities(info));
    }
  }
  EXPECT_EQ(all,
            "account-lookup\n"
            "  account-not-configured fail\n"
            "  account-missing fail\n"
            "  account-wrong-domain fail\n"
            "  account-not-a-user fail\n"
            "  account-disabled fail\n"
            "  account-locked fail\n"
            "  account-expired fail\n"
            "  password-expired fail\n"
            "  password-must-change fail\n"
            "  password-will-expire warning\n"
            "  logon-hours fail/warning\n"
            "  workstation-restricted fail\n"
            "  domain-unreachable fail/unknown\n"
            "  wrong-logon-domain fail\n"
            "  guest-access-blocked fail\n"
            "  iusr-shadowed warning\n"
            "  renamed-computer info\n"
            "  configuration-not-read unknown\n"
            "  configuration-elsewhere unknown\n"
            "  account-not-read unknown\n"
            "password-sync\n"
            "  sync-foreign-account fail\n"
            "  sync-not-effective fail\n"
            "  sync-module-missing fail\n"
            "  sync-password-lost fail\n"
            "  stored-password-lost fail\n"
            "  batch-logon-unsupported fail\n"
            "  sync-not-read unknown\n"
            "  sync-blocks-ftp fail\n"
            "  stale-override warning\n"
            "user-rights\n"
            "  right-missing fail\n"
            "  right-denied fail\n"
            "  right-overwritten fail/warning\n"
            "  right-local-missing warning\n"
            "  audit-full fail\n"
            "  force-guest warning\n"
            "  rights-not-read unknown\n"
            "credential-test\n"
            "  wrong-password fail\n"
            "  blank-password-blocked fail\n"
            "  logon-type-refused fail\n"
            "  logon-refused fail\n"
            "  logon-undecided unknown\n"
            "  lockout-risk unknown\n"
            "  logon-not-tried unknown\n"
            "  caller-lacks-privilege unknown\n"
            "  password-unreadable unknown\n");
}

TEST(Checks, EveryFindingButAnInfoHasARemedy) {
  for (const Check* check : all_checks()) {
    for (const FindingInfo& info : check->findings) {
      EXPECT_EQ(info.remedy == nullptr,
                info.severities == knowledge::only(Severity::kInfo))
          << info.id;
      EXPECT_NE(info.title, "") << info.id;
    }
  }
}

TEST(Checks, AreFoundById) {
  EXPECT_EQ(find_check("user-rights"), &kUserRights);
  EXPECT_EQ(find_check("credential-test"), &kCredentialTest);
  EXPECT_EQ(find_finding("right-denied"), &kUserRights.findings[1]);
  EXPECT_EQ(find_finding("account-not-read"), &kAccountLookup.findings.back());
  for (const std::string_view id :
       {"", "user", "User-Rights", "user-rights "}) {
    EXPECT_EQ(find_check(id), nullptr) << id;
    EXPECT_EQ(find_finding(id), nullptr) << id;
  }
}

constexpr std::array kTable = {
    FindingInfo{"broken", knowledge::only(Severity::kFail), "", nullptr, ""},
    FindingInfo{"odd", knowledge::either(Severity::kWarning, Severity::kFail),
                "", nullptr, ""},
    FindingInfo{"open", knowledge::only(Severity::kUnknown), "", nullptr, ""},
    FindingInfo{"aside", knowledge::only(Severity::kInfo), "", nullptr, ""}};

// "status: summary; id, id"
std::string text_of(Verdict verdict) {
  constexpr std::array kNames = {"skipped", "passed", "warning", "unknown",
                                 "failed"};
  std::vector<std::string> ids;
  for (const Finding& finding : verdict.findings) {
    ids.emplace_back(finding.info->id);
  }
  return fmt::format("{}: {}; {}",
                     kNames.at(static_cast<std::size_t>(verdict.status)),
                     verdict.summary, text::join(ids, ", "));
}

TEST(VerdictBuilder, PassesWithoutFindings) {
  EXPECT_EQ(text_of(VerdictBuilder(kTable).finish("all is well")),
            "passed: all is well; ");
  EXPECT_EQ(text_of(VerdictBuilder::skip("not here")), "skipped: not here; ");
}

TEST(VerdictBuilder, AnInfoChangesNoStatus) {
  VerdictBuilder builder(kTable);
  builder.raise("aside", Severity::kInfo, "by the way");
  EXPECT_EQ(text_of(std::move(builder).finish("all is well")),
            "passed: all is well; aside");
}

TEST(VerdictBuilder, TheWorstFindingSpeaks) {
  VerdictBuilder builder(kTable);
  builder.raise("aside", Severity::kInfo, "by the way");
  builder.raise("odd", Severity::kWarning, "this is odd");
  EXPECT_FALSE(builder.has_failed());
  builder.raise("open", Severity::kUnknown, "this was not read");
  EXPECT_TRUE(builder.has("open"));
  EXPECT_FALSE(builder.has("broken"));
  builder.raise("odd", Severity::kFail, "this is worse than odd");
  EXPECT_TRUE(builder.has_failed());
  builder.raise("broken", Severity::kFail, "this is broken");
  EXPECT_EQ(text_of(std::move(builder).finish("all is well")),
            "failed: this is worse than odd; odd, broken, open, odd, aside");
}

TEST(VerdictBuilder, UnknownIsWorseThanAWarning) {
  VerdictBuilder builder(kTable);
  builder.raise("odd", Severity::kWarning, "this is odd");
  builder.raise("open", Severity::kUnknown, "this was not read");
  EXPECT_EQ(text_of(std::move(builder).finish({})),
            "unknown: this was not read; open, odd");
}

TEST(VerdictBuilder, AFindingMayBeAmended) {
  VerdictBuilder builder(kTable);
  builder
      .raise("broken", Severity::kFail, "this is broken",
             {{"a crack", at("evidence", 1)}})
      .code = 1385;
  const Verdict verdict = std::move(builder).finish({});
  EXPECT_EQ(verdict.findings.front().code, 1385U);
  EXPECT_EQ(verdict.findings.front().found,
            (std::vector<Seen>{{"a crack", at("evidence", 1)}}));
}

}  // namespace
}  // namespace iisdiag::checks
