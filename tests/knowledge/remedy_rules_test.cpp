// Each rule that remedies are held to, shown to refuse a doctored one.
#include "remedy_rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace iisdiag::knowledge {
namespace {

using facts::Role;

Step step(std::string text, std::vector<std::string> commands = {}) {
  return {std::move(text), std::move(commands)};
}

std::string fault_with(const Case& c, RemedyFunction function,
                       const std::vector<Step>& more) {
  Remedy remedy = c(function);
  EXPECT_EQ(fault_of_harm(c, remedy), "");
  remedy.steps.insert(remedy.steps.end(), more.begin(), more.end());
  const std::string fault = fault_of_harm(c, remedy);
  return fault.substr(0, fault.find(':'));
}

TEST(RemedyRules, RefuseCommandsThatDoHarm) {
  const Case c = make("6.0", "2003");
  struct Row {
    const char* command;
    const char* fault;
  };
  for (const Row& row : {
           Row{"net user IUSR_WEB01 secret", "net user in an unknown form"},
           Row{"net user IUSR_WEB01 secret /add",
               "net user in an unknown form"},
           Row{"net user IUSR_WEB01 /random", "net user in an unknown form"},
           Row{"net user IUSR_WEB01 /delete", "deletes an account"},
           Row{"net user IUSR_WEB01 /del", "deletes an account"},
           Row{"net localgroup Guests /delete",
               "deletes more than a membership"},
           Row{"net user IUSR_ABCDEFGHIJKLMNOP /active:yes",
               "a name that net refuses"},
           Row{"net localgroup Guests IUSR_ABCDEFGHIJKLMNOP /delete",
               "a name that net refuses"},
           Row{"secedit /configure /cfg one.inf", "replaces a rights list"},
           Row{"ntrights +r SeNetworkLogonRight -u IUSR_WEB01",
               "replaces a rights list"},
           Row{"cscript adsutil.vbs SET W3SVC/AnonymousUserPass x",
               "contains a password"},
           Row{"appcmd set config /password:x /commit:apphost",
               "contains a password"},
           Row{"schtasks /create /rp x", "contains a password"},
           Row{"icacls C:\\Inetpub /grant IUSR_WEB01:R", "changes permissions"},
           Row{"cacls C:\\Inetpub /e /g IUSR_WEB01:R", "changes permissions"},
           Row{"wevtutil cl Security", "does harm"},
           Row{"reg add HKLM\\x /v LimitBlankPasswordUse /d 0", "does harm"},
           Row{"reg delete HKLM\\x /f", "does harm"},
       }) {
    EXPECT_EQ(fault_with(c, remedies::account_disabled,
                         {step("Do this", {row.command})}),
              row.fault)
        << row.command;
  }
}

TEST(RemedyRules, RefuseAListThatIsReplaced) {
  const Case c = make("5.0", "2000");
  EXPECT_EQ(fault_with(c, remedies::right_missing,
                       {step("Add WEB01\\IUSR_WEB01 there.")}),
            "adds to a list, and does not say that nobody is taken out");
  EXPECT_EQ(fault_with(c, remedies::right_missing,
                       {step("Write [Privilege Rights] into a file.")}),
            "says [Privilege Rights]");
  EXPECT_EQ(fault_with(c, remedies::account_missing,
                       {step("Delete the account first.")}),
            "says delete the account");
}

TEST(RemedyRules, RefuseAPasswordThatIsSetWithoutAWarning) {
  const auto unwarned = [](const Case& c, const char* command) {
    Remedy remedy;
    remedy.steps = {step("Set a new one", {command})};
    return fault_of_harm(c, remedy);
  };
  constexpr auto* kFault = "a shared password is set without a warning";
  Case c = make("6.0", "2003");
  EXPECT_EQ(unwarned(c, "net user IUSR_WEB01 *"), "");
  EXPECT_EQ(unwarned(c, "net user webfarm *"), kFault);
  EXPECT_EQ(unwarned(c, "net user IUSR_WEB01 * /domain"), kFault);
  c.role = Role::kDomainController;
  EXPECT_EQ(unwarned(c, "net user IUSR_WEB01 *"), kFault);
}

TEST(RemedyRules, RefuseANewAccountWithoutAWordOfWhatIsLost) {
  const Case c = make("6.0", "2003");
  Remedy remedy = c(remedies::account_missing);
  EXPECT_EQ(fault_of_harm(c, remedy), "");
  for (Step& one : remedy.steps) {
    if (one.text.find("new SID") != std::string::npos) {
      one.text = "Think twice.";
    }
  }
  EXPECT_EQ(fault_of_harm(c, remedy),
            "an account is made again, and nothing says what is lost");
}

TEST(RemedyRules, RefuseGuestsTakenOffAListFirst) {
  Case c = make("6.0", "2003");
  c.subject.right = facts::LogonRight::kDenyNetwork;
  Remedy remedy = c(remedies::right_denied);
  EXPECT_EQ(fault_of_harm(c, remedy), "");
  remedy.steps.erase(remedy.steps.begin());
  EXPECT_EQ(fault_of_harm(c, remedy),
            "Guests taken off a list before the account is out of Guests");
}

TEST(RemedyRules, RefuseUnlockingFirst) {
  const Case c = make("10", "2022");
  Remedy remedy = c(remedies::account_locked);
  EXPECT_EQ(fault_of_harm(c, remedy), "");
  std::rotate(remedy.steps.begin(), remedy.steps.end() - 1, remedy.steps.end());
  EXPECT_EQ(fault_of_harm(c, remedy),
            "unlocked before the stored password is mended");
}

TEST(RemedyRules, RefuseAChangeAfterTheRestart) {
  const Case c = make("6.0", "2003");
  EXPECT_EQ(
      fault_with(c, remedies::wrong_password,
                 {step("Otherwise set a new one", {"net user IUSR_WEB01 *"})}),
      "changed after the last restart");
}

// A line for another server than the one that has what it names.
TEST(RemedyRules, RefuseToolsThatAreNotThere) {
  struct Row {
    const char* iis;
    const char* windows;
    Role role;
    const char* line;
  };
  const auto fault = [](const Row& row, bool command) {
    const Case c = [&] {
      Case made = make(row.iis, row.windows);
      made.role = row.role;
      return made;
    }();
    Remedy remedy;
    remedy.steps = {command ? step("Do this", {row.line}) : step(row.line)};
    return fault_of_tools(c, remedy);
  };
  constexpr auto kMember = Role::kMember;
  constexpr auto kDc = Role::kDomainController;
  for (const Row& row : {
           Row{"3.0", "nt4", kMember, "Run secpol.msc"},
           Row{"3.0", "nt4", kMember, "Open \"Deny logon locally\""},
           Row{"3.0", "nt4", kMember, "With adsutil set it"},
           Row{"4.0", "nt4", kMember, "Open it in User Manager."},
           Row{"4.0", "nt4", Role::kWorkstation, "In User Manager for Domains"},
           Row{"4.0", "nt4", kMember, "Open it in lusrmgr.msc"},
           Row{"5.0", "2000", kDc, "Run secpol.msc: Local Policies"},
           Row{"5.0", "2000", kDc, "Open it in lusrmgr.msc"},
           Row{"5.0", "2000", kMember, "Open \"Allow log on locally\""},
           Row{"5.1", "xp", kMember, "Open \"Allow log on locally\""},
           Row{"6.0", "2003", kMember, "Open \"Deny logon locally\""},
           Row{"5.0", "2000", kMember, "In Internet Service Manager open it"},
           Row{"6.0", "2003", kMember, "In inetmgr select the server"},
           Row{"6.0", "2003", kMember,
               "Clear \"Allow IIS to control password\""},
           Row{"10", "2022", kMember, "In IIS Manager open the properties"},
           Row{"10", "2022", kMember, "In regedt32 open HKLM"},
           Row{"10", "2022", kDc, "Domain Controller Security Policy"},
       }) {
    EXPECT_NE(fault(row, false), "") << row.windows << ": " << row.line;
  }
  for (
      const Row& row : {
          Row{"1.0", "nt3.51", kMember, "regedit /e w3svc.reg HKEY"},
          Row{"4.0", "nt4", kMember, "gpupdate /force"},
          Row{"4.0", "nt4", kMember, "iisreset"},
          Row{"4.0", "nt4", kMember, "secedit /export /cfg secedit.inf"},
          Row{"4.0", "nt4", kMember,
              R"(cscript %SystemDrive%\Inetpub\AdminScripts\adsutil.vbs GET x)"},
          Row{"5.0", "2000", kMember, "gpupdate /force"},
          Row{"5.0", "2000", kMember, "reg add HKLM\\x"},
          Row{"5.0", "2000", kMember, "whoami /groups"},
          Row{"5.0", "2000", kMember,
              R"(cscript %windir%\system32\inetsrv\adminsamples\adsutil.vbs G)"},
          Row{"5.0", "2000", kMember, "gpresult /h gpresult.html"},
          Row{"6.0", "2003", kMember,
              R"(secedit /refreshpolicy machine_policy)"},
          Row{"6.0", "2003", kMember,
              R"(%windir%\system32\inetsrv\appcmd list config)"},
          Row{"10", "2022", kMember, "net stop iisadmin /y"},
          Row{"10", "2022", kMember, "cscript adsutil.vbs GET x"},
          Row{"10", "2022", kMember, "powershell Get-LocalUser"},
          Row{"10", "2022", kMember, "no-such-program /x"},
          Row{"10", "2022", kDc, "net user IUSR_WEB01 /domain"},
      }) {
    EXPECT_NE(fault(row, true), "") << row.windows << ": " << row.line;
  }
  for (const Row& row : {
           Row{"4.0", "nt4", Role::kWorkstation, "net user IUSR_WEB01"},
           Row{"5.0", "2000", kMember, "secedit /export /cfg secedit.inf"},
           Row{"6.0", "2003", kMember, "rsop.msc"},
           Row{"10", "2022", kMember, "gpresult /h gpresult.html"},
       }) {
    EXPECT_EQ(fault(row, true), "") << row.windows << ": " << row.line;
  }
}

}  // namespace
}  // namespace iisdiag::knowledge
