// What only a live server tells: lookups by name, SIDs of a token.
#include <gtest/gtest.h>

#include "support/servers.hpp"

namespace iisdiag::checks {
namespace {

using facts::AccountKind;
using facts::LogonRight;
using facts::Observed;
using facts::Origin;
using facts::Server;
using facts::Sid;

constexpr std::string_view kOwnSid = "S-1-5-21-1-2-3-1001";

Sid sid(std::string_view text) { return *Sid::parse(text); }

void look_up(Server& server, std::string name, AccountKind kind) {
  server.accounts.lookups.push_back(
      {std::move(name), "WEB01", kind, sid(kOwnSid),
       Origin::from_api("LookupAccountNameW", 0)});
}

TEST(LiveAnswersTest, AFoundNameWithoutARecordStaysUnread) {
  Server server = with_account("6.0", "2003", "IUSR_WEB01");
  look_up(server, "WEB01\\IUSR_WEB01", AccountKind::kUser);
  EXPECT_EQ(outcome(kAccountLookup, server), "unknown: account-not-read");
}

TEST(LiveAnswersTest, ANameOfSomethingElse) {
  for (const AccountKind kind :
       {AccountKind::kAlias, AccountKind::kGroup, AccountKind::kDomain,
        AccountKind::kComputer, AccountKind::kDeleted,
        AccountKind::kWellKnownGroup}) {
    Server server = with_account("6.0", "2003", "IUSR_WEB01");
    look_up(server, "WEB01\\IUSR_WEB01", kind);
    EXPECT_EQ(outcome(kAccountLookup, server), "failed: account-not-a-user");
  }
}

TEST(LiveAnswersTest, AnAnswerAboutAnotherDomainsNameIsNotThisOne) {
  Server server = with_account("6.0", "2003", "IUSR_WEB01");
  look_up(server, "CORP\\IUSR_WEB01", AccountKind::kAlias);
  EXPECT_EQ(outcome(kAccountLookup, server), "unknown: account-not-read");
}

TEST(LiveAnswersTest, NoAnswer) {
  Server server = with_account("6.0", "2003", "IUSR_WEB01");
  server.accounts.failures.push_back(
      {"WEB01\\IUSR_WEB01", 5, false, "access is denied", "Run elevated",
       Origin::from_api("LookupAccountNameW", 5)});
  EXPECT_EQ(transcript(kAccountLookup, server),
            "unknown: Windows did not tell whether it exists\n"
            "unknown account-not-read: Windows did not tell whether it "
            "exists\n"
            "  access is denied [LookupAccountNameW, error 5]\n");
  server.accounts.failures.front().is_unreachable = true;
  EXPECT_EQ(outcome(kAccountLookup, server),
            "unknown: domain-unreachable(unknown)");
}

TEST(LiveAnswersTest, FoundButItsRecordWasRefused) {
  Server server = with_account("6.0", "2003", "IUSR_WEB01");
  look_up(server, "WEB01\\IUSR_WEB01", AccountKind::kUser);
  server.accounts.failures.push_back({"WEB01\\IUSR_WEB01", 5, false,
                                      "access is denied", "Run elevated",
                                      Origin::from_api("NetUserGetInfo", 5)});
  EXPECT_EQ(transcript(kAccountLookup, server),
            "unknown: it exists, but its record could not be read\n"
            "unknown account-not-read: it exists, but its record could not be "
            "read\n"
            "  access is denied [NetUserGetInfo, error 5]\n");
}

// Windows does not know what the name belongs to: that accuses nobody.
TEST(LiveAnswersTest, AKindThatWindowsDoesNotKnow) {
  for (const AccountKind kind :
       {AccountKind::kUnknown, AccountKind::kInvalid}) {
    Server server = with_account("6.0", "2003", "IUSR_WEB01");
    look_up(server, "WEB01\\IUSR_WEB01", kind);
    EXPECT_EQ(outcome(kAccountLookup, server), "unknown: account-not-read");
  }
}

TEST(LiveAnswersTest, TheRecordIsThatOfTheSid) {
  Server server = with_account("6.0", "2003", "CORP\\web");
  server.machine.domain = known<std::string>("CORP");
  for (const auto& [sid_text, active] :
       std::vector<std::pair<std::string_view, bool>>{
           {"S-1-5-21-7-8-9-1105", true}, {"S-1-5-21-4-4-4-1200", false}}) {
    facts::Account account = domain_account("web");
    account.sid = sid(sid_text);
    account.active = known(active);
    server.accounts.accounts.push_back(std::move(account));
  }
  server.accounts.lookups.push_back({"CORP\\web", "CORP", AccountKind::kUser,
                                     sid("S-1-5-21-7-8-9-1105"), Origin{}});
  EXPECT_EQ(outcome(kAccountLookup, server), "passed");
}

// A token made for the question can carry another kind of logon.
TEST(LiveAnswersTest, TheKindOfLogonIsNotTakenFromTheToken) {
  Server server = healthy("6.0", "2003");
  record(server).token_groups = known(std::vector<Sid>{sid("S-1-5-4")});
  assign(server, LogonRight::kDenyNetwork, "*S-1-5-4");
  EXPECT_EQ(outcome(kUserRights, server), "passed");
}

TEST(LiveAnswersTest, PasswordThatMustBeChanged) {
  Server server = healthy("6.0", "2003");
  record(server).must_change_password = known(true);
  EXPECT_EQ(outcome(kAccountLookup, server), "failed: password-must-change");
  record(server).must_change_password = known(false);
  EXPECT_EQ(outcome(kAccountLookup, server), "passed");
}

TEST(LiveAnswersTest, TheAccountsOwnSidIsTheAccount) {
  Server server = healthy("6.0", "2003");
  record(server).sid = sid(kOwnSid);
  assign(server, LogonRight::kDenyNetwork, "*S-1-5-21-1-2-3-1001");
  EXPECT_EQ(outcome(kUserRights, server), "failed: right-denied");
  assign(server, LogonRight::kDenyNetwork, "");
  assign(server, LogonRight::kNetwork, "*S-1-5-21-1-2-3-1001");
  EXPECT_EQ(outcome(kUserRights, server), "passed");
}

TEST(LiveAnswersTest, TokenGroupsDecideAboutSidsThatNothingNames) {
  Server server = healthy("6.0", "2003");
  record(server).sid = sid(kOwnSid);
  assign(server, LogonRight::kNetwork, "*S-1-5-21-9-9-9-2000");
  EXPECT_EQ(outcome(kUserRights, server), "unknown: rights-not-read");
  auto& groups = record(server).token_groups;
  groups = known(std::vector<Sid>{sid("S-1-5-32-546")});
  EXPECT_EQ(outcome(kUserRights, server), "failed: right-missing");
  groups = known(std::vector<Sid>{sid("S-1-5-21-9-9-9-2000")});
  EXPECT_EQ(outcome(kUserRights, server), "passed");
}

}  // namespace
}  // namespace iisdiag::checks
