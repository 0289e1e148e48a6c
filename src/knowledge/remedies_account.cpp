// Remedies of the account lookup: the account and its state.
#include <fmt/format.h>

#include <algorithm>

#include "facts/account.hpp"
#include "knowledge/remedies.hpp"
#include "knowledge/remedy_text.hpp"
#include "knowledge/well_known.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::knowledge::remedies {
namespace {

bool is_guest(const RemedyContext& context) {
  return text::iequals(context.bare_account, "Guest");
}

// The account that setup of IIS makes, IUSR_ with the computer's name. That of
// IIS 7 and later makes none, and baselines of its time deny Guests.
bool is_setup_account(const RemedyContext& context) {
  return has_setup_name(context) && console(context) != Console::kManager7;
}

std::vector<std::string_view> with(std::vector<std::string_view> articles,
                                   std::string_view more) {
  articles.insert(articles.begin(), more);
  return articles;
}

// IIS 1 to 3 and 4 have articles of their own for a refused state.
std::vector<std::string_view> state_articles(const RemedyContext& context) {
  switch (console(context)) {
    case Console::kServiceManager:
      return {"Q154135"};
    case Console::kSnapIn4:
    case Console::kSnapIn5:
      return with(logon_articles(context), "Q201851");
    case Console::kManager6:
    case Console::kManager7:
      break;
  }
  return logon_articles(context);
}

// A policy that denies Guests a logon would hit a new member at once.
bool guests_are_denied(const RemedyContext& context) {
  const auto guests = facts::Sid::parse(kGuests);
  const auto right = needed_right(context);
  const auto& lists = context.server.rights;
  return right && std::any_of(lists.begin(), lists.end(), [&](const auto& l) {
           const auto holders = l.holders(facts::deny_of(*right)).value_or({});
           return std::any_of(
               holders.begin(), holders.end(),
               [&](const facts::Principal& holder) {
                 return (holder.sid ? holder.sid : sid_of_name(holder.name)) ==
                        guests;
               });
         });
}

void add_list_accounts(Remedy& remedy, const RemedyContext& context,
                       std::string text) {
  const bool domain = context.is_domain_account && !is_dc(context);
  if (domain && !net_user(context, "")) {
    add(remedy, fmt::format("{}: {}", text, account_tool(context)));
  } else {
    add(remedy, std::move(text), {domain ? "net user /domain" : "net user"});
  }
}

// `net user` of one name in this computer's own database.
Command local_net_user(std::string_view name) {
  const auto argument = account_argument(name);
  return argument ? Command("net user " + *argument) : std::nullopt;
}

void add_name_account(Remedy& remedy, const RemedyContext& context,
                      std::string text) {
  add_identity_dialog(remedy, context);
  add(remedy, std::move(text));
}

void add_builtin_iusr(Remedy& remedy, const RemedyContext& context) {
  if (context.iis.builtin_iusr && console(context) == Console::kManager7) {
    add(remedy, "Or name the built-in IUSR in IIS, with no password");
  }
}

void add_rights_of_new_account(Remedy& remedy, const RemedyContext& context) {
  add(remedy, fmt::format("Grant {} its rights and NTFS permissions again",
                          bare_text(context)));
  if (const auto right = needed_right(context)) {
    add(remedy, fmt::format("It needs \"{}\" ({})", right_text(context, *right),
                            rights_tool(context)));
  }
}

// What Q253204 keeps for the end: no sync, one known password on both sides.
void add_last_resort(Remedy& remedy, const RemedyContext& context) {
  add(remedy, "If the logon still fails, go on without password sync");
  add_sync_off(remedy, context);
  add_right_without_sync(remedy, context);
  add_set_password(remedy, context,
                   "Set a known password; the command asks for it");
  add_store_password(remedy, context);
  add_restart(remedy, context, Change::kIdentity);
}

}  // namespace

Remedy account_not_configured(const RemedyContext& context) {
  Remedy remedy = begin("an anonymous account at the node or above it",
                        logon_articles(context));
  const auto& computer = context.server.machine.computer;
  const bool builtin = console(context) == Console::kManager7;
  if (builtin) {
    add_name_account(remedy, context,
                     "Name the account there, usually IUSR (no password)");
  } else {
    const std::string name =
        std::string(kSetupPrefix) + computer.value_or(std::string());
    const bool needs_password = !sync_vouches(context);
    add_or(remedy, "See whether the account of setup is still there",
           computer.has_value() ? local_net_user(name) : Command(),
           fmt::format("Look for an account whose name begins with IUSR_: {}",
                       account_tool(context)));
    if (const auto own = local_net_user(name);
        own && needs_password && computer.has_value()) {
      if (is_dc(context)) {
        add_who_else(remedy, name);
      }
      add(remedy, std::string(kSetUnknown), {*own + " *"});
    }
    add_name_account(
        remedy, context,
        fmt::format("Name the account there{}{}",
                    computer.has_value() ? ", usually " + text::printable(name)
                                         : std::string(),
                    needs_password ? ", and type its password" : ""));
  }
  add_restart(remedy, context, Change::kIdentity);
  return remedy;
}

