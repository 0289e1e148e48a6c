// A check of the server that the program runs on: what it asks, what it
// leaves alone, and what it says.
#include <gtest/gtest.h>

#include "support/memory_live.hpp"
#include "support/program.hpp"

namespace iisdiag::test {
namespace {

using Calls = std::vector<std::string>;

Outcome check(const std::shared_ptr<LiveWorld>& world,
              std::vector<std::string> arguments = {}) {
  arguments.insert(arguments.begin(), "check");
  Terminal terminal;
  terminal.live = [world] { return memory_live(world); };
  terminal.password = u"hunter2";
  return call(arguments, terminal);
}

TEST(LiveTest, AHealthyServer) {
  const auto world = healthy_live();
  const Outcome outcome = check(world);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out,
            R"~(iisdiag 1.0.0   WEB01, live   account WEB01\IUSR_WEB01

  [PASS]  Account lookup     exists, enabled, not locked, not expired
  [PASS]  Password sync      off, as IIS 6.0 needs it
  [PASS]  User rights        network logon allowed, no deny right applies
  [PASS]  Credential test    Windows accepted the logon

Passed: all 4 checks.
)~");
  EXPECT_EQ(world->calls,
            (Calls{"configuration", "accounts WEB01\\IUSR_WEB01", "rights",
                   "records", "logon WEB01\\IUSR_WEB01", "forget"}));
}

TEST(LiveTest, TheStoredPasswordIsWrong) {
  const auto world = healthy_live();
  world->logon_code = 1326;
  const Outcome outcome = check(world);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out,
            R"~(iisdiag 1.0.0   WEB01, live   account WEB01\IUSR_WEB01

  [PASS]  Account lookup     exists, enabled, not locked, not expired
  [PASS]  Password sync      off, as IIS 6.0 needs it
  [PASS]  User rights        network logon allowed, no deny right applies
  [FAIL]  Credential test    the stored password is not the account's

What to fix
-----------

1. Credential test: the stored password is not the account's

   Found     error 1326, unknown user name or wrong password
               LogonUserW, error 1326
             the account exists
               LookupAccountNameW
   Expected  the password of the account, stored in IIS as well
   Fix       1. If the password of WEB01\IUSR_WEB01 is known, leave it as it is.
             2. Otherwise set a new one; the command asks for it:
                  net user IUSR_WEB01 *
             3. In IIS Manager open the properties of Web Sites.
             4. Directory Security, Authentication and access control: Edit.
             5. Type the name WEB01\IUSR_WEB01 and its password.
             6. Restart IIS:
                  iisreset
   Read      KB909887 "401.1 Unauthorized: Logon failed (IIS 6.0)"

IIS keeps the anonymous logon for about ten minutes and group policy refreshes
by itself: after the repair, restart IIS and run this again.

Failed: 1 of 4 checks (credential-test).
)~");
}

TEST(LiveTest, NoLogonIsWanted) {
  for (const auto& arguments :
       std::vector<std::vector<std::string>>{{"--no-logon"},
                                             {"--skip", "credential-test"},
                                             {"--only", "user-rights"}}) {
    const auto world = healthy_live();
    check(world, arguments);
    EXPECT_EQ(world->calls,
              (Calls{"configuration", "accounts WEB01\\IUSR_WEB01", "rights",
                     "records", "forget"}));
  }
}

TEST(LiveTest, NoLogonThatCouldHelpToLock) {
  const auto world = healthy_live();
  world->accounts.accounts.policy.lockout_threshold = {
      2, facts::Origin::from_api("NetUserModalsGet", 0)};
  const Outcome outcome = check(world);
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.out.find("not tried: it could help to lock the account"),
            std::string::npos)
      << outcome.out;
  EXPECT_EQ(world->calls.back(), "forget");
  EXPECT_EQ(world->calls.size(), 5U);
}

