// Help, version and lists, as a whole: tests/cli/golden/.
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "cli/exit_code.hpp"
#include "support/program.hpp"
#include "text/unicode.hpp"

namespace iisdiag::cli {
namespace {

using test::call;
using test::golden_text;
using test::Outcome;

struct Row {
  std::vector<std::string> arguments;
  std::string golden;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << testing::PrintToString(row.arguments);
}

class HelpTest : public testing::TestWithParam<Row> {};

TEST_P(HelpTest, PrintsTheWholeText) {
  const Outcome outcome = call(GetParam().arguments);
  EXPECT_EQ(outcome.out, golden_text(GetParam().golden));
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, kExitOk);
}

TEST_P(HelpTest, FitsIntoATerminal) {
  std::istringstream lines(call(GetParam().arguments).out);
  for (std::string line; std::getline(lines, line);) {
    // The commands under `list evidence` are there to be pasted.
    if (GetParam().golden != "list-evidence") {
      EXPECT_LE(text::display_width(line), 80U) << line;
    }
    EXPECT_FALSE(line.ends_with(' ')) << line;
    for (const char byte : line) {
      EXPECT_TRUE(byte >= ' ' && byte <= '~') << line;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Every, HelpTest,
    testing::Values(
        Row{{"--help"}, "help"}, Row{{"-h"}, "help"}, Row{{"-?"}, "help"},
        Row{{"/?"}, "help"}, Row{{"help"}, "help"},
        Row{{"check", "--help"}, "check-help"},
        Row{{"check", "-h"}, "check-help"}, Row{{"check", "-?"}, "check-help"},
        Row{{"check", "/?"}, "check-help"},
        // Help was asked for, so nothing else counts, right or wrong.
        Row{{"check", "--demo", "--help"}, "check-help"},
        Row{{"check", "--fromat", "/?"}, "check-help"},
        Row{{"collect", "--help"}, "collect-help"},
        Row{{"collect", "--script", "/?"}, "collect-help"},
        Row{{"explain", "--help"}, "explain-help"},
        Row{{"explain", "1326", "/?"}, "explain-help"},
        Row{{"merge", "--help"}, "merge-help"},
        Row{{"merge", "a.json", "/?"}, "merge-help"},
        Row{{"diff", "-h"}, "diff-help"}, Row{{"list", "--help"}, "list-help"},
        Row{{"list", "/?"}, "list-help"},
        Row{{"list", "findings", "-h"}, "list-help"},
        Row{{"list", "checks"}, "list-checks"},
        Row{{"list", "findings"}, "list-findings"},
        Row{{"list", "formats"}, "list-formats"},
        Row{{"list", "evidence"}, "list-evidence"},
        Row{{"list", "demos"}, "list-demos"},
        Row{{"list", "codes"}, "list-codes"}));

TEST(HelpTest, ExamplesStandBeforeOptions) {
  for (const std::string name :
       {"help", "check-help", "collect-help", "merge-help"}) {
    const std::string text = golden_text(name);
    const auto examples = text.find("\nExamples:\n");
    const auto options = text.find("\nOptions:\n");
    ASSERT_NE(examples, std::string::npos);
    ASSERT_NE(options, std::string::npos);
    EXPECT_LT(examples, options);
  }
}

// The options of check, as their users were promised them.
TEST(HelpTest, NamesEveryOption) {
  const std::string help = call({"check", "--help"}).out;
  for (const std::string_view option : {"--demo[=NAME]",
                                        "-a, --account NAME",
                                        "--node PATH",
                                        "--iis VERSION",
                                        "--windows VERSION",
                                        "--role ROLE",
                                        "--computer NAME",
                                        "--at TIME",
                                        "--no-logon",
                                        "--password-stdin",
                                        "--only CHECK",
                                        "--skip CHECK",
                                        "--strict",
                                        "--allow-incomplete",
                                        "-f, --format NAME",
                                        "-r, --report NAME=FILE",
                                        "-q, --quiet",
                                        "-v, --verbose",
                                        "--color auto|always|never",
                                        "-h, --help, -?, /?"}) {
    EXPECT_NE(help.find(option), std::string::npos) << option;
  }
}

// A file can have any name.
TEST(HelpTest, IsNotMeantAfterTheEndOfOptions) {
  const Outcome outcome = call({"check", "--", "/?"});
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "iisdiag: /?: no such file or folder\n");
  EXPECT_EQ(outcome.code, kExitNothing);
}

TEST(HelpTest, TellsTheVersion) {
  const Outcome outcome = call({"--version"});
  EXPECT_EQ(outcome.out, "iisdiag 1.0.0\n");
  EXPECT_EQ(outcome.code, kExitOk);
}

}  // namespace
}  // namespace iisdiag::cli
