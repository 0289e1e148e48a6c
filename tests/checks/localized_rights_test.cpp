// Rights and groups of servers that do not speak English, and SIDs that the
// evidence itself names.
#include <gtest/gtest.h>

#include "support/servers.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonRight;
using facts::Server;

// A Windows Server 2003 that wrote the account down in `language`, with the
// account in `group`.
Server speaking(std::string_view language, std::string_view group) {
  Server server = healthy("6.0", "2003");
  record(server).language = language;
  record(server).local_groups = {std::vector<std::string>{std::string(group)},
                                 at("net-user.txt", 23)};
  return server;
}

Server denying_guests(Server server) {
  assign(server, LogonRight::kDenyNetwork, "*S-1-5-32-546");
  return server;
}

void name(Server& server, std::string_view sid, std::string_view as) {
  server.accounts.names.push_back(
      {std::string(as), *facts::Sid::parse(sid), at("whoami.txt", 9)});
}

TEST(LocalizedRights, ADenialThroughTheGroupThatThisWindowsCallsOtherwise) {
  EXPECT_EQ(transcript(kUserRights, denying_guests(speaking("de", "Gäste"))),
            "failed: network logon is denied through group Gäste\n"
            "fail right-denied: network logon is denied through group Gäste\n"
            "  SeDenyNetworkLogonRight lists BUILTIN\\Guests [secedit.inf, "
            "line 15]\n"
            "  IUSR_WEB01 is a member of Gäste [net-user.txt, line 23]\n");
  EXPECT_EQ(outcome(kUserRights, denying_guests(speaking("ru", "Гости"))),
            "failed: right-denied");
}

// A group of that name on an English Windows is somebody's own.
TEST(LocalizedRights, ANameOfAnotherLanguageIsNoBuiltInGroup) {
  EXPECT_EQ(outcome(kUserRights, denying_guests(speaking("en", "Invitados"))),
            "passed");
  EXPECT_EQ(outcome(kUserRights, denying_guests(speaking("de", "Invitados"))),
            "passed");
}

TEST(LocalizedRights, AnEntryByNameCountsInTheLanguageOfTheServer) {
  Server server = speaking("es", "Invitados");
  assign(server, LogonRight::kDenyNetwork, "Invitados");
  EXPECT_EQ(outcome(kUserRights, server), "failed: right-denied");
  server = speaking("", "Guests");
  assign(server, LogonRight::kDenyNetwork, "Invitados");
  EXPECT_EQ(transcript(kUserRights, server),
            "unknown: whether Invitados is a built-in group in the language of "
            "this Windows\n"
            "unknown rights-not-read: whether Invitados is a built-in group in "
            "the language of this Windows\n"
            "  SeDenyNetworkLogonRight lists Invitados [secedit.inf, line "
            "15]\n");
}

// Users of a German server hold NT-AUTORITÄT\Authentifizierte Benutzer.
TEST(LocalizedRights, AMemberOfNtAuthorityCounts) {
  Server server = speaking("de", "Gäste");
  assign(server, LogonRight::kNetwork, "*S-1-5-32-545");
  add_group(server, "Benutzer", {"NT-AUTORITÄT\\Authentifizierte Benutzer"});
  EXPECT_EQ(outcome(kUserRights, server), "passed");
  // One that no table knows may cover it.
  server.accounts.groups.front().members =
      known(std::vector<std::string>{"NT-AUTORITÄT\\Irgendwer"});
  EXPECT_EQ(outcome(kUserRights, server), "unknown: rights-not-read");
  server.accounts.groups.front().members =
      known(std::vector<std::string>{"CORP\\Webmaster"});
  EXPECT_EQ(outcome(kUserRights, server), "failed: right-missing");
}

