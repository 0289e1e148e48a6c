#include "checks/server_index.hpp"

#include <algorithm>
#include <iterator>

#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

std::string bare(std::string_view asked) {
  return text::fold_case(facts::AccountName::parse(asked).name);
}

template <class Map, class Key>
std::size_t place_in(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? TrialIndex::kNone : found->second;
}

std::optional<bool> answer_of_all(const std::vector<facts::SitePlace>& places) {
  const auto is = [&](bool value) {
    return [value](const facts::SitePlace& place) {
      return place.basic_scheme.is(value);
    };
  };
  if (std::any_of(places.begin(), places.end(), is(true))) {
    return true;
  }
  return !places.empty() && std::all_of(places.begin(), places.end(), is(false))
             ? std::optional(false)
             : std::nullopt;
}

}  // namespace

TrialIndex::TrialIndex(const std::vector<facts::LogonTrial>& trials) {
  for (std::size_t i = 0; i < trials.size(); ++i) {
    put(i, trials[i]);
  }
}

void TrialIndex::put(std::size_t at, const facts::LogonTrial& trial) {
  const std::string name = text::fold_case(trial.account);
  by_name_.emplace(name, at);
  if (trial.sid) {
    by_sid_.emplace(*trial.sid, at);
    const auto before = by_name_without_sid_.find(name);
    if (before != by_name_without_sid_.end() && before->second == at) {
      by_name_without_sid_.erase(before);
    }
  } else {
    by_name_without_sid_.emplace(name, at);
  }
}

std::size_t TrialIndex::find(const AccountView& account) const {
  const std::string name = text::fold_case(account.shown);
  return account.sid ? std::min(place_in(by_sid_, *account.sid),
                                place_in(by_name_without_sid_, name))
                     : place_in(by_name_, name);
}

ServerIndex::ServerIndex(const facts::Server& server)
    : server_(server),
      rows_(server),
      clients_(answer_of_all(server.places)),
      trials_(server.trials),
      names_(server) {
  const facts::AccountDatabase& database = server.accounts;
  for (std::size_t i = 0; i < database.accounts.size(); ++i) {
    accounts_[text::fold_case(database.accounts[i].name)].push_back(i);
  }
  for (std::size_t i = 0; i < database.missing.size(); ++i) {
    if (const auto& name = database.missing[i].name) {
      missing_[text::fold_case(*name)].push_back(i);
    }
  }
  for (std::size_t i = 0; i < database.lookups.size(); ++i) {
    lookups_[bare(database.lookups[i].name)].push_back(i);
  }
  for (std::size_t i = 0; i < database.failures.size(); ++i) {
    failures_[bare(database.failures[i].name)].push_back(i);
  }
  const auto& attempts = server.records.attempts;
  for (std::size_t i = 0; i < attempts.size(); ++i) {
    if (attempts[i].kind == facts::RecordKind::kServiceStart) {
      starts_.push_back(i);
    } else if (attempts[i].kind == facts::RecordKind::kSubauth) {
      if (subauth_notice_ == nullptr ||
          subauth_notice_->last < attempts[i].last) {
        subauth_notice_ = &attempts[i];
      }
    } else if (!attempts[i].account.empty()) {
      attempts_[bare(attempts[i].account)].push_back(i);
    }
  }
  for (const facts::AccountList& list : database.lists) {
    auto& names = lists_.emplace_back();
    std::transform(list.names.begin(), list.names.end(),
                   std::inserter(names, names.end()),
                   [](const auto& name) { return text::fold_case(name); });
  }
}

const ServerIndex::Places& ServerIndex::at(const ByName& map,
                                           std::string_view name) {
  static const Places kNowhere;
  const auto found = map.find(text::fold_case(name));
  return found == map.end() ? kNowhere : found->second;
}

const ServerIndex::Places& ServerIndex::accounts(std::string_view name) const {
  return at(accounts_, name);
}

const ServerIndex::Places& ServerIndex::missing(std::string_view name) const {
  return at(missing_, name);
}

const ServerIndex::Places& ServerIndex::lookups(std::string_view name) const {
  return at(lookups_, name);
}

const ServerIndex::Places& ServerIndex::attempts(std::string_view name) const {
  return at(attempts_, name);
}

const ServerIndex::Places& ServerIndex::failures(std::string_view name) const {
  return at(failures_, name);
}

bool ServerIndex::is_listed(std::size_t list, std::string_view name) const {
  return lists_.at(list).contains(text::fold_case(name));
}

const facts::LogonTrial* ServerIndex::trial_of(
    const AccountView& account) const {
  const std::size_t found = trials_.find(account);
  return found == TrialIndex::kNone ? nullptr : &server_.trials[found];
}

}  // namespace iisdiag::checks
