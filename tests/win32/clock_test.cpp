// Times and logon hours, which Windows counts in UTC.
#include "win32/clock.hpp"

#include <gtest/gtest.h>

#include "win32/fake_windows.hpp"

namespace iisdiag::win32 {
namespace {

// Hours from Sunday 00:00 UTC.
HoursBits hours(std::initializer_list<std::pair<int, int>> ranges) {
  HoursBits bits{};
  for (const auto& [from, until] : ranges) {
    for (int hour = from; hour < until; ++hour) {
      bits.at(static_cast<std::size_t>(hour / 8)) |=
          static_cast<std::uint8_t>(1U << (hour % 8));
    }
  }
  return bits;
}

TEST(ClockTest, TheServersClock) {
  FakeWindows windows;
  EXPECT_EQ(facts::iso_text(server_time(windows.api())),
            "2026-11-22T11:00:00+01:00");
  windows.bias = 300;
  EXPECT_EQ(facts::iso_text(server_time(windows.api())),
            "2026-11-22T05:00:00-05:00");
  windows.refusals["GetTimeZoneInformation"] = 1;
  EXPECT_EQ(facts::iso_text(server_time(windows.api())),
            "2026-11-22T10:00:00Z");
}

TEST(ClockTest, AllHours) {
  const auto all = logon_hours(hours({{0, 168}}), 60);
  EXPECT_TRUE(all.all);
  EXPECT_EQ(all.text, "All");
}

TEST(ClockTest, NoHours) {
  const auto none = logon_hours(hours({}), 60);
  EXPECT_FALSE(none.all);
  EXPECT_TRUE(none.spans.empty());
  EXPECT_EQ(none.text, "None");
}

// Monday to Friday 8 to 17 on a clock one hour east of UTC.
TEST(ClockTest, WorkingHours) {
  const auto told = logon_hours(
      hours({{31, 40}, {55, 64}, {79, 88}, {103, 112}, {127, 136}}), 60);
  EXPECT_EQ(told.spans, (std::vector<facts::HoursSpan>{{1, 5, 480, 1020}}));
  EXPECT_EQ(told.text, "Monday - Friday 08:00 - 17:00");
}

TEST(ClockTest, TheWeekTurnsWithTheClock) {
  // Sunday 00:00 UTC is Saturday evening in New York.
  EXPECT_EQ(logon_hours(hours({{0, 1}}), -300).spans,
            (std::vector<facts::HoursSpan>{{6, 6, 1140, 1200}}));
  // Saturday 23:00 UTC is Sunday morning in India, at half past four.
  EXPECT_EQ(logon_hours(hours({{167, 168}}), 330).spans,
            (std::vector<facts::HoursSpan>{{0, 0, 270, 330}}));
}

TEST(ClockTest, AcrossMidnight) {
  const auto told = logon_hours(hours({{22, 26}}), 0);
  EXPECT_EQ(told.spans, (std::vector<facts::HoursSpan>{{0, 0, 1320, 1440},
                                                       {1, 1, 0, 120}}));
  EXPECT_TRUE(told.permits(3 * facts::kDay + 23 * facts::kHour));
  EXPECT_TRUE(told.permits(4 * facts::kDay + 1 * facts::kHour));
  EXPECT_FALSE(told.permits(4 * facts::kDay + 2 * facts::kHour));
}

}  // namespace
}  // namespace iisdiag::win32
