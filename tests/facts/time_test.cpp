// Times as evidence and the command line give them.
#include "facts/time.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace iisdiag::facts {

// For the messages of the tests.
static std::ostream& operator<<(std::ostream& out, const Moment& moment) {
  out << moment.clock;
  return moment.utc_offset_minutes
             ? out << " UTC+" << *moment.utc_offset_minutes
             : out;
}

namespace {

constexpr ClockSeconds kMay16 = 1147737600;  // 2006-05-16T00:00:00

TEST(DaysFromDate, OfTheGregorianCalendar) {
  EXPECT_EQ(days_from_date(1970, 1, 1), 0);
  EXPECT_EQ(days_from_date(1969, 12, 31), -1);
  EXPECT_EQ(days_from_date(2000, 2, 29), 11016);
  EXPECT_EQ(days_from_date(2006, 5, 16), 13284);
  // FILETIME counts from here; it lies 11644473600 seconds before 1970.
  EXPECT_EQ(days_from_date(1601, 1, 1), -134774);
  EXPECT_EQ(days_from_date(9999, 12, 31), 2932896);
}

TEST(DaysFromDate, Refused) {
  struct Row {
    int year;
    int month;
    int day;
  };
  for (const Row& row : {
           Row{2001, 2, 29}, Row{1900, 2, 29}, Row{2000, 2, 30},
           Row{2006, 4, 31}, Row{2006, 0, 1}, Row{2006, 13, 1}, Row{2006, 1, 0},
           Row{2006, 1, 32}, Row{2006, -1, 1}, Row{2006, 1, -1},
           Row{2006, 257, 1},  // as a byte: January
           Row{2006, 1, 257},  // as a byte: the first
           Row{1600, 12, 31}, Row{10000, 1, 1}, Row{-2006, 1, 1},
           Row{67542, 1, 1},  // as 16 bits: 2006
       }) {
    EXPECT_EQ(days_from_date(row.year, row.month, row.day), std::nullopt)
        << row.year << '-' << row.month << '-' << row.day;
  }
}

TEST(StartOfHour, OfAnyTime) {
  EXPECT_EQ(start_of_hour(kMay16), kMay16);
  EXPECT_EQ(start_of_hour(kMay16 + 3599), kMay16);
  EXPECT_EQ(start_of_hour(kMay16 + 3600), kMay16 + 3600);
  EXPECT_EQ(start_of_hour(0), 0);
  EXPECT_EQ(start_of_hour(-1), -3600);
  EXPECT_EQ(start_of_hour(-3600), -3600);
  EXPECT_EQ(start_of_hour(-3601), -7200);
}

TEST(ParseIso, OfTheServersClock) {
  EXPECT_EQ(parse_iso("2006-05-16"), (Moment{kMay16, {}}));
  EXPECT_EQ(parse_iso("2006-05-16T09:01"), (Moment{kMay16 + 32460, {}}));
  EXPECT_EQ(parse_iso("2006-05-16T09:01:30"), (Moment{kMay16 + 32490, {}}));
  EXPECT_EQ(parse_iso("2006-05-16t09:01:30"), (Moment{kMay16 + 32490, {}}));
  EXPECT_EQ(parse_iso("2006-05-16 09:01:30"), (Moment{kMay16 + 32490, {}}));
  EXPECT_EQ(parse_iso("2006-05-16T23:59:59"), (Moment{kMay16 + 86399, {}}));
  EXPECT_EQ(parse_iso("1969-12-31T23:59:59"), (Moment{-1, {}}));
}

// The clock is kept as it was written; the offset stands beside it.
TEST(ParseIso, WithAnOffset) {
  constexpr ClockSeconds kNine = kMay16 + 9 * 3600;
  EXPECT_EQ(parse_iso("2006-05-16T09:00Z"), (Moment{kNine, 0}));
  EXPECT_EQ(parse_iso("2006-05-16T09:00:00z"), (Moment{kNine, 0}));
  EXPECT_EQ(parse_iso("2006-05-16T09:00+02:00"), (Moment{kNine, 120}));
  EXPECT_EQ(parse_iso("2006-05-16T09:00:00+0200"), (Moment{kNine, 120}));
  EXPECT_EQ(parse_iso("2006-05-16T09:00:00-05:30"), (Moment{kNine, -330}));
  EXPECT_EQ(parse_iso("2006-05-16T09:00:00-0030"), (Moment{kNine, -30}));
  EXPECT_EQ(parse_iso("2006-05-16T09:00:00+00:00"), (Moment{kNine, 0}));
  EXPECT_EQ(parse_iso("2006-05-16T09:00:00+14:00"), (Moment{kNine, 840}));
  EXPECT_EQ(parse_iso("2006-05-16T09:00:00+13:45"), (Moment{kNine, 825}));
  EXPECT_EQ(parse_iso("2006-05-16T09:00:00-13:59"), (Moment{kNine, -839}));
}

TEST(ParseIso, Refused) {
  for (const std::string_view text : {
           "",
           "now",
           "2006",
           "2006-05",
           "2006-5-16",
           "06-05-16",
           "16.05.2006",
           "2006/05/16",
           "20060516",
           "2006-02-29",
           "2006-13-01",
           "2006-00-01",
           "0000-01-01",
           "-006-05-16",
           "2006--5-16",
           "2006-05--1",
           "2006-05-+1",
           "2006-05-16T",
           "2006-05-16T09",
           "2006-05-16T9:01",
           "2006-05-16T09:1",
           "2006-05-16T09:",
           "2006-05-16T24:00",
           "2006-05-16T09:60",
           "2006-05-16T09:01:60",
           "2006-05-16T09:01:",
           "2006-05-16T09:01:3",
           "2006-05-16T-9:01",
           "2006-05-16X09:01",
           "2006-05-16  09:01",
           "2006-05-16T09:01 ",
           " 2006-05-16",
           "2006-05-16Z",
           "2006-05-16T09:01ZZ",
           "2006-05-16T09:01Z+02:00",
           "2006-05-16T09:01+",
           "2006-05-16T09:01+2",
           "2006-05-16T09:01+02",
           "2006-05-16T09:01+02:",
           "2006-05-16T09:01+02:0",
           "2006-05-16T09:01+02:60",
           "2006-05-16T09:01+02:000",
           "2006-05-16T09:01+-2:00",
           "2006-05-16T09:01 +02:00",
           "2006-05-16T09:01+14:01",
           "2006-05-16T09:01+15:00",
           "2006-05-16T09:01-99:00",
       }) {
    EXPECT_EQ(parse_iso(text), std::nullopt) << text;
  }
}

TEST(IsoText, ToTheSecond) {
  EXPECT_EQ(iso_text({kMay16 + 32460, {}}), "2006-05-16T09:01:00");
  EXPECT_EQ(iso_text({kMay16 + 32460, 0}), "2006-05-16T09:01:00Z");
  EXPECT_EQ(iso_text({kMay16 + 32460, 120}), "2006-05-16T09:01:00+02:00");
  EXPECT_EQ(iso_text({kMay16 + 32460, -330}), "2006-05-16T09:01:00-05:30");
  EXPECT_EQ(iso_text({kMay16 + 32460, -30}), "2006-05-16T09:01:00-00:30");
  EXPECT_EQ(iso_text({0, {}}), "1970-01-01T00:00:00");
  EXPECT_EQ(iso_text({-1, {}}), "1969-12-31T23:59:59");
  EXPECT_EQ(iso_text({-11644473600, 0}), "1601-01-01T00:00:00Z");
}

TEST(IsoText, CanBeReadAgain) {
  for (const Moment& moment :
       {Moment{kMay16, {}}, Moment{-1, 0}, Moment{kMay16 + 1, 345},
        Moment{-11644473600, -720}, Moment{253402300799, 840}}) {
    EXPECT_EQ(parse_iso(iso_text(moment)), moment) << iso_text(moment);
  }
}

TEST(Moment, UtcIsAnOffsetOfNothing) {
  EXPECT_TRUE((Moment{0, 0}.is_utc()));
  EXPECT_FALSE((Moment{0, 60}.is_utc()));
  EXPECT_FALSE((Moment{0, {}}.is_utc()));
}

TEST(DayOfWeek, CountsFromSunday) {
  EXPECT_EQ(day_of_week(0), 4);          // Thursday
  EXPECT_EQ(day_of_week(kDay - 1), 4);   //
  EXPECT_EQ(day_of_week(kDay), 5);       //
  EXPECT_EQ(day_of_week(2 * kDay), 6);   //
  EXPECT_EQ(day_of_week(3 * kDay), 0);   //
  EXPECT_EQ(day_of_week(-1), 3);         // Wednesday, 23:59:59
  EXPECT_EQ(day_of_week(-kDay - 1), 2);  //
  EXPECT_EQ(day_of_week(kMay16), 2);     // Tuesday
}

}  // namespace
}  // namespace iisdiag::facts
