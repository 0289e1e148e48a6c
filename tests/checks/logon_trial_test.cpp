// The credential test after a logon, or with a reason why there was none.
#include <gtest/gtest.h>

#include "checks/logon_plan.hpp"
#include "support/servers.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonMethod;
using facts::LogonRefrain;
using facts::LogonTrial;
using facts::Origin;
using facts::Server;

LogonTrial answered(std::uint32_t code) {
  LogonTrial trial;
  trial.account = "WEB01\\IUSR_WEB01";
  trial.method = LogonMethod::kNetworkCleartext;
  trial.password_from = "/LM/W3SVC";
  trial.code = code;
  trial.origin = Origin::from_api("LogonUserW", code);
  return trial;
}

Server after(LogonTrial trial) {
  Server server = healthy("6.0", "2003");
  identity(server).password.node = "/LM/W3SVC";
  server.trials.push_back(std::move(trial));
  return server;
}

TEST(LogonTrialTest, Accepted) {
  EXPECT_EQ(transcript(kCredentialTest, after(answered(0))),
            "passed: Windows accepted the logon\n");
}

TEST(LogonTrialTest, AcceptedUnderANameInAnotherCase) {
  LogonTrial trial = answered(0);
  trial.account = "web01\\iusr_web01";
  EXPECT_EQ(outcome(kCredentialTest, after(std::move(trial))), "passed");
}

TEST(LogonTrialTest, OfAnotherAccountProvesNothing) {
  LogonTrial trial = answered(0);
  trial.account = "WEB01\\OTHER";
  EXPECT_EQ(outcome(kCredentialTest, after(std::move(trial))),
            "unknown: password-unreadable");
}

TEST(LogonTrialTest, OfAnotherTypeLeavesTheTypeOpen) {
  LogonTrial trial = answered(0);
  trial.method = LogonMethod::kInteractive;
  EXPECT_EQ(transcript(kCredentialTest, after(std::move(trial))),
            "unknown: name and password are right, this type of logon was not "
            "tried\n"
            "unknown logon-not-tried: name and password are right, this type "
            "of logon was not tried\n"
            "  interactive logon accepted [LogonUserW]\n");
}

TEST(LogonTrialTest, OfAnotherPasswordIsNotThisOne) {
  LogonTrial trial = answered(1326);
  trial.password_from = "/LM/W3SVC/2/ROOT";
  EXPECT_EQ(transcript(kCredentialTest, after(std::move(trial))),
            "unknown: another stored password of the same account was tried\n"
            "unknown logon-not-tried: another stored password of the same "
            "account was tried\n"
            "  the password of /LM/W3SVC/2/ROOT was tried [LogonUserW, error "
            "1326]\n");
}

TEST(LogonTrialTest, WrongPasswordNeedsAnAccountThatExists) {
  EXPECT_EQ(outcome(kCredentialTest, after(answered(1326))),
            "failed: wrong-password");
  Server unread = after(answered(1326));
  unread.accounts.accounts.clear();
  EXPECT_EQ(outcome(kCredentialTest, unread), "unknown: logon-undecided");
}

TEST(LogonTrialTest, RefusedTypeFollowsFromTheRight) {
  Server server = after(answered(1385));
  EXPECT_EQ(outcome(kCredentialTest, server), "failed: logon-type-refused");
  const auto& alone = server.identities.front();
  const auto cause = [&] {
    const Case subject = make_case(server, alone);
    return cause_of(subject, kCredentialTest.run(subject).findings.front());
  };
  EXPECT_EQ(cause(), "");
  assign(server, facts::LogonRight::kDenyNetwork, "*S-1-1-0");
  EXPECT_EQ(cause(), "right-denied");
}

// What is refused to one type of logon says nothing about another.
TEST(LogonTrialTest, RefusedTypeOfAnotherIdentityStaysOpen) {
  LogonTrial trial = answered(1385);
  trial.method = LogonMethod::kBatch;
  EXPECT_EQ(outcome(kCredentialTest, after(std::move(trial))),
            "unknown: logon-not-tried");
}

TEST(LogonTrialTest, EqualPasswordsAreOne) {
  LogonTrial trial = answered(1326);
  trial.password_from = "/LM/W3SVC/2/ROOT";
  trial.password_group = 7;
  Server server = after(std::move(trial));
  identity(server).password_group = 7;
  EXPECT_EQ(outcome(kCredentialTest, server), "failed: wrong-password");
  identity(server).password_group = 8;
  EXPECT_EQ(outcome(kCredentialTest, server), "unknown: logon-not-tried");
}

