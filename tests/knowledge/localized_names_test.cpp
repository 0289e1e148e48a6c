// Built-in groups by the names that other languages have for them.
#include "knowledge/localized_names.hpp"

#include <gtest/gtest.h>

#include <string>

namespace iisdiag::knowledge {
namespace {

std::string sid(std::string_view name, std::string_view language) {
  const auto found = localized_sid(name, language);
  return found ? found->text() : "-";
}

// FORMATS.md section 8.
TEST(LocalizedSid, KnowsTheBuiltInGroupsOfALanguage) {
  struct Row {
    std::string_view language;
    std::string_view administrators;
    std::string_view users;
    std::string_view guests;
  };
  constexpr Row kRows[] = {
      {"de", "Administratoren", "Benutzer", "Gäste"},
      {"fr", "Administrateurs", "Utilisateurs", "Invités"},
      {"es", "Administradores", "Usuarios", "Invitados"},
      {"pt", "Administradores", "Usuários", "Convidados"},
      {"ru", "Администраторы", "Пользователи", "Гости"},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(sid(row.administrators, row.language), "S-1-5-32-544");
    EXPECT_EQ(sid(row.users, row.language), "S-1-5-32-545");
    EXPECT_EQ(sid(row.guests, row.language), "S-1-5-32-546");
  }
}

TEST(LocalizedSid, IsGoodInItsOwnLanguageOnly) {
  EXPECT_EQ(sid("Gäste", "en"), "-");
  EXPECT_EQ(sid("Gäste", "fr"), "-");
  EXPECT_EQ(sid("Gäste", ""), "-");
  EXPECT_EQ(sid("Guests", "de"), "-");  // English names are elsewhere
}

TEST(LocalizedSid, TakesTheDomainPartThatGoesWithIt) {
  EXPECT_EQ(sid("VORDEFINIERT\\Gäste", "de"), "S-1-5-32-546");
  EXPECT_EQ(sid("BUILTIN\\Invités", "fr"), "S-1-5-32-546");
  EXPECT_EQ(sid("NT-AUTORITÄT\\NETZWERK", "de"), "S-1-5-2");
  EXPECT_EQ(sid("AUTORITE NT\\Utilisateurs authentifiés", "fr"), "S-1-5-11");
  EXPECT_EQ(sid("Jeder", "de"), "S-1-1-0");
  EXPECT_EQ(sid("CORP\\Gäste", "de"), "-");
  EXPECT_EQ(sid("NT-AUTORITÄT\\Gäste", "de"), "-");
  EXPECT_EQ(sid("VORDEFINIERT\\NETZWERK", "de"), "-");
  EXPECT_EQ(sid("NT-AUTORITÄT\\Jeder", "de"), "-");
  EXPECT_EQ(sid("Gäste@corp.example", "de"), "-");
}

TEST(LocalizedSid, PassesOverCaseAccentsAndLostLetters) {
  EXPECT_EQ(sid("GÄSTE", "de"), "S-1-5-32-546");
  EXPECT_EQ(sid("Gaste", "de"), "S-1-5-32-546");
  EXPECT_EQ(sid("G?ste", "de"), "S-1-5-32-546");
  EXPECT_EQ(sid("G\xEF\xBF\xBDste", "de"), "S-1-5-32-546");
  EXPECT_EQ(sid("?????", "ru"), "S-1-5-32-546");
  // Only a letter outside ASCII can be lost.
  EXPECT_EQ(sid("Gäst?", "de"), "-");
  EXPECT_EQ(sid("Gäste1", "de"), "-");
  EXPECT_EQ(sid("Gäst", "de"), "-");
  EXPECT_EQ(sid("", "de"), "-");
}

TEST(LocalizedSid, TakesNamesThatNetUserHasCut) {
  EXPECT_EQ(sid("Authentifizierte Benu", "de"), "S-1-5-11");
  EXPECT_EQ(sid("Authentifizierte Ben", "de"), "-");
}

TEST(MayBeLocalized, InAnyLanguage) {
  EXPECT_TRUE(may_be_localized("Invitados"));
  EXPECT_TRUE(may_be_localized("Гости"));
  EXPECT_FALSE(may_be_localized("Guests"));
  EXPECT_FALSE(may_be_localized("Webmasters"));
}

TEST(MayBeNtAuthority, KnownOnesAndWhatNoDomainIsCalled) {
  EXPECT_TRUE(may_be_nt_authority("NT AUTHORITY"));
  EXPECT_TRUE(may_be_nt_authority("nt-autorität"));
  EXPECT_TRUE(may_be_nt_authority("ZARZĄDZANIE"));
  EXPECT_FALSE(may_be_nt_authority("CORP"));
  EXPECT_FALSE(may_be_nt_authority(""));
}

TEST(GuestName, InItsLanguage) {
  EXPECT_TRUE(is_guest_name("Gast", "de"));
  EXPECT_TRUE(is_guest_name("Invité", "fr"));
  EXPECT_TRUE(is_guest_name("Gast", ""));
  EXPECT_FALSE(is_guest_name("Gast", "fr"));
  EXPECT_FALSE(is_guest_name("Guest", "de"));
}

TEST(OtherNames, InAnyLanguage) {
  EXPECT_TRUE(is_administrator_name("administrador"));
  EXPECT_FALSE(is_administrator_name("Admin"));
  EXPECT_TRUE(is_default_domain_group("Domain Users"));
  EXPECT_TRUE(is_default_domain_group("Utilisateurs du domai"));
  EXPECT_FALSE(is_default_domain_group("Domain Admins"));
  EXPECT_TRUE(is_no_group("None"));
  EXPECT_TRUE(is_no_group("Aucun"));
  EXPECT_FALSE(is_no_group("Keiner"));
  EXPECT_TRUE(is_builtin_domain("BUILTIN"));
  EXPECT_TRUE(is_builtin_domain("VORDEFINIERT"));
  EXPECT_FALSE(is_builtin_domain("CORP"));
}

}  // namespace
}  // namespace iisdiag::knowledge
