// `net user NAME`: one account, or the answer that there is none.
#include <gtest/gtest.h>

#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kRecord =
    R"(User name                    IUSR_WEB01
Full Name                    Internet Guest Account
Comment                      Built-in account for anonymous access
User's comment               
Country code                 000 (System Default)
Account active               Yes
Account expires              Never

Password last set            5/16/2006 9:01 AM
Password expires             6/27/2006 7:48 AM
Password changeable          5/16/2006 9:01 AM
Password required            Yes
User may change password     No

Workstations allowed         All
Logon script                 
User profile                 
Home directory               
Last logon                   5/22/2006 7:48 PM

Logon hours allowed          All

Local Group Memberships      *Guests               *Web operators
                             *Power Users
Global Group memberships     *None                 
The command completed successfully.

)";

constexpr std::string_view kFacts = R"(account IUSR_WEB01 @1
  active = yes @6
  locked = no @6
  expires = never @7
  password expires = 2006-06-27T07:48:00 @10
  password set = 2006-05-16T09:01:00 @9
  password required = yes @12
  last logon = 2006-05-22T19:48:00 @19
  workstations = nobody @15
  hours = all "All" @21
  local groups = Guests, Web operators, Power Users @23
  global groups = nobody @25
)";

// The record with one of its lines written otherwise.
std::string with(std::string_view label, std::string_view value) {
  std::string record(kRecord);
  const auto start = record.find(label);
  const auto end = record.find('\n', start);
  std::string line(label);
  line.resize(29, ' ');
  return record.replace(start, end - start, line + std::string(value));
}

// The line of the description that starts with `fact`.
std::string told(std::string_view record, std::string_view fact) {
  const std::string all = describe(read_as(kNetUser, record).accounts);
  const auto start = all.find("\n  " + std::string(fact) + " ");
  const auto unknown = all.find("\n  " + std::string(fact) + ": ");
  const auto at = std::min(start, unknown);
  return at == std::string::npos
             ? ""
             : all.substr(at + 3, all.find('\n', at + 1) - at - 3);
}

TEST(NetUserTest, ReadsARecord) {
  const auto facts = read_as(kNetUser, kRecord);
  EXPECT_EQ(describe(facts.accounts), kFacts);
  EXPECT_EQ(describe(facts.problems), "");
  // 2006-05-22 19:48: nothing in the record is newer.
  EXPECT_EQ(facts.not_before, std::optional<facts::ClockSeconds>(1148327280));
}

// Every account is in one, be it `*None`: without any the value got lost.
TEST(NetUserTest, GlobalGroupsThatAreNotShown) {
  EXPECT_EQ(told(with("Global Group memberships", "*None"), "global groups"),
            "global groups = nobody @25");
  EXPECT_EQ(told(with("Global Group memberships", ""), "global groups"), "");
}

TEST(NetUserTest, LineEndsAndEncodingsDoNotMatter) {
  std::string crlf;
  std::string doubled;
  for (const char c : kRecord) {
    crlf += c == '\n' ? "\r\n" : std::string(1, c);
    doubled += c == '\n' ? "\r\r\n" : std::string(1, c);
  }
  for (const std::string& bytes :
       {crlf, doubled, "\xFF\xFE" + utf16le(crlf), "\xEF\xBB\xBF" + crlf}) {
    EXPECT_EQ(describe(read_as(kNetUser, bytes).accounts), kFacts);
  }
}

TEST(NetUserTest, TrailingBlanksMayBeLost) {
  std::string record;
  for (const Line& line : split_lines(kRecord)) {
    std::string_view text = line.text;
    while (text.ends_with(' ')) {
      text.remove_suffix(1);
    }
    record.append(text).append("\n");
  }
  EXPECT_EQ(describe(read_as(kNetUser, record).accounts), kFacts);
}

// A long comment that wrapped adds a line to the first block.
TEST(NetUserTest, WrappedComments) {
  const std::string record = with("Comment",
                                  "Built-in account for anonymous access to\n"
                                  "Internet Information Services");
  EXPECT_EQ(told(record, "active"), "active = yes @7");
  EXPECT_EQ(told(record, "expires"), "expires = never @8");
  EXPECT_EQ(told(record, "local groups"),
            "local groups = Guests, Web operators, Power Users @24");
}

// FORMATS.md 8.1: the value column is that of the first star of the groups.
TEST(NetUserTest, StarsAndBlanksInComments) {
  for (const std::string_view comment :
       {"*do not touch*", "for all *.asp pages", "a  b  * c   d",
        "Account active               No"}) {
    EXPECT_EQ(describe(read_as(kNetUser, with("Comment", comment)).accounts),
              kFacts)
        << comment;
    EXPECT_EQ(
        describe(read_as(kNetUser, with("User's comment", comment)).accounts),
        kFacts)
        << comment;
  }
}

TEST(NetUserTest, NamesThatLookLikeLabels) {
  EXPECT_EQ(describe(read_as(kNetUser, with("User name", "User name")).accounts)
                .substr(0, 21),
            "account User name @1\n");
  EXPECT_EQ(
      describe(
          read_as(kNetUser, with("User name", "The command  web")).accounts)
          .substr(0, 28),
      "account The command  web @1\n");
}

TEST(NetUserTest, States) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"Yes", "active = yes @6|locked = no @6"},
      {"No", "active = no @6|"},
      {"Locked", "active = yes @6|locked = yes @6"},
      {"Perhaps", "active: the value \"Perhaps\" cannot be read @6|"},
      {"", "active: the value \"\" cannot be read @6|"},
  };
  for (const auto& [value, expected] : cases) {
    const std::string record = with("Account active", value);
    EXPECT_EQ(told(record, "active") + "|" + told(record, "locked"), expected);
  }
}

