#include "win32/iis_config.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "win32/config_file.hpp"
#include "win32/fake_apphost.hpp"
#include "win32/fake_metabase.hpp"

namespace iisdiag::win32 {
namespace {

using facts::StoredPassword;

constexpr auto kDenied = static_cast<HRESULT>(0x80070005);

constexpr std::string_view kAppHostFile =
    "<configuration><system.applicationHost><sites><site name='Web'>"
    "<application path='/'/><bindings><binding protocol='http'/></bindings>"
    "</site></sites></system.applicationHost><system.webServer><security>"
    "<authentication><anonymousAuthentication userName='web' "
    "password='plain'/></authentication></security></system.webServer>"
    "</configuration>";

constexpr std::string_view kMetabaseFile =
    "<configuration><MBProperty><IIsComputer Location='/LM'/>"
    "<IIsWebService Location='/LM/W3SVC' AnonymousUserName='IUSR_X' "
    "AnonymousUserPass='typed by hand'/>"
    "<IIsWebServer Location='/LM/W3SVC/1'/>"
    "<IIsFtpService Location='/LM/MSFTPSVC' AnonymousUserName='IUSR_X'/>"
    "</MBProperty></configuration>";

class IisConfigTest : public testing::Test {
 protected:
  IisConfigTest() : api_(com_.api()) {
    api_.IsWow64Process = [](HANDLE, PBOOL is_wow64) WINAPI -> BOOL {
      *is_wow64 = FALSE;
      return TRUE;
    };
    api_.GetSystemDirectoryW = [](LPWSTR folder, UINT size) WINAPI -> UINT {
      const std::wstring_view name = LR"(C:\WINDOWS\system32)";
      if (size <= name.size()) {
        return static_cast<UINT>(name.size()) + 1;
      }
      std::copy(name.begin(), name.end(), folder);
      folder[name.size()] = L'\0';
      return static_cast<UINT>(name.size());
    };
    api_.CLSIDFromProgID = [](LPCOLESTR, LPCLSID)
                               WINAPI -> HRESULT { return CO_E_CLASSSTRING; };
  }

  void add_file(std::string_view name, std::string_view bytes,
                std::string_view system = "system32") {
    files_.add(R"(C:\WINDOWS\)" + std::string(system) + R"(\inetsrv\)" +
                   std::string(name),
               std::string(bytes));
  }
  void be_wow64() {
    api_.IsWow64Process = [](HANDLE, PBOOL is_wow64) WINAPI -> BOOL {
      *is_wow64 = TRUE;
      return TRUE;
    };
  }
  void use(FakeAppHost& host) {
    host.add_to(com_);
    api_.CLSIDFromProgID = host.api(com_).CLSIDFromProgID;
  }

  bool read() {
    return read_iis_configuration(api_, files_, secrets_, facts_).has_iis;
  }

