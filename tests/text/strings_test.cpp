// Small tools for ASCII-syntax text.
#include "text/strings.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace iisdiag::text {
namespace {

using Parts = std::vector<std::string_view>;
using Words = std::vector<std::string>;

TEST(Trim, SpacesAndTabs) {
  EXPECT_EQ(trim(" \t a b\t "), "a b");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim(" \t "), "");
  EXPECT_EQ(trim("a"), "a");
  EXPECT_EQ(trim_right(" a \t"), " a");
  EXPECT_EQ(trim_right("\t"), "");
}

TEST(Trim, NothingElse) {
  EXPECT_EQ(trim("\r\na\n"), "\r\na\n");
  EXPECT_EQ(trim("\xC2\xA0"
                 "a"),
            "\xC2\xA0"
            "a");  // a non-breaking space
}

TEST(Compare, AsciiLettersOfEitherCase) {
  EXPECT_TRUE(iequals("SeNetworkLogonRight", "senetworklogonright"));
  EXPECT_TRUE(iequals("", ""));
  EXPECT_FALSE(iequals("a", "ab"));
  EXPECT_FALSE(iequals("[", "{"));  // 0x20 apart, and no letters
  EXPECT_FALSE(iequals("@", "`"));
  EXPECT_FALSE(iequals("\xC3\x96", "\xC3\xB6"));
}

TEST(Compare, StartsAndEnds) {
  EXPECT_TRUE(istarts_with("IUSR_WEB01", "iusr_"));
  EXPECT_TRUE(istarts_with("a", ""));
  EXPECT_FALSE(istarts_with("IUSR", "IUSR_"));
  EXPECT_FALSE(istarts_with("", "a"));
  EXPECT_TRUE(iends_with("GptTmpl.INF", ".inf"));
  EXPECT_TRUE(iends_with("a", ""));
  EXPECT_TRUE(iends_with(".INF", ".inf"));
  EXPECT_FALSE(iends_with("inf", ".inf"));
  EXPECT_FALSE(iends_with("a.inf.bak", ".inf"));
}

TEST(Compare, Contains) {
  EXPECT_TRUE(icontains("C:\\Windows\\SecEdit\\x", "\\secedit\\"));
  EXPECT_TRUE(icontains("abc", ""));
  EXPECT_TRUE(icontains("", ""));
  EXPECT_FALSE(icontains("abc", "abcd"));
  EXPECT_FALSE(icontains("abc", "ac"));
  EXPECT_TRUE(icontains("aaB", "AB"));
  EXPECT_FALSE(icontains("ab", "cd"));
}

TEST(Split, NSeparatorsGiveOnePartMore) {
  EXPECT_EQ(split("a,b,,c", ','), (Parts{"a", "b", "", "c"}));
  EXPECT_EQ(split("", ','), Parts{""});
  EXPECT_EQ(split(",", ','), (Parts{"", ""}));
  EXPECT_EQ(split("a", ','), Parts{"a"});
  EXPECT_EQ(split("a, b", ','), (Parts{"a", " b"}));
}

TEST(Case, AsciiOnly) {
  EXPECT_EQ(to_lower("AZ[az\xC3\x96"), "az[az\xC3\x96");
  EXPECT_EQ(to_upper("az{AZ\xC3\xB6"), "AZ{AZ\xC3\xB6");
  EXPECT_EQ(to_lower(""), "");
}

