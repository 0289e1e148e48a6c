#include "checks/logon_token.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "knowledge/localized_names.hpp"
#include "knowledge/well_known.hpp"
#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

using facts::AccountName;
using facts::LogonRight;
using facts::Principal;
using facts::Sid;
using knowledge::Tristate;

// Accounts and groups that somebody created have RIDs from here on.
constexpr std::uint32_t kFirstOwnRid = 1000;

constexpr std::string_view kGroupsOpen =
    "which groups the account is in was not read";
constexpr std::string_view kUnnamedOpen =
    "a SID that nothing names may be the account or one of "
    "its groups";

Cover yes() { return {Tristate::kYes, {}, false, {}}; }
Cover maybe(std::string_view open) {
  return {Tristate::kMaybe, {}, false, std::string(open)};
}
Cover from(Tristate covers, std::string_view open) {
  return covers == Tristate::kYes     ? yes()
         : covers == Tristate::kMaybe ? maybe(open)
                                      : Cover{};
}

std::string_view sid_of_logon(LogonRight right) {
  switch (right) {
    case LogonRight::kInteractive:
    case LogonRight::kDenyInteractive:
      return knowledge::kInteractive;
    case LogonRight::kBatch:
    case LogonRight::kDenyBatch:
      return knowledge::kBatch;
    case LogonRight::kNetwork:
    case LogonRight::kDenyNetwork:
      break;
  }
  return knowledge::kNetwork;
}

// `shown` may be cut (FORMATS.md 8.1).
bool is_group(std::string_view shown, std::string_view name) {
  return text::same_name(shown, name) ||
         (text::length(shown) == facts::kGroupNameCut &&
          text::same_name(shown, text::prefix(name, facts::kGroupNameCut)));
}

// Membership that setup gives through a domain's global groups, and no other.
bool has_default_global_groups(const facts::Account& account) {
  const auto& groups = account.global_groups;
  return groups.has_value() &&
         std::all_of(groups->begin(), groups->end(), [](const auto& name) {
           return knowledge::is_no_group(name) ||
                  knowledge::is_default_domain_group(name);
         });
}

bool covers_less(const Cover& one, const Cover& other) {
  return one.covers < other.covers;
}

Principal principal_of(const std::string& member) {
  Principal result;
  result.sid = Sid::parse(member);
  result.name = result.sid ? "" : member;
  return result;
}

}  // namespace

LogonToken::LogonToken(const Case& subject, LogonRight right)
    : subject_(subject),
      names_(subject.names),
      logon_sid_(sid_of_logon(right)) {}

Cover LogonToken::covers(const Principal& holder, bool deny) const {
  const Entry found = entry(holder, deny);
  if (found.group.empty()) {
    return found.cover;
  }
  Cover member = in_local_group(found);
  return member.covers <= found.cover.covers ? member : found.cover;
}

LogonToken::Entry LogonToken::entry(const Principal& holder, bool deny) const {
  if (holder.sid) {
    return entry_of_sid(*holder.sid, deny);
  }
  if (const auto known = names_.sid_of(holder.name)) {
    return entry_of_sid(*known, deny);
  }
  if (names_.may_be_built_in(holder.name)) {
    return {maybe(fmt::format("whether {} is a built-in group in the language "
                              "of this Windows",
                              text::printable(holder.name))),
            {},
            std::nullopt};
  }
  return entry_of_name(AccountName::parse(holder.name));
}

