// W3C logs that are large in one way or another.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "evidence/describe_log.hpp"
#include "evidence/limits.hpp"
#include "evidence/log_blocks.hpp"
#include "evidence/parallel.hpp"
#include "evidence/w3c.hpp"
#include "evidence/w3c_reference.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kFields =
    "#Fields: date time cs-uri-stem cs-username sc-status sc-substatus "
    "sc-win32-status\n";

FileFacts read(std::string_view log,
               const std::vector<std::size_t>& cuts = {}) {
  const auto reader = open_w3c_log({"log", ""}, LogBlocks::kBlock);
  return read_pieces(*reader, log, cuts);
}

std::string row(std::string_view path, std::string_view end) {
  return "2026-05-01 10:00:00 " + std::string(path) + " - " + std::string(end) +
         "\n";
}

TEST(W3cLargeTest, ManyBlocksOnAnyNumberOfThreads) {
  std::string log(kFields);
  for (int i = 0; i < 40'000; ++i) {
    if (i == 15'000) {
      log +=
          "#Fields: date time sc-win32-status sc-status cs-username "
          "cs-uri-stem time-taken\n";
    }
    const std::string path = "/a" + std::to_string(i % 50) + "/x.asp";
    const bool refused = i % 37 == 0;
    log += i < 15'000 ? row(path, refused ? "401 1 1326" : "304 0 0")
                      : "2026-05-02 11:00:0" + std::to_string(i % 10) +
                            (refused ? " 1385 401 " : " 0 304 ") + "- " + path +
                            " 401234\n";
  }
  ASSERT_GT(log.size(), LogBlocks::kBlock + LogBlocks::kBlock / 2);
  const std::string plain = describe_log(read_plainly(log));
  for (std::size_t threads = 1; threads <= 3; ++threads) {
    const ForcedWorkers workers(threads);
    EXPECT_EQ(describe_log(read(log)), plain) << threads;
    EXPECT_EQ(describe_log(read(log, {1'100'000, 1'500'000})), plain)
        << threads;
  }
}

// More hours than are kept, most of them in several blocks, some rows late.
TEST(W3cLargeTest, HoursOnAnyNumberOfThreads) {
  constexpr facts::ClockSeconds kStart = 1'777'593'600;  // 2026-05-01
  std::minstd_rand random(5);
  std::string log(kFields);
  while (log.size() < 3 * LogBlocks::kBlock / 2) {
    const auto late = static_cast<facts::ClockSeconds>(
        random() % 8 == 0 ? random() % (200 * 3600) : 0);
    const std::string time = facts::iso_text(
        {kStart + static_cast<facts::ClockSeconds>(log.size() / 2) - late, {}});
    log += time.substr(0, 10) + " " + time.substr(11) + " /a" +
           std::to_string(random() % 3) + "/x.asp - 401 1 1326\n";
  }
  const FileFacts plain = read_plainly(log);
  ASSERT_EQ(plain.records.attempts.size(), 3U);
  EXPECT_EQ(plain.records.attempts[0].hours.size(), facts::kMostHours);
  for (std::size_t threads = 1; threads <= 3; ++threads) {
    const ForcedWorkers workers(threads);
    EXPECT_EQ(describe_log(read(log)), describe_log(plain)) << threads;
    EXPECT_EQ(describe_log(read(log, {1'100'000, 1'500'000})),
              describe_log(plain))
        << threads;
  }
}

TEST(W3cLargeTest, OnlySoManyGroupsAreKept) {
  std::string log(kFields);
  for (std::size_t i = 0; i < kMaxAttemptGroups + 10; ++i) {
    log += row("/" + std::to_string(i), "401 1 1326");
  }
  log += row("/0", "401 1 1326");
  const FileFacts facts = read(log);
  EXPECT_EQ(facts.records.attempts.size(), kMaxAttemptGroups);
  EXPECT_EQ(facts.records.attempts.front().count, 2U);
  EXPECT_FALSE(facts.records.logs.front().is_whole);
  ASSERT_EQ(facts.problems.size(), 1U);
  EXPECT_EQ(facts.problems.front().text,
            "10 rows were left out, for there are too many kinds of them, from "
            "this line on");
}

TEST(W3cLargeTest, SuccessesAreLookedForInTheNewestRows) {
  std::string log(kFields);
  log += row("/old/", "200 0 0");
  log += row("/new/", "200 0 0");
  for (std::uint64_t i = 0; i + 1 < kSuccessRows; ++i) {
    log += "2026-05-01 10:00:00 / - 302 0 0\n";
  }
  EXPECT_EQ(describe_log(read(log)),
            "web - /new 200.0 0 - 1x 2026-05-01T10:00:00 @3\n"
            "log of web - 100001 rows 2026-05-01T10:00:00 to "
            "2026-05-01T10:00:00\n");
}

TEST(W3cLargeTest, SuccessesAreLookedForInTheLastBytes) {
  std::string log(kFields);
  log += row("/old/", "200 0 0");
  const std::size_t begin = log.size();
  log += row("/new/", "200 0 0");
  const std::string other = row("/" + std::string(60'000, 'x'), "302 0 0");
  while (log.size() + 2 * other.size() < begin + kSuccessBytes) {
    log += other;
  }
  const std::string last = row("/", "302 0 0");
  log +=
      row("/" + std::string(
                    begin + kSuccessBytes - log.size() - 2 * last.size(), 'x'),
          "302 0 0");
  log += last;
  ASSERT_EQ(log.size(), begin + kSuccessBytes);
  const std::string found = describe_log(read(log));
  EXPECT_TRUE(found.starts_with("web - /new 200.0 0 - 1x")) << found;
  EXPECT_EQ(describe_log(read(log, {5U << 20U, 12U << 20U})), found);
  const std::string none = describe_log(read(log + last));
  EXPECT_TRUE(none.starts_with("log of web")) << none;
}

// A line without an end takes no more memory than one of 1 MiB.
TEST(W3cLargeTest, ALineWithoutEnd) {
  const auto reader = open_w3c_log({"log", ""}, LogBlocks::kBlock);
  std::string piece = std::string(kFields) + row("/", "401 1 1326");
  piece.resize(4U << 20U, 'x');
  std::size_t done = reader->read(piece, false);
  EXPECT_EQ(done, piece.size());
  const std::string more(4U << 20U, 'x');
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(reader->read(more, false), more.size());
  }
  const std::string end = " 401 1 1326\n" + row("/", "401 1 1326");
  EXPECT_EQ(reader->read(end, true), end.size());
  FileFacts facts;
  reader->finish(facts);
  EXPECT_EQ(describe_log(facts),
            "web - / 401.1 1326 - 2x 2026-05-01T10:00:00 @2 to "
            "2026-05-01T10:00:00 @4\n"
            "log of web - 3 rows 2026-05-01T10:00:00 to 2026-05-01T10:00:00, "
            "not whole\n"
            "problem @3: a line is longer than 1 MiB and was cut\n");
}

TEST(W3cLargeTest, HeadersAllOver) {
  std::string log;
  while (log.size() < 3U << 20U) {
    log += kFields;
    log += "#Fields: date\n#\n";
  }
  log += kFields;
  log += row("/a/b/c/d/" + std::string(100'000, 'e'), "401 1 5");
  const FileFacts facts = read(log);
  ASSERT_EQ(facts.records.attempts.size(), 1U);
  EXPECT_EQ(facts.records.attempts.front().url, "/a/b/c");
}

}  // namespace
}  // namespace iisdiag::evidence
