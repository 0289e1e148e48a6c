// Several captured files become one server.
#include "evidence/load.hpp"

#include <gtest/gtest.h>

#include "evidence/limits.hpp"
#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

Loaded load_all(const Files& captured, const Said& said = {},
                const std::string& account = "") {
  MemoryFiles files;
  for (const auto& [name, bytes] : captured) {
    files.add("case/" + name, bytes);
  }
  return load(files, {"case"}, said, account);
}

std::string reg(std::string_view keys) {
  return "REGEDIT4\n\n" + std::string(keys);
}
std::string computer(std::string_view name) {
  return "[HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\"
         "ComputerName]\n\"ComputerName\"=\"" +
         std::string(name) + "\"\n";
}
std::string lsa(std::string_view values) {
  return "[HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa]\n" +
         std::string(values);
}
std::string accounts(std::string_view computer_name, std::string_view names) {
  return "User accounts for \\\\" + std::string(computer_name) + "\n" +
         std::string(79, '-') + "\n" + std::string(names) +
         "\nThe command completed successfully.\n";
}
std::string rights(std::string_view lines) {
  return "[Privilege Rights]\nSeBackupPrivilege = *S-1-5-32-544\n" +
         std::string(lines);
}
std::string metabase(std::string_view account) {
  return "<configuration><MBProperty>\n<IIsComputer Location='/LM'/>\n"
         "<IIsWebService Location='/LM/W3SVC' AnonymousUserName='" +
         std::string(account) +
         "'/>\n<IIsWebServer Location='/LM/W3SVC/1'/>\n"
         "</MBProperty></configuration>\n";
}

TEST(LoadTest, EvidenceAndOtherFilesAreCounted) {
  const Loaded loaded = load_all({{"MetaBase.xml", metabase("a")},
                                  {"readme.txt", "Hello."},
                                  {"picture.png", std::string("\x89PNG\0", 5)},
                                  {"empty.txt", ""}});
  EXPECT_EQ(loaded.files_read, 4U);
  EXPECT_EQ(loaded.evidence_files, 1U);
  EXPECT_EQ(loaded.ignored,
            (std::vector<std::string>{"picture.png", "readme.txt"}));
  EXPECT_EQ(describe(loaded.server.problems), "empty.txt: an empty file\n");
  EXPECT_EQ(loaded.missing, "");
}

TEST(LoadTest, NothingIsReadWhereAPathIsMissing) {
  MemoryFiles files;
  files.add("a/MetaBase.xml", metabase("a"));
  const Loaded loaded = load(files, {"a", "b"}, {}, "");
  EXPECT_EQ(loaded.missing, "b");
  EXPECT_EQ(loaded.files_read, 0U);
}

TEST(LoadTest, OneServerOfManyFiles) {
  const Loaded loaded =
      load_all({{"MetaBase.xml", metabase("IUSR_WEB01")},
                {"net-users.txt", accounts("WEB01", "Guest")},
                {"secedit.inf", rights("SeNetworkLogonRight = *S-1-1-0\n")},
                {"server.reg",
                 reg(computer("web01") + lsa("\"forceguest\"=dword:0\n"))}});
  const facts::Server& server = loaded.server;
  EXPECT_EQ(describe(server.problems), "");
  EXPECT_EQ(describe(server.machine), R"(machine
  computer = WEB01 @1
  IIS = 6.0 @0
  ForceGuest = 0 @6
  absent: CrashOnAuditFail, LimitBlankPasswordUse
)");
  EXPECT_EQ(describe(server.accounts), "whole list @1: Guest\n");
  EXPECT_EQ(server.rights.size(), 1U);
  ASSERT_EQ(server.identities.size(), 1U);
  EXPECT_TRUE(server.identities.front().account.value.is("IUSR_WEB01"));
  EXPECT_EQ(server.identities.front().nodes,
            std::vector<std::string>{"/LM/W3SVC/1/ROOT"});
}

