// Which right a logon needs, and what lists and policies say of it.
#include <gtest/gtest.h>

#include <array>

#include "support/servers.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonMethod;
using facts::LogonRight;
using facts::Observed;
using facts::Principal;
using facts::Server;

constexpr std::array kGrants = {LogonRight::kInteractive, LogonRight::kNetwork,
                                LogonRight::kBatch};

enum class Sync : std::uint8_t { kOff, kOn, kOnButIgnored };

// FACTS.md A.1 and C.2.
struct Need {
  const char* iis;
  const char* windows;
  Sync sync;
  LogonMethod method;
  LogonRight right;
};
constexpr auto kInteractive = LogonMethod::kInteractive;
constexpr auto kBatch = LogonMethod::kBatch;
constexpr auto kNetwork = LogonMethod::kNetwork;
constexpr auto kCleartext = LogonMethod::kNetworkCleartext;
constexpr std::array kNeeds = {
    Need{"1.0", "nt3.51", Sync::kOff, kInteractive, LogonRight::kInteractive},
    Need{"1.0", "nt3.51", Sync::kOff, kBatch, LogonRight::kBatch},
    Need{"2.0", "nt4", Sync::kOff, kInteractive, LogonRight::kInteractive},
    Need{"3.0", "nt4", Sync::kOff, kInteractive, LogonRight::kInteractive},
    Need{"3.0", "nt4", Sync::kOff, kBatch, LogonRight::kBatch},
    Need{"3.0", "nt4", Sync::kOff, kNetwork, LogonRight::kNetwork},
    Need{"4.0", "nt4", Sync::kOff, kInteractive, LogonRight::kInteractive},
    Need{"4.0", "nt4", Sync::kOff, kBatch, LogonRight::kBatch},
    Need{"4.0", "nt4", Sync::kOff, kNetwork, LogonRight::kNetwork},
    Need{"4.0", "nt4", Sync::kOn, kInteractive, LogonRight::kNetwork},
    Need{"4.0", "nt4", Sync::kOn, kBatch, LogonRight::kNetwork},
    Need{"5.0", "2000", Sync::kOff, kInteractive, LogonRight::kInteractive},
    Need{"5.0", "2000", Sync::kOff, kBatch, LogonRight::kBatch},
    Need{"5.0", "2000", Sync::kOff, kNetwork, LogonRight::kNetwork},
    Need{"5.0", "2000", Sync::kOn, kInteractive, LogonRight::kNetwork},
    Need{"5.1", "xp", Sync::kOff, kInteractive, LogonRight::kInteractive},
    Need{"5.1", "xp", Sync::kOn, kInteractive, LogonRight::kNetwork},
    Need{"6.0", "2003", Sync::kOff, kInteractive, LogonRight::kInteractive},
    Need{"6.0", "2003", Sync::kOff, kBatch, LogonRight::kBatch},
    Need{"6.0", "2003", Sync::kOff, kNetwork, LogonRight::kNetwork},
    Need{"6.0", "2003", Sync::kOff, kCleartext, LogonRight::kNetwork},
    Need{"6.0", "2003", Sync::kOn, kInteractive, LogonRight::kNetwork},
    Need{"6.0", "2003", Sync::kOnButIgnored, kInteractive,
         LogonRight::kInteractive},
    Need{"6.0", "2003", Sync::kOnButIgnored, kCleartext, LogonRight::kNetwork},
    Need{"7.0", "2008", Sync::kOff, kCleartext, LogonRight::kNetwork},
    Need{"7.5", "2008r2", Sync::kOff, kInteractive, LogonRight::kInteractive},
    Need{"8.0", "2012", Sync::kOff, kBatch, LogonRight::kBatch},
    Need{"8.5", "2012r2", Sync::kOff, kNetwork, LogonRight::kNetwork},
    Need{"10.0", "2025", Sync::kOff, kCleartext, LogonRight::kNetwork},
    // What IIS 7 and later read of the flag is nothing.
    Need{"10.0", "2025", Sync::kOn, kInteractive, LogonRight::kInteractive},
};

Server server_of(const Need& need) {
  Server server = need.sync == Sync::kOff ? healthy(need.iis, need.windows)
                                          : with_sync(need.iis, need.windows);
  if (need.sync == Sync::kOnButIgnored) {
    server.machine.subauthentication =
        Observed<std::string>::absent(at("system.reg", 30));
  }
  identity(server).logon_method.value = known(need.method);
  for (const LogonRight grant : kGrants) {
    assign(server, grant, "*S-1-5-32-544");
  }
  return server;
}

