// Records by the hour: of groups as they grow, and of logs as a whole.
#include "evidence/hour_counts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "evidence/attempt_groups.hpp"
#include "evidence/describe_log.hpp"
#include "evidence/event_log.hpp"
#include "evidence/row_groups.hpp"

namespace iisdiag::evidence {
namespace {

using facts::ClockSeconds;
using facts::HourCount;
using facts::LogonAttempt;

constexpr ClockSeconds kStart = 1'779'998'400;  // 2026-05-28T20:00:00
constexpr ClockSeconds kHour = 3600;

HourCounts counted(const std::vector<ClockSeconds>& times) {
  HourCounts counts;
  for (const ClockSeconds time : times) {
    counts.add(time);
  }
  return counts;
}

std::vector<HourCount> plainly(const std::vector<ClockSeconds>& times) {
  LogonAttempt attempt;
  for (const ClockSeconds time : times) {
    count_hour(attempt, time);
  }
  return attempt.hours;
}

// One record in each of so many hours, from `first` on.
std::vector<ClockSeconds> each_hour(ClockSeconds first, int hours) {
  std::vector<ClockSeconds> times(static_cast<std::size_t>(hours));
  for (int i = 0; i < hours; ++i) {
    times[static_cast<std::size_t>(i)] = first + i * kHour + i % 3600;
  }
  return times;
}

TEST(HourCountsTest, WithoutRecords) {
  EXPECT_EQ(HourCounts().list(), std::vector<HourCount>{});
  HourCounts none;
  none.add(HourCounts());
  EXPECT_EQ(none.list(), std::vector<HourCount>{});
}

TEST(HourCountsTest, SeveralHours) {
  EXPECT_EQ(counted({kStart, kStart + 3599, kStart + 3600, kStart + 5 * kHour})
                .list(),
            (std::vector<HourCount>{
                {kStart, 2}, {kStart + kHour, 1}, {kStart + 5 * kHour, 1}}));
}

TEST(HourCountsTest, InAnyOrder) {
  EXPECT_EQ(counted({kStart + 2 * kHour, kStart, kStart + kHour + 5, kStart + 7,
                     kStart + 2 * kHour + 1, kStart + kHour})
                .list(),
            (std::vector<HourCount>{
                {kStart, 2}, {kStart + kHour, 2}, {kStart + 2 * kHour, 2}}));
}

TEST(HourCountsTest, AroundTheYear1970) {
  EXPECT_EQ(
      counted({-1, 0, 3599, 3600, -3600, -3601}).list(),
      (std::vector<HourCount>{{-7200, 1}, {-3600, 2}, {0, 2}, {3600, 1}}));
  EXPECT_EQ(counted({0}).list(), (std::vector<HourCount>{{0, 1}}));
}

TEST(HourCountsTest, CountsOfPartsAreThoseOfTheWhole) {
  HourCounts first = counted({kStart, kStart + kHour});
  first.add(counted({kStart + kHour, kStart + 2 * kHour}));
  first.add(counted({kStart - kHour, kStart}));
  EXPECT_EQ(first.list(), (std::vector<HourCount>{{kStart - kHour, 1},
                                                  {kStart, 2},
                                                  {kStart + kHour, 2},
                                                  {kStart + 2 * kHour, 1}}));
  HourCounts none;
  none.add(first);
  EXPECT_EQ(none.list(), first.list());
}

TEST(HourCountsTest, TheNewest168) {
  const std::vector<ClockSeconds> times = each_hour(kStart, 170);
  const std::vector<HourCount> kept = counted(times).list();
  ASSERT_EQ(kept.size(), 168U);
  EXPECT_EQ(kept.front(), (HourCount{kStart + 2 * kHour, 1}));
  EXPECT_EQ(kept.back(), (HourCount{kStart + 169 * kHour, 1}));
  std::vector<ClockSeconds> backward(times.rbegin(), times.rend());
  EXPECT_EQ(counted(backward).list(), kept);
}

// Hours without records take no place.
TEST(HourCountsTest, HoursMayLieFarApart) {
  EXPECT_EQ(
      counted({kStart, kStart + 10'000 * kHour}).list(),
      (std::vector<HourCount>{{kStart, 1}, {kStart + 10'000 * kHour, 1}}));
}

// What went to make room for newer ones does not come back with too few.
TEST(HourCountsTest, AnHourThatWentStaysAway) {
  HourCounts counts = counted(each_hour(kStart, 168));
  counts.add(kStart + 168 * kHour);
  counts.add(kStart);
  counts.add(kStart - kHour);
  EXPECT_EQ(counts.list().front(), (HourCount{kStart + kHour, 1}));
  EXPECT_EQ(counts.list().size(), 168U);
}

TEST(HourCountsTest, AnyOrderAndAnyPartsGiveTheSame) {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    std::minstd_rand random(seed);
    const auto hours = static_cast<ClockSeconds>(1 + random() % 400);
    std::vector<ClockSeconds> times;
    for (std::size_t i = random() % 2000; i > 0; --i) {
      times.push_back(kStart +
                      static_cast<ClockSeconds>(random()) % (hours * kHour));
    }
    const std::vector<HourCount> expected = plainly(times);
    if (seed % 2 == 0) {
      std::sort(times.begin(), times.end());
    }
    EXPECT_EQ(counted(times).list(), expected) << seed;
    std::vector<HourCounts> parts(1 + random() % 5);
    for (const ClockSeconds time : times) {
      parts[random() % parts.size()].add(time);
    }
    HourCounts joined;
    for (const HourCounts& part : parts) {
      joined.add(part);
    }
    EXPECT_EQ(joined.list(), expected) << seed;
  }
}

GroupedRow row(std::string_view url) {
  GroupedRow result;
  result.kind = facts::RecordKind::kWebLog;
  result.url = url;
  result.status = 401;
  return result;
}

std::string hours_of(const RowGroups& groups) {
  std::string text;
  const auto name = std::make_shared<const std::string>("log");
  for (const LogonAttempt& attempt : groups.attempts(name, true)) {
    text += fmt::format("{} {}x{}\n", attempt.url, attempt.count,
                        hours_text(attempt));
  }
  return text;
}

TEST(HoursOfRowsTest, EachGroupHasItsOwn) {
  RowGroups groups(10);
  groups.add(row("/a"), kStart, 1);
  groups.add(row("/b"), kStart + 1, 2);
  groups.add(row("/a"), kStart + kHour, 3);
  groups.add(row("/a"), kStart + 59, 4);
  groups.add(row("/b"), kStart + 2, 5);
  EXPECT_EQ(hours_of(groups),
            "/a 3x, hours 2026-05-28T20 2x, 2026-05-28T21 1x\n"
            "/b 2x\n");
  RowGroups next(10);
  next.add(row("/b"), kStart + 2 * kHour, 1);
  next.add(row("/c"), kStart + 3 * kHour, 2);
  groups.join(next, 5);
  EXPECT_EQ(hours_of(groups),
            "/a 3x, hours 2026-05-28T20 2x, 2026-05-28T21 1x\n"
            "/b 3x, hours 2026-05-28T20 2x, 2026-05-28T22 1x\n"
            "/c 1x\n");
}

TEST(HoursOfRowsTest, RowsWithoutATimeHaveNone) {
  RowGroups groups(10);
  groups.add(row("/a"), std::nullopt, 1);
  groups.add(row("/a"), std::nullopt, 2);
  const auto name = std::make_shared<const std::string>("log");
  const auto attempts = groups.attempts(name, false);
  ASSERT_EQ(attempts.size(), 1U);
  EXPECT_EQ(attempts[0].count, 2U);
  EXPECT_EQ(attempts[0].hours, std::vector<HourCount>{});
}

EventView refused(ClockSeconds time) {
  static const std::string_view kStrings[] = {"IUSR_WEB01", "error 1326"};
  EventView event;
  event.meaning = find_event(EventSource::kIis, 100);
  event.id = 100;
  event.writer = "W3SVC";
  event.time = time;
  event.strings = kStrings;
  return event;
}

TEST(HoursOfEventsTest, OfPartsThatAreJoined) {
  EventLogPart first;
  first.add(refused(kStart + kHour), 1);
  first.add(refused(kStart), 2);
  EventLogPart second;
  second.add(refused(kStart + 30), 3);
  second.add(refused(kStart + 4 * kHour), 4);
  first.join(std::move(second));
  FileFacts facts;
  first.finish("System.evt", true, facts);
  ASSERT_EQ(facts.records.attempts.size(), 1U);
  EXPECT_EQ(facts.records.attempts[0].count, 4U);
  EXPECT_EQ(facts.records.attempts[0].hours,
            (std::vector<HourCount>{
                {kStart, 2}, {kStart + kHour, 1}, {kStart + 4 * kHour, 1}}));
}

TEST(HoursOfEventsTest, OfTheServersClockAndWithoutATime) {
  EventLogPart part;
  part.set_style(true, true);
  EventView local = refused(kStart + 30);
  local.is_local = true;
  part.add(local, 1);
  EventView timeless = refused(0);
  timeless.has_time = false;
  part.add(timeless, 2);
  FileFacts facts;
  part.finish("log.txt", true, facts);
  ASSERT_EQ(facts.records.attempts.size(), 2U);
  EXPECT_TRUE(facts.records.attempts[0].is_local);
  EXPECT_EQ(facts.records.attempts[0].hours,
            (std::vector<HourCount>{{kStart, 1}}));
  EXPECT_EQ(facts.records.attempts[1].hours, std::vector<HourCount>{});
}

LogonAttempt with_hours(std::vector<HourCount> hours) {
  LogonAttempt attempt;
  attempt.count = 9;
  attempt.hours = std::move(hours);
  return attempt;
}

TEST(LimitHoursTest, TheNewestOfAllGroups) {
  const std::vector<LogonAttempt> all = {
      with_hours({{kStart, 1}, {kStart + kHour, 2}, {kStart + 2 * kHour, 3}}),
      with_hours({{kStart, 4}}), with_hours({{kStart + 2 * kHour, 5}})};
  std::vector<LogonAttempt> kept = all;
  limit_hours(kept, 5);
  EXPECT_EQ(kept, all);
  // One of the two of ten o'clock would be too few for that hour.
  limit_hours(kept, 4);
  EXPECT_EQ(kept,
            (std::vector<LogonAttempt>{
                with_hours({{kStart + kHour, 2}, {kStart + 2 * kHour, 3}}),
                with_hours({}), with_hours({{kStart + 2 * kHour, 5}})}));
  limit_hours(kept, 2);
  EXPECT_EQ(kept, (std::vector<LogonAttempt>{
                      with_hours({{kStart + 2 * kHour, 3}}), with_hours({}),
                      with_hours({{kStart + 2 * kHour, 5}})}));
  limit_hours(kept, 0);
  EXPECT_EQ(kept, (std::vector<LogonAttempt>(3, with_hours({}))));
}

}  // namespace
}  // namespace iisdiag::evidence
