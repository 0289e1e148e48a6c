// Wrong calls: what is said about them, and that nothing is checked.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cli/exit_code.hpp"
#include "support/program.hpp"

namespace iisdiag::cli {
namespace {

using test::call;
using test::Outcome;

struct Row {
  std::vector<std::string> arguments;
  std::string_view said;
  // What to run for help: "", "check " or "list ".
  std::string_view command;
};

void PrintTo(const Row& row, std::ostream* out) {
  for (const std::string& word : row.arguments) {
    *out << '<' << word << '>';
  }
}

class UsageTest : public testing::TestWithParam<Row> {};

TEST_P(UsageTest, IsRefusedWithOneLineAndAHint) {
  const Row& row = GetParam();
  const Outcome outcome = call(row.arguments);
  EXPECT_EQ(outcome.code, kExitUsage);
  EXPECT_EQ(outcome.out, "");
  EXPECT_TRUE(outcome.reports.empty());
  EXPECT_EQ(outcome.err,
            fmt::format("iisdiag: {}\n"
                        "iisdiag: run \"iisdiag {}--help\" for the {}.\n",
                        row.said, row.command,
                        row.command.empty() ? "commands" : "options"));
}

INSTANTIATE_TEST_SUITE_P(
    Command, UsageTest,
    testing::Values(
        Row{{}, "no command was given", ""},
        Row{{"chekc"}, "unknown command chekc, did you mean check?", ""},
        Row{{"CHECK"}, "unknown command CHECK, did you mean check?", ""},
        Row{{"lst"}, "unknown command lst, did you mean list?", ""},
        Row{{"colect"}, "unknown command colect, did you mean collect?", ""},
        Row{{"coll"}, "unknown command coll, did you mean collect?", ""},
        Row{{"frobnicate"}, "unknown command frobnicate", ""},
        Row{{""}, "unknown command \"\"", ""},
        // An option before the command belongs to no command.
        Row{{"--demo", "check"}, "unknown option --demo", ""},
        Row{{"--hlep"}, "unknown option --hlep, did you mean --help?", ""},
        Row{{"--versoin"},
            "unknown option --versoin, did you mean --version?",
            ""},
        Row{{"\x1b[31mred"}, "unknown command \\u{1B}[31mred", ""},
        Row{{"\xff"}, "unknown command \xef\xbf\xbd", ""}));

INSTANTIATE_TEST_SUITE_P(
    Option, UsageTest,
    testing::Values(
        Row{{"check", "--fromat", "json"},
            "unknown option --fromat, did you mean --format?",
            "check "},
        Row{{"check", "--fromat=json"},
            "unknown option --fromat, did you mean --format?",
            "check "},
        Row{{"check", "--colour", "always", "--demo"},
            "unknown option --colour, did you mean --color?",
            "check "},
        Row{{"check", "--xyz"}, "unknown option --xyz", "check "},
        Row{{"check", "-x", "--demo"}, "unknown option -x", "check "},
        Row{{"check", "--de\x1bmo"},
            "unknown option --de\\u{1B}mo, did you mean --demo?",
            "check "},
        Row{{"check", "--format"}, "option --format needs a value", "check "},
        Row{{"check", "--demo", "--only"},
            "option --only needs a value",
            "check "},
        Row{{"check", "--help=x"}, "option --help takes no value", "check "},
        Row{{"check", "--demo", "--strict=1"},
            "option --strict takes no value",
            "check "},
        Row{{"check", "--demo", "--quiet=yes"},
            "option --quiet takes no value",
            "check "},
        Row{{"check", "-f", "text", "-f", "json"},
            "option --format was given twice",
            "check "},
        Row{{"check", "-a", "A", "--account", "B"},
            "option --account was given twice",
            "check "},
        Row{{"check", "--demo", "--demo=healthy-iis6"},
            "option --demo was given twice",
            "check "}));

// A variable of a batch file that is not set must not mean "all".
INSTANTIATE_TEST_SUITE_P(
    Empty, UsageTest,
    testing::Values(
        Row{{"check", "--demo", "-a", ""},
            "option --account needs a value",
            "check "},
        Row{{"check", "--demo", "--node", ""},
            "option --node needs a value",
            "check "},
        Row{{"check", "--demo", "--skip", ""},
            "option --skip needs a value",
            "check "},
        Row{{"check", "--demo", "--iis", ""},
            "option --iis needs a value",
            "check "},
        Row{{"check", "--demo", "--computer", ""},
            "option --computer needs a value",
            "check "},
        // The parser would take the next word for the value.
        Row{{"check", "--account=", "cases"},
            "nothing stands after --account=",
            "check "},
        Row{{"check", "--demo="}, "nothing stands after --demo=", "check "},
        Row{{"check", ""},
            "EVIDENCE is empty: name a file or a folder",
            "check "},
        Row{{"check", "a", ""},
            "EVIDENCE is empty: name a file or a folder",
            "check "}));

INSTANTIATE_TEST_SUITE_P(
    Collect, UsageTest,
    testing::Values(
        Row{{"collect", "--scirpt"},
            "unknown option --scirpt, did you mean --script?",
            "collect "},
        Row{{"collect", "--script=x"},
            "option --script takes no value",
            "collect "},
        Row{{"collect", "--script", "--windows"},
            "option --windows needs a value",
            "collect "},
        Row{{"collect", "--script", "--windows", ""},
            "option --windows needs a value",
            "collect "},
        Row{{"collect", "--script", "--windows", "2033"},
            "unknown Windows version 2033, did you mean 2003?",
            "collect "},
        Row{{"collect", "--script", "--output="},
            "nothing stands after --output=",
            "collect "},
        Row{{"collect", "--script", "web01"},
            "one word too many: web01",
            "collect "},
        Row{{"collect", "--windows", "2003"},
            "--windows chooses a script and goes with --script",
            "collect "},
        Row{{"collect", "--script", "--windows", "nt3.51"},
            "there is no script for Windows NT 3.51: its cmd.exe knows too "
            "little\niisdiag: see \"iisdiag list evidence\" for what to "
            "capture "
            "by hand",
            "collect "}));

INSTANTIATE_TEST_SUITE_P(
    Explain, UsageTest,
    testing::Values(
        Row{{"explian"}, "unknown command explian, did you mean explain?", ""},
        Row{{"explain"},
            "explain what? Name a code, or - for standard input",
            "explain "},
        Row{{"explain", ""},
            "explain what? Name a code, or - for standard input",
            "explain "},
        Row{{"explain", " \t", ""},
            "explain what? Name a code, or - for standard input",
            "explain "},
        Row{{"explain", "-", "1326"},
            "- stands for standard input and goes with no code",
            "explain "},
        Row{{"explain", "1326", "-"},
            "- stands for standard input and goes with no code",
            "explain "},
        Row{{"explain", "-", "-"},
            "- stands for standard input and goes with no code",
            "explain "},
        Row{{"explain", "--all"}, "unknown option --all", "explain "},
        Row{{"explain", "-v", "1326"}, "unknown option -v", "explain "}));

INSTANTIATE_TEST_SUITE_P(
    Value, UsageTest,
    testing::Values(
        Row{{"check", "--demo", "--format", "jsn"},
            "unknown format jsn, did you mean json?",
            "check "},
        Row{{"check", "--demo", "-f", "pdf"}, "unknown format pdf", "check "},
        Row{{"check", "--demo", "--only", "usr-rights"},
            "unknown check usr-rights, did you mean user-rights?",
            "check "},
        Row{{"check", "--demo", "--skip", "credential"},
            "unknown check credential, did you mean credential-test?",
            "check "},
        Row{{"check", "--demo", "--only", "rights"},
            "unknown check rights",
            "check "},
        Row{{"check", "--demo=q25320"},
            "unknown demo q25320, did you mean q253204?",
            "check "},
        Row{{"check", "--demo=zzz"}, "unknown demo zzz", "check "},
        Row{{"check", "--demo", "--iis", "11"},
            "unknown IIS version 11",
            "check "},
        Row{{"check", "--demo", "--windows", "2012r3"},
            "unknown Windows version 2012r3, did you mean 2012r2?",
            "check "},
        Row{{"check", "--demo", "--role", "memebr"},
            "unknown role memebr, did you mean member?",
            "check "},
        Row{{"check", "--demo", "--at", "yesterday"},
            "option --at takes a time like 2006-05-16T09:01:00, and not "
            "yesterday",
            "check "},
        Row{{"check", "--demo", "--at", "2006-02-30"},
            "option --at takes a time like 2006-05-16T09:01:00, and not "
            "2006-02-30",
            "check "},
        Row{{"check", "--demo", "--color", "alwyas"},
            "unknown colour choice alwyas, did you mean always?",
            "check "},
        Row{{"check", "--demo", "-r", "json"},
            "option --report takes NAME=FILE, and not json",
            "check "},
        Row{{"check", "--demo", "-r", "json="},
            "option --report takes NAME=FILE, and not json=",
            "check "},
        Row{{"check", "--demo", "-r", "=file"},
            "unknown format \"\"",
            "check "},
        Row{{"check", "--demo", "-r", "jsno=file"},
            "unknown format jsno, did you mean json?",
            "check "}));

INSTANTIATE_TEST_SUITE_P(
    Combination, UsageTest,
    testing::Values(
        Row{{"check", "--demo", "cases"},
            "--demo stands in place of EVIDENCE: give one of them",
            "check "},
        Row{{"check", "--demo", "healthy-iis6"},
            "a demo is named with an equals sign: --demo=healthy-iis6",
            "check "},
        Row{{"check", "--password-stdin"},
            "--password-stdin needs one account: name it with -a",
            "check "},
        Row{{"check", "--password-stdin", "-a", "web", "cases"},
            "--password-stdin is for a live check and goes with no EVIDENCE",
            "check "},
        Row{{"check", "--password-stdin", "-a", "web", "--demo"},
            "--password-stdin is for a live check and goes with no EVIDENCE",
            "check "},
        Row{{"check", "--password-stdin", "-a", "web", "--no-logon"},
            "--password-stdin and --no-logon exclude each other",
            "check "},
        Row{{"check", "--demo", "-qv"},
            "--quiet and --verbose exclude each other",
            "check "},
        Row{{"check", "--demo", "--only", "user-rights", "--skip",
             "user-rights"},
            "--only and --skip leave no check to run",
            "check "},
        Row{{"check", "--demo", "--skip", "account-lookup", "--skip",
             "password-sync", "--skip", "user-rights", "--skip",
             "credential-test"},
            "--only and --skip leave no check to run",
            "check "}));

INSTANTIATE_TEST_SUITE_P(
    List, UsageTest,
    testing::Values(
        Row{{"list"},
            "list what? checks, findings, formats, evidence, demos, codes",
            "list "},
        Row{{"list", "check"},
            "unknown topic check, did you mean checks?",
            "list "},
        Row{{"list", "servers"}, "unknown topic servers", "list "},
        Row{{"list", "checks", "findings"},
            "one word too many: findings",
            "list "},
        Row{{"list", "--format", "json"}, "unknown option --format", "list "}));

}  // namespace
}  // namespace iisdiag::cli
