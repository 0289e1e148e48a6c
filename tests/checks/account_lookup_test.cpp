// Whom the configuration names, and whether there is such an account.
#include <gtest/gtest.h>

#include "support/servers.hpp"

namespace iisdiag::checks {
namespace {

using facts::Server;

Server named(std::string_view name) {
  return with_account("6.0", "2003", name);
}

TEST(AccountLookup, PassesAHealthyAccount) {
  EXPECT_EQ(transcript(kAccountLookup, healthy("6.0", "2003")),
            "passed: exists, enabled, not locked, not expired\n");
}

TEST(AccountLookup, TakesEverySpellingOfTheMachinesOwnAccount) {
  for (const std::string_view name :
       {"IUSR_WEB01", "iusr_web01", ".\\IUSR_WEB01", "WEB01\\IUSR_WEB01",
        "web01\\Iusr_Web01"}) {
    Server server = healthy("6.0", "2003");
    identity(server).account.value = known(std::string(name));
    EXPECT_EQ(outcome(kAccountLookup, server), "passed") << name;
  }
}

TEST(AccountLookup, NothingConfigured) {
  for (const auto* const iis : {"1.0", "3.0", "4.0", "5.0", "5.1", "6.0"}) {
    Server server = healthy(iis, "2000");
    identity(server).account.value =
        facts::Observed<std::string>::absent(at("iis.txt", 1));
    EXPECT_EQ(transcript(kAccountLookup, server),
              "failed: no anonymous account is set\n"
              "fail account-not-configured: no anonymous account is set\n"
              "  AnonymousUserName is empty or not set [iis.txt, line 1]\n")
        << iis;
    identity(server).account.value = {"", at("iis.txt", 20)};
    EXPECT_EQ(outcome(kAccountLookup, server), "failed: account-not-configured")
        << iis;
  }
}

TEST(AccountLookup, AnEmptyNameIsThePoolIdentityFromIis7On) {
  for (const auto* const iis : {"7.0", "7.5", "8.0", "8.5", "10.0"}) {
    EXPECT_EQ(transcript(kAccountLookup, with_account(iis, "2008", "")),
              "skipped: the pool identity serves visitors; IIS logs nobody "
              "on\n")
        << iis;
  }
}

TEST(AccountLookup, TheBuiltInIusrNeedsNoRecord) {
  for (const std::string_view name :
       {"IUSR", "iusr", "NT AUTHORITY\\IUSR", "nt authority\\iusr"}) {
    Server server = with_account("10.0", "2019", name);
    list_accounts(server, {"Administrator", "Guest"});
    EXPECT_EQ(transcript(kAccountLookup, server),
              "passed: built into Windows, nothing to look up\n")
        << name;
  }
}

TEST(AccountLookup, IusrIsAnOrdinaryNameBeforeIis7) {
  Server server = named("IUSR");
  list_accounts(server, {"Administrator", "Guest"});
  EXPECT_EQ(outcome(kAccountLookup, server), "failed: account-missing");
}

TEST(AccountLookup, ALocalIusrBesideTheBuiltInOne) {
  Server server = with_account("8.5", "2012r2", "IUSR");
  list_accounts(server, {"Administrator", "iusr"});
  EXPECT_EQ(transcript(kAccountLookup, server),
            "warning: a local account has the same name as the built-in IUSR\n"
            "warning iusr-shadowed: a local account has the same name as the "
            "built-in IUSR\n"
            "  local account IUSR [net-user-all.txt, line 1]\n"
            "  uncertain (U17): which of the two IIS then logs on is not "
            "documented\n");

  // The same account does no harm where another is the anonymous one ...
  Server other = healthy("8.5", "2012r2");
  list_accounts(other, {"IUSR_WEB01", "IUSR"});
  EXPECT_EQ(outcome(kAccountLookup, other), "passed");
  // ... and a domain's IUSR is not beside it.
  Server domain = with_account("8.5", "2012r2", "IUSR");
  domain.accounts.accounts = {domain_account("IUSR")};
  EXPECT_EQ(outcome(kAccountLookup, domain), "passed");
}

TEST(AccountLookup, Missing) {
  Server server = named("IUSR_WEB01");
  report_missing(server, "iusr_web01", false);
  EXPECT_EQ(transcript(kAccountLookup, server),
            "failed: WEB01\\IUSR_WEB01 does not exist\n"
            "fail account-missing: WEB01\\IUSR_WEB01 does not exist\n"
            "  anonymous account IUSR_WEB01 [iis.txt, line 20]\n"
            "  no such account in the account database [net-user.txt, line "
            "2]\n");

  Server listed = named("IUSR_WEB01");
  list_accounts(listed, {"Administrator", "Guest", "IUSR_WEB02"});
  EXPECT_EQ(outcome(kAccountLookup, listed), "failed: account-missing");
}

// Q300432: dcpromo of Windows 2000 and later deletes local accounts.
TEST(AccountLookup, MissingFromAControllerThatWasPromoted) {
  const auto told = [](std::string_view iis, std::string_view windows,
                       std::string_view account, facts::Role role) {
    Server server = healthy(iis, windows);
    identity(server).account.value = known(std::string(account));
    server.machine.role = {role, at("server.reg", 9)};
    report_missing(server, account, false);
    return transcript(kAccountLookup, server)
               .find(
                   "  its promotion to a domain controller deletes local "
                   "accounts [server.reg, line 9]\n") != std::string::npos;
  };
  using facts::Role;
  EXPECT_TRUE(told("5.0", "2000", "IUSR_DC21", Role::kDomainController));
  EXPECT_TRUE(told("6.0", "2003", "iusr_dc21", Role::kDomainController));
  EXPECT_FALSE(told("5.0", "2000", "webguest", Role::kDomainController));
  EXPECT_FALSE(told("5.0", "2000", "IUSR_DC21", Role::kMember));
  EXPECT_FALSE(told("4.0", "nt4", "IUSR_DC21", Role::kDomainController));
}

// Only a whole list, of the right database, about this name, proves absence.
TEST(AccountLookup, NotShownIsNotMissing) {
  Server nothing = named("IUSR_WEB01");
  EXPECT_EQ(transcript(kAccountLookup, nothing),
            "unknown: its record was not read\n"
            "unknown account-not-read: its record was not read\n");

  Server partial = named("IUSR_WEB01");
  partial.accounts.lists.push_back(
      {{"Administrator"}, false, at("net-user-all.txt", 1)});
  EXPECT_EQ(outcome(kAccountLookup, partial), "unknown: account-not-read");

  Server other = named("IUSR_WEB01");
  report_missing(other, "IUSR_WEB02", false);
  EXPECT_EQ(outcome(kAccountLookup, other), "unknown: account-not-read");

  Server unnamed = named("IUSR_WEB01");
  unnamed.accounts.missing.push_back(
      {std::nullopt, false, at("net-user.txt", 1)});
  EXPECT_EQ(outcome(kAccountLookup, unnamed), "unknown: account-not-read");

  Server domain = named("IUSR_WEB01");
  report_missing(domain, "IUSR_WEB01", true);
  EXPECT_EQ(outcome(kAccountLookup, domain), "unknown: account-not-read");
}

TEST(AccountLookup, ListedWithoutItsRecord) {
  Server server = named("IUSR_WEB01");
  list_accounts(server, {"Guest", "IUSR_WEB01"});
  EXPECT_EQ(transcript(kAccountLookup, server),
            "unknown: it exists, but its record was not read\n"
            "unknown account-not-read: it exists, but its record was not read\n"
            "  it is listed [net-user-all.txt, line 1]\n");
}

TEST(AccountLookup, FilesThatDisagreeDecideNothing) {
  Server server = healthy("6.0", "2003");
  report_missing(server, "IUSR_WEB01", false);
  EXPECT_EQ(transcript(kAccountLookup, server),
            "unknown: net-user.txt, line 1 and net-user.txt, line 2 disagree "
            "whether it exists\n"
            "unknown account-not-read: net-user.txt, line 1 and net-user.txt, "
            "line 2 disagree whether it exists\n");
}

TEST(AccountLookup, NotAUser) {
  Server group = named("Webvisitors");
  add_group(group, "WebVisitors", {"IUSR_WEB01"});
  EXPECT_EQ(transcript(kAccountLookup, group),
            "failed: WEB01\\Webvisitors is no user account\n"
            "fail account-not-a-user: WEB01\\Webvisitors is no user account\n"
            "  anonymous account Webvisitors [iis.txt, line 20]\n"
            "  a local group has that name [WebVisitors.txt, line 1]\n");
  EXPECT_EQ(outcome(kAccountLookup, named("Guests")),
            "failed: account-not-a-user");
  EXPECT_EQ(outcome(kAccountLookup, named("Everyone")),
            "failed: account-not-a-user");
  EXPECT_EQ(outcome(kAccountLookup, named("WEB01$")),
            "failed: account-not-a-user");
  Server trust = healthy("6.0", "2003");
  use_domain_account(trust, "CORP\\WEB01$");
  EXPECT_EQ(outcome(kAccountLookup, trust), "failed: account-not-a-user");
}

TEST(AccountLookup, AUserWithTheNameOfSomethingElse) {
  // It has a record, so it is one.
  Server service = healthy("6.0", "2003");
  identity(service).account.value = known<std::string>("Service");
  record(service).name = "Service";
  EXPECT_EQ(outcome(kAccountLookup, service), "passed");
  // Names that Windows reserves on the machine are free in a domain.
  Server domain = healthy("6.0", "2003");
  use_domain_account(domain, "CORP\\service");
  EXPECT_EQ(outcome(kAccountLookup, domain), "unknown: account-not-read");
  // A group of this machine says nothing of a domain's account.
  Server group = healthy("6.0", "2003");
  use_domain_account(group, "CORP\\web");
  add_group(group, "web", {});
  EXPECT_EQ(outcome(kAccountLookup, group), "unknown: account-not-read");
}

TEST(AccountLookup, ARenamedComputerKeepsItsAccount) {
  Server server = healthy("6.0", "2003");
  identity(server).account.value = known<std::string>("IUSR_OLDWEB");
  record(server).name = "IUSR_OLDWEB";
  EXPECT_EQ(transcript(kAccountLookup, server),
            "passed: exists, enabled, not locked, not expired\n"
            "info renamed-computer: it keeps the old computer name OLDWEB and "
            "stays valid\n"
            "  this computer is WEB01 [system.reg, line 3]\n");

  // Nothing tells of a rename where the account has another kind of name, ...
  identity(server).account.value = known<std::string>("IUSRvisitor");
  record(server).name = "IUSRvisitor";
  EXPECT_EQ(outcome(kAccountLookup, server), "passed");
  // ... and a domain holds the IUSR_ accounts of all its controllers (Q142868).
  Server controller = healthy("4.0", "nt4");
  identity(controller).account.value = known<std::string>("IUSR_DC2");
  record(controller).name = "IUSR_DC2";
  make_controller(controller);
  EXPECT_EQ(outcome(kAccountLookup, controller), "passed");
}

TEST(AccountLookup, GuestWhereGuestIsRefused) {
  const auto guest = [](facts::Service service) {
    Server server = healthy("5.0", "2000");
    identity(server).service = service;
    identity(server).account.value = {"guest", at("iis.txt", 20)};
    record(server).name = "Guest";
    return server;
  };
  Server ftp = guest(facts::Service::kFtp6);
  ftp.machine.ftp_allow_guest_access = {0, at("ftp.reg", 8)};
  EXPECT_EQ(transcript(kAccountLookup, ftp),
            "failed: Guest is refused as an anonymous account\n"
            "fail guest-access-blocked: Guest is refused as an anonymous "
            "account\n"
            "  anonymous account guest [iis.txt, line 20]\n"
            "  AllowGuestAccess is 0 [ftp.reg, line 8]\n");
  // Q299256: 0 is its default.
  ftp.machine.ftp_allow_guest_access =
      facts::Observed<std::uint32_t>::absent(at("ftp.reg", 1));
  EXPECT_EQ(outcome(kAccountLookup, ftp), "failed: guest-access-blocked");
  ftp.machine.ftp_allow_guest_access = known(std::uint32_t{1});
  EXPECT_EQ(outcome(kAccountLookup, ftp), "passed");
  // Where nobody read it, it may be what blocks.
  ftp.machine.ftp_allow_guest_access = {};
  EXPECT_EQ(transcript(kAccountLookup, ftp),
            "unknown: whether AllowGuestAccess lets Guest in was not read\n"
            "unknown account-not-read: whether AllowGuestAccess lets Guest in "
            "was not read\n"
            "  anonymous account guest [iis.txt, line 20]\n");
  // Q299256 is about IIS 4.0 and 5.x.
  Server ftp6 = healthy("6.0", "2003");
  identity(ftp6).service = facts::Service::kFtp6;
  identity(ftp6).account.value = {"Guest", at("iis.txt", 20)};
  record(ftp6).name = "Guest";
  EXPECT_EQ(outcome(kAccountLookup, ftp6), "passed");

  Server web = guest(facts::Service::kWeb);
  web.machine.ftp_allow_guest_access = known(std::uint32_t{0});
  EXPECT_EQ(outcome(kAccountLookup, web), "passed");
  web.machine.web_allow_guest_access = known(std::uint32_t{0});
  EXPECT_EQ(outcome(kAccountLookup, web), "failed: guest-access-blocked");
  // The value of an older IIS stays behind; from IIS 7.0 on nothing reads it.
  identity(web).store = facts::Store::kAppHost;
  EXPECT_EQ(outcome(kAccountLookup, web), "passed");

  // Neither value is one of the FTP service of IIS 7.
  Server ftp7 = guest(facts::Service::kFtp7);
  ftp7.machine.web_allow_guest_access = known(std::uint32_t{0});
  EXPECT_EQ(outcome(kAccountLookup, ftp7), "passed");

  Server other = healthy("5.0", "2000");
  identity(other).service = facts::Service::kFtp6;
  other.machine.ftp_allow_guest_access = known(std::uint32_t{0});
  EXPECT_EQ(outcome(kAccountLookup, other), "passed");
}

TEST(AccountLookup, Ftp7LooksABareNameUpInItsDefaultDomain) {
  const auto ftp = [](std::string_view account, std::string_view domain) {
    Server server = healthy("7.5", "2008r2");
    identity(server).service = facts::Service::kFtp7;
    identity(server).account.value = {std::string(account), at("iis.txt", 20)};
    identity(server).logon_domain.value = {std::string(domain),
                                           at("iis.txt", 26)};
    return server;
  };
  Server by_default = ftp("IUSR_WEB01", "NT AUTHORITY");
  identity(by_default).logon_domain.is_default = true;
  EXPECT_EQ(transcript(kAccountLookup, by_default),
            "failed: FTP looks IUSR_WEB01 up in NT AUTHORITY\n"
            "fail wrong-logon-domain: FTP looks IUSR_WEB01 up in NT AUTHORITY\n"
            "  anonymous account IUSR_WEB01 [iis.txt, line 20]\n"
            "  defaultLogonDomain NT AUTHORITY, the default [iis.txt, line "
            "26]\n");
  EXPECT_EQ(outcome(kAccountLookup, ftp("IUSR_WEB01", "CORP")),
            "failed: wrong-logon-domain");

  EXPECT_EQ(outcome(kAccountLookup, ftp("WEB01\\IUSR_WEB01", "NT AUTHORITY")),
            "passed");
  EXPECT_EQ(outcome(kAccountLookup, ftp(".\\IUSR_WEB01", "NT AUTHORITY")),
            "passed");
  EXPECT_EQ(outcome(kAccountLookup, ftp("IUSR_WEB01", "web01")), "passed");
  EXPECT_EQ(outcome(kAccountLookup, ftp("IUSR_WEB01", ".")), "passed");
  EXPECT_EQ(outcome(kAccountLookup, ftp("IUSR_WEB01", "")), "passed");
  // The domain that the machine is joined to may hold an account of that name,
  // unless the machine does.
  Server joined = ftp("web", "CORP");
  joined.machine.domain = {"CORP", at("system.reg", 7)};
  EXPECT_EQ(outcome(kAccountLookup, joined), "unknown: account-not-read");
  identity(joined).account.value = known<std::string>("IUSR_WEB01");
  EXPECT_EQ(outcome(kAccountLookup, joined), "failed: wrong-logon-domain");
  // The built-in account is what the default is made for.
  EXPECT_EQ(outcome(kAccountLookup, ftp("IUSR", "NT AUTHORITY")), "passed");
  // The web service has no such setting.
  Server web = ftp("IUSR_WEB01", "NT AUTHORITY");
  identity(web).service = facts::Service::kWeb;
  EXPECT_EQ(outcome(kAccountLookup, web), "passed");
}

TEST(AccountLookup, ConfigurationNotRead) {
  Server damaged = healthy("6.0", "2003");
  identity(damaged).account.value = facts::Observed<std::string>::unknown(
      "line 9 of MetaBase.xml is damaged", "", at("MetaBase.xml", 9));
  EXPECT_EQ(transcript(kAccountLookup, damaged),
            "unknown: line 9 of MetaBase.xml is damaged\n"
            "unknown configuration-not-read: line 9 of MetaBase.xml is "
            "damaged\n"
            "  the configuration, as far as it was read [MetaBase.xml, line "
            "9]\n");

  // An account given by hand is looked up all the same, without an all-clear.
  Server given = healthy("6.0", "2003");
  identity(given).without_configuration =
      facts::Unknown{"no configuration is in the evidence", ""};
  EXPECT_EQ(transcript(kAccountLookup, given),
            "unknown: no configuration is in the evidence\n"
            "unknown configuration-not-read: no configuration is in the "
            "evidence\n");
  record(given).active = known(false);
  EXPECT_EQ(outcome(kAccountLookup, given),
            "failed: account-disabled, configuration-not-read");
}

TEST(AccountLookup, ConfigurationElsewhere) {
  Server server = healthy("10.0", "2019");
  identity(server).account.value = {};
  identity(server).without_configuration = facts::Unknown{"elsewhere", ""};
  server.elsewhere = {{"\\\\filer01\\iisconfig", "shared configuration",
                       at("redirection.config", 13)}};
  EXPECT_EQ(transcript(kAccountLookup, server),
            "unknown: the configuration in force was not read\n"
            "unknown configuration-elsewhere: the configuration in force was "
            "not read\n"
            "  shared configuration: \\\\filer01\\iisconfig "
            "[redirection.config, line 13]\n");
}

TEST(AccountLookup, NamesFromTheEvidenceAreEscaped) {
  Server server = named("IUSR\x1b[2J\u202Ebew");
  report_missing(server, "IUSR\x1b[2J\u202Ebew", false);
  EXPECT_EQ(transcript(kAccountLookup, server),
            "failed: WEB01\\IUSR\\u{1B}[2J\\u{202E}bew does not exist\n"
            "fail account-missing: WEB01\\IUSR\\u{1B}[2J\\u{202E}bew does not "
            "exist\n"
            "  anonymous account IUSR\\u{1B}[2J\\u{202E}bew [iis.txt, line "
            "20]\n"
            "  no such account in the account database [net-user.txt, line "
            "2]\n");
}

}  // namespace
}  // namespace iisdiag::checks
