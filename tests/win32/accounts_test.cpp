// Accounts as Windows tells them, and every way in which it may not.
#include "win32/accounts.hpp"

#include <gtest/gtest.h>

#include "facts/time.hpp"
#include "win32/fake_windows.hpp"

namespace iisdiag::win32 {
namespace {

using evidence::AccountQuestion;
using evidence::FileFacts;
using facts::AccountKind;

// 2026-11-22T11:00:00, an hour east of UTC.
constexpr facts::Moment kNow{1795345200, 60};

const AccountQuestion kOwn{"WEB01", "IUSR_WEB01", false};
const AccountQuestion kOfDomain{"CORP", "web", true};

FileFacts ask(const FakeWindows& windows,
              const std::vector<AccountQuestion>& questions,
              bool is_controller = false) {
  FileFacts facts;
  read_accounts(windows.api(), questions, {kNow, is_controller}, facts);
  EXPECT_EQ(windows.open, 0);
  EXPECT_FALSE(windows.is_broken);
  return facts;
}

FakeUser domain_user() {
  FakeUser user;
  user.domain = L"CORP";
  user.name = L"web";
  user.upn = L"web@corp.example";
  user.sid = "S-1-5-21-7-8-9-1105";
  return user;
}

void join_domain(FakeWindows& windows) {
  windows.controllers[L"CORP"] = L"\\\\DC01";
  windows.databases[L"\\\\DC01"] = {};
  windows.users.push_back(domain_user());
}

// Every answer of the happy path, in the order of the questions.
TEST(AccountsTest, AnAccountOfThisMachine) {
  FakeWindows windows;
  windows.users.emplace_back();
  windows.databases[L""].threshold = 5;
  const FileFacts facts = ask(windows, {kOwn});
  EXPECT_EQ(
      windows.calls,
      (std::vector<std::string>{
          "LookupAccountNameW WEB01\\IUSR_WEB01", "NetUserGetInfo  IUSR_WEB01",
          "NetUserModalsGet  0", "NetUserModalsGet  3",
          "AuthzInitializeResourceManager", "AuthzInitializeContextFromSid",
          "AuthzGetInformationFromContext size",
          "AuthzGetInformationFromContext"}));
  ASSERT_EQ(facts.accounts.lookups.size(), 1U);
  const facts::NameLookup& lookup = facts.accounts.lookups[0];
  EXPECT_EQ(lookup.name, "WEB01\\IUSR_WEB01");
  EXPECT_EQ(lookup.domain, "WEB01");
  EXPECT_EQ(lookup.kind, AccountKind::kUser);
  EXPECT_EQ(lookup.sid.text(), "S-1-5-21-1-2-3-1001");
  EXPECT_EQ(lookup.origin.text(), "LookupAccountNameW");
  ASSERT_EQ(facts.accounts.accounts.size(), 1U);
  const facts::Account& account = facts.accounts.accounts[0];
  EXPECT_EQ(account.name, "IUSR_WEB01");
  EXPECT_EQ(account.sid, lookup.sid);
  EXPECT_FALSE(account.from_domain);
  EXPECT_TRUE(account.active.is(true));
  EXPECT_TRUE(account.locked.is(false));
  EXPECT_TRUE(account.expires.is(facts::Never{}));
  EXPECT_TRUE(account.password_expires.is(facts::Never{}));
  EXPECT_TRUE(account.password_last_set.is(
      {kNow.clock - 10 * facts::kDay, kNow.clock - 10 * facts::kDay}));
  EXPECT_TRUE(account.password_required.is(true));
  EXPECT_TRUE(account.must_change_password.is(false));
  EXPECT_TRUE(account.last_logon.is_unknown());
  EXPECT_TRUE(account.workstations.is({}));
  EXPECT_TRUE(account.logon_hours->all);
  EXPECT_TRUE(account.bad_logons.is(0));
  EXPECT_TRUE(account.token_groups.is({*facts::Sid::parse("S-1-5-32-546")}));
  EXPECT_TRUE(facts.accounts.policy.lockout_threshold.is(5));
  EXPECT_TRUE(facts.accounts.policy.lockout_minutes.is(30));
  EXPECT_TRUE(facts.accounts.policy.max_password_age_days.is_absent());
  EXPECT_TRUE(facts.accounts.failures.empty());
  EXPECT_TRUE(facts.accounts.missing.empty());
}

TEST(AccountsTest, Flags) {
  struct Row {
    DWORD flags;
    bool active;
    bool locked;
    bool required;
  };
  for (const Row& row :
       {Row{0, true, false, true}, Row{UF_ACCOUNTDISABLE, false, false, true},
        Row{UF_LOCKOUT, true, true, true},
        Row{UF_PASSWD_NOTREQD, true, false, false}}) {
    FakeWindows windows;
    windows.users.emplace_back().flags = row.flags;
    const auto facts = ask(windows, {kOwn});
    const facts::Account& account = facts.accounts.accounts.at(0);
    EXPECT_TRUE(account.active.is(row.active));
    EXPECT_TRUE(account.locked.is(row.locked));
    EXPECT_TRUE(account.password_required.is(row.required));
  }
}

TEST(AccountsTest, TimesAreThoseOfTheServersClock) {
  FakeWindows windows;
  FakeUser& user = windows.users.emplace_back();
  user.flags = UF_NORMAL_ACCOUNT;
  user.expires = 1795392000;  // 2026-11-23T00:00:00Z
  user.last_logon = 1795305600;
  windows.databases[L""].max_age = 42 * 86400;
  const auto facts = ask(windows, {kOwn});
  const facts::Account& account = facts.accounts.accounts.at(0);
  EXPECT_TRUE(account.expires.is(facts::TimeRange{1795395600, 1795395600}));
  EXPECT_TRUE(account.last_logon.is({1795309200, 1795309200}));
  const auto until = kNow.clock + 32 * facts::kDay;
  EXPECT_TRUE(account.password_expires.is(facts::TimeRange{until, until}));
  EXPECT_TRUE(facts.accounts.policy.max_password_age_days.is(42));
}

TEST(AccountsTest, APasswordThatHasExpired) {
  FakeWindows windows;
  FakeUser& user = windows.users.emplace_back();
  user.flags = UF_NORMAL_ACCOUNT;
  user.password_expired = 1;
  user.password_age = 50 * 86400;
  const auto facts = ask(windows, {kOwn});
  const facts::Account& account = facts.accounts.accounts.at(0);
  EXPECT_TRUE(account.must_change_password.is(false));
  EXPECT_TRUE(account.password_expires.is(
      facts::TimeRange{kNow.clock - 50 * facts::kDay, kNow.clock}));
}

// A password settings object may give it another age than the domain's.
TEST(AccountsTest, APasswordThatIsOlderThanThePolicyAndHasNotExpired) {
  FakeWindows windows;
  windows.users.emplace_back().flags = UF_NORMAL_ACCOUNT;
  windows.databases[L""].max_age = 5 * 86400;
  const auto facts = ask(windows, {kOwn});
  EXPECT_EQ(facts.accounts.accounts.at(0).password_expires.reason().why,
            "a password policy of its own seems to apply to the account");
}

// Windows clears the time when it was set: the password is of no age.
TEST(AccountsTest, APasswordThatMustBeChanged) {
  FakeWindows windows;
  FakeUser& user = windows.users.emplace_back();
  user.flags = UF_NORMAL_ACCOUNT;
  user.password_expired = 1;
  user.password_age = 0;
  const auto facts = ask(windows, {kOwn});
  const facts::Account& account = facts.accounts.accounts.at(0);
  EXPECT_TRUE(account.must_change_password.is(true));
  EXPECT_TRUE(account.password_last_set.is_unknown());
  EXPECT_TRUE(account.password_expires.is_unknown());
}

TEST(AccountsTest, WorkstationsAndHours) {
  FakeWindows windows;
  FakeUser& user = windows.users.emplace_back();
  user.workstations = L"WEB02, WEB03,";
  user.hours.emplace().fill(0);
  const auto facts = ask(windows, {kOwn});
  const facts::Account& account = facts.accounts.accounts.at(0);
  EXPECT_TRUE(account.workstations.is({"WEB02", "WEB03"}));
  EXPECT_FALSE(account.logon_hours->permits(kNow.clock));
  EXPECT_EQ(account.logon_hours->text, "None");
}

TEST(AccountsTest, HoursInAUnitThatIsNotHours) {
  FakeWindows windows;
  FakeUser& user = windows.users.emplace_back();
  user.hours.emplace().fill(0);
  user.units_per_week = 7;
  const auto facts = ask(windows, {kOwn});
  EXPECT_EQ(facts.accounts.accounts.at(0).logon_hours.reason().why,
            "the logon hours are not counted in hours");
}

TEST(AccountsTest, NoSuchAccount) {
  FakeWindows windows;
  const auto facts = ask(windows, {kOwn});
  ASSERT_EQ(facts.accounts.missing.size(), 1U);
  EXPECT_EQ(facts.accounts.missing[0].name, "IUSR_WEB01");
  EXPECT_FALSE(facts.accounts.missing[0].from_domain);
  EXPECT_EQ(facts.accounts.missing[0].origin.text(),
            "LookupAccountNameW, error 1332");
}

// The record was refused; that the name is nobody's was not.
TEST(AccountsTest, NoSuchAccountAndNoRightToAskForIt) {
  FakeWindows windows;
  windows.refusals["NetUserGetInfo"] = ERROR_ACCESS_DENIED;
  EXPECT_EQ(ask(windows, {kOwn}).accounts.missing.size(), 1U);
}

TEST(AccountsTest, ANameOfSomethingElse) {
  struct Row {
    SID_NAME_USE use;
    AccountKind kind;
  };
  for (const Row& row :
       {Row{SidTypeGroup, AccountKind::kGroup},
        Row{SidTypeDomain, AccountKind::kDomain},
        Row{SidTypeAlias, AccountKind::kAlias},
        Row{SidTypeWellKnownGroup, AccountKind::kWellKnownGroup},
        Row{SidTypeDeletedAccount, AccountKind::kDeleted},
        Row{SidTypeInvalid, AccountKind::kInvalid},
        Row{SidTypeUnknown, AccountKind::kUnknown},
        Row{SidTypeComputer, AccountKind::kComputer},
        Row{static_cast<SID_NAME_USE>(10), AccountKind::kLabel},
        Row{static_cast<SID_NAME_USE>(11), AccountKind::kLogonSession},
        Row{static_cast<SID_NAME_USE>(15), AccountKind::kUnknown}}) {
    FakeWindows windows;
    windows.names.push_back({L"WEB01", L"IUSR_WEB01", row.use});
    const auto facts = ask(windows, {kOwn});
    EXPECT_EQ(facts.accounts.lookups.at(0).kind, row.kind);
    EXPECT_TRUE(facts.accounts.accounts.empty());
    EXPECT_EQ(windows.count("NetUserGetInfo"), 0U);
  }
}

TEST(AccountsTest, BuffersThatAreTooSmall) {
  FakeWindows windows;
  windows.users.emplace_back();
  windows.buffers_grow = true;
  EXPECT_EQ(ask(windows, {kOwn}).accounts.accounts.size(), 1U);
  EXPECT_EQ(windows.count("LookupAccountNameW"), 2U);
}

TEST(AccountsTest, EveryCallIsRefused) {
  struct Row {
    std::string function;
    std::string failure;  // a LookupFailure for it
    std::string token;    // why there are no groups by SID
    std::string threshold;
  };
  const std::string denied = "access is denied";
  for (const Row& row :
       {Row{"LookupAccountNameW", denied, "-", "-"},
        Row{"NetUserGetInfo", denied, "-", "-"},
        Row{"NetUserModalsGet  0", "", "", ""},
        Row{"NetUserModalsGet  3", "", "", denied},
        Row{"AuthzInitializeResourceManager", "", denied, ""},
        Row{"AuthzInitializeContextFromSid", "", denied, ""},
        Row{"AuthzGetInformationFromContext size", "", denied, ""},
        Row{"AuthzGetInformationFromContext", "", denied, ""}}) {
    FakeWindows windows;
    windows.users.emplace_back();
    windows.refusals[row.function] = ERROR_ACCESS_DENIED;
    const auto facts = ask(windows, {kOwn});
    EXPECT_EQ(
        facts.accounts.failures.empty() ? "" : facts.accounts.failures[0].why,
        row.failure)
        << row.function;
    if (!row.failure.empty()) {
      EXPECT_EQ(facts.accounts.failures[0].name, "WEB01\\IUSR_WEB01");
      EXPECT_EQ(facts.accounts.failures[0].code, 5U);
      EXPECT_FALSE(facts.accounts.failures[0].is_unreachable);
      EXPECT_EQ(facts.accounts.failures[0].todo,
                "Run iisdiag from an elevated prompt (Run as administrator).");
      EXPECT_TRUE(facts.accounts.accounts.empty());
      EXPECT_TRUE(facts.accounts.missing.empty());
      continue;
    }
    const facts::Account& account = facts.accounts.accounts.at(0);
    EXPECT_EQ(account.token_groups.reason().why, row.token) << row.function;
    // By name where the SIDs were refused, and only then.
    EXPECT_EQ(account.local_groups.is({"Guests"}), !row.token.empty());
    EXPECT_EQ(facts.accounts.policy.lockout_threshold.reason().why,
              row.threshold)
        << row.function;
  }
}

TEST(AccountsTest, AgesThatWereRefusedTellNoExpiry) {
  FakeWindows windows;
  windows.users.emplace_back().flags = UF_NORMAL_ACCOUNT;
  windows.refusals["NetUserModalsGet  0"] = ERROR_ACCESS_DENIED;
  const auto facts = ask(windows, {kOwn});
  EXPECT_EQ(facts.accounts.accounts.at(0).password_expires.reason().why,
            "access is denied");
}

TEST(AccountsTest, AWindowsWithoutAuthz) {
  FakeWindows windows;
  windows.users.emplace_back().global_groups = {L"None", L"Web Masters"};
  windows.missing = {"AuthzInitializeContextFromSid"};
  const auto facts = ask(windows, {kOwn});
  const facts::Account& account = facts.accounts.accounts.at(0);
  EXPECT_EQ(account.token_groups.reason().why,
            "this Windows has no such function");
  EXPECT_TRUE(account.local_groups.is({"Guests"}));
  EXPECT_TRUE(account.global_groups.is({"Web Masters"}));
}

TEST(AccountsTest, GroupsByNameThatAreRefused) {
  FakeWindows windows;
  windows.users.emplace_back();
  windows.missing = {"AuthzInitializeContextFromSid"};
  windows.refusals["NetUserGetLocalGroups"] = ERROR_ACCESS_DENIED;
  windows.refusals["NetUserGetGroups"] = ERROR_INVALID_LEVEL;
  const auto facts = ask(windows, {kOwn});
  const facts::Account& account = facts.accounts.accounts.at(0);
  EXPECT_EQ(account.local_groups.reason().why, "access is denied");
  EXPECT_EQ(account.global_groups.reason().why,
            "this Windows does not answer such a question");
}

// The kind of logon that Authz stands for is not the one that IIS makes.
TEST(AccountsTest, SidsOfTheKindOfLogonAreLeftOut) {
  FakeWindows windows;
  windows.users.emplace_back().token = {"S-1-5-2", "S-1-5-3", "S-1-5-4",
                                        "S-1-5-32-568"};
  const auto facts = ask(windows, {kOwn});
  EXPECT_TRUE(facts.accounts.accounts.at(0).token_groups.is(
      {*facts::Sid::parse("S-1-5-32-568")}));
}

TEST(AccountsTest, AnAccountOfADomain) {
  FakeWindows windows;
  join_domain(windows);
  windows.users.back().bad_logons = 2;
  const auto facts = ask(windows, {kOfDomain});
  EXPECT_EQ(windows.calls, (std::vector<std::string>{
                               "LookupAccountNameW CORP\\web",
                               "DsGetDcNameW CORP",
                               "NetUserGetInfo \\\\DC01 web",
                               "NetUserModalsGet \\\\DC01 0",
                               "NetUserModalsGet \\\\DC01 3",
                               "NetServerGetInfo \\\\DC01 101",
                               "ldap_init DC01 389",
                               "ldap_set_option 17",
                               "ldap_set_option 149",
                               "ldap_set_option 8",
                               "ldap_set_option 152",
                               "ldap_set_option 4",
                               "ldap_set_option 66",
                               "ldap_connect",
                               "ldap_bind_s",
                               "ldap_search_ext_s <SID=S-1-5-21-7-8-9-1105> "
                               "distinguishedName msDS-ResultantPSO",
                               "AuthzInitializeResourceManager",
                               "AuthzInitializeContextFromSid",
                               "AuthzGetInformationFromContext size",
                               "AuthzGetInformationFromContext"}));
  const facts::Account& account = facts.accounts.accounts.at(0);
  EXPECT_TRUE(account.from_domain);
  EXPECT_TRUE(account.bad_logons.is(2));
  EXPECT_TRUE(facts.accounts.policy.lockout_threshold.is_unknown());
  // Some policy of the domain for single accounts may be stricter.
  EXPECT_EQ(facts.accounts.domain_policy.lockout_threshold.reason().why,
            "a fine-grained password policy of the domain may lock it after "
            "fewer bad logons, and is not read");
  EXPECT_TRUE(facts.accounts.domain_policy.max_password_age_days.is_absent());
}

TEST(AccountsTest, AnAccountOfADomainByItsOtherName) {
  FakeWindows windows;
  join_domain(windows);
  const auto facts = ask(windows, {{"", "web@corp.example", true}});
  EXPECT_EQ(facts.accounts.lookups.at(0).name, "web@corp.example");
  EXPECT_EQ(windows.count("NetUserGetInfo \\\\DC01 web"), 1U);
  EXPECT_EQ(facts.accounts.accounts.at(0).name, "web@corp.example");
}

TEST(AccountsTest, NoControllerAnswers) {
  FakeWindows windows;
  windows.users.push_back(domain_user());
  const auto facts = ask(windows, {kOfDomain});
  ASSERT_EQ(facts.accounts.failures.size(), 1U);
  EXPECT_EQ(facts.accounts.failures[0].code, 1355U);
  EXPECT_TRUE(facts.accounts.failures[0].is_unreachable);
  EXPECT_EQ(facts.accounts.failures[0].origin.text(),
            "DsGetDcNameW, error 1355");
  EXPECT_TRUE(facts.accounts.accounts.empty());
}

// The lookup answers 1332 as well where it reaches no controller: it is the
// controller that has to say that there is no such account.
TEST(AccountsTest, NotFoundInADomainThatDoesNotAnswer) {
  FakeWindows windows;
  auto facts = ask(windows, {kOfDomain});
  EXPECT_TRUE(facts.accounts.missing.empty());
  EXPECT_TRUE(facts.accounts.failures.at(0).is_unreachable);
  windows.controllers[L"CORP"] = L"\\\\DC01";
  facts = ask(windows, {kOfDomain});
  ASSERT_EQ(facts.accounts.missing.size(), 1U);
  EXPECT_TRUE(facts.accounts.missing[0].from_domain);
  windows.refusals["NetUserGetInfo"] = ERROR_ACCESS_DENIED;
  facts = ask(windows, {kOfDomain});
  EXPECT_TRUE(facts.accounts.missing.empty());
  EXPECT_EQ(facts.accounts.failures.at(0).why, "access is denied");
}

TEST(AccountsTest, TheControllerOfWindowsNt4) {
  FakeWindows windows;
  join_domain(windows);
  windows.missing = {"DsGetDcNameW"};
  EXPECT_EQ(ask(windows, {kOfDomain}).accounts.accounts.size(), 1U);
  EXPECT_EQ(windows.count("NetGetDCName"), 1U);
  windows.controllers.clear();
  EXPECT_EQ(ask(windows, {kOfDomain}).accounts.failures.at(0).code, 2453U);
}

// A domain and its policy are asked for once.
TEST(AccountsTest, NoQuestionTwice) {
  FakeWindows windows;
  join_domain(windows);
  for (int i = 0; i < 3; ++i) {
    FakeUser user = domain_user();
    user.name += std::to_wstring(i);
    user.sid += std::to_string(i);
    windows.users.push_back(user);
  }
  ask(windows,
      {{"CORP", "web0", true}, {"CORP", "web1", true}, {"CORP", "web2", true}});
  EXPECT_EQ(windows.count("DsGetDcNameW"), 1U);
  EXPECT_EQ(windows.count("NetUserModalsGet"), 2U);
  EXPECT_EQ(windows.count("NetUserGetInfo"), 3U);
  EXPECT_EQ(windows.count("LookupAccountNameW"), 3U);
}

// Accounts of a controller are the domain's: other policies may apply to them.
TEST(AccountsTest, OnAControllerTheThresholdIsTheDomains) {
  FakeWindows windows;
  windows.users.emplace_back();
  windows.databases[L""].threshold = 5;
  EXPECT_TRUE(ask(windows, {kOwn}, true)
                  .accounts.policy.lockout_threshold.is_unknown());
}

// Two domains have two policies, and the facts have a place for one.
TEST(AccountsTest, TheSecondDomainsPolicyIsNobodys) {
  FakeWindows windows;
  join_domain(windows);
  windows.controllers[L"LAB"] = L"\\\\LAB1";
  windows.databases[L"\\\\LAB1"].max_age = 86400;
  FakeUser other = domain_user();
  other.domain = L"LAB";
  other.sid = "S-1-5-21-4-4-4-1200";
  windows.users.push_back(other);
  const auto facts = ask(windows, {kOfDomain, {"LAB", "web", true}});
  EXPECT_TRUE(facts.accounts.domain_policy.max_password_age_days.is_unknown());
}

}  // namespace
}  // namespace iisdiag::win32
