// What `check` does with its options, from the call to the exit code.
#include "cli/run.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "cli/demos.hpp"
#include "cli/exit_code.hpp"
#include "support/program.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::cli {
namespace {

using nlohmann::json;
using test::call;
using test::Outcome;
using test::Terminal;
using Arguments = std::vector<std::string>;

Outcome check_demo(const std::string& name, const Arguments& more = {},
                   const Terminal& terminal = {}) {
  Arguments arguments = {"check", "--demo=" + name};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return call(arguments, terminal);
}

// The commands to paste that a report about a demo holds.
std::set<std::string> commands_of(const std::string& demo) {
  std::set<std::string> commands = {"iisdiag check --demo=" + demo};
  const json report = json::parse(check_demo(demo, {"-f", "json"}).out);
  for (const json& identity : report["hosts"][0]["identities"]) {
    for (const json& check : identity["checks"]) {
      for (const json& finding : check["findings"]) {
        const json& more = finding["commands"];
        commands.insert(more.begin(), more.end());
      }
    }
  }
  return commands;
}

// In cells; commands are not broken and do not count.
std::size_t widest_line(const std::string& text,
                        const std::set<std::string>& commands) {
  std::istringstream lines(text);
  std::size_t widest = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!commands.contains(std::string(text::trim(line)))) {
      widest = std::max(widest, text::display_width(line));
    }
  }
  return widest;
}

std::string without_color(const std::string& text) {
  return std::regex_replace(text, std::regex("\x1b\\[[0-9]+m"), "");
}

bool has_color(const Outcome& outcome) {
  return outcome.out.find('\x1b') != std::string::npos;
}

TEST(RunTest, ExitCodeIsTheSameForEveryFormat) {
  struct Row {
    std::string demo;
    Arguments options;
    int code;
  };
  const Row rows[] = {
      {"healthy-builtin-iusr", {}, kExitOk},
      {"q253204", {}, kExitFailed},
      {"q253204", {"--allow-incomplete"}, kExitFailed},
      {"healthy-iis6", {}, kExitIncomplete},
      {"healthy-iis6", {"--strict"}, kExitIncomplete},
      {"healthy-iis6", {"--allow-incomplete"}, kExitOk},
      {"healthy-iis6", {"--skip", "credential-test"}, kExitOk},
      {"healthy-iis6", {"--only", "user-rights"}, kExitOk},
      // One warning, one check open.
      {"gpo-took-rights-iis5", {}, kExitIncomplete},
      {"gpo-took-rights-iis5", {"--strict"}, kExitFailed},
      {"gpo-took-rights-iis5", {"--allow-incomplete"}, kExitOk},
      {"gpo-took-rights-iis5", {"--allow-incomplete", "--strict"}, kExitFailed},
      {"gpo-took-rights-iis5", {"--only", "user-rights"}, kExitOk},
  };
  for (const Row& row : rows) {
    for (const Arguments& format : {Arguments{},
                                    {"--quiet"},
                                    {"--verbose"},
                                    {"-f", "json"},
                                    {"-q", "-f", "json"}}) {
      Arguments options = row.options;
      options.insert(options.end(), format.begin(), format.end());
      SCOPED_TRACE(row.demo + testing::PrintToString(options));
      const Outcome outcome = check_demo(row.demo, options);
      EXPECT_EQ(outcome.code, row.code);
      EXPECT_EQ(outcome.err, "");
      if (!format.empty() && format.back() == "json") {
        EXPECT_EQ(json::parse(outcome.out).at("exit_code"), row.code);
      }
    }
  }
}

TEST(RunTest, StrictAndAllowIncompleteChangeNoStatus) {
  const auto document = [](const Arguments& more) {
    Arguments options = {"-f", "json"};
    options.insert(options.end(), more.begin(), more.end());
    json report = json::parse(check_demo("gpo-took-rights-iis5", options).out);
    report.erase("exit_code");
    return report;
  };
  EXPECT_EQ(document({"--strict"}), document({}));
  EXPECT_EQ(document({"--allow-incomplete"}), document({}));
}