  FakeCom com_;
  Api api_;
  evidence::MemoryFiles files_;
  SecretTable secrets_;
  evidence::FileFacts facts_;
};

TEST_F(IisConfigTest, NothingIsThere) {
  EXPECT_FALSE(read());
  EXPECT_TRUE(facts_.configs.empty());
  EXPECT_TRUE(facts_.problems.empty());
}

TEST_F(IisConfigTest, AFileThatNoServiceLooksAfterIsNotInForce) {
  add_file("MetaBase.xml", kMetabaseFile);
  EXPECT_FALSE(read());
  EXPECT_TRUE(facts_.configs.empty());
}

TEST_F(IisConfigTest, WithoutTheInterfaceItsFile) {
  add_file(R"(config\applicationHost.config)", kAppHostFile);
  EXPECT_TRUE(read());
  ASSERT_EQ(facts_.configs.size(), 1U);
  EXPECT_EQ(facts_.iis7.layouts.size(), 1U);
  ASSERT_EQ(facts_.problems.size(), 1U);
  EXPECT_EQ(facts_.problems[0].origin.text(),
            R"(C:\WINDOWS\system32\inetsrv\config\applicationHost.config)");
  // Nobody kept it: a logon would be made with another one.
  const auto& node = facts_.configs[0].nodes.front();
  EXPECT_TRUE(node.password.value.is(StoredPassword::kOpaque));
  EXPECT_EQ(node.password_group, 0U);
}

TEST_F(IisConfigTest, SharedConfigurationWithoutTheInterface) {
  add_file(R"(config\applicationHost.config)", kAppHostFile);
  add_file(R"(config\redirection.config)",
           "<configuration><configurationRedirection enabled='true' "
           R"(path='\\srv\share'/></configuration>)");
  EXPECT_TRUE(read());
  EXPECT_TRUE(facts_.configs.empty());
  ASSERT_EQ(facts_.elsewhere.size(), 1U);
  EXPECT_EQ(facts_.elsewhere[0].where, R"(\\srv\share)");
}

TEST_F(IisConfigTest, ThirtyTwoBitsReadTheFileOfSixtyFour) {
  be_wow64();
  add_file(R"(config\applicationHost.config)", kAppHostFile, "sysnative");
  EXPECT_TRUE(read());
  ASSERT_EQ(facts_.problems.size(), 1U);
  EXPECT_EQ(facts_.problems[0].todo,
            "Run the 64-bit iisdiag on this 64-bit Windows.");
}

TEST_F(IisConfigTest, BothSideBySide) {
  FakeAppHost host(kAppHostFile);
  use(host);
  FakeMetabase base;
  base.set("/LM/W3SVC", 6020, L"through the translator");
  base.set("/LM/MSFTPSVC", 6020, L"IUSR_WEB01");
  base.add_to(com_);
  EXPECT_TRUE(read());
  ASSERT_EQ(facts_.configs.size(), 2U);
  EXPECT_EQ(facts_.configs[0].store, facts::Store::kAppHost);
  ASSERT_EQ(facts_.configs[1].nodes.size(), 1U);
  EXPECT_EQ(facts_.configs[1].nodes[0].path, "/LM/MSFTPSVC");
  EXPECT_TRUE(facts_.problems.empty());
}

TEST_F(IisConfigTest, RefusedMetabaseIsReadFromItsFile) {
  FakeMetabase base;
  base.set("/LM/W3SVC", 6020, L"IUSR_WEB01");
  base.before = [](std::string_view method, const std::string&, DWORD) {
    return method == "OpenKey" ? kDenied : S_OK;
  };
  base.add_to(com_);
  add_file("MetaBase.xml", kMetabaseFile);
  EXPECT_TRUE(read());
  ASSERT_EQ(facts_.configs.size(), 1U);
  EXPECT_TRUE(facts_.configs[0].nodes[0].account.value.is("IUSR_X"));
  EXPECT_TRUE(
      facts_.configs[0].nodes[0].password.value.is(StoredPassword::kOpaque));
  ASSERT_GE(facts_.problems.size(), 2U);
  EXPECT_EQ(facts_.problems[0].todo,
            "Run iisdiag from an elevated prompt (Run as administrator).");
}

TEST_F(IisConfigTest, RefusedMetabaseWithoutAFile) {
  FakeMetabase base;
  base.set("/LM/W3SVC", 6020, L"IUSR_WEB01");
  base.before = [](std::string_view method, const std::string&, DWORD) {
    return method == "OpenKey" ? kDenied : S_OK;
  };
  base.add_to(com_);
  EXPECT_TRUE(read());
  EXPECT_TRUE(facts_.configs.empty());
  EXPECT_FALSE(facts_.problems.empty());
}

TEST_F(IisConfigTest, RefusedInterfaceIsReadFromItsFile) {
  FakeAppHost host(kAppHostFile);
  host.refuse = [](const std::string&, const std::string&) { return kDenied; };
  use(host);
  add_file(R"(config\applicationHost.config)", kAppHostFile);
  EXPECT_TRUE(read());
  EXPECT_EQ(facts_.configs.size(), 1U);
  EXPECT_EQ(facts_.problems.size(), 2U);
}

TEST_F(IisConfigTest, WithoutCom) {
  Api none;
  none.IsWow64Process = api_.IsWow64Process;
  api_ = none;
  EXPECT_FALSE(read());
}

TEST_F(IisConfigTest, ThreadOfAnotherKind) {
  static int uninitialised = 0;
  uninitialised = 0;
  api_.CoInitializeEx = [](LPVOID, DWORD)
                            WINAPI -> HRESULT { return RPC_E_CHANGED_MODE; };
  api_.CoUninitialize = []() WINAPI { ++uninitialised; };
  {
    const ComThread thread(api_);
    EXPECT_EQ(thread.code(), S_OK);
  }
  EXPECT_EQ(uninitialised, 0);
  // Windows NT 4 without DCOM.
  api_.CoInitializeEx = nullptr;
  api_.CoInitialize = [](LPVOID) WINAPI -> HRESULT { return S_FALSE; };
  { const ComThread thread(api_); }
  EXPECT_EQ(uninitialised, 1);
}

TEST_F(IisConfigTest, FilesThatAreDamaged) {
  add_file(R"(config\applicationHost.config)", std::string_view("\0\1\2", 3));
  EXPECT_TRUE(read());
  EXPECT_TRUE(facts_.configs.empty());
  EXPECT_EQ(facts_.problems.size(), 1U);
}

}  // namespace
}  // namespace iisdiag::win32