std::string name_of(const Need& need) {
  return std::string(need.iis) + ", sync " +
         std::to_string(static_cast<int>(need.sync)) + ", " +
         std::string(facts::method_name(need.method));
}

bool may_need_local(const Need& need) {
  const std::string_view iis = need.iis;
  return need.sync == Sync::kOn && (iis == "4.0" || iis.starts_with("5."));
}

TEST(UserRights, TheNeededRightAloneIsEnough) {
  for (const Need& need : kNeeds) {
    Server server = server_of(need);
    assign(server, need.right, "*S-1-5-32-544,IUSR_WEB01");
    EXPECT_EQ(outcome(kUserRights, server),
              may_need_local(need) ? "warning: right-local-missing" : "passed")
        << name_of(need);
  }
}

TEST(UserRights, AnyOtherRightIsOfNoUse) {
  for (const Need& need : kNeeds) {
    Server server = server_of(need);
    for (const LogonRight grant : kGrants) {
      if (grant != need.right) {
        assign(server, grant, "*S-1-1-0,IUSR_WEB01");
      }
    }
    EXPECT_EQ(outcome(kUserRights, server), "failed: right-missing")
        << name_of(need);
  }
}

TEST(UserRights, DenyBeatsGrant) {
  for (const Need& need : kNeeds) {
    Server server = server_of(need);
    for (const LogonRight grant : kGrants) {
      assign(server, grant, "IUSR_WEB01");
    }
    assign(server, facts::deny_of(need.right), "IUSR_WEB01");
    // Deny rights exist from Windows 2000 on.
    const bool nt = std::string_view(need.windows).starts_with("nt");
    EXPECT_EQ(outcome(kUserRights, server),
              nt ? "passed" : "failed: right-denied")
        << name_of(need);
  }
}

TEST(UserRights, ADenyRightOfAnotherLogonDoesNotApply) {
  for (const Need& need : kNeeds) {
    if (may_need_local(need)) {
      continue;  // LocalLogonBesideSync asks there
    }
    Server server = server_of(need);
    assign(server, need.right, "IUSR_WEB01");
    for (const LogonRight grant : kGrants) {
      if (grant != need.right) {
        assign(server, facts::deny_of(grant), "*S-1-1-0");
      }
    }
    EXPECT_EQ(outcome(kUserRights, server), "passed") << name_of(need);
  }
}

TEST(UserRights, WhatAPassSays) {
  EXPECT_EQ(transcript(kUserRights, healthy("5.0", "2000")),
            "passed: local logon allowed, no deny right applies\n");
  EXPECT_EQ(transcript(kUserRights, healthy("4.0", "nt4")),
            "passed: local logon allowed\n");
}

TEST(UserRights, Missing) {
  Server server = healthy("6.0", "2003");
  assign(server, LogonRight::kNetwork, "*S-1-5-32-544,CORP\\web");
  EXPECT_EQ(transcript(kUserRights, server),
            "failed: network logon is not granted to the account\n"
            "fail right-missing: network logon is not granted to the account\n"
            "  SeNetworkLogonRight lists BUILTIN\\Administrators and CORP\\web "
            "[secedit.inf, line 12]\n"
            "  IUSR_WEB01 is a member of Guests [net-user.txt, line 23]\n");

  // A complete list that does not name a right: nobody holds it.
  server.rights.front().holders(LogonRight::kNetwork) =
      Observed<std::vector<Principal>>::absent(at("secedit.inf", 0));
  record(server).local_groups = known(std::vector<std::string>{});
  EXPECT_EQ(transcript(kUserRights, server),
            "failed: network logon is not granted to the account\n"
            "fail right-missing: network logon is not granted to the account\n"
            "  SeNetworkLogonRight is not in the list, so nobody holds it "
            "[secedit.inf]\n"
            "  IUSR_WEB01 is a member of no local group [evidence, line 1]\n");
  // So does one that is defined as empty.
  assign(server, LogonRight::kNetwork, "");
  EXPECT_EQ(outcome(kUserRights, server), "failed: right-missing");
}

// Names of another language are nobody's in particular, and that is no proof
// of a missing right.
TEST(UserRights, NamesOfAnotherLanguageDecideNothing) {
  for (const char* list : {"Jeder", "NT-AUTORIT\xC3\x84T\\NETZWERK"}) {
    Server server = healthy("6.0", "2003");
    server.accounts.accounts.clear();
    list_accounts(server, {"IUSR_WEB01"});
    assign(server, LogonRight::kNetwork, list);
    EXPECT_EQ(outcome(kUserRights, server), "unknown: rights-not-read") << list;
  }
}

