// Logons that IIS and Windows wrote down: which one decides, what it raises,
// and what disproves it.
#include "checks/recorded.hpp"

#include <gtest/gtest.h>

#include "checks/case.hpp"
#include "recorded_samples.hpp"
#include "support/servers.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonAttempt;
using facts::Origin;
using facts::RecordKind;
using facts::Server;

TEST(RecordedTest, NothingOnRecord) {
  EXPECT_EQ(told(kCredentialTest, with({})), "unknown: password-unreadable");
}

TEST(RecordedTest, AWrongPasswordOfAnAccountThatIsThere) {
  LogonAttempt many = event100(1326, 0);
  many.last = minute(4);
  many.count = 5;
  EXPECT_EQ(transcript(kCredentialTest, with({many})),
            "failed: the stored password is not the account's\n"
            "fail wrong-password: the stored password is not the account's\n"
            "  W3SVC event 100: error 1326, unknown user name or wrong "
            "password; 5 times from 2006-05-15T10:00:00Z to "
            "2006-05-15T10:04:00Z [SysEvent.evt, record 100]\n"
            "  the account exists [net-user.txt, line 1]\n");
}

TEST(RecordedTest, ALostPasswordIsWhyAWrongOneIsPresented) {
  using Password = facts::Observed<facts::StoredPassword>;
  Server server = with({event100(1326, 0)});
  auto& password = server.identities.front().password.value;
  password = Password(facts::StoredPassword::kLost, at("MetaBase.xml", 31));
  EXPECT_EQ(told(kCredentialTest, server),
            "failed: wrong-password (stored-password-lost)");
  password = Password::absent(at("MetaBase.xml", 1));
  EXPECT_EQ(told(kCredentialTest, server),
            "failed: wrong-password (sync-password-lost)");
}

TEST(RecordedTest, WhichOfSeveralStoredPasswordsIsWrongIsNotOnRecord) {
  Server server = with({event100(1326, 0)});
  server.identities.push_back(server.identities.front());
  server.identities.back().password.node = "/LM/W3SVC/1/ROOT/old";
  EXPECT_EQ(
      transcript(kCredentialTest, server),
      "failed: a stored password is not the account's, this one or "
      "another\n"
      "fail wrong-password: a stored password is not the account's, this "
      "one or another\n"
      "  W3SVC event 100: error 1326, unknown user name or wrong password; "
      "2006-05-15T10:00:00Z [SysEvent.evt, record 100]\n"
      "  the account exists [net-user.txt, line 1]\n"
      "  the log does not say which password IIS presented; it stores "
      "another one at /LM/W3SVC/1/ROOT/old\n");
  // That of another service is another matter.
  server.identities.back().service = facts::Service::kFtp6;
  EXPECT_EQ(outcome(kCredentialTest, server), "failed: wrong-password");
}

TEST(RecordedTest, WhetherTheAccountIsThereDecides1326) {
  EXPECT_EQ(told(kCredentialTest, without_account(with({event100(1326, 0)}))),
            "unknown: logon-undecided");
  // The Security log knows which of name and password was wrong.
  EXPECT_EQ(told(kCredentialTest,
                 without_account(
                     with({event100(1326, 0), security(4625, 86, 8, 0)}))),
            "failed: wrong-password");
}

// Each code of FACTS.md D that can end such a logon, where nothing but the
// record tells.
TEST(RecordedTest, EveryCode) {
  struct Row {
    std::uint32_t code;
    const char* lookup;
    const char* credential;
  };
  const Row rows[] = {
      {1311, "failed: domain-unreachable",
       "failed: logon-refused (domain-unreachable)"},
      {1315, "unknown: account-not-read", "failed: logon-refused"},
      {1317, "failed: account-missing",
       "failed: logon-refused (account-missing)"},
      {1327, "unknown: account-not-read", "failed: logon-refused"},
      {1328, "failed: logon-hours", "failed: logon-refused (logon-hours)"},
      {1329, "failed: workstation-restricted",
       "failed: logon-refused (workstation-restricted)"},
      {1330, "failed: password-expired",
       "failed: logon-refused (password-expired)"},
      {1331, "failed: account-disabled",
       "failed: logon-refused (account-disabled)"},
      {1332, "failed: account-missing",
       "failed: logon-refused (account-missing)"},
      {1351, "failed: domain-unreachable",
       "failed: logon-refused (domain-unreachable)"},
      {1352, "unknown: account-not-read", "failed: logon-refused"},
      {1355, "failed: domain-unreachable",
       "failed: logon-refused (domain-unreachable)"},
      {1359, "unknown: account-not-read", "failed: logon-refused"},
      {1380, "unknown: account-not-read",
       "failed: logon-type-refused (right-missing)"},
      {1383, "unknown: account-not-read", "failed: logon-refused"},
      {1385, "unknown: account-not-read",
       "failed: logon-type-refused (right-missing)"},
      {1398, "unknown: account-not-read", "failed: logon-refused"},
      {1786, "failed: domain-unreachable",
       "failed: logon-refused (domain-unreachable)"},
      {1789, "failed: domain-unreachable",
       "failed: logon-refused (domain-unreachable)"},
      {1792, "failed: domain-unreachable",
       "failed: logon-refused (domain-unreachable)"},
      {1793, "failed: account-expired",
       "failed: logon-refused (account-expired)"},
      {1807, "unknown: account-not-read", "failed: logon-refused"},
      {1907, "failed: password-must-change",
       "failed: logon-refused (password-must-change)"},
      {1908, "failed: domain-unreachable",
       "failed: logon-refused (domain-unreachable)"},
      {1909, "failed: account-locked",
       "failed: logon-refused (account-locked)"},
      {1935, "unknown: account-not-read", "failed: logon-refused"},
      {0xC0000001, "unknown: account-not-read", "failed: logon-refused"},
  };
  for (const Row& row : rows) {
    const Server server =
        without_rights(without_account(with({event100(row.code, 0)})));
    EXPECT_EQ(told(kAccountLookup, server), row.lookup) << row.code;
    EXPECT_EQ(told(kCredentialTest, server), row.credential) << row.code;
  }
}

