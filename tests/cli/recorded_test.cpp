// What is said of logons on record: whole reports.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "cli/exit_code.hpp"
#include "evidence/file_system.hpp"
#include "support/program.hpp"

namespace iisdiag::cli {
namespace {

struct Row {
  const char* scenario;
  int code;
};

class RecordedReportTest : public testing::TestWithParam<Row> {};

TEST_P(RecordedReportTest, IsPrintedWhole) {
  const std::string name = GetParam().scenario;
  evidence::MemoryFiles files;
  test::copy_folder(IISDIAG_SOURCE_DIR "/tests/scenarios/" + name + "/evidence",
                    "FOLDER", files);
  const test::Outcome outcome = test::call({"check", "FOLDER"}, files);
  EXPECT_EQ(outcome.code, GetParam().code);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.out, test::golden_text(name));
}

INSTANTIATE_TEST_SUITE_P(
    Every, RecordedReportTest,
    testing::Values(Row{"recorded-chain-to-lock-iis6", kExitFailed},
                    Row{"recorded-right-comes-back-iis5", kExitFailed},
                    Row{"logs-alone-iis6", kExitIncomplete},
                    Row{"look-alike-brute-force-iis6", kExitIncomplete}),
    [](const testing::TestParamInfo<Row>& row) {
      return "N" + std::to_string(row.index);
    });

// No published log shows such a row (docs/uncertain.md).
TEST(RecordedReport, SaysWithVerboseThatARowOfAWebLogIsUncertain) {
  evidence::MemoryFiles files;
  test::copy_folder(IISDIAG_SOURCE_DIR
                    "/tests/scenarios/web-log-1385-2016/evidence",
                    "FOLDER", files);
  constexpr std::string_view kRule = "uncertain (U13)";
  EXPECT_NE(test::call({"check", "FOLDER", "-v"}, files).out.find(kRule),
            std::string::npos);
  EXPECT_EQ(test::call({"check", "FOLDER"}, files).out.find(kRule),
            std::string::npos);
}

// Sync was switched off, which takes the password away; an empty one was then
// presented until the account was locked.
TEST(RecordedChainTest, AChainOfThreeIsToldInTheOrderOfRepair) {
  evidence::MemoryFiles files;
  test::copy_folder(IISDIAG_SOURCE_DIR
                    "/tests/scenarios/sync-toggled-off-iis5/evidence",
                    "FOLDER", files);
  std::ifstream file(IISDIAG_SOURCE_DIR
                     "/tests/scenarios/sync-toggled-off-iis5/evidence/"
                     "net-user.txt",
                     std::ios::binary);
  std::string user{std::istreambuf_iterator<char>(file), {}};
  const std::string_view active = "Account active               Yes";
  ASSERT_NE(user.find(active), std::string::npos);
  user.replace(user.find(active) + active.size() - 3, 3, "Locked");
  files.add("FOLDER/net-user.txt", user);
  const auto event = [](std::string_view time, std::string_view data) {
    return fmt::format(
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>"
        "<System><Provider Name='W3SVC'/><EventID>100</EventID>"
        "<TimeCreated SystemTime='2002-09-02T{}Z'/><EventRecordID>7"
        "</EventRecordID><Channel>System</Channel></System><EventData>"
        "<Data>IUSR_WEB23</Data><Data>-</Data><Binary>{}</Binary></EventData>"
        "</Event>\n",
        time, data);
  };
  files.add("FOLDER/system.xml",
            event("10:00:00", "2E050000") + event("10:05:00", "75070000"));
  const std::string out = test::call({"check", "FOLDER"}, files).out;
  const auto at = [&](std::string_view part) {
    const auto found = out.find(part);
    EXPECT_NE(found, std::string::npos) << part << "\nnot in\n" << out;
    return found;
  };
  EXPECT_LT(at("1. Password sync: no password is stored for the account"),
            at("2. Credential test: the stored password is not the account's"));
  EXPECT_LT(at("Fix       A consequence of 1: with sync off and nothing"),
            at("3. Account lookup:"));
  EXPECT_LT(at("3. Account lookup:"),
            at("Fix       A consequence of 2: each logon with it counts"));
}

}  // namespace
}  // namespace iisdiag::cli
