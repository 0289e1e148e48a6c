#include "checks/account_finder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/server_index.hpp"
#include "knowledge/well_known.hpp"
#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

using facts::AccountName;
using facts::Role;
using facts::Store;

constexpr std::string_view kNtAuthority = "NT AUTHORITY";

std::string qualified(std::string_view domain, std::string_view name) {
  return fmt::format("{}\\{}", domain, name);
}

bool is_this_machine(const facts::Machine& machine, std::string_view domain) {
  return machine.computer.has_value() &&
         text::same_name(*machine.computer, domain);
}

// X of X\IUSR_X: the machine's name when IIS was set up.
bool names_its_machine(const AccountName& name) {
  return text::same_name(name.name,
                         std::string(knowledge::kSetupPrefix) + name.domain);
}

// What a name belongs to that is no user; empty where Windows itself does not
// know.
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
    case AccountKind::kLabel:
    case AccountKind::kLogonSession:
      return "a name of Windows for no account";
    case AccountKind::kUser:
    case AccountKind::kInvalid:
    case AccountKind::kUnknown:
      break;
  }
  return {};
}

class AccountFinder {
 public:
  AccountFinder(const facts::Server& server, const facts::Identity& identity)
      : server_(server), identity_(identity) {}

  AccountView run(const ServerIndex& index) {
    place_account();
    if (view_.place == Place::kLocal || view_.place == Place::kDomain) {
      find_record(index);
      judge_name(index);
    }
    return view_;
  }

  std::string shown() {
    place_account();
    return view_.shown;
  }

 private:
  void place_account() {
    const auto& configured = identity_.account.value;
    if (configured.is_unknown()) {
      view_.place = Place::kUnknown;
      view_.why = configured.reason().why;
      view_.todo = configured.reason().todo;
      return;
    }
    const std::string account = configured.value_or({});
    if (account.empty()) {
      view_.place = identity_.store == Store::kAppHost ? Place::kPoolIdentity
                                                       : Place::kNotConfigured;
      return;
    }
    view_.name = AccountName::parse(account);
    view_.shown = account;
    place();
  }

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
          "whether {} is this machine cannot be told: the computer's name was "
          "not read",
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
          "whether {} is the domain of this controller was not read",
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

  void use_lookups(const ServerIndex& index) {
    const auto& accounts = server_.accounts;
    const std::string& name = view_.name.name;
    for (const std::size_t place : index.lookups(name)) {
      const facts::NameLookup& lookup = accounts.lookups[place];
      if (!is_asked_name(lookup.name)) {
        continue;
      }
      const auto kind = kind_text(lookup.kind);
      if (lookup.kind == facts::AccountKind::kUser) {
        exists(lookup.origin);
        view_.sid = lookup.sid;
      } else if (!kind.empty()) {
        exists(lookup.origin);
        view_.not_a_user = kind;
        view_.not_a_user_origin = lookup.origin;
      }
    }
    for (const std::size_t place : index.failures(name)) {
      const facts::LookupFailure& failure = accounts.failures[place];
      if (is_asked_name(failure.name)) {
        view_.failure = &failure;
      }
    }
  }

  // Two domains may each have an account of that name.
  bool is_other_account(const facts::Account& account) const {
    return view_.sid && account.sid && *view_.sid != *account.sid;
  }

  void find_record(const ServerIndex& index) {
    const bool domain = view_.place == Place::kDomain;
    const std::string& name = view_.name.name;
    use_lookups(index);
    const auto& accounts = server_.accounts;
    for (const std::size_t place : index.accounts(name)) {
      const facts::Account& account = accounts.accounts[place];
      if (speaks_of_account(account.from_domain) &&
          !is_other_account(account)) {
        view_.record = &account;
        exists(account.origin);
      }
    }
    for (const std::size_t place : index.missing(name)) {
      const facts::MissingAccount& missing = accounts.missing[place];
      if (speaks_of_account(missing.from_domain)) {
        is_missing(missing.origin);
      }
    }
    if (domain) {
      return;  // a list of this machine's accounts says nothing of a domain's
    }
    for (std::size_t i = 0; i < accounts.lists.size(); ++i) {
      const facts::AccountList& list = accounts.lists[i];
      if (index.is_listed(i, name)) {
        exists(list.origin);
      } else if (list.complete) {
        is_missing(list.origin);
      }
    }
  }

  // Names that no user can have.
  void judge_name(const ServerIndex& index) {
    if (view_.presence == Presence::kExists) {
      return;
    }
    const std::string& name = view_.name.name;
    const auto known = index.names().sid_of(name);
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

}  // namespace

AccountView find_account(const facts::Server& server,
                         const facts::Identity& identity,
                         const ServerIndex& index) {
  return AccountFinder(server, identity).run(index);
}

std::string shown_account(const facts::Server& server,
                          const facts::Identity& identity) {
  return AccountFinder(server, identity).shown();
}

}  // namespace iisdiag::checks