TEST(UserRights, DeniedToTheAccountItself) {
  Server server = healthy("6.0", "2003");
  assign(server, LogonRight::kDenyNetwork, "WEB01\\iusr_web01");
  EXPECT_EQ(transcript(kUserRights, server),
            "failed: network logon is denied to the account\n"
            "fail right-denied: network logon is denied to the account\n"
            "  SeDenyNetworkLogonRight lists WEB01\\iusr_web01 [secedit.inf, "
            "line 15]\n");
}

TEST(UserRights, DeniedThroughAGroup) {
  Server server = healthy("6.0", "2003");
  assign(server, LogonRight::kDenyNetwork, "*S-1-5-7,*S-1-5-32-546");
  EXPECT_EQ(transcript(kUserRights, server),
            "failed: network logon is denied through group Guests\n"
            "fail right-denied: network logon is denied through group Guests\n"
            "  SeDenyNetworkLogonRight lists BUILTIN\\Guests [secedit.inf, "
            "line 15]\n"
            "  IUSR_WEB01 is a member of Guests [net-user.txt, line 23]\n");
}

TEST(UserRights, DeniedThroughASidOfEveryLogon) {
  Server server = healthy("10.0", "2019");
  assign(server, LogonRight::kDenyNetwork, "*S-1-5-113");
  EXPECT_EQ(transcript(kUserRights, server),
            "failed: network logon is denied through Local account\n"
            "fail right-denied: network logon is denied through Local account\n"
            "  SeDenyNetworkLogonRight lists NT AUTHORITY\\Local account "
            "[secedit.inf, line 15]\n"
            "  this logon carries NT AUTHORITY\\Local account\n");
}

// Sources disagree which right sync needs in IIS 4 and 5 (FACTS.md U1).
TEST(UserRights, LocalLogonBesideSync) {
  Server server = with_sync("5.0", "2000");
  assign(server, LogonRight::kInteractive, "*S-1-5-32-544");
  EXPECT_EQ(transcript(kUserRights, server),
            "warning: local logon is not held, which password sync may need\n"
            "warning right-local-missing: local logon is not held, which "
            "password sync may need\n"
            "  SeInteractiveLogonRight lists BUILTIN\\Administrators "
            "[secedit.inf, line 11]\n"
            "  IUSR_WEB01 is a member of Guests [net-user.txt, line 23]\n"
            "  uncertain (U1): articles disagree which right a logon under "
            "password sync needs\n");
  // The network logon is what fails where both lack.
  assign(server, LogonRight::kNetwork, "*S-1-5-32-544");
  EXPECT_EQ(outcome(kUserRights, server), "failed: right-missing");

  Server denied = with_sync("5.0", "2000");
  assign(denied, LogonRight::kDenyInteractive, "IUSR_WEB01");
  EXPECT_EQ(outcome(kUserRights, denied), "warning: right-local-missing");

  Server unread = with_sync("5.0", "2000");
  unread.rights.front().holders(LogonRight::kInteractive) = {};
  EXPECT_EQ(outcome(kUserRights, unread), "unknown: rights-not-read");

  Server iis6 = with_sync("6.0", "2003");
  assign(iis6, LogonRight::kInteractive, "");
  EXPECT_EQ(outcome(kUserRights, iis6), "passed");
}

// CrashOnAuditFail (KB922730).
TEST(UserRights, AuditFull) {
  Server server = healthy("5.0", "2000");
  server.machine.crash_on_audit_fail = {2, at("lsa.reg", 5)};
  EXPECT_EQ(
      transcript(kUserRights, server),
      "failed: the security log is full: only administrators may log on\n"
      "fail audit-full: the security log is full: only administrators may log "
      "on\n"
      "  CrashOnAuditFail is 2 [lsa.reg, line 5]\n");
  for (const std::uint32_t value : {0U, 1U, 3U}) {
    server.machine.crash_on_audit_fail = known(value);
    EXPECT_EQ(outcome(kUserRights, server), "passed") << value;
  }
  server.machine.crash_on_audit_fail = known(2U);
  record(server).local_groups =
      known<std::vector<std::string>>({"Administrators"});
  EXPECT_EQ(outcome(kUserRights, server), "passed");
}