LogonToken::Entry LogonToken::entry_of_sid(const Sid& sid, bool deny) const {
  const std::string text = sid.text();
  if (text == knowledge::kEveryone || text == knowledge::kLocal ||
      text == knowledge::kThisOrganization || text == logon_sid_) {
    return {yes(), {}, std::nullopt};
  }
  if (text == knowledge::kAuthenticatedUsers) {
    return {from(is_authenticated(), "the version of Windows decides"),
            {},
            std::nullopt};
  }
  if (text == knowledge::kLocalAccount ||
      text == knowledge::kLocalAccountAdmin) {
    const auto carries = subject_.windows_agree(
        [](const auto& rules) { return rules.local_account_sid; });
    const Tristate both =
        std::min(is_local_account(), carries.value_or(Tristate::kMaybe));
    const bool admins = text == knowledge::kLocalAccountAdmin;
    return {from(both,
                 "whether this Windows marks local accounts as such "
                 "(KB2871997)"),
            admins && both != Tristate::kNo ? "Administrators" : "",
            std::nullopt};
  }
  if (!knowledge::is_builtin_group(sid) && !sid.is_account()) {
    return {};
  }
  if (const auto told = entry_of_token(sid)) {
    return {*told, {}, std::nullopt};
  }
  if (knowledge::is_builtin_group(sid)) {
    return {yes(), std::string(knowledge::bare_name_of_sid(sid)), sid};
  }
  // The fixed RIDs say more than a name.
  const std::string* name =
      sid.rid() >= kFirstOwnRid ? names_.named(sid) : nullptr;
  return name != nullptr ? entry_of_name(AccountName::parse(*name))
                         : Entry{covers_unnamed(sid, deny), {}, std::nullopt};
}

// What Windows itself says about the SIDs of the account. Nothing where it was
// not asked, and for Users, which the kind of logon can add.
// Precondition: a local group of every machine, or an account's SID.
std::optional<Cover> LogonToken::entry_of_token(const Sid& sid) const {
  const facts::Account* record = subject_.account.record;
  if (record == nullptr) {
    return std::nullopt;
  }
  if (record->sid == sid) {
    Cover cover = yes();
    cover.is_account = true;
    return cover;
  }
  const auto& groups = record->token_groups;
  if (!groups.has_value()) {
    return std::nullopt;
  }
  if (std::find(groups->begin(), groups->end(), sid) != groups->end()) {
    Cover cover = yes();
    cover.how.push_back(
        {fmt::format("{} is a member of {}",
                     text::printable(subject_.account.name.name),
                     text::printable(names_.text_of(sid))),
         groups.origin()});
    return cover;
  }
  if (sid.text() == knowledge::kUsers) {
    return std::nullopt;
  }
  return Cover{};
}

// A SID of a machine or a domain that nothing in the evidence ties to a name,
// but for the fixed RIDs.
Cover LogonToken::covers_unnamed(const Sid& sid, bool deny) const {
  constexpr std::uint32_t kAdministrator = 500;
  constexpr std::uint32_t kKrbtgt = 502;
  const std::string& name = subject_.account.name.name;
  if (sid.rid() == knowledge::kGuestRid) {
    return from(std::min(is_guest(), subject_.account.is_domain_account
                                         ? Tristate::kMaybe
                                         : Tristate::kYes),
                kUnnamedOpen);
  }
  if (sid.rid() == kAdministrator || sid.rid() == kKrbtgt) {
    return knowledge::is_administrator_name(name) ? maybe(kUnnamedOpen)
                                                  : Cover{};
  }
  if (deny && is_local_account() == Tristate::kYes) {
    return {};
  }
  return maybe(kUnnamedOpen);
}