// PRODUCT.md: files that disagree make the fact unknown; both are named.
TEST(LoadTest, FilesThatDisagree) {
  const Loaded loaded =
      load_all({{"a.reg", reg(lsa("\"forceguest\"=dword:0\n"))},
                {"b.reg", reg(lsa("\"forceguest\"=dword:1\n"))}});
  EXPECT_EQ(describe(loaded.server.machine), R"(machine
  ForceGuest: a.reg, line 4 and b.reg, line 4 disagree about ForceGuest @4
  absent: CrashOnAuditFail, LimitBlankPasswordUse
)");
  EXPECT_EQ(describe(loaded.server.problems),
            "b.reg, line 4: a.reg, line 4 and b.reg, line 4 disagree about "
            "ForceGuest\n");
}

TEST(LoadTest, RightsOfTwoExportsDisagreeByTheirSets) {
  const Loaded same = load_all(
      {{"a.inf", rights("SeNetworkLogonRight = *S-1-1-0,CORP\\web\n")},
       {"b.inf", rights("SeNetworkLogonRight = corp\\WEB,*S-1-1-0\n")}});
  EXPECT_EQ(describe(same.server.problems), "");
  EXPECT_EQ(same.server.rights.size(), 1U);
  const Loaded other =
      load_all({{"a.inf", rights("SeNetworkLogonRight = *S-1-1-0\n")},
                {"b.inf", rights("")}});
  EXPECT_EQ(describe(other.server.problems),
            "b.inf: a.inf, line 3 and b.inf disagree about "
            "SeNetworkLogonRight\n");
}

TEST(LoadTest, PoliciesStayByThemselves) {
  const Loaded loaded =
      load_all({{"GptTmpl.inf", rights("SeNetworkLogonRight = a\n")},
                {"x/GptTmpl.inf", rights("SeNetworkLogonRight = b\n")},
                {"secedit.inf", rights("SeNetworkLogonRight = c\n")}});
  EXPECT_EQ(loaded.server.rights.size(), 3U);
  EXPECT_EQ(describe(loaded.server.problems), "");
}

// What the registry says beats what a template says.
TEST(LoadTest, TheRegistryBeforeTemplates) {
  const std::string inf =
      "[Registry Values]\n"
      "MACHINE\\System\\CurrentControlSet\\Control\\Lsa\\ForceGuest=4,1\n"
      "MACHINE\\System\\CurrentControlSet\\Control\\Lsa\\CrashOnAuditFail=4,"
      "2\n";
  for (const char* name : {"a.inf", "z.inf"}) {
    const Loaded loaded = load_all(
        {{name, inf}, {"lsa.reg", reg(lsa("\"forceguest\"=dword:0\n"))}});
    EXPECT_EQ(describe(loaded.server.problems), "") << name;
    EXPECT_EQ(describe(loaded.server.machine), R"(machine
  ForceGuest = 0 @4
  absent: CrashOnAuditFail, LimitBlankPasswordUse
)") << name;
  }
  EXPECT_EQ(describe(load_all({{"a.inf", inf}}).server.machine),
            "machine\n  CrashOnAuditFail = 2 @3\n  ForceGuest = 1 @2\n");
}

TEST(LoadTest, FilesOfAnotherComputerAreLeftOut) {
  const Loaded loaded = load_all({{"a.reg", reg(computer("WEB01"))},
                                  {"b.txt", accounts("WEB02", "IUSR_WEB02")},
                                  {"c.txt", accounts("WEB01", "Guest")}});
  EXPECT_TRUE(loaded.server.machine.computer.is("WEB01"));
  EXPECT_EQ(describe(loaded.server.accounts), "whole list @1: Guest\n");
  EXPECT_EQ(describe(loaded.server.problems),
            "b.txt, line 1: left out: it is of the computer WEB02, not of "
            "WEB01\n");
}