TEST(RecordedTest, TheDomainOfTheNameDecides1355And1332) {
  Server server = without_account(with({event100(1355, 0)}));
  server.records.attempts.front().account = "CORP\\web";
  identity(server).account.value = {"CORP\\web", Origin::in_file("m.xml", 3)};
  server.machine.domain = {"CORP", Origin::in_file("systeminfo.txt", 2)};
  EXPECT_EQ(told(kAccountLookup, server), "failed: domain-unreachable");
  server.machine.domain = {"OTHER", Origin::in_file("systeminfo.txt", 2)};
  EXPECT_EQ(told(kAccountLookup, server), "failed: account-wrong-domain");
  server.records.attempts.front().code = 1332;
  EXPECT_EQ(told(kAccountLookup, server), "failed: account-wrong-domain");
}

TEST(RecordedTest, TheChainFromWrongPasswordsToALock) {
  LogonAttempt many = event100(1326, 0);
  many.last = minute(4);
  many.count = 5;
  Server server = with({many, event100(1909, 5)});
  server.accounts.accounts.front().locked = {
      true, Origin::in_file("net-user.txt", 6)};
  EXPECT_EQ(all_told(server),
            "account-lookup failed: account-locked (wrong-password)\n"
            "password-sync passed\n"
            "user-rights passed\n"
            "credential-test failed: wrong-password\n");
  // Over: it clears the lock, and not the password.
  server.accounts.accounts.front().locked = {
      false, Origin::in_file("net-user.txt", 6)};
  EXPECT_EQ(all_told(server),
            "account-lookup passed\n"
            "password-sync passed\n"
            "user-rights passed\n"
            "credential-test failed: wrong-password\n");
}

TEST(RecordedTest, ALockThatIsOverAndNothingElse) {
  EXPECT_EQ(transcript(kCredentialTest, with({event100(1909, 0)})),
            "unknown: the last logon on record no longer applies\n"
            "unknown logon-not-tried: the last logon on record no longer "
            "applies\n"
            "  W3SVC event 100: error 1909, the account is locked out; "
            "2006-05-15T10:00:00Z [SysEvent.evt, record 100]\n"
            "  no longer applies: the account is not locked any more "
            "[net-user.txt, line 6]\n");
}

// What the evidence shows now is newer than the record.
TEST(RecordedTest, NewerStateDisproves) {
  for (const std::uint32_t code : {1317U, 1328U, 1329U, 1331U, 1385U, 1793U}) {
    const Server server = with({event100(code, 0)});
    EXPECT_EQ(all_told(server),
              "account-lookup passed\n"
              "password-sync passed\n"
              "user-rights passed\n"
              "credential-test unknown: logon-not-tried\n")
        << code;
  }
}

TEST(RecordedTest, StateThatIsOlderThanTheRecordDisprovesNothing) {
  Server server = with({event100(1331, 0)});
  server.source.captured_at = facts::Moment{minute(0) - 3 * facts::kDay, 0};
  EXPECT_EQ(told(kCredentialTest, server),
            "failed: logon-refused (account-disabled)");
  EXPECT_EQ(told(kAccountLookup, server), "failed: account-disabled");
  // The time of the newest record itself is no time of the state.
  server.source.captured_by_record = true;
  EXPECT_EQ(told(kCredentialTest, server), "unknown: logon-not-tried");
}

TEST(RecordedTest, APasswordThatWasSetLater) {
  Server server = with({event100(1326, 0)});
  auto& set = server.accounts.accounts.front().password_last_set;
  set = {facts::TimeRange{minute(0) + 2 * facts::kDay,
                          minute(0) + 2 * facts::kDay},
         Origin::in_file("net-user.txt", 9)};
  EXPECT_EQ(told(kCredentialTest, server), "unknown: logon-not-tried");
  // Within the zones of the world it may have been earlier or later.
  set = {facts::TimeRange{minute(60), minute(60)},
         Origin::in_file("net-user.txt", 9)};
  EXPECT_EQ(told(kCredentialTest, server), "failed: wrong-password");
}

