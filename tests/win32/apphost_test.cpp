#include "win32/apphost.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "evidence/format.hpp"
#include "win32/fake_apphost.hpp"
#include "win32/iis_facts.hpp"

namespace iisdiag::win32 {
namespace {

using facts::StoredPassword;

constexpr auto kDenied = static_cast<HRESULT>(0x80070005);
constexpr std::string_view kServer = "MACHINE/WEBROOT/APPHOST";

// With the section at the server's level, its locations and more sites.
std::string config(std::string_view server, std::string_view locations = {},
                   std::string_view sites = {}) {
  const auto section = [](std::string_view attributes) {
    return "<system.webServer><security><authentication>"
           "<anonymousAuthentication " +
           std::string(attributes) +
           "/></authentication></security></system.webServer>";
  };
  return "<configuration><system.applicationHost><applicationPools>"
         "<add name='DefaultAppPool'/><applicationPoolDefaults><processModel "
         "identityType='NetworkService'/></applicationPoolDefaults>"
         "</applicationPools><sites>"
         "<site name='Default Web Site'><application path='/'>"
         "<virtualDirectory path='/'/><virtualDirectory path='/img'/>"
         "</application><application path='/app' "
         "applicationPool='DefaultAppPool'/><bindings><binding "
         "protocol='http'/></bindings></site>" +
         std::string(sites) + "</sites></system.applicationHost>" +
         section(server) + std::string(locations) + "</configuration>";
}

std::string location(std::string_view path, std::string_view attributes) {
  return "<location path='" + std::string(path) +
         "'><system.webServer><security><authentication>"
         "<anonymousAuthentication " +
         std::string(attributes) +
         "/></authentication></security></system.webServer></location>";
}

class AppHostTest : public testing::Test {
 protected:
  ~AppHostTest() override { EXPECT_EQ(FakeCom::objects(), 0); }

  AppHostReading read(FakeAppHost& host, const std::string& file = {}) {
    evidence::MemoryFiles files;
    if (!file.empty()) {
      files.add(host.file_path, file);
    }
    FakeCom com;
    host.add_to(com);
    AppHostReading reading = read_apphost(host.api(com), files, secrets_);
    EXPECT_EQ(FakeCom::objects(), 1);  // the factory
    return reading;
  }

  static const facts::IisNode& node(const AppHostReading& reading,
                                    std::string_view path) {
    for (const facts::IisNode& node : reading.config->nodes) {
      if (node.path == path) {
        return node;
      }
    }
    throw std::out_of_range(std::string(path));
  }
  static std::string paths(const AppHostReading& reading) {
    std::string result;
    for (const facts::IisNode& node : reading.config->nodes) {
      result += std::string(facts::service_name(node.service)) + " " +
                node.path + "\n";
    }
    return result;
  }

