// What differs from one Windows to the next, as an administrator in front of
// it meets it. FACTS.md G; what is not said there is platform knowledge.
#include <gtest/gtest.h>

#include "knowledge/remedies.hpp"
#include "remedies_cases.hpp"

namespace iisdiag::knowledge {
namespace {

using facts::LogonRight;
using facts::Role;
using facts::Service;

bool has(const Remedy& remedy, std::string_view text) {
  return lines_of(remedy).find(text) != std::string::npos;
}

// User Manager for Domains opens with the domain: its rights are those of the
// domain controllers.
TEST(RemedyGenerations, Nt4MemberServerIsNotItsDomain) {
  Case c = make("3.0", "nt4");
  EXPECT_EQ(lines_of(c(remedies::right_missing)),
            R"(In User Manager for Domains choose User, Select Domain, \\WEB01.
In User Manager for Domains choose Policies, User Rights.
Choose the right "Log on locally".
Add WEB01\IUSR_WEB01 there (Show Users lists it); take nobody out.
Restart the service:
  net stop w3svc
  net start w3svc
)");
  EXPECT_TRUE(has(c(remedies::password_expired), "Select Domain"));
  c.domain = true;
  EXPECT_FALSE(has(c(remedies::password_expired), "Select Domain"));
  c.domain = false;
  c.role = Role::kDomainController;
  EXPECT_FALSE(has(c(remedies::right_missing), "Select Domain"));
  c.role = Role::kWorkstation;
  EXPECT_TRUE(has(c(remedies::right_missing), "In User Manager choose"));
  EXPECT_FALSE(has(c(remedies::right_missing), "Select Domain"));
  c.role = Role::kMember;
  c.server.machine.domain = facts::Observed<std::string>::absent({});
  EXPECT_FALSE(has(c(remedies::right_missing), "Select Domain"));
}

TEST(RemedyGenerations, BatchNeedsTheAdvancedRightsOfNt4) {
  Case c = make("3.0", "nt4");
  c.subject.right = LogonRight::kBatch;
  EXPECT_TRUE(
      has(c(remedies::right_missing), "Tick Show Advanced User Rights"));
  c.subject.right = LogonRight::kNetwork;
  EXPECT_FALSE(has(c(remedies::right_missing), "Show Advanced"));
}

// "Allow log on locally" is a name of Windows Server 2003.
TEST(RemedyGenerations, NamesOfRights) {
  const auto named = [](std::string_view iis, std::string_view windows) {
    Case c = make(iis, windows);
    c.subject.right = LogonRight::kInteractive;
    return has(c(remedies::right_missing), "\"Allow log on locally\"");
  };
  EXPECT_FALSE(named("4.0", "nt4"));
  EXPECT_FALSE(named("5.0", "2000"));
  EXPECT_FALSE(named("5.1", "xp"));
  EXPECT_TRUE(named("6.0", "2003"));
  EXPECT_TRUE(named("10", "2022"));
}

// It is judged by the rules of IIS 6.0, and is not to be found where those of
// Windows Server 2003 are.
TEST(RemedyGenerations, Ftp6BesideIis7) {
  const Case c = make("6.0", "2008r2", Service::kFtp6);
  EXPECT_EQ(lines_of(c(remedies::sync_not_effective)),
            R"(adsutil is part of the role service IIS 6 Scripting Tools.
Turn password sync off at /LM/MSFTPSVC/1:
  cscript %SystemDrive%\Inetpub\AdminScripts\adsutil.vbs SET MSFTPSVC/1/AnonymousPasswordSync 0
Do not run pools as LocalSystem only to make sync work.
If the password of WEB01\IUSR_WEB01 is known, leave it as it is.
Otherwise set a new one; the command asks for it:
  net user IUSR_WEB01 *
In IIS 6.0 Manager (inetmgr6) open the properties of /LM/MSFTPSVC/1.
Choose the tab Security Accounts.
Type the name WEB01\IUSR_WEB01 and its password.
Restart the FTP service:
  net stop msftpsvc
  net start msftpsvc
)");
  EXPECT_EQ(c(remedies::wrong_password).articles,
            std::vector<std::string_view>{"KB981949"});
}

// The dialogs of IIS 6.0 have no box for it.
TEST(RemedyGenerations, SyncThatNoCommandCanTurnOff) {
  const auto first = [](std::string_view iis, std::string_view windows) {
    Case c = make(iis, windows);
    c.subject.node = "/LM/W3SVC/1/ROOT/50%";
    return c(remedies::sync_foreign_account).steps.front().text;
  };
  EXPECT_EQ(first("4.0", "nt4"),
            "Clear \"Enable Automatic Password Synchronization\" below.");
  EXPECT_EQ(first("5.0", "2000"),
            "Clear \"Allow IIS to control password\" in the dialog below.");
  EXPECT_EQ(first("6.0", "2003"),
            "With adsutil set AnonymousPasswordSync to 0 at "
            "/LM/W3SVC/1/ROOT/50%.");
}

// With the module alone sync does not work in IIS 6.0 (KB332167).
TEST(RemedyGenerations, ModuleMissing) {
  EXPECT_TRUE(
      has(make("5.0", "2000", Service::kFtp6)(remedies::sync_module_missing),
          "Install the WWW service"));
  EXPECT_FALSE(
      has(make("6.0", "2003", Service::kFtp6)(remedies::sync_module_missing),
          "Install the WWW service"));
}

TEST(RemedyGenerations, AnonymousFtpOfIis6GoesWithoutSync) {
  EXPECT_EQ(
      lines_of(make("6.0", "2003", Service::kFtp6)(remedies::sync_blocks_ftp)),
      R"(Turn password sync off at /LM/MSFTPSVC/1:
  cscript %SystemDrive%\Inetpub\AdminScripts\adsutil.vbs SET MSFTPSVC/1/AnonymousPasswordSync 0
If anonymous FTP is meant, allow it.
In IIS Manager open the properties of /LM/MSFTPSVC/1.
Choose the tab Security Accounts.
Tick Allow anonymous connections, type the account's password.
Restart IIS:
  iisreset
)");
}

// Its regedit writes no file, and its cmd has no extensions.
TEST(RemedyGenerations, Nt351HasNothingToExportWith) {
  EXPECT_EQ(
      lines_of(make("1.0", "nt3.51")(remedies::configuration_not_read)),
      R"(In regedt32 open HKLM\SYSTEM\CurrentControlSet\Services\W3SVC\Parameters.
Say with -a which AnonymousUserName stands there.
Run iisdiag check again with these files.
)");
}

// Each service has a pair of its own (Q142868).
TEST(RemedyGenerations, ServicesOfIis3KeepPasswordsOfTheirOwn) {
  EXPECT_EQ(lines_of(make("3.0", "nt4")(remedies::wrong_password)),
            R"(If the password of WEB01\IUSR_WEB01 is known, leave it as it is.
Otherwise set a new one; the command asks for it:
  net user IUSR_WEB01 *
In Internet Service Manager open the properties of the WWW service, tab Service.
Type the name WEB01\IUSR_WEB01 and its password.
Do the same in each service of IIS that uses the account.
Restart the service:
  net stop w3svc
  net start w3svc
)");
}

// The record that tells a name from a password (FACTS.md E.2).
TEST(RemedyGenerations, UndecidedLogonsGetTheRecordThatDecides) {
  EXPECT_EQ(lines_of(make("4.0", "nt4")(remedies::logon_undecided)),
            R"(Have the refusal recorded in the Security log.
In User Manager for Domains choose User, Select Domain, \\WEB01.
In User Manager for Domains choose Policies, Audit.
Tick Failure for Logon and Logoff.
Ask the site for a page, without a name.
Look for event 529 of IUSR_WEB01 in the Security log.
It does not tell them apart: see whether the account exists.
If it does, the password is wrong.
)");
  EXPECT_EQ(
      lines_of(make("5.0", "2000", Service::kFtp6)(remedies::logon_undecided)),
      R"(Have the refusal recorded in the Security log.
Run secpol.msc: Local Policies, Audit Policy.
Audit account logon events: tick Failure.
Apply the policy:
  secedit /refreshpolicy machine_policy /enforce
Log on to the FTP site as anonymous.
Look for event 681 of IUSR_WEB01 in the Security log.
Code 3221225572 means a wrong name, 3221225578 a password.
)");
  Case c = make("6.0", "2003");
  c.domain = true;
  EXPECT_EQ(lines_of(c(remedies::logon_undecided)),
            R"(Have the refusal recorded in the Security log.
Go to a domain controller of the account: it keeps the record.
Open Domain Controller Security Policy: Local Policies, Audit Policy.
Audit account logon events: tick Failure.
Apply the policy:
  gpupdate /force
Ask the site for a page, without a name.
Look for event 680 of IUSR_WEB01 in the Security log.
0xC0000064 means a wrong name, 0xC000006A a wrong password.
)");
  EXPECT_TRUE(
      has(make("10", "2022")(remedies::logon_undecided), "event 4625 of"));
}

// Whether IIS 6.0 writes event 100 for its sites, sources do not agree.
TEST(RemedyGenerations, SilenceOfIis6ProvesNothing) {
  const auto silence = [](const Case& c) {
    return has(c(remedies::logon_not_tried), "No such event proves nothing");
  };
  EXPECT_FALSE(silence(make("5.0", "2000")));
  EXPECT_TRUE(silence(make("6.0", "2003")));
  EXPECT_FALSE(silence(make("6.0", "2003", Service::kFtp6)));
}

// lusrmgr.msc and the User Manager of a workstation show neither.
TEST(RemedyGenerations, WhatNoDialogShows) {
  Case c = make("6.0", "2003");
  c.name = "50%";
  EXPECT_EQ(c(remedies::logon_hours).steps[1].text,
            "If not, permit WEB01\\50% all hours: net user with /times:all.");
  EXPECT_EQ(c(remedies::account_expired).steps[0].text,
            "Take the expiry date off WEB01\\50%: net user with "
            "/expires:never.");
  c.role = Role::kDomainController;
  EXPECT_EQ(c(remedies::account_expired).steps[0].text,
            "Take the expiry date off WEB01\\50%: Active Directory Users and "
            "Computers, Account expires: Never.");
}

TEST(RemedyGenerations, HomeEditionsHaveNoConsoles) {
  Case c = make("10", "11");
  c.role = Role::kWorkstation;
  constexpr std::string_view kLack = "Home editions lack secpol.msc";
  EXPECT_FALSE(has(c(remedies::right_missing), kLack));
  c.server.machine.product_name = {"Windows 11 Home", {}};
  EXPECT_TRUE(has(c(remedies::right_missing), kLack));
  EXPECT_TRUE(has(c(remedies::password_expired), kLack));
  c.server.machine.product_name = {"Windows 11 Pro", {}};
  EXPECT_FALSE(has(c(remedies::right_missing), kLack));
}

TEST(RemedyGenerations, NoControllerIsJoinedAgain) {
  Case c = make("4.0", "nt4");
  c.domain = true;
  EXPECT_TRUE(has(c(remedies::domain_unreachable), "join the domain again"));
  c.role = Role::kDomainController;
  EXPECT_FALSE(has(c(remedies::domain_unreachable), "join"));
  EXPECT_TRUE(has(c(remedies::domain_unreachable), "Server Manager"));
  Case later = make("5.0", "2000");
  later.role = Role::kDomainController;
  EXPECT_FALSE(has(later(remedies::domain_unreachable), "join"));
  EXPECT_TRUE(has(later(remedies::domain_unreachable), "  dcdiag\n"));
}

// The names of setup are of one computer; others may be shared.
TEST(RemedyGenerations, WarnsBeforeAPasswordThatOthersMayUse) {
  Case c = make("6.0", "2003");
  EXPECT_FALSE(has(c(remedies::wrong_password), "who else uses"));
  c.name = "webfarm";
  EXPECT_TRUE(has(c(remedies::wrong_password), "who else uses"));
}

}  // namespace
}  // namespace iisdiag::knowledge
