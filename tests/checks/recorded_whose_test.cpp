// Logons that IIS and Windows wrote down: whose they were, and which of them
// belong together.
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

// Whose logon it was: FACTS.md E.2.
TEST(RecordedWhoseTest, LogonsThatAreNotOfIis) {
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

TEST(RecordedWhoseTest, AClientOfBasicCannotBeToldFromIis) {
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
TEST(RecordedWhoseTest, AValidationAloneDecidesNothing) {
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

TEST(RecordedWhoseTest, LocalTimesThatNobodyCanPlace) {
  LogonAttempt good = security(540, 0, 8, 60);
  good.logon_process = "IIS";
  good.is_local = true;
  EXPECT_EQ(told(kCredentialTest, with({event100(1326, 0), good})),
            "unknown: logon-undecided");
}

// It was mended in between, and somebody else locked it.
TEST(RecordedWhoseTest, ALogonThatWasAcceptedBetweenRefusalsAndALock) {
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

TEST(RecordedWhoseTest, TheAcceptedLogonThatNoLongerAppliesIsShown) {
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
TEST(RecordedWhoseTest, AnAccountOfADatabaseThatIsNotKnown) {
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
TEST(RecordedWhoseTest, ALogonThatWasMadeBeatsTheRecords) {
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
TEST(RecordedWhoseTest, TwinsAreOfOneLogonAndNotOfAChain) {
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
TEST(RecordedWhoseTest, ManyRefusals) {
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
