// Logons that IIS and Windows wrote down: which one decides, what it raises,
// and what disproves it.
#include "checks/recorded.hpp"

#include <gtest/gtest.h>

#include "checks/case.hpp"
#include "report/report.hpp"
#include "support/servers.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonAttempt;
using facts::Origin;
using facts::RecordKind;
using facts::Server;

// 2006-05-15T10:00:00Z, the day before the capture, and that many minutes.
facts::ClockSeconds minute(int minutes) {
  constexpr facts::ClockSeconds kStart = 1147687200;
  return kStart + minutes * facts::kMinute;
}

LogonAttempt event100(std::uint32_t code, int minutes) {
  LogonAttempt attempt;
  attempt.kind = RecordKind::kIisEvent;
  attempt.event = 100;
  attempt.service = "W3SVC";
  attempt.account = "IUSR_WEB01";
  attempt.code = code;
  attempt.first = minute(minutes);
  attempt.last = minute(minutes);
  attempt.last_origin = Origin::in_record(
      "SysEvent.evt", static_cast<std::uint64_t>(100 + minutes));
  return attempt;
}

LogonAttempt security(std::uint32_t event, std::uint32_t code,
                      std::uint32_t type, int minutes) {
  LogonAttempt attempt = event100(code, minutes);
  attempt.kind = RecordKind::kLogon;
  attempt.event = event;
  attempt.service = "";
  attempt.domain = "WEB01";
  attempt.logon_type = type;
  attempt.logon_process = "Advapi";
  attempt.workstation = "WEB01";
  attempt.last_origin = Origin::in_record(
      "SecEvent.evt", static_cast<std::uint64_t>(100 + minutes));
  return attempt;
}

// A healthy IIS 6.0 whose evidence of the account or of its rights is left out
// on request, with these records.
Server with(std::vector<LogonAttempt> attempts) {
  Server server = healthy("6.0", "2003");
  server.records.attempts = std::move(attempts);
  return server;
}

Server without_account(Server server) {
  server.accounts = {};
  return server;
}

Server without_rights(Server server) {
  server.rights.clear();
  return server;
}

// The status, and the findings that have it with their causes.
std::string told(const Check& check, const Server& server) {
  const Verdict verdict =
      check.run(make_case(server, server.identities.front()));
  std::string text(report::status_name(verdict.status));
  std::string_view before = ": ";
  for (const Finding& finding : verdict.findings) {
    if (verdict.status == Status::kFailed &&
        finding.severity != knowledge::Severity::kFail) {
      continue;
    }
    text += before;
    text += finding.info->id;
    const std::string cause =
        cause_of(make_case(server, server.identities.front()), finding);
    if (!cause.empty()) {
      text += " (" + cause + ")";
    }
    before = ", ";
  }
  return text;
}

// Of all four checks.
std::string all_told(const Server& server) {
  std::string text;
  for (const Check* check : all_checks()) {
    text += std::string(check->id) + " " + told(*check, server) + "\n";
  }
  return text;
}

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

// Whose logon it was: FACTS.md E.2.
TEST(RecordedTest, LogonsThatAreNotOfIis) {
  LogonAttempt client = security(529, 86, 3, 0);
  client.logon_process = "NtLmSsp";
  client.workstation = "LAPTOP7";
  EXPECT_EQ(told(kCredentialTest, with({client})),
            "unknown: password-unreadable");
  LogonAttempt other = security(4625, 86, 8, 0);
  other.process = "services.exe";
  EXPECT_EQ(told(kCredentialTest, with({other})),
            "unknown: password-unreadable");
  LogonAttempt stranger = event100(1326, 0);
  stranger.account = "alice";
  EXPECT_EQ(told(kCredentialTest, with({stranger})),
            "unknown: password-unreadable");
  LogonAttempt namesake = event100(1326, 0);
  namesake.account = "CORP\\IUSR_WEB01";
  EXPECT_EQ(told(kCredentialTest, with({namesake})),
            "unknown: password-unreadable");
  // Whoever it was, the account was disabled.
  LogonAttempt disabled = client;
  disabled.code = 1331;
  EXPECT_EQ(told(kAccountLookup, without_account(with({disabled}))),
            "failed: account-disabled");
}

TEST(RecordedTest, AClientOfBasicCannotBeToldFromIis) {
  LogonAttempt attempt = security(4625, 86, 8, 0);
  attempt.process = "w3wp.exe";
  EXPECT_EQ(transcript(kCredentialTest, with({attempt})),
            "unknown: whether IIS's own logon was refused or that of a client "
            "cannot be told\n"
            "unknown logon-undecided: whether IIS's own logon was refused or "
            "that of a client cannot be told\n"
            "  Security event 4625, network logon in clear text by w3wp.exe: "
            "error 86, the password is wrong; 2006-05-15T10:00:00Z "
            "[SecEvent.evt, record 100]\n");
}

// 680, 681 and 4776 tell no program: a wrong password that somebody gave to
// this one is on record there, too.
TEST(RecordedTest, AValidationAloneDecidesNothing) {
  LogonAttempt validation = security(4776, 86, 0, 0);
  validation.kind = RecordKind::kValidation;
  validation.logon_type = std::nullopt;
  validation.logon_process = "";
  Server server = with({validation});
  facts::SitePlace place;
  place.basic_scheme = known(false);
  server.places = {place};
  EXPECT_EQ(told(kCredentialTest, server), "unknown: logon-undecided");
  server.records.attempts.push_back(event100(1326, 0));
  EXPECT_EQ(told(kCredentialTest, server), "failed: wrong-password");
  validation.code = 1331;
  EXPECT_EQ(told(kAccountLookup, without_account(with({validation}))),
            "failed: account-disabled");
}

