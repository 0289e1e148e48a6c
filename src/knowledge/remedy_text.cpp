#include "knowledge/remedy_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "facts/account.hpp"
#include "knowledge/well_known.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::knowledge::remedies {
namespace {

using facts::AccountName;
using facts::LogonMethod;
using facts::LogonRight;
using facts::Role;
using facts::Service;
using facts::Store;

// `net` refuses longer account names (Q251394).
constexpr std::size_t kLongestAccount = 20;
constexpr std::size_t kLongestArgument = 1024;
// No account or group of Windows may have these in its name; and one with "@"
// cannot be told from user@domain.
constexpr std::string_view kNeverInNames = "\"/\\[]:;|=,+*?<>@";

constexpr std::string_view kServerLevel = "MACHINE/WEBROOT/APPHOST";

// What cmd.exe leaves alone outside quotes.
bool is_plain(char c) {
  constexpr std::string_view kMarks = "_-.\\/:$#";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || kMarks.find(c) != std::string_view::npos;
}

// A character that a conversion to a code page may turn into an ASCII quote,
// blank or bar: punctuation and symbols, modifiers, full-width forms.
// Precondition: well-formed UTF-8.
bool may_turn_ascii(std::string_view utf8) {
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    if (lead < 0xC0) {
      continue;
    }
    const auto next = static_cast<unsigned char>(utf8[i + 1]);
    const bool latin1_sign = lead == 0xC2;                  // U+0080..U+00BF
    const bool modifier = lead == 0xCA && next >= 0xB0;     // U+02B0..U+02BF
    const bool combining = lead == 0xCB || lead == 0xCC ||  // U+02C0..U+036F
                           (lead == 0xCD && next < 0xB0);
    const bool punctuation = lead == 0xE2 ||  // U+2000..U+2FFF, U+3000..U+303F
                             (lead == 0xE3 && next == 0x80);
    const bool compatibility = lead == 0xEF;  // U+F000..U+FFFF
    const bool rare = lead >= 0xF0;
    if (latin1_sign || modifier || combining || punctuation || compatibility ||
        rare) {
      return true;
    }
  }
  return false;
}

bool is_name(std::string_view name) {
  return name.find_first_of(kNeverInNames) == std::string_view::npos &&
         name.find_first_not_of(". ") != std::string_view::npos &&
         name.front() != ' ' && name.back() != ' ';
}

std::string group_name(std::string_view group) {
  if (const auto sid = facts::Sid::parse(group)) {
    const auto name = bare_name_of_sid(*sid);
    return std::string(name.empty() ? group : name);
  }
  // An "@" belongs to the name here.
  const auto slash = group.find('\\');
  return std::string(slash == std::string_view::npos ? group
                                                     : group.substr(slash + 1));
}

// `net ... /domain` asks the domain of this computer and no other.
bool is_of_other_domain(const RemedyContext& context) {
  const auto& own = context.server.machine.domain;
  const auto wanted = AccountName::parse(context.account);
  if (!context.is_domain_account || wanted.domain.empty() || !own.has_value()) {
    return false;
  }
  return !text::same_name(wanted.domain, *own) &&
         !text::same_name(wanted.domain, text::split(*own, '.').front());
}

// The console of the generation, from the Windows that it came with.
Console console_of(const IisRules& iis) {
  switch (iis.store) {
    case Store::kRegistry:
      return Console::kServiceManager;
    case Store::kAppHost:
      return Console::kManager7;
    case Store::kMetabase:
      break;
  }
  if (iis.sync == SyncSupport::kNeedsRegistration) {
    return Console::kManager6;
  }
  const auto* windows = find_windows(text::split(iis.windows, ' ').front());
  return windows != nullptr && windows->tools == Tools::kNt ? Console::kSnapIn4
                                                            : Console::kSnapIn5;
}

LogonRight right_of(LogonMethod method) {
  switch (method) {
    case LogonMethod::kInteractive:
      return LogonRight::kInteractive;
    case LogonMethod::kBatch:
      return LogonRight::kBatch;
    case LogonMethod::kNetwork:
    case LogonMethod::kNetworkCleartext:
      break;
  }
  return LogonRight::kNetwork;
}

LogonRight grant_of(LogonRight right) {
  for (const auto grant :
       {LogonRight::kInteractive, LogonRight::kNetwork, LogonRight::kBatch}) {
    if (facts::deny_of(grant) == right) {
      return grant;
    }
  }
  return right;
}

