// From what nodes store to what is in force at them.
#include "evidence/resolve.hpp"

#include <gtest/gtest.h>

#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

facts::Machine iis(std::string_view id) {
  facts::Machine machine;
  machine.iis = {std::string(id), facts::Origin::in_file("said", 0)};
  return machine;
}

// The identities of one metabase, keys from line 2 on, of IIS 6.0 or `version`.
Resolved of_metabase(std::string_view keys, std::string_view version = "6.0") {
  const auto facts =
      read_as(kMetabaseXml,
              "<configuration><MBProperty><IIsComputer Location='/LM'/>\n" +
                  std::string(keys) + "</MBProperty></configuration>\n");
  return resolve(facts.configs.at(0), iis(version));
}

std::string identities(std::string_view keys,
                       std::string_view version = "6.0") {
  return describe(of_metabase(keys, version).identities);
}

TEST(ResolveTest, ValuesComeFromTheNearestNodeAbove) {
  EXPECT_EQ(identities(R"(<a Location="/LM/W3SVC" AnonymousUserName="IUSR_A"
 AnonymousUserPass="4963446270" AnonymousPasswordSync="FALSE"
 AuthFlags="AuthAnonymous"/>
<a Location="/LM/W3SVC/1" LogonMethod="1"/>
<a Location="/LM/W3SVC/1/ROOT"/>
<a Location="/LM/W3SVC/1/ROOT/a/b/c" AnonymousUserName="CORP\x"
 AnonymousUserPass="4963446271"/>
<a Location="/LM/W3SVC/1/root/A/B/C/d"/>
)"),
            R"(W3SVC identity at /LM/W3SVC/1/ROOT
  account = IUSR_A @2 from /LM/W3SVC
  password = opaque @3 from /LM/W3SVC
  sync = no @3 from /LM/W3SVC
  method = batch @5 from /LM/W3SVC/1
  anonymous = yes @4 from /LM/W3SVC
  absent: domain, isolation mode
W3SVC identity at /LM/W3SVC/1/ROOT/a/b/c
  account = CORP\x @7 from /LM/W3SVC/1/ROOT/a/b/c
  password = opaque @8 from /LM/W3SVC/1/ROOT/a/b/c
  sync = no @3 from /LM/W3SVC
  method = batch @5 from /LM/W3SVC/1
  anonymous = yes @4 from /LM/W3SVC
  absent: domain, isolation mode
)");
}

// FORMATS.md 3.2: without INHERIT a value is for its own key only.
TEST(ResolveTest, ValuesThatDoNotInherit) {
  EXPECT_EQ(identities(R"(<a Location="/LM/W3SVC" AnonymousUserName="a"
 AnonymousPasswordSync="0"/>
<a Location="/LM/W3SVC/1/ROOT">
<Custom ID="6020" Value="b" Attributes="NO_ATTRIBUTES"/></a>
<a Location="/LM/W3SVC/1/ROOT/x"/>
)"),
            R"(W3SVC identity at /LM/W3SVC/1/ROOT
  account = b @5 from /LM/W3SVC/1/ROOT
  sync = no @3 from /LM/W3SVC
  method = network-cleartext @2 (default)
  anonymous = yes @2 (default)
  absent: password, domain, isolation mode
W3SVC identity at /LM/W3SVC/1/ROOT/x
  account = a @2 from /LM/W3SVC
  sync = no @3 from /LM/W3SVC
  method = network-cleartext @2 (default)
  anonymous = yes @2 (default)
  absent: password, domain, isolation mode
)");
}

