// What event logs told, as tests look at it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "win32/event_log.hpp"
#include "win32/fake_windows.hpp"

namespace iisdiag::win32 {

// 2026-11-22T10:00:00Z; the clock of FakeWindows is an hour ahead.
inline constexpr std::int64_t kNow = 1795341600;
inline constexpr facts::Moment kClock{kNow + 3600, 60};

inline evidence::FileFacts read_logs(FakeWindows& windows) {
  evidence::FileFacts facts;
  read_event_logs(windows.api(), kClock, facts);
  EXPECT_EQ(windows.open, 0);
  EXPECT_FALSE(windows.is_broken);
  EXPECT_EQ(facts.records.logs.size(), 2U);
  EXPECT_EQ(facts.records.logs.at(0).kind, facts::LogKind::kSystemEvents);
  EXPECT_EQ(facts.records.logs.at(1).kind, facts::LogKind::kSecurityEvents);
  return facts;
}

using Texts = std::vector<std::string>;

// `text | origin | todo`, of all.
inline Texts problems(const evidence::FileFacts& facts) {
  Texts all;
  for (const facts::Problem& problem : facts.problems) {
    all.push_back(problem.text + " | " + problem.origin.text() + " | " +
                  problem.todo);
  }
  return all;
}

inline const std::string kElevated =
    "Run iisdiag from an elevated prompt (Run as administrator).";

}  // namespace iisdiag::win32
