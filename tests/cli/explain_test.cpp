// `explain`: whole texts (tests/cli/golden/explain-*.txt), exit codes, and
// what it says of input that it does not know.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "checks/check.hpp"
#include "cli/exit_code.hpp"
#include "evidence/logon_events.hpp"
#include "knowledge/code_reading.hpp"
#include "support/program.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::cli {
namespace {

using test::call;
using test::golden_text;
using test::Outcome;

Outcome explain(std::vector<std::string> codes) {
  codes.insert(codes.begin(), "explain");
  return call(codes);
}

struct Row {
  std::vector<std::string> codes;
  std::string golden;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << testing::PrintToString(row.codes);
}

class ExplainTest : public testing::TestWithParam<Row> {};

TEST_P(ExplainTest, PrintsTheWholeText) {
  const Outcome outcome = explain(GetParam().codes);
  EXPECT_EQ(outcome.out, golden_text(GetParam().golden));
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, kExitOk);
}

INSTANTIATE_TEST_SUITE_P(
    Every, ExplainTest,
    testing::Values(
        Row{{"1326"}, "explain-1326"}, Row{{"0x8007052E"}, "explain-1326"},
        Row{{"C000006D"}, "explain-1326"}, Row{{"-2147023570"}, "explain-1326"},
        Row{{"2E", "05", "00", "00"}, "explain-1326"},
        // Told once, whatever the notation.
        Row{{"1326", "0xC000006D", "2E 05 00 00", "ERROR_LOGON_FAILURE"},
            "explain-1326"},
        Row{{"Logon failure: unknown user name or bad password."},
            "explain-1326"},
        Row{{"401", "1", "1385"}, "explain-401-1-1385"},
        Row{{"401 1 1385"}, "explain-401-1-1385"},
        Row{{"401.1", "0x80070569"}, "explain-401-1-1385"},
        Row{{"401", "1", "1385", "1385"}, "explain-401-1-1385"},
        Row{{"401", "2", "2148074254"}, "explain-handshake"},
        Row{{"530"}, "explain-530"}, Row{{"W3SVC", "100"}, "explain-event-100"},
        Row{{"100"}, "explain-event-100"},
        Row{{"right-denied"}, "explain-right-denied"},
        Row{{"renamed-computer"}, "explain-renamed-computer"},
        Row{{"user-rights", "user-rights"}, "explain-user-rights"},
        Row{{"Q169263"}, "explain-Q169263"}));

// Everything that has an explanation, by a code that finds it.
std::vector<std::string> everything() {
  std::vector<std::string> codes;
  for (const auto* code : knowledge::all_logon_codes()) {
    codes.emplace_back(code->name);
  }
  for (const auto& code : knowledge::sspi_codes()) {
    codes.emplace_back(code.name);
  }
  for (const auto& status : knowledge::http_statuses()) {
    codes.push_back(knowledge::status_name(status));
  }
  for (const auto& event : knowledge::event_codes()) {
    codes.push_back("event " + std::to_string(event.id));
  }
  for (const auto* page : knowledge::all_finding_pages()) {
    codes.emplace_back(page->id);
  }
  for (const auto* article : knowledge::all_articles()) {
    codes.emplace_back(article->id);
  }
  for (const std::string win32 : {"5", "1326", "2148074248", "2148074252",
                                  "2148074254", "2148074257", "2148074274"}) {
    for (const std::string status : {"401 1 ", "401 2 ", "401 3 ", "401 ",
                                     "530 ", "500 19 ", "503 ", "500 0 "}) {
      codes.push_back(status + win32);
    }
  }
  codes.insert(codes.end(), {"401 1 0", "401 2 0", "530 0 0", "500 0 0"});
  return codes;
}

TEST(ExplainAllTest, FitsIntoATerminalInAscii) {
  for (const std::string& code : everything()) {
    SCOPED_TRACE(code);
    const Outcome outcome = explain({code});
    EXPECT_EQ(outcome.err, "");
    std::istringstream lines(outcome.out);
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
      // A command is not broken: it is there to be pasted.
      const bool is_command = line.starts_with(std::string(17, ' '));
      EXPECT_TRUE(is_command || line.size() <= 80) << line;
      EXPECT_FALSE(line.ends_with(' ')) << line;
      for (const char byte : line) {
        EXPECT_TRUE(byte >= ' ' && byte <= '~') << line;
      }
    }
    EXPECT_GE(count, 3);
    // Each block once.
    const std::string twice = explain({code, code}).out;
    EXPECT_EQ(twice, outcome.out);
  }
}

