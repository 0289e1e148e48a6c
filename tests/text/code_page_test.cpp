#include "text/code_page.hpp"

#include <gtest/gtest.h>

#include "support/net_languages.hpp"
#include "text/unicode.hpp"

namespace iisdiag::text {
namespace {

// Every byte, against the tables of the system.
TEST(CodePageTest, SingleBytes) {
  const std::pair<CodePage, test::Encoding> pages[] = {
      {CodePage::k437, test::Encoding::kOem437},
      {CodePage::k850, test::Encoding::kOem850},
      {CodePage::k866, test::Encoding::kOem866},
      {CodePage::k1251, test::Encoding::kWindows1251},
      {CodePage::k1252, test::Encoding::kWindows1252},
  };
  for (const auto& [page, encoding] : pages) {
    for (int value = 1; value < 256; ++value) {
      const std::string byte(1, static_cast<char>(value));
      const Converted converted = from_code_page(byte, page);
      EXPECT_TRUE(is_utf8(converted.text));
      if (!converted.replacement) {
        EXPECT_EQ(test::encode(converted.text, encoding), byte) << value;
      } else {
        EXPECT_EQ(converted.text, "\uFFFD");
      }
    }
  }
  EXPECT_EQ(from_code_page("l\x84uft", CodePage::k850).text, "läuft");
  EXPECT_EQ(from_code_page("\x98", CodePage::k1251),
            (Converted{"\uFFFD", true}));
  EXPECT_EQ(from_code_page("\x81", CodePage::k1252),
            (Converted{"\uFFFD", true}));
}

TEST(CodePageTest, Japanese) {
  EXPECT_EQ(from_code_page("\x83\x41 a\\ \xB1", CodePage::k932),
            (Converted{"ア a\\ ｱ", false}));
  // A second byte that is none, a byte that starts nothing, half a character.
  EXPECT_EQ(from_code_page("\x83\x01 \xFF \x83", CodePage::k932),
            (Converted{"\uFFFD\x01 \uFFFD \uFFFD", true}));
  EXPECT_EQ(from_code_page("", CodePage::k932), Converted{});
  std::string many;
  for (int i = 0; i < 100000; ++i) {
    many += "\x83\x41";
  }
  EXPECT_EQ(from_code_page(many, CodePage::k932).text.size(), 300000U);
}

// FORMATS.md 0.2.
TEST(CodePageTest, OemTakenForAnsi) {
  EXPECT_EQ(oem_taken_for_ansi("„ ” \u0081 á Ž ‚ Š … ˆ ‡ ¡ ¢ £ ¤ \u00A0"),
            "ä ö ü ß Ä é è à ê ç í ó ú ñ á");
  EXPECT_EQ(oem_taken_for_ansi("plain アカ \xFF"), "plain アカ \xFF");
}

TEST(WidthTest, BeginningsThatFit) {
  EXPECT_EQ(prefix_of_width("アカウント", 5), "アカ");
  EXPECT_EQ(prefix_of_width("abc", 5), "abc");
  EXPECT_EQ(prefix_of_width("äb", 1), "ä");
  EXPECT_EQ(prefix_of_width("ア", 1), "");
  EXPECT_EQ(prefix_of_width("", 5), "");
}

TEST(WithoutAccentsTest, ComparesWords) {
  EXPECT_EQ(without_accents("Über l’été\u00A0: йё"), "UBER L'ETE : ИЕ");
  EXPECT_EQ(without_accents("\xFF"), "\uFFFD");
}

}  // namespace
}  // namespace iisdiag::text
