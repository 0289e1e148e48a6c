#include "cli/exit_code.hpp"

#include <gtest/gtest.h>

namespace iisdiag::cli {
namespace {

using report::Counts;
using report::Status;

struct Row {
  Counts counts;
  // Without an option, --strict, --allow-incomplete, both.
  ExitCode plain;
  ExitCode strict;
  ExitCode allowing;
  ExitCode both;
};

Counts counts(std::initializer_list<Status> statuses) {
  Counts counts;
  for (const Status status : statuses) {
    ++counts[status];
  }
  return counts;
}

TEST(ExitCodeTest, FollowsTheCountsAndTheOptions) {
  const Row rows[] = {
      {counts({}), kExitOk, kExitOk, kExitOk, kExitOk},
      {counts({Status::kPassed, Status::kSkipped}), kExitOk, kExitOk, kExitOk,
       kExitOk},
      {counts({Status::kSkipped}), kExitOk, kExitOk, kExitOk, kExitOk},
      {counts({Status::kPassed, Status::kWarning}), kExitOk, kExitFailed,
       kExitOk, kExitFailed},
      {counts({Status::kPassed, Status::kUnknown}), kExitIncomplete,
       kExitIncomplete, kExitOk, kExitOk},
      {counts({Status::kWarning, Status::kUnknown}), kExitIncomplete,
       kExitFailed, kExitOk, kExitFailed},
      {counts({Status::kFailed}), kExitFailed, kExitFailed, kExitFailed,
       kExitFailed},
      {counts({Status::kFailed, Status::kWarning, Status::kUnknown,
               Status::kPassed, Status::kSkipped}),
       kExitFailed, kExitFailed, kExitFailed, kExitFailed},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(&row - rows);
    EXPECT_EQ(exit_code(row.counts, false, false), row.plain);
    EXPECT_EQ(exit_code(row.counts, true, false), row.strict);
    EXPECT_EQ(exit_code(row.counts, false, true), row.allowing);
    EXPECT_EQ(exit_code(row.counts, true, true), row.both);
  }
}

TEST(ExitCodeTest, NumbersNeverChange) {
  EXPECT_EQ(kExitOk, 0);
  EXPECT_EQ(kExitFailed, 1);
  EXPECT_EQ(kExitIncomplete, 2);
  EXPECT_EQ(kExitUsage, 3);
  EXPECT_EQ(kExitNothing, 4);
  EXPECT_EQ(kExitInternal, 5);
}

TEST(ExitCodeTest, HasWordsForEachCodeAndNoOther) {
  for (int code = kExitOk; code <= kExitInternal; ++code) {
    EXPECT_NE(exit_code_text(code), "") << code;
  }
  EXPECT_EQ(exit_code_text(-1), "");
  EXPECT_EQ(exit_code_text(6), "");
}

}  // namespace
}  // namespace iisdiag::cli
