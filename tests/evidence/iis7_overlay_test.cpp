// web.config on top of applicationHost.config (FORMATS.md 4.4).
#include <gtest/gtest.h>

#include "evidence/iis7_case.hpp"

namespace iisdiag::evidence {
namespace {

TEST(WebConfigOverlayTest, AnUnlockedOneOverridesAttributeByAttribute) {
  const auto server =
      load_all({{"applicationHost.config",
                 apphost("Allow", section("userName='a' password='' "
                                          "logonMethod='Batch'"))},
                {"inetpub/wwwroot/web.config",
                 web_config(section("userName='CORP\\web'"))}});
  EXPECT_EQ(told(server), "");
  EXPECT_EQ(accounts(server),
            "CORP\\web (inetpub/wwwroot/web.config, line 2) at [Default Web "
            "Site]\na (applicationHost.config, line 6) at [Shop]\n");
  EXPECT_TRUE(server.identities.front().logon_method.value.is(
      facts::LogonMethod::kBatch));
}

TEST(WebConfigOverlayTest, ALockedOneIsALookAlike) {
  const auto server = load_all({{"applicationHost.config", apphost("Deny")},
                                {"inetpub/wwwroot/web.config",
                                 web_config(section("userName='CORP\\web'"))}});
  EXPECT_EQ(accounts(server),
            "IUSR (applicationHost.config, line 1) at [Default Web Site] "
            "[Shop]\n");
  EXPECT_EQ(told(server),
            "inetpub/wwwroot/web.config sets anonymousAuthentication of "
            "Default Web Site, which is locked: IIS answers 500.19 "
            "(0x80070021) there, not this 401.1. Nothing of it is in force "
            "@2\n");
}

// FORMATS.md 4.4, 5.
TEST(WebConfigOverlayTest, WhoMaySetTheSection) {
  struct Row {
    std::string_view declared;
    std::string rest;
    bool applied;
  };
  const std::string site = "path='Default Web Site'";
  const Row rows[] = {
      {"Allow", "", true},
      {"Deny", "", false},
      {"Deny", location("path='' overrideMode='Allow'", section("")), true},
      {"Deny", location(site + " overrideMode='Allow'", section("")), true},
      {"Deny", location(site + " allowOverride='true'", section("")), true},
      {"Deny", location("path='Shop' overrideMode='Allow'", section("")),
       false},
      // It unlocks what stands in it.
      {"Deny", location(site + " overrideMode='Allow'", ""), false},
      {"Deny", location(site + " overrideMode='Inherit'", section("")), false},
      {"Allow", location(site + " overrideMode='Deny'", section("")), false},
      {"Allow", location(site + " allowOverride='false'", section("")), false},
      {"Deny",
       location("path='' overrideMode='Allow'", section("")) +
           location(site + " overrideMode='Deny'", section("")),
       false},
      {"Allow", section("lockItem='true'"), false},
      {"Allow", section("lockAttributes='userName'"), false},
      {"Allow", section("lockAttributes='enabled, USERNAME'"), false},
      {"Allow", section("lockAttributes='*'"), false},
      {"Allow", section("lockAttributes='enabled'"), true},
      {"Allow", section("lockAllAttributesExcept='enabled'"), false},
      {"Allow", section("lockAllAttributesExcept='enabled,userName'"), true},
      {"Allow", location("path='Shop'", section("lockItem='true'")), true},
  };
  for (const Row& row : rows) {
    const auto server =
        load_all({{"applicationHost.config", apphost(row.declared, row.rest)},
                  {"inetpub/wwwroot/web.config",
                   web_config(section("userName='web'"))}});
    EXPECT_EQ(accounts(server).starts_with("web ("), row.applied)
        << row.declared << row.rest << accounts(server);
    EXPECT_EQ(server.notes.size(), row.applied ? 0U : 1U) << row.rest;
  }
}

TEST(WebConfigOverlayTest, WhetherItIsLockedIsNotKnown) {
  const std::string sets = web_config(section("userName='web'"));
  const auto undeclared = load_all(
      {{"applicationHost.config",
        "<configuration><system.applicationHost><sites><site name='Shop'/>"
        "</sites></system.applicationHost></configuration>"},
       {"Shop/web.config", sets}});
  EXPECT_EQ(accounts(undeclared),
            "? no declaration of the section tells whether Shop/web.config may "
            "set it at [Shop]\n");
  const auto without =
      load_all({{"sites.txt",
                 "SITE \"Shop\" (id:1,bindings:http/*:80:,state:Started)\n"},
                {"Shop/web.config", sets}});
  EXPECT_EQ(accounts(without),
            "? no applicationHost.config in the evidence tells whether "
            "Shop/web.config may set it maybe at [Shop]\n");
}

TEST(WebConfigOverlayTest, TheFolderTellsTheNode) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"inetpub/wwwroot", "Default Web Site"},
      {"C/inetpub/wwwroot", "Default Web Site"},
      {"INETPUB/WWWROOT", "Default Web Site"},
      {"inetpub/wwwroot/sub/deep", "Default Web Site/sub/deep"},
      {"pictures", "Default Web Site/img"},
      {"D/pictures/a", "Default Web Site/img/a"},
      {"apps/app", "Default Web Site/app"},
      {"app/sub", "Default Web Site/app/sub"},
      {"sites/shop/wwwroot", "Shop"},
      {"shop/wwwroot/x", "Shop/x"},
      {"default web site", "Default Web Site"},
      {"Default Web Site/sub", "Default Web Site/sub"},
      {"Default Web Site/app/sub", "Default Web Site/app/sub"},
      {"x/Shop", "Shop"},
  };
  for (const auto& [folder, node] : cases) {
    const auto server = load_all({{"applicationHost.config", apphost("Allow")},
                                  {std::string(folder) + "/web.config",
                                   web_config(section("userName='web'"))}});
    EXPECT_NE(accounts(server).find("web.config, line 2) at [" +
                                    std::string(node) + "]\n"),
              std::string::npos)
        << folder << "\n"
        << accounts(server) << told(server);
  }
}

