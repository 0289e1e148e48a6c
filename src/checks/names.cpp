#include "checks/names.hpp"

#include <algorithm>

#include "facts/account.hpp"
#include "knowledge/localized_names.hpp"
#include "knowledge/well_known.hpp"
#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

using facts::NamedSid;
using facts::Sid;
using knowledge::Tristate;

bool is_named(const NamedSid& named, std::string_view name) {
  return text::same_name(named.name, name) ||
         text::same_name(facts::AccountName::parse(named.name).name, name);
}

}  // namespace

Names::Names(const facts::Server& server) : server_(server) {
  const auto add = [&](std::string_view language) {
    is_told_ = is_told_ || !language.empty();
    if (!language.empty() && language != "en" &&
        std::find(languages_.begin(), languages_.end(), language) ==
            languages_.end()) {
      languages_.push_back(language);
    }
  };
  for (const facts::Account& account : server.accounts.accounts) {
    add(account.language);
  }
  for (const facts::LocalGroup& group : server.accounts.groups) {
    add(group.language);
  }
}

std::optional<Sid> Names::sid_of(std::string_view name) const {
  if (auto known = knowledge::sid_of_name(name)) {
    return known;
  }
  for (const std::string_view language : languages_) {
    if (auto known = knowledge::localized_sid(name, language)) {
      return known;
    }
  }
  // Built-in groups only: their SIDs lie side by side.
  const auto& names = server_.accounts.names;
  constexpr std::uint64_t kNtAuthority = 5;
  constexpr std::uint32_t kBuiltinDomain = 32;
  auto named = std::lower_bound(
      names.begin(), names.end(), Sid{kNtAuthority, {kBuiltinDomain}},
      [](const NamedSid& one, const Sid& other) { return one.sid < other; });
  for (; named != names.end() && knowledge::is_builtin_group(named->sid);
       ++named) {
    if (is_named(*named, name)) {
      return named->sid;
    }
  }
  return std::nullopt;
}

bool Names::may_be_built_in(std::string_view name) const {
  return !is_told_ && knowledge::may_be_localized(name);
}

const std::string* Names::named(const Sid& sid) const {
  const auto& names = server_.accounts.names;
  const auto found = std::lower_bound(
      names.begin(), names.end(), sid,
      [](const NamedSid& one, const Sid& other) { return one.sid < other; });
  return found != names.end() && found->sid == sid ? &found->name : nullptr;
}

std::string Names::text_of(const Sid& sid) const {
  if (!knowledge::bare_name_of_sid(sid).empty()) {
    return knowledge::name_of_sid(sid);
  }
  const std::string* name = named(sid);
  return name != nullptr ? *name : sid.text();
}

std::string Names::local_name_of(const Sid& sid) const {
  if (const std::string* name = named(sid)) {
    return facts::AccountName::parse(*name).name;
  }
  const auto is_it = [&](const std::string& name) {
    return sid_of(name) == sid;
  };
  for (const facts::LocalGroup& group : server_.accounts.groups) {
    if (is_it(group.name)) {
      return group.name;
    }
  }
  for (const facts::Account& account : server_.accounts.accounts) {
    if (account.local_groups.has_value()) {
      const auto& groups = *account.local_groups;
      const auto found = std::find_if(groups.begin(), groups.end(), is_it);
      if (found != groups.end()) {
        return *found;
      }
    }
  }
  return std::string(knowledge::bare_name_of_sid(sid));
}

Tristate Names::is_guest(std::string_view name) const {
  if (text::same_name(name, "Guest") ||
      std::any_of(languages_.begin(), languages_.end(),
                  [&](std::string_view language) {
                    return knowledge::is_guest_name(name, language);
                  })) {
    return Tristate::kYes;
  }
  return !is_told_ && knowledge::is_guest_name(name, {}) ? Tristate::kMaybe
                                                         : Tristate::kNo;
}

}  // namespace iisdiag::checks
