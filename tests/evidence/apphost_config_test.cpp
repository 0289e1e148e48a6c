// applicationHost.config: sites, locations and what each of them sets.
#include <gtest/gtest.h>

#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

// One line in front of `sites`, which begin on line 4.
std::string config(std::string_view sites, std::string_view rest = "") {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<configuration>\n"
         "<system.applicationHost><sites>\n" +
         std::string(sites) + "</sites></system.applicationHost>\n" +
         std::string(rest) + "</configuration>\n";
}

// The groups around the section of web sites, on one line.
std::string section(std::string_view attributes) {
  return "<system.webServer><security><authentication>"
         "<anonymousAuthentication " +
         std::string(attributes) +
         "/></authentication></security></system.webServer>";
}

std::string location(std::string_view attributes, std::string_view settings) {
  return "<location " + std::string(attributes) + ">" + section(settings) +
         "</location>\n";
}

constexpr std::string_view kSite =
    "<site name=\"Default Web Site\" id=\"1\"><bindings>"
    "<binding protocol=\"http\" bindingInformation=\"*:80:\"/></bindings>"
    "<application path=\"/\"/></site>\n";

std::string configs(const std::string& bytes) {
  const auto facts = read_as(kApphostConfig, bytes);
  EXPECT_EQ(describe(facts.problems), "");
  return describe(facts.configs);
}

TEST(ApphostConfigTest, SitesApplicationsAndLocations) {
  EXPECT_EQ(
      configs(config(
          R"(<site name="Default Web Site" id="1">
  <application path="/"/>
  <application path="/shop"/>
  <bindings><binding protocol="http"/></bindings>
</site>
)",
          section("enabled=\"true\" userName=\"IUSR\"") + "\n" +
              location("path='Default Web Site'",
                       "userName='CORP\\web' "
                       "password='[enc:AesProvider:AAAA:enc]'") +
              location("path='Default Web Site/shop/api'", "userName=''") +
              location("path='default web site/SHOP/'",
                       "logonMethod='Batch'"))),
      R"(apphost whole with sites
W3SVC MACHINE/WEBROOT/APPHOST @2
  account = IUSR @10
  anonymous = yes @10
  absent: password, sync, method, domain, pool
W3SVC Default Web Site serves @4
  account = CORP\web @11
  password = opaque @11
  absent: sync, method, anonymous, domain, pool
W3SVC Default Web Site/shop serves @6
  method = batch @13
  absent: account, password, sync, anonymous, domain, pool
W3SVC Default Web Site/shop/api serves @12
  account = "" @12
  absent: password, sync, method, anonymous, domain, pool
)");
}

// FORMATS.md 4.4, 2: no path, an empty one and a dot mean this level.
TEST(ApphostConfigTest, LocationsOfTheServerItself) {
  for (const std::string_view path : {"", "path=''", "path='.'"}) {
    EXPECT_EQ(configs(config(kSite, location(path, "enabled='false'"))),
              R"(apphost whole with sites
W3SVC MACHINE/WEBROOT/APPHOST @2
  anonymous = no @6
  absent: account, password, sync, method, domain, pool
W3SVC Default Web Site serves @4
  absent: account, password, sync, method, anonymous, domain, pool
)") << path;
  }
}

TEST(ApphostConfigTest, CommentsAreNoConfiguration) {
  EXPECT_EQ(configs(config(kSite, "<!-- " +
                                      location("path='Default Web Site'",
                                               "enabled='false'") +
                                      section("userName='no'") + " -->\n")),
            R"(apphost whole with sites
W3SVC MACHINE/WEBROOT/APPHOST @2
  absent: account, password, sync, method, anonymous, domain, pool
W3SVC Default Web Site serves @4
  absent: account, password, sync, method, anonymous, domain, pool
)");
}

TEST(ApphostConfigTest, OrderQuotesAndLineBreaksDoNotMatter) {
  EXPECT_EQ(configs(config("", section("userName='web' password='' "
                                       "logonMethod=\"Network\" "
                                       "enabled='true'"))),
            R"(apphost whole
W3SVC MACHINE/WEBROOT/APPHOST @2
  account = web @5
  password = empty @5
  method = network @5
  anonymous = yes @5
  absent: sync, domain, pool
)");
  EXPECT_EQ(
      configs(config("", section("\n\tenabled = \"TRUE\"\n\tlogonMethod= "
                                 "'network'\n\tpassword =\"\"\n\tuserName\n"
                                 "=\"web\"\n"))),
      R"(apphost whole
W3SVC MACHINE/WEBROOT/APPHOST @2
  account = web @9
  password = empty @8
  method = network @7
  anonymous = yes @6
  absent: sync, domain, pool
)");
}