TEST(ResolveTest, DefaultsOfEachVersion) {
  struct Row {
    std::string_view version;
    std::string_view sync;
    std::string_view method;
  };
  const Row rows[] = {
      {"4.0", "sync = yes @2 (default)", "method = interactive @2 (default)"},
      {"5.0", "sync = yes @2 (default)", "method = interactive @2 (default)"},
      {"5.1", "sync = yes @2 (default)", "method = interactive @2 (default)"},
      {"6.0",
       "sync: AnonymousPasswordSync stands at no level, and its default in "
       "IIS 6.0 is not certain",
       "method = network-cleartext @2 (default)"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(identities("<a Location='/LM/W3SVC' AnonymousUserName='a'/>"
                         "<a Location='/LM/W3SVC/1'/>",
                         row.version),
              "W3SVC identity at /LM/W3SVC/1/ROOT\n"
              "  account = a @2 from /LM/W3SVC\n  " +
                  std::string(row.sync) + "\n  " + std::string(row.method) +
                  "\n  anonymous = yes @2 (default)\n"
                  "  absent: password, domain, isolation mode\n")
        << row.version;
  }
}

TEST(ResolveTest, AHundredSitesThatInheritAreOneIdentity) {
  std::string keys = "<a Location='/LM/W3SVC' AnonymousUserName='a'/>";
  for (int i = 1; i <= 100; ++i) {
    keys += "<a Location='/LM/W3SVC/" + std::to_string(i) + "/ROOT'/>";
  }
  const Resolved resolved = of_metabase(keys);
  ASSERT_EQ(resolved.identities.size(), 1U);
  EXPECT_EQ(resolved.identities.front().nodes.size(), 100U);
  EXPECT_EQ(resolved.identities.front().nodes.front(), "/LM/W3SVC/1/ROOT");
}

TEST(ResolveTest, OnlyTheTopmostNodesAreListed) {
  const Resolved resolved = of_metabase(
      "<a Location='/LM/W3SVC' AnonymousUserName='a'/>"
      "<a Location='/LM/W3SVC/1/ROOT'/><a Location='/LM/W3SVC/1/ROOT/x'/>"
      "<a Location='/LM/W3SVC/1/ROOT/x/y' AnonymousUserName='b'/>"
      "<a Location='/LM/W3SVC/1/ROOT/x/y/z' AnonymousUserName='a'/>");
  ASSERT_EQ(resolved.identities.size(), 2U);
  EXPECT_EQ(
      resolved.identities[0].nodes,
      (std::vector<std::string>{"/LM/W3SVC/1/ROOT", "/LM/W3SVC/1/ROOT/x/y/z"}));
  EXPECT_EQ(resolved.identities[1].nodes,
            std::vector<std::string>{"/LM/W3SVC/1/ROOT/x/y"});
}

TEST(ResolveTest, AServiceWithoutSitesStandsForThem) {
  EXPECT_EQ(of_metabase("<a Location='/LM/W3SVC' AnonymousUserName='a'/>")
                .identities.at(0)
                .nodes,
            std::vector<std::string>{"/LM/W3SVC"});
}

// AT-lock: IIS 6.0 uses a node's own password although anonymous is off there.
TEST(ResolveTest, NodesWithAnonymousAccessOff) {
  const std::string off =
      "<a Location='/LM/W3SVC' AnonymousUserName='a' "
      "AuthFlags='0'/><a Location='/LM/W3SVC/1/ROOT'/>";
  EXPECT_EQ(identities(off), "");
  EXPECT_TRUE(of_metabase(off).anonymous_off_everywhere);
  const std::string own = off +
                          "<a Location='/LM/W3SVC/1/ROOT/x' "
                          "AnonymousUserPass='4963446270'/>";
  const Resolved six = of_metabase(own);
  EXPECT_FALSE(six.anonymous_off_everywhere);
  ASSERT_EQ(six.identities.size(), 1U);
  EXPECT_EQ(six.identities.front().nodes,
            std::vector<std::string>{"/LM/W3SVC/1/ROOT/x"});
  ASSERT_EQ(six.identities.front().overrides.size(), 1U);
  EXPECT_EQ(six.identities.front().overrides.front().kind,
            facts::Override::Kind::kStoredPairAnonymousOff);
  EXPECT_EQ(identities(own, "5.0"), "");
  EXPECT_TRUE(of_metabase(own, "5.0").anonymous_off_everywhere);
}

// FTP with sync on logs on although anonymous is not allowed.
TEST(ResolveTest, FtpSitesWithAnonymousAccessOff) {
  const auto ftp = [](std::string_view sync) {
    return identities(
        "<a Location='/LM/MSFTPSVC' AnonymousUserName='a' "
        "AllowAnonymous='0' AnonymousPasswordSync='" +
            std::string(sync) + "'/><a Location='/LM/MSFTPSVC/1'/>",
        "5.0");
  };
  EXPECT_EQ(ftp("0"), "");
  EXPECT_EQ(ftp("1"), R"(MSFTPSVC identity at /LM/MSFTPSVC/1
  account = a @2 from /LM/MSFTPSVC
  sync = yes @2 from /LM/MSFTPSVC
  method = interactive @2 (default)
  anonymous = no @2 from /LM/MSFTPSVC
  absent: password, domain
)");
}

TEST(ResolveTest, Overrides) {
  const auto overrides = [](std::string_view root) {
    const Resolved resolved = of_metabase(
        "<a Location='/LM/W3SVC' AnonymousUserName='a' "
        "AnonymousUserPass='4963446270'/><a Location='/LM/W3SVC/1/ROOT' " +
        std::string(root) + "/>");
    std::string kinds;
    for (const facts::Override& found : resolved.identities.at(0).overrides) {
      kinds += std::to_string(static_cast<int>(found.kind)) + found.node;
    }
    return kinds;
  };
  EXPECT_EQ(overrides(""), "");
  EXPECT_EQ(overrides("AnonymousUserPass='4963446271'"), "0/LM/W3SVC/1/ROOT");
  EXPECT_EQ(overrides("AnonymousUserName='A' AnonymousUserPass='4963446271'"),
            "0/LM/W3SVC/1/ROOT");
  EXPECT_EQ(overrides("AnonymousUserName='b'"), "1/LM/W3SVC/1/ROOT");
  EXPECT_EQ(overrides("AnonymousUserName='A'"), "");
  EXPECT_EQ(overrides("AnonymousUserName='b' AnonymousUserPass='4963446271'"),
            "");
}

TEST(ResolveTest, PoolsOfAnIdentity) {
  EXPECT_EQ(identities(R"(<a Location="/LM/W3SVC" AppPoolId="one"
 AnonymousUserName="a" AnonymousPasswordSync="1"/>
<a Location="/LM/W3SVC/AppPools" AppPoolIdentityType="2"/>
<a Location="/LM/W3SVC/AppPools/One"/>
<a Location="/LM/W3SVC/AppPools/Two" AppPoolIdentityType="0"/>
<a Location="/LM/W3SVC/1/ROOT"/>
<a Location="/LM/W3SVC/1/ROOT/x" AppPoolId="TWO"/>
<a Location="/LM/W3SVC/1/ROOT/y" AppPoolId="gone"/>
)"),
            R"(W3SVC identity at /LM/W3SVC/1/ROOT
  account = a @3 from /LM/W3SVC
  sync = yes @3 from /LM/W3SVC
  method = network-cleartext @2 (default)
  anonymous = yes @2 (default)
  pool one = NetworkService @4
  pool TWO = LocalSystem @6
  absent: password, domain, isolation mode
)");
}

// What no listing showed is not known, and never a default.
TEST(ResolveTest, PartsLeaveTheRestUnknown) {
  const auto facts = read_as(kAdsutil,
                             "AnonymousUserName : (STRING) \"a\"\n"
                             "[/W3SVC/1/ROOT/x]\n[/W3SVC/1/ROOT/y]\n",
                             "w3svc_1_root.txt");
  const Resolved resolved = resolve(facts.configs.at(0), iis("5.0"));
  EXPECT_EQ(describe(resolved.identities),
            R"(W3SVC identity at /LM/W3SVC/1/ROOT
  account = a @1 from /LM/W3SVC/1/ROOT
  password: the stored password was not read
  sync: AnonymousPasswordSync was not read
  method: LogonMethod was not read
  anonymous: anonymous access was not read
  domain: the default logon domain was not read
)");
  EXPECT_EQ(describe(resolved.notes),
            "2 keys are named but not shown and taken to inherit: "
            "W3SVC/1/ROOT/x, W3SVC/1/ROOT/y. To see what is set there: cscript "
            "adsutil.vbs ENUM W3SVC/1/ROOT/x @2\n");
  EXPECT_FALSE(resolved.anonymous_off_everywhere);
}

// FORMATS.md 4.4: an attribute that is not written is inherited by itself.
TEST(ResolveTest, SitesOfIis7) {
  const auto facts = read_as(kApphostConfig, R"(<configuration>
<system.applicationHost><sites><site name="a"><application path="/x"/></site>
<site name="f"><bindings><binding protocol="ftp"/></bindings>
<ftpServer><security><authentication>
<anonymousAuthentication enabled="true"/></authentication></security></ftpServer></site>
<site name="g"><bindings><binding protocol="ftp"/></bindings></site>
</sites></system.applicationHost>
<system.webServer><security><authentication>
<anonymousAuthentication userName="CORP\web" password="[enc:A:B:enc]"/>
</authentication></security></system.webServer>
<location path="a/x"><system.webServer><security><authentication>
<anonymousAuthentication userName=""/>
</authentication></security></system.webServer></location>
</configuration>
)");
  EXPECT_EQ(describe(resolve(facts.configs.at(0), iis("8.5")).identities),
            R"(W3SVC identity at a
  account = CORP\web @9 from MACHINE/WEBROOT/APPHOST
  password = opaque @9 from MACHINE/WEBROOT/APPHOST
  method = network-cleartext @1 (default)
  anonymous = yes @1 (default)
  absent: sync, domain
W3SVC identity at a/x
  account = "" @12 from a/x
  password = opaque @9 from MACHINE/WEBROOT/APPHOST
  method = network-cleartext @1 (default)
  anonymous = yes @1 (default)
  absent: sync, domain
FTPSVC identity at f
  account = IUSR @2 (default)
  method = network-cleartext @2 (default)
  anonymous = yes @5 from f
  domain = NT AUTHORITY @2 (default)
  absent: password, sync
)");
}

TEST(ResolveTest, BelowIsByWholeSegments) {
  EXPECT_TRUE(is_below("/LM/W3SVC/1/ROOT", "/lm/w3svc/1"));
  EXPECT_TRUE(is_below("/LM/W3SVC/1", "/LM/W3SVC/1/"));
  EXPECT_TRUE(is_below("Site/app", "site"));
  EXPECT_FALSE(is_below("/LM/W3SVC/11", "/LM/W3SVC/1"));
  EXPECT_FALSE(is_below("/LM/W3SVC", "/LM/W3SVC/1"));
}

// Numbers stand for passwords that a live server could compare.
Resolved of_groups(std::uint32_t service, std::uint32_t site) {
  facts::IisConfig config =
      read_as(kMetabaseXml,
              "<configuration><MBProperty><IIsComputer Location='/LM'/>\n"
              "<a Location='/LM/W3SVC' AnonymousUserName='a' "
              "AnonymousUserPass='4963446270'/>"
              "<a Location='/LM/W3SVC/1/ROOT'/>"
              "<a Location='/LM/W3SVC/2/ROOT' AnonymousUserName='a' "
              "AnonymousUserPass='4963446271'/>"
              "</MBProperty></configuration>\n")
          .configs.at(0);
  for (facts::IisNode& node : config.nodes) {
    if (node.path == "/LM/W3SVC") {
      node.password_group = service;
    } else if (node.path == "/LM/W3SVC/2/ROOT") {
      node.password_group = site;
    }
  }
  return resolve(std::move(config), iis("6.0"));
}

TEST(ResolveTest, EqualPasswordsAreOneSource) {
  const Resolved equal = of_groups(1, 1);
  ASSERT_EQ(equal.identities.size(), 1U);
  EXPECT_EQ(equal.identities.front().nodes,
            (std::vector<std::string>{"/LM/W3SVC/1/ROOT", "/LM/W3SVC/2/ROOT"}));
  EXPECT_EQ(equal.identities.front().password_group, 1U);
  EXPECT_TRUE(equal.identities.front().overrides.empty());
}

TEST(ResolveTest, OtherPasswordsAndThoseNotComparedAreSourcesOfTheirOwn) {
  for (const auto& [service, site] :
       {std::pair{1U, 2U}, std::pair{0U, 0U}, std::pair{1U, 0U}}) {
    const Resolved found = of_groups(service, site);
    ASSERT_EQ(found.identities.size(), 2U);
    EXPECT_EQ(found.identities.back().password_group, site);
    EXPECT_EQ(found.identities.back().overrides.size(), 1U);
  }
}

}  // namespace
}  // namespace iisdiag::evidence
