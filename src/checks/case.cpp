#include "checks/case.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/names.hpp"
#include "knowledge/well_known.hpp"
#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

using facts::AccountName;
using facts::LogonMethod;
using facts::Role;
using facts::Service;
using facts::Store;
using knowledge::SyncSupport;

constexpr std::string_view kNtAuthority = "NT AUTHORITY";
constexpr std::string_view kSetupPrefix = "IUSR_";

std::string qualified(std::string_view domain, std::string_view name) {
  return fmt::format("{}\\{}", domain, name);
}

bool is_this_machine(const facts::Machine& machine, std::string_view domain) {
  return machine.computer.has_value() &&
         text::same_name(*machine.computer, domain);
}

// X of X\IUSR_X: the machine's name when IIS was set up.
bool names_its_machine(const AccountName& name) {
  return text::same_name(name.name, std::string(kSetupPrefix) + name.domain);
}

// What a name belongs to that is no user.
std::string_view kind_text(facts::AccountKind kind) {
  using facts::AccountKind;
  switch (kind) {
    case AccountKind::kGroup:
      return "the name of a group of a domain";
    case AccountKind::kDomain:
      return "the name of a domain or a computer";
    case AccountKind::kAlias:
      return "the name of a local group";
    case AccountKind::kWellKnownGroup:
      return "a name that Windows itself uses";
    case AccountKind::kDeleted:
      return "the name of an account that was deleted";
    case AccountKind::kComputer:
      return "the name of a computer account";
    default:
      return "a name that Windows takes for no user";
  }
}

class AccountFinder {
 public:
  AccountFinder(const facts::Server& server, const facts::Identity& identity)
      : server_(server), identity_(identity) {}

  AccountView run() {
    const auto& configured = identity_.account.value;
    if (configured.is_unknown()) {
      view_.place = Place::kUnknown;
      view_.why = configured.reason().why;
      view_.todo = configured.reason().todo;
      return view_;
    }
    const std::string account = configured.value_or({});
    if (account.empty()) {
      view_.place = identity_.store == Store::kAppHost ? Place::kPoolIdentity
                                                       : Place::kNotConfigured;
      return view_;
    }
    view_.name = AccountName::parse(account);
    view_.shown = account;
    place();
    if (view_.place == Place::kLocal || view_.place == Place::kDomain) {
      find_record();
      judge_name();
    }
    return view_;
  }

 private:
  void place() {
    const AccountName& name = view_.name;
    const facts::Machine& machine = server_.machine;
    if (identity_.store == Store::kAppHost && is_built_in()) {
      view_.place = Place::kBuiltIn;
      view_.presence = Presence::kExists;
      view_.shown = qualified(kNtAuthority, text::fold_case(name.name));
      return;
    }
    const bool controller = machine.role.is(Role::kDomainController);
    view_.is_domain_account = controller;
    if (!name.is_upn && (name.domain.empty() || name.domain == "." ||
                         is_this_machine(machine, name.domain))) {
      view_.place = Place::kLocal;
      view_.shown = machine.computer.has_value()
                        ? qualified(*machine.computer, name.name)
                        : name.name;
      return;
    }
    if (controller) {
      place_on_controller();
      return;
    }
    if (!machine.computer.has_value() && !name.is_upn) {
      view_.place = Place::kUndecided;
      view_.why = fmt::format(
          "whether {} is this machine cannot be told: the computer's name is "
          "not in the evidence",
          text::printable(name.domain));
      view_.todo = "Give the name with --computer.";
      return;
    }
    view_.is_domain_account = true;
    if (has_old_name()) {
      place_nowhere();
    } else if (machine.domain.is_absent()) {
      view_.place = Place::kNowhere;
      view_.why = fmt::format(
          "this machine is in a workgroup, and {} is not "
          "its name",
          text::printable(name.domain));
    } else {
      view_.place = Place::kDomain;
    }
  }

