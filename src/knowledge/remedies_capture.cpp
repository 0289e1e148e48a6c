// Steps that make something known: what to capture, for each version.
#include <fmt/format.h>

#include "facts/account.hpp"
#include "knowledge/remedy_text.hpp"
#include "knowledge/well_known.hpp"
#include "text/strings.hpp"

namespace iisdiag::knowledge::remedies {
namespace {

using facts::Service;

constexpr std::string_view kServices =
    R"(HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services)";
constexpr std::size_t kMostNodes = 5;

std::string where(const RemedyContext& context, std::string_view what) {
  return fmt::format("On {} {}", computer_text(context), what);
}

// "w3svc_1_root" of "W3SVC/1/ROOT": the reader of these files takes the node
// from the name. Nothing where a name holds more than letters and digits.
std::optional<std::string> file_stem(std::string_view path) {
  std::string stem = text::to_lower(path);
  for (char& c : stem) {
    if (c == '/') {
      c = '_';
    } else if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
      return std::nullopt;
    }
  }
  return stem;
}

// The keys from the service down to a node, which together show what is in
// force there; with no node to go by, those of the first site.
std::vector<std::string> keys_down_to(const RemedyContext& context) {
  const auto& nodes = context.identity.nodes;
  std::string path = metabase_path(
      !context.subject.node.empty() || nodes.empty() ? context.subject.node
                                                     : nodes.front());
  const std::string service(facts::service_name(context.identity.service));
  if (!text::istarts_with(path, service + "/")) {
    path = service + (is_ftp(context) ? "/1" : "/1/ROOT");
  }
  std::vector<std::string> keys;
  std::string key;
  for (const auto part : text::split(path, '/')) {
    key += (key.empty() ? "" : "/") + std::string(part);
    keys.push_back(key);
    if (keys.size() == kMostNodes) {
      break;
    }
  }
  return keys;
}

std::vector<std::string> enum_commands(const RemedyContext& context) {
  std::vector<std::string> commands;
  for (const std::string& key : keys_down_to(context)) {
    const auto command = adsutil(context, "ENUM", key, "");
    const auto stem = file_stem(key);
    if (!command || !stem) {
      break;
    }
    commands.push_back(fmt::format("{} > {}.txt", *command, *stem));
  }
  return commands;
}

void add_capture_registry(Remedy& remedy, const RemedyContext& context) {
  const Service service = context.identity.service;
  // Its regedit knows no /e.
  if (!context.windows.cmd_extensions) {
    add(remedy,
        fmt::format(
            R"(In regedt32 open HKLM\SYSTEM\CurrentControlSet\Services\{}\Parameters)",
            facts::service_name(service)));
    add(remedy, "Say with -a which AnonymousUserName stands there");
    return;
  }
  add(remedy, where(context, "write the service's settings to a file"),
      {fmt::format(R"(regedit /e {}.reg {}\{}\Parameters)",
                   net_service(service), kServices,
                   facts::service_name(service))});
}

std::string export_key(const RemedyContext& context, std::string_view file,
                       std::string_view key) {
  const Tools tools = context.windows.tools;
  // reg.exe is part of Windows from XP on.
  return tools == Tools::kNt || tools == Tools::k2000
             ? fmt::format(R"(regedit /e {} HKEY_LOCAL_MACHINE\{})", file, key)
             : fmt::format(R"(reg export "HKLM\{}" {})", key, file);
}

}  // namespace

bool is_live(const RemedyContext& context) {
  return context.server.source.kind == facts::SourceKind::kLive;
}

void add_more_rights(Remedy& remedy, const RemedyContext& context) {
  if (is_live(context)) {
    add(remedy, context.windows.tools == Tools::k2008
                    ? "Run again from an elevated prompt (Run as administrator)"
                    : fmt::format("Run again as an administrator of {}",
                                  computer_text(context)));
  }
}