TEST(UserRights, ForceGuest) {
  Server server = healthy("5.1", "xp");
  identity(server).logon_method.value = known(kNetwork);
  server.machine.force_guest = {1, at("lsa.reg", 6)};
  EXPECT_EQ(transcript(kUserRights, server),
            "warning: network logons of local accounts become Guest\n"
            "warning force-guest: network logons of local accounts become "
            "Guest\n"
            "  ForceGuest is 1 [lsa.reg, line 6]\n");
  Server off = server;
  off.machine.force_guest = known(0U);
  EXPECT_EQ(outcome(kUserRights, off), "passed");
  Server local = server;
  identity(local).logon_method.value = known(kInteractive);
  EXPECT_EQ(outcome(kUserRights, local), "passed");
  Server before_xp = healthy("5.0", "2000");
  identity(before_xp).logon_method.value = known(kNetwork);
  before_xp.machine.force_guest = known(1U);
  EXPECT_EQ(outcome(kUserRights, before_xp), "passed");
  Server domain = server;
  use_domain_account(domain, "CORP\\web");
  EXPECT_EQ(outcome(kUserRights, domain), "passed");
  Server controller = server;
  make_controller(controller);
  EXPECT_EQ(outcome(kUserRights, controller), "passed");
  // The network logon of password sync is one (FACTS.md U12).
  Server synced = with_sync("5.1", "xp");
  synced.machine.force_guest = known(1U);
  EXPECT_EQ(outcome(kUserRights, synced), "warning: force-guest");
}

TEST(UserRights, SkippedWhereNoAccountLogsOn) {
  EXPECT_EQ(transcript(kUserRights, with_account("10.0", "2019", "")),
            "skipped: the pool identity needs no logon right\n");
  EXPECT_EQ(transcript(kUserRights, with_account("10.0", "2019", "IUSR")),
            "skipped: the built-in account needs no logon right\n");
  Server missing = with_account("6.0", "2003", "IUSR_WEB01");
  list_accounts(missing, {"Administrator"});
  missing.machine.crash_on_audit_fail = known(2U);
  for (const Server& server : {missing, with_account("6.0", "2003", ""),
                               with_account("6.0", "2003", "OLD\\IUSR_OLD"),
                               with_account("6.0", "2003", "WEB01$")}) {
    EXPECT_EQ(transcript(kUserRights, server), "skipped: no such account\n");
  }
}

TEST(UserRights, TheAccountIsNotKnown) {
  Server server = healthy("6.0", "2003");
  identity(server).account.value = {};
  EXPECT_EQ(transcript(kUserRights, server),
            "unknown: which account needs the right is not known\n"
            "unknown rights-not-read: which account needs the right is not "
            "known\n");
  server.machine.crash_on_audit_fail = known(2U);
  EXPECT_EQ(outcome(kUserRights, server),
            "failed: audit-full, rights-not-read");
}

// FTP 6: which logon IIS makes is not known; it matters where they differ.
TEST(UserRights, TwoPossibleLogons) {
  const auto ftp = [](std::string_view local, std::string_view network) {
    Server server = healthy("6.0", "2003");
    identity(server).service = facts::Service::kFtp6;
    identity(server).logon_method.value = {};
    assign(server, LogonRight::kInteractive, local);
    assign(server, LogonRight::kNetwork, network);
    return server;
  };
  EXPECT_EQ(transcript(kUserRights, ftp("IUSR_WEB01", "*S-1-1-0")),
            "passed: every logon that IIS may make is allowed\n");
  EXPECT_EQ(outcome(kUserRights, ftp("", "")), "failed: right-missing");
  EXPECT_EQ(transcript(kUserRights, ftp("", "*S-1-1-0")),
            "unknown: which logon IIS makes here is not known, and it decides\n"
            "unknown rights-not-read: which logon IIS makes here is not known, "
            "and it decides\n"
            "  local logon is not granted to the account [secedit.inf, line "
            "11]\n"
            "  network logon allowed, no deny right applies\n"
            "  uncertain (U9): which logon the FTP service of IIS 6.0 makes is "
            "not documented\n");
  EXPECT_EQ(outcome(kUserRights, ftp("IUSR_WEB01", "")),
            "unknown: rights-not-read");
  // One works until the next policy refresh, the other does not work.
  Server mixed = ftp("IUSR_WEB01", "");
  facts::RightsList gpo = policy();
  gpo.holders(LogonRight::kInteractive) = known(principals("*S-1-5-32-544"));
  mixed.rights.push_back(gpo);
  EXPECT_EQ(outcome(kUserRights, mixed), "unknown: rights-not-read");
}

}  // namespace
}  // namespace iisdiag::checks
