// Who answers for the password, and whether it is stored.
#include <gtest/gtest.h>

#include "support/servers.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonMethod;
using facts::Observed;
using facts::Override;
using facts::PoolAccount;
using facts::Server;
using facts::StoredPassword;

void store(Server& server, Observed<StoredPassword> password) {
  identity(server).password.value = std::move(password);
}
void store_nothing(Server& server) {
  store(server, Observed<StoredPassword>::absent(at("iis.txt", 1)));
}

TEST(PasswordSync, SkippedWhereIisHasNone) {
  for (const auto& [iis, windows] :
       {std::pair{"1.0", "nt3.51"}, std::pair{"2.0", "nt4"},
        std::pair{"3.0", "nt4"}, std::pair{"7.0", "2008"},
        std::pair{"7.5", "2008r2"}, std::pair{"8.0", "2012"},
        std::pair{"8.5", "2012r2"}, std::pair{"10.0", "2025"}}) {
    Server server = healthy(iis, windows);
    // A value that this version does not know changes nothing.
    identity(server).password_sync.value = known(true);
    store_nothing(server);
    EXPECT_EQ(transcript(kPasswordSync, server),
              "skipped: IIS " + std::string(iis) + " has no password sync\n");
  }
}

TEST(PasswordSync, OnInIis4And5) {
  for (const auto& [iis, windows] :
       {std::pair{"4.0", "nt4"}, std::pair{"5.0", "2000"},
        std::pair{"5.1", "xp"}}) {
    Server server = with_sync(iis, windows);
    // Neither a password nor a registration nor a pool is asked for.
    store_nothing(server);
    server.machine.subauthentication = {};
    identity(server).pools.clear();
    identity(server).isolation_mode = {};
    EXPECT_EQ(transcript(kPasswordSync, server),
              "passed: on, IIS vouches for the password\n")
        << iis;
  }
}

TEST(PasswordSync, Off) {
  EXPECT_EQ(transcript(kPasswordSync, healthy("5.0", "2000")),
            "passed: off, and a password is stored\n");
  EXPECT_EQ(transcript(kPasswordSync, healthy("6.0", "2003")),
            "passed: off, as IIS 6.0 needs it\n");
  for (const StoredPassword stored :
       {StoredPassword::kOpaque, StoredPassword::kClearText,
        StoredPassword::kEmpty}) {
    Server server = healthy("5.0", "2000");
    store(server, known(stored));
    EXPECT_EQ(outcome(kPasswordSync, server), "passed");
  }
}

TEST(PasswordSync, OnInIis6WithAllItNeeds) {
  Server server = with_sync("6.0", "2003");
  EXPECT_EQ(transcript(kPasswordSync, server),
            "passed: on, and the sub-authentication works\n");
  // Either case of the name (FACTS.md U5).
  server.machine.subauthentication = known<std::string>("iissuba");
  EXPECT_EQ(outcome(kPasswordSync, server), "passed");
}

TEST(PasswordSync, OnInIis6WithoutRegistration) {
  Server server = with_sync("6.0", "2003");
  server.machine.subauthentication =
      Observed<std::string>::absent(at("system.reg", 30));
  EXPECT_EQ(transcript(kPasswordSync, server),
            "failed: on, but iissuba.dll is not registered\n"
            "fail sync-not-effective: on, but iissuba.dll is not registered\n"
            "  password sync is on [iis.txt, line 22]\n"
            "  iissuba.dll is not registered [system.reg, line 30]\n"
            "  the flag is ignored; the stored password decides [iis.txt, line "
            "21]\n");
  server.machine.subauthentication = known<std::string>("OTHERSUB");
  EXPECT_EQ(outcome(kPasswordSync, server), "failed: sync-not-effective");
}