// The name that the configured account remembers is this computer's old one.
TEST(LoadTest, FilesOfTheOldNameStay) {
  const Loaded loaded =
      load_all({{"MetaBase.xml", metabase("IUSR_OLDNAME")},
                {"a.txt", accounts("OLDNAME", "IUSR_OLDNAME")},
                {"b.reg", reg(computer("WEB01"))}});
  EXPECT_TRUE(loaded.server.machine.computer.is("WEB01"));
  EXPECT_EQ(describe(loaded.server.accounts), "whole list @1: IUSR_OLDNAME\n");
  EXPECT_EQ(describe(loaded.server.problems), "");
}

TEST(LoadTest, HistoryCountsOnlyWhereNothingIsLive) {
  const std::string old = "History/MetaBase_0000000001_0000000000.xml";
  const std::string older = "History/MetaBase_0000000000_0000000000.xml";
  const auto account = [](const Loaded& loaded) {
    EXPECT_EQ(loaded.server.identities.size(), 1U);
    return loaded.server.identities.front().account.value.value_or("?");
  };
  const Loaded live =
      load_all({{"MetaBase.xml", metabase("live")}, {old, metabase("old")}});
  EXPECT_EQ(account(live), "live");
  EXPECT_EQ(describe(live.server.notes).find("old copy"), std::string::npos);
  const Loaded copies =
      load_all({{older, metabase("older")}, {old, metabase("old")}});
  EXPECT_EQ(account(copies), "old");
  EXPECT_NE(describe(copies.server.notes)
                .find(old + " is an old copy of the configuration: no live one "
                            "of its kind is in the evidence, and it may be "
                            "out of date @0\n"),
            std::string::npos);
}

// Where the administrator keeps his cases says nothing about them.
TEST(LoadTest, AFolderCalledHistoryAboveTheEvidence) {
  MemoryFiles files;
  files.add("history/web01/w3svc.txt",
            "KeyType : (STRING) \"IIsWebService\"\n"
            "AnonymousUserName : (STRING) \"a\"\n");
  files.add("history/web01/w3svc_1_root.txt",
            "AnonymousUserName : (STRING) \"b\"\n");
  const Loaded loaded = load(files, {"history/web01"}, {}, "");
  ASSERT_EQ(loaded.server.identities.size(), 1U);
  EXPECT_TRUE(loaded.server.identities.front().account.value.is("b"));
  EXPECT_TRUE(loaded.server.identities.front().password.value.is_absent());
}

// Given by itself it is what the administrator wants to have looked at.
TEST(LoadTest, TheNewestOfAHistoryFolder) {
  MemoryFiles files;
  for (const char* number : {"7", "9", "8"}) {
    files.add("c/History/MetaBase_000000000" + std::string(number) + ".xml",
              metabase(number));
  }
  const Loaded loaded = load(files, {"c/History"}, {}, "");
  ASSERT_EQ(loaded.server.identities.size(), 1U);
  EXPECT_TRUE(loaded.server.identities.front().account.value.is("9"));
  EXPECT_EQ(describe(loaded.server.problems), "");
}

// Old copies of redirection.config redirect nothing.
TEST(LoadTest, HistoricalRedirections) {
  const Loaded loaded = load_all(
      {{"applicationHost.config",
        "<configuration><system.applicationHost><sites><site name='a'/>"
        "</sites></system.applicationHost></configuration>"},
       {"history/CFGHISTORY_0000000001/redirection.config",
        "<configuration>\n<configurationRedirection enabled='true' "
        "path='\\\\srv\\share'/>\n</configuration>"}});
  EXPECT_EQ(describe(loaded.server.elsewhere), "");
  EXPECT_EQ(describe(loaded.server.notes), "");
  EXPECT_EQ(loaded.server.identities.size(), 1U);
}

