// Bytes of captured files to UTF-8.
#include "text/decode.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace iisdiag::text {

// For the messages of the tests.
static std::ostream& operator<<(std::ostream& out, const Decoded& decoded) {
  return out << encoding_name(decoded.encoding) << " \"" << decoded.text << '"'
             << (decoded.odd_byte ? ", odd byte" : "")
             << (decoded.replacement ? ", replacement" : "");
}

namespace {

using namespace std::string_view_literals;

Decoded utf8(std::string text) { return {std::move(text), Encoding::kUtf8}; }
Decoded utf16le(std::string text) {
  return {std::move(text), Encoding::kUtf16le};
}
Decoded utf16be(std::string text) {
  return {std::move(text), Encoding::kUtf16be};
}
Decoded windows1252(std::string text) {
  return {std::move(text), Encoding::kWindows1252};
}

// "ab" as a\0b\0.
std::string as_utf16le(std::string_view ascii) {
  std::string bytes;
  for (const char c : ascii) {
    bytes.push_back(c);
    bytes.push_back('\0');
  }
  return bytes;
}

TEST(Decode, Utf8) {
  EXPECT_EQ(decode(""), utf8(""));
  EXPECT_EQ(decode("[Unicode]\r\n"), utf8("[Unicode]\r\n"));
  EXPECT_EQ(decode("J\xC3\xB6rg \xE6\x97\xA5 \xF0\x9F\x98\x80"),
            utf8("J\xC3\xB6rg \xE6\x97\xA5 \xF0\x9F\x98\x80"));
  EXPECT_EQ(decode("\xEF\xBB\xBFmarked"), utf8("marked"));
  EXPECT_EQ(decode("\xEF\xBB\xBF"), utf8(""));
}

TEST(Decode, Utf16WithAMark) {
  EXPECT_EQ(decode("\xFF\xFEJ\0\xF6\0r\0g\0"sv), utf16le("J\xC3\xB6rg"));
  EXPECT_EQ(decode("\xFE\xFF\0J\0\xF6\0r\0g"sv), utf16be("J\xC3\xB6rg"));
  EXPECT_EQ(decode("\xFF\xFE"sv), utf16le(""));
  EXPECT_EQ(decode("\xFF\xFE\xE5\x65"sv), utf16le("\xE6\x97\xA5"));
}

TEST(Decode, SurrogatePairs) {
  EXPECT_EQ(decode("\xFF\xFE\x3D\xD8\x00\xDE"sv), utf16le("\xF0\x9F\x98\x80"));
  EXPECT_EQ(decode("\xFE\xFF\xD8\x3D\xDE\x00"sv), utf16be("\xF0\x9F\x98\x80"));
}

TEST(Decode, LonelySurrogatesBecomeReplacements) {
  Decoded high = utf16le(
      "\xEF\xBF\xBD"
      "a");
  high.replacement = true;
  EXPECT_EQ(decode("\xFF\xFE\x3D\xD8"
                   "a\0"sv),
            high);
  Decoded low = utf16le(
      "\xEF\xBF\xBD"
      "a");
  low.replacement = true;
  EXPECT_EQ(decode("\xFF\xFE\x00\xDE"
                   "a\0"sv),
            low);
  Decoded at_the_end = utf16le("a\xEF\xBF\xBD");
  at_the_end.replacement = true;
  EXPECT_EQ(decode("\xFF\xFE"
                   "a\0\x3D\xD8"sv),
            at_the_end);
}

TEST(Decode, Utf16ThatEndsInsideACharacter) {
  Decoded expected = utf16le("ab");
  expected.odd_byte = true;
  EXPECT_EQ(decode("\xFF\xFE"
                   "a\0b\0c"sv),
            expected);
}

TEST(Decode, NulsInsideUtf16AreDropped) {
  EXPECT_EQ(decode("\xFF\xFE"
                   "a\0\0\0b\0"sv),
            utf16le("ab"));
}

// What `cmd /u` writes.
TEST(Decode, Utf16WithoutAMark) {
  EXPECT_EQ(decode(as_utf16le("User name   IUSR_WEB01")),
            utf16le("User name   IUSR_WEB01"));
  // At least 30 % of the odd bytes are zero, and hardly any even one.
  EXPECT_EQ(decode(as_utf16le("abc") + "\x10\x65\x11\x65\x12\x65\x13\x65"
                                       "\x14\x65\x15\x65\x16\x65"),
            utf16le("abc\xE6\x94\x90\xE6\x94\x91\xE6\x94\x92\xE6\x94\x93"
                    "\xE6\x94\x94\xE6\x94\x95\xE6\x94\x96"));
}

TEST(Decode, ANulIn8BitTextMeansBinary) {
  EXPECT_EQ(decode("regf\0\0\0\0"sv), std::nullopt);
  EXPECT_EQ(decode("a long line of plain text with one\0zero"sv), std::nullopt);
  EXPECT_EQ(decode("\xEF\xBB\xBF"
                   "a\0b\0c\0d\0e\0"sv),
            std::nullopt);
  EXPECT_EQ(decode("\0"sv), std::nullopt);
  // Zeros everywhere are no text either.
  EXPECT_EQ(decode("a\0\0\0b\0\0\0c\0\0\0d\0\0\0"sv), std::nullopt);
}

TEST(Decode, Windows1252) {
  EXPECT_EQ(decode("J\xF6rg"), windows1252("J\xC3\xB6rg"));
  EXPECT_EQ(decode("\x80\x85\x93\x99\xA0\xFF"),
            windows1252("\xE2\x82\xAC\xE2\x80\xA6\xE2\x80\x9C\xE2\x84\xA2"
                        "\xC2\xA0\xC3\xBF"));
}

TEST(Decode, BytesThatWindows1252LacksBecomeReplacements) {
  for (const std::string_view byte : {"\x81", "\x8D", "\x8F", "\x90", "\x9D"}) {
    Decoded expected = windows1252("\xEF\xBF\xBD");
    expected.replacement = true;
    EXPECT_EQ(decode(byte), expected);
  }
}

TEST(Decode, NamesOfEncodings) {
  EXPECT_EQ(encoding_name(Encoding::kUtf8), "UTF-8");
  EXPECT_EQ(encoding_name(Encoding::kUtf16le), "UTF-16LE");
  EXPECT_EQ(encoding_name(Encoding::kUtf16be), "UTF-16BE");
  EXPECT_EQ(encoding_name(Encoding::kWindows1252), "Windows-1252");
}

}  // namespace
}  // namespace iisdiag::text