TEST(RecordedTest, ASuccessAfterTheLastRefusal) {
  LogonAttempt good = security(528, 0, 8, 9);
  good.process = "w3wp.exe";
  Server server = with({event100(1326, 0), good});
  EXPECT_EQ(told(kCredentialTest, server), "failed: wrong-password");
  // A client of Basic could have made it, unless none is let in.
  good.logon_process = "IIS";
  good.process = "";
  good.event = 540;
  server = with({event100(1326, 0), good});
  EXPECT_EQ(transcript(kCredentialTest, server),
            "passed: Windows accepted the last logon by IIS\n");
  good.last = minute(-9);
  good.first = minute(-9);
  server = with({event100(1326, 0), good});
  EXPECT_EQ(told(kCredentialTest, server), "failed: wrong-password");
}

TEST(RecordedTest, ARightThatOnlyTheRecordTells) {
  Server server = without_rights(with({security(534, 1385, 8, 0)}));
  EXPECT_EQ(transcript(kUserRights, server),
            "failed: network logon is not granted, or denied\n"
            "fail right-missing: network logon is not granted, or denied\n"
            "  Security event 534, network logon in clear text: error 1385, "
            "this type of logon is not granted; 2006-05-15T10:00:00Z "
            "[SecEvent.evt, record 100]\n");
  EXPECT_EQ(told(kCredentialTest, server),
            "failed: logon-type-refused (right-missing)");
}

// Whether Windows 2012 marks local accounts depends on KB2871997; that the
// logon was refused although it is granted tells.
TEST(RecordedTest, ADenialThatOnlyTheRecordTells) {
  Server server = healthy("8.0", "2012");
  assign(server, facts::LogonRight::kDenyNetwork, "Guest,*S-1-5-113");
  EXPECT_EQ(told(kUserRights, server), "unknown: rights-not-read");
  server.records.attempts = {security(4625, 1385, 8, 0)};
  EXPECT_EQ(transcript(kUserRights, server),
            "failed: network logon is granted and was refused: it is denied\n"
            "fail right-denied: network logon is granted and was refused: it "
            "is denied\n"
            "  Security event 4625, network logon in clear text: error 1385, "
            "this type of logon is not granted; 2006-05-15T10:00:00Z "
            "[SecEvent.evt, record 100]\n"
            "  SeDenyNetworkLogonRight lists Guest and NT AUTHORITY\\Local "
            "account [secedit.inf, line 15]\n");
  EXPECT_EQ(told(kCredentialTest, server),
            "failed: logon-type-refused (right-denied)");
}

// IIS 5 grants its rights when it starts; a refusal after a start means that
// something took them again.
TEST(RecordedTest, ARightThatGoesAgainAfterEachStart) {
  LogonAttempt refused = event100(1385, 0);
  refused.last = minute(300);
  refused.count = 9;
  LogonAttempt start;
  start.kind = RecordKind::kServiceStart;
  start.event = 6005;
  start.first = minute(120);
  start.last = minute(120);
  start.last_origin = Origin::in_record("SysEvent.evt", 7);
  Server server = without_rights(healthy("5.0", "2000"));
  identity(server).password_sync.value = {false, Origin::in_file("m.txt", 1)};
  server.records.attempts = {refused, start};
  EXPECT_EQ(told(kUserRights, server), "failed: right-overwritten");
  server.records.attempts = {refused};
  EXPECT_EQ(told(kUserRights, server), "failed: right-missing");
}

TEST(RecordedTest, TheModuleThatVouchesIsMissing) {
  Server server = with_sync("5.0", "2000");
  server.records.attempts = {event100(126, 0)};
  EXPECT_EQ(told(kPasswordSync, server), "failed: sync-module-missing");
  EXPECT_EQ(told(kCredentialTest, server),
            "failed: logon-refused (sync-module-missing)");
}

TEST(RecordedTest, WhereIisVouchesOnlyARefusalCounts) {
  Server server = with_sync("5.0", "2000");
  EXPECT_EQ(told(kCredentialTest, server), "skipped");
  server.records.attempts = {event100(1326, 0)};
  EXPECT_EQ(told(kCredentialTest, server), "failed: logon-refused");
}

TEST(RecordedTest, ANoticeOfIis6ThatNothingIsRegistered) {
  Server server = healthy("6.0", "2003");
  identity(server).password_sync.value = {true, Origin::in_file("m.xml", 5)};
  server.machine.subauthentication = {};
  EXPECT_EQ(told(kPasswordSync, server), "unknown: sync-not-read");
  LogonAttempt notice;
  notice.kind = RecordKind::kSubauth;
  notice.event = 2216;
  notice.last_origin = Origin::in_record("SysEvent.evt", 9);
  server.records.attempts = {notice};
  EXPECT_EQ(told(kPasswordSync, server), "failed: sync-not-effective");
}

}  // namespace
}  // namespace iisdiag::checks
