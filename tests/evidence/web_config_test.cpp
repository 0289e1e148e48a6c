// web.config, sections in files of their own, administration.config: what each
// file says by itself.
#include <gtest/gtest.h>

#include "evidence/load.hpp"
#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

std::string section(std::string_view attributes) {
  return "<system.webServer><security><authentication>"
         "<anonymousAuthentication " +
         std::string(attributes) +
         "/></authentication></security></system.webServer>\n";
}

std::string web_config(std::string_view inside) {
  return "<configuration>\n" + std::string(inside) + "</configuration>\n";
}

TEST(WebConfigTest, RootAndLocations) {
  const auto facts = read_as(
      kWebConfig,
      web_config(section("userName='web' password='Sommer#12'") +
                 "<location path='api/'>" + section("enabled='false'") +
                 "</location>\n<location path='.' overrideMode='Deny' "
                 "inheritInChildApplications='false'>" +
                 section("logonMethod='Batch' lockAttributes='userName, "
                         "password'") +
                 "</location>\n"));
  EXPECT_EQ(describe(facts.problems), "");
  EXPECT_EQ(describe(facts.configs), "");
  EXPECT_EQ(describe(facts.iis7), R"(file in ""
at "" @2
  account = web @2
  password = clear text @2
at "api" @3
  anonymous = no @3
at "" locked lockAttributes=username,password not in applications @5
  method = batch @5
)");
}

TEST(WebConfigTest, OneThatIsAboutOtherThingsSaysNothing) {
  const auto facts = read_as(
      kWebConfig,
      web_config("<appSettings/><location path='x'><system.web/></location>\n"
                 "<!-- " +
                 section("enabled='false'") + " -->"));
  EXPECT_EQ(describe(facts.iis7), "file in \"\"\n");
  EXPECT_EQ(describe(facts.problems), "");
}

TEST(WebConfigTest, NothingCountsOfADamagedOne) {
  const auto facts =
      read_as(kWebConfig, "<configuration>\n" + section("userName='a'"));
  EXPECT_EQ(describe(facts.iis7), "file in \"\" damaged\n");
  EXPECT_EQ(facts.problems.size(), 1U);
  const auto doctype =
      read_as(kWebConfig, "<!DOCTYPE configuration>\n" +
                              web_config(section("userName='a'")));
  EXPECT_EQ(describe(doctype.iis7), "file in \"\" damaged\n");
  EXPECT_EQ(describe(doctype.problems),
            "file, line 1: a document type declaration is not accepted: not "
            "read\n  <!...\n  ^\n");
}

TEST(WebConfigTest, ModulesThatAreTakenOut) {
  const auto removes = [](std::string_view changes) {
    const auto facts =
        read_as(kWebConfig, web_config("<system.webServer><modules>" +
                                       std::string(changes) +
                                       "</modules></system.webServer>"));
    return facts.iis7.web_configs.front().removes_module.has_value();
  };
  EXPECT_TRUE(removes("<remove name='AnonymousAuthenticationModule'/>"));
  EXPECT_TRUE(removes("<clear/>"));
  EXPECT_FALSE(removes("<remove name='Session'/>"));
  EXPECT_FALSE(removes("<clear/><add name='AnonymousAuthenticationModule'/>"));
}

TEST(ConfigSectionTest, TheAnonymousSection) {
  const auto facts =
      read_as(kConfigSection,
              "<?xml version='1.0'?>\n<anonymousAuthentication\n"
              " userName='CORP\\web' enabled='false' lockItem='true'/>\n",
              "config/anonymous.config");
  EXPECT_EQ(describe(facts.problems), "");
  EXPECT_EQ(describe(facts.iis7),
            "config/anonymous.config is anonymousAuthentication lockItem @2\n"
            "  account = CORP\\web @3\n  anonymous = no @3\n");
}

TEST(ConfigSectionTest, Sites) {
  const auto facts = read_as(kConfigSection, R"(<sites>
<site name="Shop"><application path="/api">
  <virtualDirectory path="/" physicalPath="D:\shop\api"/>
  <virtualDirectory path="/img" physicalPath="D:\img"/>
</application></site>
<site name="Files"><bindings><binding protocol="ftp"/></bindings>
  <ftpServer><security><authentication>
    <anonymousAuthentication enabled="true"/>
  </authentication></security></ftpServer></site>
</sites>
)");
  EXPECT_EQ(describe(facts.iis7), R"(file is sites @1
  W3SVC Shop
  W3SVC Shop/api
  FTPSVC Files
  anonymous = yes @8
  FTPSVC MACHINE/WEBROOT/APPHOST
  D:\shop\api is Shop/api (application)
  D:\img is Shop/api/img
)");
}

TEST(ConfigSectionTest, OneThatPointsOnIsNotReadOn) {
  const auto facts =
      read_as(kConfigSection, "<anonymousAuthentication configSource='x'/>");
  EXPECT_EQ(describe(facts.iis7),
            R"(file is anonymousAuthentication damaged @1
  account: configSource points to x @1
  password: configSource points to x @1
  method: configSource points to x @1
  anonymous: configSource points to x @1
)");
  EXPECT_EQ(describe(facts.elsewhere), "");
}

TEST(AdministrationConfigTest, IsKnownAndTellsNothing) {
  MemoryFiles files;
  files.add("case/administration.config",
            "<configuration><moduleProviders/></configuration>");
  const Loaded loaded = load(files, {"case"}, {}, "");
  EXPECT_EQ(loaded.evidence_files, 0U);
  EXPECT_TRUE(loaded.ignored.empty());
  EXPECT_EQ(describe(loaded.server.problems), "");
  EXPECT_EQ(describe(loaded.server.notes),
            "administration.config is about IIS Manager alone: it holds no "
            "anonymous settings @0\n");
}

}  // namespace
}  // namespace iisdiag::evidence
