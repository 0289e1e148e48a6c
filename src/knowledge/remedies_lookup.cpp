// Remedies of the account lookup: domains, and what was not in the evidence.
#include <fmt/format.h>

#include <algorithm>

#include "facts/account.hpp"
#include "knowledge/remedies.hpp"
#include "knowledge/remedy_text.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::knowledge::remedies {
namespace {

using facts::Account;
using facts::AccountName;

// The domain of the account, else that of the computer; empty: not known.
std::string domain_of(const RemedyContext& context) {
  std::string written = AccountName::parse(context.account).domain;
  if (!written.empty() && written != ".") {
    return written;
  }
  return context.server.machine.domain.value_or({});
}

// A domain controller is not joined again.
void add_mend_controller(Remedy& remedy, const RemedyContext& context) {
  if (context.windows.tools == Tools::kNt) {
    add(remedy, "Synchronize it with the primary controller in Server Manager");
    return;
  }
  add(remedy, "Test this domain controller", {"dcdiag"});
  if (context.windows.tools != Tools::k2008) {
    add(remedy, "dcdiag is one of the Support Tools on the Windows CD");
  }
}

// Tests the computer's own account in its domain and mends what can be mended
// without joining again.
void add_mend_trust(Remedy& remedy, const RemedyContext& context,
                    const std::string& domain) {
  const auto argument = account_argument(domain);
  if (context.windows.tools == Tools::kNt) {
    add(remedy,
        "If its own account in the domain is broken, join the domain again");
    return;
  }
  add_or(remedy, "Test the computer's own account in the domain",
         argument ? Command("nltest /sc_query:" + *argument) : Command(),
         "Test the computer's own account in the domain with nltest");
  if (context.windows.tools != Tools::k2008) {
    add(remedy, "nltest is one of the Support Tools on the Windows CD");
  }
  add(remedy, "If that account is broken, reset it or join the domain again");
}

// A shared configuration is a folder, a configSource a file, often without
// the folder that it counts from.
Command copy_from(std::string_view where) {
  const bool whole_path =
      where.starts_with(R"(\\)") || where.find(R"(:\)") == 1;
  const bool is_file = text::iends_with(where, ".config");
  while (where.ends_with('\\')) {
    where.remove_suffix(1);
  }
  const auto file =
      cmd_argument(is_file ? std::string(where)
                           : std::string(where) + R"(\applicationHost.config)");
  return whole_path && file ? Command(fmt::format("copy {} .", *file))
                            : std::nullopt;
}

const Account* record_of(const RemedyContext& context) {
  const auto& accounts = context.server.accounts.accounts;
  const bool domain = context.is_domain_account && !is_dc(context);
  const auto found = std::find_if(
      accounts.begin(), accounts.end(), [&](const Account& account) {
        return account.from_domain == domain &&
               text::same_name(account.name, context.bare_account);
      });
  return found == accounts.end() ? nullptr : &*found;
}

// A disabled account shows no lock.
bool is_read_whole(const Account& record) {
  return record.active.has_value() &&
         (record.locked.has_value() || record.active.is(false)) &&
         record.expires.has_value() && record.password_expires.has_value() &&
         record.logon_hours.has_value() && record.workstations.has_value();
}

bool hangs_on_time(const Account& record) {
  const auto ends = [](const facts::Observed<facts::Deadline>& deadline) {
    return deadline.has_value() &&
           std::holds_alternative<facts::TimeRange>(*deadline);
  };
  return ends(record.expires) || ends(record.password_expires) ||
         (record.logon_hours.has_value() && !record.logon_hours->all);
}

// What the record itself cannot tell and the caller can say.
void add_say_the_rest(Remedy& remedy, const RemedyContext& context,
                      const Account* record) {
  if (record != nullptr && hangs_on_time(*record) &&
      !context.server.source.captured_at) {
    add(remedy, "Say with --at when the files were captured: it decides");
  }
  const bool names_computers =
      record != nullptr && !record->workstations.value_or({}).empty();
  const bool has_domain = !AccountName::parse(context.account).domain.empty();
  if (!context.server.machine.computer.has_value() &&
      (names_computers || has_domain)) {
    add(remedy, "Say with --computer which computer the files are of");
  }
}

}  // namespace

