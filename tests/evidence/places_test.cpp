// Where requests end, who answers anonymous ones there, and which other ways
// to authenticate are on.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "evidence/iis7_case.hpp"

namespace iisdiag::evidence {
namespace {

std::string shown(const facts::Observed<bool>& fact) {
  return fact.has_value()   ? (*fact ? "yes" : "no")
         : fact.is_absent() ? "absent"
                            : "? (" + fact.reason().why + ")";
}

std::string describe_places(const facts::Server& server) {
  std::string result;
  for (const facts::SitePlace& place : server.places) {
    result += fmt::format(
        "{} {}{} {}: identity {}, anonymous {}, other {}, basic {}\n",
        service_name(place.service), place.site.empty() ? "-" : place.site,
        place.site_name.empty() ? "" : " [" + place.site_name + "]", place.url,
        place.identity, shown(place.anonymous), shown(place.other_scheme),
        shown(place.basic_scheme));
  }
  return result;
}

std::string places_of_file(const std::string& name, const std::string& bytes) {
  return describe_places(load_all({{name, bytes}}));
}

std::string of_metabase(std::string_view keys) {
  return places_of_file(
      "MetaBase.xml",
      "<configuration><MBProperty><IIsComputer Location='/LM'/>\n" +
          std::string(keys) + "</MBProperty></configuration>\n");
}

// FACTS.md B.1: a mask at a node replaces the whole one above it, and without
// any only anonymous access is on.
TEST(PlacesTest, AuthFlagsOfAMetabase) {
  EXPECT_EQ(of_metabase(R"(<a Location="/LM/W3SVC" AnonymousUserName="IUSR_A"/>
<a Location="/LM/W3SVC/1" AuthFlags="AuthAnonymous | AuthNTLM"/>
<a Location="/LM/W3SVC/1/ROOT"/>
<a Location="/LM/W3SVC/1/ROOT/Pub" AuthFlags="AuthAnonymous"/>
<a Location="/LM/W3SVC/1/ROOT/b" AuthFlags="3"/>
<a Location="/LM/W3SVC/1/ROOT/b/c" AuthFlags="16"/>
<a Location="/LM/W3SVC/1/ROOT/d" AuthFlags="64" AnonymousUserName="x"/>
<a Location="/LM/W3SVC/1/ROOT/e" AuthFlags="AuthNew"/>
<a Location="/LM/W3SVC/2"/>
)"),
            R"(W3SVC W3SVC1 /: identity 1, anonymous yes, other yes, basic no
W3SVC W3SVC1 /Pub: identity 1, anonymous yes, other no, basic no
W3SVC W3SVC1 /b: identity 1, anonymous yes, other yes, basic yes
W3SVC W3SVC1 /b/c: identity 0, anonymous no, other yes, basic no
W3SVC W3SVC1 /d: identity 0, anonymous no, other yes, basic no
W3SVC W3SVC1 /e: identity 2, anonymous ? (the value of AuthFlags cannot be read), other ? (the value of AuthFlags cannot be read), basic ? (the value of AuthFlags cannot be read)
W3SVC W3SVC2 /: identity 1, anonymous yes, other no, basic no
)");
}

// Without INHERIT a value is for its own key only.
TEST(PlacesTest, AuthFlagsThatDoNotInherit) {
  EXPECT_EQ(of_metabase(R"(<a Location="/LM/W3SVC" AnonymousUserName="IUSR_A"/>
<a Location="/LM/W3SVC/1/ROOT">
<Custom ID="6000" Value="7" Attributes="NO_ATTRIBUTES"/></a>
<a Location="/LM/W3SVC/1/ROOT/x"/>
)"),
            R"(W3SVC W3SVC1 /: identity 1, anonymous yes, other yes, basic yes
W3SVC W3SVC1 /x: identity 1, anonymous yes, other no, basic no
)");
}

// Users log on to FTP by their names unless AnonymousOnly is set. The root is
// no place beside its site.
TEST(PlacesTest, FtpOfAMetabase) {
  EXPECT_EQ(
      of_metabase(R"(<a Location="/LM/MSFTPSVC" AnonymousUserName="IUSR_A"/>
<a Location="/LM/MSFTPSVC/1"/>
<a Location="/LM/MSFTPSVC/1/ROOT"/>
<a Location="/LM/MSFTPSVC/2" AnonymousOnly="TRUE"/>
<a Location="/LM/MSFTPSVC/3" AllowAnonymous="FALSE">
<Custom ID="5006" Value="0"/></a>
)"),
      R"(MSFTPSVC MSFTPSVC1 /: identity 1, anonymous yes, other yes, basic yes
MSFTPSVC MSFTPSVC2 /: identity 1, anonymous yes, other no, basic no
MSFTPSVC MSFTPSVC3 /: identity 0, anonymous no, other yes, basic yes
)");
}

TEST(PlacesTest, ADamagedMetabaseLeavesOpenWhatItDoesNotShow) {
  EXPECT_EQ(
      places_of_file("MetaBase.xml",
                     "<configuration><MBProperty>\n"
                     "<a Location='/LM/W3SVC/1/ROOT' AuthFlags='1'/>\n"
                     "<a Location='/LM/W3SVC/2/ROOT'/>\n"),
      "W3SVC W3SVC1 /: identity 1, anonymous yes, other no, basic no\n"
      "W3SVC W3SVC2 /: identity 2, anonymous ? (anonymous access was not "
      "read), other ? (authentication other than anonymous was not read), "
      "basic ? (Basic authentication was not read)\n");
}

std::string of_adsutil(std::string_view lines) {
  return places_of_file("w3svc.txt",
                        "KeyType                         : (STRING) "
                        "\"IIsWebService\"\n"
                        "AnonymousUserName               : (STRING) \"a\"\n" +
                            std::string(lines));
}

TEST(PlacesTest, FlagsAndTheirViewsInAdsutil) {
  EXPECT_EQ(of_adsutil("AuthFlags : (INTEGER) 5\nAuthBasic : (BOOLEAN) True\n"),
            "W3SVC - /: identity 1, anonymous yes, other yes, basic no\n");
  EXPECT_EQ(of_adsutil("AuthAnonymous : (BOOLEAN) True\n"
                       "AuthBasic : (BOOLEAN) False\n"
                       "AuthNTLM : (BOOLEAN) False\n"),
            "W3SVC - /: identity 1, anonymous yes, other no, basic no\n");
  EXPECT_EQ(of_adsutil("AuthBasic : (BOOLEAN) True\n"),
            "W3SVC - /: identity 1, anonymous yes, other yes, basic yes\n");
  EXPECT_EQ(of_adsutil("AuthMD5 : (BOOLEAN) True\n"),
            "W3SVC - /: identity 1, anonymous yes, other yes, basic ? (not all "
            "of AuthFlags was printed)\n");
  EXPECT_EQ(of_adsutil("AuthAnonymous : (BOOLEAN) True\n"),
            "W3SVC - /: identity 1, anonymous yes, other ? (not all of "
            "AuthFlags was printed), basic ? (not all of AuthFlags was "
            "printed)\n");
  EXPECT_EQ(of_adsutil(""),
            "W3SVC - /: identity 1, anonymous yes, other no, basic no\n");
}

// What one call answers says nothing of the other bits.
TEST(PlacesTest, SingleAnswersOfAdsutil) {
  const auto get = [](std::string_view name, std::string_view answer) {
    return "C:\\>cscript adsutil.vbs GET W3SVC/1/ROOT/" + std::string(name) +
           "\n" + std::string(answer) + "\n";
  };
  const std::string unread =
      "W3SVC W3SVC1 /: identity 1, anonymous ? (anonymous access was not "
      "read), other ? (not all of AuthFlags was printed), basic no\n";
  EXPECT_EQ(places_of_file("a.txt",
                           get("AuthBasic", "AuthBasic : (BOOLEAN) False") +
                               get("AuthNTLM", "AuthNTLM : (BOOLEAN) False")),
            unread);
  EXPECT_EQ(
      places_of_file("a.txt", get("AuthBasic", "AuthBasic : (BOOLEAN) False") +
                                  get("AuthFlags", "AuthFlags : (INTEGER) 1")),
      "W3SVC W3SVC1 /: identity 1, anonymous yes, other no, basic no\n");
}

TEST(PlacesTest, TheRegistryOfIis3) {
  EXPECT_EQ(
      places_of_file(
          "iis.reg",
          "REGEDIT4\n\n"
          "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\W3SVC\\"
          "Parameters]\n"
          "\"AnonymousUserName\"=\"IUSR_A\"\n\"Authorization\"=dword:00000005\n"
          "\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\"
          "MSFTPSVC\\Parameters]\n"
          "\"AnonymousUserName\"=\"IUSR_A\"\n\"AnonymousOnly\"=dword:00000001\n"
          "\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\"
          "CurrentVersion]\n\"CurrentVersion\"=\"4.0\"\n"),
      "W3SVC - /: identity 1, anonymous yes, other ? (which ways to "
      "authenticate IIS 3.0 and earlier keeps in Authorization is not "
      "documented), basic ? (which ways to authenticate IIS 3.0 and earlier "
      "keeps in Authorization is not documented)\n"
      "MSFTPSVC - /: identity 2, anonymous yes, other no, basic no\n");
}

std::string auth(std::string_view sections) {
  return "<system.webServer><security><authentication>" +
         std::string(sections) +
         "</authentication></security></system.webServer>\n";
}

constexpr std::string_view kSites =
    "<system.applicationHost><sites>\n"
    "<site name='Main' id='1'><application path='/'/>"
    "<application path='/app'/></site>\n"
    "<site name='Shop' id='4294967295'><application path='/'/></site>\n"
    "<site name='None' id='x'><application path='/'/></site>\n"
    "</sites></system.applicationHost>\n";

std::string apphost_file(std::string_view rest) {
  return web_config(std::string(kSites) + std::string(rest));
}

std::string of_apphost(std::string_view rest) {
  return places_of_file("applicationHost.config", apphost_file(rest));
}

// Only those of Main, a site and its application.
std::string of_main(std::string_view rest) {
  const std::string all = of_apphost(rest);
  return all.substr(0, all.find("W3SVC W3SVC4294967295"));
}

TEST(PlacesTest, SchemesAreOffWhereAWholeFileSetsNone) {
  EXPECT_EQ(
      of_apphost(""),
      R"(W3SVC W3SVC1 [Main] /: identity 1, anonymous yes, other no, basic no
W3SVC W3SVC1 [Main] /app: identity 1, anonymous yes, other no, basic no
W3SVC W3SVC4294967295 [Shop] /: identity 1, anonymous yes, other no, basic no
W3SVC - [None] /: identity 1, anonymous yes, other no, basic no
)");
}

// Each section is inherited by itself; a location that holds nothing else is a
// place, too, and no identity.
TEST(PlacesTest, SchemesInLocations) {
  const std::string file = apphost_file(
      auth("<basicAuthentication enabled='false'/>"
           "<windowsAuthentication enabled='true'/>") +
      location("path='Main'", auth("<windowsAuthentication enabled='false'/>"
                                   "<digestAuthentication realm='x'/>")) +
      location("path='main/app/x.asp'",
               auth("<basicAuthentication enabled='true'/>")) +
      location("path='Shop'", auth("<anonymousAuthentication enabled='false'/>"
                                   "<windowsAuthentication enabled='no'/>")) +
      location("path='Gone/a'", auth("<basicAuthentication enabled='true'/>")));
  const auto server = load_all({{"applicationHost.config", file}});
  EXPECT_EQ(accounts(server),
            "IUSR (applicationHost.config, line 1) at [Main] [None]\n");
  EXPECT_EQ(
      describe_places(server),
      R"(W3SVC W3SVC1 [Main] /: identity 1, anonymous yes, other no, basic no
W3SVC W3SVC1 [Main] /app: identity 1, anonymous yes, other no, basic no
W3SVC W3SVC4294967295 [Shop] /: identity 0, anonymous no, other ? (the value of enabled cannot be read), basic no
W3SVC - [None] /: identity 1, anonymous yes, other yes, basic no
W3SVC W3SVC1 [main] /app/x.asp: identity 1, anonymous yes, other yes, basic yes
)");
}

TEST(PlacesTest, ClientCertificatesAreASchemeToo) {
  for (const std::string name :
       {"clientCertificateMappingAuthentication",
        "iisClientCertificateMappingAuthentication", "digestAuthentication"}) {
    EXPECT_EQ(of_main(location("path='Main/app'",
                               auth("<" + name + " enabled='true'/>"))),
              "W3SVC W3SVC1 [Main] /: identity 1, anonymous yes, other no, "
              "basic no\nW3SVC W3SVC1 [Main] /app: identity 1, anonymous yes, "
              "other yes, basic no\n");
  }
}

TEST(PlacesTest, WhatIsKeptElsewhereIsUnknown) {
  EXPECT_EQ(
      of_apphost(auth("<windowsAuthentication configSource='w.config'/>") +
                 location("path='Shop'",
                          auth("<basicAuthentication enabled='true'/>"))),
      R"(W3SVC W3SVC1 [Main] /: identity 1, anonymous yes, other ? (configSource points to w.config), basic no
W3SVC W3SVC1 [Main] /app: identity 1, anonymous yes, other ? (configSource points to w.config), basic no
W3SVC W3SVC4294967295 [Shop] /: identity 1, anonymous yes, other yes, basic yes
W3SVC - [None] /: identity 1, anonymous yes, other ? (configSource points to w.config), basic no
)");
}

TEST(PlacesTest, SitesInAFileOfTheirOwn) {
  const std::string sites(kSites);
  const auto start = sites.find("<sites>");
  const auto server = load_all(
      {{"config/applicationHost.config",
        web_config("<system.applicationHost><sites "
                   "configSource='sites.config'/></system.applicationHost>\n" +
                   location("path='Main/app/x'",
                            auth("<basicAuthentication enabled='true'/>")))},
       {"config/sites.config",
        sites.substr(start, sites.find("</sites>") + 8 - start)}});
  EXPECT_EQ(told(server), "");
  EXPECT_EQ(
      describe_places(server),
      R"(W3SVC W3SVC1 [Main] /: identity 1, anonymous yes, other no, basic no
W3SVC W3SVC1 [Main] /app: identity 1, anonymous yes, other no, basic no
W3SVC W3SVC4294967295 [Shop] /: identity 1, anonymous yes, other no, basic no
W3SVC - [None] /: identity 1, anonymous yes, other no, basic no
W3SVC W3SVC1 [Main] /app/x: identity 1, anonymous yes, other yes, basic yes
)");
}

// A location that a web.config makes a node of its own is one place.
TEST(PlacesTest, AWebConfigBelowALocationOfSchemes) {
  const auto server = load_all(
      {{"applicationHost.config",
        apphost("Allow", location("path='Shop/a'", auth("<basicAuthentication "
                                                        "enabled='true'/>")))},
       {"sites/shop/wwwroot/a/web.config",
        web_config(section("userName='CORP\\web'"))}});
  EXPECT_EQ(accounts(server),
            "IUSR (applicationHost.config, line 1) at [Default Web Site] "
            "[Shop]\nCORP\\web (sites/shop/wwwroot/a/web.config, line 2) at "
            "[Shop/a]\n");
  EXPECT_EQ(
      describe_places(server),
      R"(W3SVC - [Default Web Site] /: identity 1, anonymous yes, other no, basic no
W3SVC - [Default Web Site] /app: identity 1, anonymous yes, other no, basic no
W3SVC - [Shop] /: identity 1, anonymous yes, other no, basic no
W3SVC - [Shop] /a: identity 2, anonymous yes, other yes, basic yes
)");
}

TEST(PlacesTest, ACutFileLeavesOpenWhatItDoesNotSet) {
  const std::string file = apphost_file(location(
      "path='Main'", auth("<windowsAuthentication enabled='false'/>")));
  const std::string cut = "the part of the configuration that may set ";
  EXPECT_EQ(
      places_of_file("applicationHost.config",
                     file.substr(0, file.find("</configuration>"))),
      "W3SVC W3SVC1 [Main] /: identity 1, anonymous ? (anonymous access was "
      "not read), other ? (" +
          cut + "it was not read), basic ? (" + cut +
          "it was not read)\n"
          "W3SVC W3SVC1 [Main] /app: identity 1, anonymous ? (anonymous access "
          "was not read), other ? (" +
          cut + "authentication other than anonymous was not read), basic ? (" +
          cut +
          "Basic authentication was not read)\n"
          "W3SVC W3SVC4294967295 [Shop] /: identity 1, anonymous ? (anonymous "
          "access was not read), other ? (authentication other than anonymous "
          "was not read), basic ? (Basic authentication was not read)\n"
          "W3SVC - [None] /: identity 1, anonymous ? (anonymous access was not "
          "read), other ? (authentication other than anonymous was not read), "
          "basic ? (Basic authentication was not read)\n");
}

TEST(PlacesTest, WhatChildApplicationsDoNotInherit) {
  EXPECT_EQ(of_main(location("path='Main' inheritInChildApplications='false'",
                             auth("<windowsAuthentication enabled='true'/>"))),
            "W3SVC W3SVC1 [Main] /: identity 1, anonymous yes, other yes, "
            "basic no\nW3SVC W3SVC1 [Main] /app: identity 1, anonymous yes, "
            "other ? (applicationHost.config, line 7 keeps it from child "
            "applications), basic ? (applicationHost.config, line 7 keeps it "
            "from child applications)\n");
}

TEST(PlacesTest, FtpOfIis7) {
  EXPECT_EQ(
      places_of_file("applicationHost.config",
                     web_config(R"(<system.applicationHost><sites>
<site name="A" id="1"><bindings><binding protocol="ftp"/></bindings>
<ftpServer><security><authentication>
<anonymousAuthentication enabled="true"/>
</authentication></security></ftpServer></site>
<site name="B" id="2"><bindings><binding protocol="ftp"/>
<binding protocol="http"/></bindings><application path="/"/>
<ftpServer><security><authentication>
<anonymousAuthentication enabled="true"/>
<basicAuthentication enabled="false"/>
</authentication></security></ftpServer></site>
<site name="C" id="3"><bindings><binding protocol="ftp"/></bindings>
<ftpServer><security><authentication>
<basicAuthentication enabled="false"/>
<customAuthentication><providers><add name="x" enabled="true"/></providers>
</customAuthentication></authentication></security></ftpServer></site>
<siteDefaults><ftpServer><security><authentication>
<basicAuthentication enabled="true"/>
</authentication></security></ftpServer></siteDefaults>
</sites></system.applicationHost>
)")),
      R"(FTPSVC FTPSVC1 [A] /: identity 1, anonymous yes, other yes, basic yes
FTPSVC FTPSVC2 [B] /: identity 1, anonymous yes, other no, basic no
W3SVC W3SVC2 [B] /: identity 2, anonymous yes, other no, basic no
FTPSVC FTPSVC3 [C] /: identity 0, anonymous no, other yes, basic no
)");
}

// Whether it may is not looked at: nothing is taken for off or on.
TEST(PlacesTest, WebConfigsLeaveOpenWhatTheyWouldChange) {
  const std::string file = apphost(
      "Allow", auth("<windowsAuthentication enabled='true'/>") +
                   location("path='Default Web Site/app/deep'",
                            auth("<windowsAuthentication enabled='false'/>")));
  const auto server =
      load_all({{"applicationHost.config", file},
                {"inetpub/wwwroot/web.config",
                 web_config(auth("<basicAuthentication enabled='true'/>"))},
                {"sites/shop/wwwroot/web.config",
                 web_config(auth("<windowsAuthentication enabled='true'/>"))}});
  EXPECT_EQ(told(server), "");
  const std::string open =
      "? (a web.config may set it: whether it is allowed to was not looked at)";
  EXPECT_EQ(describe_places(server),
            "W3SVC - [Default Web Site] /: identity 1, anonymous yes, other " +
                open + ", basic " + open +
                "\n"
                "W3SVC - [Default Web Site] /app: identity 1, anonymous yes, "
                "other " +
                open + ", basic " + open +
                "\n"
                "W3SVC - [Shop] /: identity 1, anonymous yes, other yes, basic "
                "no\n"
                "W3SVC - [Default Web Site] /app/deep: identity 1, anonymous "
                "yes, other " +
                open + ", basic " + open + "\n");
}

TEST(PlacesTest, SitesThatAppcmdNames) {
  const auto server = load_all(
      {{"sites.txt",
        "SITE \"Main\" (id:7,bindings:http/*:80:,ftp/*:21:,state:Started)\n"},
       {"main.xml",
        "<appcmd><CONFIG CONFIG.SECTION='x' "
        "path='MACHINE/WEBROOT/APPHOST/Main'>"
        "<system.webServer-security-authentication-anonymousAuthentication "
        "enabled='true' userName='web'/></CONFIG>"
        "<SITE SITE.NAME='Shop' SITE.ID='8' bindings='http/*:81:'/>"
        "</appcmd>\n"}});
  const std::string other =
      "other ? (authentication other than anonymous was not read), basic ? "
      "(Basic authentication was not read)\n";
  EXPECT_EQ(describe_places(server),
            "W3SVC W3SVC7 [Main] /: identity 1, anonymous yes, " + other +
                "W3SVC W3SVC8 [Shop] /: identity 2, anonymous ? (anonymous "
                "access was not read), " +
                other +
                "FTPSVC FTPSVC7 [Main] /: identity 3, anonymous ? (anonymous "
                "access was not read), " +
                other);
}

// Of several configurations: numbers are unique, and places keep theirs.
TEST(PlacesTest, NumbersOfSeveralConfigurations) {
  const auto server = load_all(
      {{"applicationHost.config", apphost_file("")},
       {"MetaBase.xml",
        "<configuration><MBProperty><IIsComputer Location='/LM'/>\n"
        "<a Location='/LM/MSFTPSVC' AnonymousUserName='IUSR_A'/>\n"
        "<a Location='/LM/MSFTPSVC/1'/>\n</MBProperty></configuration>\n"}});
  std::string numbers;
  for (const facts::Identity& identity : server.identities) {
    numbers +=
        fmt::format("{} {}\n", identity.number, service_name(identity.service));
  }
  for (const facts::SitePlace& place : server.places) {
    numbers += fmt::format("{} of {}\n", place.identity, place.site);
  }
  EXPECT_EQ(numbers,
            "1 MSFTPSVC\n2 W3SVC\n1 of MSFTPSVC1\n2 of W3SVC1\n2 of W3SVC1\n"
            "2 of W3SVC4294967295\n2 of \n");
}

}  // namespace
}  // namespace iisdiag::evidence
