// Remedies of the password sync check.
#include <fmt/format.h>

#include "knowledge/remedies.hpp"
#include "knowledge/remedy_text.hpp"

namespace iisdiag::knowledge::remedies {
namespace {

using facts::LogonRight;
using Kind = facts::Override::Kind;

constexpr std::size_t kMostNodes = 4;

// One step for a node whose pair does not fit together.
void add_mend_override(Remedy& remedy, const RemedyContext& context, Kind kind,
                       const std::string& node) {
  // Where anonymous access is off, the password is what IIS uses; the name can
  // be that of a node above.
  const bool name = kind == Kind::kOwnAccountParentsPassword ||
                    (kind == Kind::kStoredPairAnonymousOff &&
                     context.identity.account.node == node);
  const bool password = kind != Kind::kOwnAccountParentsPassword;
  const std::string shown = node_text(node);
  const auto drop_name = adsutil(context, "DELETE", node, "AnonymousUserName");
  const auto drop_pass = adsutil(context, "DELETE", node, "AnonymousUserPass");
  if (drop_name && drop_pass) {
    std::vector<std::string> commands;
    if (name) {
      commands.push_back(*drop_name);
    }
    if (password) {
      commands.push_back(*drop_pass);
    }
    add(remedy,
        fmt::format("Take {} off {}",
                    name && password ? "the stored pair"
                    : name           ? "the account of its own"
                                     : "the password of its own",
                    shown),
        std::move(commands));
  } else {
    add(remedy, fmt::format("In the location of {} remove {}", shown,
                            name && password ? "userName and password"
                            : name           ? "userName"
                                             : "password"));
  }
  if (kind == Kind::kOwnAccountParentsPassword) {
    add(remedy,
        fmt::format("Or, if {} needs that account, type its password", shown));
  }
}

}  // namespace

Remedy sync_foreign_account(const RemedyContext& context) {
  Remedy remedy =
      begin("sync off for an account of another account database",
            context.iis.sync == SyncSupport::kNeedsRegistration
                ? std::vector<std::string_view>{"Q207671", "WS03:cc737387"}
                : std::vector<std::string_view>{"Q207671", "Q230287"});
  add_sync_off(remedy, context);
  add_store_password(remedy, context);
  add_right_without_sync(remedy, context);
  add_restart(remedy, context, Change::kIdentity);
  return remedy;
}

Remedy sync_not_effective(const RemedyContext& context) {
  Remedy remedy =
      begin("sync off, with the password of the account stored in IIS",
            {"KB332167", "WS03:cc783654", "KB909887"});
  add_sync_off(remedy, context);
  std::vector<std::string> commands;
  for (const std::string& node : context.subject.nodes) {
    const auto command =
        adsutil(context, "SET", node, "AnonymousPasswordSync", "0");
    if (command && commands.size() < kMostNodes &&
        remedy.steps.back().commands != std::vector{*command}) {
      commands.push_back(*command);
    }
  }
  if (!commands.empty()) {
    add(remedy, "And where it is switched on again below", commands);
  }
  add(remedy, "Do not run pools as LocalSystem only to make sync work");
  add_same_password(remedy, context);
  return remedy;
}

Remedy sync_module_missing(const RemedyContext& context) {
  Remedy remedy =
      begin("iissuba.dll in place, or sync off", {"Q269241", "Q306450"});
  // In IIS 6.0 the module alone does not make sync work (KB332167).
  if (context.iis.sync == SyncSupport::kNeedsRegistration) {
    add_sync_off(remedy, context);
    add_same_password(remedy, context);
    return remedy;
  }
  add(remedy, fmt::format("Install the WWW service with {}, and keep sync",
                          context.windows.tools == Tools::kNt
                              ? "Option Pack Setup"
                              : "Add/Remove Windows Components"));
  add(remedy, "Or go without it, and without sync");
  add_sync_off(remedy, context);
  add_right_without_sync(remedy, context);
  add_same_password(remedy, context);
  return remedy;
}

Remedy sync_password_lost(const RemedyContext& context) {
  auto articles = logon_articles(context);
  if (context.iis.sync != SyncSupport::kNone) {
    articles.insert(articles.begin(), "Q259353");
  }
  Remedy remedy =
      begin("a stored password, as sync is off", std::move(articles));
  add_same_password(remedy, context);
  return remedy;
}

Remedy stored_password_lost(const RemedyContext& context) {
  auto articles = logon_articles(context);
  if (console(context) == Console::kSnapIn4) {
    articles.insert(articles.begin(), "Q248739");
  } else if (console(context) == Console::kManager7) {
    articles.emplace_back("iis-docs:shared-configuration");
  }
  Remedy remedy = begin("a stored password that this computer can read",
                        std::move(articles));
  add_same_password(remedy, context);
  return remedy;
}

Remedy batch_logon_unsupported(const RemedyContext& context) {
  const std::string node =
      target_node(context, context.identity.logon_method.node);
  Remedy remedy =
      begin("Service Pack 4 or later, or another logon method", {"Q190015"});
  add(remedy, "Install the newest service pack of Windows NT 4.0");
  add(remedy, fmt::format("The account then needs \"{}\"",
                          right_text(context, LogonRight::kBatch)));
  add_or(remedy, "Or choose the interactive logon",
         adsutil(context, "SET", node, "LogonMethod", "0"),
         fmt::format("Or set LogonMethod to 0 (interactive) at {}",
                     node_text(node)));
  add(remedy, fmt::format("For that the account needs \"{}\"",
                          right_text(context, LogonRight::kInteractive)));
  add_restart(remedy, context, Change::kAccount);
  return remedy;
}

Remedy sync_not_read(const RemedyContext& context) {
  Remedy remedy = begin("what decides whether sync is on and works", {});
  if (is_live(context)) {
    add_more_rights(remedy, context);
    return remedy;
  }
  add_capture_configuration(remedy, context);
  if (context.iis.sync == SyncSupport::kNeedsRegistration) {
    add_capture_lsa(remedy, context);
  }
  // A domain controller may use sync for accounts of its domain (Q207671).
  if (context.is_domain_account && !context.server.machine.role.has_value()) {
    add(remedy, fmt::format("Say with --role what {} is: workstation, member "
                            "or dc",
                            computer_text(context)));
  }
  add_check_again(remedy, context);
  return remedy;
}

Remedy sync_blocks_ftp(const RemedyContext& context) {
  Remedy remedy =
      begin("sync off where anonymous FTP is off", {"WS03:cc737387"});
  const bool can_sync = context.iis.sync == SyncSupport::kWorks;
  if (can_sync) {
    add(remedy, "If anonymous FTP is not meant, do without sync");
  }
  add_sync_off(remedy, context);
  add(remedy, can_sync ? "If it is meant, allow it"
                       : "If anonymous FTP is meant, allow it");
  add_identity_dialog(remedy, context);
  add(remedy, can_sync ? "Tick Allow Anonymous Connections"
                       : "Tick Allow anonymous connections, type the account's "
                         "password");
  add_restart(remedy, context, Change::kIdentity);
  return remedy;
}

Remedy stale_override(const RemedyContext& context) {
  const Console tool = console(context);
  const bool metabase =
      tool != Console::kManager7 && tool != Console::kServiceManager;
  Remedy remedy =
      begin("account and password stored together, and only where needed",
            metabase ? std::vector<std::string_view>{"Q240941", "Q207671"}
                     : logon_articles(context));
  if (tool == Console::kManager7) {
    add(remedy, "Keep a copy of the configuration first",
        {R"(%windir%\system32\inetsrv\appcmd add backup before-iisdiag)"});
    add(remedy, "Open applicationHost.config in an elevated editor");
  } else if (metabase) {
    add(remedy,
        "Keep a copy first: Backup/Restore Configuration of the computer");
  }
  std::size_t shown = 0;
  for (const auto& own : context.identity.overrides) {
    if (shown++ < kMostNodes) {
      add_mend_override(remedy, context, own.kind, own.node);
    }
  }
  if (shown == 0) {
    add_mend_override(remedy, context, Kind::kOwnPasswordParentsAccount,
                      target_node(context, context.identity.password.node));
  } else if (shown > kMostNodes) {
    add(remedy, fmt::format("Do the same at {} more", shown - kMostNodes));
  }
  add_restart(remedy, context, Change::kIdentity);
  return remedy;
}

}  // namespace iisdiag::knowledge::remedies
