// configSource, modules and appcmd on top of applicationHost.config
// (FORMATS.md 4.4 and 8.8).
#include <gtest/gtest.h>

#include "evidence/iis7_case.hpp"

namespace iisdiag::evidence {
namespace {

TEST(ConfigSourceTest, TheFileTakesThePlaceOfTheSection) {
  const std::string host =
      apphost("Deny", section("configSource='parts\\anonymous.config'"));
  const std::string part =
      "<anonymousAuthentication userName='web'\n"
      "enabled='true'/>\n";
  for (const std::string_view file :
       {"config/parts/anonymous.config", "anonymous.config",
        "other/parts/anonymous.config"}) {
    const auto server = load_all(
        {{"config/applicationHost.config", host}, {std::string(file), part}});
    EXPECT_EQ(accounts(server), "web (" + std::string(file) +
                                    ", line 1) at [Default Web Site] [Shop]\n");
    EXPECT_EQ(describe(server.elsewhere), "");
    EXPECT_EQ(told(server), "");
  }
  const auto missing = load_all({{"config/applicationHost.config", host},
                                 {"parts/other.config", part},
                                 {"x/anonymous.config", part}});
  EXPECT_EQ(describe(missing.elsewhere),
            "configSource: parts\\anonymous.config @6\n");
  EXPECT_EQ(accounts(missing),
            "? the part of the configuration that may set the account was not "
            "read maybe at [Default Web Site] [Shop]\n");
}

TEST(ConfigSourceTest, ADamagedFileLeavesTheSectionUnknown) {
  const auto server =
      load_all({{"applicationHost.config",
                 apphost("Deny", location("path='Shop'",
                                          section("configSource='a.config'")))},
                {"a.config", "<anonymousAuthentication userName='web'"}});
  EXPECT_NE(accounts(server).find("? a.config is damaged maybe at [Shop]\n"),
            std::string::npos)
      << accounts(server);
  EXPECT_EQ(describe(server.elsewhere), "");
}

TEST(ConfigSourceTest, TheListOfSites) {
  const auto server =
      load_all({{"config/applicationHost.config",
                 "<configuration><system.applicationHost><sites "
                 "configSource='sites.config'/></system.applicationHost>\n" +
                     location("path='Shop/api'", section("userName='api'")) +
                     location("path='Shop'", section("userName='shop'")) +
                     location("path='Gone'", section("userName='gone'")) +
                     "</configuration>"},
                {"config/sites.config",
                 "<sites><site name='Shop'/><site name='Other'/></sites>"}});
  EXPECT_EQ(accounts(server),
            "shop (config/applicationHost.config, line 4) at [Shop]\n"
            "IUSR (config/applicationHost.config, line 1) at [Other]\n"
            "api (config/applicationHost.config, line 2) at [Shop/api]\n");
  EXPECT_EQ(describe(server.elsewhere), "");
}

TEST(ConfigSourceTest, OfAWebConfig) {
  const CapturedFiles files = {
      {"applicationHost.config", apphost("Allow")},
      {"Shop/web.config", web_config(section("configSource='a.config'"))}};
  EXPECT_EQ(describe(load_all(files).elsewhere), "configSource: a.config @2\n");
  CapturedFiles with = files;
  with.emplace_back("Shop/a.config", "<anonymousAuthentication userName='w'/>");
  EXPECT_EQ(accounts(load_all(with)),
            "IUSR (applicationHost.config, line 1) at [Default Web Site]\n"
            "w (Shop/a.config, line 1) at [Shop]\n");
}

TEST(ModulesTest, WithoutItsModuleAnonymousAccessIsOff) {
  const std::string other = "<add name='StaticFileModule'/>";
  const std::string ours = "<add name='AnonymousAuthenticationModule'/>";
  const auto lists = [](const std::string& global, const std::string& modules) {
    return "<system.webServer><globalModules>" + global +
           "</globalModules></system.webServer>\n" +
           location("path=''", "<system.webServer><modules>" + modules +
                                   "</modules></system.webServer>");
  };
  const auto of = [&](const std::string& rest) {
    return load_all({{"applicationHost.config", apphost("Deny", rest)}});
  };
  EXPECT_EQ(told(of(lists(other + ours, ours))), "");
  EXPECT_EQ(accounts(of(lists(other + ours, ours))),
            "IUSR (applicationHost.config, line 1) at [Default Web Site] "
            "[Shop]\n");
  for (const std::string& rest :
       {lists(other, ours), lists(other + ours, other)}) {
    const auto server = of(rest);
    EXPECT_EQ(accounts(server), "") << rest;
    EXPECT_EQ(server.notes.size(), 2U) << describe(server.notes);
  }
  const auto one =
      of(lists(ours, ours) +
         location("path='Shop'",
                  "<system.webServer><modules><remove "
                  "name='AnonymousAuthenticationModule'/></modules>"
                  "</system.webServer>"));
  EXPECT_EQ(accounts(one),
            "IUSR (applicationHost.config, line 1) at [Default Web Site]\n");
  EXPECT_EQ(describe(one.notes),
            "AnonymousAuthenticationModule is not among the modules of Shop: "
            "anonymous access cannot work there, and IIS answers 401.2, not "
            "this 401.1 @8\n");
}

std::string printed(std::string_view path, std::string_view attributes) {
  return "<appcmd><CONFIG "
         "CONFIG.SECTION='system.webServer/security/authentication/"
         "anonymousAuthentication' path='MACHINE/WEBROOT/APPHOST/" +
         std::string(path) +
         "'><system.webServer-security-authentication-anonymousAuthentication "
         "enabled='true' " +
         std::string(attributes) + "/></CONFIG></appcmd>\n";
}

TEST(AppcmdOverlayTest, AlonePrintedNodesAreAllThereIs) {
  const auto server = load_all({{"a.xml", printed("Shop", "userName='web'")},
                                {"b.xml", printed("Blog", "")}});
  EXPECT_EQ(accounts(server),
            "web (a.xml, line 1) at [Shop]\n"
            "IUSR (b.xml, line 1) at [Blog]\n");
  EXPECT_EQ(told(server), "");
}

TEST(AppcmdOverlayTest, ATranscript) {
  const auto server = load_all(
      {{"session.txt",
        "C:\\>appcmd list site\n"
        "SITE \"Shop\" (id:1,bindings:http/*:80:,state:Started)\n\n"
        "C:\\>appcmd list config \"Shop\" /section:anonymousAuthentication\n"
        "<system.webServer>\n  <security>\n    <authentication>\n"
        "      <anonymousAuthentication enabled=\"true\" userName=\"web\" />\n"
        "    </authentication>\n  "
        "</security>\n</system.webServer>\n\nC:\\>\n"}});
  EXPECT_EQ(accounts(server), "web (session.txt, line 8) at [Shop]\n");
  EXPECT_EQ(told(server), "");
}

TEST(AppcmdOverlayTest, SitesThatAreOnlyNamedAreUnknown) {
  const auto server =
      load_all({{"a.xml", printed("Shop", "userName='web'")},
                {"sites.txt",
                 "SITE \"Blog\" (id:2,bindings:http/*:80:,state:Started)\n"}});
  EXPECT_EQ(accounts(server),
            "web (a.xml, line 1) at [Shop]\n? the account was not read maybe "
            "at [Blog]\n");
  EXPECT_EQ(describe(server.notes),
            "nothing shows what is in force at Blog: capture "
            "applicationHost.config, or appcmd list config for each @1\n");
}

TEST(AppcmdOverlayTest, TwoThatDisagree) {
  const auto server = load_all({{"a.xml", printed("Shop", "userName='a'")},
                                {"b.xml", printed("shop", "userName='b'")}});
  EXPECT_EQ(accounts(server),
            "? a.xml, line 1 and b.xml, line 1 disagree about the account of "
            "shop at [Shop]\n");
}

TEST(AppcmdOverlayTest, BesideTheFileThatAgrees) {
  const auto server = load_all(
      {{"applicationHost.config", apphost("Deny", section("userName='web'"))},
       {"a.xml", printed("Shop", "userName='WEB'")}});
  EXPECT_EQ(accounts(server),
            "web (applicationHost.config, line 6) at [Default Web Site] "
            "[Shop]\n");
  EXPECT_EQ(told(server), "");
}

TEST(AppcmdOverlayTest, BeatsWhatTheFileInherits) {
  const auto server =
      load_all({{"applicationHost.config",
                 apphost("Allow", section("userName='web' password='x'"))},
                {"a.xml", printed("Shop", "userName='other'")}});
  EXPECT_EQ(accounts(server),
            "web (applicationHost.config, line 6) at [Default Web Site]\n"
            "other (a.xml, line 1) at [Shop]\n");
  EXPECT_EQ(told(server),
            "IIS itself shows the account of Shop as other, the files as web: "
            "what IIS shows counts @1\n");
  EXPECT_TRUE(server.identities.back().password.value.is_unknown());
  EXPECT_TRUE(server.identities.back().overrides.empty());
}

TEST(AppcmdOverlayTest, ContradictsWhatTheNodeStores) {
  const auto server = load_all(
      {{"applicationHost.config",
        apphost("Deny", location("path='Shop'", section("userName='web'")))},
       {"a.xml", printed("Shop", "userName='other'")}});
  EXPECT_EQ(accounts(server),
            "IUSR (applicationHost.config, line 1) at [Default Web Site]\n"
            "? applicationHost.config, line 6 and a.xml, line 1 disagree about "
            "the account of Shop at [Shop]\n");
  EXPECT_EQ(describe(server.problems),
            "a.xml, line 1: applicationHost.config, line 6 and a.xml, line 1 "
            "disagree about the account of Shop\n");
}

TEST(AppcmdOverlayTest, FillsWhatTheFileLeavesOpen) {
  const auto server =
      load_all({{"applicationHost.config",
                 apphost("Deny", section("configSource='missing.config'"))},
                {"a.xml", printed("Shop", "userName='web'")}});
  EXPECT_EQ(accounts(server),
            "? the part of the configuration that may set the account was not "
            "read maybe at [Default Web Site]\nweb (a.xml, line 1) at "
            "[Shop]\n");
}

TEST(AppcmdOverlayTest, ASiteThatTheFileDoesNotHold) {
  const auto server =
      load_all({{"applicationHost.config", apphost("Deny")},
                {"a.xml", printed("Old/app", "userName='web'")}});
  EXPECT_EQ(accounts(server),
            "IUSR (applicationHost.config, line 1) at [Default Web Site] "
            "[Shop]\n");
  EXPECT_EQ(describe(server.problems),
            "a.xml, line 1: left out: the configuration has no site \"Old\"\n");
}

}  // namespace
}  // namespace iisdiag::evidence
