// The threshold of an account of a domain, and every way not to know it.
#include "win32/lockout.hpp"

#include <gtest/gtest.h>

#include "win32/accounts.hpp"
#include "win32/fake_windows.hpp"

namespace iisdiag::win32 {
namespace {

using Threshold = facts::Observed<std::uint32_t>;

constexpr std::string_view kAccount = "S-1-5-21-7-8-9-1105";
constexpr std::string_view kAdmins = "S-1-5-21-7-8-9-512";
constexpr const wchar_t* kObject = L"<SID=S-1-5-21-7-8-9-1105>";
constexpr const wchar_t* kPso =
    L"CN=Web,CN=Password Settings Container,CN=System,DC=corp,DC=example";
constexpr std::string_view kUnread =
    "a fine-grained password policy of the domain may lock it after fewer bad "
    "logons, and is not read";

class LockoutTest : public testing::Test {
 protected:
  LockoutTest() {
    windows_.databases[L"\\\\DC01"].threshold = 10;
    windows_.directory[kObject] = {
        {L"distinguishedName", {L"CN=web,CN=Users,DC=corp,DC=example"}}};
  }
  ~LockoutTest() override {
    EXPECT_EQ(windows_.open, 0);
    EXPECT_FALSE(windows_.is_broken);
  }

  void give_pso(const std::wstring& threshold) {
    windows_.directory[kObject][L"msDS-ResultantPSO"] = {kPso};
    windows_.directory[kPso][L"msDS-LockoutThreshold"] = {threshold};
  }
  Threshold ask(std::string_view account = kAccount) {
    return domain_lockout_threshold(
        windows_.api(), L"\\\\DC01", facts::Sid::parse(account).value(),
        {10, facts::Origin::from_api("NetUserModalsGet", 0)});
  }
  std::string unread() {
    const Threshold threshold = ask();
    EXPECT_EQ(threshold.reason().why, kUnread);
    return threshold.origin().text();
  }

