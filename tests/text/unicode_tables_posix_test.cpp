// The tables say what utf8proc says, for every code point.
#include <gtest/gtest.h>
#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "text/unicode.hpp"
#include "text/unicode_tables_made.hpp"

namespace iisdiag::text {
namespace {

constexpr utf8proc_int32_t kFirst = 0x80;
constexpr utf8proc_int32_t kEnd = 0x110000;

std::string utf8(utf8proc_int32_t code_point) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto count = utf8proc_encode_char(code_point, bytes.data());
  return {bytes.begin(), bytes.begin() + count};
}

bool is_no_surrogate(utf8proc_int32_t code_point) {
  return code_point < 0xD800 || code_point >= 0xE000;
}

TEST(UnicodeTablesTest, CodePointsAreWrittenAndReadAlike) {
  for (utf8proc_int32_t i = 0; i < kEnd; ++i) {
    if (!is_no_surrogate(i)) {
      continue;
    }
    std::string bytes;
    append_utf8(bytes, static_cast<char32_t>(i));
    ASSERT_EQ(bytes, utf8(i)) << i;
    std::string_view rest = bytes;
    ASSERT_EQ(take_code_point(rest), static_cast<char32_t>(i)) << i;
    ASSERT_TRUE(rest.empty()) << i;
  }
}

// All sequences of up to three bytes, and those of four that begin alike.
TEST(UnicodeTablesTest, BrokenSequencesAreBrokenForBoth) {
  const auto compare = [](const std::string& bytes) {
    utf8proc_int32_t code_point = -1;
    const auto taken = utf8proc_iterate(
        reinterpret_cast<const utf8proc_uint8_t*>(bytes.data()),
        static_cast<utf8proc_ssize_t>(bytes.size()), &code_point);
    const bool is_good = taken > 0 && code_point >= 0;
    std::string_view rest = bytes;
    const char32_t got = take_code_point(rest);
    ASSERT_EQ(got, is_good ? static_cast<char32_t>(code_point) : 0xFFFDU);
    ASSERT_EQ(bytes.size() - rest.size(),
              is_good ? static_cast<std::size_t>(taken) : 1U);
  };
  for (unsigned first = 0x80; first < 0x100; ++first) {
    for (unsigned second = 0; second < 0x100; ++second) {
      for (const unsigned third : {0x00U, 0x7FU, 0x80U, 0xBFU, 0xC0U}) {
        for (const unsigned fourth : {0x00U, 0x80U, 0xBFU, 0xFFU}) {
          std::string bytes;
          for (const unsigned byte : {first, second, third, fourth}) {
            bytes += static_cast<char>(byte);
            ASSERT_NO_FATAL_FAILURE(compare(bytes));
          }
        }
      }
    }
  }
}

TEST(UnicodeTablesTest, LettersAndWidths) {
  for (utf8proc_int32_t i = 0; i < kEnd; ++i) {
    const auto category = utf8proc_category(i);
    ASSERT_EQ(
        is_letter(static_cast<char32_t>(i)),
        category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO)
        << i;
    if (i < kFirst || !is_no_surrogate(i)) {
      continue;
    }
    ASSERT_EQ(display_width(utf8(i)),
              static_cast<std::size_t>(utf8proc_charwidth(i)))
        << i;
  }
}

TEST(UnicodeTablesTest, Capitals) {
  for (utf8proc_int32_t i = kFirst; i < kEnd; ++i) {
    if (!is_no_surrogate(i)) {
      continue;
    }
    // The simple mapping, and Windows, give it no capital.
    constexpr utf8proc_int32_t kSharpS = 0xDF;
    ASSERT_EQ(fold_case(utf8(i)), utf8(i == kSharpS ? i : utf8proc_toupper(i)))
        << i;
  }
}

TEST(UnicodeTablesTest, WhatIsShown) {
  for (utf8proc_int32_t i = kFirst; i < kEnd; ++i) {
    if (!is_no_surrogate(i)) {
      continue;
    }
    const auto category = utf8proc_category(i);
    const bool is_hidden =
        category == UTF8PROC_CATEGORY_CN || category >= UTF8PROC_CATEGORY_ZL;
    ASSERT_EQ(printable(utf8(i)) != utf8(i), is_hidden) << i;
  }
}

TEST(UnicodeTablesTest, WithoutMarks) {
  for (utf8proc_int32_t i = kFirst; i < kEnd; ++i) {
    constexpr utf8proc_int32_t kNoBreakSpace = 0xA0;
    constexpr utf8proc_int32_t kApostrophe = 0x2019;
    if (!is_no_surrogate(i) || i == kNoBreakSpace || i == kApostrophe) {
      continue;
    }
    std::string expected;
    for (const std::int32_t letter : without_marks(i)) {
      expected += utf8(letter);
    }
    ASSERT_EQ(without_accents(utf8(i)), fold_case(expected)) << i;
  }
}

// With IISDIAG_WRITE_TABLES in the environment it is written anew: for another
// version of Unicode.
TEST(UnicodeTablesTest, TheHeaderIsMadeOfTheLibrary) {
  const std::string path = IISDIAG_SOURCE_DIR "/src/text/unicode_tables.hpp";
  if (std::getenv("IISDIAG_WRITE_TABLES") != nullptr) {
    std::ofstream(path, std::ios::binary) << unicode_tables_header();
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file.is_open());
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}),
            unicode_tables_header());
}

}  // namespace
}  // namespace iisdiag::text
