// Security identifiers ([MS-DTYP] 2.4.2).
#include "facts/sid.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace iisdiag::facts {
namespace {

// "S-1-5" and `count` sub-authorities.
std::string with_sub_authorities(int count) {
  std::string text = "S-1-5";
  for (int i = 1; i <= count; ++i) {
    text += "-" + std::to_string(i);
  }
  return text;
}

TEST(SidParse, AuthorityAndSubAuthorities) {
  EXPECT_EQ(Sid::parse("S-1-1-0"), (Sid{1, {0}}));
  EXPECT_EQ(Sid::parse("S-1-5-32-544"), (Sid{5, {32, 544}}));
  EXPECT_EQ(Sid::parse("S-1-5-21-1085031214-1563985344-725345543-1001"),
            (Sid{5, {21, 1085031214, 1563985344, 725345543, 1001}}));
}

TEST(SidParse, EitherCaseAndHexadecimal) {
  EXPECT_EQ(Sid::parse("s-1-5-17"), (Sid{5, {17}}));
  EXPECT_EQ(Sid::parse("S-1-0x5-17"), (Sid{5, {17}}));
  EXPECT_EQ(Sid::parse("S-1-0X1AB-1"), (Sid{0x1AB, {1}}));
  EXPECT_EQ(Sid::parse("S-1-0x1ab-1"), (Sid{0x1AB, {1}}));
}

TEST(SidParse, Bounds) {
  EXPECT_EQ(Sid::parse("S-1-281474976710655-1"),
            (Sid{0xFFFFFFFFFFFF, {1}}));  // 2^48 - 1
  EXPECT_EQ(Sid::parse("S-1-0xFFFFFFFFFFFF-1"), (Sid{0xFFFFFFFFFFFF, {1}}));
  EXPECT_EQ(Sid::parse("S-1-5-4294967295"), (Sid{5, {0xFFFFFFFF}}));
  EXPECT_EQ(Sid::parse("S-1-0-0"), (Sid{0, {0}}));
  EXPECT_EQ(Sid::parse(with_sub_authorities(15)),
            (Sid{5, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}}));
}

TEST(SidParse, Refused) {
  for (const std::string_view text : {
           "",
           "S",
           "S-",
           "S-1",
           "S-1-",
           "S-1-5",             // no sub-authority
           "S-1-5-",            // ends inside
           "S-1-5-21-",         //
           "S-1-5--21",         // a part is missing
           "S-1--5-21",         //
           "S-1-5-21 ",         // blanks
           " S-1-5-21",         //
           "S-1-5-2 1",         //
           "S-1-5-+21",         // signs
           "S-1-+5-21",         //
           "S-1-5-0x20-544",    // hexadecimal is for the authority only
           "S-1-5-0x",          // no digit
           "S-1-0x-5",          //
           "S-1-5-1a",          // no decimal number
           "S-1-5a-1",          //
           "S-1-5-4294967296",  // 2^32
           "S-1-5-99999999999999999999999999",
           "S-1-281474976710656-1",       // 2^48
           "S-1-0x1000000000000-1",       //
           "S-1-18446744073709551621-1",  // 2^64 + 5
           "S-2-5-32-544",                // revision
           "S-0-5-32-544",                //
           "S-01-5-32-544",               //
           "*S-1-5-32-544",               // the mark of a rights list
           "X-1-5-32-544",
           "S_1_5_32_544",
           "S-1-5-32-544\\x",
           "IUSR_WEB01",
       }) {
    EXPECT_EQ(Sid::parse(text), std::nullopt) << text;
  }
  EXPECT_EQ(Sid::parse(with_sub_authorities(16)), std::nullopt);
  EXPECT_EQ(Sid::parse(with_sub_authorities(100000)), std::nullopt);
}

TEST(SidParse, StaysInsideItsText) {
  // What stands behind the view is not read.
  constexpr std::string_view kText = "S-1-5-32-5449";
  EXPECT_EQ(Sid::parse(kText.substr(0, 12)), (Sid{5, {32, 544}}));
}

TEST(SidText, DecimalBelowTwoToThe32) {
  EXPECT_EQ((Sid{5, {32, 544}}.text()), "S-1-5-32-544");
  EXPECT_EQ((Sid{0xFFFFFFFF, {1}}.text()), "S-1-4294967295-1");
  EXPECT_EQ((Sid{5, {0xFFFFFFFF}}.text()), "S-1-5-4294967295");
}

// [MS-DTYP] 2.4.2.1: an authority of 2^32 and more is 0x and twelve digits.
TEST(SidText, HexadecimalFromTwoToThe32) {
  EXPECT_EQ((Sid{0x100000000, {1}}.text()), "S-1-0x000100000000-1");
  EXPECT_EQ((Sid{0xFFFFFFFFFFFF, {1}}.text()), "S-1-0xFFFFFFFFFFFF-1");
}

TEST(SidText, CanBeReadAgain) {
  for (const Sid& sid :
       {Sid{1, {0}}, Sid{5, {21, 1, 2, 3, 500}}, Sid{0x123456789ABC, {7}},
        Sid{0xFFFFFFFF, {0xFFFFFFFF, 0}}}) {
    EXPECT_EQ(Sid::parse(sid.text()), sid) << sid.text();
  }
}

TEST(Sid, AccountsOfAMachineOrDomain) {
  EXPECT_TRUE((Sid{5, {21, 1, 2, 3, 1001}}.is_account()));
  EXPECT_TRUE((Sid{5, {21, 1}}.is_account()));
  EXPECT_FALSE((Sid{5, {21}}.is_account()));
  EXPECT_FALSE((Sid{5, {32, 544}}.is_account()));
  EXPECT_FALSE((Sid{5, {17}}.is_account()));
  EXPECT_FALSE((Sid{1, {21, 1, 2, 3, 1001}}.is_account()));
  EXPECT_FALSE(Sid{}.is_account());
}

TEST(Sid, RidIsTheLastPart) {
  EXPECT_EQ((Sid{5, {21, 1, 2, 3, 501}}.rid()), 501U);
  EXPECT_EQ((Sid{5, {17}}.rid()), 17U);
  EXPECT_EQ(Sid{}.rid(), 0U);
}

TEST(Sid, Order) {
  std::vector<Sid> sids = {Sid{5, {32, 546}}, Sid{5, {32, 545}}, Sid{5, {2}},
                           Sid{1, {0}}};
  std::sort(sids.begin(), sids.end());
  EXPECT_EQ(sids, (std::vector<Sid>{Sid{1, {0}}, Sid{5, {2}}, Sid{5, {32, 545}},
                                    Sid{5, {32, 546}}}));
}

}  // namespace
}  // namespace iisdiag::facts