TEST(PasswordSync, OnInIis6WithoutLocalSystem) {
  for (const auto& [account, words] :
       {std::pair{PoolAccount::kNetworkService, "NetworkService"},
        std::pair{PoolAccount::kLocalService, "LocalService"},
        std::pair{PoolAccount::kSpecificUser, "an account of its own"}}) {
    Server server = with_sync("6.0", "2003");
    identity(server).pools.front().runs_as = {account, at("iis.txt", 40)};
    EXPECT_EQ(transcript(kPasswordSync, server),
              "failed: on, but the pool DefaultAppPool runs as " +
                  std::string(words) +
                  ", not as LocalSystem\n"
                  "fail sync-not-effective: on, but the pool DefaultAppPool "
                  "runs as " +
                  words +
                  ", not as LocalSystem\n"
                  "  password sync is on [iis.txt, line 22]\n"
                  "  the pool DefaultAppPool runs as " +
                  words +
                  ", not as LocalSystem [iis.txt, line 40]\n"
                  "  the flag is ignored; the stored password decides "
                  "[iis.txt, line 21]\n");
  }
}

TEST(PasswordSync, OnePoolOfSeveralIsEnough) {
  Server server = with_sync("6.0", "2003");
  identity(server).pools.push_back(
      {"Shop", known(PoolAccount::kNetworkService)});
  EXPECT_EQ(outcome(kPasswordSync, server), "failed: sync-not-effective");
}

// In IIS 5 isolation mode, and for FTP, the logon is made in inetinfo, which
// is LocalSystem: the pools are no part of it.
TEST(PasswordSync, PoolsDoNotMatterInIsolationModeOrForFtp) {
  Server isolated = with_sync("6.0", "2003");
  identity(isolated).isolation_mode = known(true);
  identity(isolated).pools.front().runs_as = known(PoolAccount::kLocalService);
  EXPECT_EQ(outcome(kPasswordSync, isolated), "passed");

  Server ftp = with_sync("6.0", "2003");
  identity(ftp).service = facts::Service::kFtp6;
  identity(ftp).isolation_mode = {};
  identity(ftp).pools.clear();
  EXPECT_EQ(outcome(kPasswordSync, ftp), "passed");
  ftp.machine.subauthentication =
      Observed<std::string>::absent(at("system.reg", 30));
  EXPECT_EQ(outcome(kPasswordSync, ftp), "failed: sync-not-effective");
}

// After an upgrade from IIS 5.0 there is no usable password (WS03:cc783654).
TEST(PasswordSync, NotEffectiveAndNoPasswordStored) {
  Server server = with_sync("6.0", "2003");
  server.machine.subauthentication =
      Observed<std::string>::absent(at("system.reg", 30));
  store_nothing(server);
  EXPECT_EQ(transcript(kPasswordSync, server),
            "failed: on, but iissuba.dll is not registered\n"
            "fail sync-not-effective: on, but iissuba.dll is not registered\n"
            "  password sync is on [iis.txt, line 22]\n"
            "  iissuba.dll is not registered [system.reg, line 30]\n"
            "fail sync-password-lost: no password is stored for the account\n"
            "  caused by sync-not-effective\n"
            "  password sync is on [iis.txt, line 22]\n"
            "  no AnonymousUserPass at any level [iis.txt, line 1]\n");
}

TEST(PasswordSync, WhatIis6NeedsWasNotRead) {
  Server server = with_sync("6.0", "2003");
  server.machine.subauthentication = {};
  identity(server).isolation_mode = {};
  identity(server).pools.front().runs_as = {};
  EXPECT_EQ(transcript(kPasswordSync, server),
            "unknown: not read: the registration of iissuba.dll "
            "(Lsa\\MSV1_0), the isolation mode and the identity of the pool "
            "DefaultAppPool\n"
            "unknown sync-not-read: not read: the registration of "
            "iissuba.dll (Lsa\\MSV1_0), the isolation mode and the identity of "
            "the pool DefaultAppPool\n");
  // Without the isolation mode a wrong pool proves nothing, ...
  Server pool = with_sync("6.0", "2003");
  identity(pool).isolation_mode = {};
  identity(pool).pools.front().runs_as = known(PoolAccount::kNetworkService);
  EXPECT_EQ(outcome(kPasswordSync, pool), "unknown: sync-not-read");
  // ... but one thing that is missing is enough.
  pool.machine.subauthentication =
      Observed<std::string>::absent(at("system.reg", 30));
  EXPECT_EQ(outcome(kPasswordSync, pool), "failed: sync-not-effective");
}

