// Steps that the remedies of several checks share.
#include <fmt/format.h>

#include <algorithm>

#include "facts/account.hpp"
#include "knowledge/remedy_text.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::knowledge::remedies {
namespace {

using facts::LogonRight;
using facts::Service;

constexpr std::size_t kMostNames = 4;

bool has_ftp(const RemedyContext& context) {
  const auto& all = context.server.identities;
  return is_ftp(context) ||
         std::any_of(all.begin(), all.end(), [](const auto& identity) {
           return facts::is_ftp(identity.service);
         });
}

std::vector<std::string> stop_and_start(Service service) {
  return {"net stop " + net_service(service),
          "net start " + net_service(service)};
}

std::string_view snap_in(const RemedyContext& context) {
  if (is_beside_iis7(context)) {
    return "IIS 6.0 Manager (inetmgr6)";
  }
  switch (console(context)) {
    case Console::kSnapIn5:
      return context.windows.tools == Tools::k2000
                 ? "Internet Services Manager"
                 : "Internet Information Services";
    case Console::kManager6:
      return "IIS Manager";
    default:
      return "Internet Service Manager";
  }
}

std::string_view service_text(Service service) {
  switch (service) {
    case Service::kWeb:
      return "WWW";
    case Service::kGopher:
      return "Gopher";
    case Service::kFtp6:
    case Service::kFtp7:
      break;
  }
  return "FTP";
}

// The properties of a node, for the MMC of IIS 4 to 6. Those of a service hide
// behind the computer, in IIS 6 and on XP behind the folder of the sites.
void add_properties(Remedy& remedy, const RemedyContext& context,
                    const std::string& node) {
  const bool service = is_service_level(context, node);
  const bool master = service && console(context) != Console::kManager6 &&
                      context.windows.tools != Tools::k2003;
  add(remedy,
      fmt::format("In {} open the properties of {}", snap_in(context),
                  master ? "the computer"
                  : service
                      ? fmt::format("{} Sites", is_ftp(context) ? "FTP" : "Web")
                      : node_text(node)));
  if (master) {
    add(remedy, fmt::format("Choose Master Properties, {} Service, Edit",
                            service_text(context.identity.service)));
  }
}

void add_identity_dialog(Remedy& remedy, const RemedyContext& context,
                         const std::string& node) {
  switch (console(context)) {
    case Console::kServiceManager:
      add(remedy,
          fmt::format("In Internet Service Manager open the properties of the "
                      "{} service, tab Service",
                      service_text(context.identity.service)));
      return;
    case Console::kSnapIn4:
    case Console::kSnapIn5:
    case Console::kManager6:
      add_properties(remedy, context, node);
      add(remedy,
          is_ftp(context) ? "Choose the tab Security Accounts"
          : console(context) == Console::kManager6
              ? "Directory Security, Authentication and access control: Edit"
              : "Directory Security, Anonymous access: Edit, then Edit again");
      return;
    case Console::kManager7:
      break;
  }
  add(remedy, fmt::format("In inetmgr select {} and open {}Authentication",
                          is_service_level(context, node) ? "the server"
                                                          : node_text(node),
                          is_ftp(context) ? "FTP " : ""));
  add(remedy, "Anonymous Authentication: Edit, Specific user, Set");
}

}  // namespace

Remedy begin(std::string expected, std::vector<std::string_view> articles) {
  Remedy remedy;
  remedy.expected = std::move(expected);
  remedy.articles = std::move(articles);
  return remedy;
}

void add(Remedy& remedy, const char* text) { add(remedy, std::string(text)); }

void add(Remedy& remedy, std::string text) { add(remedy, std::move(text), {}); }

void add(Remedy& remedy, std::string text, std::vector<std::string> commands) {
  text += commands.empty() ? '.' : ':';
  remedy.steps.push_back({std::move(text), std::move(commands)});
}

void add_or(Remedy& remedy, std::string text, const Command& command,
            std::string otherwise) {
  if (command) {
    add(remedy, std::move(text), {*command});
  } else {
    add(remedy, std::move(otherwise));
  }
}

void add_net_user(Remedy& remedy, const RemedyContext& context,
                  std::string text, std::string_view options,
                  std::string_view dialog) {
  // The tools for accounts of a computer show neither hours nor workstations
  // nor an expiry date, but for User Manager for Domains.
  const std::string_view tool = account_tool(context);
  const bool shows =
      tool.ends_with("Domains") || tool.starts_with("Active") ||
      (!options.starts_with("/times") && !options.starts_with("/expires") &&
       !options.starts_with("/workstations"));
  const std::string otherwise =
      shows ? fmt::format("{}: {}, {}", text, tool, dialog)
            : fmt::format("{}: net user with {}", text, options);
  add_or(remedy, std::move(text), net_user(context, options), otherwise);
}