TEST(LiveTest, AGivenPassword) {
  const auto world = healthy_live();
  EXPECT_EQ(check(world, {"-a", "IUSR_WEB01", "--password-stdin"}).code, 2);
  EXPECT_EQ(world->calls.at(4),
            "logon WEB01\\IUSR_WEB01 with a given password");
  world->given_matches = true;
  EXPECT_EQ(check(world, {"-a", "IUSR_WEB01", "--password-stdin"}).code, 0);
  world->logon_code = 1326;
  const Outcome refused =
      check(world, {"-a", "IUSR_WEB01", "--password-stdin"});
  EXPECT_EQ(refused.all().find("hunter2"), std::string::npos);
  EXPECT_EQ(refused.out.find("wrong-password"), std::string::npos)
      << refused.out;
}

TEST(LiveTest, AGivenPasswordThatIsNotThere) {
  const auto world = healthy_live();
  Terminal terminal;
  terminal.live = [world] { return memory_live(world); };
  const Outcome outcome =
      call({"check", "-a", "IUSR_WEB01", "--password-stdin"}, terminal);
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(outcome.err,
            "iisdiag: --password-stdin: no password was read from standard "
            "input\n");
  EXPECT_EQ(world->calls, Calls{});
}

// One given password would be tried at two accounts.
TEST(LiveTest, AGivenPasswordForTwoAccounts) {
  const auto world = healthy_live();
  world->configuration.machine.domain = {
      "CORP", facts::Origin::from_api("LsaQueryInformationPolicy", 0)};
  facts::IisNode other = world->configuration.configs[0].nodes[1];
  other.path = "/LM/W3SVC/2/ROOT";
  other.account.value = {"CORP\\IUSR_WEB01", other.origin};
  world->configuration.configs[0].nodes.push_back(other);
  const Outcome outcome =
      check(world, {"-a", "IUSR_WEB01", "--password-stdin"});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "iisdiag: --password-stdin needs one account, and IUSR_WEB01 fits "
            "WEB01\\IUSR_WEB01 and CORP\\IUSR_WEB01\n");
  EXPECT_EQ(world->calls,
            (Calls{"configuration",
                   "accounts WEB01\\IUSR_WEB01, CORP\\IUSR_WEB01 of a domain",
                   "rights", "records", "forget"}));
}

// Logs are refused to who is no administrator: their silence is none.
TEST(LiveTest, ALogThatIsRefused) {
  const auto world = healthy_live();
  const auto origin = facts::Origin::from_api("EvtQuery", 5);
  facts::LogSpan span;
  span.kind = facts::LogKind::kSecurityEvents;
  span.is_whole = false;
  span.origin = origin;
  world->records.records.logs.push_back(span);
  world->records.problems.push_back(
      {"the Security event log was not read: access is denied",
       origin,
       {},
       0,
       "Run iisdiag from an elevated prompt (Run as administrator)."});
  const Outcome outcome = check(world, {"--no-logon"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.out.find("no logon of it in the Security events, which "
                             "could not be read"),
            std::string::npos)
      << outcome.out;
  EXPECT_NE(outcome.out.find("EvtQuery, error 5: the Security event log was "
                             "not read"),
            std::string::npos)
      << outcome.out;
}

TEST(LiveTest, ARefusedLogonOnRecord) {
  const auto world = healthy_live();
  world->records.records = refused_on_record();
  const Outcome outcome = check(world, {"--no-logon"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.out.find("Security event log, record 4711"),
            std::string::npos)
      << outcome.out;
}

TEST(LiveTest, NoIisHere) {
  const auto world = std::make_shared<LiveWorld>();
  world->has_iis = false;
  const Outcome outcome = check(world);
  EXPECT_EQ(outcome.code, 4);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "iisdiag: nothing to check: there is no IIS on this computer\n"
            "iisdiag: name captured files or folders, or try \"iisdiag check "
            "--demo\".\n");
}

// IIS is there and its configuration was refused: never an all-clear.
TEST(LiveTest, TheConfigurationWasRefused) {
  const auto world = healthy_live();
  world->configuration.configs.clear();
  world->configuration.problems.push_back(
      {"access is denied",
       facts::Origin::from_api("IMSAdminBase::OpenKey", 5),
       {},
       0,
       "Run iisdiag from an elevated prompt (Run as administrator)."});
  const Outcome outcome = check(world);
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.out,
            R"~(iisdiag 1.0.0   WEB01, live   account not known

  [ ?? ]  Account lookup     not checked: no configuration of IIS was read
  [ ?? ]  Password sync      not checked: not read: which account is configured
  [ ?? ]  User rights        not checked: which account needs the right is not
                             known
  [ ?? ]  Credential test    not checked: the stored password cannot be read, no
                             logon on record

Could not be checked
--------------------

1. Account lookup: no configuration of IIS was read

   Do        Run again as an administrator of WEB01.

2. Password sync: not read: which account is configured

   Do        Run again as an administrator of WEB01.

3. User rights: which account needs the right is not known

   Do        Run again as an administrator of WEB01.

4. Credential test: the stored password cannot be read, no logon on record

   Do        Run again as an administrator of WEB01.

What this server did not answer
-------------------------------

  IMSAdminBase::OpenKey, error 5: access is denied
    Run iisdiag from an elevated prompt (Run as administrator).

Incomplete: 0 passed, 0 failed, 4 not checked. This is not an all-clear.
)~");
  EXPECT_EQ(world->calls, (Calls{"configuration", "records", "forget"}));
}

