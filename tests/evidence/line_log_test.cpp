// Small logs in the formats of IIS itself and NCSA, and all that is read in
// them.
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "evidence/describe_log.hpp"
#include "evidence/limits.hpp"

namespace iisdiag::evidence {

extern const LogFormat kIisNativeLog;
extern const LogFormat kNcsaLog;

namespace {

std::string native(std::string_view bytes, std::string_view name = "log") {
  return describe_log(read_log(kIisNativeLog, bytes, "", name));
}

std::string ncsa(std::string_view bytes, std::string_view folder = "") {
  return describe_log(read_log(kNcsaLog, bytes, folder));
}

TEST(IisNativeLogTest, RefusalsAndSuccesses) {
  EXPECT_EQ(
      native("10.0.0.9, -, 5/20/26, 9:05:00, W3SVC2, WEB1, 10.0.0.1, 15, 300, "
             "400, 401, 1326, GET, /shop/a.asp, -,\r\n"
             "10.0.0.9, WEB\\bob, 5/20/26, 9:05:01, W3SVC2, WEB1, 10.0.0.1, "
             "15, 300, 400, 401, 1326, GET, /shop/a.asp, -,\r\n"
             "10.0.0.9, -, 5/20/26, 9:05:02, W3SVC2, WEB1, 10.0.0.1, 15, 300, "
             "400, 200, 0, GET, /shop/b.asp, x=1,\r\n"
             "10.0.0.9, -, 5/20/26, 9:05:03, W3SVC2, WEB1, 10.0.0.1, 15, 300, "
             "400, 404, 2, GET, /c/, -,\r\n"
             "10.0.0.9, -, 5/20/26, 9:05:04, W3SVC2, WEB1, 10.0.0.1, 15, 300, "
             "400, 401, 13"),
      "web W3SVC2 /shop 401 1326 - 1x 2026-05-20T09:05:00 local @1\n"
      "web W3SVC2 /shop 401 1326 WEB\\bob 1x 2026-05-20T09:05:01 local @2\n"
      "web W3SVC2 /shop 200 0 - 1x 2026-05-20T09:05:02 local @3\n"
      "log of web W3SVC2 5 rows 2026-05-20T09:05:00 local to "
      "2026-05-20T09:05:03 local\n");
}

std::string row_of(const std::string& date) {
  return "10.0.0.9, -, " + date +
         ", 09:05:00, W3SVC1, WEB1, 10.0.0.1, 1, 3, 4, 401, 5, GET, /, -,\n";
}

std::string date_of(const std::string& rows, std::string_view name = "log") {
  const std::string all = native(rows, name);
  const std::string log = all.substr(all.find("log of"));
  return log.substr(0, log.find('\n'));
}

TEST(IisNativeLogTest, TheOrderOfADateHasToBeKnown) {
  const std::string front = "log of web W3SVC1 1 rows ";
  const std::string may =
      front + "2026-05-04T09:05:00 local to 2026-05-04T09:05:00 local";
  EXPECT_EQ(date_of(row_of("5/4/26")), front + "no time to no time");
  EXPECT_EQ(date_of(row_of("5/4/26"), "W3SVC1/in260504.log"), may);
  EXPECT_EQ(date_of(row_of("04.05.2026"), "in260504.log"), may);
  EXPECT_EQ(date_of(row_of("2026-05-04")), may);
  EXPECT_EQ(date_of(row_of("5/5/26")),
            front + "2026-05-05T09:05:00 local to 2026-05-05T09:05:00 local");
  EXPECT_EQ(date_of(row_of("20/5/26")),
            front + "2026-05-20T09:05:00 local to 2026-05-20T09:05:00 local");
  EXPECT_EQ(date_of(row_of("2/30/26")), front + "no time to no time");
}

TEST(IisNativeLogTest, FtpTellsTheUserInAnotherRow) {
  EXPECT_EQ(
      native("10.0.0.9, -, 5/20/26, 9:05:00, MSFTPSVC1, WEB1, 10.0.0.1, 0, 0, "
             "0, 331, 0, [3]USER, anonymous, -,\n"
             "10.0.0.9, -, 5/20/26, 9:05:01, MSFTPSVC1, WEB1, 10.0.0.1, 0, 0, "
             "0, 530, 1326, [3]PASS, secret@example.com, -,\n"),
      "ftp MSFTPSVC1 - 530 1326 anonymous 1x 2026-05-20T09:05:01 local @2\n"
      "log of ftp MSFTPSVC1 2 rows 2026-05-20T09:05:00 local to "
      "2026-05-20T09:05:01 local\n");
}

TEST(IisNativeLogTest, WhatIsNoRowIsLeftOut) {
  EXPECT_EQ(native(row_of("5/20/26") + "10.0.0.9, -, nothing\n\n" +
                   std::string(kMaxLine + 1, ',') + "\n" + row_of("5/20/26")),
            "web W3SVC1 / 401 5 - 2x 2026-05-20T09:05:00 local @1 to "
            "2026-05-20T09:05:00 local @5\n"
            "log of web W3SVC1 4 rows 2026-05-20T09:05:00 local to "
            "2026-05-20T09:05:00 local, not whole\n"
            "problem @2: a row does not fit the columns of its header and was "
            "left out\n"
            "problem @4: a line is longer than 1 MiB and was cut\n");
  EXPECT_EQ(recognise_log("10.0.0.9, -, 5/20/26, 9:05:00, OTHER, a, b, 1, 2, "
                          "3, 401, 5, GET, /, -,\n"),
            nullptr);
}

TEST(NcsaLogTest, RefusalsAndSuccessesInUtc) {
  EXPECT_EQ(
      ncsa("10.0.0.9 - - [01/May/2026:01:00:00 +0200] \"GET /shop/a.asp?x=1 "
           "HTTP/1.1\" 401 1234\n"
           "10.0.0.9 - WEB\\bob smith [01/May/2026:01:00:01 +0200] \"GET "
           "/shop/ HTTP/1.1\" 500 0\n"
           "10.0.0.9 - - [01/May/2026:01:00:02 +0200] \"GET /a\"b HTTP/1.1\" "
           "200 5\n"
           "10.0.0.9 - - [01/May/2026:01:00:03 -0130] \"GET / HTTP/1.1\" 403 "
           "-\n"
           "10.0.0.9 - - [31/Foo/2026:01:00:03 -0130] \"GET / HTTP/1.1\" 302 "
           "1\n",
           "W3SVC1"),
      "web W3SVC1 /shop 401 ? - 1x 2026-04-30T23:00:00 @1\n"
      "web W3SVC1 /shop 500 ? WEB\\bob smith 1x 2026-04-30T23:00:01 @2\n"
      "web W3SVC1 / 403 ? - 1x 2026-05-01T02:30:03 @4\n"
      "web W3SVC1 /a\"b 200 0 - 1x 2026-04-30T23:00:02 @3\n"
      "log of web W3SVC1 5 rows 2026-04-30T23:00:00 to 2026-05-01T02:30:03\n"
      "problem @5: the day of a row is not known\n");
}

TEST(NcsaLogTest, ACutRowAndWhatIsNone) {
  EXPECT_EQ(ncsa("10.0.0.9 - - [01/May/2026:01:00:00 +0000] \"GET / HTTP/1.1\" "
                 "200 1\nno row\n"
                 "10.0.0.9 - - [01/May/2026:01:00:00 +0000] \"GET / HTTP/1.1\" "
                 "401"),
            "web - / 200 0 - 1x 2026-05-01T01:00:00 @1\n"
            "log of web - 3 rows 2026-05-01T01:00:00 to 2026-05-01T01:00:00, "
            "not whole\n"
            "problem @2: a row does not fit the columns of its header and was "
            "left out\n");
}

// Cut, changed, and in pieces: the same whatever the pieces are.
TEST(LineLogTest, DamagedLogsInPieces) {
  const std::string native_log = row_of("5/20/26") + row_of("5/21/26");
  const std::string ncsa_log =
      "10.0.0.9 - - [01/May/2026:01:00:00 +0200] \"GET /a HTTP/1.1\" 401 1\n"
      "10.0.0.9 - bob [01/May/2026:01:00:01 +0200] \"GET / HTTP/1.1\" 200 1\n";
  for (const auto& [format, log] : {std::pair(&kIisNativeLog, &native_log),
                                    std::pair(&kNcsaLog, &ncsa_log)}) {
    for (std::size_t at = 0; at < log->size(); ++at) {
      for (const char byte : {'\0', '\n', ',', ' ', '"', '[', '9', '\xFF'}) {
        std::string bytes = *log;
        bytes[at] = byte;
        if (byte == '9') {
          bytes.resize(at);
        }
        const auto whole = format->open({"log", ""});
        const auto parts = format->open({"log", ""});
        EXPECT_EQ(describe_log(read_pieces(*whole, bytes, {})),
                  describe_log(read_pieces(
                      *parts, bytes, {bytes.size() / 3, bytes.size() / 2})))
            << bytes;
      }
    }
  }
}

}  // namespace
}  // namespace iisdiag::evidence