TEST(PasswordSync, FlagNotRead) {
  Server server = healthy("5.0", "2000");
  identity(server).password_sync.value = {};
  EXPECT_EQ(transcript(kPasswordSync, server),
            "unknown: not read: AnonymousPasswordSync\n"
            "unknown sync-not-read: not read: "
            "AnonymousPasswordSync\n");
  // On in IIS 5.0 and in IIS 6.0 is not the same.
  Server version = with_sync("5.0", "2000");
  version.machine.iis = {};
  version.machine.windows = {};
  EXPECT_EQ(outcome(kPasswordSync, version), "unknown: sync-not-read");
  // Off is.
  identity(version).password_sync.value = known(false);
  EXPECT_EQ(outcome(kPasswordSync, version), "passed");
}

TEST(PasswordSync, AccountNotRead) {
  Server server = with_sync("5.0", "2000");
  identity(server).account.value = {};
  EXPECT_EQ(transcript(kPasswordSync, server),
            "unknown: not read: which account is configured\n"
            "unknown sync-not-read: not read: which account is "
            "configured\n");
}

TEST(PasswordSync, DomainAccountOnAMember) {
  Server server = with_sync("5.0", "2000");
  use_domain_account(server, "CORP\\web");
  EXPECT_EQ(transcript(kPasswordSync, server),
            "failed: on, but CORP\\web is no account of this computer\n"
            "fail sync-foreign-account: on, but CORP\\web is no account of "
            "this computer\n"
            "  password sync is on [iis.txt, line 22]\n"
            "  anonymous account CORP\\web [iis.txt, line 20]\n"
            "  uncertain (U15): one article (Q184300) tells to set it up like "
            "this, others say that it fails\n");
  server.machine.role = known(facts::Role::kWorkstation);
  EXPECT_EQ(outcome(kPasswordSync, server), "failed: sync-foreign-account");
  // With the flag off the password is stored, and the domain may hold it.
  identity(server).password_sync.value = known(false);
  EXPECT_EQ(outcome(kPasswordSync, server), "passed");
}

TEST(PasswordSync, DomainAccountOnItsController) {
  Server own = with_sync("5.0", "2000");
  use_domain_account(own, "CORP\\web");
  make_controller(own);
  EXPECT_EQ(outcome(kPasswordSync, own), "passed");

  Server foreign = with_sync("5.0", "2000");
  use_domain_account(foreign, "PARTNER\\web");
  make_controller(foreign);
  EXPECT_EQ(outcome(kPasswordSync, foreign), "failed: sync-foreign-account");

  // Without the domain's name PARTNER may be it.
  foreign.machine.domain = {};
  EXPECT_EQ(outcome(kPasswordSync, foreign), "unknown: sync-not-read");
}

TEST(PasswordSync, DomainAccountWhereTheRoleIsNotKnown) {
  Server server = with_sync("5.0", "2000");
  use_domain_account(server, "CORP\\web");
  server.machine.role = {};
  EXPECT_EQ(transcript(kPasswordSync, server),
            "unknown: not read: the role of this computer (a domain "
            "controller may use sync for accounts of its domain)\n"
            "unknown sync-not-read: not read: the role of this "
            "computer (a domain controller may use sync for accounts of its "
            "domain)\n"
            "  password sync is on [iis.txt, line 22]\n"
            "  anonymous account CORP\\web [iis.txt, line 20]\n");
  // A member or a controller of CORP: PARTNER is foreign to both.
  identity(server).account.value = known<std::string>("PARTNER\\web");
  EXPECT_EQ(outcome(kPasswordSync, server), "failed: sync-foreign-account");
}

// Turning sync off and on again deletes the password (Q259353).
TEST(PasswordSync, NoPasswordStored) {
  for (const auto& [iis, windows] :
       {std::pair{"4.0", "nt4"}, std::pair{"5.0", "2000"},
        std::pair{"5.1", "xp"}, std::pair{"6.0", "2003"}}) {
    Server server = healthy(iis, windows);
    store_nothing(server);
    EXPECT_EQ(transcript(kPasswordSync, server),
              "failed: no password is stored for the account\n"
              "fail sync-password-lost: no password is stored for the account\n"
              "  password sync is off [iis.txt, line 22]\n"
              "  no AnonymousUserPass at any level [iis.txt, line 1]\n")
        << iis;
  }
}

