// A clear-text password in evidence reaches no fact and no problem, however
// the file is damaged around it.
#include <gtest/gtest.h>

#include "evidence/load.hpp"
#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kSecret = "Geheim7";

struct Row {
  std::string_view name;
  std::string_view bytes;
};

const Row kRows[] = {
    {"MetaBase.xml",
     "<configuration><MBProperty>\n<IIsComputer Location='/LM'/>\n"
     "<IIsWebService Location='/LM/W3SVC'\n"
     "\tAnonymousUserName=\"IUSR_WEB01\"\n"
     "\tAnonymousUserPass=\"Geheim7\" AuthFlags=\"1\">\n"
     "<Custom Name=\"AnonymousUserPass\" ID=\"6021\" Value=\"Geheim7\"/>\n"
     "<Custom ID=\"6021\"\n Value=\"Geheim7\" Type=\"STRING\"/>\n"
     "<Custom Value=\"Geheim7\" ID=\"6021\" Type=\"STRING\"/>\n"
     "<Custom ID='7502' Value='Geheim7'/>\n"
     "</IIsWebService></MBProperty></configuration>\n"},
    {"MetaBase.xml",
     "<configuration><MBProperty>\n<IIsWebService Location='/LM/W3SVC' "
     "AnonymousUserPass=\n\t\t\"Geheim7\" WAMUserPass='\nGeheim7'\n>\n"
     "</IIsWebService></MBProperty></configuration>\n"},
    {"applicationHost.config",
     "<configuration>\n<configSections><sectionGroup "
     "name=\"system.applicationHost\"/></configSections>\n"
     "<system.applicationHost><applicationPools><add name='p'>"
     "<processModel userName='a' password='Geheim7'/></add>"
     "</applicationPools></system.applicationHost>\n"
     "<system.webServer><security><authentication>\n"
     "<anonymousAuthentication userName=\"web\"\n"
     "  password=\n   \"Geheim7\"\n logonMethod=\"Batch\" />\n"
     "</authentication></security></system.webServer>\n</configuration>\n"},
    {"web.config",
     "<configuration>\n<system.webServer><security><authentication>\n"
     "<anonymousAuthentication userName=\"web\" password=\"Geheim7\"\n"
     " enabled='maybe'/>\n</authentication></security></system.webServer>\n"
     "</configuration>\n"},
    {"a.config",
     "<anonymousAuthentication userName=\"web\"\n password=\"Geheim7\"\n"
     " logonMethod='no' />\n"},
    {"session.txt",
     "C:\\>appcmd list config \"Shop\" /section:anonymousAuthentication\n"
     "<system.webServer>\n<security>\n<authentication>\n"
     "<anonymousAuthentication userName=\"web\" password=\"Geheim7\" />\n"
     "</authentication>\n</security>\n</system.webServer>\n"
     "ERROR ( message:Cannot set password=Geheim7. )\n"},
    {"redirection.config",
     "<configuration>\n<configurationRedirection enabled=\"true\" "
     "path=\"\\\\srv\\share\" userName=\"u\" password=\"Geheim7\" />\n"
     "</configuration>\n"},
    {"w3svc.txt",
     "KeyType           : (STRING) \"IIsWebService\"\n"
     "AnonymousUserPass : (STRING) \"Geheim7\"\n"
     "WAMUserPass : (STRING) \"Geheim7\"\n"},
    {"output.txt",
     "AnonymousUserPass : (STRING) \"Geheim7\"\n"
     "AuthFlags : (INTEGER) 1\n"},
    {"session.txt",
     "C:\\>cscript adsutil.vbs set w3svc/anonymoususerpass Geheim7\n"
     "anonymoususerpass : (STRING) \"Geheim7\"\n"
     "C:\\>net user IUSR_WEB01  Geheim7\n"
     "The user name could not be found.\n"},
    {"server.reg",
     "REGEDIT4\n\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\"
     "W3SVC\\Parameters]\n\"AnonymousUserName\"=\"IUSR\"\n"
     "\"AnonymousPassword\"=\"Geheim7\"\n\"DefaultPassword\"=Geheim7\n"
     "\"Password\" \"Geheim7\"\n"},
    {"secedit.inf",
     "[Unicode]\nUnicode=yes\n[Strings]\npassword = Geheim7\n"
     "[Privilege Rights]\nSeBackupPrivilege = a\nSeBatchLogonRight\n"
     "[Version]\nRevision=1\n"},
    {"net-user.txt",
     "C:\\>net user web  Geheim7 /add\n\nUser name       web\n"
     "Account active  Yes\nThe command completed\n"},
};

std::string told(std::string_view name, const std::string& bytes) {
  MemoryFiles files;
  files.add(std::string(name), bytes);
  const Loaded loaded = load(files, {std::string(name)}, {}, "");
  const facts::Server& server = loaded.server;
  std::string all = describe(server.identities) + describe(server.accounts) +
                    describe(server.rights) + describe(server.machine) +
                    describe(server.elsewhere) + describe(server.notes) +
                    describe(server.problems);
  for (const facts::Problem& problem : server.problems) {
    all += problem.todo + "\n";
  }
  return all;
}

TEST(SecretsTest, TheSamplesAreEvidence) {
  for (const Row& row : kRows) {
    ASSERT_NE(row.bytes.find(kSecret), std::string_view::npos);
    MemoryFiles files;
    files.add("x", std::string(row.bytes));
    EXPECT_EQ(load(files, {"x"}, {}, "").evidence_files, 1U) << row.bytes;
  }
}

TEST(SecretsTest, NoneIsToldOfWholeFiles) {
  for (const Row& row : kRows) {
    const std::string all = told(row.name, std::string(row.bytes));
    EXPECT_EQ(all.find("Gehei"), std::string::npos) << row.bytes << all;
  }
}

TEST(SecretsTest, NoneIsToldOfCutFiles) {
  for (const Row& row : kRows) {
    for (std::size_t length = 0; length < row.bytes.size(); ++length) {
      const std::string bytes(row.bytes.substr(0, length));
      const std::string all = told(row.name, bytes);
      ASSERT_EQ(all.find("Gehei"), std::string::npos) << bytes << "\n" << all;
    }
  }
}

TEST(SecretsTest, NoneIsToldOfDamagedFiles) {
  for (const Row& row : kRows) {
    for (const char damage : {'<', '>', '"', '\n', '=', ' ', 'z', '\xC3'}) {
      for (std::size_t i = 0; i < row.bytes.size(); ++i) {
        std::string bytes(row.bytes);
        bytes[i] = damage;
        const std::string all = told(row.name, bytes);
        ASSERT_EQ(all.find("Geheim7"), std::string::npos) << bytes << "\n"
                                                          << all;
      }
    }
  }
}

TEST(SecretsTest, NoneIsToldOfFilesWithBytesTakenOut) {
  for (const Row& row : kRows) {
    for (std::size_t i = 0; i < row.bytes.size(); ++i) {
      std::string bytes(row.bytes);
      bytes.erase(i, 1);
      const std::string all = told(row.name, bytes);
      ASSERT_EQ(all.find("Geheim7"), std::string::npos) << bytes << "\n" << all;
    }
  }
}

}  // namespace
}  // namespace iisdiag::evidence
