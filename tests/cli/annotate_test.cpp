// `explain -`: text with its codes explained below each line, whole.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "cli/exit_code.hpp"
#include "cli/input_lines.hpp"
#include "support/program.hpp"

namespace iisdiag::cli {
namespace {

using test::call;
using test::Outcome;
using test::Terminal;

constexpr std::string_view kEvent =
    "Event Type:\tWarning\n"
    "Event Source:\tW3SVC\n"
    "Event ID:\t100\n"
    "Date:\t\t5/16/2006\n"
    "Time:\t\t9:01:12 AM\n"
    "Computer:\tWEB01\n"
    "Description:\n"
    "The server was unable to logon the Windows NT account 'IUSR_WEB01' due to "
    "the following error: Logon failure: unknown user name or bad password.  "
    "The data is the error code.\n"
    "Data:\n"
    "0000: 2e 05 00 00               ....    \n";
constexpr std::string_view kEventExplained =
    "Event Type:\tWarning\n"
    "Event Source:\tW3SVC\n"
    "Event ID:\t100\n"
    "  ^ event 100: IIS could not log an account on\n"
    "Date:\t\t5/16/2006\n"
    "Time:\t\t9:01:12 AM\n"
    "Computer:\tWEB01\n"
    "Description:\n"
    "The server was unable to logon the Windows NT account 'IUSR_WEB01' due to "
    "the following error: Logon failure: unknown user name or bad password.  "
    "The data is the error code.\n"
    "  ^ \"Logon failure: unknown user name or bad password\": error 1326, "
    "unknown user\n"
    "    name or wrong password; check credential-test\n"
    "Data:\n"
    "0000: 2e 05 00 00               ....\n"
    "  ^ 2e 05 00 00: error 1326, unknown user name or wrong password; check\n"
    "    credential-test\n";

Outcome annotate(std::string_view text, std::size_t at_once = 1U << 16U) {
  return call({"explain", "-"}, {.input = text, .input_at_once = at_once});
}

TEST(AnnotateTest, ACopiedEvent) {
  const Outcome outcome = annotate(kEvent);
  EXPECT_EQ(outcome.out, kEventExplained);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, kExitOk);
}

TEST(AnnotateTest, TextComesInPiecesOfAnySize) {
  for (const std::size_t size : {1U, 2U, 3U, 7U, 100U}) {
    EXPECT_EQ(annotate(kEvent, size).out, kEventExplained) << size;
  }
}

// As Windows PowerShell and Notepad ("Unicode") write it.
std::string utf16(std::string_view ascii, bool little, bool mark) {
  std::string bytes;
  if (mark) {
    bytes = little ? "\xFF\xFE" : "\xFE\xFF";
  }
  for (const char c : ascii) {
    bytes += little ? std::string{c, '\0'} : std::string{'\0', c};
  }
  return bytes;
}

TEST(AnnotateTest, TextInOtherEncodings) {
  std::string dos;
  for (const char c : kEvent) {
    dos += c == '\n' ? "\r\n" : std::string(1, c);
  }
  EXPECT_EQ(annotate(dos).out, kEventExplained);
  EXPECT_EQ(annotate("\xEF\xBB\xBF" + dos).out, kEventExplained);
  for (const bool little : {true, false}) {
    for (const bool mark : {true, false}) {
      const std::string wide = utf16(dos, little, mark);
      for (const std::size_t size : {1U, 5U, 1U << 16U}) {
        EXPECT_EQ(annotate(wide, size).out, kEventExplained)
            << little << mark << size;
      }
    }
  }
  // Windows-1252, and the last line has no end.
  EXPECT_EQ(annotate("Gr\xFC\xDF"
                     "e 0x8007052E")
                .out,
            "Gr\xC3\xBC\xC3\x9F"
            "e 0x8007052E\n"
            "  ^ 0x8007052E: error 1326, unknown user name or wrong password; "
            "check\n"
            "    credential-test\n");
}

TEST(AnnotateTest, ARefusedLogonOfANewWindows) {
  EXPECT_EQ(
      annotate("Log Name:      Security\n"
               "Source:        Microsoft-Windows-Security-Auditing\n"
               "Event ID:      4625\n"
               "\tLogon ID:\t\t0x3E7\n"
               "Logon Type:\t\t\t8\n"
               "\tStatus:\t\t\t0xC000006D\n"
               "\tSub Status:\t\t0xC000006A\n"
               "\tCaller Process ID:\t0x5dc\n"
               "\tSource Network Address:\t192.168.1.100\n"
               "\tSource Port:\t\t1326\n")
          .out,
      "Log Name:      Security\n"
      "Source:        Microsoft-Windows-Security-Auditing\n"
      "Event ID:      4625\n"
      "  ^ event 4625: a logon was refused\n"
      "\tLogon ID:\t\t0x3E7\n"
      "Logon Type:\t\t\t8\n"
      "\tStatus:\t\t\t0xC000006D\n"
      "  ^ 0xC000006D: error 1326, unknown user name or wrong password; check\n"
      "    credential-test\n"
      "\tSub Status:\t\t0xC000006A\n"
      "  ^ 0xC000006A: error 86, the password is wrong; check credential-test\n"
      "\tCaller Process ID:\t0x5dc\n"
      "\tSource Network Address:\t192.168.1.100\n"
      "\tSource Port:\t\t1326\n");
}

TEST(AnnotateTest, AnEventAsXml) {
  EXPECT_EQ(
      annotate("<Provider Name='W3SVC'/>\n"
               "<EventID Qualifiers='32768'>100</EventID>\n"
               "<Data>IUSR_WEB01</Data><Binary>69050000</Binary>\n"
               "<Provider Name='ESENT'/><EventID>100</EventID>\n"
               "<Data Name='FailureReason'>%%2313</Data>\n")
          .out,
      "<Provider Name='W3SVC'/>\n"
      "<EventID Qualifiers='32768'>100</EventID>\n"
      "  ^ event 100: IIS could not log an account on\n"
      "<Data>IUSR_WEB01</Data><Binary>69050000</Binary>\n"
      "  ^ 69050000: error 1385, this type of logon is not granted; check "
      "user-rights\n"
      "<Provider Name='ESENT'/><EventID>100</EventID>\n"
      "<Data Name='FailureReason'>%%2313</Data>\n"
      "  ^ %%2313: error 1326, unknown user name or wrong password; check\n"
      "    credential-test\n");
}

TEST(AnnotateTest, RowsOfAWebLog) {
  EXPECT_EQ(
      annotate("#Software: Microsoft Internet Information Services 6.0\n"
               "#Fields: date time cs-uri-stem s-port cs-username c-ip "
               "sc-status sc-substatus sc-win32-status time-taken\n"
               "2006-05-16 09:01:12 /a 80 - 10.0.0.9 401 1 1326 529\n"
               "2006-05-16 09:01:13 /a 80 - 10.0.0.9 401 2 2148074254 1326\n"
               "2006-05-16 09:01:14 /a 80 - 10.0.0.9 200 0 0 1326\n"
               "2006-05-16 09:01:15 /a 80 - 10.0.0.9 404 0 2 401\n"
               "2006-05-16 09:01:16 /a 80 - 10.0.0.9 401 3 5 0\n"
               "#Fields: time cs-method sc-status sc-win32-status\n"
               "09:01:17 [1]PASS 530 1385\n"
               "09:01:18 [1]PASS 230 0\n")
          .out,
      "#Software: Microsoft Internet Information Services 6.0\n"
      "#Fields: date time cs-uri-stem s-port cs-username c-ip "
      "sc-status sc-substatus sc-win32-status time-taken\n"
      "2006-05-16 09:01:12 /a 80 - 10.0.0.9 401 1 1326 529\n"
      "  ^ 401 1 1326: HTTP 401.1, error 1326, unknown user name or wrong "
      "password;\n"
      "    check credential-test\n"
      "2006-05-16 09:01:13 /a 80 - 10.0.0.9 401 2 2148074254 1326\n"
      "  ^ 401 2 2148074254: HTTP 401.2. A step of a normal handshake of "
      "Windows\n"
      "    authentication: the server refuses, and the browser asks again with "
      "a name.\n"
      "2006-05-16 09:01:14 /a 80 - 10.0.0.9 200 0 0 1326\n"
      "2006-05-16 09:01:15 /a 80 - 10.0.0.9 404 0 2 401\n"
      "2006-05-16 09:01:16 /a 80 - 10.0.0.9 401 3 5 0\n"
      "  ^ 401 3 5: HTTP 401.3. The account was logged on, and the permissions "
      "of the\n"
      "    file refuse it.\n"
      "#Fields: time cs-method sc-status sc-win32-status\n"
      "09:01:17 [1]PASS 530 1385\n"
      "  ^ 530 1385: FTP 530, error 1385, this type of logon is not granted; "
      "check\n"
      "    user-rights\n"
      "09:01:18 [1]PASS 230 0\n");
}

TEST(AnnotateTest, CodesInOtherText) {
  EXPECT_EQ(
      annotate("System error 1331 has occurred.\n"
               "a row without its heading: GET / 401 1 1909 and so on\n"
               "HTTP Error 401.1 - Unauthorized\n"
               "W3SVC 100, error code 0x569 (-2147023511)\n"
               "680 failed with 3221226036; STATUS_NO_SUCH_USER\n")
          .out,
      "System error 1331 has occurred.\n"
      "  ^ 1331: error 1331, the account is disabled; check account-lookup\n"
      "a row without its heading: GET / 401 1 1909 and so on\n"
      "  ^ 401 1 1909: HTTP 401.1, error 1909, the account is locked out; "
      "check\n"
      "    credential-test\n"
      "HTTP Error 401.1 - Unauthorized\n"
      "  ^ 401.1: HTTP 401.1, a logon was refused\n"
      "W3SVC 100, error code 0x569 (-2147023511)\n"
      "  ^ W3SVC 100: IIS could not log an account on\n"
      "  ^ 0x569: error 1385, this type of logon is not granted; check "
      "user-rights\n"
      "680 failed with 3221226036; STATUS_NO_SUCH_USER\n"
      "  ^ 3221226036: error 1909, the account is locked out; check "
      "credential-test\n"
      "  ^ STATUS_NO_SUCH_USER: error 1317, no such account; check "
      "account-lookup\n");
}

// Numbers that stand for something else.
constexpr std::string_view kInnocent =
    "100\n"
    "529 files, 1326 bytes in 5 folders, 4625 of 5059 done\n"
    "it was 5059 at 100, and the event 100 years ago\n"
    "took 401.1 ms; version 401.1; 500.19 EUR\n"
    "2006-05-16 09:01:12 pid 1326 tid 0x52E port 1385\n"
    "10.0.0.1:1326 192.168.1.100 fe80::86:87 401.1.1.5\n"
    "exit code 5, zip code 1326, result code 0x18, Failure Code: 0x5\n"
    "{C000006D-0000-0000-8007-052E00000000} deadbeef 00000005\n"
    "Event ID: 1001\n"
    "status 5, status 200, HTTP 404, HTTP/1.1 200 OK\n"
    "Source: ESENT\n"
    "Event ID: 100\n"
    "Source: MyApp\n"
    "Event ID: 4625\n"
    "0008: 2e 05 00 00   ....\n"
    "errors 1326, barcode 1326, 1326 errors\n"
    "401 403 404\n"
    "the WAS service, Security 529 of W3SVC1 100\n"
    "size=2147943726000 x2147943726 0x80070000 0xC0000000 -5 -1326\n"
    "right-denied wrong-password Q253204 253204\n";

TEST(AnnotateTest, OrdinaryNumbersAreNoCodes) {
  const Outcome outcome = annotate(kInnocent);
  EXPECT_EQ(outcome.out, kInnocent);
  EXPECT_EQ(outcome.err, "iisdiag: there is no known code in the text\n");
  EXPECT_EQ(outcome.code, kExitNothing);
}

// A source counts for its own event only.
TEST(AnnotateTest, ASourceIsForgotten) {
  std::string text = "Source: ESENT\n";
  for (int i = 0; i < 12; ++i) {
    text += "\n";
  }
  text += "Event ID: 529\n";
  EXPECT_EQ(annotate(text).out,
            text +
                "  ^ event 529: unknown user name or wrong password; check "
                "credential-test\n");
}

TEST(AnnotateTest, HostileText) {
  EXPECT_EQ(annotate(std::string("a\x1b[2Jb\0c\xff\rd 0x8007052E\n"
                                 "\xe2\x80\xae 1331\t\x07\n",
                                 34))
                .out,
            "a\\u{1B}[2Jb\\u{0}c\xef\xbf\xbd\\u{D}d 0x8007052E\n"
            "  ^ 0x8007052E: error 1326, unknown user name or wrong password; "
            "check\n"
            "    credential-test\n"
            "\\u{202E} 1331\t\\u{7}\n");
}

TEST(AnnotateTest, ALongLineIsCut) {
  const std::string most(InputLines::kLongestLine, 'x');
  const std::string code = " error 1331\n";
  EXPECT_EQ(annotate(most + "\n" + code).out,
            most + "\n" + code +
                "  ^ 1331: error 1331, the account is disabled; check "
                "account-lookup\n");
  EXPECT_EQ(annotate(most + code).out, annotate(most + "\n" + code).out);
  for (const std::size_t size : {1000U, 65535U, 65537U}) {
    EXPECT_EQ(annotate(most + code, size).out, annotate(most + code).out);
  }
  EXPECT_EQ(annotate(std::string(1U << 20U, 'y')).out.size(),
            (1U << 20U) + 16U);
}

TEST(AnnotateTest, NoText) {
  const Outcome empty = annotate("");
  EXPECT_EQ(empty.out, "");
  EXPECT_EQ(empty.err, "iisdiag: standard input is empty\n");
  EXPECT_EQ(empty.code, kExitNothing);
  const Outcome closed = call({"explain", "-"});
  EXPECT_EQ(closed.out, "");
  EXPECT_EQ(closed.err, "iisdiag: standard input could not be read\n");
  EXPECT_EQ(closed.code, kExitNothing);
}

TEST(AnnotateTest, AFullDiskIsExit5) {
  const Outcome outcome =
      call({"explain", "-"}, {.out_fails = true, .input = "error 5\n"});
  EXPECT_EQ(outcome.err, "iisdiag: standard output could not be written\n");
  EXPECT_EQ(outcome.code, kExitInternal);
}

TEST(AnnotateTest, FollowsTheWidthOfATerminal) {
  const Terminal narrow{.is_terminal = true, .width = 40, .input = "error 5"};
  EXPECT_EQ(call({"explain", "-"}, narrow).out,
            "error 5\n"
            "  ^ 5: error 5, access is denied\n");
}

}  // namespace
}  // namespace iisdiag::cli
