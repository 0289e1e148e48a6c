// What complete, partial and damaged rights lists and policies say together.
#include <gtest/gtest.h>

#include "support/servers.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonRight;
using facts::RightsList;
using facts::Server;

// IIS 5.0, sync off: the local logon decides.
Server base() { return healthy("5.0", "2000"); }

// `base` with a policy that sets `right` to `list`.
Server under_policy(LogonRight right, std::string_view list) {
  Server server = base();
  RightsList gpo = policy();
  gpo.holders(right) = {principals(list), at("GptTmpl.inf", 7)};
  server.rights.push_back(std::move(gpo));
  return server;
}

TEST(RightsLists, NoneInTheEvidence) {
  Server server = base();
  server.rights.clear();
  EXPECT_EQ(transcript(kUserRights, server),
            "unknown: no rights list was read\n"
            "unknown rights-not-read: no rights list was read\n");
}

TEST(RightsLists, APartialListCountsForWhatIsInIt) {
  Server server = base();
  server.rights = {RightsList{}};
  assign(server, LogonRight::kInteractive, "IUSR_WEB01");
  EXPECT_EQ(transcript(kUserRights, server),
            "unknown: no list that was read speaks of "
            "SeDenyInteractiveLogonRight\n"
            "unknown rights-not-read: no list that was read speaks of "
            "SeDenyInteractiveLogonRight\n");
  assign(server, LogonRight::kDenyInteractive, "");
  EXPECT_EQ(outcome(kUserRights, server), "passed");
  assign(server, LogonRight::kInteractive, "*S-1-5-32-544");
  EXPECT_EQ(outcome(kUserRights, server), "failed: right-missing");

  Server denied = base();
  denied.rights = {RightsList{}};
  assign(denied, LogonRight::kDenyInteractive, "*S-1-5-32-546");
  EXPECT_EQ(outcome(kUserRights, denied), "failed: right-denied");
}

TEST(RightsLists, UnreadableListSaysWhy) {
  Server server = base();
  server.rights.front().holders(LogonRight::kInteractive) =
      facts::Observed<std::vector<facts::Principal>>::unknown(
          "line 11 of secedit.inf is damaged");
  EXPECT_EQ(transcript(kUserRights, server),
            "unknown: line 11 of secedit.inf is damaged\n"
            "unknown rights-not-read: line 11 of secedit.inf is damaged\n");
}

// What stands in a list that was cut counts; what is missing may have stood
// behind the cut.
TEST(RightsLists, ACutList) {
  Server grant = base();
  grant.rights.front().mark_cut(LogonRight::kInteractive);
  EXPECT_EQ(outcome(kUserRights, grant), "passed");
  assign(grant, LogonRight::kInteractive, "*S-1-5-32-544");
  EXPECT_EQ(transcript(kUserRights, grant),
            "unknown: secedit.inf is cut in the list of "
            "SeInteractiveLogonRight\n"
            "unknown rights-not-read: secedit.inf is cut in the list of "
            "SeInteractiveLogonRight\n"
            "  SeInteractiveLogonRight lists BUILTIN\\Administrators "
            "[secedit.inf, line 11]\n");

  Server deny = base();
  deny.rights.front().mark_cut(LogonRight::kDenyInteractive);
  assign(deny, LogonRight::kDenyInteractive, "*S-1-5-7");
  EXPECT_EQ(outcome(kUserRights, deny), "unknown: rights-not-read");
  assign(deny, LogonRight::kDenyInteractive, "*S-1-5-7,*S-1-5-32-546");
  EXPECT_EQ(outcome(kUserRights, deny), "failed: right-denied");
  // A cut elsewhere is of no concern.
  Server other = base();
  other.rights.front().mark_cut(LogonRight::kBatch);
  EXPECT_EQ(outcome(kUserRights, other), "passed");
}