// Of two nodes on one path.
std::string deeper_node(std::string_view one, std::string_view other) {
  const auto depth = [](std::string_view node) {
    return node == kServerLevel ? std::size_t{1} : node.size();
  };
  return std::string(depth(other) > depth(one) ? other : one);
}

}  // namespace

Console console(const RemedyContext& context) {
  const Console own = console_of(context.iis);
  return own == Console::kManager7 && context.identity.service == Service::kFtp6
             ? Console::kManager6
             : own;
}

bool is_beside_iis7(const RemedyContext& context) {
  return console(context) == Console::kManager6 &&
         context.windows.tools == Tools::k2008;
}

bool is_ftp(const RemedyContext& context) {
  return facts::is_ftp(context.identity.service);
}

bool is_dc(const RemedyContext& context) {
  return context.role == Role::kDomainController;
}

bool sync_vouches(const RemedyContext& context) {
  return context.iis.sync == SyncSupport::kWorks &&
         context.identity.password_sync.value.is(true) &&
         (!context.is_domain_account || is_dc(context));
}

std::optional<LogonRight> right_without_sync(const RemedyContext& context) {
  const auto& method = context.identity.logon_method.value;
  if (!method.has_value() && is_ftp(context) &&
      console(context) == Console::kManager6) {
    return std::nullopt;
  }
  return right_of(method.value_or(context.iis.default_method));
}

std::optional<LogonRight> needed_right(const RemedyContext& context) {
  if (context.subject.right) {
    return grant_of(*context.subject.right);
  }
  if (sync_vouches(context)) {
    return LogonRight::kNetwork;
  }
  return right_without_sync(context);
}

std::optional<std::string> cmd_argument(std::string_view text) {
  if (text.empty() || text.size() > kLongestArgument ||
      text.find_first_of("\"%") != std::string_view::npos ||
      text.front() == '/' || text.front() == '-' || text.back() == '\\' ||
      text::printable(text) != text || may_turn_ascii(text)) {
    return std::nullopt;
  }
  if (std::all_of(text.begin(), text.end(), is_plain)) {
    return std::string(text);
  }
  return fmt::format("\"{}\"", text);
}

std::optional<std::string> account_argument(std::string_view name) {
  if (!is_name(name) || text::length(name) > kLongestAccount) {
    return std::nullopt;
  }
  return cmd_argument(name);
}

std::optional<std::string> group_argument(std::string_view group) {
  const std::string name = group_name(group);
  // `net user` may have cut a name of just this length; a SID is no name.
  if (!is_name(name) || facts::Sid::parse(name) ||
      (text::length(name) == facts::kGroupNameCut && !sid_of_name(name))) {
    return std::nullopt;
  }
  return cmd_argument(name);
}

std::string account_text(const RemedyContext& context) {
  return context.account.empty() ? "the anonymous account"
                                 : text::printable(context.account);
}

std::string bare_text(const RemedyContext& context) {
  return context.bare_account.empty() ? account_text(context)
                                      : text::printable(context.bare_account);
}

std::string computer_text(const RemedyContext& context) {
  const auto& name = context.server.machine.computer;
  return name.has_value() ? text::printable(*name) : "this computer";
}

std::string node_text(std::string_view node) {
  return node.empty() ? "the site" : text::printable(node);
}

std::string group_text(std::string_view group) {
  return text::printable(group_name(group));
}

std::string_view right_text(const RemedyContext& context, LogonRight right) {
  const bool allow = context.windows.allow_log_on;
  switch (right) {
    case LogonRight::kInteractive:
      return allow ? "Allow log on locally" : "Log on locally";
    case LogonRight::kNetwork:
      return "Access this computer from the network";
    case LogonRight::kBatch:
      return "Log on as a batch job";
    case LogonRight::kDenyInteractive:
      return allow ? "Deny log on locally" : "Deny logon locally";
    case LogonRight::kDenyNetwork:
      return "Deny access to this computer from the network";
    case LogonRight::kDenyBatch:
      return allow ? "Deny log on as a batch job" : "Deny logon as a batch job";
  }
  return "";
}

bool has_setup_name(const RemedyContext& context) {
  return is_setup_name(context.bare_account);
}

std::string_view account_tool(const RemedyContext& context) {
  if (!context.is_domain_account && !is_dc(context)) {
    return local_account_tool(context);
  }
  return context.windows.tools == Tools::kNt
             ? "User Manager for Domains"
             : "Active Directory Users and Computers";
}

