#include "text/wide.hpp"

#include <gtest/gtest.h>

namespace iisdiag::text {
namespace {

// Units by number: a wide literal has other ones where wchar_t has 32 bits.
std::wstring units(std::initializer_list<unsigned> numbers) {
  std::wstring text;
  for (const unsigned number : numbers) {
    text.push_back(static_cast<wchar_t>(number));
  }
  return text;
}

TEST(WideTest, ToWide) {
  EXPECT_EQ(to_wide(""), L"");
  EXPECT_EQ(to_wide("web01"), L"web01");
  EXPECT_EQ(to_wide("\u00E9"), units({0xE9}));
  EXPECT_EQ(to_wide("\uFFFF"), units({0xFFFF}));
  EXPECT_EQ(to_wide("\U00010000"), units({0xD800, 0xDC00}));
  EXPECT_EQ(to_wide("\U0001F600x"), units({0xD83D, 0xDE00, 'x'}));
  EXPECT_EQ(to_wide(std::string_view("a\0b", 3)), units({'a', 0, 'b'}));
}

TEST(WideTest, WhatIsNoUtf8IsReplaced) {
  EXPECT_EQ(to_wide("a\xFF"), units({'a', 0xFFFD}));
  EXPECT_EQ(to_wide("\xED\xA0\x80"), units({0xFFFD, 0xFFFD, 0xFFFD}));
}

TEST(WideTest, FromWide) {
  EXPECT_EQ(from_wide(L""), "");
  EXPECT_EQ(from_wide(L"web01"), "web01");
  EXPECT_EQ(from_wide(units({0xE9, 0x65E5})), "\u00E9\u65E5");
  EXPECT_EQ(from_wide(units({0xD83D, 0xDE00, 'x'})), "\U0001F600x");
  EXPECT_EQ(from_wide(units({'a', 0, 'b'})), std::string_view("a\0b", 3));
}

TEST(WideTest, HalfAPairIsReplaced) {
  EXPECT_EQ(from_wide(units({0xD83D})), "\uFFFD");
  EXPECT_EQ(from_wide(units({0xDE00, 'x'})), "\uFFFDx");
  EXPECT_EQ(from_wide(units({0xD83D, 'x'})), "\uFFFDx");
  EXPECT_EQ(from_wide(units({0xD83D, 0xD83D, 0xDE00})), "\uFFFD\U0001F600");
}

}  // namespace
}  // namespace iisdiag::text
