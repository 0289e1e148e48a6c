// The findings of the password sync check.
#include <array>

#include "knowledge/finding_pages.hpp"

namespace iisdiag::knowledge {
namespace {

bool has_sync(const IisRules& iis, const WindowsRules& /*windows*/) {
  return iis.sync != SyncSupport::kNone;
}
bool needs_registration(const IisRules& iis, const WindowsRules& /*windows*/) {
  return iis.sync == SyncSupport::kNeedsRegistration;
}
bool has_batch_fault(const IisRules& iis, const WindowsRules& /*windows*/) {
  return iis.batch_needs_service_pack > 0;
}
// The registry of IIS 1 to 3 has no levels.
bool has_levels(const IisRules& iis, const WindowsRules& /*windows*/) {
  return iis.store != facts::Store::kRegistry;
}

constexpr std::array kPages = {
    FindingPage{
        "sync-foreign-account",
        "With password sync on, IIS vouches for the password, and the "
        "account database of this computer believes it. Another database "
        "does not. On a domain controller the database of its domain is the "
        "computer's own.",
        "Sync is in force at the node and the account belongs to a domain, "
        "while this computer is known to be no domain controller of it.",
        "It says nothing about the account itself or its password. The "
        "dialogs of IIS accept the combination without a word.",
        "adsutil metabase-xml", has_sync},
    FindingPage{
        "sync-not-effective",
        "The flag for password sync is on, and IIS 6.0 ignores it, because "
        "what it takes is not there. The stored password decides, and after "
        "an upgrade from IIS 5.0 there often is none.",
        "The flag is on, and iissuba.dll is not registered with the LSA; or, "
        "in worker process isolation mode, the pool does not run as "
        "LocalSystem.",
        "It does not say that the stored password is wrong. Where a right "
        "one is stored the site works all the same, until somebody relies on "
        "the flag.",
        "adsutil metabase-xml registry-export", needs_registration},
    FindingPage{
        "sync-module-missing",
        "Password sync is the work of iissuba.dll, which comes with the WWW "
        "service. Where FTP was installed without it, the logon fails with "
        "error 126.",
        "A logon on record was refused because the module could not be "
        "found.",
        "It says nothing about the account or its password.", "", has_sync},
    FindingPage{
        "sync-password-lost",
        "Password sync is off, so IIS has to show a password, and none is "
        "stored. Turning sync on deletes the stored password, and turning it "
        "off again does not bring it back.",
        "Sync is off or without effect, an account is named, and the keys "
        "were read down to the node without a password in them.",
        "It does not say that the account's own password is unknown or "
        "wrong: somebody may still have it.",
        "adsutil metabase-xml", has_sync},
    FindingPage{
        "stored-password-lost",
        "The stored password was encrypted for another computer, or for an "
        "earlier installation, and cannot be read any more.",
        "The stored value carries the mark of a password that did not "
        "survive a move.",
        "It says nothing about the account or its rights. Other secrets of "
        "the same configuration are likely to be lost, too.",
        "metabase-xml", has_sync},
    FindingPage{
        "batch-logon-unsupported",
        "IIS 4.0 was told to log visitors on as a batch job, which it cannot "
        "do before Service Pack 4 of Windows NT 4.0 (error 87).",
        "LogonMethod is 1 at the node, sync is off, and the service pack is "
        "known to be older.",
        "It says nothing about the right to log on as a batch job, which the "
        "account needs as well.",
        "adsutil registry-export systeminfo", has_batch_fault},
    FindingPage{
        "sync-not-read",
        "Whether password sync is on and works, and whether a password is "
        "stored, cannot be told from the evidence.",
        "The flag, the presence of a password, the role of the computer, the "
        "identity of the pool or the registration of iissuba.dll is needed "
        "and was not read.",
        "It says nothing about the server: all of it may be in order.", "",
        has_sync},
    FindingPage{
        "sync-blocks-ftp",
        "An FTP site has anonymous access off and password sync on. Then "
        "nobody can log on to it, not even with a name of their own.",
        "Both settings are in force at the same FTP site or service.",
        "It says nothing about web sites on the same server.",
        "adsutil metabase-xml", has_sync},
    FindingPage{
        "stale-override",
        "A place below the service stores half of an account and password of "
        "its own. It does not follow when the account above is changed, so "
        "its visitors are refused while the rest of the site works, and the "
        "attempts can lock the account.",
        "A node has a password of its own for its parent's account, an "
        "account of its own with its parent's password, or a stored pair "
        "although anonymous access is off there.",
        "It does not say that the stored half is wrong today. An account of "
        "its own together with a password of its own is isolation, and no "
        "fault.",
        "adsutil metabase-xml apphost-config web-config", has_levels},
};

}  // namespace

std::span<const FindingPage> password_sync_pages() { return kPages; }

}  // namespace iisdiag::knowledge
