#include "fleet/diff.hpp"

#include <algorithm>
#include <map>

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

std::string host_key(const Host& host) { return text::fold_case(host.name); }

std::string identity_key(const Identity& identity) {
  return std::string(facts::service_name(identity.service)) + "\n" +
         text::fold_case(identity.account);
}

// Pairs of what has the same key, in turn; null where the other has none.
template <class T>
struct Pair {
  const T* before = nullptr;
  const T* after = nullptr;
};

template <class T, class Key>
std::vector<Pair<T>> pairs_of(const std::vector<T>& before,
                              const std::vector<T>& after, Key key) {
  std::map<std::string, std::vector<const T*>> left;
  for (const T& one : before) {
    left[key(one)].push_back(&one);
  }
  std::map<std::string, std::size_t> used;
  std::vector<Pair<T>> pairs;
  for (const T& one : after) {
    const auto& same = left[key(one)];
    std::size_t& next = used[key(one)];
    pairs.push_back({next < same.size() ? same[next] : nullptr, &one});
    ++next;
  }
  std::map<std::string, std::size_t> seen;
  for (const T& one : before) {
    if (++seen[key(one)] > used[key(one)]) {
      pairs.push_back({&one, nullptr});
    }
  }
  return pairs;
}

// In the order of their nodes, so that accounts of several sites meet theirs.
std::vector<Identity> by_node(std::vector<Identity> identities) {
  std::stable_sort(identities.begin(), identities.end(),
                   [](const Identity& one, const Identity& other) {
                     return one.nodes < other.nodes;
                   });
  return identities;
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

// An identity that came with nothing wrong is no news, nor is one that went
// while its host is still there: sites are made and taken away.
void compare_identities(const Host& host, const Pair<Identity>& pair,
                        Comparison& result) {
  const Identity& shown = pair.after != nullptr ? *pair.after : *pair.before;
  if (pair.after == nullptr) {
    Difference gone;
    gone.change = Change::kOther;
    gone.host = host.name;
    gone.identity = identity_words(shown);
    gone.before = shown.status;
    result.differences.push_back(std::move(gone));
    return;
  }
  for (const CheckResult& check : shown.checks) {
    const CheckResult* before = find_check(pair.before, check.id);
    if (before == nullptr && weight(check.status) == Status::kPassed) {
      ++result.stayed;
      continue;
    }
    compare_checks(host, shown, before, &check, result);
  }
}

void compare_hosts(const Pair<Host>& pair, Comparison& result) {
  if (pair.after == nullptr) {
    Difference gone;
    gone.change = Change::kWorse;
    gone.host = pair.before->name;
    gone.before = pair.before->status;
    result.differences.push_back(std::move(gone));
    return;
  }
  const std::vector<Identity> none;
  const std::vector<Identity> before =
      by_node(pair.before == nullptr ? none : pair.before->identities);
  const std::vector<Identity> after = by_node(pair.after->identities);
  for (const Pair<Identity>& identities :
       pairs_of(before, after, identity_key)) {
    compare_identities(*pair.after, identities, result);
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
  for (const Pair<Host>& pair : pairs_of(before, after, host_key)) {
    compare_hosts(pair, result);
  }
  std::stable_sort(result.differences.begin(), result.differences.end(),
                   [](const Difference& one, const Difference& other) {
                     return one.change < other.change;
                   });
  return result;
}

}  // namespace iisdiag::fleet