LogonToken::Entry LogonToken::entry_of_name(const AccountName& holder) const {
  const AccountView& view = subject_.account;
  const auto& machine = subject_.server.machine;
  const bool here = holder.domain.empty() || holder.domain == "." ||
                    knowledge::is_builtin_domain(holder.domain) ||
                    (machine.computer.has_value() &&
                     text::same_name(*machine.computer, holder.domain));
  if (text::same_name(holder.name, view.name.name)) {
    // On a controller the account is one of the domain.
    const bool own_domain = view.is_domain_account &&
                            (!machine.domain.has_value() ||
                             text::same_name(*machine.domain, holder.domain));
    if (view.place == Place::kLocal && (here || own_domain)) {
      Cover cover = yes();
      cover.is_account = true;
      return {std::move(cover), {}, std::nullopt};
    }
    if (view.place == Place::kDomain && !here &&
        text::same_name(holder.domain, view.name.domain)) {
      Cover cover = yes();
      cover.is_account = true;
      return {std::move(cover), {}, std::nullopt};
    }
    return machine.computer.has_value() && view.place == Place::kLocal &&
                   !view.is_domain_account
               ? Entry{}
               : Entry{maybe("whether the list means this account"),
                       {},
                       std::nullopt};
  }
  const auto& lists = subject_.server.accounts.lists;
  const bool is_other_account =
      here && std::any_of(lists.begin(), lists.end(), [&](const auto& list) {
        return std::any_of(list.names.begin(), list.names.end(),
                           [&](const auto& name) {
                             return text::same_name(name, holder.name);
                           });
      });
  if (is_other_account) {
    return {};
  }
  if (here) {
    return {yes(), holder.name, std::nullopt};
  }
  if (knowledge::may_be_nt_authority(holder.domain)) {
    return {maybe("whether a system group in another language covers it"),
            {},
            std::nullopt};
  }
  // A domain's groups do not hold this machine's accounts. Without a record
  // the language is open, and this may be NT AUTHORITY's in another one.
  if (view.place == Place::kLocal && !view.is_domain_account &&
      machine.computer.has_value() && view.record != nullptr) {
    return {};
  }
  if (view.record != nullptr &&
      (lists_group(view.record->global_groups, holder.name, nullptr) ||
       lists_group(view.record->local_groups, holder.name, nullptr))) {
    Cover cover = yes();
    cover.how.push_back(
        {fmt::format("{} is a member of {}", text::printable(view.name.name),
                     text::printable(holder.name)),
         view.record->global_groups.origin()});
    return {std::move(cover), {}, std::nullopt};
  }
  // Groups of a domain nest, and the record shows direct memberships only.
  return {maybe(kGroupsOpen), {}, std::nullopt};
}

bool LogonToken::lists_group(
    const facts::Observed<std::vector<std::string>>& groups,
    std::string_view name, const Sid* sid) const {
  return groups.has_value() &&
         std::any_of(groups->begin(), groups->end(), [&](const auto& shown) {
           return is_group(shown, name) ||
                  (sid != nullptr && names_.sid_of(shown) == *sid);
         });
}

const facts::LocalGroup* LogonToken::captured_group(std::string_view name,
                                                    const Sid* sid) const {
  const auto& groups = subject_.server.accounts.groups;
  const auto found =
      std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
        return (!name.empty() && text::same_name(group.name, name)) ||
               (sid != nullptr && names_.sid_of(group.name) == *sid);
      });
  return found == groups.end() ? nullptr : &*found;
}

// Breadth first, each group once: groups that are members of each other end
// the walk and do not stretch it.
Cover LogonToken::in_local_group(const Entry& group) const {
  const auto known = group.sid ? group.sid : names_.sid_of(group.group);
  if (known) {
    if (const auto told = entry_of_token(*known)) {
      return *told;
    }
  }
  struct Step {
    std::string name;
    std::optional<Sid> sid;
    std::vector<Seen> how;  // the memberships that lead from here to `group`
  };
  std::vector<Step> steps{{group.group, group.sid, {}}};
  std::unordered_set<std::string> taken{text::fold_case(group.group)};
  // Local groups of a machine that is no controller hold no others of it.
  const auto& role = subject_.server.machine.role;
  const bool holds_no_groups =
      role.has_value() && *role != facts::Role::kDomainController;
  Cover best;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Step step = steps[i];
    const Sid* sid = step.sid ? &*step.sid : nullptr;
    const facts::LocalGroup* captured = captured_group(step.name, sid);
    Cover direct = by_direct_groups(step.name, sid, captured != nullptr);
    if (direct.covers == Tristate::kYes) {
      direct.how.insert(direct.how.begin(), step.how.begin(), step.how.end());
      return direct;
    }
    if (captured == nullptr) {
      best = std::max(best, direct, covers_less);
      continue;
    }
    if (!captured->members.has_value()) {
      best = std::max(best,
                      maybe(fmt::format("the members of {} were not read whole",
                                        text::printable(captured->name))),
                      covers_less);
      continue;
    }
    for (const std::string& member : *captured->members) {
      Entry found = entry(principal_of(member), true);
      std::vector<Seen> how = step.how;
      how.push_back(
          {fmt::format("{} is a member of {}", text::printable(member),
                       text::printable(captured->name)),
           captured->origin});
      if (!found.group.empty() && found.cover.covers == Tristate::kYes) {
        if (holds_no_groups && !found.sid &&
            captured_group(found.group, nullptr) == nullptr) {
          continue;  // another account
        }
        if (taken.insert(text::fold_case(found.group)).second) {
          steps.push_back({found.group, found.sid, std::move(how)});
        }
      } else if (found.cover.covers == Tristate::kYes) {
        found.cover.is_account = false;
        found.cover.how = std::move(how);
        return found.cover;
      } else {
        best = std::max(best, found.cover, covers_less);
      }
    }
  }
  return best;
}

