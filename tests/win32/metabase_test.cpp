#include "win32/metabase.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "evidence/format.hpp"
#include "evidence/limits.hpp"
#include "win32/fake_metabase.hpp"
#include "win32/iis_facts.hpp"

namespace iisdiag::win32 {
namespace {

using facts::StoredPassword;

constexpr DWORD kAccess = 6000;
constexpr DWORD kMethod = 6013;
constexpr DWORD kAccount = 6020;
constexpr DWORD kPassword = 6021;
constexpr DWORD kSync = 6022;
constexpr auto kDenied = static_cast<HRESULT>(0x80070005);

class MetabaseTest : public testing::Test {
 protected:
  MetabaseTest() {
    base_.add_to(com_);
    base_.set("/LM/W3SVC", kAccount, L"IUSR_WEB01");
    base_.set("/LM/W3SVC", kPassword, L"secret",
              METADATA_INHERIT | METADATA_SECURE);
    base_.set("/LM/W3SVC", kSync, DWORD{0});
    base_.key("/LM/W3SVC/1/ROOT");
    base_.set("/LM/W3SVC/1/ROOT/app", kAccount, LR"(CORP\web)");
    base_.set("/LM/W3SVC/Info/Templates/Secure Site", kAccount, L"nobody");
  }
  ~MetabaseTest() override {
    EXPECT_EQ(base_.open_handles, 0);
    EXPECT_EQ(FakeCom::objects(), 1);  // the factory
  }

  MetabaseReading read(bool with_web = true) {
    return read_metabase(com_.api(), with_web, secrets_);
  }

  static const facts::IisNode& node(const MetabaseReading& reading,
                                    std::string_view path) {
    for (const facts::IisNode& node : reading.config->nodes) {
      if (node.path == path) {
        return node;
      }
    }
    throw std::out_of_range(std::string(path));
  }