TEST(ToInteger, TheWholeText) {
  EXPECT_EQ(to_integer("0"), 0);
  EXPECT_EQ(to_integer("007"), 7);
  EXPECT_EQ(to_integer("-2147463162"), -2147463162);
  EXPECT_EQ(to_integer("9223372036854775807"),
            std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(to_integer("-9223372036854775808"),
            std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(to_integer("8007052e", 16), 0x8007052E);
  EXPECT_EQ(to_integer("FF", 16), 255);
}

TEST(ToInteger, Refused) {
  for (const std::string_view text :
       {"", " ", " 1", "1 ", "+1", "--1", "-", "1.0", "1e3", "0x10", "a",
        "9223372036854775808", "-9223372036854775809"}) {
    EXPECT_EQ(to_integer(text), std::nullopt) << text;
  }
  EXPECT_EQ(to_integer("8", 8), std::nullopt);
  EXPECT_EQ(to_integer("g", 16), std::nullopt);
}

TEST(ToBool, AsConfigurationsWriteIt) {
  for (const std::string_view text : {"true", "TRUE", "True", "1", "-1"}) {
    EXPECT_EQ(to_bool(text), true) << text;
  }
  for (const std::string_view text : {"false", "FALSE", "False", "0"}) {
    EXPECT_EQ(to_bool(text), false) << text;
  }
  for (const std::string_view text :
       {"", " true", "yes", "no", "on", "2", "01", "-0", "truee"}) {
    EXPECT_EQ(to_bool(text), std::nullopt) << text;
  }
}

TEST(Join, WithASeparator) {
  EXPECT_EQ(join({}, ", "), "");
  EXPECT_EQ(join({"a"}, ", "), "a");
  EXPECT_EQ(join({"a", "", "c"}, ", "), "a, , c");
  EXPECT_EQ(join({"a", "b"}, ""), "ab");
}

TEST(JoinWords, AsInASentence) {
  EXPECT_EQ(join_words({}), "");
  EXPECT_EQ(join_words({"a"}), "a");
  EXPECT_EQ(join_words({"a", "b"}), "a and b");
  EXPECT_EQ(join_words({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(join_words(Words{"a", "b", "c"}, "or"), "a, b or c");
}

TEST(Consume, TakesAPrefixOff) {
  std::string_view text = "*S-1-5-11";
  EXPECT_TRUE(consume(text, "*"));
  EXPECT_EQ(text, "S-1-5-11");
  EXPECT_FALSE(consume(text, "*"));
  EXPECT_FALSE(consume(text, "s-"));
  EXPECT_EQ(text, "S-1-5-11");
  EXPECT_TRUE(consume(text, text));
  EXPECT_EQ(text, "");
  EXPECT_FALSE(consume(text, "a"));
}

TEST(ClosestWord, OneSuggestion) {
  const Parts commands = {"check", "collect", "explain", "list"};
  EXPECT_EQ(closest_word("chek", commands), "check");
  EXPECT_EQ(closest_word("hceck", commands), "check");  // swapped
  EXPECT_EQ(closest_word("CHECK", commands), "check");
  EXPECT_EQ(closest_word("colect", commands), "collect");
  EXPECT_EQ(closest_word("explian", commands), "explain");
  EXPECT_EQ(closest_word("lst", commands), "list");
  // Of equals the first.
  EXPECT_EQ(closest_word("lit", {"list", "lift"}), "list");
}

// Insertions, deletions, replacements and swaps of neighbours count one each;
// a third of the letters of the first word may differ.
TEST(ClosestWord, HowFarAWordMayBeAway) {
  struct Row {
    std::string_view word;
    std::string_view known;
    bool close;
  };
  for (const Row& row : {
           Row{"abcdefxyz", "abcdefghi", true},   // 3 of 9
           Row{"abcdewxyz", "abcdefghi", false},  // 4 of 9
           Row{"abcdxx", "abcdef", true},         // 2 of 6
           Row{"abcxxx", "abcdef", false},
           Row{"abcdx", "abcde", true},  // 1 of 5
           Row{"abcxx", "abcde", false},
           Row{"axc", "abc", true},
           Row{"axx", "abc", false},
           Row{"ax", "ab", true},  // one letter of a short word
           Row{"xy", "ab", false},
           Row{"x", "a", false},  // but not all of it
           Row{"a", "ab", false},
           Row{"", "a", false},
           Row{"a", "a", true},
           Row{"cdefghi", "abcdefghi", true},  // two are missing
           Row{"abcdefg", "abcdefghi", true},
           Row{"defghi", "abcdefghi", false},
           Row{"abcdef", "abcdefghi", false},
           Row{"xyabcde", "abcde", true},  // two too many
           Row{"abxycde", "abcde", true},
           Row{"abcdexy", "abcde", true},
           Row{"xyabcdez", "abcde", false},
           Row{"bacde", "abcde", true},  // swapped
           Row{"abced", "abcde", true},
           Row{"badce", "abcde", false},
           Row{"badcfe", "abcdef", false},
           Row{"bxcde", "abcde", false},  // half a swap is none
           Row{"xacde", "abcde", false},
       }) {
    EXPECT_EQ(closest_word(row.word, {row.known}).has_value(), row.close)
        << row.word << ", " << row.known;
  }
}

TEST(ClosestWord, TheClosestWins) {
  EXPECT_EQ(closest_word("abcdefxyz", {"abcdewghi", "abcdefxyy", "abcdefghi"}),
            "abcdefxyy");
  EXPECT_EQ(closest_word("list", {"lists", "list", "lift"}), "list");
}

TEST(ClosestWord, NothingWhereNothingIsMeant) {
  const Parts commands = {"check", "collect", "explain", "list"};
  for (const std::string_view word : {"", "x", "frobnicate", "chxyz", "--"}) {
    EXPECT_EQ(closest_word(word, commands), std::nullopt) << word;
  }
  EXPECT_EQ(closest_word("check", {}), std::nullopt);
}

}  // namespace
}  // namespace iisdiag::text