Remedy account_missing(const RemedyContext& context) {
  auto articles = logon_articles(context);
  if (is_dc(context) && console(context) == Console::kSnapIn5) {
    articles.emplace_back("Q300432");
  }
  const bool domain = context.is_domain_account && !is_dc(context);
  Remedy remedy = begin(
      domain ? fmt::format("{} in the database of its domain",
                           account_text(context))
             : fmt::format(
                   "{} in the account database of {}", account_text(context),
                   is_dc(context) ? "the domain" : computer_text(context)),
      std::move(articles));
  add_list_accounts(remedy, context,
                    "See whether the account lives on under another name");
  add(remedy, "If so, name that one in IIS instead, with its own password");
  add_builtin_iusr(remedy, context);
  add(remedy, "A new account has a new SID: rights and permissions are lost");
  add_net_user(remedy, context,
               fmt::format("Otherwise create {}; the command asks for a "
                           "password",
                           bare_text(context)),
               "* /add", "new user");
  const Command guest = account_argument(context.bare_account);
  if (is_setup_account(context) && !domain && guest &&
      !guests_are_denied(context)) {
    add(remedy, "Put it into the Guests group, as setup does",
        {fmt::format("net localgroup Guests {} /add", *guest)});
  }
  add_never_expires(remedy, context, OrderToChange::kNone);
  add_rights_of_new_account(remedy, context);
  if (!sync_vouches(context)) {
    add_store_password(remedy, context);
  }
  add_restart(remedy, context, Change::kIdentity);
  if (sync_vouches(context)) {
    add_last_resort(remedy, context);
  }
  return remedy;
}

Remedy account_wrong_domain(const RemedyContext& context) {
  Remedy remedy =
      begin("a domain part that names this computer or a domain it knows",
            console(context) == Console::kManager7
                ? logon_articles(context)
                : with(logon_articles(context), "Q234142"));
  const auto& computer = context.server.machine.computer;
  // On a domain controller the computer's name is no domain of accounts.
  const std::string name = computer.has_value() && !is_dc(context)
                               ? *computer + "\\" + context.bare_account
                               : context.bare_account;
  const auto stored = target_node(context, context.identity.account.node);
  const auto local = local_net_user(context.bare_account);
  add_or(remedy, "See whether this computer has the account", local,
         fmt::format("Look for {} in {}", bare_text(context),
                     local_account_tool(context)));
  const auto change =
      local ? adsutil(context, "SET", stored, "AnonymousUserName", name)
            : std::nullopt;
  if (change) {
    add(remedy, "If so, name it with the right domain part", {*change});
    add(remedy, "If not, name an account that exists, with its password");
  } else {
    add_name_account(remedy, context,
                     fmt::format("If so, name {} there and type its password",
                                 text::printable(name)));
    add_builtin_iusr(remedy, context);
  }
  add(remedy, "For an account of a domain write the domain's present name");
  add_restart(remedy, context, Change::kIdentity);
  return remedy;
}

Remedy account_not_a_user(const RemedyContext& context) {
  Remedy remedy = begin("the name of a user account", logon_articles(context));
  add_list_accounts(remedy, context, "List the user accounts");
  add_name_account(remedy, context,
                   "Name a user account there and type its password");
  add_builtin_iusr(remedy, context);
  add_restart(remedy, context, Change::kIdentity);
  return remedy;
}

Remedy account_disabled(const RemedyContext& context) {
  Remedy remedy = begin("an account that is enabled", state_articles(context));
  if (is_guest(context)) {
    add(remedy, "Guest lets anybody in: better use an account of its own");
  }
  add(remedy, "Find out whether it was disabled on purpose");
  add_net_user(remedy, context,
               fmt::format("If not, enable {}", account_text(context)),
               "/active:yes", "clear \"Account is disabled\"");
  add_restart(remedy, context, Change::kAccount);
  return remedy;
}

Remedy account_locked(const RemedyContext& context) {
  auto articles = logon_articles(context);
  if (context.windows.tools == Tools::kNt) {
    articles.insert(articles.begin(), "Q169263");
  } else {
    articles.insert(articles.begin(), "KB922730");
  }
  Remedy remedy =
      begin("an account that is not locked out", std::move(articles));
  if (sync_vouches(context)) {
    add(remedy, "Look in the Security log who sends wrong passwords for it");
    add(remedy, "Stop that first; otherwise the account locks again");
  } else {
    add(remedy, "First mend the stored password; otherwise it locks again");
    add_set_password(remedy, context, std::string(kSetUnknown));
    add_store_password(remedy, context);
  }
  add_net_user(remedy, context,
               fmt::format("Then unlock {}", account_text(context)),
               "/active:yes", "clear \"Account is locked out\"");
  add_restart(remedy, context, Change::kAccount);
  return remedy;
}