std::string_view local_account_tool(const RemedyContext& context) {
  if (context.windows.tools != Tools::kNt) {
    return is_dc(context) ? "Active Directory Users and Computers"
                          : "lusrmgr.msc (Local Users and Groups)";
  }
  return context.role == Role::kWorkstation ? "User Manager"
                                            : "User Manager for Domains";
}

std::string_view rights_tool(const RemedyContext& context) {
  switch (context.windows.tools) {
    case Tools::kNt:
      return local_account_tool(context);
    case Tools::k2000:
    case Tools::k2003:
      return is_dc(context) ? "Domain Controller Security Policy"
                            : "secpol.msc";
    case Tools::k2008:
      return is_dc(context) ? "gpmc.msc" : "secpol.msc";
  }
  return "";
}

std::string target_node(const RemedyContext& context, std::string_view stored) {
  if (!context.subject.node.empty()) {
    return context.subject.node;
  }
  std::string node = deeper_node(context.identity.account.node, stored);
  if (node.empty() && !context.identity.nodes.empty()) {
    return context.identity.nodes.front();
  }
  return node;
}

std::string metabase_path(std::string_view node) {
  text::consume(node, "/");
  if (text::istarts_with(node, "LM/")) {
    node.remove_prefix(3);
  }
  return std::string(node);
}

bool is_service_level(const RemedyContext& context, std::string_view node) {
  return node == kServerLevel ||
         text::iequals(metabase_path(node),
                       facts::service_name(context.identity.service));
}

Command net_user(const RemedyContext& context, std::string_view options) {
  const auto name = account_argument(context.bare_account);
  if (!name || AccountName::parse(context.account).is_upn ||
      is_of_other_domain(context)) {
    return std::nullopt;
  }
  const bool domain = context.is_domain_account && !is_dc(context);
  return fmt::format("net user {}{}{}{}", *name, options.empty() ? "" : " ",
                     options, domain ? " /domain" : "");
}

Command adsutil(const RemedyContext& context, std::string_view verb,
                std::string_view node, std::string_view property,
                std::string_view value) {
  const Console tool = console(context);
  const bool nt = tool == Console::kSnapIn4;
  std::string path = metabase_path(
      node.empty() ? facts::service_name(context.identity.service) : node);
  if (!property.empty()) {
    path += fmt::format("/{}", property);
  }
  const auto quoted = cmd_argument(path);
  const auto data = cmd_argument(value);
  if ((!nt && tool != Console::kSnapIn5 && tool != Console::kManager6) ||
      !quoted || (!value.empty() && !data)) {
    return std::nullopt;
  }
  return fmt::format(
      "cscript {} {} {}{}",
      nt ? R"(%windir%\system32\inetsrv\adminsamples\adsutil.vbs)"
         : R"(%SystemDrive%\Inetpub\AdminScripts\adsutil.vbs)",
      verb, *quoted, data ? " " + *data : "");
}

std::string net_service(Service service) {
  return text::to_lower(facts::service_name(service));
}

std::vector<std::string_view> logon_articles(const RemedyContext& context) {
  switch (console(context)) {
    case Console::kServiceManager:
      return {"Q190005", "Q253204"};
    case Console::kSnapIn4:
      return {"Q253204"};
    case Console::kSnapIn5:
      return {"Q253204", "Q247593"};
    case Console::kManager6:
      return {is_beside_iis7(context) ? "KB981949" : "KB909887"};
    case Console::kManager7:
      break;
  }
  return {is_ftp(context) ? "iis-docs:ftp-anonymousAuthentication"
                          : "iis-docs:anonymousAuthentication"};
}

std::vector<std::string_view> right_articles(const RemedyContext& context,
                                             std::optional<LogonRight> right) {
  const Console tool = console(context);
  const bool nt = context.windows.tools == Tools::kNt;
  if (right && grant_of(*right) == LogonRight::kBatch && nt) {
    return {"Q153953"};
  }
  switch (tool) {
    case Console::kServiceManager:
      return is_dc(context)
                 ? std::vector<std::string_view>{"Q147532", "Q158229"}
                 : std::vector<std::string_view>{"Q146193", "Q142715"};
    case Console::kSnapIn4:
      return {"Q187506", is_dc(context) ? "Q147532" : "Q218756"};
    case Console::kSnapIn5:
      return {"Q247593", is_dc(context) ? "Q263140" : "Q187506"};
    case Console::kManager6:
      return {"KB909887", "KB812614"};
    case Console::kManager7:
      break;
  }
  return {"win32:account-rights-constants"};
}

}  // namespace iisdiag::knowledge::remedies
