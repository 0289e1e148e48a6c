// `net user` and `net localgroup NAME` on Windows of other languages.
#include <gtest/gtest.h>

#include "evidence/reading.hpp"
#include "support/net_languages.hpp"

namespace iisdiag::evidence {
namespace {

using test::Language;

const std::string kDashes(79, '-');

std::string end_of(Language language) {
  return test::translate_net_user("The command completed successfully.\n\n",
                                  language);
}

struct Sample {
  Language language;
  std::string_view accounts;  // heading of the list of accounts
  std::string_view alias;     // first line of a group
  std::string_view rest;      // until the dashes
};
constexpr Sample kSamples[] = {
    {Language::kEnglish, "User accounts for \\\\WEB01", "Alias name     Web",
     "Comment        \n\nMembers\n\n"},
    {Language::kGerman, "Benutzerkonten für \\\\WEB01", "Aliasname      Web",
     "Beschreibung   \n\nMitglieder\n\n"},
    {Language::kFrench, "comptes d’utilisateurs de \\\\WEB01",
     "Nom alias      Web", "Commentaire    Éditeurs  du site\n\nMembres\n\n"},
    {Language::kSpanish, "Cuentas de usuario de \\\\WEB01",
     "Nombre de alias     Web", "Comentario          \n\nMiembros\n"},
    {Language::kItalian, "Account utente per \\\\WEB01", "Nome alias     Web",
     "Commento       \n\nMembri\n\n"},
    {Language::kPortuguese, "Contas de usuário para \\\\WEB01",
     "Nome do alias  Web", "Comentário     \n\nMembros\n\n"},
    {Language::kJapanese, "\\\\WEB01 のユーザー アカウント",
     "エイリアス名     Web", "コメント         \n\nメンバー\n\n"},
    {Language::kRussian, "Учетные записи пользователей для \\\\WEB01",
     "Имя псевдонима     Web", "Комментарий        \n\nЧлены\n\n"},
};

TEST(NetListsLanguagesTest, Accounts) {
  for (const Sample& sample : kSamples) {
    const std::string text = "\n" + std::string(sample.accounts) + "\n\n" +
                             kDashes +
                             "\nAdministrator            IUSR_WEB01           "
                             "    two words                \nweb\n" +
                             end_of(sample.language);
    for (const test::Encoding encoding : test::encodings_of(sample.language)) {
      SCOPED_TRACE(std::string(test::language_name(sample.language)) + " " +
                   std::string(test::encoding_name(encoding)));
      const auto facts = read_as(kNetUserList, test::encode(text, encoding));
      EXPECT_EQ(describe(facts.accounts),
                "whole list @2: Administrator, IUSR_WEB01, two words, web\n");
      EXPECT_EQ(describe(facts.machine), "machine\n  computer = WEB01 @2\n");
      EXPECT_EQ(describe(facts.problems), "");
    }
    const auto cut = text.find("web\n") + 4;
    EXPECT_EQ(describe(read_as(kNetUserList, text.substr(0, cut)).accounts),
              "cut list @2: Administrator, IUSR_WEB01, two words, web\n");
  }
}

// Cells, not characters: the names are twice as wide as they are long.
TEST(NetListsLanguagesTest, ColumnsOfWideNames) {
  EXPECT_EQ(describe(read_as(kNetUserList,
                             "\\\\WEB01 のユーザー アカウント\n\n" + kDashes +
                                 "\nウェブ                   "
                                 "ゲスト                   IUSR_WEB01\n"
                                 "コマンドは正常に終了しました。\n")
                         .accounts),
            "whole list @1: ウェブ, ゲスト, IUSR_WEB01\n");
}

TEST(NetListsLanguagesTest, NamesThatRunIntoEachOtherProveNothing) {
  const auto facts =
      read_as(kNetUserList, "User accounts for \\\\WEB01\n" + kDashes +
                                "\n12345678901234567890123456 "
                                "web\n"
                                "The command completed "
                                "successfully.\n");
  EXPECT_FALSE(facts.accounts.lists.at(0).complete);
  EXPECT_EQ(describe(facts.problems),
            "file, line 3: names run into each other: what the list does not "
            "name may exist\n  12345678901234567890123456 web\n  ^\n");
}

// They look like the list of accounts, and are lists of groups or shares.
TEST(NetListsLanguagesTest, OtherListsAreNone) {
  for (const Sample& sample : kSamples) {
    const std::string end = end_of(sample.language);
    EXPECT_EQ(format_of("\nAliases for \\\\WEB01\n\n" + kDashes +
                        "\n*Administrators\n*Guests\n" + end),
              "-");
    EXPECT_EQ(
        format_of("\nAliase für \\\\WEB01\n\n" + kDashes + "\n*Gäste\n" + end),
        "-");
    EXPECT_EQ(format_of("Shared resources at \\\\WEB01\n\nShare  Type\n" +
                        kDashes + "\nweb  Disk\n" + end),
              "-");
    EXPECT_EQ(format_of("Gruppenname     Domänen-Benutzer\nBeschreibung  x\n"
                        "\nMitglieder\n\n" +
                        kDashes + "\nGast          web\n" + end),
              "-");
  }
  EXPECT_EQ(format_of("Irgendwo \\\\WEB01\n\n" + kDashes + "\nweb\n"), "-");
}

TEST(NetListsLanguagesTest, Groups) {
  for (const Sample& sample : kSamples) {
    const std::string text =
        std::string(sample.alias) + "\n" + std::string(sample.rest) + kDashes +
        "\nIUSR_WEB01\nCORP\\Domain Guests\nNT-AUTORITÄT\\INTERAKTIV\n"
        "S-1-5-21-1-2-3-1001\n";
    const auto facts = read_as(kNetLocalgroup, text + end_of(sample.language));
    EXPECT_EQ(describe(facts.accounts),
              "group Web @1\n  members = IUSR_WEB01, CORP\\Domain Guests, "
              "NT-AUTORITÄT\\INTERAKTIV, S-1-5-21-1-2-3-1001 @1\n");
    EXPECT_EQ(describe(facts.problems), "");
    for (const std::string& end :
         {text, text + "two words\n", text + "CORP\\The great.\n",
          text + "The comm"}) {
      EXPECT_EQ(describe(read_as(kNetLocalgroup, end).accounts),
                "group Web @1\n  members: the list of members has no end @1\n")
          << end;
    }
    // A sentence in words that nobody listed.
    EXPECT_EQ(
        describe(
            read_as(kNetLocalgroup, text + "Il comando va bene.\n").accounts),
        describe(facts.accounts));
  }
}

// A member that is named like the end of the list.
TEST(NetListsLanguagesTest, MembersThatDeceive) {
  const std::string text =
      "Aliasname      Web\nBeschreibung\n\nMitglieder\n\n" + kDashes +
      "\nDer Befehl wurde\nweb\n";
  EXPECT_EQ(
      describe(read_as(kNetLocalgroup, text + "Der Befehl wurde erfolgreich "
                                              "ausgeführt.\n\n")
                   .accounts),
      "group Web @1\n  members = Der Befehl wurde, web @1\n");
  EXPECT_EQ(describe(read_as(kNetLocalgroup, text).accounts),
            "group Web @1\n  members: the list of members has no end @1\n");
}

}  // namespace
}  // namespace iisdiag::evidence
