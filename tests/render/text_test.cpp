// Whole outputs of the format for people.
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "golden.hpp"
#include "render/renderer.hpp"
#include "samples.hpp"
#include "text/unicode.hpp"

namespace iisdiag::render {
namespace {

std::string text(const report::Report& report, std::size_t width = 80) {
  return rendered(kText, report, {.width = width});
}

TEST(TextTest, Passed) {
  EXPECT_EQ(
      text(samples::passed()),
      R"(iisdiag 1.0.0   WEB01, from C:\cases\web01   account WEB01\IUSR_WEB01

  [PASS]  Account lookup     exists, enabled, not locked, not expired
  [PASS]  Password sync      off, as IIS 6.0 needs it
  [PASS]  User rights        network logon allowed, no deny right applies
  [PASS]  Credential test    network logon accepted

Passed: all 4 checks.
)");
}

TEST(TextTest, Failed) {
  EXPECT_EQ(text(samples::failed()), golden("failed.txt"));
}

TEST(TextTest, FailedAt40Columns) {
  EXPECT_EQ(text(samples::failed(), 40), golden("failed-40.txt"));
}

// Longer lines are hard to read, and mails break them.
TEST(TextTest, WiderThan80ColumnsIsAs80) {
  for (const auto& report : {samples::passed(), samples::failed(),
                             samples::damaged(), samples::two_identities()}) {
    EXPECT_EQ(text(report, 120), text(report, 80));
  }
}

TEST(TextTest, NarrowerThan40ColumnsIsAs40) {
  EXPECT_EQ(text(samples::failed(), 0), text(samples::failed(), 40));
  EXPECT_EQ(text(samples::failed(), 39), text(samples::failed(), 40));
}

TEST(TextTest, Damaged) {
  EXPECT_EQ(text(samples::damaged()), golden("damaged.txt"));
}

TEST(TextTest, Verbose) {
  EXPECT_EQ(rendered(kText, samples::damaged(), {.verbose = true}),
            golden("damaged-verbose.txt"));
}

TEST(TextTest, TwoIdentities) {
  EXPECT_EQ(text(samples::two_identities()), golden("two-identities.txt"));
}

TEST(TextTest, NoIdentity) {
  EXPECT_EQ(text(samples::no_identity()),
            R"(iisdiag 1.0.0   WEB01, from C:\cases\web01

Note: Anonymous access is off at every node.

Nothing to check: no anonymous logon is made here.
)");
}

TEST(TextTest, Live) {
  report::Report report = samples::failed();
  report.hosts[0].source.kind = facts::SourceKind::kLive;
  report.hosts[0].source.paths.clear();
  const std::string got = text(report);
  EXPECT_TRUE(
      got.starts_with("iisdiag 1.0.0   WEB01, live   account "
                      "WEB01\\IUSR_WEB01\n"))
      << got;
  EXPECT_NE(got.find(R"(
IIS keeps the anonymous logon for about ten minutes and group policy refreshes
by itself: after the repair, restart IIS and run this again.

Failed: 2 of 4 checks (user-rights, credential-test).
)"),
            std::string::npos)
      << got;
}

TEST(TextTest, Quiet) {
  const Options quiet{.quiet = true};
  EXPECT_EQ(rendered(kText, samples::passed(), quiet), "");
  EXPECT_EQ(rendered(kText, samples::failed(), quiet),
            "[FAIL] WEB01\\IUSR_WEB01 user-rights: network logon is denied "
            "through group Guests\n"
            "[FAIL] WEB01\\IUSR_WEB01 credential-test: logon refused with "
            "error 1385\n");
  EXPECT_EQ(rendered(kText, samples::damaged(), quiet),
            "[ ?? ] WEB01\\IUSR_WEB01 user-rights: secedit.inf is damaged\n"
            "WEB01: secedit.inf:41: the file ends in the middle of a line\n"
            "WEB01: other.txt: a line of 9 MB was passed over\n"
            "WEB01: HKLM\\SYSTEM\\ComputerName: HKLM\\SYSTEM names another "
            "computer\n");
  EXPECT_EQ(rendered(kText, samples::two_identities(), quiet),
            "[WARN] WEB01\\IUSR_WEB01 account-lookup: the password expires on "
            "2006-06-01\n");
}

// A line is read alone, by a search through the logs of many servers.
TEST(TextTest, QuietLinesSayWhoseTheyAre) {
  const Options quiet{.quiet = true};
  report::Report report = samples::failed();
  auto& identities = report.hosts[0].identities;
  identities[0].account = "CONTOSO\\svc-web";
  EXPECT_TRUE(rendered(kText, report, quiet)
                  .starts_with("[FAIL] CONTOSO\\svc-web on WEB01 user-rights: "
                               "network logon is denied"));
  identities[0].account.clear();
  EXPECT_TRUE(rendered(kText, report, quiet)
                  .starts_with("[FAIL] account not known on WEB01 (W3SVC "
                               "/LM/W3SVC/1/ROOT) user-rights: network"));
  identities[0].account = "web01\\IUSR_WEB01";
  identities.push_back(identities[0]);
  identities[1].service = facts::Service::kFtp6;
  identities[1].nodes = {"/LM/MSFTPSVC", "/LM/MSFTPSVC/2"};
  EXPECT_EQ(rendered(kText, report, quiet),
            "[FAIL] web01\\IUSR_WEB01 (W3SVC /LM/W3SVC/1/ROOT) user-rights: "
            "network logon is denied through group Guests\n"
            "[FAIL] web01\\IUSR_WEB01 (W3SVC /LM/W3SVC/1/ROOT) "
            "credential-test: logon refused with error 1385\n"
            "[FAIL] web01\\IUSR_WEB01 (MSFTPSVC /LM/MSFTPSVC and 1 more) "
            "user-rights: network logon is denied through group Guests\n"
            "[FAIL] web01\\IUSR_WEB01 (MSFTPSVC /LM/MSFTPSVC and 1 more) "
            "credential-test: logon refused with error 1385\n");
}

// A path that is broken in the middle is found by no search.
TEST(TextTest, LongWordsAreCutOnATerminalOnly) {
  report::Report report = samples::failed();
  const std::string path = std::string(70, 'x') + "/secedit.inf";
  report.hosts[0].identities[0].checks[2].findings[0].found = {
      {"a line", facts::Origin::in_file(path, 41)}};
  EXPECT_NE(
      rendered(kText, report, {})
          .find("\n               " + path + ",\n               line 41\n"),
      std::string::npos);
  const std::string on_terminal =
      rendered(kText, report, {.is_terminal = true});
  EXPECT_NE(on_terminal.find("\n               " + std::string(65, 'x') +
                             "\n               xxxxx/secedit.inf, line 41\n"),
            std::string::npos)
      << on_terminal;
}

// Only the tags are coloured.
TEST(TextTest, Color) {
  report::Report report = samples::passed();
  auto& checks = report.hosts[0].identities[0].checks;
  checks[0].status = report::Status::kSkipped;
  checks[1].status = report::Status::kWarning;
  checks[2].status = report::Status::kUnknown;
  checks[3].status = report::Status::kFailed;
  samples::settle(report);
  report.hosts[0].source.kind = facts::SourceKind::kLive;
  EXPECT_EQ(
      rendered(kText, report, {.verbose = false, .color = true}),
      "iisdiag 1.0.0   WEB01, live   account WEB01\\IUSR_WEB01\n"
      "\n"
      "  \x1b[33m[WARN]\x1b[0m  Password sync      off, as IIS 6.0 needs it\n"
      "  \x1b[35m[ ?? ]\x1b[0m  User rights        not checked: network logon "
      "allowed, no deny right\n"
      "                             applies\n"
      "  \x1b[31m[FAIL]\x1b[0m  Credential test    network logon accepted\n"
      "\n"
      "IIS keeps the anonymous logon for about ten minutes and group policy "
      "refreshes\n"
      "by itself: after the repair, restart IIS and run this again.\n"
      "\n"
      "Failed: 1 of 4 checks (credential-test), 1 skipped, 1 not checked.\n");
  EXPECT_EQ(rendered(kText, samples::two_identities(),
                     {.quiet = true, .color = true}),
            "\x1b[33m[WARN]\x1b[0m WEB01\\IUSR_WEB01 account-lookup: the "
            "password expires on 2006-06-01\n");
}

TEST(TextTest, PassedIsGreenAndSkippedGrey) {
  const std::string got =
      rendered(kText, samples::damaged(), {.verbose = true, .color = true});
  EXPECT_NE(got.find("  \x1b[32m[PASS]\x1b[0m  Account lookup     exists"),
            std::string::npos);
  EXPECT_NE(got.find("  \x1b[90m[SKIP]\x1b[0m  Credential test    left out"),
            std::string::npos);
}

// Wide characters take two cells, combining marks none.
TEST(TextTest, CountsCellsAndNotBytes) {
  report::Report report = samples::passed();
  auto& check = report.hosts[0].identities[0].checks[0];
  check.summary = "\xe6\xbc\xa2\xe5\xad\x97 ";  // two wide characters
  for (int i = 0; i < 20; ++i) {
    check.summary += "\xe6\xbc\xa2\xe5\xad\x97 ";
  }
  std::istringstream lines(text(report));
  std::size_t widest = 0;
  for (std::string line; std::getline(lines, line);) {
    widest = std::max(widest, text::display_width(line));
  }
  EXPECT_LE(widest, 80U);
  EXPECT_GT(widest, 74U);
}

}  // namespace
}  // namespace iisdiag::render
