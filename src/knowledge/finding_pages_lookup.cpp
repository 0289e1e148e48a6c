// The findings of the account lookup that are not about the account's record.
#include <array>

#include "knowledge/finding_pages.hpp"

namespace iisdiag::knowledge {
namespace {

bool until_iis6(const IisRules& iis, const WindowsRules& /*windows*/) {
  return !iis.builtin_iusr;
}
bool since_iis7(const IisRules& iis, const WindowsRules& /*windows*/) {
  return iis.builtin_iusr;
}

constexpr std::array kPages = {
    FindingPage{
        "account-not-configured",
        "IIS has no account to log visitors on with. Every anonymous request "
        "at the node fails, whatever the account database holds.",
        "The configuration was read down to the node, and neither the node "
        "nor any level above it names an anonymous account.",
        "It says nothing about the accounts of the computer: the account of "
        "setup may be there and in order. IIS 7.0 and later fall back to the "
        "built-in IUSR where nothing is set, and use the pool's identity "
        "where the name is empty; neither is this finding.",
        "adsutil metabase-xml registry-export", until_iis6},
    FindingPage{
        "account-missing",
        "The account that IIS is to use does not exist in the account "
        "database that should hold it: the computer's own, that of its "
        "domain on a domain controller, or that of the account's domain.",
        "A whole list of accounts was read and the name is not in it, or "
        "Windows answered that it knows no such user.",
        "It does not say that the account never existed. A rename, a "
        "promotion to domain controller and somebody's tidying up look the "
        "same. The rights and the password are not judged: there is nothing "
        "to hold them.",
        "net-user net-user-list", anywhere},
    FindingPage{
        "account-wrong-domain",
        "The part of the name before the backslash is no place where Windows "
        "could look the account up. This is usual after a computer was "
        "renamed: IUSR_OLD stays valid, OLD\\IUSR_OLD does not.",
        "The domain part is the X of X\\IUSR_X while the computer has "
        "another name, or the computer is in a workgroup and it is not its "
        "name.",
        "It does not say whether the account exists under its right name. A "
        "domain part that may be a trusted domain is not blamed: then the "
        "finding is account-not-read.",
        "adsutil metabase-xml apphost-config web-config config-section appcmd "
        "registry-export",
        anywhere},
    FindingPage{
        "account-not-a-user",
        "Only a user account can be logged on. The name belongs to a group, "
        "a system account such as NETWORK SERVICE, a computer or a trust.",
        "The name is a well-known one that is no user, it ends in a dollar "
        "sign, or the evidence shows a group of this name.",
        "It does not say which account was meant. An application pool may "
        "run as NETWORK SERVICE; the anonymous account may not be it.",
        "adsutil metabase-xml apphost-config registry-export net-localgroup",
        anywhere},
    FindingPage{
        "domain-unreachable",
        "The account lives in a domain, and no domain controller answered "
        "when it was to be logged on.",
        "As fail: a logon that IIS itself made is on record with a code that "
        "stands for this. As unknown: only iisdiag could not reach the "
        "domain, which proves nothing about IIS.",
        "It says nothing about the account or its password: nobody was asked.",
        "", anywhere},
    FindingPage{
        "wrong-logon-domain",
        "FTP 7.0 and later put a default logon domain in front of a name "
        "that has no domain part. Here it makes FTP look a local account up "
        "in a place that does not hold it.",
        "The anonymous account of an FTP site is written without a domain "
        "part, is an account of this computer, and defaultLogonDomain names "
        "neither this computer nor, as far as is known, a domain that has "
        "the account. The default, NT AUTHORITY, fits the built-in IUSR "
        "only.",
        "Web sites do not follow this setting, so they can work with the "
        "same account.",
        "apphost-config appcmd", since_iis7},
    FindingPage{
        "guest-access-blocked",
        "The anonymous account is Guest, and the service refuses Guest, "
        "however right everything else is.",
        "AllowGuestAccess of the service is 0, or, for FTP of IIS 4.0 and "
        "5.x, the key was read and the value is not set.",
        "It does not say that the Guest account itself is enabled or has its "
        "logon right.",
        "registry-export", until_iis6},
    FindingPage{
        "iusr-shadowed",
        "A local account is named IUSR like the built-in one, which needs no "
        "account at all. What the name then means depends on who looks it "
        "up, and changes to the local account do nothing for the site.",
        "The anonymous account is IUSR and the computer's account database "
        "holds an account of the same name.",
        "It is no reason for a refusal by itself. Somebody who made the "
        "account to mend a 401 has not found the cause.",
        "net-user net-user-list", since_iis7},
    FindingPage{
        "renamed-computer",
        "Setup named the account after the computer, and the computer was "
        "renamed later. The name of the account does not follow, and need "
        "not.",
        "The account is IUSR_ with a name that is not the computer's, and it "
        "exists.",
        "It is no fault and needs no repair. Renaming the account in one of "
        "its places only would make one.",
        "net-user net-user-list registry-export", anywhere},
    FindingPage{
        "configuration-not-read",
        "Without the configuration of IIS it is not known which account "
        "visitors are logged on with, where it is stored, and how.",
        "No configuration is among the evidence, or one that is damaged and "
        "does not show the anonymous account.",
        "It says nothing about the server: neither that all is well nor that "
        "something is wrong.",
        "", anywhere},
    FindingPage{
        "configuration-elsewhere",
        "The configuration that is in force is kept in another place than "
        "the file that was captured, on a share or in a file of its own.",
        "redirection.config switches shared configuration on and the shared "
        "file is not among the evidence, or a configSource points to a file "
        "that is not.",
        "It says nothing about the settings themselves. What the captured "
        "file holds may be out of date and is not judged.",
        "redirection-config apphost-config", since_iis7},
    FindingPage{
        "account-not-read",
        "The account's own record was not read, or not all of it, so that "
        "nothing can be said about whether it may log on.",
        "The record is not among the evidence; or a field of it is missing "
        "or cannot be read; or an expiry date, a workstation list or the "
        "domain part of the name cannot be judged without the time of "
        "capture, the computer's name or the domain.",
        "It says nothing about the account: it may be in order.", "", anywhere},
};

}  // namespace

std::span<const FindingPage> account_lookup_pages() { return kPages; }

}  // namespace iisdiag::knowledge