TEST(WebConfigOverlayTest, FoldersThatFitNowhere) {
  // A virtual directory with a folder of its own lies over the last one.
  for (const std::string_view folder :
       {"elsewhere", "other/wwwroot", "xinetpub/wwwroot", "inetpub",
        "inetpub/wwwroot/img"}) {
    const auto server = load_all({{"applicationHost.config", apphost("Allow")},
                                  {std::string(folder) + "/web.config",
                                   web_config(section("userName='web'"))}});
    EXPECT_EQ(accounts(server),
              "IUSR (applicationHost.config, line 1) at [Default Web Site] "
              "[Shop]\n")
        << folder;
    ASSERT_EQ(server.problems.size(), 1U) << folder;
    EXPECT_EQ(server.problems.front().text,
              "not used: the folder that this web.config lies in is that of "
              "no site. Keep it in its folder below the site's physicalPath, "
              "or in a folder that is called like the site");
  }
}

TEST(WebConfigOverlayTest, AFolderThatFitsTwice) {
  const auto server =
      load_all({{"applicationHost.config", apphost("Allow")},
                {"wwwroot/web.config", web_config(section("userName='web'"))}});
  EXPECT_EQ(accounts(server),
            "IUSR (applicationHost.config, line 1) at [Default Web Site] "
            "[Shop]\n");
  EXPECT_EQ(told(server),
            "wwwroot/web.config, line 2: not used: the folder that this "
            "web.config lies in fits more than one site\n");
}

TEST(WebConfigOverlayTest, OneWithoutTheSectionSaysNothing) {
  const auto server =
      load_all({{"applicationHost.config", apphost("Deny")},
                {"elsewhere/web.config", web_config("<appSettings/>")},
                {"wwwroot/web.config", web_config("<system.webServer/>")}});
  EXPECT_EQ(told(server), "");
}

TEST(WebConfigOverlayTest, TheNearerFileCounts) {
  const auto server = load_all(
      {{"applicationHost.config",
        apphost("Allow", location("path='Default Web Site/a'",
                                  section("userName='host'")))},
       {"inetpub/wwwroot/a/web.config", web_config(section("userName='near'"))},
       {"inetpub/wwwroot/web.config",
        web_config(location("path='a'", section("userName='far'")) +
                   location("path='b/c'", section("userName='far'")))}});
  EXPECT_EQ(accounts(server),
            "IUSR (applicationHost.config, line 1) at [Default Web Site] "
            "[Shop]\nnear (inetpub/wwwroot/a/web.config, line 2) at [Default "
            "Web Site/a]\nfar (inetpub/wwwroot/web.config, line 4) at "
            "[Default Web Site/b/c]\n");
}

TEST(WebConfigOverlayTest, AWebConfigLocksWhatLiesDeeper) {
  const auto server = load_all(
      {{"applicationHost.config", apphost("Allow")},
       {"Shop/a/web.config", web_config(section("userName='b'"))},
       {"Shop/web.config",
        web_config(section("userName='a' lockAttributes='userName'"))}});
  EXPECT_EQ(accounts(server),
            "IUSR (applicationHost.config, line 1) at [Default Web Site]\n"
            "a (Shop/web.config, line 2) at [Shop]\n");
  EXPECT_EQ(server.notes.size(), 1U);
}

