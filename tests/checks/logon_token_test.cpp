// Whom an entry of a rights list covers (FACTS.md C.2).
#include "checks/logon_token.hpp"

#include <gtest/gtest.h>

#include <array>

#include "support/servers.hpp"

namespace iisdiag::checks {

// For the messages of the tests.
static std::ostream& operator<<(std::ostream& out, const Seen& seen) {
  return out << seen.text << " [" << seen.origin.text() << "]";
}

namespace {

using facts::LogonRight;
using facts::Server;
using knowledge::Tristate;

constexpr auto kYes = Tristate::kYes;
constexpr auto kMaybe = Tristate::kMaybe;
constexpr auto kNo = Tristate::kNo;

constexpr std::string_view kForeignSid =
    "*S-1-5-21-1004336348-1177238915-682003330-1005";

Cover cover(const Server& server, std::string_view entry,
            LogonRight right = LogonRight::kNetwork, bool deny = false) {
  const Case subject = make_case(server, server.identities.front());
  return LogonToken(subject, right).covers(principals(entry).front(), deny);
}
Tristate covers(const Server& server, std::string_view entry,
                LogonRight right = LogonRight::kNetwork, bool deny = false) {
  return cover(server, entry, right, deny).covers;
}

// Before Windows 2000 nothing but its own groups brings an account into Users.
Server nt4() { return healthy("4.0", "nt4"); }
Server guest(std::string_view iis, std::string_view windows) {
  Server server = healthy(iis, windows);
  identity(server).account.value = known<std::string>("Guest");
  record(server).name = "Guest";
  return server;
}
Server in_groups(std::string_view iis, std::string_view windows,
                 std::vector<std::string> groups) {
  Server server = healthy(iis, windows);
  record(server).local_groups = {std::move(groups), at("net-user.txt", 23)};
  return server;
}
Server in_domain(std::string_view iis, std::string_view windows) {
  Server server = healthy(iis, windows);
  use_domain_account(server, "CORP\\web");
  return server;
}

TEST(LogonToken, SidsThatEveryLogonGets) {
  for (const auto& [iis, windows] :
       {std::pair{"4.0", "nt4"}, std::pair{"5.0", "2000"},
        std::pair{"6.0", "2003"}, std::pair{"10.0", "2025"}}) {
    for (const Server& server :
         {healthy(iis, windows), in_domain(iis, windows)}) {
      for (const LogonRight right :
           {LogonRight::kInteractive, LogonRight::kNetwork,
            LogonRight::kBatch}) {
        EXPECT_EQ(covers(server, "*S-1-1-0", right), kYes) << windows;
        EXPECT_EQ(covers(server, "*S-1-2-0", right), kYes) << windows;
        EXPECT_EQ(covers(server, "*S-1-5-11", right), kYes) << windows;
        EXPECT_EQ(covers(server, "*S-1-5-15", right), kYes) << windows;
      }
    }
  }
}

TEST(LogonToken, TheSidOfTheLogonType) {
  struct Row {
    LogonRight right;
    const char* sid;
  };
  constexpr std::array kRows = {Row{LogonRight::kNetwork, "*S-1-5-2"},
                                Row{LogonRight::kBatch, "*S-1-5-3"},
                                Row{LogonRight::kInteractive, "*S-1-5-4"}};
  const Server server = healthy("6.0", "2003");
  for (const Row& logon : kRows) {
    for (const Row& sid : kRows) {
      EXPECT_EQ(covers(server, sid.sid, logon.right),
                logon.right == sid.right ? kYes : kNo)
          << sid.sid << " in a " << logon_words(logon.right);
    }
  }
}

// ANONYMOUS LOGON has nothing to do with the anonymous account of IIS.
TEST(LogonToken, SidsThatNoSuchLogonGets) {
  const Server server = healthy("6.0", "2003");
  for (const std::string_view sid :
       {"*S-1-5-1", "*S-1-5-6", "*S-1-5-7", "*S-1-5-9", "*S-1-5-17",
        "*S-1-5-18", "*S-1-5-19", "*S-1-5-20", "*S-1-16-8192",
        "*S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415"}) {
    EXPECT_EQ(covers(server, sid), kNo) << sid;
  }
}

TEST(LogonToken, NamesOfWellKnownSids) {
  const Server server = healthy("6.0", "2003");
  EXPECT_EQ(covers(server, "Everyone"), kYes);
  EXPECT_EQ(covers(server, "everyone"), kYes);
  EXPECT_EQ(covers(server, "NT AUTHORITY\\NETWORK"), kYes);
  EXPECT_EQ(covers(server, "NT AUTHORITY\\INTERACTIVE"), kNo);
  EXPECT_EQ(covers(server, "BUILTIN\\Guests"), kYes);
  EXPECT_EQ(covers(server, "Guests"), kYes);
  EXPECT_EQ(covers(server, "Administrators"), kNo);
}

// Of the Guest account, not of the members of Guests.
TEST(LogonToken, OnlyGuestIsNoAuthenticatedUserFromXpOn) {
  EXPECT_EQ(covers(guest("4.0", "nt4"), "*S-1-5-11"), kYes);
  EXPECT_EQ(covers(guest("5.0", "2000"), "*S-1-5-11"), kYes);
  EXPECT_EQ(covers(guest("5.1", "xp"), "*S-1-5-11"), kNo);
  EXPECT_EQ(covers(guest("6.0", "2003"), "*S-1-5-11"), kNo);
  EXPECT_EQ(covers(guest("10.0", "2022"), "*S-1-5-11"), kNo);
  EXPECT_EQ(covers(healthy("6.0", "2003"), "*S-1-5-11"), kYes);
  Server open = guest("6.0", "2003");
  open.machine.windows = {};
  open.machine.iis = {};
  EXPECT_EQ(covers(open, "*S-1-5-11"), kMaybe);
}

// From 2000 on Users contains Authenticated Users and INTERACTIVE.
TEST(LogonToken, UsersHoldWhoeverLogsOn) {
  EXPECT_EQ(covers(nt4(), "*S-1-5-32-545"), kNo);
  EXPECT_EQ(covers(healthy("5.0", "2000"), "*S-1-5-32-545"), kYes);
  EXPECT_EQ(covers(healthy("10.0", "2019"), "*S-1-5-32-545"), kYes);
  EXPECT_EQ(covers(in_domain("6.0", "2003"), "*S-1-5-32-545"), kYes);
  EXPECT_EQ(covers(in_domain("4.0", "nt4"), "*S-1-5-32-545"), kMaybe);
  EXPECT_EQ(covers(in_groups("4.0", "nt4", {"Users"}), "*S-1-5-32-545"), kYes);
  // Guest is no Authenticated User, but whoever logs on locally is there.
  EXPECT_EQ(covers(guest("6.0", "2003"), "*S-1-5-32-545"), kNo);
  EXPECT_EQ(
      covers(guest("6.0", "2003"), "*S-1-5-32-545", LogonRight::kInteractive),
      kYes);
}

// Hardened servers take them out again.
TEST(LogonToken, CapturedUsersGroupIsBelieved) {
  Server hardened = healthy("6.0", "2003");
  add_group(hardened, "Users", {"CORP\\Domain Users"});
  EXPECT_EQ(covers(hardened, "*S-1-5-32-545"), kNo);
  Server standard = healthy("6.0", "2003");
  add_group(standard, "Users", {"NT AUTHORITY\\Authenticated Users"});
  EXPECT_EQ(covers(standard, "*S-1-5-32-545"), kYes);
  Server by_sid = healthy("6.0", "2003");
  add_group(by_sid, "Users", {"S-1-5-4"});
  EXPECT_EQ(covers(by_sid, "*S-1-5-32-545"), kNo);
  EXPECT_EQ(covers(by_sid, "*S-1-5-32-545", LogonRight::kInteractive), kYes);
}

TEST(LogonToken, LocalAccountSids) {
  const auto local = [](std::string_view iis, std::string_view windows) {
    return covers(healthy(iis, windows), "*S-1-5-113");
  };
  EXPECT_EQ(local("5.0", "2000"), kNo);
  EXPECT_EQ(local("6.0", "2003"), kNo);
  EXPECT_EQ(local("7.0", "vista"), kNo);
  EXPECT_EQ(local("7.0", "2008"), kNo);
  // With KB2871997.
  EXPECT_EQ(local("7.5", "7"), kMaybe);
  EXPECT_EQ(local("7.5", "2008r2"), kMaybe);
  EXPECT_EQ(local("8.0", "8"), kMaybe);
  EXPECT_EQ(local("8.0", "2012"), kMaybe);
  EXPECT_EQ(local("8.5", "8.1"), kYes);
  EXPECT_EQ(local("8.5", "2012r2"), kYes);
  EXPECT_EQ(local("10.0", "10"), kYes);
  EXPECT_EQ(local("10.0", "2025"), kYes);

  EXPECT_EQ(covers(in_domain("10.0", "2019"), "*S-1-5-113"), kNo);
  Server controller = healthy("10.0", "2019");
  make_controller(controller);
  EXPECT_EQ(covers(controller, "*S-1-5-113"), kNo);
  // A machine or a controller: `None` is the global group of a machine.
  Server open = healthy("10.0", "2019");
  open.machine.role = {};
  EXPECT_EQ(covers(open, "*S-1-5-113"), kYes);
  // Readers leave the word out.
  record(open).global_groups = known(std::vector<std::string>{});
  EXPECT_EQ(covers(open, "*S-1-5-113"), kYes);
  record(open).global_groups = known(std::vector<std::string>{"Domain Users"});
  EXPECT_EQ(covers(open, "*S-1-5-113"), kMaybe);
  record(open).global_groups = {};
  EXPECT_EQ(covers(open, "*S-1-5-113"), kMaybe);
}

TEST(LogonToken, LocalAccountAndAdministrator) {
  EXPECT_EQ(covers(healthy("10.0", "2019"), "*S-1-5-114"), kNo);
  EXPECT_EQ(covers(in_groups("10.0", "2019", {"Administrators"}), "*S-1-5-114"),
            kYes);
  EXPECT_EQ(covers(in_groups("7.5", "7", {"Administrators"}), "*S-1-5-114"),
            kMaybe);
  EXPECT_EQ(covers(in_groups("6.0", "2003", {"Administrators"}), "*S-1-5-114"),
            kNo);
}

TEST(LogonToken, TheAccountByName) {
  const Server server = healthy("6.0", "2003");
  for (const std::string_view name :
       {"IUSR_WEB01", "iusr_web01", "WEB01\\IUSR_WEB01", ".\\IUSR_WEB01"}) {
    const Cover found = cover(server, name);
    EXPECT_EQ(found.covers, kYes) << name;
    EXPECT_TRUE(found.is_account) << name;
  }
  EXPECT_EQ(covers(server, "CORP\\IUSR_WEB01"), kNo);
  EXPECT_EQ(covers(server, "IWAM_WEB01"), kNo);
  EXPECT_EQ(covers(server, "IUSR_WEB"), kNo);

  const Server domain = in_domain("6.0", "2003");
  EXPECT_EQ(covers(domain, "CORP\\web"), kYes);
  EXPECT_EQ(covers(domain, "corp\\WEB"), kYes);
  EXPECT_EQ(covers(domain, "PARTNER\\web"), kMaybe);  // a group of that name
  EXPECT_EQ(covers(domain, "web"), kMaybe);
  Server upn = in_domain("6.0", "2003");
  identity(upn).account.value = known<std::string>("web@corp.example");
  EXPECT_EQ(covers(upn, "CORP\\web"), kMaybe);

  Server controller = healthy("6.0", "2003");
  make_controller(controller);
  EXPECT_EQ(covers(controller, "CORP\\IUSR_WEB01"), kYes);
  EXPECT_EQ(covers(controller, "IUSR_WEB01"), kYes);
  EXPECT_NE(covers(controller, "PARTNER\\IUSR_WEB01"), kYes);

  // WEB01 may be this machine, or another.
  Server nameless = healthy("6.0", "2003");
  nameless.machine.computer = {};
  EXPECT_EQ(covers(nameless, "WEB01\\IUSR_WEB01"), kMaybe);
}

// It may be the account, one of its groups, or something deleted long ago.
TEST(LogonToken, ASidThatNothingNames) {
  const Server local = healthy("6.0", "2003");
  EXPECT_EQ(covers(local, kForeignSid), kMaybe);
  EXPECT_EQ(covers(local, kForeignSid, LogonRight::kNetwork, true), kNo);
  const Server domain = in_domain("6.0", "2003");
  EXPECT_EQ(covers(domain, kForeignSid), kMaybe);
  EXPECT_EQ(covers(domain, kForeignSid, LogonRight::kNetwork, true), kMaybe);
  Server controller = healthy("6.0", "2003");
  make_controller(controller);
  EXPECT_EQ(covers(controller, kForeignSid, LogonRight::kNetwork, true),
            kMaybe);
}

TEST(LogonToken, FixedRids) {
  const Server server = healthy("6.0", "2003");
  EXPECT_EQ(covers(server, "*S-1-5-21-1-2-3-500"), kNo);
  EXPECT_EQ(covers(server, "*S-1-5-21-1-2-3-501"), kNo);
  EXPECT_EQ(covers(server, "*S-1-5-21-1-2-3-502"), kNo);
  EXPECT_EQ(covers(guest("6.0", "2003"), "*S-1-5-21-1-2-3-501"), kYes);
  Server domain = in_domain("6.0", "2003");
  EXPECT_EQ(covers(domain, "*S-1-5-21-1-2-3-501"), kNo);
  EXPECT_EQ(covers(domain, "*S-1-5-21-1-2-3-513"), kMaybe);
  identity(domain).account.value = known<std::string>("CORP\\Guest");
  EXPECT_EQ(covers(domain, "*S-1-5-21-1-2-3-501"), kMaybe);
}

TEST(LogonToken, DirectGroups) {
  const Cover guests = cover(healthy("6.0", "2003"), "*S-1-5-32-546");
  EXPECT_EQ(guests.covers, kYes);
  EXPECT_FALSE(guests.is_account);
  EXPECT_EQ(guests.how, (std::vector<Seen>{{"IUSR_WEB01 is a member of Guests",
                                            at("net-user.txt", 23)}}));
  EXPECT_EQ(covers(healthy("6.0", "2003"), "*S-1-5-32-544"), kNo);
  EXPECT_EQ(covers(in_groups("6.0", "2003", {"WebDeny"}), "WebDeny"), kYes);
  EXPECT_EQ(covers(in_groups("6.0", "2003", {"WebDeny"}), "WEB01\\webdeny"),
            kYes);
  EXPECT_EQ(covers(in_groups("6.0", "2003", {"WebDeny"}), "CORP\\WebDeny"),
            kNo);
}

// `net user` shows 21 characters of a name (FORMATS.md 8.1).
TEST(LogonToken, GroupNamesThatWereCut) {
  const std::string_view sid = "*S-1-5-32-558";  // Performance Monitor Users
  EXPECT_EQ(covers(in_groups("6.0", "2003", {"Performance Monitor U"}), sid),
            kYes);
  EXPECT_EQ(covers(in_groups("6.0", "2003", {"Performance Monitor"}), sid),
            kNo);
  EXPECT_EQ(covers(in_groups("6.0", "2003", {"Performance Log Users"}), sid),
            kNo);
}

TEST(LogonToken, NestedGroups) {
  Server server = in_groups("6.0", "2003", {});
  add_group(server, "Guests", {"Visitors", "CORP\\Domain Guests"});
  add_group(server, "Visitors", {"WEB01\\Anonymous"});
  add_group(server, "Anonymous", {"IUSR_WEB01"});
  const Cover found = cover(server, "*S-1-5-32-546");
  EXPECT_EQ(found.covers, kYes);
  EXPECT_FALSE(found.is_account);
  EXPECT_EQ(
      found.how,
      (std::vector<Seen>{
          {"Visitors is a member of Guests", at("Guests.txt", 1)},
          {"WEB01\\Anonymous is a member of Visitors", at("Visitors.txt", 1)},
          {"IUSR_WEB01 is a member of Anonymous", at("Anonymous.txt", 1)}}));
}

TEST(LogonToken, GroupsThatContainEachOtherEndTheWalk) {
  Server server = in_groups("6.0", "2003", {});
  add_group(server, "Guests", {"Visitors"});
  add_group(server, "Visitors", {"Guests", "visitors"});
  EXPECT_EQ(covers(server, "*S-1-5-32-546"), kNo);
  record(server).local_groups = known<std::vector<std::string>>({"Visitors"});
  EXPECT_EQ(covers(server, "*S-1-5-32-546"), kYes);
}

TEST(LogonToken, GroupsThatWereNotRead) {
  Server server = healthy("6.0", "2003");
  record(server).local_groups = {};
  const Cover open = cover(server, "*S-1-5-32-546");
  EXPECT_EQ(open.covers, kMaybe);
  EXPECT_EQ(open.open, "which groups the account is in was not read");
  // Other accounts are no groups.
  list_accounts(server, {"IUSR_WEB01", "IWAM_WEB01"});
  EXPECT_EQ(covers(server, "IWAM_WEB01"), kNo);
  // A group whose members were captured speaks for itself.
  add_group(server, "Guests", {"Guest", "IUSR_WEB01"});
  EXPECT_EQ(covers(server, "*S-1-5-32-546"), kYes);

  Server damaged = in_domain("6.0", "2003");
  add_group(damaged, "Guests", {});
  damaged.accounts.groups.front().members = {};
  EXPECT_EQ(cover(damaged, "*S-1-5-32-546").open,
            "the members of Guests were not read whole");
  add_group(damaged, "Visitors", {"CORP\\web"});
  EXPECT_EQ(covers(damaged, "Visitors"), kYes);
}

TEST(LogonToken, GroupsOfADomain) {
  // They do not hold this machine's accounts.
  EXPECT_EQ(covers(healthy("6.0", "2003"), "CORP\\Domain Guests"), kNo);
  Server domain = in_domain("6.0", "2003");
  EXPECT_EQ(covers(domain, "CORP\\Domain Guests"), kMaybe);
  domain.accounts.accounts = {domain_account("web")};
  EXPECT_EQ(covers(domain, "CORP\\Domain Users"), kYes);
  // They nest, and the record shows direct memberships only.
  EXPECT_EQ(covers(domain, "CORP\\Web Operators"), kMaybe);
  // A domain account's own record says nothing of this machine's groups.
  EXPECT_EQ(covers(domain, "*S-1-5-32-546"), kMaybe);
  add_group(domain, "Guests", {"Guest"});
  EXPECT_EQ(covers(domain, "*S-1-5-32-546"), kNo);
  add_group(domain, "Operators", {"CORP\\Domain Users"});
  EXPECT_EQ(covers(domain, "Operators"), kYes);
}

}  // namespace
}  // namespace iisdiag::checks
