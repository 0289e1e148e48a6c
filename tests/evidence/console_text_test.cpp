// Which code page a captured text was written in.
#include "evidence/console_text.hpp"

#include <gtest/gtest.h>

#include "support/net_languages.hpp"

namespace iisdiag::evidence {
namespace {

std::string text_of(std::string_view bytes) {
  const auto decoded = decode_evidence(bytes);
  return decoded ? decoded->text : "(binary)";
}

TEST(ConsoleTextTest, TheWordsOfNetTellThePage) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"Kennwort l\x84uft ab  Nie\n", "Kennwort läuft ab  Nie\n"},
      {"Kennwort l\xE4uft ab  Nie\n", "Kennwort läuft ab  Nie\n"},
      {"Kennwort l„uft ab  \u0081bel\n", "Kennwort läuft ab  übel\n"},
      {"Cuenta activa  S\xA1\n", "Cuenta activa  Sí\n"},
      {"Cuenta activa  S¡\n", "Cuenta activa  Sí\n"},
      {"\x8A\xAE\xAC\xA0\xAD\xA4\xA0 x\n", "Команда x\n"},
      {"\xCA\xEE\xEC\xE0\xED\xE4\xE0 x\n", "Команда x\n"},
      {"\x83\x41\x83\x4A\x83\x45\x83\x93\x83\x67  \xFF\n",
       "アカウント  \uFFFD\n"},
  };
  for (const auto& [bytes, expected] : cases) {
    EXPECT_EQ(text_of(bytes), expected);
  }
}

TEST(ConsoleTextTest, WithoutSuchWordsNothingChanges) {
  for (const std::string_view bytes :
       {"", "plain\n", "J\xF6rg\n", "J\x94rg l\x84uft\n", "J”rg\n",
        "UserName : (STRING) \"J\x94rg\"\n"}) {
    EXPECT_EQ(decode_evidence(bytes), text::decode(bytes)) << bytes;
  }
  EXPECT_EQ(text_of(std::string_view("a\0\x84", 3)), "(binary)");
}

TEST(ConsoleTextTest, ACutCharacterLeavesTheRest) {
  EXPECT_EQ(text_of("Gäste \xC3"), "Gäste \uFFFD");
  EXPECT_EQ(text_of("ユーザ\xE3\x83"), "ユーザ\uFFFD");
  // Nothing says that it is UTF-8.
  EXPECT_EQ(text_of("Gaste \xC3"), "Gaste \u00C3");
  EXPECT_EQ(text_of("\xC3"), "\u00C3");
}

// A group of that name makes no console text of a template.
TEST(ConsoleTextTest, OtherFilesAreNotJudged) {
  for (const std::string_view start :
       {"<configuration>", "[Unicode]", "REGEDIT4",
        "Windows Registry Editor Version 5.00"}) {
    const std::string bytes =
        std::string(start) + "\nKennwort l\x84uft ab ausgef\x81hrt\n";
    EXPECT_EQ(decode_evidence(bytes), text::decode(bytes)) << start;
  }
}

TEST(ConsoleTextTest, SaysWhatItTook) {
  EXPECT_EQ(decode_evidence("Kennwort l\x84uft ab")->encoding,
            text::Encoding::kOem);
  EXPECT_EQ(decode_evidence("\xCA\xEE\xEC\xE0\xED\xE4\xE0 x")->encoding,
            text::Encoding::kWindows1251);
  EXPECT_TRUE(decode_evidence("\x83\x41\x83\x4A\x83\x45\x83\x93\x83\x67 \xFF")
                  ->replacement);
}

}  // namespace
}  // namespace iisdiag::evidence
