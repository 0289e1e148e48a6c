// The rule of the mutation tests, on reports made up for it.
#include "verdicts.hpp"

#include <gtest/gtest.h>

namespace iisdiag::test {
namespace {

// One finding where `finding` is not empty; a failed one is of severity fail.
Json check_of(const std::string& id, const std::string& status,
              const std::string& finding) {
  Json findings = Json::array();
  if (!finding.empty()) {
    const std::string severity = status == "failed"   ? "fail"
                                 : status == "passed" ? "info"
                                                      : status;
    findings.push_back({{"id", finding}, {"severity", severity}});
  }
  return {{"id", id}, {"status", status}, {"findings", std::move(findings)}};
}

Json identity_of(const Json& account, const std::vector<std::string>& nodes,
                 const Json& lookup) {
  return {{"service", "W3SVC"},
          {"account", account},
          {"nodes", nodes},
          {"checks", Json::array({lookup})}};
}

Json report_of(const Json& identities) {
  return {{"hosts", Json::array({{{"identities", identities}}})}};
}

Json one(const std::string& status, const std::string& finding = "",
         const std::string& node = "/LM/W3SVC/1/ROOT") {
  return report_of(
      Json::array({identity_of("WEB01\\IUSR_WEB01", {node},
                               check_of("account-lookup", status, finding))}));
}

std::vector<std::string> claims(const Json& all, const Json& less) {
  return overclaims(all, less, [](const Claim&) { return false; });
}

using Texts = std::vector<std::string>;

TEST(Overclaims, LessEvidenceMayLeaveOpen) {
  for (const Json& all :
       {one("passed"), one("passed", "renamed-computer"),
        one("failed", "account-disabled"), one("warning", "logon-hours"),
        one("unknown", "account-not-read"), one("skipped")}) {
    EXPECT_EQ(claims(all, one("unknown", "account-not-read")), Texts{});
    EXPECT_EQ(claims(all, one("skipped")), Texts{});
    EXPECT_EQ(claims(all, all), Texts{});
  }
}

TEST(Overclaims, PassedNeedsTheWholeEvidence) {
  EXPECT_EQ(claims(one("failed", "account-disabled"), one("passed")),
            (Texts{"WEB01\\IUSR_WEB01: account-lookup passes; it was failed "
                   "(account-disabled) for WEB01\\IUSR_WEB01"}));
  for (const Json& all : {one("warning", "logon-hours"),
                          one("unknown", "account-not-read"), one("skipped")}) {
    EXPECT_EQ(claims(all, one("passed")).size(), 1U) << all;
  }
}

TEST(Overclaims, AFailureNeedsTheSameFailure) {
  const Json less = one("failed", "account-missing");
  for (const Json& all :
       {one("passed"), one("unknown", "account-missing"),
        one("warning", "account-missing"), one("failed", "account-locked")}) {
    EXPECT_EQ(claims(all, less), (Texts{"WEB01\\IUSR_WEB01: account-lookup "
                                        "fails anew with account-missing"}))
        << all;
  }
  EXPECT_EQ(claims(one("failed", "account-missing"), less), Texts{});
}

TEST(Overclaims, IdentitiesMayVanishButNotAllOfThem) {
  EXPECT_EQ(claims(one("passed"), report_of(Json::array())),
            Texts{"nothing is left to check"});
  EXPECT_EQ(claims(report_of(Json::array()), report_of(Json::array())),
            Texts{});
}

TEST(Overclaims, IdentitiesAreMatchedByNodes) {
  const Json all = report_of(Json::array(
      {identity_of("WEB01\\a", {"/LM/W3SVC/1/ROOT"},
                   check_of("account-lookup", "failed", "account-locked")),
       identity_of("WEB01\\b", {"/LM/W3SVC/2/ROOT"},
                   check_of("account-lookup", "passed", ""))}));
  const auto less = [](const Json& account, const std::string& node,
                       const std::string& status, const std::string& finding) {
    return report_of(Json::array({identity_of(
        account, {node}, check_of("account-lookup", status, finding))}));
  };
  // Whatever the account is called.
  EXPECT_EQ(claims(all, less("a", "/LM/W3SVC/1/root", "passed", "")).size(),
            1U);
  EXPECT_EQ(claims(all, less("a", "/LM/W3SVC/2/ROOT", "passed", "")), Texts{});
  EXPECT_EQ(
      claims(all, less("b", "/LM/W3SVC/2/ROOT", "failed", "account-locked"))
          .size(),
      1U);
  // Below or above a node; "/LM/W3SVC/1" is not above "/LM/W3SVC/11".
  EXPECT_EQ(claims(all, less("x", "/LM/W3SVC/1", "passed", "")).size(), 1U);
  EXPECT_EQ(claims(all, less("b", "/LM/W3SVC/11/ROOT", "passed", "")), Texts{});
  // By the account, and failing that against all.
  EXPECT_EQ(claims(all, less("A", "/LM/W3SVC/9", "passed", "")).size(), 1U);
  EXPECT_EQ(claims(all, less(nullptr, "/LM/MSFTPSVC", "passed", "")).size(),
            1U);
}

TEST(Overclaims, AnExcuseIsForOneClaim) {
  std::vector<Claim> asked;
  EXPECT_EQ(overclaims(one("failed", "account-disabled"), one("passed"),
                       [&](const Claim& claim) {
                         asked.push_back(claim);
                         return true;
                       }),
            Texts{});
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked.front().kind, Claim::Kind::kPasses);
  EXPECT_EQ(asked.front().check, "account-lookup");
  EXPECT_EQ(asked.front().finding, "account-disabled");
}

}  // namespace
}  // namespace iisdiag::test
