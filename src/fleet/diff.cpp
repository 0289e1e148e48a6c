#include "fleet/diff.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "text/sort.hpp"
#include "text/unicode.hpp"

namespace iisdiag::fleet {
namespace {

using report::CheckResult;
using report::Host;
using report::Identity;
using report::Status;

// Nothing is wrong where there was nothing to check.
Status weight(const std::optional<Status>& status) {
  return std::max(status.value_or(Status::kPassed), Status::kPassed);
}

// What has the same key in both reports, in turn; nothing where the other has
// none.
struct Pair {
  std::optional<std::size_t> before;
  std::optional<std::size_t> after;
};

std::vector<Pair> pairs_of(const std::vector<std::string>& before,
                           const std::vector<std::string>& after) {
  std::multimap<std::string_view, std::size_t> left;
  for (std::size_t i = 0; i < before.size(); ++i) {
    left.emplace(before[i], i);
  }
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < after.size(); ++i) {
    // The first of equal ones.
    const auto same = left.lower_bound(after[i]);
    if (same == left.end() || same->first != after[i]) {
      pairs.push_back({std::nullopt, i});
    } else {
      pairs.push_back({same->second, i});
      left.erase(same);
    }
  }
  for (const auto& [key, i] : left) {
    pairs.push_back({i, std::nullopt});
  }
  return pairs;
}

// By service and account, in the order of their nodes, so that accounts of
// several sites meet theirs.
struct Listed {
  std::vector<const Identity*> identities;
  std::vector<std::string> keys;
};

Listed listed(const Host* host) {
  Listed list;
  if (host == nullptr) {
    return list;
  }
  for (const Identity& identity : host->identities) {
    list.identities.push_back(&identity);
  }
  text::sort_stably(list.identities,
                    [](const Identity* one, const Identity* other) {
                      return one->nodes < other->nodes;
                    });
  for (const Identity* identity : list.identities) {
    list.keys.push_back(std::string(facts::service_name(identity->service)) +
                        "\n" + text::fold_case(identity->account));
  }
  return list;
}

std::vector<std::string> names_of(const std::vector<Host>& hosts) {
  std::vector<std::string> names;
  names.reserve(hosts.size());
  for (const Host& host : hosts) {
    names.push_back(text::fold_case(host.name));
  }
  return names;
}

std::vector<std::string> reasons(const CheckResult* check) {
  std::vector<std::string> ids;
  if (check != nullptr) {
    for (const report::Finding& finding : check->findings) {
      if (finding.severity != report::Severity::kInfo) {
        ids.push_back(finding.id);
      }
    }
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

std::vector<std::string> only_in(const std::vector<std::string>& these,
                                 const std::vector<std::string>& others) {
  std::vector<std::string> rest;
  std::set_difference(these.begin(), these.end(), others.begin(), others.end(),
                      std::back_inserter(rest));
  return rest;
}

Change change_of(const std::optional<Status>& before,
                 const std::optional<Status>& after) {
  if (before && !after) {
    return Change::kWorse;
  }
  return weight(after) > weight(before)   ? Change::kWorse
         : weight(after) < weight(before) ? Change::kBetter
                                          : Change::kOther;
}

std::optional<Status> status_of(const CheckResult* check) {
  return check == nullptr ? std::nullopt : std::optional(check->status);
}

std::string identity_words(const Identity& identity) {
  return std::string(facts::service_name(identity.service)) +
         (identity.account.empty() ? std::string()
                                   : " account " + identity.account);
}

void compare_checks(const Host& host, const Identity& identity,
                    const CheckResult* before, const CheckResult* after,
                    Comparison& result) {
  Difference difference;
  difference.before = status_of(before);
  difference.after = status_of(after);
  const auto old_reasons = reasons(before);
  const auto new_reasons = reasons(after);
  if (difference.before == difference.after && old_reasons == new_reasons) {
    ++result.stayed;
    result.stayed_bad += weight(difference.after) > Status::kPassed ? 1U : 0U;
    return;
  }
  difference.change = change_of(difference.before, difference.after);
  difference.host = host.name;
  difference.identity = identity_words(identity);
  difference.check = (after != nullptr ? after : before)->id;
  difference.came = only_in(new_reasons, old_reasons);
  difference.went = only_in(old_reasons, new_reasons);
  result.differences.push_back(std::move(difference));
}

const CheckResult* find_check(const Identity* identity, std::string_view id) {
  if (identity == nullptr) {
    return nullptr;
  }
  const auto found =
      std::find_if(identity->checks.begin(), identity->checks.end(),
                   [&](const CheckResult& check) { return check.id == id; });
  return found == identity->checks.end() ? nullptr : &*found;
}

void add_gone(Change change, const Host& host, std::string identity,
              Status before, Comparison& result) {
  Difference gone;
  gone.change = change;
  gone.host = host.name;
  gone.identity = std::move(identity);
  gone.before = before;
  result.differences.push_back(std::move(gone));
}

// An identity that came with nothing wrong is no news.
void compare_identities(const Host& host, const Identity* before,
                        const Identity& after, Comparison& result) {
  for (const CheckResult& check : after.checks) {
    const CheckResult* same = find_check(before, check.id);
    if (same == nullptr && weight(check.status) == Status::kPassed) {
      ++result.stayed;
      continue;
    }
    compare_checks(host, after, same, &check, result);
  }
}

// Nor is one that went while its host is still there: sites are made and taken
// away.
void compare_hosts(const Host* before, const Host& after, Comparison& result) {
  const Listed old = listed(before);
  const Listed now = listed(&after);
  for (const Pair& pair : pairs_of(old.keys, now.keys)) {
    const Identity* same = pair.before ? old.identities[*pair.before] : nullptr;
    if (pair.after) {
      compare_identities(after, same, *now.identities[*pair.after], result);
    } else if (same != nullptr) {
      add_gone(Change::kOther, after, identity_words(*same), same->status,
               result);
    }
  }
}

}  // namespace

bool Comparison::has_worse() const {
  return std::any_of(
      differences.begin(), differences.end(),
      [](const Difference& one) { return one.change == Change::kWorse; });
}

Comparison compare(const std::vector<Host>& before,
                   const std::vector<Host>& after) {
  Comparison result;
  for (const Pair& pair : pairs_of(names_of(before), names_of(after))) {
    const Host* same = pair.before ? &before[*pair.before] : nullptr;
    if (pair.after) {
      compare_hosts(same, after[*pair.after], result);
    } else if (same != nullptr) {
      add_gone(Change::kWorse, *same, {}, same->status, result);
    }
  }
  text::sort_stably(result.differences,
                    [](const Difference& one, const Difference& other) {
                      return one.change < other.change;
                    });
  return result;
}

}  // namespace iisdiag::fleet