void add_restart(Remedy& remedy, const RemedyContext& context, Change change) {
  const Service service = context.identity.service;
  if (is_beside_iis7(context)) {
    add(remedy, "Restart the FTP service", stop_and_start(service));
    return;
  }
  switch (console(context)) {
    case Console::kServiceManager:
      add(remedy, "Restart the service", stop_and_start(service));
      return;
    case Console::kSnapIn4: {
      std::vector<std::string> commands = {"net stop iisadmin /y",
                                           "net start w3svc"};
      if (has_ftp(context)) {
        commands.emplace_back("net start msftpsvc");
      }
      add(remedy,
          "Restart IIS, and what else iisadmin has stopped, such as SMTP",
          std::move(commands));
      return;
    }
    case Console::kSnapIn5:
    case Console::kManager6:
      add(remedy, "Restart IIS", {"iisreset"});
      return;
    case Console::kManager7:
      break;
  }
  if (change == Change::kAccount) {
    return;
  }
  if (is_ftp(context)) {
    add(remedy, "End logons that the FTP service has cached",
        stop_and_start(service));
    return;
  }
  const auto& pools = context.identity.pools;
  if (const Command pool =
          pools.size() == 1 ? cmd_argument(pools.front().name) : Command()) {
    add(remedy, "Recycle the pool to end logons that IIS has cached",
        {R"(%windir%\system32\inetsrv\appcmd recycle apppool /apppool.name:)" +
         *pool});
  } else {
    add(remedy, "Restart IIS to end logons that it has cached", {"iisreset"});
  }
}

void add_identity_dialog(Remedy& remedy, const RemedyContext& context) {
  add_identity_dialog(remedy, context,
                      target_node(context, context.identity.password.node));
}

void add_store_password(Remedy& remedy, const RemedyContext& context) {
  const std::string node = target_node(context, context.identity.password.node);
  add_identity_dialog(remedy, context, node);
  const Console tool = console(context);
  const bool browse = tool == Console::kSnapIn4 || tool == Console::kSnapIn5;
  add(remedy,
      fmt::format("Type the name {} and its password{}", account_text(context),
                  browse ? "; Browse empties the box" : ""));
  if (tool == Console::kServiceManager) {
    add(remedy, "Do the same in each service of IIS that uses the account");
    return;
  }
  const auto others = facts::password_nodes(
      context.server, context.bare_account, node, kMostNames + 1);
  if (!others.empty()) {
    add(remedy, fmt::format("Do the same where IIS stores it again: {}",
                            text::few_words(others, kMostNames)));
  }
}

void add_who_else(Remedy& remedy, std::string_view account) {
  add(remedy,
      fmt::format("Find out who else uses {}: a new password shuts them out",
                  account));
}

void add_set_password(Remedy& remedy, const RemedyContext& context,
                      std::string text) {
  if (context.is_domain_account || is_dc(context) || !has_setup_name(context)) {
    add_who_else(remedy, account_text(context));
  }
  add_net_user(remedy, context, std::move(text), "*", "set the password");
}

void add_same_password(Remedy& remedy, const RemedyContext& context) {
  add(remedy, fmt::format("If the password of {} is known, leave it as it is",
                          account_text(context)));
  add_set_password(remedy, context,
                   "Otherwise set a new one; the command asks for it");
  add_store_password(remedy, context);
  add_restart(remedy, context, Change::kIdentity);
}

void add_never_expires(Remedy& remedy, const RemedyContext& context,
                       OrderToChange order) {
  if (!context.is_domain_account) {
    add_select_computer(remedy, context);
    add_no_consoles(remedy, context);
  }
  add(remedy,
      fmt::format("Open {} in {}", bare_text(context), account_tool(context)));
  if (order != OrderToChange::kNone) {
    add(remedy,
        fmt::format("Clear \"User must change password at next logon\"{}",
                    order == OrderToChange::kPerhaps ? ", if ticked" : ""));
  }
  add(remedy,
      R"(Tick "Password never expires" and "User cannot change password")");
}

void add_sync_off(Remedy& remedy, const RemedyContext& context) {
  const std::string node =
      target_node(context, context.identity.password_sync.node);
  if (is_beside_iis7(context)) {
    add(remedy, "adsutil is part of the role service IIS 6 Scripting Tools");
  }
  add_or(remedy, fmt::format("Turn password sync off at {}", node_text(node)),
         adsutil(context, "SET", node, "AnonymousPasswordSync", "0"),
         // The dialogs of IIS 6.0 do not show it.
         console(context) == Console::kSnapIn4
             ? "Clear \"Enable Automatic Password Synchronization\" below"
         : console(context) == Console::kSnapIn5
             ? "Clear \"Allow IIS to control password\" in the dialog below"
             : fmt::format("With adsutil set AnonymousPasswordSync to 0 at {}",
                           node_text(node)));
}

void add_right_without_sync(Remedy& remedy, const RemedyContext& context) {
  const auto right = right_without_sync(context);
  if (context.iis.sync == SyncSupport::kWorks && right &&
      *right != LogonRight::kNetwork) {
    add(remedy,
        fmt::format("See that it has \"{}\": without sync it needs that",
                    right_text(context, *right)));
  }
}

}  // namespace iisdiag::knowledge::remedies