TEST(LiveTest, PasswordsAreForgottenWhereSomethingThrows) {
  const auto world = healthy_live();
  world->throws = true;
  EXPECT_EQ(check(world).code, 5);
  EXPECT_EQ(world->calls.back(), "forget");
}

TEST(LiveTest, EvidenceIsNotThisServer) {
  const auto world = healthy_live();
  check(world, {"--demo"});
  EXPECT_EQ(world->calls, Calls{});
}

TEST(LiveTest, OnADomainControllerTheDomainHasTheAccounts) {
  const auto world = healthy_live();
  auto& machine = world->configuration.machine;
  machine.role = {facts::Role::kDomainController,
                  facts::Origin::in_registry("ProductType")};
  machine.domain = {"CORP",
                    facts::Origin::from_api("LsaQueryInformationPolicy", 0)};
  check(world);
  EXPECT_EQ(world->calls.at(1), "accounts CORP\\IUSR_WEB01");
}

TEST(LiveTest, ADomainAccountByItsOtherName) {
  const auto world = healthy_live();
  world->configuration.machine.domain = {
      "CORP", facts::Origin::from_api("LsaQueryInformationPolicy", 0)};
  world->configuration.configs[0].nodes[0].account.value = {
      "web@corp.example", facts::Origin::from_api("IMSAdminBase", 0)};
  check(world);
  EXPECT_EQ(world->calls.at(1), "accounts web@corp.example of a domain");
}

// What it costs hangs on the accounts, not on the nodes.
TEST(LiveTest, FiveThousandNodesWithThreeIdentities) {
  const auto world = healthy_live();
  auto& nodes = world->configuration.configs[0].nodes;
  const facts::IisNode pattern = nodes[1];
  for (int i = 2; i <= 5000; ++i) {
    facts::IisNode node = pattern;
    node.path = "/LM/W3SVC/" + std::to_string(i) + "/ROOT";
    if (i % 3 != 0) {
      node.account.value = {i % 3 == 1 ? "web_a" : "web_b", node.origin};
      node.password.value = {facts::StoredPassword::kClearText, node.origin};
      node.password_group = i % 3 == 1 ? 2 : 3;
    }
    nodes.push_back(std::move(node));
  }
  EXPECT_EQ(check(world).code, 2);
  EXPECT_EQ(world->calls,
            (Calls{"configuration",
                   "accounts WEB01\\IUSR_WEB01, WEB01\\web_b, WEB01\\web_a",
                   "rights", "records", "logon WEB01\\IUSR_WEB01", "forget"}));
}

}  // namespace
}  // namespace iisdiag::test
