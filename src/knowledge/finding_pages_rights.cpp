// The findings of the user-rights check.
#include <array>

#include "knowledge/finding_pages.hpp"

namespace iisdiag::knowledge {
namespace {

bool has_deny_rights(const IisRules& /*iis*/, const WindowsRules& windows) {
  return windows.deny_rights;
}
bool has_policies(const IisRules& /*iis*/, const WindowsRules& windows) {
  return windows.tools != Tools::kNt;
}
bool has_working_sync(const IisRules& iis, const WindowsRules& /*windows*/) {
  return iis.sync == SyncSupport::kWorks;
}
bool has_force_guest(const IisRules& /*iis*/, const WindowsRules& windows) {
  return windows.force_guest;
}

constexpr std::array kPages = {
    FindingPage{
        "right-missing",
        "Windows grants each kind of logon by a right of its own, and the "
        "account does not have the one that IIS needs here (error 1385). "
        "Which one that is depends on the version, on password sync and on "
        "the logon method; the finding names it.",
        "A complete list of rights was read, and neither the account nor any "
        "group that its logon carries is in the list of this right.",
        "It proves nothing about name and password. A right that is granted "
        "by a policy counts only where the policy, or a list that was "
        "exported after it, is among the evidence.",
        "secedit-inf", anywhere},
    FindingPage{
        "right-denied",
        "A Deny right covers the account, and a Deny right beats every grant "
        "(error 1385).",
        "The Deny list of the logon that IIS makes holds the account, one of "
        "its groups, or something that every such logon carries, such as "
        "Everyone, NETWORK or Local account.",
        "It does not say that the list is wrong: security baselines deny "
        "Guests and local accounts on purpose. Take the account out of the "
        "group, or use another account, before you touch the list.",
        "secedit-inf policy-report", has_deny_rights},
    FindingPage{
        "right-overwritten",
        "A policy defines the right, and its list replaces that of the "
        "computer. The account is not in it. IIS 5.x grants its accounts the "
        "right again at each start, so that the site works after a restart "
        "and fails again at the next refresh of the policies.",
        "A policy template or a policy report in the evidence defines the "
        "right without the account. As warning: a complete list of the "
        "computer holds the "
        "right now. As fail: it does not, or was not read. It stands in "
        "place of right-missing.",
        "Which policy wins where several define the right is not in their "
        "templates; a report of gpresult says it. A change to the local list "
        "does not last.",
        "secedit-inf policy-report", has_policies},
    FindingPage{
        "right-local-missing",
        "With password sync on, IIS 4.0 and 5.x make a network logon. "
        "Microsoft's articles disagree whether the account then needs the "
        "right to log on locally as well.",
        "Sync is in force, the network right is held, a complete list was "
        "read, and the account does not hold the local right.",
        "It is not shown to be the cause. Look elsewhere, too.", "secedit-inf",
        has_working_sync},
    FindingPage{
        "audit-full",
        "The Security log was full while Windows was told to stop then. From "
        "that moment on only administrators may log on, and the anonymous "
        "account is none.",
        "CrashOnAuditFail is 2, and the account is not known to be an "
        "administrator.",
        "It says nothing about the account, its password or its rights: "
        "everybody else is refused as well.",
        "registry-export secedit-inf", anywhere},
    FindingPage{
        "force-guest",
        "Network logons with local accounts are turned into logons of Guest. "
        "If Guest is disabled, or may not read the files, visitors are "
        "refused.",
        "ForceGuest is 1, the account is a local one, and the logon that IIS "
        "makes is a network logon.",
        "Whether the logon that IIS makes under password sync is turned into "
        "Guest as well is not documented. It is a warning and no proof.",
        "registry-export secedit-inf", has_force_guest},
    FindingPage{
        "rights-not-read",
        "Whether the account may log on in the way that IIS needs cannot be "
        "told from the evidence.",
        "No complete list of rights was read; or membership in a group "
        "decides and was not captured; or a SID that nothing names may be "
        "the account or a group of it; or it is not known which logon IIS "
        "makes, and that decides.",
        "It says nothing about the rights: they may be in order.", "",
        anywhere},
};

}  // namespace

std::span<const FindingPage> user_rights_pages() { return kPages; }

}  // namespace iisdiag::knowledge