TEST(ExplainAllTest, NamesFindingsThatExist) {
  const auto look = [](const knowledge::Explanation& more) {
    for (const auto id : text::split(more.causes, ' ')) {
      EXPECT_TRUE(more.causes.empty() || checks::find_finding(id) != nullptr)
          << id;
    }
    for (const auto sentence : {more.here, more.proves_not}) {
      EXPECT_TRUE(sentence.empty() || sentence.ends_with('.')) << sentence;
    }
  };
  for (const auto* code : knowledge::all_logon_codes()) {
    SCOPED_TRACE(code->name);
    look(code->more);
    EXPECT_NE(code->more.remedy, "");
    EXPECT_TRUE(code->finding.empty() ||
                checks::find_finding(code->finding) != nullptr);
    // What a check makes of the code is one of the causes that are named.
    EXPECT_NE((" " + std::string(code->more.causes) + " ")
                  .find(" " + std::string(code->finding)),
              std::string::npos);
  }
  for (const auto& code : knowledge::sspi_codes()) {
    SCOPED_TRACE(code.name);
    look(code.more);
  }
  for (const auto& status : knowledge::http_statuses()) {
    SCOPED_TRACE(knowledge::status_name(status));
    look(status.more);
    EXPECT_NE(status.more.remedy, "");
  }
  for (const auto& event : knowledge::event_codes()) {
    SCOPED_TRACE(event.id);
    look(event.more);
    EXPECT_NE(knowledge::text_of(event), "");
  }
}

// An event that is read as evidence and cannot be explained would be a riddle.
TEST(ExplainAllTest, KnowsTheEventsThatAreRead) {
  for (const auto source :
       {evidence::EventSource::kIis, evidence::EventSource::kSecurity,
        evidence::EventSource::kAuditing}) {
    for (const auto id : evidence::event_ids(source)) {
      const auto* meaning = evidence::find_event(source, id);
      if (!evidence::is_log_cleared(*meaning)) {
        EXPECT_FALSE(knowledge::find_events(id, {}).empty()) << id;
      }
    }
  }
}

TEST(ExplainTest, ExplainsWhatItKnowsAndSaysWhatNot) {
  const Outcome outcome = explain({"9999", "1326", "rigt-denied"});
  EXPECT_EQ(outcome.out, golden_text("explain-1326"));
  EXPECT_EQ(outcome.err,
            "iisdiag: unknown code 9999\n"
            "iisdiag: unknown code rigt-denied, did you mean right-denied?\n");
  EXPECT_EQ(outcome.code, kExitNothing);
}

// Found by fuzzing: hundreds of words took a second.
TEST(ExplainTest, OnlyTheFirstTwentyUnknownWordsGetASuggestion) {
  const Outcome outcome = explain(std::vector<std::string>(777, "rigt-denied"));
  std::size_t suggestions = 0;
  for (std::size_t at = outcome.err.find("did you mean right-denied?");
       at != std::string::npos;
       at = outcome.err.find("did you mean right-denied?", at + 1)) {
    ++suggestions;
  }
  EXPECT_EQ(suggestions, 20U);
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 777);
}

TEST(ExplainTest, UnknownCodes) {
  const auto err = [](const std::string& code) {
    const Outcome outcome = explain({code});
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.code, kExitNothing);
    return outcome.err;
  };
  EXPECT_EQ(err("0"), "iisdiag: unknown code 0\n");
  EXPECT_EQ(err("0xC0000001"), "iisdiag: unknown code 0xC0000001\n");
  EXPECT_EQ(err("hello world"), "iisdiag: unknown code hello world\n");
  EXPECT_EQ(err("ERROR_LOGON_FALURE"),
            "iisdiag: unknown code ERROR_LOGON_FALURE, did you mean "
            "ERROR_LOGON_FAILURE?\n");
  EXPECT_EQ(err("\x1b[2J\xff"),
            "iisdiag: unknown code \\u{1B}[2J\xef\xbf\xbd\n");
  EXPECT_EQ(err(std::string(1U << 20U, '-') + "x"),
            "iisdiag: unknown code " + std::string(60, '-') + "...\n");
  EXPECT_EQ(err(std::string(1U << 20U, 'x')),
            "iisdiag: unknown code " + std::string(60, 'x') + "...\n");
}

TEST(ExplainTest, FollowsTheWidthOfATerminal) {
  const test::Terminal narrow{.is_terminal = true, .width = 40};
  std::istringstream lines(call({"explain", "1385"}, narrow).out);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 40U) << line;
  }
  EXPECT_EQ(call({"explain", "1326"}, {.width = 40}).out,
            golden_text("explain-1326"));
}

TEST(ExplainTest, AFullDiskIsExit5) {
  const Outcome outcome = call({"explain", "1326"}, {.out_fails = true});
  EXPECT_EQ(outcome.code, kExitInternal);
  EXPECT_EQ(outcome.err, "iisdiag: standard output could not be written\n");
}

}  // namespace
}  // namespace iisdiag::cli
