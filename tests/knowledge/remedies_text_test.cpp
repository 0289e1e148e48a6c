// Whole remedies, for cases that administrators meet.
#include <gtest/gtest.h>

#include "knowledge/remedies.hpp"
#include "remedies_cases.hpp"

namespace iisdiag::knowledge {
namespace {

using facts::LogonRight;
using facts::Role;
using facts::Service;
using remedies::account_disabled;

TEST(RemedyText, GuestsDeniedOnServer2003) {
  Case c = make("6.0", "2003");
  c.subject.right = LogonRight::kDenyNetwork;
  const Remedy remedy = c(remedies::right_denied);
  EXPECT_EQ(remedy.expected, "no deny right that covers the account");
  EXPECT_EQ(remedy.articles,
            (std::vector<std::string_view>{"KB909887", "KB812614"}));
  EXPECT_EQ(lines_of(remedy),
            R"(Take IUSR_WEB01 out of Guests:
  net localgroup Guests IUSR_WEB01 /delete
Or, if policy allows it, change the list instead.
Run secpol.msc: Local Policies, User Rights Assignment.
Open "Deny access to this computer from the network".
Take Guests off that list.
If the list is greyed out, a domain policy sets it: change it there.
Apply the policy:
  gpupdate /force
Restart IIS:
  iisreset
)");
}

TEST(RemedyText, LocalAccountsDeniedByTheBaseline) {
  Case c = make("8.5", "2012r2");
  c.subject.right = LogonRight::kDenyNetwork;
  c.subject.group = "S-1-5-113";
  EXPECT_EQ(lines_of(c(remedies::right_denied)),
            R"(Use the built-in IUSR or a domain account in IIS.
Or, if policy allows it, change the list instead.
Run secpol.msc: Local Policies, User Rights Assignment.
Open "Deny access to this computer from the network".
Take Local account off that list.
If the list is greyed out, a domain policy sets it: change it there.
Apply the policy:
  gpupdate /force
)");
}

TEST(RemedyText, WhetherFtpLetsGuestIn) {
  Case c = make("5.0", "2000", Service::kFtp6);
  c.subject.file = remedies::kFtpParameters;
  const std::string key =
      R"(HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\MSFTPSVC\Parameters)";
  EXPECT_EQ(lines_of(c(remedies::account_not_read)),
            "On WEB01 export the settings of the service:\n"
            "  regedit /e service.reg " +
                key +
                "\n"
                "Run iisdiag check again with these files.\n");
}

TEST(RemedyText, UsersCannotBeLeftWhereTheyHoldEverybody) {
  Case c = make("6.0", "2003");
  c.subject.group = "BUILTIN\\Users";
  EXPECT_EQ(lines_of(c(remedies::right_denied)).find("/delete"),
            std::string::npos);
}

TEST(RemedyText, DisabledOnWindowsNt4WithFtp) {
  EXPECT_EQ(lines_of(make("4.0", "nt4", Service::kFtp6)(account_disabled)),
            R"(Find out whether it was disabled on purpose.
If not, enable WEB01\IUSR_WEB01:
  net user IUSR_WEB01 /active:yes
Restart IIS, and what else iisadmin has stopped, such as SMTP:
  net stop iisadmin /y
  net start w3svc
  net start msftpsvc
)");
}

TEST(RemedyText, WrongPasswordOfADomainAccountOnWindows2000) {
  Case c = make("5.0", "2000");
  c.domain = true;
  c.name = "svc_web";
  c.identity.account.value = {"CORP\\svc_web", {}};
  c.server.identities = {c.identity, c.identity};
  c.server.identities[1].account.value = {"corp\\SVC_WEB", {}};
  c.server.identities[1].password.node = "/LM/W3SVC/2";
  EXPECT_EQ(lines_of(c(remedies::wrong_password)),
            R"(If the password of CORP\svc_web is known, leave it as it is.
Find out who else uses CORP\svc_web: a new password shuts them out.
Otherwise set a new one; the command asks for it:
  net user svc_web * /domain
In Internet Services Manager open the properties of /LM/W3SVC/1.
Directory Security, Anonymous access: Edit, then Edit again.
Type the name CORP\svc_web and its password; Browse empties the box.
Do the same where IIS stores it again: /LM/W3SVC/2.
Restart IIS:
  iisreset
)");
}

TEST(RemedyText, RightMissingOnAnNt4DomainController) {
  Case c = make("3.0", "nt4");
  c.role = Role::kDomainController;
  EXPECT_EQ(lines_of(c(remedies::right_missing)),
            R"(In User Manager for Domains choose Policies, User Rights.
Choose the right "Log on locally".
Add WEB01\IUSR_WEB01 there (Show Users lists it); take nobody out.
Restart the service:
  net stop w3svc
  net start w3svc
)");
}

TEST(RemedyText, PolicyTakesTheRightAwayOnWindows2000) {
  Case c = make("5.0", "2000");
  c.subject.right = LogonRight::kInteractive;
  EXPECT_EQ(lines_of(c(remedies::right_overwritten)),
            R"(The policy was read from GptTmpl.inf.
In secpol.msc compare the local and the effective setting.
gpresult of the Resource Kit names the policies that apply.
In that policy add WEB01\IUSR_WEB01 or a group that it is in.
Take nobody out: the policy replaces the whole list.
Or leave the right undefined there for WEB01.
Apply the policy:
  secedit /refreshpolicy machine_policy /enforce
Restart IIS:
  iisreset
Check again after a refresh: IIS regrants rights at its start.
)");
}

TEST(RemedyText, OverwrittenByAPolicyThatIsKnown) {
  Case c = make("10", "2019");
  c.subject.file = "gpresult.xml";
  c.subject.policy = "Web servers";
  EXPECT_EQ(
      lines_of(c(remedies::right_overwritten)),
      R"(The policy "Web servers" sets "Access this computer from the network", read from gpresult.xml.
In gpmc.msc edit the policy "Web servers".
Computer Configuration, Policies, Windows Settings, Security Settings.
Go to Local Policies, User Rights Assignment.
Open "Access this computer from the network".
In that policy add WEB01\IUSR_WEB01 or a group that it is in.
Take nobody out: the policy replaces the whole list.
Or leave the right undefined there for WEB01.
Apply the policy:
  gpupdate /force
)");
}

TEST(RemedyText, DeniedByAPolicyThatIsKnownInAnotherLanguage) {
  Case c = make("6.0", "2003");
  c.subject.right = facts::LogonRight::kNetwork;
  c.subject.group = "Gäste";
  c.subject.group_sid = facts::Sid::parse("S-1-5-32-546");
  c.subject.policy = "Baseline";
  EXPECT_EQ(lines_of(c(remedies::right_denied)),
            R"(Take IUSR_WEB01 out of Gäste:
  net localgroup "Gäste" IUSR_WEB01 /delete
Or, if policy allows it, change the list instead.
In Active Directory Users and Computers open the domain or OU.
Properties, Group Policy: edit the policy "Baseline".
Computer Configuration, Windows Settings, Security Settings.
Go to Local Policies, User Rights Assignment.
Open "Deny access to this computer from the network".
Take Gäste off that list.
Apply the policy:
  gpupdate /force
Restart IIS:
  iisreset
)");
  // Nobody is taken out of Users, whatever they are called.
  c.subject.group = "Benutzer";
  c.subject.group_sid = facts::Sid::parse("S-1-5-32-545");
  EXPECT_EQ(lines_of(c(remedies::right_denied)).find("/delete"),
            std::string::npos);
}

TEST(RemedyText, LockedOnServer2019MendsThePasswordFirst) {
  EXPECT_EQ(lines_of(make("10", "2019")(remedies::account_locked)),
            R"(First mend the stored password; otherwise it locks again.
If nobody knows its password, set a new one; the command asks for it:
  net user IUSR_WEB01 *
In inetmgr select Default Web Site and open Authentication.
Anonymous Authentication: Edit, Specific user, Set.
Type the name WEB01\IUSR_WEB01 and its password.
Then unlock WEB01\IUSR_WEB01:
  net user IUSR_WEB01 /active:yes
)");
}

TEST(RemedyText, LogonDomainOfFtp7) {
  EXPECT_EQ(lines_of(make("10", "2016",
                          Service::kFtp7)(remedies::wrong_logon_domain)),
            R"(Let Default Web Site look in the accounts of WEB01:
  %windir%\system32\inetsrv\appcmd set config -section:system.applicationHost/sites "/[name='Default Web Site'].ftpServer.security.authentication.anonymousAuthentication.defaultLogonDomain:WEB01" /commit:apphost
Or name the account in full, with the computer's name.
In inetmgr select Default Web Site and open FTP Authentication.
Anonymous Authentication: Edit, Specific user, Set.
Type the name WEB01\IUSR_WEB01 and its password.
)");
}

TEST(RemedyText, RightsNotReadFromEvidenceAndLive) {
  Case c = make("7.5", "2008r2");
  EXPECT_EQ(lines_of(c(remedies::rights_not_read)),
            R"(On WEB01 export the rights to a file:
  secedit /export /areas USER_RIGHTS /cfg secedit.inf
On WEB01 write the account to a file:
  net user IUSR_WEB01 > net-user.txt 2>&1
On WEB01 write the members of groups to files:
  net localgroup Guests > guests.txt
  net localgroup Users > group-users.txt
Run iisdiag check again with these files.
)");
  c.server.source.kind = facts::SourceKind::kLive;
  EXPECT_EQ(lines_of(c(remedies::rights_not_read)),
            "Run again from an elevated prompt (Run as administrator).\n");
}

TEST(RemedyText, ConfigurationOfIis4AndSharedConfiguration) {
  Case old = make("4.0", "nt4");
  old.subject.node = "/LM/W3SVC/2/ROOT/my app";
  EXPECT_EQ(lines_of(old(remedies::configuration_not_read)),
            R"(On WEB01 write the configuration to files:
  cscript %windir%\system32\inetsrv\adminsamples\adsutil.vbs ENUM W3SVC > w3svc.txt
  cscript %windir%\system32\inetsrv\adminsamples\adsutil.vbs ENUM W3SVC/2 > w3svc_2.txt
  cscript %windir%\system32\inetsrv\adminsamples\adsutil.vbs ENUM W3SVC/2/ROOT > w3svc_2_root.txt
These files show stored passwords in clear text: guard them.
Run iisdiag check again with these files.
)");
  Case farm = make("10", "2022");
  farm.server.elsewhere = {{R"(\\nas\web farm)", "shared configuration", {}}};
  EXPECT_EQ(lines_of(farm(remedies::configuration_elsewhere)),
            R"(Copy the shared configuration from where it is kept:
  copy "\\nas\web farm\applicationHost.config" .
Run iisdiag check on it, with the other evidence.
)");
}

TEST(RemedyText, StalePairsOfIis6) {
  EXPECT_EQ(lines_of(make("6.0", "2003")(remedies::stale_override)),
            R"(Keep a copy first: Backup/Restore Configuration of the computer.
Take the password of its own off /LM/W3SVC/1:
  cscript %SystemDrive%\Inetpub\AdminScripts\adsutil.vbs DELETE W3SVC/1/AnonymousUserPass
Take the account of its own off /LM/W3SVC/1:
  cscript %SystemDrive%\Inetpub\AdminScripts\adsutil.vbs DELETE W3SVC/1/AnonymousUserName
Or, if /LM/W3SVC/1 needs that account, type its password.
Take the stored pair off /LM/W3SVC/1:
  cscript %SystemDrive%\Inetpub\AdminScripts\adsutil.vbs DELETE W3SVC/1/AnonymousUserName
  cscript %SystemDrive%\Inetpub\AdminScripts\adsutil.vbs DELETE W3SVC/1/AnonymousUserPass
Restart IIS:
  iisreset
)");
}

TEST(RemedyText, NamesAreQuotedOrTheDialogIsNamed) {
  Case c = make("10", "2019");
  const auto first_steps = [&](std::string_view name) {
    c.name = name;
    return lines_of(c(account_disabled));
  };
  EXPECT_EQ(first_steps("x&calc"),
            R"(Find out whether it was disabled on purpose.
If not, enable WEB01\x&calc:
  net user "x&calc" /active:yes
)");
  EXPECT_EQ(first_steps("tab\tname"),
            R"(Find out whether it was disabled on purpose.
If not, enable WEB01\tab\u{9}name: lusrmgr.msc (Local Users and Groups), clear "Account is disabled".
)");
}

TEST(RemedyText, AnotherDomainIsNotAskedThroughThisOne) {
  Case c = make("10", "2019");
  c.domain = true;
  c.server.machine.domain = {"other.example", {}};
  EXPECT_EQ(lines_of(c(account_disabled)),
            R"(Find out whether it was disabled on purpose.
If not, enable CORP\IUSR_WEB01: Active Directory Users and Computers, clear "Account is disabled".
)");
  // The DNS name of the account's domain.
  c.server.machine.domain = {"corp.example", {}};
  EXPECT_NE(lines_of(c(account_disabled)).find(" /domain"), std::string::npos);
}

TEST(RemedyText, SetupAccountStaysOutOfDeniedGuests) {
  Case c = make("6.0", "2003");
  constexpr std::string_view kGuestsStep =
      "net localgroup Guests IUSR_WEB01 /add";
  EXPECT_NE(lines_of(c(remedies::account_missing)).find(kGuestsStep),
            std::string::npos);
  facts::RightsList list;
  list.holders(LogonRight::kDenyNetwork) = {
      {facts::Principal{facts::Sid::parse("S-1-5-32-546"), ""}}, {}};
  c.server.rights = {list};
  EXPECT_EQ(lines_of(c(remedies::account_missing)).find(kGuestsStep),
            std::string::npos);
}

// Setup of IIS 7 and later makes no such account and fills no group; FTP 6
// beside it does (KB981949).
TEST(RemedyText, NoGuestsWhereSetupMakesNoAccount) {
  const auto joins_guests = [](const Case& c) {
    return lines_of(c(remedies::account_missing)).find("into the Guests") !=
           std::string::npos;
  };
  EXPECT_TRUE(joins_guests(make("6.0", "2003")));
  EXPECT_FALSE(joins_guests(make("7.5", "2008r2")));
  EXPECT_TRUE(joins_guests(make("7.5", "2008r2", Service::kFtp6)));
}

// A record that was read whole is not asked for again: what is missing is
// what the caller knows.
TEST(RemedyText, ARecordThatWasReadIsNotCapturedAgain) {
  Case c = make("6.0", "2003");
  EXPECT_EQ(lines_of(c(remedies::account_not_read)),
            R"(On WEB01 write the account to a file:
  net user IUSR_WEB01 > net-user.txt 2>&1
Run iisdiag check again with these files.
)");
  facts::Account record;
  record.name = "iusr_web01";
  record.active = {true, {}};
  record.locked = {false, {}};
  record.expires = {facts::Deadline{facts::TimeRange{0, 0}}, {}};
  record.password_expires = {facts::Deadline{facts::Never{}}, {}};
  record.logon_hours = {facts::LogonHours{true, {}, "All"}, {}};
  record.workstations = {std::vector<std::string>{"WEB01"}, {}};
  c.server.accounts.accounts = {record};
  constexpr std::string_view kWhen =
      R"(Say with --at when the files were captured: it decides.
Run iisdiag check again with these files.
)";
  EXPECT_EQ(lines_of(c(remedies::account_not_read)), kWhen);
  c.server.machine.computer = {};
  EXPECT_EQ(lines_of(c(remedies::account_not_read)),
            R"(Say with --at when the files were captured: it decides.
Say with --computer which computer the files are of.
Run iisdiag check again with these files.
)");
  c.server.source.captured_at = facts::Moment{};
  c.server.machine.computer = {"WEB01", {}};
  c.server.accounts.accounts.front().locked = {};
  EXPECT_EQ(lines_of(c(remedies::account_not_read)),
            R"(On WEB01 write the account to a file:
  net user IUSR_WEB01 > net-user.txt 2>&1
Run iisdiag check again with these files.
)");
}

TEST(RemedyText, SyncAsksForTheRoleWhereItDecides) {
  Case c = make("5.0", "2000");
  const auto asks = [](const Case& of) {
    return lines_of(of(remedies::sync_not_read)).find("Say with --role") !=
           std::string::npos;
  };
  EXPECT_FALSE(asks(c));
  c.domain = true;
  EXPECT_TRUE(asks(c));
  c.server.machine.role = {Role::kMember, {}};
  EXPECT_FALSE(asks(c));
}

}  // namespace
}  // namespace iisdiag::knowledge
