// Whole outputs of the formats for programs and tickets. What their readers
// make of them is tested with readers that are not ours:
// tests/scripts/reports.sh, tests/windows/batch.py.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "golden.hpp"
#include "render/renderer.hpp"
#include "samples.hpp"

namespace iisdiag::render {
namespace {

std::string shown(std::string_view format, const report::Report& report,
                  const Options& options = {}) {
  return rendered(*find_renderer(format), report, options);
}

TEST(JunitTest, Failed) {
  EXPECT_EQ(shown("junit", samples::failed()), golden("failed.junit.xml"));
}

TEST(JunitTest, UnknownIsAnError) {
  EXPECT_EQ(shown("junit", samples::damaged()), golden("damaged.junit.xml"));
}

TEST(JunitTest, WarningPassesAndIsTold) {
  EXPECT_EQ(shown("junit", samples::two_identities()),
            golden("two-identities.junit.xml"));
}

// Every format of several servers: the worst first, what they have in common
// once, none left out.
class FleetTest : public testing::TestWithParam<const char*> {};

TEST_P(FleetTest, IsShownAsAWhole) {
  EXPECT_EQ(shown(GetParam(), samples::fleet()),
            golden(std::string("fleet.") + GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Every, FleetTest,
                         testing::Values("text", "json", "jsonl", "junit",
                                         "tap", "nagios", "batch", "github",
                                         "markdown", "html"));

TEST(FleetFormatTest, ARunThatWasStoppedSaysSoInEveryFormatForPeople) {
  report::Report report = samples::fleet();
  report.fleet->expected = 50;
  for (const char* format :
       {"text", "junit", "nagios", "github", "markdown", "html"}) {
    EXPECT_NE(shown(format, report)
                  .find("Stopped after 4 of 50 servers: this is not all."),
              std::string::npos)
        << format;
  }
  EXPECT_NE(shown("json", report)
                .find("\"expected\": 50,\n    \"checked\": 4,\n    "
                      "\"complete\": false,"),
            std::string::npos);
}

TEST(FleetFormatTest, ARunThatWasStoppedSaysSoToPrograms) {
  report::Report report = samples::fleet();
  report.fleet->expected = 50;
  const std::string gap = "Stopped after 4 of 50 servers: this is not all.";
  EXPECT_NE(shown("tap", report).find("\nBail out! " + gap + "\n"),
            std::string::npos);
  EXPECT_NE(shown("junit", report).find("<error message=\"" + gap + "\""),
            std::string::npos);
  EXPECT_NE(shown("github", report).find("::error title=iisdiag::" + gap),
            std::string::npos);
  EXPECT_NE(shown("batch", report).find("IISDIAG_COMPLETE=0\n"),
            std::string::npos);
  EXPECT_TRUE(shown("text", report, {.quiet = true}).ends_with(gap + "\n"));
}

TEST(FleetFormatTest, QuietTellsServersOfOneNameApart) {
  report::Report one = samples::failed();
  one.hosts.front().source.paths = {"a.zip"};
  report::Host other = one.hosts.front();
  other.source.paths = {"b.zip"};
  const std::string lines =
      shown("text", samples::fleet_of({one.hosts.front(), other}, 2),
            {.quiet = true});
  EXPECT_NE(lines.find(" on WEB01 (a.zip) "), std::string::npos) << lines;
  EXPECT_NE(lines.find(" on WEB01 (b.zip) "), std::string::npos) << lines;
}

TEST(FleetFormatTest, QuietTellsOnceThatNothingWasRead) {
  report::Report unread = samples::passed();
  for (report::CheckResult& check :
       unread.hosts.front().identities.front().checks) {
    check.status = report::Status::kUnknown;
    report::Finding finding;
    finding.id = "rights-not-read";
    finding.severity = report::Severity::kUnknown;
    finding.summary = "no such file or folder";
    check.findings = {finding};
  }
  const std::string lines = shown("text", unread, {.quiet = true});
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 1) << lines;
}

TEST(FleetFormatTest, EachServerByItselfWithVerbose) {
  const std::string text = shown("text", samples::fleet(), {.verbose = true});
  for (const char* host : {"WEB01, from", "WEB02, from", "WEB03, from"}) {
    EXPECT_NE(text.find(host), std::string::npos) << host;
  }
  const std::string page = shown("html", samples::fleet(), {.verbose = true});
  EXPECT_NE(page.find("<section class=\"host\" id=\"h4\">"), std::string::npos);
  EXPECT_EQ(shown("html", samples::fleet()).find("id=\"h4\""),
            std::string::npos);
}

TEST(FleetFormatTest, HostileNamesStayText) {
  const report::Report one = samples::hostile();
  const report::Report report =
      samples::fleet_of({one.hosts.front(), one.hosts.front()}, 2);
  for (const char* format : {"junit", "github", "markdown", "html", "text"}) {
    const std::string text = shown(format, report);
    EXPECT_EQ(text.find("<script>alert"), std::string::npos) << text;
    EXPECT_EQ(text.find('\x1b'), std::string::npos) << text;
    EXPECT_EQ(text.find("\n::error::"), std::string::npos) << text;
  }
}

TEST(JunitTest, HostileNames) {
  EXPECT_EQ(shown("junit", samples::hostile()), golden("hostile.junit.xml"));
}

TEST(JunitTest, StrictMakesAWarningAFailure) {
  const std::string report =
      shown("junit", samples::two_identities(), {.strict = true});
  EXPECT_NE(report.find(R"(tests="8" failures="1" errors="0" skipped="4")"),
            std::string::npos)
      << report;
  EXPECT_NE(
      report.find(R"(<failure message="the password expires on 2006-06-01" )"
                  R"(type="password-will-expire">)"),
      std::string::npos)
      << report;
}

TEST(JunitTest, IncompleteThatIsAllowedIsSkipped) {
  const std::string report =
      shown("junit", samples::damaged(), {.allow_incomplete = true});
  EXPECT_NE(report.find(R"(tests="4" failures="0" errors="0" skipped="2")"),
            std::string::npos)
      << report;
  EXPECT_NE(report.find("<skipped>secedit.inf is damaged</skipped>"),
            std::string::npos)
      << report;
}

TEST(TapTest, Failed) {
  EXPECT_EQ(shown("tap", samples::failed()), golden("failed.tap"));
}

TEST(TapTest, Damaged) {
  EXPECT_EQ(shown("tap", samples::damaged()), golden("damaged.tap"));
}

TEST(TapTest, TwoIdentities) {
  EXPECT_EQ(shown("tap", samples::two_identities()),
            golden("two-identities.tap"));
}

TEST(TapTest, HostileNames) {
  EXPECT_EQ(shown("tap", samples::hostile()), golden("hostile.tap"));
}

TEST(TapTest, NothingToCheck) {
  EXPECT_EQ(shown("tap", samples::no_identity()),
            "TAP version 14\n"
            "1..0 # SKIP nothing to check\n"
            "# Note: Anonymous access is off at every node.\n"
            "# Nothing to check: no anonymous logon is made here.\n");
}

TEST(TapTest, StrictAndIncomplete) {
  EXPECT_NE(shown("tap", samples::two_identities(), {.strict = true})
                .find("\nnot ok 1 - WEB01: account-lookup: "),
            std::string::npos);
  EXPECT_NE(shown("tap", samples::damaged(), {.allow_incomplete = true})
                .find("\nok 3 - WEB01: user-rights: W3SVC account "
                      "WEB01\\\\IUSR_WEB01 # SKIP could not be checked: "
                      "secedit.inf is damaged\n"),
            std::string::npos);
}

struct NagiosCase {
  report::Report report;
  int code;
  std::string_view line;
};

TEST(NagiosTest, OneLineAndItsExitCode) {
  report::Report strict = samples::two_identities();
  strict.exit_code = 1;
  report::Report allowed = samples::damaged();
  allowed.exit_code = 0;
  const NagiosCase cases[] = {
      {samples::passed(), 0,
       "IISDIAG OK - WEB01: Passed: all 4 checks. | "
       "passed=4;;;0;4 warning=0;0;;0;4 failed=0;;0;0;4 unknown=0;;;0;4 "
       "skipped=0;;;0;4\n"},
      {samples::failed(), 2,
       "IISDIAG CRITICAL - WEB01: user-rights (W3SVC account "
       "WEB01\\IUSR_WEB01): network logon is denied through group Guests, and "
       "1 more | passed=2;;;0;4 warning=0;0;;0;4 failed=2;;0;0;4 "
       "unknown=0;;;0;4 skipped=0;;;0;4\n"},
      {samples::damaged(), 3,
       "IISDIAG UNKNOWN - WEB01: user-rights (W3SVC account "
       "WEB01\\IUSR_WEB01): secedit.inf is damaged | passed=2;;;0;4 "
       "warning=0;0;;0;4 failed=0;;0;0;4 unknown=1;;;0;4 skipped=1;;;0;4\n"},
      {allowed, 0,
       "IISDIAG OK - WEB01: user-rights (W3SVC account "
       "WEB01\\IUSR_WEB01): secedit.inf is damaged | passed=2;;;0;4 "
       "warning=0;0;;0;4 failed=0;;0;0;4 unknown=1;;;0;4 skipped=1;;;0;4\n"},
      {samples::two_identities(), 1,
       "IISDIAG WARNING - WEB01: account-lookup (W3SVC account "
       "WEB01\\IUSR_WEB01 at /LM/W3SVC/1/ROOT and 2 more): the password "
       "expires on 2006-06-01 | passed=3;;;0;8 warning=1;0;;0;8 "
       "failed=0;;0;0;8 unknown=0;;;0;8 skipped=4;;;0;8\n"},
      {strict, 2,
       "IISDIAG CRITICAL - WEB01: account-lookup (W3SVC account "
       "WEB01\\IUSR_WEB01 at /LM/W3SVC/1/ROOT and 2 more): the password "
       "expires on 2006-06-01 | passed=3;;;0;8 warning=1;0;;0;8 "
       "failed=0;;0;0;8 unknown=0;;;0;8 skipped=4;;;0;8\n"},
      {samples::no_identity(), 0,
       "IISDIAG OK - WEB01: Nothing to check: no anonymous logon is made "
       "here. | passed=0;;;0;0 warning=0;0;;0;0 failed=0;;0;0;0 "
       "unknown=0;;;0;0 skipped=0;;;0;0\n"},
  };
  for (const NagiosCase& one : cases) {
    EXPECT_EQ(shown("nagios", one.report), one.line);
    EXPECT_EQ(find_renderer("nagios")->exit_code(one.report), one.code)
        << one.line;
  }
}

TEST(NagiosTest, HostileNames) {
  EXPECT_EQ(shown("nagios", samples::hostile()), golden("hostile.nagios"));
}

// Of several lines the first: the others say what to do at a prompt.
TEST(NagiosTest, NoReport) {
  const Renderer* nagios = find_renderer("nagios");
  EXPECT_EQ(nagios->no_report("no such | file\ntry another"),
            "IISDIAG UNKNOWN - no such _ file\n");
  EXPECT_EQ(nagios->no_report_code, 3);
}

TEST(BatchTest, Failed) {
  EXPECT_EQ(shown("batch", samples::failed()), golden("failed.batch"));
}

TEST(BatchTest, TwoIdentities) {
  EXPECT_EQ(shown("batch", samples::two_identities()),
            golden("two-identities.batch"));
}

TEST(BatchTest, NothingToCheck) {
  EXPECT_EQ(shown("batch", samples::no_identity()),
            "IISDIAG_VERSION=1.0.0\n"
            "IISDIAG_STATUS=skipped\n"
            "IISDIAG_EXIT_CODE=0\n"
            "IISDIAG_PASSED=0\n"
            "IISDIAG_WARNING=0\n"
            "IISDIAG_FAILED=0\n"
            "IISDIAG_UNKNOWN=0\n"
            "IISDIAG_SKIPPED=0\n"
            "IISDIAG_ROOT_CAUSES=\n"
            "IISDIAG_HOST=WEB01\n"
            "IISDIAG_IDENTITIES=0\n");
}

// No character that means something to cmd.exe, and none that another code
// page could make into one.
TEST(BatchTest, HostileNames) {
  const std::string report = shown("batch", samples::hostile());
  EXPECT_EQ(report, golden("hostile.batch"));
  EXPECT_EQ(report.find_first_of("%!^&|<>\"'`()*?~;[]\t\r"), std::string::npos)
      << report;
  for (const char letter : report) {
    EXPECT_TRUE(letter == '\n' || (letter >= ' ' && letter <= '~'))
        << static_cast<int>(letter);
  }
}

TEST(GithubTest, Failed) {
  EXPECT_EQ(shown("github", samples::failed()), golden("failed.github"));
}

TEST(GithubTest, Damaged) {
  EXPECT_EQ(shown("github", samples::damaged()), golden("damaged.github"));
}

TEST(GithubTest, TwoIdentities) {
  EXPECT_EQ(shown("github", samples::two_identities()),
            golden("two-identities.github"));
}

TEST(GithubTest, HostileNames) {
  EXPECT_EQ(shown("github", samples::hostile()), golden("hostile.github"));
}

TEST(GithubTest, StrictAndIncomplete) {
  EXPECT_TRUE(shown("github", samples::two_identities(), {.strict = true})
                  .starts_with("::error title=account-lookup%3A "));
  EXPECT_TRUE(shown("github", samples::damaged(), {.allow_incomplete = true})
                  .starts_with("::warning title=user-rights%3A "));
}

// Where one file was named itself, that is the place; where several were, it
// cannot be told.
TEST(GithubTest, PlaceInTheRepository) {
  report::Report report = samples::failed();
  report.hosts.front().source.paths = {"cases/web01/secedit.inf"};
  EXPECT_TRUE(shown("github", report)
                  .starts_with("::error title=user-rights%3A right-denied on "
                               "WEB01,file=cases/web01/secedit.inf,line=41::"));
  report.hosts.front().source.paths = {"secedit.inf", "net-user.txt"};
  EXPECT_TRUE(shown("github", report)
                  .starts_with("::error title=user-rights%3A right-denied on "
                               "WEB01::"));
}

TEST(MarkdownTest, Failed) {
  EXPECT_EQ(shown("markdown", samples::failed()), golden("failed.md"));
}

TEST(MarkdownTest, Damaged) {
  EXPECT_EQ(shown("markdown", samples::damaged()), golden("damaged.md"));
}

TEST(MarkdownTest, VerboseTwoIdentities) {
  EXPECT_EQ(shown("markdown", samples::two_identities(), {.verbose = true}),
            golden("two-identities-verbose.md"));
}

TEST(MarkdownTest, HostileNames) {
  EXPECT_EQ(shown("markdown", samples::hostile()), golden("hostile.md"));
}

TEST(MarkdownTest, NothingToCheck) {
  EXPECT_EQ(shown("markdown", samples::no_identity()),
            "# iisdiag: WEB01 skipped\n"
            "\n"
            "**Nothing to check: no anonymous logon is made here.**\n"
            "\n"
            "- from C:\\\\cases\\\\web01\n"
            "- Windows Server 2003\n"
            "- IIS 6.0\n"
            "- checked 2026-11-22T10:00:00Z\n"
            "- iisdiag 1.0.0\n"
            "\n"
            "## Notes\n"
            "\n"
            "- Anonymous access is off at every node.\n");
}

}  // namespace
}  // namespace iisdiag::render
