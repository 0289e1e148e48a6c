// appcmd list: text and XML, and the commands that say what it is about
// (FORMATS.md 8.8).
#include <gtest/gtest.h>

#include "evidence/appcmd_command.hpp"
#include "evidence/load.hpp"
#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

std::string printed(std::string_view attributes) {
  return "<system.webServer>\n  <security>\n    <authentication>\n"
         "      <anonymousAuthentication " +
         std::string(attributes) +
         " />\n    </authentication>\n  </security>\n</system.webServer>\n";
}

std::string xml(std::string_view path, std::string_view attributes) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<appcmd>\n"
         "<CONFIG CONFIG.SECTION=\"system.webServer/security/authentication/"
         "anonymousAuthentication\" path=\"" +
         std::string(path) +
         "\" overrideMode=\"Inherit\" locked=\"false\">\n"
         "<system.webServer-security-authentication-anonymousAuthentication " +
         std::string(attributes) + "/>\n</CONFIG>\n</appcmd>\n";
}

std::string path_of(std::string_view command) {
  return path_of_appcmd(command).node.value_or("?");
}

TEST(AppcmdCommandTest, ThePathOfACommand) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {R"(appcmd list config "Default Web Site/app" /section:x)",
       "Default Web Site/app"},
      {R"(%windir%\system32\inetsrv\appcmd list config "Shop/" -section:x)",
       "Shop"},
      {R"(C:\Windows\System32\inetsrv\APPCMD.EXE LIST CONFIG Shop /xml)",
       "Shop"},
      {R"(& 'C:\x\appcmd.exe' list config 'Default Web Site' -section:x)",
       "Default Web Site"},
      {R"(appcmd list config /section:x /commit:apphost "Shop" /config:*)",
       "Shop"},
      {"appcmd list config /section:x", "MACHINE/WEBROOT/APPHOST"},
      {"appcmd list config -section:x > a.txt", "MACHINE/WEBROOT/APPHOST"},
      {"appcmd list config Shop>a.txt", "Shop"},
      {"appcmd list config Shop 2>&1", "Shop"},
      {"appcmd list config Shop | more", "Shop"},
      {"appcmd list config MACHINE/WEBROOT/APPHOST", "MACHINE/WEBROOT/APPHOST"},
      {"appcmd list config machine/webroot/apphost/Shop/a", "Shop/a"},
      {"appcmd list config MACHINE/WEBROOT", "?"},
      {"appcmd list config http://localhost/a", "?"},
      {"appcmd list config Default Web Site", "?"},
      {"appcmd list config \"\"", "?"},
      {"appcmd set config Shop /section:x", "?"},
      {"appcmd list site Shop", "?"},
      {"appcmd list", "?"},
      {"appcmd", "?"},
      {"type appcmd.txt", "?"},
      {"", "?"},
  };
  for (const auto& [command, path] : cases) {
    EXPECT_EQ(path_of(command), path) << command;
  }
}

TEST(AppcmdCommandTest, TheNameOfAFileIsTheLastResort) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"appcmd_Default Web Site.txt", "Default Web Site"},
      {"x/APPCMD_Shop+app.sub.xml", "Shop/app.sub"},
      {"appcmd_MACHINE+WEBROOT+APPHOST.txt", "MACHINE/WEBROOT/APPHOST"},
      {"appcmd_.txt", "?"},
      {"appcmd.txt", "?"},
      {"Shop.txt", "?"},
  };
  for (const auto& [file, path] : cases) {
    const AppcmdPath found = path_of_appcmd_file(file);
    EXPECT_EQ(found.node.value_or("?"), path) << file;
  }
}

TEST(AppcmdTest, AbsentAttributesHaveTheirDefaults) {
  const auto facts = read_as(
      kAppcmd, xml("MACHINE/WEBROOT/APPHOST/Shop/api", "enabled=\"false\""));
  EXPECT_EQ(describe(facts.problems), "");
  EXPECT_EQ(describe(facts.iis7), R"(printed W3SVC Shop/api @4
  account = IUSR @4
  password: appcmd does not tell whether a password is stored @4
  method = network-cleartext @4
  anonymous = no @4
)");
}

TEST(AppcmdTest, EveryAttribute) {
  const auto facts =
      read_as(kAppcmd, xml("MACHINE/WEBROOT/APPHOST",
                           "enabled=\"true\" userName=\"CORP\\web\" "
                           "password=\"Sommer#12\" logonMethod=\"Batch\" "
                           "defaultLogonDomain=\"X\""));
  EXPECT_EQ(describe(facts.iis7), R"(printed W3SVC MACHINE/WEBROOT/APPHOST @4
  account = CORP\web @4
  password = clear text @4
  method = batch @4
  anonymous = yes @4
)");
}

// One that another program printed, or that lost its beginning.
TEST(AppcmdTest, TextWithoutItsCommandIsOfNoNode) {
  const auto facts = read_as(kAppcmd, printed("enabled=\"true\""));
  EXPECT_EQ(describe(facts.iis7), "");
  EXPECT_EQ(describe(facts.problems),
            "file, line 4: the output does not say which node it is of: "
            "capture the prompt with the command, or add /xml\n");
  const auto named =
      read_as(kAppcmd, printed("userName=\"\""), "appcmd_Shop.txt");
  EXPECT_EQ(describe(named.iis7), R"(printed W3SVC Shop by the file's name @4
  account = "" @4
  password: appcmd does not tell whether a password is stored @4
  method = network-cleartext @4
  anonymous = yes @4
)");
}