TEST(NamedSids, ASidThatTheEvidenceNamesIsThatName) {
  Server server = healthy("6.0", "2003");
  assign(server, LogonRight::kNetwork, "*S-1-5-21-1-2-3-1103");
  EXPECT_EQ(outcome(kUserRights, server), "unknown: rights-not-read");
  name(server, "S-1-5-21-1-2-3-1103", "CORP\\Web Admins");
  EXPECT_EQ(transcript(kUserRights, server),
            "failed: network logon is not granted to the account\n"
            "fail right-missing: network logon is not granted to the account\n"
            "  SeNetworkLogonRight lists CORP\\Web Admins [secedit.inf, line "
            "12]\n"
            "  IUSR_WEB01 is a member of Guests [net-user.txt, line 23]\n");
  server.accounts.names.front().name = "WEB01\\IUSR_WEB01";
  EXPECT_EQ(outcome(kUserRights, server), "passed");
}

TEST(NamedSids, ADomainGroupOfTheAccount) {
  Server server = healthy("10", "2022");
  use_domain_account(server, "CORP\\web");
  facts::Account account = domain_account("web");
  account.global_groups =
      known(std::vector<std::string>{"Domain Users", "Web Services"});
  server.accounts.accounts = {std::move(account)};
  assign(server, LogonRight::kNetwork, "*S-1-5-21-1-2-3-1103");
  name(server, "S-1-5-21-1-2-3-1103", "CORP\\Web Services");
  EXPECT_EQ(outcome(kUserRights, server), "passed");
}

// The list of the policy that a whole report calls the winner beats that of
// any other, whether or not it speaks of the right.
TEST(PolicyReports, TheWinnerDecides) {
  Server server = healthy("6.0", "2003");
  facts::RightsList other = policy();
  other.holders(LogonRight::kNetwork) = {principals("*S-1-1-0"),
                                         at("GptTmpl.inf", 7)};
  server.rights.push_back(other);
  facts::RightsList winner = policy();
  winner.is_winner = true;
  winner.policy_name = "Web servers";
  winner.holders(LogonRight::kNetwork) = {principals("*S-1-5-32-544"),
                                          at("gpresult.xml", 43)};
  winner.origin = at("gpresult.xml", 40);
  server.rights.push_back(winner);
  server.policy_report = at("gpresult.xml", 13);
  EXPECT_EQ(
      transcript(kUserRights, server),
      "warning: the policy \"Web servers\" sets the list for network logon "
      "without the account\n"
      "warning right-overwritten: the policy \"Web servers\" sets the list for "
      "network logon without the account\n"
      "  SeNetworkLogonRight of the policy \"Web servers\" lists "
      "BUILTIN\\Administrators [gpresult.xml, line 43]\n"
      "  SeNetworkLogonRight lists BUILTIN\\Administrators and Everyone "
      "[secedit.inf, line 12]\n"
      "  IUSR_WEB01 is a member of Guests [net-user.txt, line 23]\n");
}

TEST(PolicyReports, AWholeOneLeavesOtherPoliciesOut) {
  Server server = healthy("6.0", "2003");
  facts::RightsList other = policy();
  other.holders(LogonRight::kNetwork) = {principals("*S-1-5-32-544"),
                                         at("GptTmpl.inf", 7)};
  server.rights.push_back(other);
  EXPECT_EQ(outcome(kUserRights, server),
            "warning: right-overwritten(warning)");
  server.policy_report = at("gpresult.xml", 13);
  EXPECT_EQ(outcome(kUserRights, server), "passed");
}

TEST(PolicyReports, ADenialNamesItsPolicy) {
  Server server = healthy("6.0", "2003");
  facts::RightsList winner = policy();
  winner.is_winner = true;
  winner.policy_name = "Baseline";
  winner.holders(LogonRight::kDenyNetwork) = {principals("*S-1-5-32-546"),
                                              at("gpresult.xml", 43)};
  server.rights.push_back(winner);
  EXPECT_EQ(transcript(kUserRights, server),
            "failed: network logon is denied through group Guests\n"
            "fail right-denied: network logon is denied through group Guests\n"
            "  SeDenyNetworkLogonRight of the policy \"Baseline\" lists "
            "BUILTIN\\Guests [gpresult.xml, line 43]\n"
            "  IUSR_WEB01 is a member of Guests [net-user.txt, line 23]\n");
}

}  // namespace
}  // namespace iisdiag::checks