// That iisdiag reached no controller is no proof that IIS reaches none.
TEST(LogonTrialTest, NoControllerForALogonOfOurs) {
  const Server server = after(answered(1311));
  EXPECT_EQ(outcome(kAccountLookup, server),
            "unknown: domain-unreachable(unknown)");
  EXPECT_EQ(outcome(kCredentialTest, server), "failed: logon-refused");
}

// A restriction that permits the hour is a warning; Windows refused all the
// same.
TEST(LogonTrialTest, ARefusalBeatsAWarning) {
  Server server = after(answered(1328));
  facts::LogonHours hours;
  hours.spans.push_back({0, 6, 0, 1439});
  record(server).logon_hours = known(hours);
  EXPECT_EQ(outcome(kAccountLookup, server),
            "failed: logon-hours(fail), logon-hours(warning)");
}

struct Refusal {
  std::uint32_t code;
  std::string credential;
  std::string lookup;
};

TEST(LogonTrialTest, CodesOfTheAccountRaiseItsFinding) {
  for (const Refusal& refusal : {
           Refusal{1331, "failed: logon-refused", "failed: account-disabled"},
           Refusal{1793, "failed: logon-refused", "failed: account-expired"},
           Refusal{1909, "failed: logon-refused", "failed: account-locked"},
           Refusal{1330, "failed: logon-refused", "failed: password-expired"},
           Refusal{1907, "failed: logon-refused",
                   "failed: password-must-change"},
           Refusal{1328, "failed: logon-refused", "failed: logon-hours(fail)"},
           Refusal{1329, "failed: logon-refused",
                   "failed: workstation-restricted"},
           Refusal{1314, "unknown: caller-lacks-privilege", "passed"},
           Refusal{1327, "failed: logon-refused", "passed"},
           Refusal{5, "failed: logon-refused", "passed"},
       }) {
    const Server server = after(answered(refusal.code));
    EXPECT_EQ(outcome(kCredentialTest, server), refusal.credential)
        << refusal.code;
    EXPECT_EQ(outcome(kAccountLookup, server), refusal.lookup) << refusal.code;
  }
}

TEST(LogonTrialTest, UnknownCodeKeepsItsNumber) {
  EXPECT_EQ(transcript(kCredentialTest, after(answered(31))),
            "failed: the logon was refused: error 31\n"
            "fail logon-refused: the logon was refused: error 31\n"
            "  error 31 [LogonUserW, error 31]\n");
}

TEST(LogonTrialTest, GivenPassword) {
  LogonTrial trial = answered(0);
  trial.given = true;
  trial.password_from.clear();
  EXPECT_EQ(outcome(kCredentialTest, after(trial)), "unknown: logon-not-tried");
  trial.given_matches = true;
  EXPECT_EQ(outcome(kCredentialTest, after(trial)), "passed");
  trial.code = 1326;
  EXPECT_EQ(outcome(kCredentialTest, after(trial)), "failed: logon-refused");
}

TEST(LogonTrialTest, ReasonsForNone) {
  LogonTrial trial = answered(0);
  trial.why = "2 bad logons of 5 are counted already";
  trial.origin = {};
  for (const auto& [refrain, expected] :
       std::vector<std::pair<LogonRefrain, std::string>>{
           {LogonRefrain::kLockoutRisk, "unknown: lockout-risk"},
           {LogonRefrain::kUnreadable, "unknown: password-unreadable"},
           {LogonRefrain::kAskedNotTo, "unknown: logon-not-tried"},
           {LogonRefrain::kNoSuchAccount, "unknown: logon-not-tried"},
           {LogonRefrain::kIsWine, "unknown: logon-not-tried"}}) {
    trial.refrain = refrain;
    EXPECT_EQ(outcome(kCredentialTest, after(trial)), expected);
  }
}

TEST(LogonTrialTest, NoneIsNeededWhereIisVouches) {
  Server server = with_sync("6.0", "2003");
  server.trials.push_back(answered(1326));
  EXPECT_EQ(outcome(kCredentialTest, server), "skipped");
  EXPECT_TRUE(plan_logons(server, {}).empty());
}

}  // namespace
}  // namespace iisdiag::checks
