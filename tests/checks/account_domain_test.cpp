// In whose account database the configured account is looked up.
#include <gtest/gtest.h>

#include "support/servers.hpp"

namespace iisdiag::checks {
namespace {

using facts::Server;

Server named(std::string_view name) {
  return with_account("6.0", "2003", name);
}

TEST(AccountDomain, DomainAccount) {
  const Server base = healthy("6.0", "2003");
  Server found = base;
  use_domain_account(found, "CORP\\IUSR_WEB01");
  found.accounts.accounts = {domain_account("IUSR_WEB01")};
  EXPECT_EQ(outcome(kAccountLookup, found), "passed");

  Server missing = base;
  use_domain_account(missing, "CORP\\web");
  report_missing(missing, "web", true);
  EXPECT_EQ(outcome(kAccountLookup, missing), "failed: account-missing");

  // What this machine's own database holds or lacks says nothing of it.
  Server local = base;
  use_domain_account(local, "CORP\\IUSR_WEB01");
  local.accounts = base.accounts;
  EXPECT_EQ(outcome(kAccountLookup, local), "unknown: account-not-read");
  Server absent = base;
  use_domain_account(absent, "CORP\\web");
  list_accounts(absent, {"Administrator", "Guest"});
  report_missing(absent, "web", false);
  EXPECT_EQ(outcome(kAccountLookup, absent), "unknown: account-not-read");
  // `net user NAME /domain` asks the domain that the machine is joined to.
  Server foreign = base;
  use_domain_account(foreign, "PARTNER\\web");
  report_missing(foreign, "web", true);
  EXPECT_EQ(outcome(kAccountLookup, foreign), "unknown: account-not-read");
}

TEST(AccountDomain, ADomainPartThatIsNoDomain) {
  // The computer was renamed and the qualified name was not (FACTS.md I 27).
  Server renamed = named("OLDWEB\\IUSR_OLDWEB");
  renamed.machine.domain = {"CORP", at("system.reg", 7)};
  EXPECT_EQ(transcript(kAccountLookup, renamed),
            "failed: OLDWEB\\IUSR_OLDWEB names no account: its domain part is "
            "not this machine\n"
            "fail account-wrong-domain: OLDWEB\\IUSR_OLDWEB names no account: "
            "its domain part is not this machine\n"
            "  anonymous account OLDWEB\\IUSR_OLDWEB [iis.txt, line 20]\n"
            "  OLDWEB is no longer the name of this machine, WEB01 "
            "[system.reg, line 3]\n");

  Server workgroup = named("CORP\\web");
  EXPECT_EQ(transcript(kAccountLookup, workgroup),
            "failed: CORP\\web names no account: its domain part is not this "
            "machine\n"
            "fail account-wrong-domain: CORP\\web names no account: its domain "
            "part is not this machine\n"
            "  anonymous account CORP\\web [iis.txt, line 20]\n"
            "  this machine is in a workgroup, and CORP is not its name "
            "[system.reg, line 7]\n");

  Server upn = named("web@corp.example");
  EXPECT_EQ(outcome(kAccountLookup, upn), "failed: account-wrong-domain");

  Server controller = named("OLDWEB\\IUSR_OLDWEB");
  make_controller(controller);
  EXPECT_EQ(outcome(kAccountLookup, controller),
            "failed: account-wrong-domain");
}

TEST(AccountDomain, ADomainPartThatMayBeADomain) {
  Server joined = named("CORP\\web");
  joined.machine.domain = {"CORP", at("system.reg", 7)};
  EXPECT_EQ(outcome(kAccountLookup, joined), "unknown: account-not-read");

  Server not_told = named("CORP\\web");
  not_told.machine.domain = {};
  EXPECT_EQ(outcome(kAccountLookup, not_told), "unknown: account-not-read");

  Server nameless = named("OLDWEB\\IUSR_OLDWEB");
  nameless.machine.computer = {};
  EXPECT_EQ(transcript(kAccountLookup, nameless),
            "unknown: whether OLDWEB is this machine cannot be told: the "
            "computer's name was not read\n"
            "unknown account-not-read: whether OLDWEB is this machine cannot "
            "be told: the computer's name was not read\n");

  // The domain that the machine is joined to is one, whatever its accounts
  // are called.
  Server lookalike = named("CORP\\IUSR_CORP");
  lookalike.machine.domain = {"CORP", at("system.reg", 7)};
  EXPECT_EQ(outcome(kAccountLookup, lookalike), "unknown: account-not-read");
}

TEST(AccountDomain, OnADomainControllerTheDomainsDatabaseIsItsOwn) {
  for (const std::string_view name :
       {"IUSR_WEB01", "CORP\\IUSR_WEB01", "WEB01\\IUSR_WEB01"}) {
    Server server = healthy("5.0", "2000");
    identity(server).account.value = known(std::string(name));
    make_controller(server);
    EXPECT_EQ(outcome(kAccountLookup, server), "passed") << name;
    // However the domain was asked.
    record(server).from_domain = true;
    EXPECT_EQ(outcome(kAccountLookup, server), "passed") << name;
  }
  // dcpromo deletes the local accounts (Q300432).
  Server promoted = with_account("5.0", "2000", "IUSR_WEB01");
  make_controller(promoted);
  list_accounts(promoted, {"Administrator", "krbtgt"});
  EXPECT_EQ(outcome(kAccountLookup, promoted), "failed: account-missing");
  // Another domain's accounts are not in it.
  Server foreign = with_account("5.0", "2000", "PARTNER\\web");
  make_controller(foreign);
  list_accounts(foreign, {"Administrator", "krbtgt"});
  EXPECT_EQ(outcome(kAccountLookup, foreign), "unknown: account-not-read");
  // Without the domain's name PARTNER may be it.
  foreign.machine.domain = {};
  EXPECT_EQ(
      transcript(kAccountLookup, foreign),
      "unknown: whether PARTNER is the domain of this controller was not read\n"
      "unknown account-not-read: whether PARTNER is the domain of this "
      "controller was not read\n");
}

}  // namespace
}  // namespace iisdiag::checks