  SecretTable secrets_;
};

TEST_F(AppHostTest, NodesAreTheServerSitesApplicationsAndWhatDiffers) {
  FakeAppHost host(
      config("userName='IUSR'",
             location("Default Web Site/app/x", "userName='' enabled='false'") +
                 location("Default Web Site/same", "enabled='true'") +
                 location("Gone/x", "userName='nobody'")));
  const AppHostReading reading = read(host);
  EXPECT_TRUE(reading.is_there);
  EXPECT_FALSE(reading.is_refused);
  EXPECT_TRUE(reading.problems.empty());
  EXPECT_EQ(paths(reading),
            "W3SVC MACHINE/WEBROOT/APPHOST\nW3SVC Default Web Site\n"
            "W3SVC Default Web Site/app\nW3SVC Default Web Site/app/x\n");
  EXPECT_TRUE(reading.config->whole);
  EXPECT_TRUE(reading.config->names_sites);
  const auto& deepest = node(reading, "Default Web Site/app/x");
  EXPECT_TRUE(deepest.account.value.is(""));
  EXPECT_TRUE(deepest.anonymous.value.is(false));
  EXPECT_TRUE(deepest.logon_method.value.is_absent());
  EXPECT_TRUE(deepest.password.value.is_absent());
  EXPECT_EQ(deepest.account.value.origin().text(),
            "ApplicationHost.AdminManager MACHINE/WEBROOT/APPHOST/Default Web "
            "Site/app/x");
  EXPECT_TRUE(node(reading, "Default Web Site").account.value.is_absent());
  EXPECT_TRUE(
      node(reading, "Default Web Site/app").pool.value.is("DefaultAppPool"));
  ASSERT_EQ(reading.config->pools.size(), 1U);
  EXPECT_TRUE(
      reading.config->pool_default.is(facts::PoolAccount::kNetworkService));
}

TEST_F(AppHostTest, PasswordsAreDecryptedAndNumbered) {
  FakeAppHost host(config("userName='a' password='[enc:AesProvider:AAAA:enc]'",
                          location("Default Web Site", "userName='b'") +
                              location("Default Web Site/app",
                                       "password='[enc:AesProvider::enc]'")));
  const AppHostReading reading = read(host);
  const auto& top = node(reading, kServer);
  EXPECT_TRUE(top.password.value.is(StoredPassword::kClearText));
  ASSERT_NE(secrets_.find(top.password_group), nullptr);
  EXPECT_EQ(*secrets_.find(top.password_group), text::Secret(u"clear AAAA"));
  // Two accounts may have one password: without the file nobody is accused.
  EXPECT_EQ(node(reading, "Default Web Site").password_group,
            top.password_group);
  const auto& empty = node(reading, "Default Web Site/app");
  EXPECT_TRUE(empty.password.value.is(StoredPassword::kEmpty));
  EXPECT_TRUE(empty.account.value.is_absent());
}

TEST_F(AppHostTest, PasswordsAreWipedBeforeTheyAreFreed) {
  static int legible = 0;
  static int cleared = 0;
  legible = cleared = 0;
  FakeAppHost host(config("userName='a' password='geheim'"));
  FakeCom com;
  host.add_to(com);
  Api api = host.api(com);
  api.VariantClear = [](VARIANTARG* value) WINAPI -> HRESULT {
    if (value->vt == VT_BSTR) {
      const std::wstring_view text(value->bstrVal,
                                   SysStringLen(value->bstrVal));
      ++cleared;
      legible += text.find_first_not_of(L'\0') != text.npos ? 1 : 0;
    }
    return VariantClear(value);
  };
  read_apphost(api, evidence::MemoryFiles(), secrets_);
  EXPECT_GT(cleared, 3);
  EXPECT_EQ(legible, 0);
}

TEST_F(AppHostTest, TheFileTellsWhatANodeStores) {
  const std::string xml =
      config("userName='a' password='[enc:AesProvider:AAAA:enc]'",
             location("Default Web Site", "userName='b'") +
                 location("Default Web Site/app", "userName='b'"));
  FakeAppHost host(xml);
  const AppHostReading reading = read(host, xml);
  EXPECT_TRUE(node(reading, "Default Web Site").password.value.is_absent());
  // The same again is stored as well.
  EXPECT_TRUE(node(reading, "Default Web Site/app").account.value.is("b"));
  EXPECT_EQ(node(reading, "Default Web Site/app").account.value.origin().name(),
            host.file_path);
  EXPECT_TRUE(node(reading, kServer).logon_method.value.is_absent());
}

TEST_F(AppHostTest, PathsOfFilesAreShownAsPeopleWriteThem) {
  for (const auto& [told, path] :
       {std::pair(R"(\\?\C:\config\a.config)", R"(C:\config\a.config)"),
        std::pair(R"(\\?\UNC\srv\share\a.config)",
                  R"(\\srv\share\a.config)")}) {
    const std::string xml = config("userName='a'");
    FakeAppHost host(xml);
    evidence::MemoryFiles files;
    files.add(path, xml);
    host.file_path = told;
    FakeCom com;
    host.add_to(com);
    const auto reading = read_apphost(host.api(com), files, secrets_);
    EXPECT_EQ(node(reading, kServer).account.value.origin().name(), path);
  }
}

TEST_F(AppHostTest, AWebConfigCounts) {
  const std::string xml = config("userName='IUSR'");
  FakeAppHost host(xml);
  host.web_configs["Default Web Site/img"] = {{"userName", "other"}};
  const AppHostReading reading = read(host, xml);
  EXPECT_TRUE(node(reading, "Default Web Site/img").account.value.is("other"));
}

TEST_F(AppHostTest, PasswordThatCannotBeDecrypted) {
  FakeAppHost host(config("userName='a' password='[enc:AesProvider:AA:enc]'"));
  host.decryption = NTE_BAD_KEYSET;
  const AppHostReading reading = read(host);
  const auto& password = node(reading, kServer).password.value;
  EXPECT_EQ(password.reason().why,
            "the key that it is encrypted with is not there");
  EXPECT_TRUE(node(reading, kServer).account.value.is("a"));
  // Told once, not at each node that inherits it.
  EXPECT_TRUE(node(reading, "Default Web Site").password.value.is_absent());
}

TEST_F(AppHostTest, NotInstalledIsNotThere) {
  evidence::MemoryFiles files;
  FakeCom com;
  Api api = com.api();
  EXPECT_FALSE(read_apphost(api, files, secrets_).is_there);
  api.CLSIDFromProgID = nullptr;
  EXPECT_FALSE(read_apphost(api, files, secrets_).is_there);
}

TEST_F(AppHostTest, RefusedObject) {
  FakeAppHost host(config(""));
  evidence::MemoryFiles files;
  FakeCom com;
  Api api = host.api(com);
  api.CoCreateInstance = [](REFCLSID, LPUNKNOWN, DWORD, REFIID, LPVOID*)
                             WINAPI -> HRESULT { return kDenied; };
  const AppHostReading reading = read_apphost(api, files, secrets_);
  EXPECT_TRUE(reading.is_refused);
  ASSERT_EQ(reading.problems.size(), 1U);
  EXPECT_EQ(reading.problems[0].todo,
            "Run iisdiag from an elevated prompt (Run as administrator).");
}

TEST_F(AppHostTest, RefusedSites) {
  FakeAppHost host(config(""));
  host.refuse = [](const std::string& section, const std::string&) {
    return section == "system.applicationHost/sites" ? kDenied : S_OK;
  };
  const AppHostReading reading = read(host);
  EXPECT_TRUE(reading.is_refused);
  EXPECT_FALSE(reading.config);
  ASSERT_EQ(reading.problems.size(), 1U);
  EXPECT_EQ(reading.problems[0].text,
            "the list of sites was not read: access is denied");
}

TEST_F(AppHostTest, RefusedSection) {
  FakeAppHost host(config(""));
  host.refuse = [](const std::string&, const std::string& path) {
    return path == "MACHINE/WEBROOT/APPHOST/Default Web Site/app"
               ? static_cast<HRESULT>(0x80070021)
               : S_OK;
  };
  const AppHostReading reading = read(host);
  ASSERT_EQ(reading.problems.size(), 1U);
  EXPECT_EQ(reading.problems[0].text,
            "the settings of the anonymous logon were not read: a web.config "
            "sets what is locked, and IIS answers 500.19");
  EXPECT_TRUE(node(reading, "Default Web Site/app").account.value.is_unknown());
  EXPECT_TRUE(node(reading, "Default Web Site").account.value.is_absent());
}

// Whatever is refused, or answered with nothing: no crash, nothing left over,
// and never an account that nobody told.
TEST_F(AppHostTest, EveryCallFailsOnce) {
  const std::string xml = config("userName='a' password='x'",
                                 location("Default Web Site", "userName='b'"));
  int calls = 0;
  {
    FakeAppHost host(xml);
    read(host);
    calls = host.calls.invokes;
  }
  ASSERT_GT(calls, 30);
  for (int mode = 0; mode < 3; ++mode) {
    for (int failing = 1; failing <= calls; ++failing) {
      FakeAppHost host(xml);
      host.calls.throws = mode == 0;
      host.calls.untouched = mode == 2;
      host.calls.before = [&](const std::wstring&) {
        return host.calls.invokes == failing ? kDenied : S_OK;
      };
      const AppHostReading reading = read(host);
      if (!reading.config) {
        EXPECT_TRUE(reading.is_refused) << failing;
        continue;
      }
      for (const facts::IisNode& node : reading.config->nodes) {
        const auto& account = node.account.value;
        EXPECT_TRUE(!account.has_value() || *account == "a" ||
                    *account == "b" || !reading.config->whole)
            << failing << " " << node.path << " " << account.value_or({});
      }
    }
  }
}

TEST_F(AppHostTest, NamesAreLookedUpOnceForEachInterface) {
  std::string sites;
  for (int i = 0; i < 300; ++i) {
    sites += "<site name='s" + std::to_string(i) +
             "'><application path='/'/><application path='/a'/>"
             "<bindings><binding protocol='http'/></bindings></site>";
  }
  FakeAppHost host(config("", {}, sites));
  const AppHostReading reading = read(host);
  EXPECT_EQ(reading.config->nodes.size(), 603U);
  EXPECT_LT(host.calls.lookups, 20);
  // A third of them for the other ways to authenticate.
  EXPECT_LT(host.calls.invokes, 603 * 45);
}

TEST_F(AppHostTest, OtherWaysToAuthenticate) {
  const auto scheme = [](std::string_view path, std::string_view leaf) {
    return "<location path='" + std::string(path) +
           "'><system.webServer><security><authentication><" +
           std::string(leaf) +
           " enabled='true'/></authentication></security></system.webServer>"
           "</location>";
  };
  FakeAppHost host(
      config("", scheme("Default Web Site", "windowsAuthentication") +
                     scheme("Default Web Site/app", "basicAuthentication")));
  AppHostReading reading = read(host);
  const facts::IisNode& server = node(reading, "MACHINE/WEBROOT/APPHOST");
  EXPECT_TRUE(server.other_scheme.value.is(false));
  EXPECT_TRUE(server.basic_scheme.value.is(false));
  const facts::IisNode& site = node(reading, "Default Web Site");
  EXPECT_TRUE(site.other_scheme.value.is(true));
  EXPECT_FALSE(site.basic_scheme.value.is(true));
  EXPECT_TRUE(
      node(reading, "Default Web Site/app").basic_scheme.value.is(true));
  // Not installed, or refused: then it is not known whether it is on.
  for (const HRESULT code : {kDenied, HRESULT_FROM_WIN32(ERROR_NOT_FOUND)}) {
    host.refuse = [code](const std::string& name, const std::string&) {
      return name.ends_with("digestAuthentication") ? code : S_OK;
    };
    reading = read(host);
    EXPECT_FALSE(
        node(reading, "MACHINE/WEBROOT/APPHOST").other_scheme.value.is(false));
    EXPECT_TRUE(node(reading, "Default Web Site").other_scheme.value.is(true));
  }
}

constexpr std::string_view kFtpSite =
    "<site name='Ftp'><bindings><binding protocol='ftp'/></bindings>"
    "<ftpServer><security><authentication><anonymousAuthentication "
    "enabled='true'/></authentication></security></ftpServer></site>"
    "<siteDefaults><ftpServer><security><authentication>"
    "<anonymousAuthentication userName='ftp' password='[enc:A:BB:enc]'/>"
    "</authentication></security></ftpServer></siteDefaults>";

TEST_F(AppHostTest, FtpSitesInheritFromSiteDefaults) {
  const std::string xml = config("", {}, kFtpSite);
  for (const bool merges : {true, false}) {
    FakeAppHost host(xml);
    host.merges_defaults = merges;
    const AppHostReading reading = read(host, xml);
    const auto& site = node(reading, "Ftp");
    EXPECT_EQ(site.service, facts::Service::kFtp7);
    EXPECT_TRUE(site.anonymous.value.is(true));
    EXPECT_TRUE(site.account.value.is_absent());
    EXPECT_TRUE(site.password.value.is_absent());
    EXPECT_TRUE(reading.config->nodes.back().account.value.is("ftp"));
  }
}

TEST_F(AppHostTest, WithoutTheFileADefaultBesideAnotherIsDoubtful) {
  FakeAppHost host(config("", {}, kFtpSite));
  host.merges_defaults = false;
  EXPECT_TRUE(node(read(host), "Ftp").account.value.is_unknown());
  FakeAppHost merging(config("", {}, kFtpSite));
  EXPECT_TRUE(node(read(merging), "Ftp").account.value.is_absent());
}

TEST_F(AppHostTest, SharedConfigurationIsFollowed) {
  FakeAppHost host(config(""));
  host.redirected_to = R"(\\srv\share)";
  AppHostReading reading = read(host);
  ASSERT_EQ(reading.notes.size(), 1U);
  EXPECT_EQ(reading.notes[0].text,
            R"(the configuration is shared: it was read from \\srv\share)");
  EXPECT_TRUE(reading.elsewhere.empty());
  FakeAppHost lost(config(""));
  lost.redirected_to = R"(\\srv\share)";
  lost.refuse = [](const std::string& section, const std::string&) {
    return section == "configurationRedirection"
               ? S_OK
               : static_cast<HRESULT>(0x80070003);
  };
  reading = read(lost);
  EXPECT_TRUE(reading.is_refused);
  ASSERT_EQ(reading.elsewhere.size(), 1U);
  EXPECT_EQ(reading.elsewhere[0].where, R"(\\srv\share)");
}

struct Captured {
  const char* scenario;
  const char* file = "applicationHost.config";
};

class AppHostScenarios : public testing::TestWithParam<Captured> {};

TEST_P(AppHostScenarios, AgreeWithTheFile) {
  const std::string xml = captured_file(GetParam().scenario, GetParam().file);
  const auto captured = read_captured(evidence::kApphostConfig, xml);
  for (const bool has_file : {true, false}) {
    FakeAppHost host(xml);
    evidence::MemoryFiles files;
    if (has_file) {
      files.add(host.file_path, xml);
    }
    FakeCom com;
    host.add_to(com);
    SecretTable secrets;
    const AppHostReading reading = read_apphost(host.api(com), files, secrets);
    ASSERT_TRUE(reading.config);
    std::string expected = identities(captured.configs, "10.0", "2019");
    // The interface shows an empty password and none alike; so does IIS.
    const std::string empty = "password empty of MACHINE/WEBROOT/APPHOST";
    if (const auto at = expected.find(empty);
        !has_file && at != std::string::npos) {
      expected.replace(at, empty.size(), "password absent of ");
    }
    EXPECT_EQ(identities({*reading.config}, "10.0", "2019"), expected);
    if (has_file) {
      ASSERT_EQ(reading.iis7.layouts.size(), 1U);
      EXPECT_EQ(reading.iis7.layouts[0].modules,
                captured.iis7.layouts[0].modules);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    , AppHostScenarios,
    testing::Values(
        Captured{"ftp7-wrong-logon-domain"},
        Captured{"web-disabled-ftp-fine-2008"},
        Captured{"anonymous-off-everywhere"},
        Captured{"apphost-custom-account-deny-local"},
        Captured{"apphost-pool-identity"}, Captured{"domain-account-iis10"},
        Captured{"batch-method-windows10"}, Captured{"locked-custom-2019"},
        Captured{"blank-password-windows11"},
        Captured{"interactive-method-2022"}, Captured{"healthy-builtin-iusr"},
        Captured{"web-config-locked-look-alike"}),
    [](const auto& tested) {
      std::string name = tested.param.scenario;
      std::replace(name.begin(), name.end(), '-', '_');
      return name;
    });

}  // namespace
}  // namespace iisdiag::win32