TEST(RunTest, QuietIsOneLineForEachProblem) {
  EXPECT_EQ(check_demo("deny-network-guests", {"--quiet"}).out,
            "[FAIL] WEB01\\IUSR_WEB01 user-rights: network logon is denied "
            "through group Guests\n"
            "[ ?? ] WEB01\\IUSR_WEB01 credential-test: the stored password "
            "cannot be read, no logon on record\n");
  EXPECT_EQ(check_demo("healthy-builtin-iusr", {"-q"}).out, "");
}

TEST(RunTest, OnlyShowsNothingOfTheOtherChecks) {
  const Outcome outcome = check_demo(
      "healthy-iis6",
      {"--only", "user-rights", "--only", "account-lookup", "--color=never"});
  EXPECT_EQ(outcome.out,
            "iisdiag 1.0.0   WEB01, demo healthy-iis6   account "
            "WEB01\\IUSR_WEB01\n"
            "\n"
            "  [PASS]  Account lookup     exists, enabled, not locked, not "
            "expired\n"
            "  [PASS]  User rights        network logon allowed, no deny "
            "right applies\n"
            "\n"
            "Passed: 2 of 4 checks, 2 skipped.\n");
}

TEST(RunTest, WhatWasLeftOutIsStillInTheJsonReport) {
  const json report = json::parse(
      check_demo("q253204", {"-f", "json", "--skip", "account-lookup"}).out);
  std::vector<std::string> checks;
  for (const json& check : report["hosts"][0]["identities"][0]["checks"]) {
    checks.push_back(check["id"].get<std::string>() + " " +
                     check["status"].get<std::string>());
  }
  EXPECT_EQ(checks, (std::vector<std::string>{
                        "account-lookup skipped", "password-sync passed",
                        "user-rights skipped", "credential-test skipped"}));
}

// A check that does not apply is no all-clear for what was not asked.
TEST(RunTest, AVerdictWithoutAnyCheckSaysSo) {
  const Outcome outcome =
      check_demo("healthy-builtin-iusr", {"--only", "user-rights"});
  EXPECT_EQ(outcome.out,
            "iisdiag 1.0.0   WEB04, demo healthy-builtin-iusr   account NT "
            "AUTHORITY\\IUSR\n"
            "\n"
            "  [SKIP]  User rights        the built-in account needs no logon "
            "right\n"
            "\n"
            "Nothing to check: all 4 checks skipped.\n");
  EXPECT_EQ(outcome.code, kExitOk);
}

TEST(RunTest, VerboseShowsFactsOriginsAndSkippedChecks) {
  const std::string brief = check_demo("q253204").out;
  const std::string verbose = check_demo("q253204", {"--verbose"}).out;
  const std::string skipped =
      "  [SKIP]  User rights        no such account\n"
      "  [SKIP]  Credential test    no such account\n";
  EXPECT_EQ(brief.find("[SKIP]"), std::string::npos);
  EXPECT_NE(verbose.find(skipped), std::string::npos) << verbose;
  EXPECT_EQ(brief.find("What is known of this server"), std::string::npos);
  EXPECT_NE(verbose.find("\nWhat is known of this server\n"
                         "----------------------------\n"),
            std::string::npos)
      << verbose;
  EXPECT_NE(verbose.find("   computer                 WEB01\n"
                         "                              net-users.txt, line "
                         "2\n"),
            std::string::npos)
      << verbose;
}

TEST(RunTest, ColorIsForTerminalsThatDoNotRefuseIt) {
  struct Row {
    Terminal terminal;
    Arguments options;
    bool color;
  };
  const Terminal pipe;
  const Terminal terminal{.is_terminal = true};
  const Terminal refusing{.is_terminal = true, .refuses_color = true};
  const Row rows[] = {
      {pipe, {}, false},
      {pipe, {"--color=auto"}, false},
      {pipe, {"--color=always"}, true},
      {terminal, {}, true},
      {terminal, {"--color", "auto"}, true},
      {terminal, {"--color", "never"}, false},
      {refusing, {}, false},
      // --color beats NO_COLOR.
      {refusing, {"--color", "always"}, true},
      {terminal, {"--format", "json"}, false},
      {terminal, {"--format", "json", "--color=always"}, false},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(&row - rows);
    EXPECT_EQ(has_color(check_demo("q253204", row.options, row.terminal)),
              row.color);
  }
}

TEST(RunTest, IsTheSameInColorAndWithout) {
  for (const Demo& demo : all_demos()) {
    for (const std::string how : {"--quiet", "--verbose", "--strict"}) {
      const std::string name(demo.name);
      EXPECT_EQ(without_color(check_demo(name, {how, "--color=always"}).out),
                check_demo(name, {how, "--color=never"}).out);
    }
  }
}