Cover LogonToken::by_direct_groups(std::string_view name, const Sid* sid,
                                   bool is_captured) const {
  const AccountView& view = subject_.account;
  const facts::Account* record = view.record;
  const bool own_database = view.place == Place::kLocal;
  if (own_database && record != nullptr && !name.empty() &&
      lists_group(record->local_groups, name, sid)) {
    Cover cover = yes();
    cover.how.push_back(
        {fmt::format("{} is a member of {}", text::printable(view.name.name),
                     text::printable(sid != nullptr ? names_.local_name_of(*sid)
                                                    : std::string(name))),
         record->local_groups.origin()});
    return cover;
  }
  // As installed; members that were captured say more.
  if (!is_captured && sid != nullptr && sid->text() == knowledge::kUsers) {
    const auto all = subject_.windows_agree(
        [](const auto& rules) { return rules.users_hold_all; });
    const Tristate member = logon_sid_ == knowledge::kInteractive
                                ? Tristate::kYes
                                : is_authenticated();
    if (!all || (*all && member == Tristate::kMaybe)) {
      return maybe("the version of Windows decides");
    }
    if (*all && member == Tristate::kYes) {
      return yes();
    }
  }
  if (!own_database || record == nullptr || !record->local_groups.has_value()) {
    return maybe(kGroupsOpen);
  }
  // Local groups of a member hold no groups of their own machine; on a
  // controller and where the role is open a global group may lie between.
  if (is_local_account() == Tristate::kYes) {
    return {};
  }
  const bool by_default =
      text::same_name(name, "Users") || text::same_name(name, "Guests") ||
      text::same_name(name, "Pre-Windows 2000 Compatible Access");
  return has_default_global_groups(*record) && !by_default ? Cover{}
                                                           : maybe(kGroupsOpen);
}

Tristate LogonToken::is_authenticated() const {
  const Tristate guest = is_guest();
  const auto counts = subject_.windows_agree(
      [](const auto& rules) { return rules.guest_is_authenticated; });
  if (guest == Tristate::kNo || counts == true) {
    return Tristate::kYes;
  }
  return guest == Tristate::kYes && counts ? Tristate::kNo : Tristate::kMaybe;
}

Tristate LogonToken::is_local_account() const {
  const AccountView& view = subject_.account;
  const auto& role = subject_.server.machine.role;
  if (view.place == Place::kDomain || role.is(facts::Role::kDomainController)) {
    return Tristate::kNo;
  }
  if (view.place == Place::kLocal) {
    // `None` is the one global group of a machine that is no controller.
    const auto* record = view.record;
    if (role.has_value() ||
        (record != nullptr && record->global_groups.has_value() &&
         std::all_of(record->global_groups->begin(),
                     record->global_groups->end(), knowledge::is_no_group))) {
      return Tristate::kYes;
    }
  }
  return Tristate::kMaybe;
}

Tristate LogonToken::is_guest() const {
  return names_.is_guest(subject_.account.name.name);
}

}  // namespace iisdiag::checks