TEST(PasswordSync, AnEmptyPasswordIsStored) {
  Server server = healthy("5.0", "2000");
  store(server, known(StoredPassword::kEmpty));
  EXPECT_EQ(outcome(kPasswordSync, server), "passed");
}

TEST(PasswordSync, NoAccountNeedsNoPassword) {
  Server server = healthy("5.0", "2000");
  identity(server).account.value =
      Observed<std::string>::absent(at("iis.txt", 1));
  store_nothing(server);
  EXPECT_EQ(transcript(kPasswordSync, server),
            "passed: off, and there is no account to store a password for\n");
}

TEST(PasswordSync, WhetherAPasswordIsStoredWasNotRead) {
  Server server = healthy("5.0", "2000");
  store(server, Observed<StoredPassword>::unknown("W3SVC/1 was not shown", "",
                                                  at("adsutil.txt", 3)));
  EXPECT_EQ(transcript(kPasswordSync, server),
            "unknown: not read: whether a password is stored\n"
            "unknown sync-not-read: not read: whether a password is "
            "stored\n"
            "  W3SVC/1 was not shown [adsutil.txt, line 3]\n");
}

TEST(PasswordSync, StoredPasswordThatDidNotSurviveAMove) {
  Server server = healthy("6.0", "2003");
  store(server, {StoredPassword::kLost, at("MetaBase.xml", 31)});
  EXPECT_EQ(transcript(kPasswordSync, server),
            "failed: the stored password did not survive a move\n"
            "fail stored-password-lost: the stored password did not survive a "
            "move\n"
            "  the stored password is marked as no longer valid [MetaBase.xml, "
            "line 31]\n");
  // With sync on and effective IIS vouches for it.
  Server synced = with_sync("6.0", "2003");
  store(synced, known(StoredPassword::kLost));
  EXPECT_EQ(outcome(kPasswordSync, synced), "passed");
  // Where sync has no effect the stored password decides as with sync off.
  synced.machine.subauthentication =
      Observed<std::string>::absent(at("system.reg", 30));
  EXPECT_EQ(outcome(kPasswordSync, synced),
            "failed: sync-not-effective, stored-password-lost");
}

TEST(PasswordSync, BatchLogonBeforeServicePack4) {
  Server server = healthy("4.0", "nt4");
  identity(server).logon_method.value = {LogonMethod::kBatch,
                                         at("iis.txt", 23)};
  server.machine.service_pack = {3, at("software.reg", 6)};
  EXPECT_EQ(transcript(kPasswordSync, server),
            "failed: batch logons fail before Service Pack 4\n"
            "fail batch-logon-unsupported: batch logons fail before Service "
            "Pack 4\n"
            "  LogonMethod is 1, a batch logon [iis.txt, line 23]\n"
            "  Service Pack 3 [software.reg, line 6]\n");
  server.machine.service_pack = known(4);
  EXPECT_EQ(outcome(kPasswordSync, server), "passed");
  server.machine.service_pack = {};
  EXPECT_EQ(transcript(kPasswordSync, server),
            "unknown: not read: the service pack\n"
            "unknown sync-not-read: not read: the service pack\n"
            "  LogonMethod is 1, a batch logon [iis.txt, line 23]\n");
}

TEST(PasswordSync, BatchLogonElsewhere) {
  // Only batch logons of IIS 4.0 are concerned, ...
  Server local = healthy("4.0", "nt4");
  local.machine.service_pack = known(3);
  EXPECT_EQ(outcome(kPasswordSync, local), "passed");
  // ... not those of Windows 2000 before its own Service Pack 4, ...
  Server later = healthy("5.0", "2000");
  identity(later).logon_method.value = known(LogonMethod::kBatch);
  later.machine.service_pack = known(1);
  EXPECT_EQ(outcome(kPasswordSync, later), "passed");
  // ... and none where sync makes it a network logon.
  Server synced = with_sync("4.0", "nt4");
  identity(synced).logon_method.value = known(LogonMethod::kBatch);
  synced.machine.service_pack = known(3);
  EXPECT_EQ(outcome(kPasswordSync, synced), "passed");
}

