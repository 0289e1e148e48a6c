// A password in the evidence reaches no output: neither it, nor a piece of it,
// nor how long it is. The same evidence with another password in the same
// places, whole and damaged at every byte around them, must give the same
// output to the last byte.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/file_system.hpp"
#include "render/renderer.hpp"
#include "support/full.hpp"
#include "support/program.hpp"
#include "text/strings.hpp"

namespace iisdiag::cli {
namespace {

using evidence::MemoryFiles;

constexpr std::string_view kSecret = "PLANTED-Secret-1";
// Longer, shorter (of odd length), and without a piece in common.
constexpr std::string_view kOthers[] = {"Zu9_Kwe", "fjb+QxHv*UoGym%2Wk#9dL!7"};

// Where the password stands in the evidence below.
constexpr char kMark = '@';

struct Format {
  std::string_view name;
  std::string_view file;
  std::string_view evidence;
};

void PrintTo(const Format& format, std::ostream* out) { *out << format.name; }

constexpr Format kFormats[] = {
    {"MetaBaseXml", "MetaBase.xml", R"(<?xml version ="1.0"?>
<configuration xmlns="urn:microsoft-catalog:XML_Metabase_V64_0">
<MBProperty>
<IIsWebService	Location ="/LM/W3SVC"
		AnonymousPasswordSync="FALSE"
		AnonymousUserName="IUSR_WEB01"
		AnonymousUserPass="@"
		UNCPassword="@"
		WAMUserPass="@"
	>
</IIsWebService>
<IIsWebServer	Location ="/LM/W3SVC/1" ServerComment="a">
</IIsWebServer>
<IIsWebVirtualDir	Location ="/LM/W3SVC/1/ROOT"
		AuthFlags="AuthAnonymous"
	>
	<Custom
		Name="AnonymousUserPass"
		ID="6021"
		Value="@"
		Type="STRING"
		UserType="IIS_MD_UT_FILE"
		Attributes="INHERIT | SECURE"
	/>
</IIsWebVirtualDir>
</MBProperty>
</configuration>
)"},
    {"ApplicationHostConfig", "applicationHost.config",
     R"(<?xml version="1.0" encoding="UTF-8"?>
<configuration><system.applicationHost>
<applicationPools><add name="P">
<processModel identityType="SpecificUser" userName="CORP\p" password="@"/>
</add></applicationPools>
<sites><site name="One" id="1"><application path="/">
<virtualDirectory path="/" physicalPath="C:\w" userName="u" password="@"/>
</application></site></sites></system.applicationHost>
<system.webServer><security><authentication>
<anonymousAuthentication enabled="true" userName="WEB01\web" password="@" />
</authentication></security></system.webServer>
<location path="One/app"><system.webServer><security><authentication>
<anonymousAuthentication userName="WEB01\app" password="@" />
</authentication></security></system.webServer></location>
</configuration>
)"},
    {"RedirectionConfig", "redirection.config",
     R"(<?xml version="1.0" encoding="UTF-8"?>
<configuration>
<configSections><section name="configurationRedirection"/></configSections>
<configurationRedirection enabled="true" path="\\filer\c" userName="u"
 password="@" />
</configuration>
)"},
    {"AdsutilEnum", "adsutil.txt", R"(
C:\>cscript adsutil.vbs SET W3SVC/AnonymousUserPass "@"
AnonymousUserPass               : (STRING) "@"

C:\>cscript adsutil.vbs SET W3SVC/1/AnonymousUserPass @
AnonymousUserPass               : (STRING) "@"

C:\>cscript adsutil.vbs ENUM W3SVC
Microsoft (R) Windows Script Host Version 5.6
Copyright (C) Microsoft Corporation 1996-2001. All rights reserved.

KeyType                         : (STRING) "IIsWebService"
AuthFlags                       : (INTEGER) 1
AuthAnonymous                   : (BOOLEAN) True
AnonymousUserName               : (STRING) "IUSR_WEB01"
AnonymousUserPass               : (STRING) "@"
AnonymousPasswordSync           : (BOOLEAN) False
WAMUserPass                     : (STRING) "@"
UNCPassword                     : (STRING) "@"
ServerComment                   : (STRING) "a"
[/W3SVC/1]
[/W3SVC/Info]

C:\>cscript adsutil.vbs GET W3SVC/1/ROOT/AnonymousUserPass
AnonymousUserPass               : (STRING) "@"
)"},
    {"RegistryExport", "server.reg", R"(REGEDIT4

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon]
"DefaultUserName"="Administrator"
"DefaultPassword"="@"

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\W3SVC\Parameters]
"AnonymousUserName"="IUSR_WEB01"
"AnonymousUserPass"="@"
"LogonMethod"=dword:00000000

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\W3SVC\Parameters\Virtual Roots]
"/,"="C:\\wwwroot,@,5"
"Password"="@"

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Lsa]
"CrashOnAuditFail"=dword:00000000
)"},
    {"SeceditInf", "secedit.inf", R"([Unicode]
Unicode=yes
[System Access]
NewAdministratorName = "Administrator"
Password = "@"
[Registry Values]
MACHINE\Software\Microsoft\Windows NT\CurrentVersion\Winlogon\DefaultPassword=1,@
MACHINE\System\CurrentControlSet\Control\Lsa\LimitBlankPasswordUse=4,1
[Privilege Rights]
SeNetworkLogonRight = *S-1-1-0
[Version]
signature="$CHICAGO$"
Revision=1
)"},
    {"NetUser", "net-user.txt", R"(
C:\>net user IUSR_WEB01 @
The command completed successfully.

C:\>net user IUSR_WEB01 "@" /add /passwordchg:no
The command completed successfully.

C:\>net use x: \\filer\c @ /user:CORP\web
The command completed successfully.

C:\>net user IUSR_WEB01
User name                    IUSR_WEB01
Full Name                    Internet Guest Account
Comment                      Internet Guest Account
User's comment
Country code                 000 (System Default)
Account active               Yes
Account expires              Never

Password last set            5/16/2006 9:01 AM
Password expires             Never
Password changeable          5/16/2006 9:01 AM
Password required            Yes
User may change password     No

Workstations allowed         All
Logon script
User profile
Home directory
Last logon                   Never

Logon hours allowed          All

Local Group Memberships      *Guests
Global Group memberships     *None
The command completed successfully.
)"},
    {"NetUserRefused", "net-user-refused.txt", R"(
C:\>net user IUSR_WEB01 @
The user name could not be found.

More help is available by typing NET HELPMSG 2221.

C:\>net user IUSR_WEB02 @ /add /domain
The user name could not be found.
)"},
    {"NetUserList", "net-users.txt", R"(
C:\>net user guest2 @ /add
The command completed successfully.

C:\>net user

User accounts for \\WEB01

-------------------------------------------------------------------------------
Administrator            Guest                    IUSR_WEB01
The command completed successfully.
)"},
    {"NetLocalgroup", "guests.txt", R"(
C:\>runas /user:CORP\web /savecred cmd @
C:\>net localgroup Guests
Alias name     Guests
Comment        Guests

Members

-------------------------------------------------------------------------------
Guest
IUSR_WEB01
The command completed successfully.
)"},
};

