// Names from evidence cannot do anything to a terminal: no control, bidi or
// invisible character of a file, or of a file's name, is printed as it is.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "cli/demos.hpp"
#include "cli/exit_code.hpp"
#include "support/program.hpp"

namespace iisdiag::cli {
namespace {

using evidence::MemoryFiles;
using nlohmann::json;
using test::call;
using test::Outcome;

// Clears the screen, turns the text around, hides, rings, and colours (CSI in
// one byte).
constexpr std::string_view kHostile =
    "\x1b[2J\xe2\x80\xae\xe2\x81\xa6\xe2\x80\x8b\x07\xc2\x9b"
    "31m";
constexpr std::string_view kShown =
    "\\u{1B}[2J\\u{202E}\\u{2066}\\u{200B}\\u{7}\\u{9B}31m";

void expect_harmless(const std::string& text) {
  for (const std::string_view bad :
       {"\x1b", "\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x80\x8b", "\x07",
        "\xc2\x9b", "\r", "\t"}) {
    EXPECT_EQ(text.find(bad), std::string::npos) << text;
  }
}

// `text` with the hostile characters behind the first two of every `name`.
std::string poisoned(std::string text, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    for (auto at = text.find(name); at != std::string::npos;
         at = text.find(name, at + 1)) {
      text.insert(at + 2, kHostile);
    }
  }
  return text;
}

std::string checked(const MemoryFiles& files, const std::string& folder) {
  std::string all;
  for (const std::string look : {"--color=never", "--quiet", "--verbose"}) {
    const Outcome outcome =
        call({"check", look, "-r", "text=x.txt", folder}, files);
    EXPECT_LE(outcome.code, kExitIncomplete) << outcome.err;
    all += outcome.all();
  }
  return all;
}

TEST(HostileTest, FileNames) {
  for (const Demo& demo : all_demos()) {
    const std::string folder = "case" + std::string(kHostile);
    MemoryFiles files;
    files.add(folder + "/no" + std::string(kHostile), "no evidence");
    for (const EmbeddedFile& file : demo_files(demo.name)) {
      files.add(folder + "/" + poisoned(std::string(file.path), {"."}),
                std::string(file.bytes));
    }
    const std::string all = checked(files, folder);
    expect_harmless(all);
    EXPECT_NE(all.find("from case\\u{1B}[2J"), std::string::npos) << all;
  }
}

// A file that is named in a sentence, not only beside it.
TEST(HostileTest, FileNamesInSentences) {
  MemoryFiles files;
  const std::string hostile(kHostile);
  files.add("case/a" + hostile,
            "C:\\>net user IUSR_A\r\n"
            "The user name could not be found.\r\n");
  files.add(
      "case/b" + hostile,
      "User accounts for \\\\WEB01\r\n\r\n"
      "-------------------------------------------------------------------"
      "------------\r\n"
      "Administrator            IUSR_A\r\n"
      "The command completed successfully.\r\n");
  files.add("case/c" + hostile,
            R"(<configuration><MBProperty>
<IIsWebService Location="/LM/W3SVC" AnonymousUserName="IUSR_A">
</IIsWebService></MBProperty></configuration>)");
  const std::string all = checked(files, "case");
  expect_harmless(all);
  EXPECT_NE(all.find("disagree whether it exists"), std::string::npos) << all;
}

constexpr std::string_view kConfiguration = R"(<?xml version="1.0"?>
<configuration><system.applicationHost><applicationPools>
<add name="PoolOne"><processModel identityType="SpecificUser"
 userName="CORP\poolaccount"/></add></applicationPools>
<sites><site name="SiteOne" id="1">
<application path="/" applicationPool="PoolOne"/>
<application path="/appone" applicationPool="PoolOne"/></site></sites>
</system.applicationHost><system.webServer><security><authentication>
<anonymousAuthentication enabled="true" userName="WEB01\webanon" password=""/>
</authentication></security></system.webServer>
<location path="SiteOne/appone"><system.webServer><security><authentication>
<anonymousAuthentication enabled="true" userName="CORP\domanon" password="x"/>
</authentication></security></system.webServer></location>
</configuration>
)";