  // A domain controller's own database is the domain's. Without the domain's
  // name an account that it lists is taken to be meant.
  void place_on_controller() {
    const AccountName& name = view_.name;
    const auto& domain = server_.machine.domain;
    const bool listed = std::any_of(
        server_.accounts.accounts.begin(), server_.accounts.accounts.end(),
        [&](const facts::Account& account) {
          return text::same_name(account.name, name.name);
        });
    if (has_old_name()) {
      place_nowhere();
    } else if (is_joined_to(name.domain) || (!domain.has_value() && listed)) {
      view_.place = Place::kLocal;
    } else if (domain.has_value()) {
      view_.place = Place::kDomain;
    } else {
      view_.place = Place::kUndecided;
      view_.why = fmt::format(
          "whether {} is the domain of this controller is not in the evidence",
          text::printable(name.domain));
    }
  }

  bool is_joined_to(std::string_view domain) const {
    const auto& joined = server_.machine.domain;
    return joined.has_value() && text::same_name(*joined, domain);
  }

  // The domain part is the machine's own name of another day.
  bool has_old_name() const {
    const AccountName& name = view_.name;
    return !name.is_upn && names_its_machine(name) &&
           server_.machine.computer.has_value() && !is_joined_to(name.domain);
  }

  void place_nowhere() {
    view_.place = Place::kNowhere;
    view_.why = fmt::format("{} is no longer the name of this machine, {}",
                            text::printable(view_.name.domain),
                            text::printable(*server_.machine.computer));
  }

  bool is_built_in() const {
    const AccountName& name = view_.name;
    if (text::same_name(name.domain, kNtAuthority)) {
      return true;
    }
    return name.domain.empty() && !name.is_upn &&
           text::same_name(name.name, "IUSR");
  }

  // Whether an answer is about the database that holds the account. A domain
  // controller answers for the domain that the machine is joined to, which on
  // a controller is the machine's own.
  bool speaks_of_account(bool from_domain) const {
    if (view_.place == Place::kLocal) {
      return !from_domain || server_.machine.role.is(Role::kDomainController);
    }
    const auto& joined = server_.machine.domain;
    const bool other = !view_.name.is_upn && joined.has_value() &&
                       joined->find('.') == std::string::npos &&
                       !is_joined_to(view_.name.domain);
    return from_domain && !other;
  }

  // Whether a name that Windows was asked for is this account's.
  bool is_asked_name(std::string_view asked) const {
    const AccountName other = AccountName::parse(asked);
    if (!text::same_name(other.name, view_.name.name)) {
      return false;
    }
    if (view_.place == Place::kLocal) {
      return is_this_machine(server_.machine, other.domain) ||
             (view_.is_domain_account && is_joined_to(other.domain));
    }
    return text::same_name(other.domain, view_.name.domain);
  }

  void use_lookups() {
    for (const facts::NameLookup& lookup : server_.accounts.lookups) {
      if (!is_asked_name(lookup.name)) {
        continue;
      }
      exists(lookup.origin);
      if (lookup.kind != facts::AccountKind::kUser) {
        view_.not_a_user = kind_text(lookup.kind);
        view_.not_a_user_origin = lookup.origin;
      }
    }
    for (const facts::LookupFailure& failure : server_.accounts.failures) {
      if (view_.presence == Presence::kUnknown && is_asked_name(failure.name)) {
        view_.failure = &failure;
        view_.why = failure.why;
        view_.todo = failure.todo;
      }
    }
  }

  void find_record() {
    const bool domain = view_.place == Place::kDomain;
    const auto same = [&](std::string_view other) {
      return text::same_name(other, view_.name.name);
    };
    const auto& accounts = server_.accounts;
    for (const facts::Account& account : accounts.accounts) {
      if (speaks_of_account(account.from_domain) && same(account.name)) {
        view_.record = &account;
        exists(account.origin);
      }
    }
    for (const facts::MissingAccount& missing : accounts.missing) {
      if (speaks_of_account(missing.from_domain) && missing.name &&
          same(*missing.name)) {
        is_missing(missing.origin);
      }
    }
    use_lookups();
    if (domain) {
      return;  // a list of this machine's accounts says nothing of a domain's
    }
    for (const facts::AccountList& list : accounts.lists) {
      if (std::any_of(list.names.begin(), list.names.end(), same)) {
        exists(list.origin);
      } else if (list.complete) {
        is_missing(list.origin);
      }
    }
  }

