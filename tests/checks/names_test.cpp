// Names and SIDs of one server, in whatever language it speaks.
#include "checks/names.hpp"

#include <gtest/gtest.h>

#include "support/servers.hpp"

namespace iisdiag::checks {
namespace {

using facts::Sid;
using knowledge::Tristate;

facts::Server speaking(std::string_view language) {
  facts::Server server = healthy("6.0", "2003");
  record(server).language = language;
  return server;
}

void name(facts::Server& server, std::string_view sid, std::string_view as) {
  server.accounts.names.push_back(
      {std::string(as), *Sid::parse(sid), at("whoami.txt", 9)});
}

std::string sid_of(const facts::Server& server, std::string_view name) {
  const auto sid = Names(server).sid_of(name);
  return sid ? sid->text() : "-";
}

TEST(Names, KnowEnglishOnEveryServer) {
  EXPECT_EQ(sid_of(speaking("de"), "Guests"), "S-1-5-32-546");
  EXPECT_EQ(sid_of(speaking("en"), "Guests"), "S-1-5-32-546");
}

TEST(Names, KnowTheLanguageOfTheEvidence) {
  EXPECT_EQ(sid_of(speaking("de"), "Gäste"), "S-1-5-32-546");
  EXPECT_EQ(sid_of(speaking("en"), "Gäste"), "-");
  EXPECT_EQ(sid_of(speaking("fr"), "Gäste"), "-");
  EXPECT_EQ(sid_of(speaking(""), "Gäste"), "-");
}

TEST(Names, OfNoLanguageMayBeOfAny) {
  EXPECT_TRUE(Names(speaking("")).may_be_built_in("Gäste"));
  EXPECT_FALSE(Names(speaking("")).may_be_built_in("Webmasters"));
  EXPECT_FALSE(Names(speaking("en")).may_be_built_in("Gäste"));
  EXPECT_FALSE(Names(speaking("de")).may_be_built_in("Invitados"));
}

TEST(Names, TakeWhatTheEvidenceTies) {
  facts::Server server = speaking("");
  name(server, "S-1-5-21-1-2-3-1103", "CORP\\Web Admins");
  name(server, "S-1-5-32-546", "BUILTIN\\Vieraat");
  EXPECT_EQ(sid_of(server, "Vieraat"), "S-1-5-32-546");
  EXPECT_EQ(sid_of(server, "builtin\\vieraat"), "S-1-5-32-546");
  const Names names(server);
  EXPECT_EQ(names.text_of(*Sid::parse("S-1-5-21-1-2-3-1103")),
            "CORP\\Web Admins");
  EXPECT_EQ(names.text_of(*Sid::parse("S-1-5-21-1-2-3-1104")),
            "S-1-5-21-1-2-3-1104");
  EXPECT_EQ(names.text_of(*Sid::parse("S-1-1-0")), "Everyone");
  EXPECT_EQ(names.local_name_of(*Sid::parse("S-1-5-32-546")), "Vieraat");
}

TEST(Names, OfGroupsAsTheServerCallsThem) {
  facts::Server server = speaking("de");
  record(server).local_groups = known(std::vector<std::string>{"Gäste"});
  EXPECT_EQ(Names(server).local_name_of(*Sid::parse("S-1-5-32-546")), "Gäste");
  EXPECT_EQ(Names(server).local_name_of(*Sid::parse("S-1-5-32-545")), "Users");
}

TEST(Names, OfTheGuestAccount) {
  EXPECT_EQ(Names(speaking("de")).is_guest("Guest"), Tristate::kYes);
  EXPECT_EQ(Names(speaking("de")).is_guest("Gast"), Tristate::kYes);
  EXPECT_EQ(Names(speaking("en")).is_guest("Gast"), Tristate::kNo);
  EXPECT_EQ(Names(speaking("")).is_guest("Gast"), Tristate::kMaybe);
  EXPECT_EQ(Names(speaking("")).is_guest("IUSR_WEB01"), Tristate::kNo);
}

}  // namespace
}  // namespace iisdiag::checks