TEST(ApphostConfigTest, PasswordsAreClassifiedAndForgotten) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", "empty"},
      {"[enc:AesProvider::enc]", "empty"},
      {"[enc:AesProvider:57686f6120447564652c:enc]", "opaque"},
      {"[enc:IISWASOnlyCngProvider:AAAA:enc]", "opaque"},
      {"********", "opaque"},
      {"Sommer#12", "clear text"},
      {"[enc:AesProvider:AAAA", "clear text"},
      {"[enc:", "clear text"},
      {"[enc::enc]", "opaque"},
  };
  for (const auto& [value, kind] : cases) {
    const std::string text =
        configs(config("", section("password='" + std::string(value) + "'")));
    EXPECT_NE(text.find("  password = " + std::string(kind) + " @5\n"),
              std::string::npos)
        << value << "\n"
        << text;
  }
}

TEST(ApphostConfigTest, ValuesThatCannotBeReadAreProblems) {
  const auto facts =
      read_as(kApphostConfig,
              config("", section("enabled='maybe' logonMethod='Cleartext2'")));
  EXPECT_EQ(describe(facts.configs), R"(apphost whole
W3SVC MACHINE/WEBROOT/APPHOST @2
  method: the value of logonMethod cannot be read @5
  anonymous: the value of enabled cannot be read @5
  absent: account, password, sync, domain, pool
)");
  EXPECT_EQ(describe(facts.problems),
            "file, line 5: the value of enabled cannot be read\n"
            "file, line 5: the value of logonMethod cannot be read\n");
}

TEST(ApphostConfigTest, LogonMethodsByNameAndNumber) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"Interactive", "interactive"},
      {"0", "interactive"},
      {"Batch", "batch"},
      {"1", "batch"},
      {"Network", "network"},
      {"2", "network"},
      {"ClearText", "network-cleartext"},
      {"cleartext", "network-cleartext"},
      {"3", "network-cleartext"},
  };
  for (const auto& [value, name] : cases) {
    const std::string text = configs(
        config("", section("logonMethod='" + std::string(value) + "'")));
    EXPECT_NE(text.find("  method = " + std::string(name) + " @5\n"),
              std::string::npos)
        << value;
  }
}

TEST(ApphostConfigTest, FtpSites) {
  EXPECT_EQ(configs(config(R"(<site name="ftp only">
  <bindings><binding protocol="ftp"/></bindings>
  <ftpServer><security><authentication>
    <anonymousAuthentication enabled="true" userName="CORP\ftp"
        defaultLogonDomain="CORP"/>
  </authentication></security></ftpServer>
</site>
<site name="both">
  <bindings><binding protocol="FTP"/><binding protocol="http"/></bindings>
</site>
<siteDefaults><ftpServer><security><authentication>
  <anonymousAuthentication enabled="false" logonMethod="Network"/>
</authentication></security></ftpServer></siteDefaults>
)",
                           section("defaultLogonDomain='X'"))),
            R"(apphost whole with sites
W3SVC MACHINE/WEBROOT/APPHOST @2
  absent: account, password, sync, method, anonymous, domain, pool
FTPSVC ftp only serves @4
  account = CORP\ftp @7
  anonymous = yes @7
  domain = CORP @8
  absent: password, sync, method, pool
FTPSVC both serves @11
  absent: account, password, sync, method, anonymous, domain, pool
W3SVC both serves @11
  absent: account, password, sync, method, anonymous, domain, pool
FTPSVC MACHINE/WEBROOT/APPHOST @3
  method = network @15
  anonymous = no @15
  absent: account, password, sync, domain, pool
)");
}