  // Names that no user can have.
  void judge_name() {
    if (view_.presence == Presence::kExists) {
      return;  // or Windows itself has said what it is
    }
    const std::string& name = view_.name.name;
    const auto known = Names(server_).sid_of(name);
    view_.not_a_user_origin = identity_.account.value.origin();
    if (name.ends_with('$')) {
      view_.not_a_user = "the name of a computer or trust account";
    } else if (view_.place == Place::kLocal && known &&
               known->text() != knowledge::kIusr) {
      view_.not_a_user = fmt::format("the group or system name {}",
                                     knowledge::name_of_sid(*known));
    } else if (view_.place == Place::kLocal) {
      for (const facts::LocalGroup& group : server_.accounts.groups) {
        if (text::same_name(group.name, name)) {
          view_.not_a_user = "a local group has that name";
          view_.not_a_user_origin = group.origin;
        }
      }
    }
  }

  void exists(const facts::Origin& origin) {
    settle(Presence::kExists, origin);
  }
  void is_missing(const facts::Origin& origin) {
    settle(Presence::kMissing, origin);
  }

  void settle(Presence presence, const facts::Origin& origin) {
    if (contradicted_ || view_.presence == presence) {
      return;
    }
    if (view_.presence == Presence::kUnknown) {
      view_.presence = presence;
      view_.origin = origin;
      return;
    }
    contradicted_ = true;
    view_.presence = Presence::kUnknown;
    view_.record = nullptr;
    view_.why = fmt::format("{} and {} disagree whether it exists",
                            view_.origin.text(), origin.text());
    view_.todo = "Capture both again at the same time, and give only those.";
  }

  const facts::Server& server_;
  const facts::Identity& identity_;
  AccountView view_;
  bool contradicted_ = false;
};

// What IIS 6 needs to act on the flag (WS03:cc739654, KB332167).
void judge_iis6_sync(const facts::Server& server,
                     const facts::Identity& identity, SyncView& view) {
  std::vector<std::string> unread;
  std::vector<facts::Origin> unread_origins;
  const auto& registered = server.machine.subauthentication;
  if (registered.is_unknown()) {
    unread.emplace_back("the registration of iissuba.dll (Lsa\\MSV1_0)");
  } else if (registered.is_absent() ||
             !text::same_name(*registered, "IISSUBA")) {
    view.registration_missing = true;
    view.reasons.emplace_back("iissuba.dll is not registered");
    view.origins.push_back(registered.origin());
  }
  // FTP, and IIS 5 isolation mode, log on in inetinfo, which is LocalSystem.
  if (identity.service == Service::kWeb && !identity.isolation_mode.is(true)) {
    if (identity.isolation_mode.is_unknown()) {
      unread.emplace_back("the isolation mode");
    }
    for (const facts::PoolUse& pool : identity.pools) {
      if (!pool.runs_as.has_value()) {
        unread.push_back(fmt::format("the identity of the pool {}",
                                     text::printable(pool.name)));
      } else if (*pool.runs_as != facts::PoolAccount::kLocalSystem &&
                 !identity.isolation_mode.is_unknown()) {
        view.wrong_pools.push_back(pool.name);
        view.reasons.push_back(
            fmt::format("the pool {} runs as {}, not as LocalSystem",
                        text::printable(pool.name),
                        facts::pool_account_name(*pool.runs_as)));
        view.origins.push_back(pool.runs_as.origin());
      }
    }
  }
  if (!view.reasons.empty()) {
    view.mode = SyncView::Mode::kIneffective;
  } else if (!unread.empty()) {
    view.mode = SyncView::Mode::kUnknown;
    view.reasons = std::move(unread);
  } else {
    view.mode = SyncView::Mode::kEffective;
  }
}