TEST(RunTest, LinesFitTheTerminalAndAreNeverLongerThan80) {
  for (const Demo& demo : all_demos()) {
    const std::string name(demo.name);
    SCOPED_TRACE(name);
    const std::set<std::string> commands = commands_of(name);
    const auto widest = [&](const Terminal& terminal) {
      return widest_line(
          check_demo(name, {"-v", "--color=never"}, terminal).out, commands);
    };
    EXPECT_LE(widest({.is_terminal = true, .width = 60}), 60U);
    EXPECT_LE(widest({.is_terminal = true, .width = 200}), 80U);
    // What is written to a file does not depend on the window.
    EXPECT_EQ(check_demo(name, {}, {.width = 40}).out, check_demo(name).out);
    EXPECT_LE(widest({}), 80U);
    EXPECT_GT(widest({}), 60U);
  }
}

TEST(RunTest, WritesFurtherReportsPlainly) {
  const Terminal narrow{.is_terminal = true, .width = 40};
  const Outcome outcome = check_demo(
      "q253204", {"-r", "json=out.json", "--report", "text=a=b.txt"}, narrow);
  EXPECT_EQ(outcome.code, kExitFailed);
  EXPECT_EQ(outcome.err, "");
  ASSERT_EQ(outcome.reports.size(), 2U);
  EXPECT_EQ(outcome.reports.at("out.json"),
            check_demo("q253204", {"-f", "json"}).out);
  EXPECT_EQ(outcome.reports.at("a=b.txt"), check_demo("q253204").out);
  EXPECT_TRUE(has_color(outcome));
}

// The protocol of Nagios has codes of its own, and its servers read standard
// output alone.
TEST(RunTest, NagiosHasItsOwnExitCodes) {
  struct Row {
    Arguments arguments;
    int code;
    std::string_view start;
  };
  for (const Row& row : {
           Row{{"check", "--demo=healthy-builtin-iusr", "-f", "nagios"},
               0,
               "IISDIAG OK - "},
           {{"check", "--demo=gpo-took-rights-iis5", "--skip",
             "credential-test", "-f", "nagios"},
            1,
            "IISDIAG WARNING - WEB06: user-rights ("},
           {{"check", "--demo=gpo-took-rights-iis5", "--skip",
             "credential-test", "--strict", "-f", "nagios"},
            2,
            "IISDIAG CRITICAL - WEB06: user-rights ("},
           {{"check", "--demo", "-fnagios"}, 2, "IISDIAG CRITICAL - WEB01: "},
           {{"check", "--demo=healthy-iis6", "--format=nagios"},
            3,
            "IISDIAG UNKNOWN - WEB01: credential-test ("},
           {{"check", "--demo=healthy-iis6", "-f", "nagios",
             "--allow-incomplete"},
            0,
            "IISDIAG OK - WEB01: "},
       }) {
    const Outcome outcome = call(row.arguments);
    EXPECT_EQ(outcome.code, row.code) << outcome.out;
    EXPECT_TRUE(outcome.out.starts_with(row.start)) << outcome.out;
    EXPECT_EQ(outcome.err, "");
    EXPECT_EQ(outcome.out.find('\n'), outcome.out.size() - 1);
  }
}

TEST(RunTest, NagiosHearsWhyThereIsNoReport) {
  struct Row {
    Arguments arguments;
    std::string_view out;
  };
  for (const Row& row : {
           Row{{"check", "-f", "nagios", "nowhere"},
               "IISDIAG UNKNOWN - nowhere: no such file or folder\n"},
           {{"check", "-f", "nagios"},
            "IISDIAG UNKNOWN - nothing to check: this is not Windows, and no "
            "EVIDENCE was given\n"},
           {{"check", "--fromat", "x", "--format", "nagios"},
            "IISDIAG UNKNOWN - unknown option --fromat, did you mean "
            "--format?\n"},
           {{"check", "-fnagios", "--demo", "-q", "-v"},
            "IISDIAG UNKNOWN - --quiet and --verbose exclude each other\n"},
           {{"check", "--format=nagios", "--demo=x"},
            "IISDIAG UNKNOWN - unknown demo x\n"},
       }) {
    const Outcome outcome = call(row.arguments);
    EXPECT_EQ(outcome.code, 3);
    EXPECT_EQ(outcome.out, row.out);
    EXPECT_TRUE(outcome.err.starts_with("iisdiag: ")) << outcome.err;
  }
  // A further report changes neither.
  EXPECT_EQ(check_demo("q253204", {"-r", "nagios=x"}).code, kExitFailed);
  EXPECT_EQ(call({"check", "-r", "nagios=x", "nowhere"}).code, kExitNothing);
  EXPECT_EQ(call({"check", "-r", "nagios=x", "nowhere"}).out, "");
}

