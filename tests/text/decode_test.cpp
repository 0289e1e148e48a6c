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

// The first and the last of each range.
TEST(Decode, BordersOfUtf16) {
  EXPECT_EQ(decode("\xFE\xFF\x00\x7F\x00\x80\x07\xFF\x08\x00\xD7\xFF"
                   "\xE0\x00\xFF\xFD"sv),
            utf16be("\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF"
                    "\xEE\x80\x80\xEF\xBF\xBD"));
  EXPECT_EQ(decode("\xFE\xFF\xD8\x00\xDC\x00\xDB\xFF\xDF\xFF\0a"sv),
            utf16be("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"
                    "a"));
}

TEST(Decode, HalvesOfAPairThatDoNotFit) {
  struct Row {
    std::string_view bytes;
    std::string_view text;
    bool odd_byte;
  };
  constexpr std::string_view kTwice = "\xEF\xBF\xBD\xEF\xBF\xBD";
  for (const Row& row : {
           Row{"\xFE\xFF\xD8\x00\xD8\x00"sv, kTwice, false},
           Row{"\xFE\xFF\xDC\x00\xDC\x00"sv, kTwice, false},
           Row{"\xFE\xFF\xDC\x00\xD8\x00"sv, kTwice, false},
           Row{"\xFE\xFF\xDF\xFF\xDB\xFF"sv, kTwice, false},
           // What is next to the surrogates is not one of them.
           Row{"\xFE\xFF\xD8\x00\xE0\x00"sv, "\xEF\xBF\xBD\xEE\x80\x80", false},
           Row{"\xFE\xFF\xD7\xFF\xDC\x00"sv, "\xED\x9F\xBF\xEF\xBF\xBD", false},
           Row{"\xFE\xFF\xE0\x00\xDC\x00"sv, "\xEE\x80\x80\xEF\xBF\xBD", false},
           // Three of the four bytes of a pair.
           Row{"\xFE\xFF\xD8\x3D\xDE"sv, "\xEF\xBF\xBD", true},
       }) {
    Decoded expected = utf16be(std::string(row.text));
    expected.odd_byte = row.odd_byte;
    expected.replacement = true;
    EXPECT_EQ(decode(row.bytes), expected);
  }
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

// FORMATS.md 0.2: zeros in 30 % of the odd places, hardly any in the even
// ones, in the first 4 KiB.
TEST(Decode, HowManyZerosMakeUtf16) {
  const std::string wide = "\x10\x65";  // a character without a zero
  const std::string zero = std::string("\0\x65", 2);
  const auto mixed = [&](std::size_t plain, std::size_t rest,
                         const std::string& bytes) {
    std::string result = as_utf16le(std::string(plain, 'a'));
    for (std::size_t i = 0; i < rest; ++i) {
      result += bytes;
    }
    return result;
  };
  EXPECT_EQ(decode(mixed(3, 7, wide))->encoding, Encoding::kUtf16le);
  EXPECT_EQ(decode(mixed(2, 8, wide)), std::nullopt);
  EXPECT_EQ(decode(mixed(300, 700, wide))->encoding, Encoding::kUtf16le);
  EXPECT_EQ(decode(mixed(290, 710, wide)), std::nullopt);
  EXPECT_EQ(decode(mixed(95, 5, zero))->encoding, Encoding::kUtf16le);
  EXPECT_EQ(decode(mixed(50, 50, zero)), std::nullopt);
  // What lies behind the first 4 KiB is not asked.
  EXPECT_EQ(decode(mixed(2048, 20000, wide))->encoding, Encoding::kUtf16le);
  EXPECT_EQ(decode(std::string(4096, 'x') + mixed(9000, 0, wide)),
            std::nullopt);
}

TEST(Decode, AnOddByteOfUtf16WithoutAMark) {
  Decoded expected = utf16le("User name");
  expected.odd_byte = true;
  EXPECT_EQ(decode(as_utf16le("User name") + "x"), expected);
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

// The upper half of the code page, as Unicode's CP1252.TXT has it.
TEST(Decode, EveryCharacterOfWindows1252) {
  std::string bytes;
  for (int byte = 0x80; byte <= 0xFF; ++byte) {
    bytes.push_back(static_cast<char>(byte));
  }
  Decoded expected = windows1252(
      "\u20AC\uFFFD\u201A\u0192\u201E\u2026\u2020\u2021"
      "\u02C6\u2030\u0160\u2039\u0152\uFFFD\u017D\uFFFD"
      "\uFFFD\u2018\u2019\u201C\u201D\u2022\u2013\u2014"
      "\u02DC\u2122\u0161\u203A\u0153\uFFFD\u017E\u0178"
      "\u00A0\u00A1\u00A2\u00A3\u00A4\u00A5\u00A6\u00A7"
      "\u00A8\u00A9\u00AA\u00AB\u00AC\u00AD\u00AE\u00AF"
      "\u00B0\u00B1\u00B2\u00B3\u00B4\u00B5\u00B6\u00B7"
      "\u00B8\u00B9\u00BA\u00BB\u00BC\u00BD\u00BE\u00BF"
      "\u00C0\u00C1\u00C2\u00C3\u00C4\u00C5\u00C6\u00C7"
      "\u00C8\u00C9\u00CA\u00CB\u00CC\u00CD\u00CE\u00CF"
      "\u00D0\u00D1\u00D2\u00D3\u00D4\u00D5\u00D6\u00D7"
      "\u00D8\u00D9\u00DA\u00DB\u00DC\u00DD\u00DE\u00DF"
      "\u00E0\u00E1\u00E2\u00E3\u00E4\u00E5\u00E6\u00E7"
      "\u00E8\u00E9\u00EA\u00EB\u00EC\u00ED\u00EE\u00EF"
      "\u00F0\u00F1\u00F2\u00F3\u00F4\u00F5\u00F6\u00F7"
      "\u00F8\u00F9\u00FA\u00FB\u00FC\u00FD\u00FE\u00FF");
  expected.replacement = true;
  EXPECT_EQ(decode(bytes), expected);
}

// One byte that is no UTF-8 makes the whole text Windows-1252.
TEST(Decode, MalformedUtf8IsWindows1252) {
  struct Row {
    std::string_view bytes;
    std::string_view text;
  };
  for (const Row& row : {
           Row{"\xC0\xAF", "\u00C0\u00AF"},            // overlong
           Row{"\xE0\xA0", "\u00E0\u00A0"},            // cut
           Row{"\xED\xA0\x80", "\u00ED\u00A0\u20AC"},  // surrogate
           Row{"\xC3\xB6\xF6", "\u00C3\u00B6\u00F6"},  // mixed
           Row{"\xEF\xBB\xBF\xF6", "\u00F6"},          // marked as UTF-8
           Row{"\xEF\xBB", "\u00EF\u00BB"},            // half a mark
       }) {
    EXPECT_EQ(decode(row.bytes), windows1252(std::string(row.text)));
  }
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