TEST(WebConfigOverlayTest, ChildApplicationsMayNotInherit) {
  const std::string limited = location(
      "path='.' inheritInChildApplications='false'", section("userName='web'"));
  const auto server =
      load_all({{"applicationHost.config", apphost("Allow")},
                {"Default Web Site/web.config", web_config(limited)}});
  EXPECT_EQ(accounts(server),
            "web (Default Web Site/web.config, line 2) at [Default Web Site]\n"
            "? Default Web Site/web.config, line 2 keeps it from child "
            "applications at [Default Web Site/app]\n"
            "IUSR (applicationHost.config, line 1) at [Shop]\n");
  const auto host =
      load_all({{"applicationHost.config",
                 apphost("Deny", location("path='Default Web Site' "
                                          "inheritInChildApplications='false'",
                                          section("userName='web'")))}});
  EXPECT_EQ(accounts(host),
            "web (applicationHost.config, line 6) at [Default Web Site]\n"
            "? applicationHost.config, line 6 keeps it from child "
            "applications at [Default Web Site/app]\n"
            "IUSR (applicationHost.config, line 1) at [Shop]\n");
}

TEST(WebConfigOverlayTest, DamagedOnes) {
  const std::string damaged = "<configuration>\n" + section("userName='a'");
  const auto open = load_all({{"applicationHost.config", apphost("Allow")},
                              {"Shop/web.config", damaged}});
  EXPECT_EQ(accounts(open),
            "IUSR (applicationHost.config, line 1) at [Default Web Site]\n"
            "? Shop/web.config, which may set it, cannot be read maybe at "
            "[Shop]\n");
  EXPECT_EQ(describe(open.notes),
            "Shop/web.config cannot be read as XML. If it is like that on the "
            "server, IIS answers 500.19 at Shop, not this 401.1 @0\n");
  // What it may have said is not in force anyway.
  const auto locked = load_all({{"applicationHost.config", apphost("Deny")},
                                {"Shop/web.config", damaged}});
  EXPECT_EQ(accounts(locked),
            "IUSR (applicationHost.config, line 1) at [Default Web Site] "
            "[Shop]\n");
  EXPECT_EQ(locked.notes.size(), 1U);
}

TEST(WebConfigOverlayTest, TwoOfOneNodeThatDisagree) {
  const auto server = load_all(
      {{"applicationHost.config", apphost("Allow")},
       {"Shop/web.config", web_config(section("userName='a'"))},
       {"sites/shop/wwwroot/web.config", web_config(section("userName='b'"))}});
  EXPECT_EQ(accounts(server),
            "IUSR (applicationHost.config, line 1) at [Default Web Site]\n"
            "? Shop/web.config and sites/shop/wwwroot/web.config disagree "
            "about Shop at [Shop]\n");
  const auto same = load_all(
      {{"applicationHost.config", apphost("Allow")},
       {"Shop/web.config", web_config(section("userName='a'"))},
       {"sites/shop/wwwroot/web.config", web_config(section("userName='A'"))}});
  EXPECT_EQ(told(same), "");
}

TEST(WebConfigOverlayTest, HostilePaths) {
  std::string deep = "a";
  for (int i = 0; i < 10'000; ++i) {
    deep += "/a";
  }
  for (const std::string& path :
       {std::string("../Shop"), std::string("a//b"), std::string("/a"),
        std::string("a\\b"), std::string("./a"), deep}) {
    const auto server = load_all(
        {{"applicationHost.config", apphost("Allow")},
         {"Shop/web.config", web_config(location("path='" + path + "'",
                                                 section("userName='web'")))}});
    EXPECT_EQ(accounts(server),
              "IUSR (applicationHost.config, line 1) at [Default Web Site] "
              "[Shop]\n");
    EXPECT_EQ(server.problems.size(), 1U) << path.substr(0, 20);
  }
  const auto host =
      load_all({{"applicationHost.config",
                 apphost("Allow", location("path='Shop/" + deep + "'",
                                           section("userName='web'")))}});
  EXPECT_EQ(describe(host.problems),
            "applicationHost.config, line 6: a location with too deep a path: "
            "not read\n");
  const auto folders = load_all(
      {{"applicationHost.config",
        "<configuration><system.applicationHost><sites><site name='..'>"
        "<application path='/'><virtualDirectory path='/' physicalPath='" +
            deep +
            "'/><virtualDirectory path='/b' physicalPath='..\\b'/>"
            "</application></site></sites></system.applicationHost>"
            "</configuration>"},
       {"a/web.config", web_config(section("userName='web'"))},
       {"b/web.config", web_config(section("userName='web'"))}});
  EXPECT_EQ(folders.problems.size(), 2U);
}

}  // namespace
}  // namespace iisdiag::evidence
