// What the remedies of all four checks share: names that are safe to paste,
// the tool and the command of each version, and steps that recur.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/finding.hpp"

namespace iisdiag::knowledge::remedies {

// Where the anonymous account of an identity is set.
enum class Console : std::uint8_t {
  kServiceManager,  // IIS 1 to 3
  kSnapIn4,         // IIS 4
  kSnapIn5,         // IIS 5.x
  kManager6,        // IIS 6, and FTP 6 beside IIS 7 and later
  kManager7,        // IIS 7 and later
};
Console console(const RemedyContext& context);
bool is_ftp(const RemedyContext& context);
// The FTP 6 service of Windows Server 2008 and later, whose rules are those of
// IIS 6.0.
bool is_beside_iis7(const RemedyContext& context);
bool is_dc(const RemedyContext& context);
// IIS vouches for the password, so that the stored one does not count.
bool sync_vouches(const RemedyContext& context);
// The grant that the logon needs; nothing where no source says (FTP 6).
std::optional<facts::LogonRight> needed_right(const RemedyContext& context);
std::optional<facts::LogonRight> right_without_sync(
    const RemedyContext& context);

// An argument that cmd.exe and the program behind it take as it is, quoted
// where need be. Nothing where no quoting makes it safe: a double quote, a
// percent sign (expanded inside quotes too), control and invisible characters,
// characters that a code page may turn into a quote, a leading switch sign.
std::optional<std::string> cmd_argument(std::string_view text);
// The same for a name that `net` takes: nothing, too, for a name that no
// account can have or that is longer than `net` accepts.
std::optional<std::string> account_argument(std::string_view name);
// The same for a group: "Guests" of "BUILTIN\Guests" and of "S-1-5-32-546".
std::optional<std::string> group_argument(std::string_view group);

// Names as step texts show them.
std::string account_text(const RemedyContext& context);
std::string bare_text(const RemedyContext& context);
std::string computer_text(const RemedyContext& context);  // or "this computer"
std::string node_text(std::string_view node);
std::string group_text(std::string_view group);  // without a domain part
// "Access this computer from the network", as this Windows calls it.
std::string_view right_text(const RemedyContext& context,
                            facts::LogonRight right);
// The account that setup of IIS makes: IUSR_ and a name of the computer.
bool has_setup_name(const RemedyContext& context);
// The tool for the account's own database.
std::string_view account_tool(const RemedyContext& context);
// The same for the accounts and groups of this computer.
std::string_view local_account_tool(const RemedyContext& context);
std::string_view rights_tool(const RemedyContext& context);

// The node to change: the subject's, else the deeper of the nodes that store
// the account and `stored` (the password, the sync flag), else the identity's
// first. Empty where no node is known.
std::string target_node(const RemedyContext& context, std::string_view stored);
// A whole service, or the server level of IIS 7 and later.
bool is_service_level(const RemedyContext& context, std::string_view node);
// "W3SVC/1/ROOT" of "/LM/W3SVC/1/ROOT".
std::string metabase_path(std::string_view node);
// "w3svc", as `net` knows the service of an identity.
std::string net_service(facts::Service service);

// Commands. Nothing where the names cannot be pasted or no tool can do it.
using Command = std::optional<std::string>;
Command net_user(const RemedyContext& context, std::string_view options);
// `adsutil VERB node/property value` of a metabase.
Command adsutil(const RemedyContext& context, std::string_view verb,
                std::string_view node, std::string_view property,
                std::string_view value = {});

// A remedy to which steps are added.
Remedy begin(std::string expected, std::vector<std::string_view> articles);
// `text` comes without its last mark: "." or, before commands, ":".
void add(Remedy& remedy, std::string text, std::vector<std::string> commands);
void add(Remedy& remedy, std::string text);
// Most steps are literals: less code where they are added.
void add(Remedy& remedy, const char* text);
// `text` with the command, or `otherwise` where there is none.
void add_or(Remedy& remedy, std::string text, const Command& command,
            std::string otherwise);
// `net user NAME options`, else "TEXT: in TOOL, DIALOG".
void add_net_user(Remedy& remedy, const RemedyContext& context,
                  std::string text, std::string_view options,
                  std::string_view dialog);

// Up to IIS 6 a change needs a restart, whatever was changed; from IIS 7 on
// only a changed identity does, and only for its cached logons.
enum class Change : std::uint8_t { kIdentity, kAccount };
void add_restart(Remedy& remedy, const RemedyContext& context, Change change);

// Opens the dialog that holds account and password.
void add_identity_dialog(Remedy& remedy, const RemedyContext& context);
// Opens that dialog, stores the password there, and at other nodes that store
// one of their own for the same account.
void add_store_password(Remedy& remedy, const RemedyContext& context);
// Sets a new password in the account's own database, with a warning first
// where others may use the account.
void add_set_password(Remedy& remedy, const RemedyContext& context,
                      std::string text);
// The text for a password that may be known.
inline constexpr std::string_view kSetUnknown =
    "If nobody knows its password, set a new one; the command asks for it";
// The warning.
void add_who_else(Remedy& remedy, std::string_view account);
// Both sides and the restart.
void add_same_password(Remedy& remedy, const RemedyContext& context);
// Never expires, not to be changed by the user; an order to change it goes
// first. Windows shows one, too, for a password that has expired.
enum class OrderToChange : std::uint8_t { kNone, kPerhaps, kGiven };
void add_never_expires(Remedy& remedy, const RemedyContext& context,
                       OrderToChange order);
// Turns sync off where it is set for the account.
void add_sync_off(Remedy& remedy, const RemedyContext& context);
// Without sync the logon is of the configured type and may need another right.
void add_right_without_sync(Remedy& remedy, const RemedyContext& context);

// Turns User Manager for Domains, which opens with the domain, to a member
// server of NT 4; nothing elsewhere.
void add_select_computer(Remedy& remedy, const RemedyContext& context);
// Says so where this edition of Windows has no consoles for accounts and
// rights.
void add_no_consoles(Remedy& remedy, const RemedyContext& context);
// Opens a branch of the local policies, from Windows 2000 on.
void add_open_policy(Remedy& remedy, const RemedyContext& context,
                     std::string_view branch);
// Opens the list of a right.
void add_open_right(Remedy& remedy, const RemedyContext& context,
                    facts::LogonRight right);
// The same in the policy that the finding names.
void add_open_named_policy(Remedy& remedy, const RemedyContext& context,
                           facts::LogonRight right);
// Adds the account to it, and applies the policy.
void add_grant(Remedy& remedy, const RemedyContext& context,
               facts::LogonRight right);
// Where a domain policy sets the list, the local one cannot be changed.
void add_domain_policy_hint(Remedy& remedy, const RemedyContext& context);
void add_policy_refresh(Remedy& remedy, const RemedyContext& context);

// Takes the account out of a group: with a command where the group is one of
// this computer, else in the tool for its accounts. `condition` stands first.
void add_leave_group(Remedy& remedy, const RemedyContext& context,
                     std::string_view group, std::string_view condition = {});

// What makes something known. Each begins with the way that fits the source:
// a live check is repeated with more rights.
bool is_live(const RemedyContext& context);
void add_more_rights(Remedy& remedy, const RemedyContext& context);
void add_capture_configuration(Remedy& remedy, const RemedyContext& context);
void add_capture_account(Remedy& remedy, const RemedyContext& context);
void add_capture_groups(Remedy& remedy, const RemedyContext& context);
void add_capture_rights(Remedy& remedy, const RemedyContext& context);
void add_capture_lsa(Remedy& remedy, const RemedyContext& context);
// `key` is below HKEY_LOCAL_MACHINE and holds no blanks.
void add_capture_key(Remedy& remedy, const RemedyContext& context,
                     std::string_view key);
void add_check_again(Remedy& remedy, const RemedyContext& context);

// The articles about the logon of the anonymous account for this version.
std::vector<std::string_view> logon_articles(const RemedyContext& context);
std::vector<std::string_view> right_articles(
    const RemedyContext& context, std::optional<facts::LogonRight> right);

}  // namespace iisdiag::knowledge::remedies