// Beside each format, so that it is about a server with an account.
constexpr std::string_view kConfiguration =
    R"(<?xml version="1.0"?><configuration xmlns="urn:microsoft-catalog:XML_Metabase_V64_0"><MBProperty>
<IIsWebService Location="/LM/W3SVC" AnonymousUserName="IUSR_WEB01">
</IIsWebService>
</MBProperty></configuration>
)";

std::string with_password(std::string_view evidence,
                          std::string_view password) {
  std::string text;
  for (const char c : evidence) {
    if (c == kMark) {
      text += password;
    } else {
      text += c;
    }
  }
  return text;
}

// Everything that leaves the program, in every look; reports of these formats.
std::string outputs(const Format& format, const std::string& bytes,
                    const std::vector<std::string>& formats = {"json"}) {
  MemoryFiles files;
  files.add("case/" + std::string(format.file), bytes);
  files.add("case/other/MetaBase.xml", std::string(kConfiguration));
  std::string all;
  for (const std::string look : {"--verbose", "--quiet"}) {
    std::vector<std::string> call = {"check", look, "case"};
    for (const std::string& report : formats) {
      call.insert(call.end(), {"-r", report + "=x." + report});
    }
    const test::Outcome outcome = test::call(call, files);
    EXPECT_TRUE(outcome.code > 2 || outcome.reports.size() == formats.size());
    all += outcome.all() + "exit " + std::to_string(outcome.code) + "\n";
  }
  return all;
}