TEST(AppcmdTest, TwoSectionsInOneText) {
  const auto facts =
      read_as(kAppcmd, printed("a=''") + printed("b=''"), "appcmd_Shop.txt");
  EXPECT_EQ(describe(facts.iis7), "");
  EXPECT_EQ(describe(facts.problems),
            "appcmd_Shop.txt, line 11: anonymousAuthentication is printed "
            "twice, and nothing tells of which nodes: not read\n");
}

TEST(AppcmdTest, WholeDumps) {
  const auto facts = read_as(
      kAppcmd,
      "<system.net>\n</system.net>\n" + printed("userName=\"web\"") +
          "<system.applicationHost>\n<sites>\n<siteDefaults><ftpServer>"
          "<security><authentication><anonymousAuthentication "
          "userName=\"ftp\"/></authentication></security></ftpServer>"
          "</siteDefaults>\n"
          "<site name=\"Files\"><bindings><binding protocol=\"ftp\"/>"
          "</bindings><ftpServer><security><authentication>"
          "<anonymousAuthentication enabled=\"true\"/></authentication>"
          "</security></ftpServer></site>\n<site name=\"Shop\"><application "
          "path=\"/\"><virtualDirectory path=\"/\" physicalPath=\"D:\\shop\"/>"
          "</application></site>\n</sites></system.applicationHost>\n",
      "appcmd_MACHINE+WEBROOT+APPHOST.txt");
  EXPECT_EQ(describe(facts.problems), "");
  EXPECT_EQ(describe(facts.iis7),
            R"(printed FTPSVC Files @13
  account = ftp @12
  password: appcmd does not tell whether a password is stored @13
  method = network-cleartext @13
  anonymous = yes @13
  domain = NT AUTHORITY @13
printed W3SVC MACHINE/WEBROOT/APPHOST by the file's name @6
  account = web @6
  password: appcmd does not tell whether a password is stored @6
  method = network-cleartext @6
  anonymous = yes @6
named W3SVC Shop @14
  D:\shop is Shop
)");
}

TEST(AppcmdTest, SitesFoldersAndErrors) {
  const auto facts = read_as(
      kAppcmd,
      "SITE \"Default Web Site\" (id:1,bindings:http/*:80:,state:Started)\n"
      "SITE \"Files (old)\" (id:2,bindings:ftp/*:21:,state:Stopped)\n"
      "SITE \"Both\" (id:3,bindings:http/*:8080:,ftp/*:2121:,state:Started)\n"
      "APP \"Default Web Site/\" (applicationPool:DefaultAppPool)\n"
      "APPPOOL \"Shop\" (MgdVersion:v4.0,MgdMode:Integrated,state:Started)\n"
      "VDIR \"Default Web Site/app/\" (physicalPath:D:\\app)\n"
      "ERROR ( message:Cannot find SITE object with identifier \"x\". )\n"
      "SITE \"Cut");
  EXPECT_EQ(describe(facts.iis7), R"(named W3SVC Default Web Site @1
named FTPSVC Files (old) @2
named FTPSVC Both @3
named W3SVC Both @3
  D:\app is Default Web Site/app
)");
  EXPECT_EQ(describe(facts.problems),
            "file, line 7: appcmd answered with an error\n"
            "  ERROR ( message:Cannot find SITE object with identifier \"x\". "
            ")\n  ^\n"
            "file, line 8: the line of appcmd is cut: not read\n"
            "  SITE \"Cut\n  ^\n");
}

TEST(AppcmdTest, OfACutOutputNothingHasItsDefault) {
  const std::string whole =
      xml("MACHINE/WEBROOT/APPHOST/Shop", "enabled=\"true\" userName=\"web\"");
  const auto facts =
      read_as(kAppcmd, whole.substr(0, whole.find(" userName") + 1));
  EXPECT_EQ(describe(facts.iis7), R"(printed W3SVC Shop @4
  account: the output of appcmd is cut @4
  password: the output of appcmd is cut @4
  method: the output of appcmd is cut @4
  anonymous: the output of appcmd is cut @4
  domain: the output of appcmd is cut @4
)");
}

// The path that /xml prints can be further up than what was asked for.
TEST(AppcmdTest, TheDeeperOfTwoPaths) {
  const AppcmdPath app{"Shop/app", false};
  const AppcmdPath none{};
  EXPECT_EQ(path_of_appcmd_xml("MACHINE/WEBROOT/APPHOST", app), app);
  EXPECT_EQ(path_of_appcmd_xml("MACHINE/WEBROOT/APPHOST/SHOP", app), app);
  EXPECT_EQ(path_of_appcmd_xml("MACHINE/WEBROOT/APPHOST/Shop/app/x", app),
            (AppcmdPath{"Shop/app/x", false}));
  EXPECT_EQ(path_of_appcmd_xml("MACHINE/WEBROOT/APPHOST/Other", app),
            (AppcmdPath{"Other", false}));
  EXPECT_EQ(path_of_appcmd_xml("", app), app);
  EXPECT_EQ(path_of_appcmd_xml("MACHINE/WEBROOT", app), none);
  EXPECT_EQ(path_of_appcmd_xml("", none), none);
}

}  // namespace
}  // namespace iisdiag::evidence