TEST(LoadTest, SharedConfiguration) {
  const std::string redirection =
      "<configuration>\n<configurationRedirection enabled='true' "
      "path='\\\\srv\\share'/>\n</configuration>";
  const auto config = [](std::string_view account) {
    return "<configuration><system.applicationHost><sites><site name='a'/>"
           "</sites></system.applicationHost><system.webServer><security>"
           "<authentication><anonymousAuthentication userName='" +
           std::string(account) +
           "'/></authentication></security></system.webServer>"
           "</configuration>";
  };
  const Loaded local =
      load_all({{"config/applicationHost.config", config("dead")},
                {"config/redirection.config", redirection}});
  EXPECT_EQ(describe(local.server.notes),
            "config/applicationHost.config is not in force: "
            "config/redirection.config points elsewhere @2\n");
  EXPECT_EQ(describe(local.server.elsewhere),
            "shared configuration: \\\\srv\\share @2\n");
  EXPECT_EQ(describe(local.server.identities),
            "W3SVC identity at \n  without configuration: no configuration of "
            "IIS was "
            "read\n");
  const Loaded shared =
      load_all({{"config/applicationHost.config", config("dead")},
                {"config/redirection.config", redirection},
                {"share/applicationHost.config", config("live")}});
  EXPECT_EQ(describe(shared.server.notes),
            "config/applicationHost.config is not in force: "
            "config/redirection.config points elsewhere @2\n"
            "share/applicationHost.config is taken to be the shared "
            "configuration @2\n");
  EXPECT_EQ(describe(shared.server.elsewhere), "");
  ASSERT_EQ(shared.server.identities.size(), 1U);
  EXPECT_TRUE(shared.server.identities.front().account.value.is("live"));
}

TEST(LoadTest, TheAccountStandsInWhereNoConfigurationIs) {
  const Loaded loaded =
      load_all({{"secedit.inf", rights("")}}, {}, "CORP\\web");
  EXPECT_EQ(describe(loaded.server.identities),
            "W3SVC identity at \n  account = CORP\\web @0\n"
            "  without configuration: no configuration of IIS was read\n");
}

// PRODUCT.md, Words: only a whole configuration is an all-clear.
TEST(LoadTest, AnonymousAccessOffEverywhere) {
  const auto off = [](std::string_view end) {
    return "<configuration><system.applicationHost><sites><site name='a'/>"
           "</sites></system.applicationHost><system.webServer><security>"
           "<authentication><anonymousAuthentication enabled='false'/>"
           "</authentication></security></system.webServer>" +
           std::string(end);
  };
  const Loaded whole = load_all({{"a.config", off("</configuration>")}});
  EXPECT_EQ(describe(whole.server.identities), "");
  EXPECT_EQ(describe(whole.server.notes),
            "Anonymous access is off at every node: visitors get 401.2 or a "
            "prompt for a password, not this 401.1.\n");
  const Loaded cut = load_all({{"a.config", off("")}});
  EXPECT_EQ(describe(cut.server.notes), "");
  EXPECT_EQ(describe(cut.server.identities),
            "W3SVC identity at a\n"
            "  account: the account was not read\n"
            "  password: the stored password was not read\n"
            "  method: LogonMethod was not read\n"
            "  anonymous: the part of the configuration that may set anonymous "
            "access was not read @0\n"
            "  domain: the default logon domain was not read\n"
            "  absent: sync\n");
}

// A location behind the cut can give the site another account; what the site's
// own location shows in front of it counts.
TEST(LoadTest, NothingIsInheritedInADamagedConfiguration) {
  const std::string head =
      "<configuration><system.applicationHost><sites><site name='a'/>"
      "<site name='b'/></sites></system.applicationHost><system.webServer>"
      "<security><authentication><anonymousAuthentication userName='web'/>"
      "</authentication></security></system.webServer><location path='b'>"
      "<system.webServer><security><authentication><anonymousAuthentication "
      "userName='own'/></authentication></security></system.webServer>"
      "</location>";
  const auto accounts = [&](std::string_view end) {
    std::vector<std::string> found;
    for (const auto& identity :
         load_all({{"a.config", head + std::string(end)}}).server.identities) {
      found.push_back(identity.account.value.value_or("not known"));
    }
    return found;
  };
  EXPECT_EQ(accounts("</configuration>"),
            (std::vector<std::string>{"web", "own"}));
  EXPECT_EQ(accounts("<location path='a'>"),
            (std::vector<std::string>{"not known", "own"}));
}

