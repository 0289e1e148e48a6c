// Which policy defines a right, as the RSoP classes of WMI tell it.
#include "win32/rsop.hpp"

#include <gtest/gtest.h>

#include "win32/fake_windows.hpp"
#include "win32/fake_wmi.hpp"
#include "win32/local_server.hpp"

namespace iisdiag::win32 {
namespace {

using evidence::FileFacts;
using facts::LogonRight;
using facts::RightsList;
using Texts = std::vector<std::wstring>;

constexpr std::wstring_view kDefault =
    L"cn={31b2f340-016d-11d2-945f-00c04fb984f9},cn=policies,cn=system,"
    L"DC=corp,DC=example";
constexpr std::wstring_view kWeb =
    L"CN={6AC1786C-016F-11D2-945F-00C04FB984F9},CN=Policies,CN=System,"
    L"DC=corp,DC=example";
constexpr std::string_view kWebId = "{6AC1786C-016F-11D2-945F-00C04FB984F9}";

constexpr auto kWmiDenied = static_cast<HRESULT>(WBEM_E_ACCESS_DENIED);

class RsopTest : public testing::Test {
 protected:
  RsopTest() {
    wmi_.add_to(com_);
    wmi_.classes[L"RSOP_UserPrivilegeRight"];
    wmi_.classes[L"RSOP_GPO"];
    policy(kDefault, L"Default Domain Policy");
    policy(kWeb, L"Web servers");
  }
  ~RsopTest() override {
    EXPECT_EQ(FakeCom::objects(), 1);  // the factory
    EXPECT_EQ(windows_.open, 0);
    EXPECT_FALSE(windows_.is_broken);
  }

  FakeInstance& right(const std::wstring& name, std::int32_t precedence,
                      std::wstring_view policy, const Texts& accounts) {
    auto& rights = wmi_.classes[L"RSOP_UserPrivilegeRight"];
    rights.push_back({{L"UserRight", text_of(name)},
                      {L"precedence", number_of(precedence)},
                      {L"GPOID", text_of(std::wstring(policy))},
                      {L"AccountList", texts_of(accounts)}});
    return rights.back();
  }
  void policy(std::wstring_view id, const std::wstring& name) {
    wmi_.classes[L"RSOP_GPO"].push_back(
        {{L"id", text_of(std::wstring(id))}, {L"name", text_of(name)}});
  }
  // What LSA says.
  void in_force(LogonRight right, const std::vector<std::string>& sids) {
    std::vector<facts::Principal> holders;
    for (const std::string& sid : sids) {
      holders.push_back({facts::Sid::parse(sid), {}});
    }
    in_force_.holders(right) = {
        std::move(holders),
        facts::Origin::from_api("LsaEnumerateAccountsWithUserRight", 0)};
  }
  // The answer of one call.
  void answer(const std::string& call, HRESULT code) {
    wmi_.before = [call, code](const std::string& made) {
      return made.starts_with(call) ? code : S_OK;
    };
  }

  FileFacts read() {
    Api api = wmi_.api(com_);
    api.LookupAccountNameW = windows_.api().LookupAccountNameW;
    api.LookupAccountSidW = windows_.api().LookupAccountSidW;
    FileFacts facts;
    facts.rights.push_back(in_force_);
    read_policy_rights(api, facts);
    EXPECT_EQ(facts.rights.at(0), in_force_);
    return facts;
  }
  void expect_silence() {
    const FileFacts facts = read();
    EXPECT_EQ(facts.rights.size(), 1U);
    EXPECT_TRUE(facts.problems.empty());
    EXPECT_TRUE(facts.notes.empty());
    EXPECT_FALSE(facts.policy_report);
  }
  // The one problem.
  static std::string problem(const FileFacts& facts) {
    EXPECT_EQ(facts.problems.size(), 1U);
    EXPECT_FALSE(facts.policy_report);
    return facts.problems.empty() ? ""
                                  : facts.problems[0].text + " | " +
                                        facts.problems[0].origin.text() +
                                        " | " + facts.problems[0].todo;
  }
  static std::string holders(const RightsList& list, LogonRight right) {
    const auto& told = list.holders(right);
    std::string text = list.is_cut(right) ? "cut: " : "";
    for (const facts::Principal& holder : told.value_or({})) {
      text += holder.text() + " ";
    }
    return told.has_value() ? text : "unknown";
  }