constexpr std::string_view kUser = R"(
C:\>net user webanon
User name                    webanon
Full Name                    Full Fellow
Comment                      Comment
User's comment
Country code                 000 (System Default)
Account active               No
Account expires              Never

Password last set            5/16/2006 9:01 AM
Password expires             Never
Password changeable          5/16/2006 9:01 AM
Password required            Yes
User may change password     No

Workstations allowed         OTHERPC
Logon script
User profile
Home directory
Last logon                   Never

Logon hours allowed          All

Local Group Memberships      *GroupOne
Global Group memberships     *None
The command completed successfully.
)";

constexpr std::string_view kRights = R"([Unicode]
Unicode=yes
[Privilege Rights]
SeDenyNetworkLogonRight = GroupOne,OtherOne
SeNetworkLogonRight = OtherOne
[Version]
signature="$CHICAGO$"
Revision=1
)";

TEST(HostileTest, NamesInFiles) {
  const std::vector<std::string> names = {
      "webanon", "domanon",  "CORP",     "SiteOne", "appone",      "PoolOne",
      "WEB01",   "GroupOne", "OtherOne", "OTHERPC", "poolaccount", "Full"};
  MemoryFiles files;
  files.add("case/applicationHost.config",
            poisoned(std::string(kConfiguration), names));
  files.add("case/net-user.txt", poisoned(std::string(kUser), names));
  files.add("case/secedit.inf", poisoned(std::string(kRights), names));
  const std::string all = checked(files, "case");
  expect_harmless(all);
  EXPECT_NE(all.find("do" + std::string(kShown) + "manon"), std::string::npos)
      << all;
  // A program gets the name as it is.
  const json report =
      json::parse(call({"check", "-f", "json", "case"}, files).out);
  std::vector<std::string> accounts;
  for (const json& identity : report["hosts"][0]["identities"]) {
    accounts.push_back(identity["account"].get<std::string>());
  }
  EXPECT_NE(std::find(accounts.begin(), accounts.end(),
                      poisoned("CORP\\domanon", names)),
            accounts.end())
      << report.dump(2);
}

// A name with a quote, a blank or a variable in it must not become a command
// that does something else.
TEST(HostileTest, NamesThatCannotBeQuotedAppearInNoCommand) {
  for (const std::string name : {"a&calc", "a\"b", "%PATH%", "a|b", "a^b"}) {
    MemoryFiles files;
    std::string config(kConfiguration);
    std::string escaped;
    for (const char c : name) {
      escaped += c == '&' ? "&amp;" : c == '"' ? "&quot;" : std::string(1, c);
    }
    for (auto at = config.find("webanon"); at != std::string::npos;
         at = config.find("webanon", at)) {
      config.replace(at, 7, escaped);
    }
    files.add("case/applicationHost.config", config);
    files.add("case/secedit.inf", std::string(kRights));
    const json report = json::parse(
        call({"check", "-f", "json", "--computer", "WEB01", "case"}, files)
            .out);
    std::size_t findings = 0;
    for (const json& identity : report["hosts"][0]["identities"]) {
      for (const json& check : identity["checks"]) {
        for (const json& finding : check["findings"]) {
          ++findings;
          for (const json& command : finding["commands"]) {
            const std::string text = command.get<std::string>();
            EXPECT_TRUE(text.find(name) == std::string::npos ||
                        text.find('"' + name + '"') != std::string::npos)
                << text;
            if (name.find_first_of("\"%") != std::string::npos) {
              EXPECT_EQ(text.find(name), std::string::npos) << text;
            }
          }
        }
      }
    }
    EXPECT_GT(findings, 0U);
  }
}

}  // namespace
}  // namespace iisdiag::cli