TEST(LoadTest, WhoWasNotFound) {
  const std::string answer = "The user name could not be found.\n";
  const auto told = [&](const Files& captured) {
    return describe(load_all(captured).server.accounts);
  };
  EXPECT_EQ(told({{"a.txt", "C:\\>net user web\n" + answer}}),
            "no account web @2\n");
  EXPECT_EQ(told({{"MetaBase.xml", metabase("IUSR_A")}, {"b.txt", answer}}),
            "no account IUSR_A @1\n");
  EXPECT_EQ(told({{"b.txt", answer}}),
            "no account (whose name is not said) @1\n");
}

TEST(LoadTest, TranscriptsHoldSeveralOutputs) {
  const Loaded loaded =
      load_all({{"session.txt",
                 "C:\\>hostname\nWEB01\n\nC:\\>net user web\n"
                 "The user name could not be found.\n\n"
                 "C:\\>net localgroup Guests\nAlias name     Guests\n" +
                     std::string(79, '-') +
                     "\nGuest\nThe command completed successfully.\n\n"
                     "C:\\>cscript adsutil.vbs enum w3svc/1/root\n"
                     "AuthFlags : (INTEGER) 1\n\nC:\\>exit\n"}});
  EXPECT_EQ(loaded.evidence_files, 1U);
  EXPECT_EQ(describe(loaded.server.accounts),
            "no account web @5\ngroup Guests @8\n  members = Guest @8\n");
  ASSERT_EQ(loaded.server.identities.size(), 1U);
  EXPECT_EQ(loaded.server.identities.front().anonymous.value.origin().number(),
            14U);
}

TEST(LoadTest, AMetabaseSettlesIis6WhateverElseIsRead) {
  const std::string listing = "KeyType : (STRING) \"IIsWebService\"\n";
  for (const char* name : {"a.txt", "z.txt"}) {
    const Loaded loaded = load_all({{name, listing}, {"m.xml", metabase("a")}});
    EXPECT_TRUE(loaded.server.machine.iis.is("6.0")) << name;
  }
}

// Each line takes memory of its own: 200 MB of line ends took 8 GB.
TEST(LoadTest, LinesOfAFileAreBounded) {
  const std::string ends(kMaxLines, '\n');
  const std::string list = accounts("WEB01", "Guest");
  const Loaded loaded = load_all({{"ends.txt", ends + "\n"},
                                  {"more.txt", list + ends},
                                  {"most.txt", ends.substr(10) + list}});
  EXPECT_EQ(describe(loaded.server.problems),
            "more.txt: more than 5000000 lines: the file is not read\n");
  EXPECT_EQ(loaded.ignored.front(), "ends.txt");
  EXPECT_TRUE(loaded.server.accounts.accounts.empty());
}

TEST(LoadTest, EveryKindOfLineEndCountsOnce) {
  EXPECT_EQ(end_of_lines("", 0), std::nullopt);
  EXPECT_EQ(end_of_lines("a", 0), 0U);
  EXPECT_EQ(end_of_lines("a\nb", 1), 2U);
  EXPECT_EQ(end_of_lines("a\nb", 2), std::nullopt);
  EXPECT_EQ(end_of_lines("a\n", 1), std::nullopt);
  EXPECT_EQ(end_of_lines("a\r\nb\rc\r\r\nd", 3), 9U);
}

}  // namespace
}  // namespace iisdiag::evidence
