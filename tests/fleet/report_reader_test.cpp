// Reports as strangers may send them. That everything which was written is read
// again is tested on all scenarios: tests/scenarios/fleet_test.cpp.
#include "fleet/report_reader.hpp"

#include <gtest/gtest.h>

#include <string>

namespace iisdiag::fleet {
namespace {

using report::Severity;
using report::Status;

constexpr std::string_view kHead =
    R"({"schema":"iisdiag-report/1","checked_at":"2026-11-22T10:00:00Z",)";

std::string with_hosts(const std::string& hosts) {
  return std::string(kHead) + R"("hosts":[)" + hosts + "]}";
}

// A host whose user-rights check is `check`.
std::string with_check(const std::string& check) {
  return with_hosts(
      R"({"host":"WEB01","status":"passed","identities":[{"service":"W3SVC",)"
      R"("account":"WEB01\\IUSR_WEB01","status":"passed","checks":[)"
      R"({"id":"account-lookup","status":"passed","summary":"exists"},)"
      R"({"id":"password-sync","status":"passed","summary":"off"},)" +
      check +
      R"(,{"id":"credential-test","status":"passed","summary":"accepted"}]}]})");
}

report::CheckResult rights_of(const std::string& check) {
  const ReadReport read = read_report(with_check(check));
  EXPECT_EQ(read.fault, "");
  EXPECT_EQ(read.hosts.size(), 1U);
  return read.hosts.at(0).identities.at(0).checks.at(2);
}

TEST(ReadReport, AHost) {
  const ReadReport read = read_report(with_check(
      R"({"id":"user-rights","status":"failed","summary":"denied","findings":[)"
      R"({"id":"right-denied","severity":"fail","summary":"denied","root":true,)"
      R"("caused_by":null,"code":1385,"found":[{"text":"a line","origin":)"
      R"({"file":"secedit.inf","line":41}}],"expected":"none","steps":)"
      R"(["one","two"],"commands":["a","b","c"],"command_steps":[1,2,2],)"
      R"("references":[{"id":"KB1","title":"t"}]}]})"));
  EXPECT_EQ(read.fault, "");
  ASSERT_EQ(read.hosts.size(), 1U);
  const report::Host& host = read.hosts[0];
  EXPECT_EQ(host.name, "WEB01");
  EXPECT_EQ(host.status, Status::kFailed);
  EXPECT_EQ(facts::iso_text({host.checked_at, 0}), "2026-11-22T10:00:00Z");
  ASSERT_EQ(host.identities.size(), 1U);
  const report::Identity& identity = host.identities[0];
  EXPECT_EQ(identity.account, "WEB01\\IUSR_WEB01");
  EXPECT_EQ(identity.root_causes, std::vector<std::string>{"right-denied"});
  ASSERT_EQ(identity.checks.size(), 4U);
  const report::CheckResult& check = identity.checks[2];
  EXPECT_EQ(check.title, "User rights");
  ASSERT_EQ(check.findings.size(), 1U);
  const report::Finding& finding = check.findings[0];
  EXPECT_EQ(finding.code, 1385U);
  EXPECT_EQ(finding.found[0].origin.text(), "secedit.inf, line 41");
  const std::vector<knowledge::Step> steps = {{"one", {"a"}},
                                              {"two", {"b", "c"}}};
  EXPECT_EQ(finding.steps, steps);
}

TEST(ReadReport, NoHostIsBetterThanItsFindings) {
  EXPECT_EQ(rights_of(R"({"id":"user-rights","status":"passed","summary":"",)"
                      R"("findings":[{"id":"right-missing","severity":"fail",)"
                      R"("summary":"s"}]})")
                .status,
            Status::kFailed);
  EXPECT_EQ(
      rights_of(R"({"id":"user-rights","status":"fine","summary":"s"})").status,
      Status::kUnknown);
  EXPECT_EQ(rights_of(R"({"id":"user-rights","status":"passed","summary":"",)"
                      R"("findings":[{"id":"new","severity":"odd"}]})")
                .status,
            Status::kUnknown);
}

TEST(ReadReport, ACheckThatIsNotThereIsUnknown) {
  const report::CheckResult check =
      rights_of(R"({"id":"of-a-later-version","status":"passed"})");
  EXPECT_EQ(check.id, "user-rights");
  EXPECT_EQ(check.status, Status::kUnknown);
  EXPECT_EQ(check.summary, "this check is not in the report");
}

TEST(ReadReport, AHostWithoutIdentitiesIsOnlySkippedWhereItSaysSo) {
  const ReadReport read = read_report(with_hosts(
      R"({"host":"A","status":"skipped","identities":[]},)"
      R"({"host":"B","status":"passed","identities":[]},{"host":"C"})"));
  ASSERT_EQ(read.hosts.size(), 3U);
  EXPECT_EQ(read.hosts[0].status, Status::kSkipped);
  EXPECT_EQ(read.hosts[1].status, Status::kUnknown);
  EXPECT_EQ(read.hosts[2].status, Status::kUnknown);
}

TEST(ReadReport, CommandsWithoutStepsOfTheirOwnGoToTheLast) {
  for (const std::string pairs :
       {R"("x":0)", R"("command_steps":[])", R"("command_steps":[0,9])",
        R"("command_steps":["1",-1])"}) {
    const auto check = rights_of(
        R"({"id":"user-rights","status":"failed","findings":[{"id":"i",)"
        R"("severity":"fail","steps":["one","two"],"commands":["a","b"],)" +
        pairs + "}]}");
    const std::vector<knowledge::Step> steps = {{"one", {}},
                                                {"two", {"a", "b"}}};
    EXPECT_EQ(check.findings.at(0).steps, steps) << pairs;
  }
}

TEST(ReadReport, AFailureWithoutACauseIsOne) {
  for (const char* cause : {R"("root":false)", R"("caused_by":null)",
                            R"("root":false,"caused_by":"gone")"}) {
    const auto check =
        rights_of(R"({"id":"user-rights","status":"failed","findings":[)"
                  R"({"id":"a","severity":"fail",)" +
                  std::string(cause) + "}]}");
    EXPECT_TRUE(check.findings.at(0).root) << cause;
    EXPECT_EQ(check.findings.at(0).caused_by, "") << cause;
  }
  EXPECT_FALSE(
      rights_of(R"({"id":"user-rights","status":"warning","findings":[)"
                R"({"id":"a","severity":"warning","root":true}]})")
          .findings.at(0)
          .root);
}

TEST(ReadReport, ARunThatWasStoppedSaysHowManyAreMissing) {
  const auto missing = [](const std::string& fleet) {
    return read_report(R"({"schema":"iisdiag-report/1",)" + fleet +
                       R"(,"hosts":[{"host":"A"}]})")
        .missing;
  };
  EXPECT_EQ(missing(R"("fleet":{"expected":9,"checked":1,"complete":false})"),
            8U);
  EXPECT_EQ(missing(R"("fleet":{"expected":9,"checked":1})"), 8U);
  EXPECT_EQ(missing(R"("fleet":{"complete":false})"), 1U);
  EXPECT_EQ(missing(R"("fleet":{"expected":1,"checked":1,"complete":true})"),
            0U);
  // Nobody has so many, and no sum of them may overflow.
  EXPECT_EQ(missing(R"("fleet":{"expected":9223372036854775807,"checked":1})"),
            0U);
  EXPECT_EQ(missing(R"("fleet":[])"), 0U);
}

TEST(ReadReport, CausesThatGoInACircleEnd) {
  const std::string finding = R"({"severity":"fail","root":false,)";
  const auto check =
      rights_of(R"({"id":"user-rights","status":"failed","findings":[)" +
                finding + R"("id":"a","caused_by":"b"},)" + finding +
                R"("id":"b","caused_by":"a"},)" + finding +
                R"("id":"c","caused_by":"c"}]})");
  ASSERT_EQ(check.findings.size(), 3U);
  for (const report::Finding& each : check.findings) {
    EXPECT_TRUE(each.root) << each.id;
    EXPECT_EQ(each.depth, 0U) << each.id;
  }
}

TEST(ReadReport, ReportsALineEach) {
  const std::string one = with_hosts(R"({"host":"A"})");
  const std::string two = with_hosts(R"({"host":"B"},{"host":"C"})");
  const ReadReport read = read_report(one + "\r\n\n" + two + "\n");
  EXPECT_EQ(read.fault, "");
  ASSERT_EQ(read.hosts.size(), 3U);
  EXPECT_EQ(read.hosts[2].name, "C");
  const ReadReport cut = read_report(one + "\n" + two.substr(0, 80));
  EXPECT_EQ(cut.hosts.size(), 1U);
  EXPECT_NE(cut.fault, "");
}

TEST(ReadReport, InAnyEncoding) {
  const std::string text = with_hosts(R"({"host":"A"})");
  std::string wide = "\xFF\xFE";
  for (const char letter : text) {
    wide += letter;
    wide += '\0';
  }
  for (const std::string& bytes : {"\xEF\xBB\xBF" + text, wide}) {
    const ReadReport read = read_report(bytes);
    EXPECT_EQ(read.fault, "");
    ASSERT_EQ(read.hosts.size(), 1U);
    EXPECT_EQ(read.hosts[0].name, "A");
  }
}

struct Refused {
  std::string bytes;
  std::string fault;
};

TEST(ReadReport, WhatIsNoReportSaysWhy) {
  const Refused rows[] = {
      {"", "it is empty"},
      {" \r\n", "it is empty"},
      {std::string("\x00\x01", 2), "it is no text"},
      {"Access is denied.\r\n", "this is no JSON from here on"},
      {"[1,2]", "it is no report of iisdiag"},
      {R"({"schema":"other/1"})",
       "its schema is other/1, and this iisdiag reads iisdiag-report/1"},
      {R"({"schema":"iisdiag-report/2","hosts":[]})",
       "its schema is iisdiag-report/2, and this iisdiag reads "
       "iisdiag-report/1"},
      {R"({"schema":"iisdiag-report/1"})", "it names no hosts"},
      {R"({"schema":"iisdiag-report/1","hosts":{}})", "it names no hosts"},
      {R"({"schema":"iisdiag-report/1","hosts":[]})", "it names no hosts"},
      {R"({"schema":"iisdiag-report/1","hosts":[7]})",
       "one of its hosts is none"},
  };
  for (const Refused& row : rows) {
    const ReadReport read = read_report(row.bytes);
    EXPECT_TRUE(read.hosts.empty()) << row.bytes;
    EXPECT_NE(read.fault.find(row.fault), std::string::npos)
        << row.bytes << ": " << read.fault;
  }
}

// Cut anywhere: whole hosts stay, and the rest is told.
TEST(ReadReport, CutAtEveryByte) {
  const std::string whole = with_hosts(
      R"({"host":"A","identities":[{"account":"x","nodes":["/a"]}]},)"
      R"({"host":"B"})");
  const std::size_t first_ends = whole.find(R"(,{"host":"B")");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const ReadReport read = read_report(whole.substr(0, size));
    EXPECT_NE(read.fault, "") << size;
    EXPECT_EQ(read.hosts.size(), size + 2 >= whole.size() ? 2U
                                 : size >= first_ends     ? 1U
                                                          : 0U)
        << whole.substr(0, size);
  }
}

}  // namespace
}  // namespace iisdiag::fleet
