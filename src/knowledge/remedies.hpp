// The remedies of the knowledge base, by finding: numbered steps and commands
// for the version at hand, with this server's names in them.
//
// Held to by a test: no command replaces a whole rights list, deletes an
// account or contains a password; names are quoted for cmd.exe; a name that
// cannot be quoted safely appears in no command (FACTS.md section L).
#pragma once

#include "knowledge/finding.hpp"

namespace iisdiag::knowledge::remedies {

// Where the FTP service of IIS 4.0 and 5.x keeps AllowGuestAccess (Q299256).
inline constexpr std::string_view kFtpParameters =
    R"(SYSTEM\CurrentControlSet\Services\MSFTPSVC\Parameters)";

// account-lookup
Remedy account_not_configured(const RemedyContext& context);
Remedy account_missing(const RemedyContext& context);
Remedy account_wrong_domain(const RemedyContext& context);
Remedy account_not_a_user(const RemedyContext& context);
Remedy account_disabled(const RemedyContext& context);
Remedy account_locked(const RemedyContext& context);
Remedy account_expired(const RemedyContext& context);
Remedy password_expired(const RemedyContext& context);
Remedy password_must_change(const RemedyContext& context);
Remedy password_will_expire(const RemedyContext& context);
Remedy logon_hours(const RemedyContext& context);
Remedy workstation_restricted(const RemedyContext& context);
Remedy domain_unreachable(const RemedyContext& context);
Remedy wrong_logon_domain(const RemedyContext& context);
Remedy guest_access_blocked(const RemedyContext& context);
Remedy iusr_shadowed(const RemedyContext& context);
Remedy configuration_not_read(const RemedyContext& context);
Remedy configuration_elsewhere(const RemedyContext& context);
Remedy account_not_read(const RemedyContext& context);

// password-sync
Remedy sync_foreign_account(const RemedyContext& context);
Remedy sync_not_effective(const RemedyContext& context);
Remedy sync_module_missing(const RemedyContext& context);
Remedy sync_password_lost(const RemedyContext& context);
Remedy stored_password_lost(const RemedyContext& context);
Remedy batch_logon_unsupported(const RemedyContext& context);
Remedy sync_not_read(const RemedyContext& context);
Remedy sync_blocks_ftp(const RemedyContext& context);
Remedy stale_override(const RemedyContext& context);

// user-rights
Remedy right_missing(const RemedyContext& context);
Remedy right_denied(const RemedyContext& context);
Remedy right_overwritten(const RemedyContext& context);
Remedy right_local_missing(const RemedyContext& context);
Remedy audit_full(const RemedyContext& context);
Remedy force_guest(const RemedyContext& context);
Remedy rights_not_read(const RemedyContext& context);

// credential-test
Remedy wrong_password(const RemedyContext& context);
Remedy blank_password_blocked(const RemedyContext& context);
Remedy logon_type_refused(const RemedyContext& context);
Remedy logon_refused(const RemedyContext& context);
Remedy logon_undecided(const RemedyContext& context);
Remedy lockout_risk(const RemedyContext& context);
Remedy logon_not_tried(const RemedyContext& context);
Remedy caller_lacks_privilege(const RemedyContext& context);
Remedy password_unreadable(const RemedyContext& context);

}  // namespace iisdiag::knowledge::remedies