  FakeCom com_;
  FakeWmi wmi_;
  FakeWindows windows_;
  RightsList in_force_;
};

TEST_F(RsopTest, TheWinnerAndTheLoser) {
  right(L"SeNetworkLogonRight", 2, kDefault, {L"*S-1-5-11"});
  right(L"SeNetworkLogonRight", 1, kWeb, {L"*S-1-1-0", L"S-1-5-32-544"});
  right(L"SeBackupPrivilege", 1, kDefault, {L"*S-1-5-32-544"});
  const FileFacts facts = read();
  ASSERT_EQ(facts.rights.size(), 2U);
  const RightsList& list = facts.rights[1];
  EXPECT_TRUE(list.is_policy);
  EXPECT_TRUE(list.is_winner);
  EXPECT_EQ(list.policy_id, kWebId);
  EXPECT_EQ(list.policy_name, "Web servers");
  EXPECT_EQ(list.origin.text(), "RSOP_UserPrivilegeRight");
  EXPECT_EQ(holders(list, LogonRight::kNetwork), "S-1-1-0 S-1-5-32-544 ");
  EXPECT_EQ(list.holders(LogonRight::kNetwork).origin().text(),
            "RSOP_UserPrivilegeRight SeNetworkLogonRight");
  EXPECT_EQ(holders(list, LogonRight::kBatch), "unknown");
  EXPECT_EQ(
      facts.policies,
      (std::vector<facts::PolicyName>{{std::string(kWebId), "Web servers"}}));
  EXPECT_TRUE(facts.policy_report);
  EXPECT_TRUE(facts.problems.empty());
  EXPECT_TRUE(facts.notes.empty());
  EXPECT_EQ(wmi_.calls.at(0), "ConnectServer ROOT\\RSOP\\Computer");
  EXPECT_EQ(wmi_.blankets, 3);
}

TEST_F(RsopTest, TwoPolicies) {
  right(L"senetworklogonright", 1, kWeb, {L"*S-1-1-0"});
  right(L"SeBatchLogonRight", 1, kDefault, {L"*S-1-5-32-544"});
  right(L"SeDenyBatchLogonRight", 1, kWeb, {});
  const FileFacts facts = read();
  ASSERT_EQ(facts.rights.size(), 3U);
  EXPECT_EQ(facts.rights[1].policy_name, "Web servers");
  EXPECT_EQ(holders(facts.rights[1], LogonRight::kNetwork), "S-1-1-0 ");
  EXPECT_EQ(holders(facts.rights[1], LogonRight::kDenyBatch), "");
  EXPECT_EQ(facts.rights[2].policy_name, "Default Domain Policy");
  EXPECT_EQ(facts.rights[2].policy_id,
            "{31B2F340-016D-11D2-945F-00C04FB984F9}");
  EXPECT_EQ(holders(facts.rights[2], LogonRight::kBatch), "S-1-5-32-544 ");
}

TEST_F(RsopTest, APolicyWithoutAGuidAndOneWithoutAName) {
  right(L"SeBatchLogonRight", 1, L"LocalGPO", {L"*S-1-5-32-544"});
  right(L"SeNetworkLogonRight", 1, L"CN={short},CN=Policies", {L"*S-1-1-0"});
  policy(L"LocalGPO", L"Local Group Policy");
  const FileFacts facts = read();
  ASSERT_EQ(facts.rights.size(), 3U);
  EXPECT_EQ(facts.rights[1].policy_id, "CN={SHORT},CN=POLICIES");
  EXPECT_EQ(facts.rights[1].policy_name, "");
  EXPECT_EQ(facts.rights[2].policy_id, "LOCALGPO");
  EXPECT_EQ(facts.rights[2].policy_name, "Local Group Policy");
}

TEST_F(RsopTest, NamesAreTranslatedOnce) {
  windows_.users.emplace_back();
  windows_.names.push_back(
      {L"BUILTIN", L"Guests", SidTypeAlias, "S-1-5-32-546"});
  for (const wchar_t* name : {L"SeNetworkLogonRight", L"SeBatchLogonRight"}) {
    right(name, 1, kWeb,
          {L"WEB01\\IUSR_WEB01", L"BUILTIN\\Guests", L"CORP\\gone"});
  }
  const FileFacts facts = read();
  EXPECT_EQ(holders(facts.rights.at(1), LogonRight::kNetwork),
            "S-1-5-21-1-2-3-1001 S-1-5-32-546 CORP\\gone ");
  EXPECT_EQ(holders(facts.rights.at(1), LogonRight::kBatch),
            "S-1-5-21-1-2-3-1001 S-1-5-32-546 CORP\\gone ");
  EXPECT_EQ(windows_.count("LookupAccountNameW"), 3U);
  ASSERT_EQ(facts.accounts.names.size(), 1U);
  EXPECT_EQ(facts.accounts.names[0].name, "WEB01\\IUSR_WEB01");
}

TEST_F(RsopTest, NoMoreThanSoManyNames) {
  Texts names;
  for (int i = 0; i < 100; ++i) {
    names.push_back(L"CORP\\user" + std::to_wstring(i));
  }
  right(L"SeNetworkLogonRight", 1, kWeb, names);
  const FileFacts facts = read();
  EXPECT_EQ(windows_.count("LookupAccountNameW"), 64U);
  EXPECT_EQ(facts.rights.at(1).holders(LogonRight::kNetwork)->size(), 100U);
}

TEST_F(RsopTest, NobodyDefinesARight) {
  expect_silence();
  EXPECT_EQ(wmi_.calls.size(), 3U);  // no policy is asked for
}

TEST_F(RsopTest, NotThere) {
  struct Row {
    std::string call;
    std::uint32_t code;
  };
  right(L"SeNetworkLogonRight", 1, kWeb, {L"*S-1-1-0"});
  for (const Row& row :
       {Row{"ConnectServer", WBEM_E_INVALID_NAMESPACE},
        Row{"ConnectServer", WBEM_E_INVALID_PARAMETER},  // Windows 2000
        Row{"ConnectServer", WBEM_E_NOT_FOUND},
        Row{"CreateInstanceEnum RSOP_User", WBEM_E_INVALID_CLASS},
        Row{"Next RSOP_User", WBEM_E_INVALID_CLASS}}) {
    answer(row.call, static_cast<HRESULT>(row.code));
    expect_silence();
  }
}

TEST_F(RsopTest, WithoutComOrWmi) {
  for (const auto forget : std::vector<void (*)(Api&)>{
           [](Api& api) { api.CoCreateInstance = nullptr; },
           [](Api& api) { api.CoUninitialize = nullptr; },
           [](Api& api) { api.GetTickCount = nullptr; }}) {
    Api api = wmi_.api(com_);
    forget(api);
    FileFacts facts;
    read_policy_rights(api, facts);
    EXPECT_TRUE(facts.problems.empty());
    EXPECT_TRUE(facts.rights.empty());
  }
}

TEST_F(RsopTest, Refused) {
  right(L"SeNetworkLogonRight", 1, kWeb, {L"*S-1-1-0"});
  const std::string text =
      "which policy defines a right was not read: access is denied | ";
  const std::string todo =
      " | Run iisdiag from an elevated prompt (Run as administrator).";
  answer("ConnectServer", kWmiDenied);
  EXPECT_EQ(problem(read()), text +
                                 "IWbemLocator::ConnectServer "
                                 "ROOT\\RSOP\\Computer, error 2147749891" +
                                 todo);
  for (const std::string call : {"CreateInstanceEnum", "Next"}) {
    answer(call, kWmiDenied);
    const FileFacts facts = read();
    EXPECT_EQ(problem(facts),
              text + "RSOP_UserPrivilegeRight, error 2147749891" + todo);
    EXPECT_EQ(facts.rights.size(), 1U);
  }
  answer("CoCreateInstance", E_ACCESSDENIED);
  EXPECT_EQ(problem(read()), text +
                                 "IWbemLocator::ConnectServer "
                                 "ROOT\\RSOP\\Computer, error 5" +
                                 todo);
}

TEST_F(RsopTest, TheServiceIsOff) {
  answer("ConnectServer", static_cast<HRESULT>(0x80070422));
  EXPECT_EQ(problem(read()),
            "which policy defines a right was not read: the service of WMI "
            "does not run | IWbemLocator::ConnectServer ROOT\\RSOP\\Computer, "
            "error 1058 | Start the service Windows Management "
            "Instrumentation (winmgmt) and run iisdiag again.");
}

TEST_F(RsopTest, OneCallFails) {
  right(L"SeNetworkLogonRight", 1, kWeb, {L"*S-1-1-0"});
  for (const std::string call :
       {"Get UserRight", "Get precedence", "Get GPOID", "Get AccountList"}) {
    for (const HRESULT code :
         {E_OUTOFMEMORY, static_cast<HRESULT>(WBEM_E_NOT_FOUND)}) {
      answer(call, code);
      const FileFacts facts = read();
      EXPECT_NE(problem(facts), "") << call;
      EXPECT_EQ(facts.rights.size(), 1U) << call;
    }
  }
}

TEST_F(RsopTest, ThePolicyHasNoNameThen) {
  right(L"SeNetworkLogonRight", 1, kWeb, {L"*S-1-1-0"});
  for (const std::string call :
       {"CreateInstanceEnum RSOP_GPO", "Next RSOP_GPO", "Get id", "Get name"}) {
    answer(call, E_OUTOFMEMORY);
    const FileFacts facts = read();
    EXPECT_NE(problem(facts), "");
    ASSERT_EQ(facts.rights.size(), 2U);
    EXPECT_EQ(facts.rights[1].policy_name, "");
    EXPECT_EQ(facts.rights[1].policy_id, kWebId);
  }
}

TEST_F(RsopTest, SuccessWithoutAnAnswer) {
  right(L"SeNetworkLogonRight", 1, kWeb, {L"*S-1-1-0"});
  wmi_.untouched = true;
  for (const std::string call :
       {"ConnectServer", "CreateInstanceEnum RSOP_User", "Next RSOP_User",
        "Get UserRight", "Get precedence", "Get GPOID", "Get AccountList"}) {
    answer(call, E_FAIL);
    const FileFacts facts = read();
    EXPECT_NE(problem(facts), "") << call;
    EXPECT_EQ(facts.rights.size(), 1U) << call;
  }
}

TEST_F(RsopTest, AnEnumeratorThatNeverEnds) {
  right(L"SeNetworkLogonRight", 1, kWeb, {L"*S-1-1-0"});
  right(L"SeBatchLogonRight", 2, kWeb, {L"*S-1-1-0"});
  wmi_.is_endless = true;
  const FileFacts facts = read();
  EXPECT_EQ(problem(facts).substr(0, 80),
            "which policy defines a right was not read: WMI holds more than "
            "iisdiag reads | R");
  // What certainly won counts.
  ASSERT_EQ(facts.rights.size(), 2U);
  EXPECT_EQ(holders(facts.rights[1], LogonRight::kNetwork), "S-1-1-0 ");
  EXPECT_EQ(holders(facts.rights[1], LogonRight::kBatch), "unknown");
}

TEST_F(RsopTest, AnEnumeratorThatIsSlow) {
  right(L"SeNetworkLogonRight", 2, kWeb, {L"*S-1-1-0"});
  wmi_.is_endless = true;
  wmi_.takes = 1'900;
  const FileFacts facts = read();
  EXPECT_NE(problem(facts).find("WMI did not answer in time"),
            std::string::npos);
  EXPECT_EQ(facts.rights.size(), 1U);
  EXPECT_LT(wmi_.calls.size(), 100U);
}

TEST_F(RsopTest, AnEnumeratorThatNeverAnswers) {
  right(L"SeNetworkLogonRight", 1, kWeb, {L"*S-1-1-0"});
  wmi_.takes = 1'000'000;
  EXPECT_NE(problem(read()).find("WMI did not answer in time | RSOP_User"),
            std::string::npos);
  EXPECT_LT(wmi_.calls.size(), 50U);
}

TEST_F(RsopTest, TypesThatNobodyExpects) {
  const std::vector<FakeProperty> odd = {
      [](VARIANT&) {},
      [](VARIANT& value) {
        value.vt = VT_ARRAY | VT_VARIANT;
        value.parray = SafeArrayCreateVector(VT_VARIANT, 0, 2);
      },
      [](VARIANT& value) {
        SAFEARRAYBOUND bounds[] = {{2, 0}, {2, 0}};
        value.vt = VT_ARRAY | VT_BSTR;
        value.parray = SafeArrayCreate(VT_BSTR, 2, bounds);
      }};
  for (const wchar_t* property :
       {L"UserRight", L"precedence", L"GPOID", L"AccountList"}) {
    for (const FakeProperty& value : odd) {
      wmi_.classes[L"RSOP_UserPrivilegeRight"].clear();
      right(L"SeNetworkLogonRight", 1, kWeb, {L"*S-1-1-0"})[property] = value;
      right(L"SeNetworkLogonRight", 2, kDefault, {L"*S-1-5-11"});
      right(L"SeBatchLogonRight", 1, kDefault, {L"*S-1-5-11"});
      const FileFacts facts = read();
      EXPECT_NE(problem(facts).find("it answered something else than that"),
                std::string::npos);
      // What is left of the other instances, and no loser in place of a winner.
      ASSERT_EQ(facts.rights.size(), 2U);
      EXPECT_EQ(holders(facts.rights[1], LogonRight::kNetwork), "unknown");
      EXPECT_EQ(holders(facts.rights[1], LogonRight::kBatch), "S-1-5-11 ");
    }
  }
}

TEST_F(RsopTest, ARightWithoutAName) {
  right(L"SeNetworkLogonRight", 1, kWeb, {})[L"UserRight"] = null_value();
  EXPECT_NE(problem(read()), "");
}

TEST_F(RsopTest, NumbersThatNobodyExpects) {
  right(L"SeNetworkLogonRight", 0, kWeb, {L"*S-1-1-0"});
  EXPECT_NE(problem(read()), "");
  wmi_.classes[L"RSOP_UserPrivilegeRight"].clear();
  right(L"SeNetworkLogonRight", 3, kWeb, {L"*S-1-1-0"});
  EXPECT_EQ(holders(read().rights.at(1), LogonRight::kNetwork), "S-1-1-0 ");
}

TEST_F(RsopTest, EntriesThatAreNone) {
  right(L"SeNetworkLogonRight", 1, kWeb, {L"*S-1-1-0", L""});
  EXPECT_EQ(holders(read().rights.at(1), LogonRight::kNetwork),
            "cut: S-1-1-0 ");
  // What is in force holds the rest.
  in_force(LogonRight::kNetwork, {"S-1-1-0"});
  EXPECT_EQ(holders(read().rights.at(1), LogonRight::kNetwork), "S-1-1-0 ");
  in_force(LogonRight::kNetwork, {"S-1-1-0", "S-1-5-11"});
  EXPECT_EQ(read().rights.size(), 1U);
}

TEST_F(RsopTest, TooManyEntries) {
  right(L"SeNetworkLogonRight", 1, kWeb, Texts(10'001, L"*S-1-1-0"));
  const FileFacts facts = read();
  EXPECT_EQ(facts.rights.at(1).holders(LogonRight::kNetwork)->size(), 10'000U);
  EXPECT_TRUE(facts.rights.at(1).is_cut(LogonRight::kNetwork));
}

TEST_F(RsopTest, AListWithoutAValue) {
  right(L"SeNetworkLogonRight", 1, kWeb, {})[L"AccountList"] = null_value();
  expect_silence();
  in_force(LogonRight::kNetwork, {"S-1-1-0"});
  expect_silence();
  in_force(LogonRight::kNetwork, {});
  EXPECT_EQ(holders(read().rights.at(1), LogonRight::kNetwork), "");
}

// A policy is applied every 90 minutes; until then somebody may have changed
// what it set.
TEST_F(RsopTest, WhatIsInForceCounts) {
  right(L"SeNetworkLogonRight", 1, kWeb, {L"*S-1-1-0"});
  right(L"SeDenyNetworkLogonRight", 1, kWeb, {L"*S-1-5-32-546"});
  in_force(LogonRight::kNetwork, {"S-1-1-0", "S-1-5-11"});
  in_force(LogonRight::kDenyNetwork, {"S-1-5-32-546"});
  FileFacts facts = read();
  // What was granted besides will be taken away again.
  EXPECT_EQ(holders(facts.rights.at(1), LogonRight::kNetwork), "S-1-1-0 ");
  EXPECT_TRUE(facts.policy_report);
  in_force(LogonRight::kNetwork, {"S-1-5-11"});
  facts = read();
  EXPECT_EQ(holders(facts.rights.at(1), LogonRight::kNetwork), "unknown");
  EXPECT_EQ(holders(facts.rights.at(1), LogonRight::kDenyNetwork),
            "S-1-5-32-546 ");
  EXPECT_FALSE(facts.policy_report);
  ASSERT_EQ(facts.notes.size(), 1U);
  EXPECT_EQ(facts.notes[0].text,
            "SeNetworkLogonRight is not what the policy \"Web servers\" made "
            "it: what is in force now counts");
  for (const std::vector<std::string>& denied :
       {std::vector<std::string>{"S-1-5-32-546", "S-1-5-11"},
        std::vector<std::string>{}}) {
    in_force(LogonRight::kDenyNetwork, denied);
    EXPECT_EQ(read().rights.size(), 1U);
  }
}

// Windows says the same of a name that is gone and of one whose controller does
// not answer.
TEST_F(RsopTest, NamesThatNobodyTranslates) {
  right(L"SeNetworkLogonRight", 1, kWeb, {L"*S-1-1-0", L"CORP\\gone"});
  in_force(LogonRight::kNetwork, {"S-1-1-0"});
  EXPECT_EQ(holders(read().rights.at(1), LogonRight::kNetwork), "S-1-1-0 ");
  in_force(LogonRight::kNetwork, {"S-1-1-0", "S-1-5-21-7-8-9-1105"});
  const FileFacts facts = read();
  EXPECT_EQ(facts.rights.size(), 1U);
  EXPECT_EQ(facts.notes.size(), 1U);
}

TEST_F(RsopTest, TheServerAsksForItAfterTheRights) {
  right(L"SeNetworkLogonRight", 1, kWeb, {L"*S-1-1-0"});
  windows_.rights[L"SeNetworkLogonRight"] = {"S-1-1-0", "S-1-5-11"};
  const Api wmi = wmi_.api(com_);
  Api api = windows_.api();
  api.CoCreateInstance = wmi.CoCreateInstance;
  api.CoInitializeEx = wmi.CoInitializeEx;
  api.CoUninitialize = wmi.CoUninitialize;
  api.CoSetProxyBlanket = wmi.CoSetProxyBlanket;
  api.GetTickCount = wmi.GetTickCount;
  api.SysAllocStringLen = wmi.SysAllocStringLen;
  api.SysFreeString = wmi.SysFreeString;
  api.SysStringByteLen = wmi.SysStringByteLen;
  api.VariantClear = wmi.VariantClear;
  FileFacts facts;
  LocalServer(api, false).read_rights(facts);
  ASSERT_EQ(facts.rights.size(), 2U);
  EXPECT_FALSE(facts.rights[0].is_policy);
  EXPECT_EQ(holders(facts.rights[0], LogonRight::kNetwork),
            "S-1-1-0 S-1-5-11 ");
  EXPECT_TRUE(facts.rights[1].is_winner);
  wmi_.calls.clear();
  LocalServer(api, true).read_rights(facts);  // Wine
  EXPECT_TRUE(wmi_.calls.empty());
}

}  // namespace
}  // namespace iisdiag::win32