TEST(RunTest, NagiosReportThatCannotBeWrittenIsUnknown) {
  EXPECT_EQ(check_demo("q253204", {"-f", "nagios", "-r", "json=x"},
                       {.file_error = "permission denied"})
                .code,
            3);
  EXPECT_EQ(check_demo("q253204", {"-f", "nagios"}, {.out_fails = true}).code,
            3);
}

TEST(RunTest, StrictAndIncompleteReachEveryFormat) {
  const Outcome strict = check_demo(
      "gpo-took-rights-iis5", {"--strict", "-f", "tap", "-r", "junit=x.xml"});
  EXPECT_NE(strict.out.find("\nnot ok 3 - WEB06: user-rights: "),
            std::string::npos)
      << strict.out;
  EXPECT_NE(strict.reports.at("x.xml").find(R"(failures="1" errors="1")"),
            std::string::npos);
  const Outcome allowed =
      check_demo("gpo-took-rights-iis5",
                 {"--allow-incomplete", "-f", "tap", "-r", "junit=x.xml"});
  EXPECT_NE(allowed.out.find("\nok 3 - WEB06: user-rights: "),
            std::string::npos);
  EXPECT_NE(allowed.reports.at("x.xml").find(
                R"(failures="0" errors="0" skipped="1")"),
            std::string::npos);
}

TEST(RunTest, AReportThatCannotBeWrittenIsAnErrorOfItsOwn) {
  const Outcome outcome =
      check_demo("healthy-builtin-iusr", {"-r", "json=C:\\x\x1b.json"},
                 {.file_error = "permission denied"});
  EXPECT_EQ(outcome.code, kExitInternal);
  EXPECT_EQ(outcome.err,
            "iisdiag: C:\\x\\u{1B}.json: the report could not be written: "
            "permission denied\n");
  EXPECT_EQ(outcome.out, check_demo("healthy-builtin-iusr").out);
}

TEST(RunTest, StandardOutputThatCannotBeWrittenIsAnError) {
  const Terminal full{.out_fails = true};
  const Outcome outcome =
      check_demo("healthy-builtin-iusr", {"-r", "json=x.json"}, full);
  EXPECT_EQ(outcome.code, kExitInternal);
  EXPECT_EQ(outcome.err,
            "iisdiag: the report could not be written to standard output\n");
  EXPECT_EQ(outcome.reports.size(), 1U);
  for (const Arguments& arguments :
       {Arguments{"list", "checks"}, {"--help"}, {"--version"}}) {
    const Outcome other = call(arguments, full);
    EXPECT_EQ(other.code, kExitInternal);
    EXPECT_EQ(other.err, "iisdiag: standard output could not be written\n");
  }
}

TEST(RunTest, AtSetsTheTimeOfTheEvidence) {
  const auto captured_at = [](const Arguments& options) {
    return json::parse(check_demo("healthy-iis6", options).out)
        .at("hosts")[0]
        .at("source")
        .at("captured_at");
  };
  EXPECT_EQ(captured_at({"-f", "json"}), nullptr);
  EXPECT_EQ(captured_at({"-f", "json", "--at", "2006-05-16T09:01"}),
            "2006-05-16T09:01:00");
  EXPECT_EQ(captured_at({"-f", "json", "--at", "2006-05-16T09:01:30+02:00"}),
            "2006-05-16T09:01:30+02:00");
}

TEST(RunTest, ReportsTheTimeOfTheRun) {
  EXPECT_EQ(json::parse(check_demo("healthy-iis6", {"-f", "json"}).out)
                .at("checked_at"),
            "2026-11-22T10:00:00Z");
}

}  // namespace
}  // namespace iisdiag::cli