Remedy domain_unreachable(const RemedyContext& context) {
  const std::string domain = domain_of(context);
  const std::string shown =
      domain.empty() ? "the domain" : text::printable(domain);
  Remedy remedy =
      begin(fmt::format("a domain controller of {} that answers", shown),
            logon_articles(context));
  if (context.is_domain_account && !is_dc(context)) {
    add_or(remedy, "Ask a domain controller for the account",
           net_user(context, ""),
           fmt::format("See whether a domain controller of {} answers", shown));
  }
  add(remedy, "See that the Net Logon service runs", {"net start netlogon"});
  add(remedy,
      fmt::format("Check network and name resolution ({}) of {}",
                  context.windows.tools == Tools::kNt ? "WINS" : "DNS",
                  computer_text(context)),
      {"ipconfig /all"});
  // The computer has its account in its own domain, whatever the account's.
  if (is_dc(context)) {
    add_mend_controller(remedy, context);
  } else {
    add_mend_trust(remedy, context,
                   context.server.machine.domain.value_or(domain));
  }
  add_restart(remedy, context, Change::kAccount);
  if (is_live(context)) {
    add(remedy, "Run iisdiag check again, as an account of the domain");
  }
  return remedy;
}

Remedy wrong_logon_domain(const RemedyContext& context) {
  Remedy remedy =
      begin("a logon domain that holds the account", logon_articles(context));
  const auto& computer = context.server.machine.computer;
  const std::string node =
      target_node(context, context.identity.logon_domain.node);
  const bool server = is_service_level(context, node);
  const auto site = cmd_argument(node);
  const bool plain = site && !server && computer.has_value() &&
                     !is_dc(context) && !context.is_domain_account &&
                     account_argument(*computer) == *computer &&
                     node.find_first_of("'/\\") == std::string::npos;
  const std::string filter = fmt::format(
      "/[name='{}'].ftpServer.security.authentication."
      "anonymousAuthentication.defaultLogonDomain:{}",
      node, computer.value_or({}));
  if (plain && console(context) == Console::kManager7) {
    add(remedy,
        fmt::format("Let {} look in the accounts of {}", node_text(node),
                    computer_text(context)),
        {fmt::format(R"(%windir%\system32\inetsrv\appcmd set config )"
                     "-section:system.applicationHost/sites \"{}\" "
                     "/commit:apphost",
                     filter)});
    add(remedy, "Or name the account in full, with the computer's name");
  }
  add_identity_dialog(remedy, context);
  add(remedy,
      fmt::format("Type the name {} and its password",
                  computer.has_value() && !is_dc(context)
                      ? text::printable(*computer + "\\" + context.bare_account)
                      : account_text(context)));
  add_restart(remedy, context, Change::kAccount);
  return remedy;
}

Remedy configuration_not_read(const RemedyContext& context) {
  Remedy remedy = begin("the whole configuration of IIS", {});
  if (is_live(context)) {
    add_more_rights(remedy, context);
    return remedy;
  }
  add_capture_configuration(remedy, context);
  add_check_again(remedy, context);
  return remedy;
}

Remedy configuration_elsewhere(const RemedyContext& context) {
  Remedy remedy = begin("the configuration that is in force", {});
  if (console(context) == Console::kManager7) {
    remedy.articles = {"iis-docs:shared-configuration"};
  }
  for (const auto& elsewhere : context.server.elsewhere) {
    add_or(remedy,
           fmt::format("Copy the {} from where it is kept", elsewhere.what),
           copy_from(elsewhere.where),
           fmt::format("Copy the {}: {}", elsewhere.what,
                       text::printable(elsewhere.where)));
  }
  if (context.server.elsewhere.empty()) {
    add(remedy, context.subject.detail.empty()
                    ? "Copy the configuration from where it is kept"
                    : fmt::format("Copy the configuration: {}",
                                  text::printable(context.subject.detail)));
  }
  add(remedy, "Run iisdiag check on it, with the other evidence");
  return remedy;
}

Remedy account_not_read(const RemedyContext& context) {
  Remedy remedy = begin("the record of the account", {});
  if (is_live(context)) {
    add_more_rights(remedy, context);
    if (context.is_domain_account) {
      add(remedy, "For an account of a domain run it as a domain account");
    }
    return remedy;
  }
  // No other text of a subject goes into a command unquoted.
  if (context.subject.file == kFtpParameters) {
    add_capture_key(remedy, context, kFtpParameters);
    add_check_again(remedy, context);
    return remedy;
  }
  const Account* record = record_of(context);
  if (record != nullptr && is_read_whole(*record)) {
    add_say_the_rest(remedy, context, record);
  }
  if (remedy.steps.empty()) {
    add_capture_account(remedy, context);
    add_say_the_rest(remedy, context, record);
  }
  add_check_again(remedy, context);
  return remedy;
}

}  // namespace iisdiag::knowledge::remedies
