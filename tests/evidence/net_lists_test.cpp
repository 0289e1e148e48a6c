// `net user` and `net localgroup NAME`: lists with a beginning and an end.
#include <gtest/gtest.h>

#include "evidence/net_text.hpp"
#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

const std::string kDashes(79, '-');
constexpr std::string_view kEnd = "The command completed successfully.\n\n";

TEST(NetUserListTest, ReadsColumnsOf25) {
  const auto facts =
      read_as(kNetUserList,
              "\nUser accounts for \\\\WEB01\n\n" + kDashes +
                  "\n"
                  "Administrator            Guest                    "
                  "Internet Guest Account   \n"
                  "a                        an account of 20 charac  web\n"
                  "G\xC3\xA4ste                    "
                  "\xC3\x9C                        last\n" +
                  std::string(kEnd));
  EXPECT_EQ(describe(facts.accounts),
            "whole list @2: Administrator, Guest, Internet Guest Account, a, "
            "an account of 20 charac, web, G\xC3\xA4ste, \xC3\x9C, last\n");
  EXPECT_EQ(describe(facts.machine), "machine\n  computer = WEB01 @2\n");
  EXPECT_EQ(describe(facts.problems), "");
}

TEST(NetUserListTest, AnEmptyListIsWhole) {
  EXPECT_EQ(
      describe(read_as(kNetUserList, "User accounts for \\\\WEB01\n" + kDashes +
                                         "\n" + std::string(kEnd))
                   .accounts),
      "whole list @1: \n");
}

TEST(NetUserListTest, WithoutItsEndItProvesNoAbsence) {
  const std::string heading = "User accounts for \\\\WEB01\n" + kDashes + "\n";
  const std::string row = "Administrator            IUSR_WEB01";
  const auto cut_behind = read_as(kNetUserList, heading + row + "\n");
  EXPECT_EQ(describe(cut_behind.accounts),
            "cut list @1: Administrator, IUSR_WEB01\n");
  EXPECT_EQ(describe(cut_behind.problems),
            "file, line 3: the list of accounts has no end: what it does not "
            "name may exist\n  Administrator            IUSR_WEB01\n  ^\n");
  // It may be the beginning of IUSR_WEB012.
  EXPECT_EQ(describe(read_as(kNetUserList, heading + row).accounts),
            "cut list @1: Administrator\n");
}

// The heading names the controller that was asked, not this computer.
TEST(NetUserListTest, ADomainsListIsNotThisMachines) {
  const auto facts = read_as(
      kNetUserList,
      "The request will be processed at a domain controller for domain CORP.\n"
      "\nUser accounts for \\\\DC1\n" +
          kDashes + "\nkrbtgt\n" + std::string(kEnd));
  EXPECT_EQ(describe(facts.accounts), "");
  EXPECT_EQ(describe(facts.machine), "machine\n");
}

std::string group(std::string_view members) {
  return "Alias name     Guests\n"
         "Comment        Guests have the same access\n\nMembers\n\n" +
         kDashes + "\n" + std::string(members);
}

TEST(NetLocalgroupTest, ReadsMembers) {
  const auto facts =
      read_as(kNetLocalgroup,
              group("Guest\nCORP\\Domain Guests\nNT AUTHORITY\\NETWORK\n"
                    "S-1-5-21-1-2-3-1001\n  two words  \n" +
                    std::string(kEnd)));
  EXPECT_EQ(describe(facts.accounts),
            "group Guests @1\n  members = Guest, CORP\\Domain Guests, "
            "NT AUTHORITY\\NETWORK, S-1-5-21-1-2-3-1001, two words @1\n");
  EXPECT_EQ(describe(facts.problems), "");
}

TEST(NetLocalgroupTest, AnEmptyGroupHasNoMembers) {
  EXPECT_EQ(describe(read_as(kNetLocalgroup, group(kEnd)).accounts),
            "group Guests @1\n  members = nobody @1\n");
}