SyncView view_sync(const Case& subject) {
  SyncView view;
  const auto support =
      subject.iis_agree([](const auto& rules) { return rules.sync; });
  const auto& flag = subject.identity.password_sync.value;
  if (support == SyncSupport::kNone) {
    view.mode = SyncView::Mode::kNone;
  } else if (flag.is(false)) {
    view.mode = SyncView::Mode::kOff;
  } else if (!flag.has_value()) {
    view.reasons.push_back(flag.reason().why.empty() ? "AnonymousPasswordSync"
                                                     : flag.reason().why);
  } else if (support == SyncSupport::kWorks) {
    view.mode = SyncView::Mode::kEffective;
  } else if (support == SyncSupport::kNeedsRegistration) {
    judge_iis6_sync(subject.server, subject.identity, view);
  } else {
    view.reasons.emplace_back("the IIS version");
  }
  return view;
}

std::vector<LogonMethod> possible_logons(const Case& subject) {
  const Place place = subject.account.place;
  if (place == Place::kPoolIdentity || place == Place::kBuiltIn) {
    return {};
  }
  if (subject.sync.mode == SyncView::Mode::kEffective) {
    return {LogonMethod::kNetwork};
  }
  std::vector<LogonMethod> logons;
  const auto& method = subject.identity.logon_method.value;
  if (method.has_value()) {
    logons.push_back(*method);
  } else if (subject.identity.without_configuration) {
    // The configuration could set any.
    logons = {LogonMethod::kInteractive, LogonMethod::kNetwork,
              LogonMethod::kBatch};
  } else {
    // The local and the network logon are the two that setup ever writes.
    logons = {LogonMethod::kInteractive, LogonMethod::kNetwork};
  }
  if (subject.sync.mode == SyncView::Mode::kUnknown) {
    logons.push_back(LogonMethod::kNetwork);
  }
  return logons;
}

}  // namespace

Case make_case(const facts::Server& server, const facts::Identity& identity) {
  // Without a configuration the store is a guess that must not narrow the
  // versions down.
  const auto store = identity.without_configuration
                         ? std::optional<Store>{}
                         : std::optional(identity.store);
  Case result{server,
              identity,
              knowledge::possible_iis(server.machine, store),
              knowledge::possible_windows(server.machine, store),
              AccountFinder(server, identity).run(),
              {},
              {}};
  result.sync = view_sync(result);
  result.logons = possible_logons(result);
  return result;
}

bool has_no_account(const Case& subject) {
  const AccountView& view = subject.account;
  return view.place == Place::kNotConfigured || view.place == Place::kNowhere ||
         view.presence == Presence::kMissing || !view.not_a_user.empty();
}

std::string shown_account(const facts::Server& server,
                          const facts::Identity& identity) {
  return AccountFinder(server, identity).run().shown;
}

facts::LogonRight right_for(LogonMethod method) {
  switch (method) {
    case LogonMethod::kInteractive:
      return facts::LogonRight::kInteractive;
    case LogonMethod::kBatch:
      return facts::LogonRight::kBatch;
    case LogonMethod::kNetwork:
    case LogonMethod::kNetworkCleartext:
      break;
  }
  return facts::LogonRight::kNetwork;
}

std::string_view logon_words(facts::LogonRight right) {
  switch (right) {
    case facts::LogonRight::kInteractive:
    case facts::LogonRight::kDenyInteractive:
      return "local logon";
    case facts::LogonRight::kBatch:
    case facts::LogonRight::kDenyBatch:
      return "batch logon";
    case facts::LogonRight::kNetwork:
    case facts::LogonRight::kDenyNetwork:
      break;
  }
  return "network logon";
}

}  // namespace iisdiag::checks
