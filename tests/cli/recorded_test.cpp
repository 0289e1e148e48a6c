// What is said of logons on record: whole reports.
#include <gtest/gtest.h>

#include <string>

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

}  // namespace
}  // namespace iisdiag::cli