TEST(NetLocalgroupTest, WithoutItsEndTheMembersAreUnknown) {
  for (const std::string& text :
       {group("Guest\n"), std::string("Alias name     Guests\nComment\n")}) {
    const auto facts = read_as(kNetLocalgroup, text);
    EXPECT_EQ(describe(facts.accounts),
              "group Guests @1\n  members: the list of members has no end "
              "@1\n");
    EXPECT_EQ(describe(facts.problems),
              "file, line 1: the list of members has no end: whom it does not "
              "name may be one\n  Alias name     Guests\n  ^\n");
  }
}

TEST(NetLocalgroupTest, GroupsOfADomainAndOfNoNameAreNone) {
  EXPECT_EQ(describe(read_as(kNetLocalgroup,
                             "The request will be processed at a domain "
                             "controller for domain CORP.\n\n" +
                                 group("a\n" + std::string(kEnd)))
                         .accounts),
            "");
  EXPECT_EQ(describe(read_as(kNetLocalgroup, "Alias name     \n" + kDashes +
                                                 "\na\n" + std::string(kEnd))
                         .accounts),
            "");
}

// Seconds of a date, as one number: the readings that are possible.
std::string readings(const NetDateOrder& order, std::string_view text) {
  const auto range = order.read(text);
  if (!range) {
    return "none";
  }
  const auto iso = [](facts::ClockSeconds clock) {
    return facts::iso_text({clock, {}});
  };
  return iso(range->earliest) + " " + iso(range->latest);
}

TEST(NetDatesTest, WritingsOfDates) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"5/16/2006 9:01 AM", "2006-05-16T09:01:00 2006-05-16T09:01:00"},
      {"16/5/2006 9:01 PM", "2006-05-16T21:01:00 2006-05-16T21:01:00"},
      {"16.05.2006 09:01", "2006-05-16T09:01:00 2006-05-16T09:01:00"},
      {"05.06.2006 09:01", "2006-06-05T09:01:00 2006-06-05T09:01:00"},
      {"2006-05-16 09:01:30", "2006-05-16T09:01:30 2006-05-16T09:01:30"},
      {"2006/05/06 09:01", "2006-05-06T09:01:00 2006-05-06T09:01:00"},
      {"5/6/2006 12:00 AM", "2006-05-06T00:00:00 2006-06-05T00:00:00"},
      {"5/6/06 12:00 PM", "2006-05-06T12:00:00 2006-06-05T12:00:00"},
      {"5/16/98 1:00 PM", "1998-05-16T13:00:00 1998-05-16T13:00:00"},
      {"5/16/2006", "2006-05-16T00:00:00 2006-05-16T23:59:59"},
      {"5/16/2006 25:00", "2006-05-16T00:00:00 2006-05-16T23:59:59"},
      {"31.12.1600", "none"},
      {"31/31/2006", "none"},
      {"2/30/2006", "none"},
      {"5-16", "none"},
      {"Never", "none"},
      {"99999/1/1", "none"},
      {"", "none"},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(readings(NetDateOrder(), text), expected) << text;
  }
}

TEST(NetDatesTest, OneDateSettlesTheOrderOfAll) {
  NetDateOrder day_first;
  day_first.learn("16/5/2006 9:01 AM");
  EXPECT_EQ(readings(day_first, "5/6/2006 0:00"),
            "2006-06-05T00:00:00 2006-06-05T00:00:00");
  NetDateOrder month_first;
  month_first.learn("5/16/2006 9:01 AM");
  EXPECT_EQ(readings(month_first, "5/6/2006 0:00"),
            "2006-05-06T00:00:00 2006-05-06T00:00:00");
  NetDateOrder nothing;
  nothing.learn("Never");
  nothing.learn("5/6/2006");
  nothing.learn("16.05.2006");
  EXPECT_EQ(readings(nothing, "5/6/2006 0:00"),
            "2006-05-06T00:00:00 2006-06-05T00:00:00");
}

}  // namespace
}  // namespace iisdiag::evidence