  FakeWindows windows_;
};

TEST_F(LockoutTest, APsoApplies) {
  give_pso(L"3");
  const Threshold threshold = ask();
  EXPECT_TRUE(threshold.is(3));
  EXPECT_EQ(threshold.origin().text(),
            "ldap_search_ext_s msDS-LockoutThreshold");
  EXPECT_EQ(windows_.count("ldap_init DC01 389"), 1U);
  EXPECT_EQ(windows_.count("ldap_set_option 149"), 1U);  // signed
  EXPECT_EQ(windows_.count("CheckTokenMembership"), 0U);
  give_pso(L"0");
  EXPECT_TRUE(ask().is(0));
}

TEST_F(LockoutTest, APsoWhoseThresholdIsNotLegible) {
  for (const wchar_t* text : {L"", L"many", L"-1", L"65536"}) {
    give_pso(text);
    unread();
  }
  windows_.groups.insert(std::string(kAdmins));
  windows_.directory[kPso].clear();  // the attribute is not shown
  EXPECT_EQ(unread(), "ldap_search_ext_s msDS-LockoutThreshold");
  windows_.directory.erase(kPso);  // nor is the object
  EXPECT_EQ(unread(), "ldap_search_ext_s, error 32");
}

TEST_F(LockoutTest, NoneIsShown) {
  EXPECT_EQ(unread(), "ldap_search_ext_s msDS-ResultantPSO");
  windows_.groups.insert("S-1-5-21-7-8-6-512");  // of another domain
  windows_.groups.insert("S-1-5-21-7-8-9-513");
  unread();
  windows_.groups.insert(std::string(kAdmins));
  EXPECT_TRUE(ask().is(10));
  windows_.refusals["CheckTokenMembership"] = ERROR_ACCESS_DENIED;
  unread();
  windows_.refusals.clear();
  windows_.missing = {"CheckTokenMembership"};
  unread();
}

TEST_F(LockoutTest, NothingOfTheObjectIsShown) {
  windows_.groups.insert(std::string(kAdmins));
  windows_.directory[kObject].clear();
  unread();
  windows_.directory.clear();
  EXPECT_EQ(unread(), "ldap_search_ext_s, error 32");
}

TEST_F(LockoutTest, AnAccountOfNoDomain) {
  windows_.groups.insert("S-1-5-32-544");
  windows_.directory[L"<SID=S-1-5-32-544>"] = windows_.directory[kObject];
  EXPECT_TRUE(ask("S-1-5-32-544").is_unknown());
}

TEST_F(LockoutTest, AControllerThatKnowsNone) {
  struct Row {
    DWORD major;
    DWORD minor;
    bool is_old;
  };
  for (const Row& row : {Row{4, 0, true}, Row{5, 0, true}, Row{5, 2, true},
                         Row{4, 9, false},  // Samba
                         Row{6, 0, false}, Row{10, 0, false}}) {
    FakeDatabase& database = windows_.databases[L"\\\\DC01"];
    database.major = row.major;
    database.minor = row.minor;
    windows_.calls.clear();
    EXPECT_EQ(ask().is(10), row.is_old) << row.major;
    EXPECT_EQ(windows_.count("ldap_init"), row.is_old ? 0U : 1U);
  }
  windows_.databases[L"\\\\DC01"].major = 5;
  windows_.refusals["NetServerGetInfo"] = ERROR_ACCESS_DENIED;
  unread();
  windows_.refusals.clear();
  windows_.missing = {"NetServerGetInfo"};
  unread();
}

// Nothing is taken for read where any call fails, whoever asks.
TEST_F(LockoutTest, EachCallFails) {
  windows_.groups.insert(std::string(kAdmins));
  struct Row {
    std::string call;
    std::string origin;
  };
  for (const Row& row :
       {Row{"ldap_init", "ldap_init, error 82"},
        Row{"ldap_set_option 17", "ldap_set_option, error 53"},
        Row{"ldap_set_option 149", "ldap_set_option, error 53"},
        Row{"ldap_set_option 8", "ldap_set_option, error 53"},
        Row{"ldap_connect", "ldap_connect, error 53"},
        Row{"ldap_bind_s", "ldap_bind_s, error 53"},
        Row{"ldap_search_ext_s", "ldap_search_ext_s, error 53"},
        Row{"ldap_count_entries", "ldap_search_ext_s, error 32"},
        Row{"ldap_first_entry", "ldap_search_ext_s, error 32"},
        Row{"ldap_get_values distinguishedName",
            "ldap_search_ext_s msDS-ResultantPSO"}}) {
    windows_.refusals = {{row.call, LDAP_UNWILLING_TO_PERFORM}};
    EXPECT_EQ(unread(), row.origin);
  }
  windows_.refusals = {{"ldap_set_option 66", LDAP_PARAM_ERROR}};
  EXPECT_TRUE(ask().is(10));  // an older one does not know it
  windows_.refusals = {{"ldap_search_ext_s", LDAP_SIZELIMIT_EXCEEDED}};
  windows_.fails_with_answer = true;
  unread();
}

TEST_F(LockoutTest, TheThresholdsCallFails) {
  give_pso(L"3");
  windows_.groups.insert(std::string(kAdmins));
  windows_.refusals = {
      {"ldap_get_values msDS-LockoutThreshold", LDAP_NO_MEMORY}};
  unread();
  windows_.refusals.clear();
  windows_.directory[kPso][L"msDS-LockoutThreshold"] = {L"3", L"4"};
  EXPECT_EQ(unread(), "ldap_get_values, error 19");
  windows_.directory[kObject][L"msDS-ResultantPSO"] = {kPso, kPso};
  unread();
}

TEST_F(LockoutTest, AWindowsWithoutLdap) {
  windows_.groups.insert(std::string(kAdmins));
  for (const std::string function :
       {"ldap_initW", "ldap_set_optionW", "ldap_connect", "ldap_bind_sW",
        "ldap_search_ext_sW", "ldap_count_entries", "ldap_first_entry",
        "ldap_get_valuesW", "ldap_value_freeW", "ldap_msgfree",
        "ldap_unbind"}) {
    windows_.missing = {function};
    EXPECT_EQ(unread(), "ldap_init, error 92") << function;
  }
}

TEST(LowerThresholdTest, TheOneThatLocksFirst) {
  const auto known = [](std::uint32_t number) {
    return Threshold(number, facts::Origin::from_api("Made", 0));
  };
  EXPECT_TRUE(lower_threshold(known(5), known(3)).is(3));
  EXPECT_TRUE(lower_threshold(known(3), known(5)).is(3));
  EXPECT_TRUE(lower_threshold(known(0), known(5)).is(5));
  EXPECT_TRUE(lower_threshold(known(5), known(0)).is(5));
  EXPECT_TRUE(lower_threshold(known(0), known(0)).is(0));
  EXPECT_TRUE(lower_threshold(known(5), unread_threshold({})).is_unknown());
  EXPECT_TRUE(lower_threshold(unread_threshold({}), known(5)).is_unknown());
}

// All accounts of a domain share what the facts say of it.
TEST_F(LockoutTest, SeveralAccountsOfADomain) {
  windows_.controllers[L"CORP"] = L"\\\\DC01";
  for (const auto& [name, sid] :
       {std::pair(L"web", std::string(kAccount)),
        std::pair(L"ftp", std::string("S-1-5-21-7-8-9-1106"))}) {
    FakeUser& user = windows_.users.emplace_back();
    user.domain = L"CORP";
    user.name = name;
    user.sid = sid;
  }
  windows_.directory[L"<SID=S-1-5-21-7-8-9-1106>"] =
      windows_.directory[kObject];
  windows_.groups.insert(std::string(kAdmins));
  give_pso(L"4");
  const auto threshold = [&](const std::vector<std::string>& names) {
    evidence::FileFacts facts;
    std::vector<evidence::AccountQuestion> questions;
    for (const std::string& name : names) {
      questions.push_back({"CORP", name, true});
    }
    read_accounts(windows_.api(), questions, {}, facts);
    EXPECT_EQ(facts.accounts.accounts.size(), names.size());
    return facts.accounts.domain_policy.lockout_threshold;
  };
  EXPECT_TRUE(threshold({"ftp"}).is(10));
  EXPECT_TRUE(threshold({"web", "ftp"}).is(4));
  EXPECT_TRUE(threshold({"ftp", "web"}).is(4));
  windows_.groups.clear();
  EXPECT_TRUE(threshold({"web"}).is(4));
  EXPECT_EQ(threshold({"web", "ftp"}).reason().why, kUnread);
}

}  // namespace
}  // namespace iisdiag::win32