TEST(ApphostConfigTest, PlacesOutsideOfTheFile) {
  const auto facts =
      read_as(kApphostConfig,
              config(kSite, section("configSource='anonymous.config'") + "\n" +
                                location("path='Default Web Site'",
                                         "configProtectionProvider='Rsa'")));
  EXPECT_EQ(describe(facts.configs), R"(apphost part with sites
W3SVC MACHINE/WEBROOT/APPHOST @2
  account: configSource points to anonymous.config @6
  password: configSource points to anonymous.config @6
  method: configSource points to anonymous.config @6
  anonymous: configSource points to anonymous.config @6
  absent: sync, domain, pool
W3SVC Default Web Site serves @4
  account: the section is encrypted as a whole @7
  password: the section is encrypted as a whole @7
  method: the section is encrypted as a whole @7
  anonymous: the section is encrypted as a whole @7
  absent: sync, domain, pool
)");
  EXPECT_EQ(describe(facts.elsewhere), "configSource: anonymous.config @6\n");
}

TEST(ApphostConfigTest, LocationsOfSitesThatAreGoneReachNobody) {
  EXPECT_EQ(
      configs(config(
          kSite, location("path='Old Site'", "userName='a'") +
                     location("path='Default Web Site 2/x'", "userName='b'") +
                     location("path='Default Web Site/x'", ""))),
      R"(apphost whole with sites
W3SVC MACHINE/WEBROOT/APPHOST @2
  absent: account, password, sync, method, anonymous, domain, pool
W3SVC Default Web Site serves @4
  absent: account, password, sync, method, anonymous, domain, pool
)");
}

TEST(ApphostConfigTest, SitesThatStopIisAreProblems) {
  const auto facts = read_as(kApphostConfig, config(R"(<site name="a"/>
<site id="2"/>
<site name="A"/>
)"));
  EXPECT_EQ(describe(facts.configs), R"(apphost whole with sites
W3SVC MACHINE/WEBROOT/APPHOST @2
  absent: account, password, sync, method, anonymous, domain, pool
W3SVC a serves @4
  absent: account, password, sync, method, anonymous, domain, pool
)");
  EXPECT_EQ(describe(facts.problems),
            "file, line 5: a site without a name: IIS does not start with it\n"
            "file, line 6: two sites are called \"A\": IIS does not start with "
            "them\n");
}

// FORMATS.md 4.4, 2 and 4: IIS refuses both; the last one is what is shown.
TEST(ApphostConfigTest, SectionsThatStandTwiceAreProblems) {
  const auto facts = read_as(
      kApphostConfig,
      config(kSite, section("userName='a'") + "\n" +
                        location("path=''", "userName='b'") +
                        location("path='Default Web Site'", "userName='c'") +
                        location("path='Default Web Site'", "userName='d'")));
  EXPECT_EQ(describe(facts.configs), R"(apphost whole with sites
W3SVC MACHINE/WEBROOT/APPHOST @2
  account = b @7
  absent: password, sync, method, anonymous, domain, pool
W3SVC Default Web Site serves @4
  account = d @9
  absent: password, sync, method, anonymous, domain, pool
)");
  EXPECT_EQ(describe(facts.problems),
            "file, line 7: anonymousAuthentication of MACHINE/WEBROOT/APPHOST "
            "stands twice: the last one counts\n"
            "file, line 9: anonymousAuthentication of Default Web Site stands "
            "twice: the last one counts\n");
}

TEST(RedirectionConfigTest, EnabledPointsElsewhere) {
  const auto facts = read_as(kRedirectionConfig, R"(<configuration>
  <configSections>
    <section name="configurationRedirection"/>
  </configSections>
  <configurationRedirection enabled="true" path="\\srv\share"
      userName="CORP\cfg" password="[enc:AesProvider:AAAA:enc]"/>
</configuration>
)");
  EXPECT_EQ(describe(facts.elsewhere),
            "shared configuration: \\\\srv\\share @5\n");
  EXPECT_TRUE(facts.redirects_configuration);
  EXPECT_EQ(describe(facts.configs), "");
}

TEST(RedirectionConfigTest, AnythingElseDoesNot) {
  for (const std::string_view element :
       {"<configurationRedirection/>",
        "<configurationRedirection enabled=\"false\" path=\"\\\\srv\\share\"/>",
        "<configurationRedirection path=\"\\\\srv\\share\"/>",
        "<configurationRedirection enabled=\"maybe\" path=\"x\"/>",
        "<!-- <configurationRedirection enabled=\"true\" path=\"x\"/> -->"}) {
    const auto facts =
        read_as(kRedirectionConfig, "<configuration>" + std::string(element) +
                                        "</configuration>\n");
    EXPECT_EQ(describe(facts.elsewhere), "") << element;
    EXPECT_FALSE(facts.redirects_configuration) << element;
  }
}

}  // namespace
}  // namespace iisdiag::evidence
