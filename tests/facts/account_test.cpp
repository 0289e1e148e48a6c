// Names of accounts as administrators write them, and permitted hours.
#include "facts/account.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace iisdiag::facts {

// For the messages of the tests.
static std::ostream& operator<<(std::ostream& out, const AccountName& name) {
  return out << '"' << name.domain << "\" \"" << name.name << '"'
             << (name.is_upn ? " UPN" : "");
}

namespace {

struct NameRow {
  std::string_view text;
  AccountName expected;
};

TEST(AccountName, Bare) {
  for (const NameRow& row : {
           NameRow{"IUSR_WEB01", {"", "IUSR_WEB01", false}},
           NameRow{"", {"", "", false}},
           NameRow{".", {"", ".", false}},  // as event 100 may say (Q272206)
           NameRow{"web user", {"", "web user", false}},
           NameRow{"J\xC3\xB6rg", {"", "J\xC3\xB6rg", false}},
           NameRow{"a/b", {"", "a/b", false}},
       }) {
    EXPECT_EQ(AccountName::parse(row.text), row.expected) << row.text;
  }
}

TEST(AccountName, WithADomain) {
  for (const NameRow& row : {
           NameRow{"CORP\\web", {"CORP", "web", false}},
           NameRow{".\\web", {".", "web", false}},
           NameRow{"NT AUTHORITY\\IUSR", {"NT AUTHORITY", "IUSR", false}},
           NameRow{"corp.example.com\\web", {"corp.example.com", "web", false}},
           NameRow{"\\web", {"", "web", false}},
           NameRow{"CORP\\", {"CORP", "", false}},
           NameRow{"A\\B\\C", {"A", "B\\C", false}},
           // Behind a domain an @ is part of the name.
           NameRow{"CORP\\web@x", {"CORP", "web@x", false}},
           NameRow{"web@x\\y", {"web@x", "y", false}},
       }) {
    EXPECT_EQ(AccountName::parse(row.text), row.expected) << row.text;
  }
}

TEST(AccountName, UserPrincipalName) {
  for (const NameRow& row : {
           NameRow{"web@corp.example.com", {"corp.example.com", "web", true}},
           NameRow{"web@CORP", {"CORP", "web", true}},
           NameRow{"a@b", {"b", "a", true}},
           // The last @ counts; a name may hold one.
           NameRow{"a@b@corp", {"corp", "a@b", true}},
           // An @ with nothing before or behind it parts nothing.
           NameRow{"@corp", {"", "@corp", false}},
           NameRow{"web@", {"", "web@", false}},
           NameRow{"@", {"", "@", false}},
       }) {
    EXPECT_EQ(AccountName::parse(row.text), row.expected) << row.text;
  }
}

// 2006-05-14 was a Sunday.
ClockSeconds at(int day, int hour, int minute) {
  constexpr ClockSeconds kSunday = 13282 * kDay;
  return kSunday + day * kDay + hour * kHour + minute * kMinute;
}

LogonHours hours(std::vector<HoursSpan> spans) {
  return {.all = false, .spans = std::move(spans), .text = ""};
}

TEST(LogonHours, AllAndNever) {
  const LogonHours all{.all = true, .spans = {}, .text = "All"};
  EXPECT_TRUE(all.permits(at(0, 0, 0)));
  EXPECT_TRUE(all.permits(at(6, 23, 59)));
  EXPECT_FALSE(hours({}).permits(at(0, 0, 0)));
  EXPECT_FALSE(hours({}).permits(at(3, 12, 0)));
}

TEST(LogonHours, FromOneDayToAnother) {
  // Monday to Friday, 8 to 18 o'clock.
  const LogonHours office = hours({{1, 5, 8 * 60, 18 * 60}});
  EXPECT_TRUE(office.permits(at(1, 8, 0)));
  EXPECT_TRUE(office.permits(at(5, 17, 59) + 59));
  EXPECT_FALSE(office.permits(at(1, 7, 59) + 59));
  EXPECT_FALSE(office.permits(at(3, 18, 0)));
  EXPECT_FALSE(office.permits(at(0, 12, 0)));
  EXPECT_FALSE(office.permits(at(6, 12, 0)));
}

TEST(LogonHours, DaysOverTheEndOfTheWeek) {
  const LogonHours weekend = hours({{6, 1, 0, 1440}});
  EXPECT_TRUE(weekend.permits(at(6, 0, 0)));
  EXPECT_TRUE(weekend.permits(at(0, 12, 0)));
  EXPECT_TRUE(weekend.permits(at(1, 23, 59)));
  EXPECT_FALSE(weekend.permits(at(2, 0, 0)));
  EXPECT_FALSE(weekend.permits(at(5, 23, 59)));
}

TEST(LogonHours, OneDayOnly) {
  const LogonHours tuesday = hours({{2, 2, 0, 1440}});
  EXPECT_TRUE(tuesday.permits(at(2, 0, 0)));
  EXPECT_TRUE(tuesday.permits(at(2, 23, 59) + 59));
  EXPECT_FALSE(tuesday.permits(at(3, 0, 0)));
  EXPECT_FALSE(tuesday.permits(at(1, 23, 59)));
}

TEST(LogonHours, SeveralSpans) {
  const LogonHours twice = hours({{1, 1, 0, 60}, {1, 1, 120, 180}});
  EXPECT_TRUE(twice.permits(at(1, 0, 59)));
  EXPECT_FALSE(twice.permits(at(1, 1, 0)));
  EXPECT_TRUE(twice.permits(at(1, 2, 0)));
  EXPECT_FALSE(twice.permits(at(1, 3, 0)));
}

TEST(LogonHours, BeforeTheEpoch) {
  // 1969-12-31 was a Wednesday.
  const LogonHours late = hours({{3, 3, 23 * 60, 1440}});
  EXPECT_TRUE(late.permits(-1));
  EXPECT_TRUE(late.permits(-kHour));
  EXPECT_FALSE(late.permits(-kHour - 1));
  EXPECT_FALSE(late.permits(0));
}

// FORMATS: `net user` cuts the names of groups.
TEST(Account, CutOfGroupNames) { EXPECT_EQ(kGroupNameCut, 21U); }

TEST(Account, NothingIsKnownOfANewOne) {
  const Account account;
  EXPECT_TRUE(account.active.is_unknown());
  EXPECT_TRUE(account.locked.is_unknown());
  EXPECT_TRUE(account.expires.is_unknown());
  EXPECT_TRUE(account.workstations.is_unknown());
  EXPECT_TRUE(account.logon_hours.is_unknown());
  EXPECT_TRUE(account.local_groups.is_unknown());
  EXPECT_FALSE(account.from_domain);
}

}  // namespace
}  // namespace iisdiag::facts