Remedy account_expired(const RemedyContext& context) {
  Remedy remedy =
      begin("an account that does not expire", state_articles(context));
  add_net_user(
      remedy, context,
      fmt::format("Take the expiry date off {}", account_text(context)),
      "/expires:never", "Account expires: Never");
  add_restart(remedy, context, Change::kAccount);
  return remedy;
}

Remedy password_expired(const RemedyContext& context) {
  Remedy remedy =
      begin("a password that never expires", state_articles(context));
  add_never_expires(remedy, context, OrderToChange::kPerhaps);
  add(remedy, "The present password counts again: IIS needs no other");
  add_restart(remedy, context, Change::kAccount);
  return remedy;
}

Remedy password_must_change(const RemedyContext& context) {
  Remedy remedy = begin("no order to change the password at the next logon",
                        state_articles(context));
  add_never_expires(remedy, context, OrderToChange::kGiven);
  add_restart(remedy, context, Change::kAccount);
  return remedy;
}

Remedy password_will_expire(const RemedyContext& context) {
  Remedy remedy =
      begin("a password that never expires", state_articles(context));
  add_never_expires(remedy, context, OrderToChange::kNone);
  return remedy;
}

Remedy logon_hours(const RemedyContext& context) {
  Remedy remedy = begin("logon at all hours, unless closing times are meant",
                        console(context) == Console::kServiceManager
                            ? state_articles(context)
                            : with(logon_articles(context), "Q154135"));
  add(remedy, "Ask whether the site is meant to be closed at times");
  add_net_user(
      remedy, context,
      fmt::format("If not, permit {} all hours", account_text(context)),
      "/times:all", "Logon Hours: all permitted");
  add_restart(remedy, context, Change::kAccount);
  return remedy;
}

Remedy workstation_restricted(const RemedyContext& context) {
  Remedy remedy =
      begin(fmt::format("{} among the permitted workstations, or no such list",
                        computer_text(context)),
            with(logon_articles(context), "Q251394"));
  // The list of a local account can be set by `net user` alone.
  if (context.is_domain_account || is_dc(context)) {
    add(remedy, fmt::format("Open {} in {}", bare_text(context),
                            account_tool(context)));
    add(remedy, fmt::format("Add {} to its workstations (Log On To)",
                            computer_text(context)));
    add_net_user(remedy, context, "Or permit all workstations",
                 "/workstations:*", "all workstations");
  } else {
    add_net_user(remedy, context,
                 fmt::format("Permit {} all workstations", bare_text(context)),
                 "/workstations:*", "all workstations");
  }
  add_restart(remedy, context, Change::kAccount);
  return remedy;
}

Remedy guest_access_blocked(const RemedyContext& context) {
  Remedy remedy =
      begin("an anonymous account other than Guest",
            console(context) == Console::kServiceManager
                ? std::vector<std::string_view>{"Q139341", "Q299256"}
                : std::vector<std::string_view>{"Q299256"});
  add_name_account(remedy, context,
                   sync_vouches(context)
                       ? "Name an account of its own there, not Guest"
                       : "Name an account of its own there, not Guest, with "
                         "its password");
  const std::string key =
      fmt::format(R"(SYSTEM\CurrentControlSet\Services\{}\Parameters)",
                  facts::service_name(context.identity.service));
  const Tools tools = context.windows.tools;
  // reg.exe is part of Windows from XP on.
  if (tools == Tools::kNt || tools == Tools::k2000) {
    add(remedy, "Only if Guest is meant, start regedt32");
    add(remedy, fmt::format(R"(Open HKEY_LOCAL_MACHINE\{})", key));
    add(remedy, "Set AllowGuestAccess (REG_DWORD) to 1");
  } else {
    add(remedy, "Only if Guest is meant, set AllowGuestAccess to 1",
        {fmt::format(
            R"(reg add "HKLM\{}" /v AllowGuestAccess /t REG_DWORD /d 1 /f)",
            key)});
  }
  add_restart(remedy, context, Change::kIdentity);
  return remedy;
}

Remedy iusr_shadowed(const RemedyContext& context) {
  Remedy remedy = begin("no local account with the name of the built-in IUSR",
                        {"iis-docs:built-in-accounts"});
  add(remedy, "Find out who made the local account IUSR, and what uses it");
  add(remedy,
      fmt::format("Give it another name in {}", local_account_tool(context)));
  add_name_account(remedy, context,
                   "See that IUSR is named there, with no password");
  return remedy;
}

}  // namespace iisdiag::knowledge::remedies