// WS03:cc737387.
TEST(PasswordSync, FtpWithSyncAndWithoutAnonymous) {
  Server server = with_sync("5.0", "2000");
  identity(server).service = facts::Service::kFtp6;
  identity(server).anonymous.value = {false, at("iis.txt", 24)};
  EXPECT_EQ(transcript(kPasswordSync, server),
            "failed: on, while anonymous FTP is off: nobody can log on\n"
            "fail sync-blocks-ftp: on, while anonymous FTP is off: nobody can "
            "log on\n"
            "  password sync is on [iis.txt, line 22]\n"
            "  anonymous FTP is off [iis.txt, line 24]\n");
  identity(server).anonymous.value = known(true);
  EXPECT_EQ(outcome(kPasswordSync, server), "passed");
  identity(server).anonymous.value = {};
  EXPECT_EQ(outcome(kPasswordSync, server), "passed");
  identity(server).anonymous.value = known(false);
  identity(server).password_sync.value = known(false);
  EXPECT_EQ(outcome(kPasswordSync, server), "passed");

  Server web = with_sync("5.0", "2000");
  identity(web).anonymous.value = known(false);
  EXPECT_EQ(outcome(kPasswordSync, web), "passed");
}

TEST(PasswordSync, StaleOverrides) {
  Server server = healthy("6.0", "2003");
  identity(server).overrides = {
      {Override::Kind::kOwnPasswordParentsAccount, "/LM/W3SVC/1/ROOT/shop",
       at("MetaBase.xml", 120)},
      {Override::Kind::kOwnAccountParentsPassword, "/LM/W3SVC/2",
       at("MetaBase.xml", 140)},
      {Override::Kind::kStoredPairAnonymousOff, "/LM/W3SVC/3/ROOT",
       at("MetaBase.xml", 160)}};
  EXPECT_EQ(transcript(kPasswordSync, server),
            "warning: /LM/W3SVC/1/ROOT/shop stores its own password for its "
            "parent's account\n"
            "warning stale-override: /LM/W3SVC/1/ROOT/shop stores its own "
            "password for its parent's account\n"
            "  /LM/W3SVC/1/ROOT/shop stores its own password for its parent's "
            "account [MetaBase.xml, line 120]\n"
            "  /LM/W3SVC/2 stores its own account with its parent's password "
            "[MetaBase.xml, line 140]\n"
            "  /LM/W3SVC/3/ROOT stores a password of its own although "
            "anonymous access is off [MetaBase.xml, line 160]\n");
}

// Looked for on IIS 7 and later too, in place of the skip.
TEST(PasswordSync, StaleOverrideWhereThereIsNoSync) {
  for (const std::string_view account : {"IUSR_WEB01", "IUSR"}) {
    Server server = healthy("10.0", "2019");
    identity(server).account.value = known(std::string(account));
    identity(server).overrides = {{Override::Kind::kOwnPasswordParentsAccount,
                                   "Default Web Site/shop",
                                   at("applicationHost.config", 300)}};
    EXPECT_EQ(outcome(kPasswordSync, server), "warning: stale-override");
  }
  // With sync on and effective a stale password is no fault.
  Server synced = with_sync("5.0", "2000");
  identity(synced).overrides = {{Override::Kind::kOwnPasswordParentsAccount,
                                 "/LM/W3SVC/1", at("iis.txt", 50)}};
  EXPECT_EQ(outcome(kPasswordSync, synced), "passed");
}

TEST(PasswordSync, SkippedForAccountsWithoutAPassword) {
  EXPECT_EQ(transcript(kPasswordSync, with_account("10.0", "2019", "")),
            "skipped: the pool identity has no stored password\n");
  EXPECT_EQ(transcript(kPasswordSync, with_account("10.0", "2019", "IUSR")),
            "skipped: the built-in account has no password\n");
}

}  // namespace
}  // namespace iisdiag::checks
