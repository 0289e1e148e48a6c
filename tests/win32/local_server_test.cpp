// The server as a whole: its one logon, and what is never asked of Wine.
#include "win32/local_server.hpp"

#include <gtest/gtest.h>

#include "win32/fake_windows.hpp"

namespace iisdiag::win32 {
namespace {

using evidence::FileFacts;
using facts::LogonMethod;
using facts::LogonRefrain;
using facts::LogonTrial;

const evidence::AccountQuestion kAccount{"WEB01", "IUSR_WEB01", false};

LogonTrial log_on(FakeWindows& windows, std::u16string_view password,
                  LogonMethod method = LogonMethod::kNetworkCleartext) {
  LocalServer server(windows.api(), false);
  const text::Secret given(password);
  LogonTrial trial;
  trial.method = method;
  server.try_logon(kAccount, &given, trial);
  EXPECT_EQ(windows.open, 0);
  EXPECT_FALSE(windows.is_broken);
  return trial;
}

TEST(LocalServerTest, TheTypeOfTheLogon) {
  struct Row {
    LogonMethod method;
    std::string call;
  };
  for (const Row& row :
       {Row{LogonMethod::kInteractive, "LogonUserW WEB01\\IUSR_WEB01 type 2"},
        Row{LogonMethod::kBatch, "LogonUserW WEB01\\IUSR_WEB01 type 4"},
        Row{LogonMethod::kNetwork, "LogonUserW WEB01\\IUSR_WEB01 type 3"},
        Row{LogonMethod::kNetworkCleartext,
            "LogonUserW WEB01\\IUSR_WEB01 type 8"}}) {
    FakeWindows windows;
    windows.users.emplace_back();
    const LogonTrial trial = log_on(windows, u"secret", row.method);
    EXPECT_EQ(trial.code, 0U);
    EXPECT_EQ(trial.origin.text(), "LogonUserW");
    EXPECT_EQ(windows.calls, std::vector<std::string>{row.call});
  }
}

TEST(LocalServerTest, ARefusedLogon) {
  FakeWindows windows;
  windows.users.emplace_back();
  LogonTrial trial = log_on(windows, u"another");
  EXPECT_EQ(trial.code, 1326U);
  EXPECT_EQ(trial.origin.text(), "LogonUserW, error 1326");
  windows.users[0].logon_answer = 1385;
  trial = log_on(windows, u"secret");
  EXPECT_EQ(trial.code, 1385U);
}

TEST(LocalServerTest, ARefusalWithoutACodeIsNoSuccess) {
  FakeWindows windows;
  windows.users.emplace_back();
  windows.refusals["LogonUserW"] = 0;
  EXPECT_EQ(log_on(windows, u"secret").code, 1326U);
}

TEST(LocalServerTest, AStoredPasswordThatIsNotAtHand) {
  FakeWindows windows;
  windows.users.emplace_back();
  LocalServer server(windows.api(), false);
  LogonTrial trial;
  trial.password_group = 1;
  server.try_logon(kAccount, nullptr, trial);
  EXPECT_EQ(trial.refrain, LogonRefrain::kUnreadable);
  EXPECT_EQ(windows.count("LogonUserW"), 0U);
}

// IIS 7.0 and later takes no password for an empty one.
TEST(LocalServerTest, NoStoredPasswordIsAnEmptyOne) {
  FakeWindows windows;
  windows.users.emplace_back().password.clear();
  LocalServer server(windows.api(), false);
  LogonTrial trial;
  server.try_logon(kAccount, nullptr, trial);
  EXPECT_EQ(trial.code, 0U);
  EXPECT_EQ(trial.refrain, LogonRefrain::kNone);
  EXPECT_EQ(windows.open, 0);
}

TEST(LocalServerTest, WineIsAskedForNothingThatItInvents) {
  FakeWindows windows;
  windows.users.emplace_back();
  LocalServer server(windows.api(), true);
  FileFacts facts;
  server.read_configuration(facts);
  windows.calls.clear();
  server.read_accounts({kAccount}, facts.machine, facts);
  server.read_rights(facts);
  server.read_records(facts.machine, facts);
  LogonTrial trial;
  server.try_logon(kAccount, nullptr, trial);
  EXPECT_EQ(windows.calls, std::vector<std::string>{});
  constexpr std::string_view kWhy = "this is Wine: its answers are made up";
  EXPECT_EQ(facts.machine.domain.reason().why, kWhy);
  ASSERT_EQ(facts.accounts.failures.size(), 1U);
  EXPECT_EQ(facts.accounts.failures[0].name, "WEB01\\IUSR_WEB01");
  EXPECT_EQ(facts.accounts.failures[0].why, kWhy);
  EXPECT_EQ(
      facts.rights.at(0).holders(facts::LogonRight::kNetwork).reason().why,
      kWhy);
  ASSERT_EQ(facts.records.logs.size(), 2U);
  EXPECT_FALSE(facts.records.logs[0].is_whole);
  EXPECT_FALSE(facts.records.logs[1].is_whole);
  ASSERT_EQ(facts.problems.size(), 1U);
  EXPECT_EQ(facts.problems[0].text,
            "the event logs were not read: " + std::string(kWhy));
  EXPECT_EQ(trial.refrain, LogonRefrain::kIsWine);
  EXPECT_EQ(trial.why, kWhy);
}

TEST(LocalServerTest, AComputerWithoutIis) {
  FakeWindows windows;
  LocalServer server(windows.api(), false);
  FileFacts facts;
  server.read_configuration(facts);
  EXPECT_FALSE(server.has_iis());
  windows.registry[L"SOFTWARE\\Microsoft\\InetStp"] = {
      {L"MajorVersion", DWORD{10}}, {L"MinorVersion", DWORD{0}}};
  server.read_configuration(facts);
  EXPECT_TRUE(server.has_iis());
}

TEST(LocalServerTest, RightsOfAnAdministrator) {
  FakeWindows windows;
  EXPECT_TRUE(LocalServer(windows.api(), false).is_elevated());
  windows.is_elevated = false;
  EXPECT_FALSE(LocalServer(windows.api(), false).is_elevated());
  windows.is_elevated = true;
  windows.refusals["CheckTokenMembership"] = ERROR_ACCESS_DENIED;
  EXPECT_FALSE(LocalServer(windows.api(), false).is_elevated());
  windows.missing = {"CheckTokenMembership"};  // Windows NT 4
  EXPECT_FALSE(LocalServer(windows.api(), false).is_elevated());
}

TEST(LocalServerTest, WhereTheConfigurationLies) {
  FakeWindows windows;
  LocalServer server(windows.api(), false);
  auto files = server.configuration_files();
  ASSERT_EQ(files.size(), 4U);
  EXPECT_EQ(files[0].path,
            "C:\\WINDOWS\\system32\\inetsrv\\config\\applicationHost.config");
  EXPECT_EQ(files[3].path, "C:\\WINDOWS\\system32\\inetsrv\\MetaBase.xml");
  windows.is_wow64 = true;
  EXPECT_EQ(server.configuration_files()[3].path,
            "C:\\WINDOWS\\sysnative\\inetsrv\\MetaBase.xml");
  windows.refusals["GetSystemDirectoryW"] = 1;
  EXPECT_TRUE(server.configuration_files().empty());
}

// Of a disk without any files: what is looked for.
class AskedFor final : public evidence::FileSystem {
 public:
  Status status(const std::string& path) const override {
    paths.push_back(path);
    return {};
  }
  Answer<std::vector<std::string>> list(const std::string&) const override {
    return {};
  }
  Answer<std::string> read(const std::string&, std::uint64_t) const override {
    return {};
  }
  Answer<std::string> read_start(const std::string&) const override {
    return {};
  }