TEST(NetUserTest, Deadlines) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"Never", "expires = never @7"},
      {"5/16/2007 12:00 AM", "expires = 2007-05-16T00:00:00 @7"},
      {"5/16/2007 12:30 PM", "expires = 2007-05-16T12:30:00 @7"},
      {"12/31/2007", "expires = 2007-12-31T00:00:00 or 2007-12-31T23:59:59 @7"},
      {"tomorrow", "expires: the value \"tomorrow\" cannot be read @7"},
      {"13/13/2007", "expires: the value \"13/13/2007\" cannot be read @7"},
      {"2/30/2007", "expires: the value \"2/30/2007\" cannot be read @7"},
      {"", "expires: the value \"\" cannot be read @7"},
  };
  for (const auto& [value, expected] : cases) {
    EXPECT_EQ(told(with("Account expires", value), "expires"), expected);
  }
}

TEST(NetUserTest, WorkstationsAndHours) {
  EXPECT_EQ(told(with("Workstations allowed", "WEB01,WEB02"), "workstations"),
            "workstations = WEB01, WEB02 @15");
  EXPECT_EQ(told(with("Workstations allowed", "WEB01, WEB02,"), "workstations"),
            "workstations = WEB01, WEB02 @15");
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"All", "hours = all \"All\" @21"},
      {"None", "hours = limited \"None\" @21"},
      {"Monday - Friday 8:00 AM - 5:00 PM",
       "hours = limited 1-5:480-1020 \"Monday - Friday 8:00 AM - 5:00 PM\" "
       "@21"},
      {"Saturday 12:00 AM - 12:00 AM",
       "hours = limited 6-6:0-1440 \"Saturday 12:00 AM - 12:00 AM\" @21"},
      {"Sunday 09:00 - 17:30",
       "hours = limited 0-0:540-1050 \"Sunday 09:00 - 17:30\" @21"},
      {"Monday 8:00 AM - 12:00 PM\n                             "
       "Tuesday 8:00 AM - 12:00 PM",
       "hours = limited 1-1:480-720 2-2:480-720 \"Monday 8:00 AM - 12:00 PM, "
       "Tuesday 8:00 AM - 12:00 PM\" @21"},
      {"whenever",
       "hours: the permitted hours \"whenever\" cannot be read @21"},
      {"Monday 8",
       "hours: the permitted hours \"Monday 8\" cannot be read @21"},
      {"Monday 8:5 - 9:00",
       "hours: the permitted hours \"Monday 8:5 - 9:00\" cannot be read @21"},
      {"Monday 8:00 - 9:",
       "hours: the permitted hours \"Monday 8:00 - 9:\" cannot be read @21"},
      {"", "hours: the permitted hours are not shown @21"},
  };
  for (const auto& [value, expected] : cases) {
    EXPECT_EQ(told(with("Logon hours allowed", value), "hours"), expected);
  }
}

TEST(NetUserTest, Domains) {
  const auto facts =
      read_as(kNetUser,
              "The request will be processed at a domain controller for domain "
              "CORP.\n\n" +
                  std::string(kRecord));
  EXPECT_EQ(describe(facts.accounts).substr(0, 29),
            "domain account IUSR_WEB01 @3\n");
}

TEST(NetUserTest, ACutRecordKeepsItsWholeBlocks) {
  const auto length = kRecord.find("User profile");
  const auto facts = read_as(kNetUser, kRecord.substr(0, length));
  EXPECT_EQ(describe(facts.accounts), R"(account IUSR_WEB01 @1
  active = yes @6
  locked = no @6
  expires = never @7
  password expires = 2006-06-27T07:48:00 @10
  password set = 2006-05-16T09:01:00 @9
  password required = yes @12
)");
  EXPECT_EQ(describe(facts.problems),
            "file, line 16: the record has no end: what it does not show is "
            "not known\n  Logon script                 \n  ^\n");
}

TEST(NetUserTest, TheNameThatWasNotFound) {
  const std::string_view answer =
      "The user name could not be found.\n\n"
      "More help is available by typing NET HELPMSG 2221.\n";
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", "no account (whose name is not said) @1\n"},
      {"C:\\>net user IUSR_WEB01\n", "no account IUSR_WEB01 @2\n"},
      {"C:\\WINNT>NET.EXE USER \"Internet Guest\" > x.txt\n",
       "no account Internet Guest @2\n"},
      {"PS C:\\> net user web /domain\n", "no domain account web @2\n"},
      {"C:\\>net user /domain web\n",
       "no domain account (whose name is not said) @2\n"},
      {"C:\\>net user\n", "no account (whose name is not said) @2\n"},
      {"C:\\>net user \"web\n", "no account (whose name is not said) @2\n"},
  };
  for (const auto& [prompt, expected] : cases) {
    auto parts =
        document(std::string(prompt) + std::string(answer)).split_transcript();
    ASSERT_EQ(parts.size(), 1U);
    ASSERT_EQ(recognise(parts.front()), &kNetUser);
    FileFacts facts;
    kNetUser.read(parts.front(), facts);
    EXPECT_EQ(describe(facts.accounts), expected) << prompt;
  }
  EXPECT_EQ(describe(read_as(kNetUser, "Blah.\nNET HELPMSG 2221.\n").accounts),
            "no account (whose name is not said) @1\n");
}

}  // namespace
}  // namespace iisdiag::evidence
