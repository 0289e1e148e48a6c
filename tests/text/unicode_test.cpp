// Questions about UTF-8 text, well-formed or not.
#include "text/unicode.hpp"

#include <gtest/gtest.h>

#include <array>

namespace iisdiag::text {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

TEST(IsUtf8, WellFormed) {
  for (const std::string_view text :
       {""sv, "ascii"sv, "a\0b"sv, "\xC2\x80"sv, "\xDF\xBF"sv, "\xE0\xA0\x80"sv,
        "\xED\x9F\xBF"sv, "\xEE\x80\x80"sv, kReplacement, "\xF0\x90\x80\x80"sv,
        "\xF4\x8F\xBF\xBF"sv}) {
    EXPECT_TRUE(is_utf8(text)) << text;
  }
}

TEST(IsUtf8, Malformed) {
  for (const std::string_view bytes :
       {"\x80"sv, "a\xBF"sv,                         // continuation alone
        "\xC3"sv, "\xE2\x82"sv, "\xF0\x9F\x98"sv,    // cut
        "\xC3("sv, "\xE2(\xA1"sv,                    // no continuation
        "\xC0\x80"sv, "\xC1\xBF"sv,                  // overlong
        "\xE0\x80\x80"sv, "\xF0\x80\x80\x80"sv,      // overlong
        "\xED\xA0\x80"sv, "\xED\xBF\xBF"sv,          // surrogates
        "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv,  // past U+10FFFF
        "\xFE"sv, "\xFF"sv}) {
    EXPECT_FALSE(is_utf8(bytes)) << printable(bytes);
  }
}

TEST(AppendUtf8, EveryLength) {
  std::string out = "<";
  append_utf8(out, U'a');
  append_utf8(out, U'\u00F6');
  append_utf8(out, U'\u65E5');
  append_utf8(out, U'\U0001F600');
  EXPECT_EQ(out, "<a\xC3\xB6\xE6\x97\xA5\xF0\x9F\x98\x80");
}

TEST(AppendUtf8, WhatIsNoCharacterBecomesAReplacement) {
  for (const char32_t code_point : {char32_t{0xD800}, char32_t{0xDFFF},
                                    char32_t{0x110000}, char32_t{0xFFFFFFFF}}) {
    std::string out;
    append_utf8(out, code_point);
    EXPECT_EQ(out, kReplacement) << static_cast<unsigned>(code_point);
  }
}

TEST(AppendUtf8, BordersOfEveryLength) {
  std::string out;
  for (const char32_t code_point : {0x0U, 0x7FU, 0x80U, 0x7FFU, 0x800U, 0xD7FFU,
                                    0xE000U, 0xFFFFU, 0x10000U, 0x10FFFFU}) {
    append_utf8(out, code_point);
  }
  EXPECT_EQ(out,
            "\0\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80"
            "\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"sv);
}

TEST(FoldCase, AsWindowsComparesNames) {
  EXPECT_EQ(fold_case("iusr_Web01"), "IUSR_WEB01");
  EXPECT_EQ(fold_case("j\xC3\xB6rg"), "J\xC3\x96RG");
  EXPECT_EQ(fold_case("\xD0\xB2\xD0\xB5\xD0\xB1"), "\xD0\x92\xD0\x95\xD0\x91");
  // The simple mapping knows no capital of the sharp s.
  EXPECT_EQ(fold_case("stra\xC3\x9F"), "STRA\xC3\x9F");
  EXPECT_FALSE(same_name("stra\xC3\x9F", "STRA\xE1\xBA\x9E"));
  EXPECT_EQ(fold_case("a\x80z"), "A\xEF\xBF\xBDZ");
}

TEST(FewWords, OfManyTheRestIsMore) {
  EXPECT_EQ(few_words({}, 2), "");
  EXPECT_EQ(few_words({"/a"}, 2), "/a");
  EXPECT_EQ(few_words({"/a", "/b"}, 2), "/a and /b");
  EXPECT_EQ(few_words({"/a", "/b", "/c"}, 2), "/a, /b and more");
  EXPECT_EQ(few_words({"/a\x01"}, 2), printable("/a\x01"));
}

TEST(SameName, EitherCase) {
  EXPECT_TRUE(same_name("IUSR_WEB01", "iusr_web01"));
  EXPECT_TRUE(same_name("J\xC3\x96RG", "j\xC3\xB6rg"));
  EXPECT_TRUE(same_name("", ""));
  EXPECT_FALSE(same_name("IUSR_WEB01", "IUSR_WEB1"));
  EXPECT_FALSE(same_name("IUSR", "IUSR "));
  EXPECT_FALSE(same_name("J\xC3\x96RG", "JORG"));
  // A sign that folds into a letter of ASCII, behind equal ones.
  EXPECT_EQ(same_name("web\xE2\x84\xAA", "webk"),
            fold_case("web\xE2\x84\xAA") == fold_case("webk"));
  EXPECT_TRUE(same_name("a\xC3\x96", "A\xC3\xB6"));
  EXPECT_FALSE(same_name("a", "A\xC3\xB6"));
  EXPECT_FALSE(same_name("a@", "a`"));
}

TEST(DisplayWidth, InCells) {
  EXPECT_EQ(display_width(""), 0U);
  EXPECT_EQ(display_width("IUSR_WEB01"), 10U);
  EXPECT_EQ(display_width("J\xC3\xB6rg"), 4U);
  EXPECT_EQ(display_width("\xE6\x97\xA5\xE6\x9C\xAC"), 4U);  // wide
  EXPECT_EQ(display_width("o\xCC\x88"), 1U);                 // combining
  EXPECT_EQ(display_width("\xEF\xBD\xB1"), 1U);              // half width
  EXPECT_EQ(display_width("\xEF\xBC\xA1"), 2U);              // full width
  EXPECT_EQ(display_width("\xF0\x9F\x98\x80"), 2U);          // an emoji
  EXPECT_EQ(display_width("\xC2\x80"), 0U);                  // C1 control
  EXPECT_EQ(display_width("a\xFF"), 2U);
}

TEST(Length, InCodePoints) {
  EXPECT_EQ(length(""), 0U);
  EXPECT_EQ(length("J\xC3\xB6rg"), 4U);
  EXPECT_EQ(length("\xE6\x97\xA5\xF0\x9F\x98\x80"), 2U);
  EXPECT_EQ(length("a\xFF\xFE"), 3U);
}

TEST(Prefix, KeepsCodePointsWhole) {
  constexpr std::string_view kText = "J\xC3\xB6rg";
  EXPECT_EQ(prefix(kText, 0), "");
  EXPECT_EQ(prefix(kText, 1), "J");
  EXPECT_EQ(prefix(kText, 2), "J\xC3\xB6");
  EXPECT_EQ(prefix(kText, 4), kText);
  EXPECT_EQ(prefix(kText, 99), kText);
  EXPECT_EQ(prefix("\xFF"
                   "ab",
                   2),
            "\xFF"
            "a");
}

TEST(Printable, LeavesTextAsItIs) {
  for (const std::string_view text :
       {""sv, "IUSR_WEB01 (x) {y} \\ \" '"sv, "J\xC3\xB6rg"sv,
        "\xE6\x97\xA5\xE6\x9C\xAC"sv, "\xF0\x9F\x98\x80"sv}) {
    EXPECT_EQ(printable(text), text);
  }
}

// Nothing from the evidence moves the cursor, colours or reorders a line.
TEST(Printable, Escapes) {
  struct Row {
    std::string_view text;
    std::string_view shown;
  };
  for (const Row& row : {
           Row{"a\0b"sv, "a\\u{0}b"}, Row{"a\tb\r\n", "a\\u{9}b\\u{D}\\u{A}"},
           Row{"\x1B[31m", "\\u{1B}[31m"}, Row{"\x7F", "\\u{7F}"},
           Row{"\xC2\x9B"
               "2J",
               "\\u{9B}2J"},                       // C1 control
           Row{"\xC2\xAD", "\\u{AD}"},             // soft hyphen
           Row{"\xE2\x80\x8B", "\\u{200B}"},       // zero width space
           Row{"\xE2\x80\x8F", "\\u{200F}"},       // right-to-left mark
           Row{"\xE2\x80\xA8", "\\u{2028}"},       // line separator
           Row{"\xE2\x80\xA9", "\\u{2029}"},       // paragraph separator
           Row{"\xE2\x80\xAE", "\\u{202E}"},       // override
           Row{"\xE2\x81\xA6", "\\u{2066}"},       // isolate
           Row{"\xEF\xBB\xBF", "\\u{FEFF}"},       // byte order mark
           Row{"\xEE\x80\x80", "\\u{E000}"},       // private use
           Row{"\xF3\xA0\x81\x81", "\\u{E0041}"},  // tag
           Row{"\xCD\xB8", "\\u{378}"},            // unassigned
       }) {
    EXPECT_EQ(printable(row.text), row.shown);
  }
}

TEST(Printable, BytesThatAreNotUtf8) {
  EXPECT_EQ(printable("a\xFF"
                      "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(printable("\xC2"), kReplacement);
  EXPECT_TRUE(is_utf8(printable("\xED\xA0\x80\xC0\x80\xF5")));
}

}  // namespace
}  // namespace iisdiag::text