  mutable std::vector<std::string> paths;
};

TEST(LocalServerTest, WhereWebLogsLie) {
  const auto looked_in = [](FakeWindows& windows, std::string iis,
                            bool is_wine = false) {
    const auto disk = std::make_shared<AskedFor>();
    LocalServer server(windows.api(), is_wine, {}, disk);
    FileFacts facts;
    if (!iis.empty()) {
      facts.machine.iis = {std::move(iis), {}};
    }
    server.read_records(facts.machine, facts);
    EXPECT_EQ(facts.notes.size(), disk->paths.empty() ? 0U : 1U);
    return disk->paths;
  };
  using Paths = std::vector<std::string>;
  const std::string fresh = R"(C:\inetpub\logs\LogFiles)";
  const std::string old = R"(C:\WINDOWS\system32\LogFiles)";
  FakeWindows windows;
  EXPECT_EQ(looked_in(windows, "10.0"), (Paths{fresh, old}));
  EXPECT_EQ(looked_in(windows, ""), (Paths{fresh, old}));
  EXPECT_EQ(looked_in(windows, "6.0"), Paths{old});
  EXPECT_EQ(looked_in(windows, "6.0", true), Paths{old});
  windows.is_wow64 = true;
  EXPECT_EQ(looked_in(windows, "6.0"),
            Paths{R"(C:\WINDOWS\sysnative\LogFiles)"});
  windows.refusals["GetSystemDirectoryW"] = 1;
  EXPECT_EQ(looked_in(windows, "10.0"), Paths{});
}

// The table of this Windows: every function that every Windows has.
TEST(SystemApiTest, FunctionsOfEveryWindows) {
  const Api api = system_api();
  EXPECT_NE(api.LookupAccountNameW, nullptr);
  EXPECT_NE(api.LsaOpenPolicy, nullptr);
  EXPECT_NE(api.LogonUserW, nullptr);
  EXPECT_NE(api.RegEnumValueW, nullptr);
  EXPECT_NE(api.CloseHandle, nullptr);
  EXPECT_NE(api.ReadEventLogW, nullptr);
  EXPECT_NE(api.GetOldestEventLogRecord, nullptr);
  EXPECT_NE(api.NetUserGetInfo, nullptr);
  EXPECT_NE(api.NetUserModalsGet, nullptr);
}

}  // namespace
}  // namespace iisdiag::win32
