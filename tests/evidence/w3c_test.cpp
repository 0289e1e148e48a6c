// Small logs in the W3C format, and all that is read in them.
#include "evidence/w3c.hpp"

#include <gtest/gtest.h>

#include <string>

#include "evidence/describe_log.hpp"
#include "evidence/limits.hpp"

namespace iisdiag::evidence {

extern const LogFormat kW3cLog;

namespace {

std::string read(std::string_view bytes, std::string_view folder = "") {
  return describe_log(read_log(kW3cLog, bytes, folder));
}

constexpr std::string_view kIis6 =
    "#Software: Microsoft Internet Information Services 6.0\n"
    "#Version: 1.0\n"
    "#Date: 2026-05-01 10:00:00\n"
    "#Fields: date time s-sitename s-ip cs-method cs-uri-stem cs-uri-query "
    "s-port cs-username c-ip cs(User-Agent) sc-status sc-substatus "
    "sc-win32-status \n";

std::string iis6(std::string_view rows) {
  return std::string(kIis6) + std::string(rows);
}

TEST(W3cTest, RefusalsAreCountedByWhatTheyAre) {
  EXPECT_EQ(
      read(iis6("2026-05-01 10:00:00 W3SVC1 10.0.0.1 GET /shop/a.asp - 80 - "
                "10.0.0.9 Agent/1.0 401 1 1326\n"
                "2026-05-01 10:00:05 W3SVC1 10.0.0.1 GET /shop/b.asp x=1 80 - "
                "10.0.0.9 Agent/1.0 401 1 1326\n"
                "2026-05-01 10:00:06 W3SVC1 10.0.0.1 GET /shop/b.asp - 80 "
                "WEB\\bob 10.0.0.9 Agent/1.0 401 1 1326\n"
                "2026-05-01 10:00:07 W3SVC2 10.0.0.1 GET /a/b/c/d - 80 - "
                "10.0.0.9 Agent/1.0 401 2 2148074254\n"
                "2026-05-01 10:00:08 W3SVC2 10.0.0.1 GET /a/b/c/e - 80 - "
                "10.0.0.9 Agent/1.0 401 1 0\n"
                "2026-05-01 10:00:09 W3SVC2 10.0.0.1 GET / - 80 - 10.0.0.9 "
                "Agent/1.0 500 19 5\n"
                "2026-05-01 10:00:10 W3SVC2 10.0.0.1 GET / - 80 - 10.0.0.9 "
                "Agent/1.0 503 0 2147943726\n"
                "2026-05-01 10:00:11 W3SVC2 10.0.0.1 GET / - 80 - 10.0.0.9 "
                "Agent/1.0 500 0 64\n")),
      "web W3SVC1 /shop 401.1 1326 - 2x 2026-05-01T10:00:00 @5 to "
      "2026-05-01T10:00:05 @6\n"
      "web W3SVC1 /shop 401.1 1326 WEB\\bob 1x 2026-05-01T10:00:06 @7\n"
      "web W3SVC2 /a/b/c 401.2 2148074254 - 1x 2026-05-01T10:00:07 @8\n"
      "web W3SVC2 /a/b/c 401.1 ? - 1x 2026-05-01T10:00:08 @9\n"
      "web W3SVC2 / 500.19 5 - 1x 2026-05-01T10:00:09 @10\n"
      "web W3SVC2 / 503.0 1326 - 1x 2026-05-01T10:00:10 @11\n"
      "log of web - 8 rows 2026-05-01T10:00:00 to 2026-05-01T10:00:11\n");
}

TEST(W3cTest, OfSuccessesTheNewestOfEachFolderCounts) {
  EXPECT_EQ(
      read(iis6("2026-05-01 10:00:00 W3SVC1 10.0.0.1 GET /a/x.asp - 80 - "
                "10.0.0.9 Agent/1.0 200 0 0\n"
                "2026-05-01 10:00:01 W3SVC1 10.0.0.1 GET /a/y.asp - 80 - "
                "10.0.0.9 Agent/1.0 304 0 0\n"
                "2026-05-01 10:00:02 W3SVC1 10.0.0.1 GET /a/z.asp - 80 bob "
                "10.0.0.9 Agent/1.0 200 0 0\n"
                "2026-05-01 10:00:03 W3SVC1 10.0.0.1 GET /b/ - 80 - "
                "10.0.0.9 Agent/1.0 401 3 5\n"
                "2026-05-01 10:00:04 W3SVC1 10.0.0.1 GET /c/ - 80 - "
                "10.0.0.9 Agent/1.0 404 0 2\n"
                "2026-05-01 10:00:05 W3SVC1 10.0.0.1 GET /d/ - 80 - "
                "10.0.0.9 Agent/1.0 404 4 2\n"
                "2026-05-01 10:00:06 W3SVC1 10.0.0.1 GET /e/ - 80 - "
                "10.0.0.9 Agent/1.0 302 0 0\n")),
      "web W3SVC1 /b 401.3 5 - 1x 2026-05-01T10:00:03 @8\n"
      "web W3SVC1 /a 304.0 0 - 1x 2026-05-01T10:00:01 @6\n"
      "web W3SVC1 /b 401.3 0 - 1x 2026-05-01T10:00:03 @8\n"
      "web W3SVC1 /c 404.0 0 - 1x 2026-05-01T10:00:04 @9\n"
      "log of web W3SVC1 7 rows 2026-05-01T10:00:00 to 2026-05-01T10:00:06\n");
}

TEST(W3cTest, ColumnsChangeInTheMiddle) {
  EXPECT_EQ(
      read("#Fields: date time cs-username cs-uri-stem sc-status sc-substatus "
           "sc-win32-status\r\n"
           "2026-05-01 10:00:00 - /a 401 1 1326\r\n"
           "#Software: Microsoft Internet Information Services 5.0\r\n"
           "#Fields: date time Dupidu sc-win32-status sc-status CS-Username "
           "cs-uri-stem\r\n"
           "\r\n"
           "# a remark of somebody\r\n"
           "2026-05-01 11:00:00 401 1326 401 - /a\r\n"
           "#Fields: date time cs-username cs-uri-stem sc-status sc-Sub-status "
           "sc-win32-status\r\n"
           "2026-05-01 12:00:00 - /a 401 1 1326\r\n",
           "logs\\w3svc7"),
      "web W3SVC7 /a 401.1 1326 - 2x 2026-05-01T10:00:00 @2 to "
      "2026-05-01T12:00:00 @9, hours 2026-05-01T10 1x, 2026-05-01T12 1x\n"
      "web W3SVC7 /a 401 1326 - 1x 2026-05-01T11:00:00 @7\n"
      "log of web W3SVC7 3 rows 2026-05-01T10:00:00 to "
      "2026-05-01T12:00:00\n");
}

TEST(W3cTest, CodesBeyondThirtyTwoBitsAreNone) {
  EXPECT_EQ(read(iis6("2026-05-01 10:00:00 W3SVC1 10.0.0.1 GET / - 80 - "
                      "10.0.0.9 A 401 1 214784354254\n"
                      "2026-05-01 10:00:01 W3SVC1 10.0.0.1 GET / - 80 - "
                      "10.0.0.9 A 401 1 -2147024891\n"
                      "2026-05-01 10:00:02 W3SVC1 10.0.0.1 GET / - 80 - "
                      "10.0.0.9 A 401 1 99999999999999999999999999\n"
                      "2026-05-01 10:00:03 W3SVC1 10.0.0.1 GET / - 80 - "
                      "10.0.0.9 A 401 1 4294967295\n"
                      "2026-05-01 10:00:04 W3SVC1 10.0.0.1 GET / - 80 - "
                      "10.0.0.9 A 401 1 -\n")),
            "web W3SVC1 / 401.1 ? - 4x 2026-05-01T10:00:00 @5 to "
            "2026-05-01T10:00:04 @9\n"
            "web W3SVC1 / 401.1 4294967295 - 1x 2026-05-01T10:00:03 @8\n"
            "log of web W3SVC1 5 rows 2026-05-01T10:00:00 to "
            "2026-05-01T10:00:04\n");
}

TEST(W3cTest, BlanksInTheUserAgentMoveWhatIsBehindIt) {
  EXPECT_EQ(
      read(iis6("2026-05-01 10:00:00 W3SVC1 10.0.0.1 GET / - 80 - 10.0.0.9 "
                "Agent 401 of 503 it 401 1 1326\n"
                "2026-05-01 10:00:01 W3SVC1 10.0.0.1 GET / - 80  bob smith "
                "10.0.0.9 Agent 401 1 1326\n"
                "2026-05-01 10:00:02 W3SVC1 10.0.0.1 GET / - 80 - 10.0.0.9 "
                "Agent 401 200 0 0\n"
                "2026-05-01 10:00:03 W3SVC1 10.0.0.1 GET / - 80 - nobody "
                "Agent 2 401 1 1326\n")),
      "web W3SVC1 / 401.1 1326 - 1x 2026-05-01T10:00:00 @5\n"
      "web W3SVC1 / 401.1 1326 bob smith 1x 2026-05-01T10:00:01 @6\n"
      "web W3SVC1 / 200.0 0 - 1x 2026-05-01T10:00:02 @7\n"
      "log of web W3SVC1 4 rows 2026-05-01T10:00:00 to 2026-05-01T10:00:03, "
      "not whole\n"
      "problem @8: a row does not fit the columns of its header and was left "
      "out\n");
}

TEST(W3cTest, AShortRowIsReadFromTheLeft) {
  const std::string fields =
      "#Fields: date time cs-uri-stem cs-username c-ip sc-status sc-substatus "
      "sc-win32-status time-taken\n";
  EXPECT_EQ(read(fields + "2026-05-01 10:00:00 / - 10.0.0.9 401 1 1326\n"
                          "2026-05-01 10:00:00 / - 10.0.0.9 401\n"
                          "2026-05-01 10:00:00 - 10.0.0.9 401 1 1326\n"),
            "web - / 401.1 1326 - 1x 2026-05-01T10:00:00 @2\n"
            "web - / 401 ? - 1x 2026-05-01T10:00:00 @3\n"
            "log of web - 3 rows 2026-05-01T10:00:00 to 2026-05-01T10:00:00, "
            "not whole\n"
            "problem @4: a row does not fit the columns of its header and was "
            "left out\n");
}

// The last number of a log that is being written may not be all there.
TEST(W3cTest, ACutLastRowTellsNothingThatMayBeCut) {
  const std::string row =
      "2026-05-01 10:00:00 W3SVC1 10.0.0.1 GET / - 80 - 10.0.0.9 A 401 1 13";
  const std::string none =
      "log of web W3SVC1 1 rows 2026-05-01T10:00:00 to 2026-05-01T10:00:00\n";
  EXPECT_EQ(read(iis6(row)), none);
  EXPECT_EQ(read(iis6(row + std::string(5000, '\0'))), none);
  EXPECT_EQ(read(iis6(row + "\n" + std::string(5000, '\0'))),
            "web W3SVC1 / 401.1 13 - 1x 2026-05-01T10:00:00 @5\n" + none);
  EXPECT_EQ(read(iis6("2026-05-01 10:00")),
            "log of web - 1 rows no time to no time\n");
}

TEST(W3cTest, ZeroBytesBeforeARowAreTold) {
  EXPECT_EQ(read(iis6(std::string(100, '\0') +
                      "2026-05-01 10:00:00 W3SVC1 10.0.0.1 GET / - 80 - "
                      "10.0.0.9 A 401 1 1326\n")),
            "web W3SVC1 / 401.1 1326 - 1x 2026-05-01T10:00:00 @5\n"
            "log of web W3SVC1 1 rows 2026-05-01T10:00:00 to "
            "2026-05-01T10:00:00, not whole\n"
            "problem @5: zero bytes stand in front of a row\n");
}

TEST(W3cTest, WithoutDatesTheDayIsCountedFromTheHeader) {
  EXPECT_EQ(read("#Date: 2026-12-31 22:00:00\n"
                 "#Fields: time cs-uri-stem cs-username sc-status "
                 "sc-win32-status\n"
                 "22:00:00 /a - 401 1326\n"
                 "23:59:59 /a - 401 1326\n"
                 "00:00:01 /b - 401 1326\n"
                 "23:59:58 /c - 401 1326\n"
                 "00:00:02 /b - 200 0\n"
                 "23:00:00 /d - 401 1326\n"
                 "01:00:00 /e - 401 1326\n"
                 "#Date: 2027-02-01 00:00:00\n"
                 "23:30:00 /f - 401 1326\n"),
            "web - /a 401 1326 - 2x 2026-12-31T22:00:00 @3 to "
            "2026-12-31T23:59:59 @4, hours 2026-12-31T22 1x, 2026-12-31T23 "
            "1x\n"
            "web - /b 401 1326 - 1x 2027-01-01T00:00:01 @5\n"
            "web - /c 401 1326 - 1x 2026-12-31T23:59:58 @6\n"
            "web - /d 401 1326 - 1x 2027-01-01T23:00:00 @8\n"
            "web - /e 401 1326 - 1x 2027-01-02T01:00:00 @9\n"
            "web - /f 401 1326 - 1x 2027-02-01T23:30:00 @11\n"
            "web - /b 200 0 - 1x 2027-01-01T00:00:02 @7\n"
            "log of web - 8 rows 2026-12-31T22:00:00 to "
            "2027-02-01T23:30:00\n");
}

TEST(W3cTest, WithoutDateAndDayThereIsNoTime) {
  EXPECT_EQ(read("#Fields: time cs-uri-stem cs-username sc-status\n"
                 "22:00:00 /a - 401\n"
                 "22:00:01 /a - 401\n"),
            "web - /a 401 ? - 2x no time @2 to no time @3\n"
            "log of web - 2 rows no time to no time\n"
            "problem @2: 2 rows do not tell their day, from this line on\n");
}

TEST(W3cTest, ImpossibleTimesAreNone) {
  EXPECT_EQ(read("#Fields: date time cs-uri-stem cs-username sc-status\n"
                 "0001-01-01 00:00:00 / - 401\n"
                 "2026-05-01 24:00:00 / - 401\n"
                 "2026-02-30 00:00:00 / - 401\n"
                 "2026-05-01 10:00:00 / - 401\n"
                 "9999-99-99 99:99:99 / - 200\n"),
            "web - / 401 ? - 3x no time @2 to no time @4\n"
            "web - / 401 ? - 1x 2026-05-01T10:00:00 @5\n"
            "web - / 200 0 - 1x no time @6\n"
            "log of web - 5 rows 2026-05-01T10:00:00 to "
            "2026-05-01T10:00:00\n");
}

TEST(W3cTest, FtpOfIis6TellsTheUserInAnotherRow) {
  EXPECT_EQ(read("#Software: Microsoft Internet Information Services 6.0\n"
                 "#Date: 2026-05-01 10:00:00\n"
                 "#Fields: time c-ip cs-method cs-uri-stem sc-status "
                 "sc-win32-status\n"
                 "10:00:00 10.0.0.9 [1]USER anonymous 331 0\n"
                 "10:00:01 10.0.0.9 [2]USER bob 331 0\n"
                 "10:00:02 10.0.0.9 [1]PASS secret@example.com 530 1326\n"
                 "10:00:03 10.0.0.9 [2]PASS - 530 1385\n"
                 "10:00:04 10.0.0.9 [3]PASS - 530 1385\n"
                 "10:00:05 10.0.0.9 [4]USER ftp 331 0\n"
                 "10:00:06 10.0.0.9 [4]PASS secret@example.com 230 0\n",
                 "LogFiles/MSFTPSVC1"),
            "ftp MSFTPSVC1 - 530 1326 anonymous 1x 2026-05-01T10:00:02 @6\n"
            "ftp MSFTPSVC1 - 530 1385 bob 1x 2026-05-01T10:00:03 @7\n"
            "ftp MSFTPSVC1 - 230 0 ftp 1x 2026-05-01T10:00:06 @10\n"
            "log of ftp MSFTPSVC1 7 rows 2026-05-01T10:00:00 to "
            "2026-05-01T10:00:06\n");
}

TEST(W3cTest, FtpOfIis7HasAnOrderOfItsOwn) {
  EXPECT_EQ(
      read("#Software: Microsoft Internet Information Services 10.0\n"
           "#Fields: date time c-ip cs-username s-ip s-port cs-method "
           "cs-uri-stem sc-status sc-win32-status sc-substatus x-session "
           "x-fullpath\n"
           "2026-05-01 10:00:00 10.0.0.9 - 10.0.0.1 21 ControlChannelOpened - "
           "- 0 0 6bc1 -\n"
           "2026-05-01 10:00:01 10.0.0.9 - 10.0.0.1 21 USER anonymous 331 0 0 "
           "6bc1 -\n"
           "2026-05-01 10:00:02 10.0.0.9 - 10.0.0.1 21 PASS *** 530 1326 41 "
           "6bc1 -\n"),
      "ftp - - 530.41 1326 anonymous 1x 2026-05-01T10:00:02 @5\n"
      "log of ftp - 3 rows 2026-05-01T10:00:00 to 2026-05-01T10:00:02\n");
}

TEST(W3cTest, FtpIsKnownByItsMethods) {
  EXPECT_EQ(read("#Fields: date time c-ip cs-username cs-method cs-uri-stem "
                 "sc-status sc-win32-status\n"
                 "2026-05-01 10:00:00 10.0.0.9 - [7]USER anonymous 331 0\n"
                 "2026-05-01 10:00:01 10.0.0.9 - [7]PASS a@b 530 1909\n"),
            "ftp - - 530 1909 anonymous 1x 2026-05-01T10:00:01 @3\n"
            "log of ftp - 2 rows 2026-05-01T10:00:00 to "
            "2026-05-01T10:00:01\n");
}

TEST(W3cTest, HttpSysTellsWhyItAnswered503) {
  EXPECT_EQ(
      read("#Software: Microsoft HTTP API 2.0\n"
           "#Version: 1.0\n"
           "#Date: 2026-05-01 10:00:00\n"
           "#Fields: date time c-ip c-port s-ip s-port cs-version cs-method "
           "cs-uri sc-status s-siteid s-reason s-queuename\n"
           "2026-05-01 10:00:00 fe80::1%8 1025 fe80::2%0 80 HTTP/1.1 GET "
           "/shop/?a=b.c 503 1 AppOffline DefaultAppPool\n"
           "2026-05-01 10:00:01 10.0.0.9 1026 10.0.0.1 80 - - - - - "
           "Timer_ConnectionIdle -\n"
           "2026-05-01 10:00:02 10.0.0.9 1026 10.0.0.1 80 HTTP/1.1 GET /x - 2 "
           "Connection_Abandoned_By_AppPool Pool\n"
           "2026-05-01 10:00:03 10.0.0.9 1026 10.0.0.1 80 HTTP/1.1 GET /x 400 "
           "- Hostname -\n"),
      "http W3SVC1 /shop 503 ? - AppOffline 1x 2026-05-01T10:00:00 @5\n"
      "http W3SVC2 /x 0 ? - Connection_Abandoned_By_AppPool 1x "
      "2026-05-01T10:00:02 @7\n"
      "log of http - 4 rows 2026-05-01T10:00:00 to 2026-05-01T10:00:03\n");
}

TEST(W3cTest, RowsWithoutAHeaderAreReadWhereTheyFitOneKnownSet) {
  EXPECT_EQ(read("2026-05-01 10:00:00 W3SVC1 10.0.0.1 GET / - 80 - 10.0.0.9 A "
                 "401 1 1326\n"),
            "web W3SVC1 / 401.1 1326 - 1x 2026-05-01T10:00:00 @1\n"
            "log of web W3SVC1 1 rows 2026-05-01T10:00:00 to "
            "2026-05-01T10:00:00\n");
  EXPECT_EQ(read("2026-05-01 10:00:00 10.0.0.1 GET / 80 401 1 1326\n"
                 "2026-05-01 11:00:00 10.0.0.1 GET / 80 401 1 1326\n"),
            "log of web - 2 rows 2026-05-01T10:00:00 to 2026-05-01T11:00:00, "
            "not whole\n"
            "problem @1: 2 rows have no #Fields that tells what their columns "
            "mean, from this line on\n");
}

TEST(W3cTest, QuotedRowsAreNotSupported) {
  EXPECT_EQ(read("#Software: IIS Advanced Logging Module\n"
                 "#Fields: date time cs-uri-stem sc-status\n"
                 "2026-05-01 10:00:00.123 / 401\n"),
            "log of web - 1 rows no time to no time, not whole\n"
            "problem @3: a row of Advanced Logging or with quoted values is "
            "not supported\n");
  EXPECT_EQ(read("#Fields: date time cs-uri-stem sc-status cs(User-Agent)\n"
                 "2026-05-01 10:00:00 / 401 \"Agent 1\"\n"
                 "2026-05-01 10:00:00 / 401 \"Agent 2\"\n"),
            "log of web - 2 rows 2026-05-01T10:00:00 to 2026-05-01T10:00:00, "
            "not whole\n"
            "problem @2: 2 rows of Advanced Logging or with quoted values are "
            "not supported, from this line on\n");
}

TEST(W3cTest, NoSiteOutOfTwoAndNoneOutOfAFolderOfAll) {
  EXPECT_EQ(read(iis6("2026-05-01 10:00:00 W3SVC1 10.0.0.1 GET / - 80 - "
                      "10.0.0.9 A 302 0 0\n"
                      "2026-05-01 10:00:00 W3SVC2 10.0.0.1 GET / - 80 - "
                      "10.0.0.9 A 302 0 0\n"),
                 "LogFiles/W3SVC"),
            "log of web - 2 rows 2026-05-01T10:00:00 to 2026-05-01T10:00:00\n");
}

TEST(W3cTest, StrangeHeaders) {
  std::string names = "#Fields:";
  for (int i = 0; i < 10'000; ++i) {
    names += " name" + std::to_string(i);
  }
  EXPECT_EQ(read("#Version: 1.0\n#Fields: date time sc-status sc-status\n"
                 "2026-05-01 10:00:00 401 200\n"
                 "#Fields:\n"
                 "2026-05-01 10:00:01 401 200\n" +
                 names + "\n2026-05-01 10:00:02 401 200\n"),
            "web - - 401 ? - 1x 2026-05-01T10:00:00 @3\n"
            "log of web - 3 rows 2026-05-01T10:00:00 to 2026-05-01T10:00:02, "
            "not whole\n"
            "problem @5: 2 rows have no #Fields that tells what their columns "
            "mean, from this line on\n"
            "problem @6: a row has more columns than are supported\n");
}

TEST(W3cTest, OtherLogsInTheFormatAreNotOfIis) {
  EXPECT_EQ(recognise_log("#Version: 1.5\n"
                          "#Software: Microsoft Windows Firewall\n"
                          "#Fields: date time action protocol src-ip dst-ip\n"),
            nullptr);
  EXPECT_EQ(recognise_log("# remarks only\n"), nullptr);
  EXPECT_EQ(recognise_log(""), nullptr);
  EXPECT_EQ(recognise_log("2026-05-01 10:00:00 something happened\n"), nullptr);
}

TEST(W3cTest, ALineTooLongIsCut) {
  const std::string row =
      "2026-05-01 10:00:00 W3SVC1 10.0.0.1 GET / - 80 - 10.0.0.9 A 401 1 "
      "1326\n";
  EXPECT_EQ(
      read(iis6(row + std::string(kMaxLine + 1, 'x') + " 401 1 1326\n" + row)),
      "web W3SVC1 / 401.1 1326 - 2x 2026-05-01T10:00:00 @5 to "
      "2026-05-01T10:00:00 @7\n"
      "log of web W3SVC1 3 rows 2026-05-01T10:00:00 to "
      "2026-05-01T10:00:00, not whole\n"
      "problem @6: a line is longer than 1 MiB and was cut\n");
}

TEST(W3cTest, MarkOfUtf8AndRawBytesInPaths) {
  EXPECT_EQ(read("\xEF\xBB\xBF#Fields: date time cs-uri-stem cs-username "
                 "sc-status\n"
                 "2026-05-01 10:00:00 /\xD8\xB9%20\x1B[2J/x - 401\n"),
            "web - /\xD8\xB9%20\x1B[2J/x 401 ? - 1x 2026-05-01T10:00:00 @2\n"
            "log of web - 1 rows 2026-05-01T10:00:00 to "
            "2026-05-01T10:00:00\n");
}

}  // namespace
}  // namespace iisdiag::evidence