void add_capture_configuration(Remedy& remedy, const RemedyContext& context) {
  constexpr std::string_view kFiles = "write the configuration to files";
  switch (console(context)) {
    case Console::kServiceManager:
      add_capture_registry(remedy, context);
      return;
    case Console::kSnapIn4:
      add(remedy, where(context, kFiles), enum_commands(context));
      add(remedy,
          "These files show stored passwords in clear text: guard them");
      return;
    case Console::kSnapIn5:
      add(remedy, where(context, kFiles), enum_commands(context));
      return;
    case Console::kManager6:
      add(remedy, where(context, "copy the configuration"),
          {R"(copy %windir%\system32\inetsrv\MetaBase.xml .)"});
      return;
    case Console::kManager7:
      break;
  }
  add(remedy, where(context, "copy the configuration, elevated"),
      {R"(copy %windir%\system32\inetsrv\config\applicationHost.config .)",
       R"(copy %windir%\system32\inetsrv\config\redirection.config .)"});
}

void add_capture_account(Remedy& remedy, const RemedyContext& context) {
  const auto shown = net_user(context, "");
  if (shown) {
    // The answer "not found" goes to the error output.
    add(remedy, where(context, "write the account to a file"),
        {*shown + " > net-user.txt 2>&1"});
  } else if (context.is_domain_account && !is_dc(context)) {
    add(remedy, fmt::format("Look {} up in {}", account_text(context),
                            account_tool(context)));
  } else {
    add(remedy, where(context, "write the list of accounts to a file"),
        {"net user > net-users.txt"});
  }
}

void add_capture_groups(Remedy& remedy, const RemedyContext& context) {
  std::vector<std::string> commands = {
      "net localgroup Guests > guests.txt",
      "net localgroup Users > group-users.txt"};
  const auto group = group_argument(context.subject.group);
  const auto name = facts::AccountName::parse(context.subject.group);
  const auto sid = sid_of_name(context.subject.group);
  const bool local =
      sid ? is_builtin_group(*sid)
          : name.domain.empty() ||
                text::iequals(name.domain, computer_text(context));
  if (group && local && !text::iequals(name.name, "Guests") &&
      !text::iequals(name.name, "Users")) {
    commands.push_back(fmt::format("net localgroup {} > group.txt", *group));
  }
  add(remedy, where(context, "write the members of groups to files"),
      std::move(commands));
}

void add_capture_rights(Remedy& remedy, const RemedyContext& context) {
  if (context.windows.tools != Tools::kNt) {
    add(remedy, where(context, "export the rights to a file"),
        {"secedit /export /areas USER_RIGHTS /cfg secedit.inf"});
    return;
  }
  const auto right = needed_right(context);
  add(remedy, where(context, "if it has the Resource Kit, list the holders"),
      {fmt::format(
          "showpriv {} > rights.txt",
          facts::constant_name(right.value_or(facts::LogonRight::kNetwork)))});
  add_select_computer(remedy, context);
  add(remedy,
      fmt::format("Or in {} open Policies, User Rights", rights_tool(context)));
  add(remedy,
      fmt::format("See who holds {}{}{}: the account must", right ? "\"" : "",
                  right ? right_text(context, *right) : "the logon right",
                  right ? "\"" : ""));
  add(remedy,
      "Or export them as INF with the Security Configuration Manager (SP4)");
}

void add_capture_lsa(Remedy& remedy, const RemedyContext& context) {
  add(remedy, where(context, "export the key of the LSA"),
      {export_key(context, "lsa.reg",
                  R"(SYSTEM\CurrentControlSet\Control\Lsa)")});
}

void add_capture_key(Remedy& remedy, const RemedyContext& context,
                     std::string_view key) {
  add(remedy, where(context, "export the settings of the service"),
      {export_key(context, "service.reg", key)});
}

void add_check_again(Remedy& remedy, const RemedyContext& context) {
  add(remedy, is_live(context) ? "Then run iisdiag check again"
                               : "Run iisdiag check again with these files");
}

}  // namespace iisdiag::knowledge::remedies