TEST(RightsLists, APolicyWithoutTheAccount) {
  const Server server =
      under_policy(LogonRight::kInteractive, "*S-1-5-32-544,*S-1-5-32-551");
  EXPECT_EQ(transcript(kUserRights, server),
            "warning: a policy sets the list for local logon without the "
            "account\n"
            "warning right-overwritten: a policy sets the list for local logon "
            "without the account\n"
            "  SeInteractiveLogonRight lists BUILTIN\\Administrators and "
            "BUILTIN\\Backup Operators [GptTmpl.inf, line 7]\n"
            "  SeInteractiveLogonRight lists BUILTIN\\Administrators and "
            "IUSR_WEB01 [secedit.inf, line 11]\n"
            "  IUSR_WEB01 is a member of Guests [net-user.txt, line 23]\n");

  // The local list has lost it already, or is not there.
  Server refreshed = server;
  assign(refreshed, LogonRight::kInteractive, "*S-1-5-32-544,*S-1-5-32-551");
  EXPECT_EQ(outcome(kUserRights, refreshed), "failed: right-overwritten(fail)");
  Server alone = under_policy(LogonRight::kInteractive, "");
  alone.rights.front() = alone.rights.back();
  alone.rights.pop_back();
  alone.rights.front().holders(LogonRight::kDenyInteractive) =
      known(principals(""));
  EXPECT_EQ(outcome(kUserRights, alone), "failed: right-overwritten(fail)");
}

TEST(RightsLists, APolicyBeatsAPlainExport) {
  Server granted = under_policy(LogonRight::kInteractive, "IUSR_WEB01");
  assign(granted, LogonRight::kInteractive, "*S-1-5-32-544");
  EXPECT_EQ(outcome(kUserRights, granted), "passed");

  Server denied = under_policy(LogonRight::kDenyInteractive, "*S-1-5-32-546");
  EXPECT_EQ(outcome(kUserRights, denied), "failed: right-denied");

  Server allowed = under_policy(LogonRight::kDenyInteractive, "");
  assign(allowed, LogonRight::kDenyInteractive, "*S-1-5-32-546");
  EXPECT_EQ(outcome(kUserRights, allowed), "passed");
}

TEST(RightsLists, APolicyThatIsSilentLeavesTheLocalListInForce) {
  Server held = under_policy(LogonRight::kBatch, "*S-1-5-32-544");
  EXPECT_EQ(outcome(kUserRights, held), "passed");
  assign(held, LogonRight::kInteractive, "*S-1-5-32-544");
  EXPECT_EQ(outcome(kUserRights, held), "failed: right-missing");
}

TEST(RightsLists, ADenialComesBeforeAnOverwrittenGrant) {
  Server server = under_policy(LogonRight::kInteractive, "*S-1-5-32-544");
  assign(server, LogonRight::kDenyInteractive, "*S-1-5-32-546");
  EXPECT_EQ(outcome(kUserRights, server), "failed: right-denied");
}

TEST(RightsLists, ListsThatDisagreeDecideNothing) {
  Server policies = under_policy(LogonRight::kInteractive, "IUSR_WEB01");
  RightsList other = policy();
  other.holders(LogonRight::kInteractive) = {principals("*S-1-5-32-544"),
                                             at("other/GptTmpl.inf", 9)};
  policies.rights.push_back(other);
  EXPECT_EQ(transcript(kUserRights, policies),
            "unknown: the lists that were read disagree\n"
            "unknown rights-not-read: the lists that were read disagree\n"
            "  SeInteractiveLogonRight lists IUSR_WEB01 [GptTmpl.inf, line 7]\n"
            "  SeInteractiveLogonRight lists BUILTIN\\Administrators "
            "[other/GptTmpl.inf, line 9]\n");
  // Two that agree decide.
  policies.rights.back().holders(LogonRight::kInteractive) =
      known(principals("*S-1-1-0"));
  EXPECT_EQ(outcome(kUserRights, policies), "passed");
}

TEST(RightsLists, LongListsAreCutShort) {
  Server server = base();
  assign(server, LogonRight::kInteractive,
         "*S-1-5-32-544,*S-1-5-32-547,*S-1-5-32-548,*S-1-5-32-549,"
         "*S-1-5-32-550,*S-1-5-32-551,*S-1-5-32-552,*S-1-5-32-555,"
         "*S-1-5-32-556,*S-1-5-32-559");
  EXPECT_EQ(transcript(kUserRights, server),
            "failed: local logon is not granted to the account\n"
            "fail right-missing: local logon is not granted to the account\n"
            "  SeInteractiveLogonRight lists BUILTIN\\Administrators, "
            "BUILTIN\\Power Users, BUILTIN\\Account Operators, BUILTIN\\Server "
            "Operators, BUILTIN\\Print Operators, BUILTIN\\Backup Operators, "
            "BUILTIN\\Replicator, BUILTIN\\Remote Desktop Users and 2 more "
            "[secedit.inf, line 11]\n"
            "  IUSR_WEB01 is a member of Guests [net-user.txt, line 23]\n");
}

}  // namespace
}  // namespace iisdiag::checks