// Enough was lost that a file says in good order that this is a user's name,
// and names are shown.
bool has_become_a_name(const std::string& evidence) {
  static const std::regex name(
      R"re(username"?\s*[=:]\s*(\(string\)\s*)?"[^"\n]*@)re",
      std::regex::icase);
  return std::regex_search(evidence, name);
}

class LeakTest : public testing::TestWithParam<Format> {
 protected:
  // `evidence` with marks gives one output, whatever stands at the marks.
  static void expect_no_leak(const std::string& evidence,
                             const std::vector<std::string>& formats = {
                                 "json"}) {
    if (has_become_a_name(evidence)) {
      return;
    }
    const std::string with_secret =
        outputs(GetParam(), with_password(evidence, kSecret), formats);
    EXPECT_EQ(with_secret.find(kSecret), std::string::npos) << with_secret;
    for (const std::string_view other : kOthers) {
      const std::string with_other =
          outputs(GetParam(), with_password(evidence, other), formats);
      ASSERT_EQ(with_secret, with_other) << "of this evidence:\n" << evidence;
    }
  }

  static std::vector<std::size_t> marks() {
    const std::string_view evidence = GetParam().evidence;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < evidence.size(); ++i) {
      if (evidence[i] == kMark) {
        places.push_back(i);
      }
    }
    return places;
  }
};

// Next to the password every byte; farther off every fourth, unless there is
// time for all (scripts/test --full).
bool is_tried(std::size_t distance) {
  static const bool kFull = test::is_full();
  return kFull || distance <= 4 || distance % 4 == 0;
}

TEST_P(LeakTest, WholeFile) {
  EXPECT_FALSE(marks().empty());
  std::vector<std::string> formats;
  for (const render::Renderer* renderer : render::all_renderers()) {
    formats.emplace_back(renderer->id);
  }
  EXPECT_GT(formats.size(), 7U);
  expect_no_leak(std::string(GetParam().evidence), formats);
}

TEST_P(LeakTest, FileCutAfterOrInsideThePassword) {
  const std::string evidence(GetParam().evidence);
  for (const std::size_t mark : marks()) {
    expect_no_leak(evidence.substr(0, mark + 1));
    const std::string head = evidence.substr(0, mark);
    const auto cut = [&](std::string_view password, std::size_t count) {
      return outputs(GetParam(), with_password(head, password) +
                                     std::string(password.substr(0, count)));
    };
    const std::string shortest = cut(kSecret, 1);
    for (std::size_t count = 2; count <= kSecret.size(); ++count) {
      ASSERT_EQ(cut(kSecret, count), shortest) << count;
    }
  }
}

// Bytes lost before and behind it: without its name, without its quote.
TEST_P(LeakTest, BytesLostAroundThePassword) {
  const std::string evidence(GetParam().evidence);
  for (const std::size_t mark : marks()) {
    for (std::size_t count = 1; count <= 48 && count <= mark; ++count) {
      if (!is_tried(count)) {
        continue;
      }
      std::string damaged = evidence;
      expect_no_leak(damaged.erase(mark - count, count));
    }
    for (std::size_t count = 1; count <= 16; ++count) {
      std::string damaged = evidence;
      expect_no_leak(damaged.erase(mark + 1, count));
    }
  }
}

// A byte changed before, behind or beside it.
TEST_P(LeakTest, BytesChangedAroundThePassword) {
  const std::string evidence(GetParam().evidence);
  for (const std::size_t mark : marks()) {
    const std::size_t first = mark - std::min<std::size_t>(mark, 32);
    for (std::size_t i = first; i < mark + 8 && i < evidence.size(); ++i) {
      if (!is_tried(i < mark ? mark - i : i - mark)) {
        continue;
      }
      for (const char byte : {'\n', '"', '<', '\x01', '\xff', '='}) {
        if (i == mark) {
          std::string before = evidence;
          std::string behind = evidence;
          expect_no_leak(before.insert(i, 1, byte));
          expect_no_leak(behind.insert(i + 1, 1, byte));
        } else {
          std::string damaged = evidence;
          damaged[i] = byte;
          expect_no_leak(damaged);
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Every, LeakTest, testing::ValuesIn(kFormats),
                         [](const auto& row) {
                           return std::string(row.param.name);
                         });

}  // namespace
}  // namespace iisdiag::cli