TEST(RecordedTest, LocalTimesThatNobodyCanPlace) {
  LogonAttempt good = security(540, 0, 8, 60);
  good.logon_process = "IIS";
  good.is_local = true;
  EXPECT_EQ(told(kCredentialTest, with({event100(1326, 0), good})),
            "unknown: logon-undecided");
}

// It was mended in between, and somebody else locked it.
TEST(RecordedTest, ALogonThatWasAcceptedBetweenRefusalsAndALock) {
  LogonAttempt good = security(540, 0, 8, 5);
  good.logon_process = "IIS";
  LogonAttempt lock = event100(1909, 60);
  lock.kind = RecordKind::kLockout;
  lock.event = 644;
  lock.workstation = "BACKUP7";
  Server server = with({event100(1326, 0), good, lock});
  server.accounts.accounts.front().locked = {true, at("net-user.txt", 6)};
  EXPECT_EQ(told(kAccountLookup, server), "failed: account-locked");
  EXPECT_EQ(told(kCredentialTest, server),
            "failed: logon-refused (account-locked)");
  // Over: nothing is left but the logon that was accepted.
  server.accounts.accounts.front().locked = {false, at("net-user.txt", 6)};
  EXPECT_EQ(told(kCredentialTest, server), "passed");
}

TEST(RecordedTest, TheAcceptedLogonThatNoLongerAppliesIsShown) {
  LogonAttempt good = security(540, 0, 8, 9);
  good.logon_process = "IIS";
  Server server = with({event100(1326, 0), good});
  server.accounts.accounts.front().password_last_set = {
      facts::TimeRange{minute(0) + 2 * facts::kDay,
                       minute(0) + 2 * facts::kDay},
      at("net-user.txt", 9)};
  EXPECT_EQ(transcript(kCredentialTest, server),
            "unknown: the last logon on record no longer applies\n"
            "unknown logon-not-tried: the last logon on record no longer "
            "applies\n"
            "  W3SVC event 100: error 1326, unknown user name or wrong "
            "password; 2006-05-15T10:00:00Z [SysEvent.evt, record 100]\n"
            "  Security event 540, network logon in clear text: accepted; "
            "2006-05-15T10:09:00Z [SecEvent.evt, record 109]\n"
            "  no longer applies: the password was set later [net-user.txt, "
            "line 9]\n");
}

// Whether the name is this computer's is not known; what Windows answered is.
TEST(RecordedTest, AnAccountOfADatabaseThatIsNotKnown) {
  Server server = without_account(with({event100(1331, 0)}));
  server.records.attempts.front().account = "SHOP\\web";
  identity(server).account.value = {"SHOP\\web", at("m.xml", 3)};
  server.machine.computer = {};
  server.machine.domain = {};
  EXPECT_EQ(told(kAccountLookup, server), "failed: account-disabled");
  EXPECT_EQ(told(kCredentialTest, server),
            "failed: logon-refused (account-disabled)");
}

// A logon of ours is newer than anything on record, for all checks.
TEST(RecordedTest, ALogonThatWasMadeBeatsTheRecords) {
  facts::LogonTrial trial;
  trial.account = "WEB01\\IUSR_WEB01";
  trial.method = facts::LogonMethod::kNetworkCleartext;
  trial.password_from = "/LM/W3SVC";
  Server server = without_rights(with({event100(1385, 0)}));
  EXPECT_EQ(told(kUserRights, server), "failed: right-missing");
  server.trials = {trial};
  EXPECT_EQ(told(kUserRights, server), "unknown: rights-not-read");
  EXPECT_EQ(told(kCredentialTest, server), "passed");
  server = with_sync("5.0", "2000");
  server.records.attempts = {event100(126, 0)};
  server.trials = {trial};
  EXPECT_EQ(told(kPasswordSync, server), "passed");
}

// A client that tries the name every few seconds does not become IIS because
// IIS made one logon.
TEST(RecordedTest, TwinsAreOfOneLogonAndNotOfAChain) {
  std::vector<LogonAttempt> attempts = {event100(1326, 0)};
  for (int i = 1; i <= 4; ++i) {
    LogonAttempt client = security(4625, 86, 8, 0);
    client.first += 8 * i;
    client.last = client.first;
    attempts.push_back(client);
  }
  EXPECT_EQ(told(kCredentialTest, with(attempts)), "unknown: logon-undecided");
  attempts.resize(2);
  EXPECT_EQ(told(kCredentialTest, with(attempts)), "failed: wrong-password");
}

// Not all with all: so many took minutes otherwise.
TEST(RecordedTest, ManyRefusals) {
  std::vector<LogonAttempt> attempts;
  constexpr int kMany = 200'000;
  attempts.reserve(kMany);
  for (int i = 0; i < kMany; ++i) {
    LogonAttempt attempt =
        i % 2 == 0 ? event100(1326, 0) : security(4625, 86, 8, 0);
    attempt.workstation = "";
    attempts.push_back(attempt);
  }
  EXPECT_EQ(told(kCredentialTest, with(std::move(attempts))),
            "failed: wrong-password");
}

}  // namespace
}  // namespace iisdiag::checks