  FakeCom com_;
  FakeMetabase base_;
  SecretTable secrets_;
};

TEST_F(MetabaseTest, TellsWhatEachKeyStores) {
  const MetabaseReading reading = read();
  EXPECT_TRUE(reading.is_there);
  EXPECT_FALSE(reading.is_refused);
  EXPECT_TRUE(reading.problems.empty());
  ASSERT_TRUE(reading.config);
  EXPECT_TRUE(reading.config->whole);
  EXPECT_TRUE(reading.config->names_sites);
  std::string paths;
  for (const facts::IisNode& node : reading.config->nodes) {
    paths += node.path + "\n";
  }
  EXPECT_EQ(paths,
            "/LM/W3SVC\n/LM/W3SVC/1\n/LM/W3SVC/1/ROOT\n/LM/W3SVC/1/ROOT/app\n");
  const auto& account = node(reading, "/LM/W3SVC").account;
  EXPECT_TRUE(account.value.is("IUSR_WEB01"));
  EXPECT_TRUE(account.inherits);
  EXPECT_EQ(account.value.origin().text(),
            "IMSAdminBase::GetData /LM/W3SVC/AnonymousUserName");
  EXPECT_TRUE(node(reading, "/LM/W3SVC").password_sync.value.is(false));
  EXPECT_TRUE(node(reading, "/LM/W3SVC").anonymous.value.is_absent());
  EXPECT_TRUE(node(reading, "/LM/W3SVC/1/ROOT").account.value.is_absent());
  EXPECT_FALSE(node(reading, "/LM/W3SVC/1").serves);
  EXPECT_TRUE(node(reading, "/LM/W3SVC/1/ROOT").serves);
}

TEST_F(MetabaseTest, PasswordsAreNumbered) {
  base_.set("/LM/W3SVC/1/ROOT/app", kPassword, L"secret", METADATA_INHERIT);
  base_.set("/LM/W3SVC/1/ROOT/b", kPassword, L"", METADATA_INHERIT);
  base_.set("/LM/W3SVC/1/ROOT/c", kPassword, L"NOLONGERVALID", 0);
  const MetabaseReading reading = read();
  const auto& top = node(reading, "/LM/W3SVC");
  EXPECT_TRUE(top.password.value.is(StoredPassword::kClearText));
  ASSERT_NE(secrets_.find(top.password_group), nullptr);
  EXPECT_EQ(*secrets_.find(top.password_group), text::Secret(u"secret"));
  EXPECT_EQ(node(reading, "/LM/W3SVC/1/ROOT/app").password_group,
            top.password_group);
  const auto& empty = node(reading, "/LM/W3SVC/1/ROOT/b");
  EXPECT_TRUE(empty.password.value.is(StoredPassword::kEmpty));
  ASSERT_NE(secrets_.find(empty.password_group), nullptr);
  EXPECT_TRUE(secrets_.find(empty.password_group)->empty());
  const auto& lost = node(reading, "/LM/W3SVC/1/ROOT/c");
  EXPECT_TRUE(lost.password.value.is(StoredPassword::kLost));
  EXPECT_FALSE(lost.password.inherits);
  EXPECT_EQ(lost.password_group, 0U);
}

TEST_F(MetabaseTest, AskedOnlyForWhatIsStored) {
  for (int site = 2; site < 5000; ++site) {
    base_.key("/LM/W3SVC").data.size();
    base_.keys.push_back({"/LM/W3SVC/" + std::to_string(site), {}});
  }
  const MetabaseReading reading = read();
  EXPECT_EQ(reading.config->nodes.size(), 2U * 4999 + 2);
  EXPECT_EQ(base_.calls["GetDataPaths"], 9);
  EXPECT_EQ(base_.calls["GetData"], 4 + 1);  // and the schema
  EXPECT_EQ(base_.calls["OpenKey"], 3);
  EXPECT_LT(base_.calls["EnumKeys"], 5010);
}

TEST_F(MetabaseTest, ThousandsOfNodesThatStore) {
  for (int i = 0; i < 1000; ++i) {
    base_.keys.push_back({"/LM/W3SVC/1/ROOT/a" + std::to_string(i),
                          base_.key("/LM/W3SVC/1/ROOT/app").data});
  }
  const MetabaseReading reading = read();
  EXPECT_EQ(reading.config->nodes.size(), 1004U);
  // The list is asked for twice, for it does not fit at first.
  EXPECT_EQ(base_.calls["GetDataPaths"], 10);
  EXPECT_EQ(base_.calls["GetData"], 1000 + 5);
}

TEST_F(MetabaseTest, AnswersThatGrow) {
  base_.grows = true;
  const MetabaseReading reading = read();
  EXPECT_TRUE(
      node(reading, "/LM/W3SVC/1/ROOT/app").account.value.is(R"(CORP\web)"));
  EXPECT_TRUE(reading.problems.empty());
}

TEST_F(MetabaseTest, PathsFromTheRootMeanTheSame) {
  base_.paths_prefix = L"/LM/W3SVC";
  EXPECT_TRUE(
      node(read(), "/LM/W3SVC/1/ROOT/app").account.value.is(R"(CORP\web)"));
}

TEST_F(MetabaseTest, NotInstalledIsNotThere) {
  Api api = com_.api();
  api.CoCreateInstance = [](REFCLSID, LPUNKNOWN, DWORD, REFIID, LPVOID*)
                             WINAPI -> HRESULT { return REGDB_E_CLASSNOTREG; };
  EXPECT_FALSE(read_metabase(api, true, secrets_).is_there);
  api.CoCreateInstance = nullptr;
  EXPECT_FALSE(read_metabase(api, true, secrets_).is_there);
}

TEST_F(MetabaseTest, RefusedObject) {
  Api api = com_.api();
  api.CoCreateInstance = [](REFCLSID, LPUNKNOWN, DWORD, REFIID, LPVOID*)
                             WINAPI -> HRESULT { return kDenied; };
  const MetabaseReading reading = read_metabase(api, true, secrets_);
  EXPECT_TRUE(reading.is_there);
  EXPECT_TRUE(reading.is_refused);
  EXPECT_FALSE(reading.config);
  ASSERT_EQ(reading.problems.size(), 1U);
  EXPECT_EQ(reading.problems[0].text,
            "the metabase was not read: access is denied");
  EXPECT_EQ(reading.problems[0].todo,
            "Run iisdiag from an elevated prompt (Run as administrator).");
  EXPECT_EQ(reading.problems[0].origin.text(),
            "CoCreateInstance IMSAdminBase, error 5");
}

TEST_F(MetabaseTest, SuccessWithoutAnObject) {
  Api api = com_.api();
  api.CoCreateInstance = [](REFCLSID, LPUNKNOWN, DWORD, REFIID, LPVOID*)
                             WINAPI -> HRESULT { return S_OK; };
  EXPECT_TRUE(read_metabase(api, true, secrets_).is_refused);
}

TEST_F(MetabaseTest, RefusedKey) {
  base_.before = [](std::string_view method, const std::string& path, DWORD) {
    return method == "OpenKey" && path == "/LM/W3SVC" ? kDenied : S_OK;
  };
  base_.set("/LM/MSFTPSVC/1", kAccount, L"IUSR_WEB01");
  const MetabaseReading reading = read();
  EXPECT_TRUE(reading.is_refused);
  ASSERT_EQ(reading.problems.size(), 1U);
  EXPECT_EQ(reading.problems[0].text, "W3SVC was not read: access is denied");
  // The other one was read.
  EXPECT_TRUE(node(reading, "/LM/MSFTPSVC/1").serves);
}

TEST_F(MetabaseTest, HandleThatIsNone) {
  base_.untouched = true;
  base_.before = [](std::string_view method, const std::string&, DWORD) {
    return method == "OpenKey" ? kDenied : S_OK;
  };
  EXPECT_TRUE(read().is_refused);
}

TEST_F(MetabaseTest, RefusedPassword) {
  base_.before = [](std::string_view method, const std::string&, DWORD id) {
    return method == "GetData" && id == kPassword ? kDenied : S_OK;
  };
  const MetabaseReading reading = read();
  const auto& password = node(reading, "/LM/W3SVC").password.value;
  EXPECT_TRUE(password.is_unknown());
  EXPECT_EQ(password.reason().why, "access is denied");
  EXPECT_EQ(node(reading, "/LM/W3SVC").password_group, 0U);
  EXPECT_TRUE(node(reading, "/LM/W3SVC").account.value.is("IUSR_WEB01"));
}

TEST_F(MetabaseTest, DeletedMeanwhile) {
  base_.before = [](std::string_view method, const std::string&, DWORD id) {
    return method == "GetData" && id == kAccount
               ? static_cast<HRESULT>(MD_ERROR_DATA_NOT_FOUND)
               : S_OK;
  };
  EXPECT_TRUE(node(read(), "/LM/W3SVC").account.value.is_absent());
}

TEST_F(MetabaseTest, AnswersThatAreNone) {
  base_.untouched = true;
  base_.before = [](std::string_view method, const std::string&, DWORD) {
    return method == "GetData" ? kDenied : S_OK;
  };
  EXPECT_TRUE(node(read(), "/LM/W3SVC").account.value.is_unknown());
}

TEST_F(MetabaseTest, PlacesThatWereNotListed) {
  for (const bool untouched : {false, true}) {
    base_.untouched = untouched;
    base_.before = [](std::string_view method, const std::string&, DWORD id) {
      return method == "GetDataPaths" && id == kAccount ? kDenied : S_OK;
    };
    const MetabaseReading reading = read();
    EXPECT_FALSE(reading.config->whole);
    EXPECT_EQ(reading.problems.size(), 1U);
    EXPECT_TRUE(node(reading, "/LM/W3SVC").account.value.is_unknown());
    EXPECT_TRUE(node(reading, "/LM/W3SVC/1/ROOT").account.value.is_unknown());
    EXPECT_TRUE(node(reading, "/LM/W3SVC").password_sync.value.is(false));
  }
}

TEST_F(MetabaseTest, SitesThatWereNotListed) {
  for (const bool untouched : {false, true}) {
    base_.untouched = untouched;
    base_.before = [](std::string_view method, const std::string& path,
                      DWORD index) {
      return method == "EnumKeys" && path == "/LM/W3SVC" && index == 1 ? kDenied
                                                                       : S_OK;
    };
    const MetabaseReading reading = read();
    EXPECT_FALSE(reading.config->whole);
    ASSERT_EQ(reading.problems.size(), 1U);
    EXPECT_EQ(reading.problems[0].origin.name(),
              "IMSAdminBase::EnumKeys /LM/W3SVC");
  }
}

TEST_F(MetabaseTest, OtherTypesOfData) {
  base_.key("/LM/W3SVC").data[kAccount].type = BINARY_METADATA;
  base_.key("/LM/W3SVC").data[kPassword].type = DWORD_METADATA;
  base_.set("/LM/W3SVC", kMethod, DWORD{9});
  base_.set("/LM/W3SVC", kAccess, DWORD{4});
  base_.key("/LM/W3SVC").data[kSync].bytes.resize(2);
  const MetabaseReading reading = read();
  const auto& top = node(reading, "/LM/W3SVC");
  EXPECT_TRUE(top.account.value.is_unknown());
  EXPECT_TRUE(top.password.value.is_unknown());
  EXPECT_TRUE(top.logon_method.value.is_unknown());
  EXPECT_TRUE(top.anonymous.value.is(false));
  EXPECT_TRUE(top.other_scheme.value.is(true));
  EXPECT_TRUE(top.basic_scheme.value.is(false));
  EXPECT_TRUE(top.password_sync.value.is_unknown());
}

TEST_F(MetabaseTest, TextWithoutItsEnd) {
  auto& bytes = base_.key("/LM/W3SVC").data[kAccount].bytes;
  bytes.resize(bytes.size() - 2);
  EXPECT_TRUE(node(read(), "/LM/W3SVC").account.value.is("IUSR_WEB01"));
}

TEST_F(MetabaseTest, TextThatIsTooLong) {
  base_.key("/LM/W3SVC")
      .data[kAccount]
      .bytes.resize(evidence::kMaxXmlAttribute + 1);
  EXPECT_TRUE(node(read(), "/LM/W3SVC").account.value.is_unknown());
}

TEST_F(MetabaseTest, IsolationNeedsTheSchemasWord) {
  base_.set("/LM/W3SVC", 9203, DWORD{1});
  EXPECT_TRUE(read().config->isolation_mode.is(true));
  base_.set("/Schema/Properties/Names", 9203, L"SomethingElse");
  EXPECT_TRUE(read().config->isolation_mode.is_unknown());
  base_.key("/Schema/Properties/Names").data.clear();
  EXPECT_TRUE(read().config->isolation_mode.is_unknown());
}

TEST_F(MetabaseTest, FtpAloneBesideIis7) {
  base_.set("/LM/MSFTPSVC", kAccount, L"IUSR_WEB01");
  base_.key("/LM/MSFTPSVC/1");
  const MetabaseReading reading = read(false);
  ASSERT_EQ(reading.config->nodes.size(), 2U);
  EXPECT_EQ(reading.config->nodes[0].path, "/LM/MSFTPSVC");
  EXPECT_EQ(base_.calls["OpenKey"], 1);
}

TEST_F(MetabaseTest, NoServiceHasAKey) {
  base_.keys.clear();
  const MetabaseReading reading = read();
  EXPECT_TRUE(reading.is_there);
  EXPECT_FALSE(reading.is_refused);
  EXPECT_FALSE(reading.config);
}

class MetabaseScenarios : public testing::TestWithParam<const char*> {};

TEST_P(MetabaseScenarios, AgreeWithTheFile) {
  const std::string xml = captured_file(GetParam(), "MetaBase.xml");
  const auto captured = read_captured(evidence::kMetabaseXml, xml);
  FakeCom com;
  FakeMetabase base;
  base.load(xml);
  base.add_to(com);
  SecretTable secrets;
  const MetabaseReading reading = read_metabase(com.api(), true, secrets);
  ASSERT_TRUE(reading.config);
  const std::string expected = identities(captured.configs, "6.0", "2003");
  EXPECT_FALSE(expected.empty());
  EXPECT_EQ(identities({*reading.config}, "6.0", "2003"), expected);
}

INSTANTIATE_TEST_SUITE_P(
    , MetabaseScenarios,
    testing::Values("healthy-iis6", "ftp-account-missing-iis6",
                    "account-not-configured-iis6", "upgraded-sync-iis6",
                    "locked-by-stale-copy-iis6", "stale-override-iis6",
                    "moved-metabase-iis6", "ftp-sync-blocks",
                    "isolation-mode-sync-iis6", "parents-password-iis6",
                    "method-override-iis6", "child-account-disabled-iis6",
                    "isolation-mode-unregistered-iis6", "half-renamed-iis6",
                    "workstation-list-domain-iis6"),
    [](const auto& tested) {
      std::string name = tested.param;
      std::replace(name.begin(), name.end(), '-', '_');
      return name;
    });

}  // namespace
}  // namespace iisdiag::win32
