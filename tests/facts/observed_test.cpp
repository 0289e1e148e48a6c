// Facts that are known, absent or unknown, and where they were read.
#include "facts/observed.hpp"

#include <gtest/gtest.h>

#include <ostream>

#include "facts/origin.hpp"

namespace iisdiag::facts {

// For the messages of the tests.
static std::ostream& operator<<(std::ostream& out, const Origin& origin) {
  return out << origin.text();
}
static std::ostream& operator<<(std::ostream& out, const Unknown& unknown) {
  return out << '"' << unknown.why << "\" \"" << unknown.todo << '"';
}

namespace {

TEST(Origin, Texts) {
  EXPECT_EQ(Origin().text(), "");
  EXPECT_EQ(Origin::in_file("secedit.inf", 41).text(), "secedit.inf, line 41");
  EXPECT_EQ(Origin::in_file("secedit.inf", 0).text(), "secedit.inf");
  EXPECT_EQ(Origin::in_record("SysEvent.evt", 412).text(),
            "SysEvent.evt, record 412");
  EXPECT_EQ(Origin::in_record("SysEvent.evt", 0).text(),
            "SysEvent.evt, record 0");
  EXPECT_EQ(Origin::in_registry("HKLM\\SYSTEM\\Select\\Current").text(),
            "HKLM\\SYSTEM\\Select\\Current");
  EXPECT_EQ(Origin::from_api("NetUserGetInfo", 0).text(), "NetUserGetInfo");
  EXPECT_EQ(Origin::from_api("NetUserGetInfo", 2221).text(),
            "NetUserGetInfo, error 2221");
}

TEST(Origin, Parts) {
  const Origin line = Origin::in_file("a.inf", 3);
  EXPECT_EQ(line.kind(), Origin::Kind::kFile);
  EXPECT_EQ(line.name(), "a.inf");
  EXPECT_EQ(line.number(), 3U);
  EXPECT_EQ(Origin::in_record("a.evt", 3).kind(), Origin::Kind::kRecord);
  EXPECT_EQ(Origin::in_registry("K").kind(), Origin::Kind::kRegistry);
  EXPECT_EQ(Origin::in_registry("K").number(), 0U);
  EXPECT_EQ(Origin::from_api("F", 5).kind(), Origin::Kind::kApi);
  EXPECT_EQ(Origin::from_api("F", 5).number(), 5U);
}

TEST(Origin, NoneIsFalse) {
  EXPECT_FALSE(static_cast<bool>(Origin()));
  EXPECT_EQ(Origin().kind(), Origin::Kind::kNone);
  EXPECT_EQ(Origin().name(), "");
  EXPECT_EQ(Origin().number(), 0U);
  EXPECT_TRUE(static_cast<bool>(Origin::in_file("a", 0)));
  EXPECT_TRUE(static_cast<bool>(Origin::in_registry("K")));
}

TEST(Origin, EqualByPlaceNotByMemory) {
  const auto name = std::make_shared<const std::string>("a.inf");
  EXPECT_EQ(Origin::in_file(name, 3), Origin::in_file("a.inf", 3));
  EXPECT_EQ(Origin(), Origin());
  EXPECT_NE(Origin::in_file("a.inf", 3), Origin::in_file("a.inf", 4));
  EXPECT_NE(Origin::in_file("a.inf", 3), Origin::in_file("b.inf", 3));
  EXPECT_NE(Origin::in_file("a.inf", 3), Origin::in_record("a.inf", 3));
  EXPECT_NE(Origin::in_file("", 0), Origin());
}

const Origin kPlace = Origin::in_file("system.reg", 7);

TEST(Observed, AValue) {
  const Observed<int> value(4, kPlace);
  EXPECT_TRUE(value.has_value());
  EXPECT_FALSE(value.is_absent());
  EXPECT_FALSE(value.is_unknown());
  EXPECT_EQ(*value, 4);
  EXPECT_TRUE(value.is(4));
  EXPECT_FALSE(value.is(0));
  EXPECT_EQ(value.value_or(9), 4);
  EXPECT_EQ(value.origin(), kPlace);
  EXPECT_EQ(value.reason(), Unknown{});
  EXPECT_EQ(Observed<std::string>("four", kPlace)->size(), 4U);
}

TEST(Observed, AbsentHasAPlaceAndNoValue) {
  const auto absent = Observed<int>::absent(kPlace);
  EXPECT_FALSE(absent.has_value());
  EXPECT_TRUE(absent.is_absent());
  EXPECT_FALSE(absent.is_unknown());
  EXPECT_FALSE(absent.is(0));
  EXPECT_EQ(absent.value_or(9), 9);
  EXPECT_EQ(absent.origin(), kPlace);
  EXPECT_EQ(absent.reason(), Unknown{});
}

TEST(Observed, UnknownSaysWhy) {
  const auto refused =
      Observed<int>::unknown("access denied", "run it elevated", kPlace);
  EXPECT_FALSE(refused.has_value());
  EXPECT_FALSE(refused.is_absent());
  EXPECT_TRUE(refused.is_unknown());
  EXPECT_FALSE(refused.is(0));
  EXPECT_EQ(refused.value_or(9), 9);
  EXPECT_EQ(refused.origin(), kPlace);
  EXPECT_EQ(refused.reason(), (Unknown{"access denied", "run it elevated"}));
}

TEST(Observed, NothingSpeaksOfANewOne) {
  const Observed<int> nothing;
  EXPECT_TRUE(nothing.is_unknown());
  EXPECT_EQ(nothing.reason(), Unknown{});
  EXPECT_EQ(nothing.origin(), Origin());
}

// A false, an empty text and a zero are values like others.
TEST(Observed, EmptyValuesAreValues) {
  EXPECT_TRUE((Observed<bool>(false, kPlace).has_value()));
  EXPECT_TRUE((Observed<bool>(false, kPlace).is(false)));
  EXPECT_TRUE((Observed<std::string>("", kPlace).has_value()));
  EXPECT_FALSE(Observed<bool>::absent(kPlace).is(false));
}

TEST(Observed, Equal) {
  const Origin elsewhere = Origin::in_file("system.reg", 8);
  EXPECT_TRUE(Observed<int>(4, kPlace) == Observed<int>(4, kPlace));
  EXPECT_FALSE(Observed<int>(4, kPlace) == Observed<int>(5, kPlace));
  EXPECT_FALSE(Observed<int>(4, kPlace) == Observed<int>(4, elsewhere));
  EXPECT_FALSE(Observed<int>::absent(kPlace) == Observed<int>(0, kPlace));
  EXPECT_FALSE(Observed<int>::absent({}) == Observed<int>());
  EXPECT_FALSE(Observed<int>::unknown("a") == Observed<int>::unknown("b"));
}

}  // namespace
}  // namespace iisdiag::facts
