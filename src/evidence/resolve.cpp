#include "evidence/resolve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <unordered_map>

#include "knowledge/versions.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::Identity;
using facts::IisNode;
using facts::InForce;
using facts::Observed;
using facts::Override;
using facts::Service;
using facts::Setting;
using facts::Store;

constexpr std::int32_t kNobody = -1;
constexpr std::size_t kSettings = 7;
enum Which : std::size_t {
  kAccount,
  kPassword,
  kSync,
  kMethod,
  kAnonymous,
  kDomain,
  kPool,
};

// For each setting the node that stores what is in force.
using Row = std::array<std::int32_t, kSettings>;

// A value, or a place whose value could not be read: both end the search.
template <class T>
bool decides(const Setting<T>& setting) {
  return setting.value.has_value() || !setting.value.reason().why.empty();
}

struct Stored {
  bool decides = false;
  bool inherits = true;
};

std::array<Stored, kSettings> stored(const IisNode& node) {
  const auto one = [](const auto& setting) {
    return Stored{decides(setting), setting.inherits};
  };
  return {one(node.account),      one(node.password),  one(node.password_sync),
          one(node.logon_method), one(node.anonymous), one(node.logon_domain),
          one(node.pool)};
}

class Resolver {
 public:
  Resolver(const facts::IisConfig& config, const facts::Machine& machine)
      : config_(config),
        nodes_(config.nodes),
        machine_(machine),
        possible_(knowledge::possible_iis(machine, config.store)) {}

  Resolved run() {
    add_roots();
    index();
    inherit();
    serve_services();
    collect();
    note_unshown();
    return std::move(result_);
  }

 private:
  // Every site has a root, named or not.
  void add_roots() {
    if (config_.store != Store::kMetabase) {
      return;
    }
    std::vector<std::string> with_root;
    for (const IisNode& node : nodes_) {
      if (node.serves) {
        with_root.push_back(text::fold_case(node.path));
      }
    }
    std::sort(with_root.begin(), with_root.end());
    const std::size_t count = nodes_.size();
    for (std::size_t i = 0; i < count; ++i) {
      const bool web_site = !nodes_[i].serves &&
                            nodes_[i].service == Service::kWeb &&
                            !is_service_node(nodes_[i]);
      const std::string root = nodes_[i].path + "/ROOT";
      if (web_site && !std::binary_search(with_root.begin(), with_root.end(),
                                          text::fold_case(root))) {
        IisNode node;
        node.service = Service::kWeb;
        node.path = root;
        node.shown = config_.whole;
        node.serves = true;
        node.origin = nodes_[i].origin;
        nodes_.push_back(std::move(node));
      }
    }
  }

  bool is_service_node(const IisNode& node) const {
    return config_.store == Store::kAppHost
               ? node.path == "MACHINE/WEBROOT/APPHOST"
               : std::count(node.path.begin(), node.path.end(), '/') == 2;
  }

  // A node's place in the tree of its service: the service's own node has the
  // empty key, so that it is everybody's last ancestor.
  std::string key(const IisNode& node) const {
    return std::string(service_name(node.service)) + "|" +
           (is_service_node(node) ? std::string{} : text::fold_case(node.path));
  }

  void index() {
    by_key_.reserve(nodes_.size());
    keys_.reserve(nodes_.size());
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      keys_.push_back(key(nodes_[i]));
      by_key_.emplace(keys_.back(), static_cast<std::int32_t>(i));
    }
    parents_.assign(nodes_.size(), kNobody);
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      parents_[i] = find_parent(keys_[i]);
    }
  }

  std::int32_t find_parent(std::string_view own) const {
    const auto bar = own.find('|');
    for (std::string up(own); up.size() > bar + 1;) {
      const auto slash = up.rfind('/');
      up.resize(slash == std::string::npos || slash <= bar ? bar + 1 : slash);
      if (const auto found = by_key_.find(up); found != by_key_.end()) {
        return found->second;
      }
    }
    return kNobody;
  }

  // Parents first: a parent's key is shorter than its child's.
  void inherit() {
    std::vector<std::size_t> order(nodes_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t one, std::size_t two) {
                       return keys_[one].size() < keys_[two].size();
                     });
    Row nobody{};
    nobody.fill(kNobody);
    in_force_.assign(nodes_.size(), nobody);
    handed_down_.assign(nodes_.size(), nobody);
    for (const std::size_t i : order) {
      if (parents_[i] != kNobody) {
        in_force_[i] = handed_down_[static_cast<std::size_t>(parents_[i])];
      }
      handed_down_[i] = in_force_[i];
      const auto own = stored(nodes_[i]);
      for (std::size_t s = 0; s < kSettings; ++s) {
        if (own.at(s).decides) {
          in_force_[i].at(s) = static_cast<std::int32_t>(i);
          if (own.at(s).inherits) {
            handed_down_[i].at(s) = static_cast<std::int32_t>(i);
          }
        }
      }
    }
  }

  // Where no site is shown the service's own node stands for its sites.
  void serve_services() {
    for (IisNode& node : nodes_) {
      if (!is_service_node(node) ||
          (config_.store == Store::kAppHost &&
           (config_.names_sites || node.service != Service::kWeb))) {
        continue;
      }
      const bool has_site =
          std::any_of(nodes_.begin(), nodes_.end(), [&](const IisNode& other) {
            return other.service == node.service && other.serves &&
                   &other != &node;
          });
      node.serves = !has_site;
    }
  }

  const IisNode& node(std::int32_t index) const {
    return nodes_[static_cast<std::size_t>(index)];
  }

  // The service's own node, through which the defaults are known.
  const IisNode* service_node(const IisNode& of) const {
    const auto found =
        by_key_.find(std::string(service_name(of.service)) + "|");
    return found == by_key_.end() ? nullptr : &node(found->second);
  }

  template <class T>
  InForce<T> in_force(std::size_t i, Which which, Setting<T> IisNode::*setting,
                      const std::optional<T>& default_value,
                      std::string_view what) const {
    InForce<T> result;
    const std::int32_t from = in_force_[i].at(which);
    if (from != kNobody) {
      result.value = (node(from).*setting).value;
      result.node = node(from).path;
      return result;
    }
    const IisNode* service = service_node(nodes_[i]);
    // In a damaged XML configuration a setting may have stood behind the cut;
    // a metabase key that was listed was listed as a whole.
    const bool known_unset =
        config_.whole ||
        (config_.store != Store::kAppHost && service != nullptr &&
         (service->*setting).value.is_absent());
    if (!known_unset) {
      result.value = Observed<T>::unknown(
          fmt::format("{} is not in the evidence", what), show(nodes_[i]));
      return result;
    }
    result.is_default = true;
    const facts::Origin origin =
        service != nullptr ? service->origin : config_.origin;
    result.value = default_value ? Observed<T>(*default_value, origin)
                                 : Observed<T>::absent(origin);
    return result;
  }

  // The command that shows the service's node.
  std::string show(const IisNode& of) const {
    if (config_.store == Store::kMetabase) {
      return fmt::format("cscript adsutil.vbs ENUM {}",
                         service_name(of.service));
    }
    return {};
  }

  template <class T>
  InForce<T> undocumented(InForce<T> value, std::string why) const {
    if (value.is_default) {
      value.value = Observed<T>::unknown(std::move(why));
      value.is_default = false;
    }
    return value;
  }

  std::optional<std::string> default_account(Service service) const {
    if (config_.store == Store::kAppHost) {
      return "IUSR";
    }
    // Q102974: the FTP server of NT 3.5x starts out with Guest.
    if (service == Service::kFtp6 && machine_.windows.is("nt3.51")) {
      return "Guest";
    }
    return std::nullopt;
  }

  InForce<bool> sync_in_force(std::size_t i) const {
    const auto support = knowledge::agreed(
        possible_, [](const auto& rules) { return rules.sync; });
    auto sync = in_force<bool>(i, kSync, &IisNode::password_sync, true,
                               "AnonymousPasswordSync");
    if (support == knowledge::SyncSupport::kNone) {
      sync.value = Observed<bool>::absent(config_.origin);
      sync.is_default = true;
      return sync;
    }
    if (support == knowledge::SyncSupport::kWorks) {
      return sync;
    }
    return undocumented(std::move(sync),
                        "AnonymousPasswordSync stands at no level, and its "
                        "default in IIS 6.0 is not certain");
  }

  InForce<facts::LogonMethod> method_in_force(std::size_t i) const {
    const auto by_default = knowledge::agreed(
        possible_, [](const auto& rules) { return rules.default_method; });
    auto method =
        in_force(i, kMethod, &IisNode::logon_method, by_default, "LogonMethod");
    if (!by_default) {
      return undocumented(std::move(method),
                          "the default of LogonMethod differs between the "
                          "versions that this can be");
    }
    const bool is_iis6 = *by_default == facts::LogonMethod::kNetworkCleartext;
    if (nodes_[i].service == Service::kFtp6 && is_iis6) {
      return undocumented(std::move(method),
                          "which logon the FTP service of IIS 6.0 makes is "
                          "not documented");
    }
    return method;
  }

  Identity identity(std::size_t i) const {
    const IisNode& at = nodes_[i];
    Identity result;
    result.service = at.service;
    result.store = config_.store;
    result.account = in_force(i, kAccount, &IisNode::account,
                              default_account(at.service), "the account");
    result.password = in_force<facts::StoredPassword>(
        i, kPassword, &IisNode::password, {}, "the stored password");
    result.password_sync = sync_in_force(i);
    result.logon_method = method_in_force(i);
    const bool on_by_default = at.service != Service::kFtp7;
    result.anonymous = in_force<bool>(i, kAnonymous, &IisNode::anonymous,
                                      on_by_default, "anonymous access");
    result.logon_domain =
        in_force<std::string>(i, kDomain, &IisNode::logon_domain,
                              at.service == Service::kFtp7
                                  ? std::optional<std::string>("NT AUTHORITY")
                                  : std::nullopt,
                              "the default logon domain");
    result.isolation_mode = config_.isolation_mode;
    return result;
  }

  // A stored pair that IIS uses although anonymous access is off.
  bool is_used_without_anonymous(std::size_t i,
                                 const Identity& identity) const {
    if (identity.service == Service::kFtp6) {
      return identity.password_sync.value.is(true);
    }
    const bool iis6 = config_.store == Store::kMetabase &&
                      knowledge::agreed(possible_, [](const auto& rules) {
                        return rules.sync;
                      }) == knowledge::SyncSupport::kNeedsRegistration;
    return iis6 && in_force_[i].at(kPassword) == static_cast<std::int32_t>(i) &&
           nodes_[i].password.value.has_value();
  }

  static std::string tuple_key(const Identity& identity) {
    const auto state = [](const auto& fact, const std::string& value) {
      return fact.has_value()   ? "=" + value
             : fact.is_absent() ? std::string("absent")
                                : std::string("unknown");
    };
    const auto flag = [&](const Observed<bool>& fact) {
      return state(fact, fact.value_or(false) ? "1" : "0");
    };
    const auto& method = identity.logon_method.value;
    return fmt::format(
        "{}|{}|{}|{}|{}|{}", service_name(identity.service),
        state(identity.account.value,
              text::fold_case(identity.account.value.value_or({}))),
        text::fold_case(identity.password.node),
        flag(identity.password_sync.value),
        state(method, method.has_value()
                          ? std::string(facts::method_name(*method))
                          : std::string{}),
        flag(identity.anonymous.value));
  }

  void collect() {
    std::unordered_map<std::string, std::size_t> known;
    std::vector<std::int32_t> identity_of(nodes_.size(), kNobody);
    bool any_on_or_unknown = false;
    bool any_serving = false;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (!nodes_[i].serves) {
        continue;
      }
      any_serving = true;
      Identity found = identity(i);
      const bool off = found.anonymous.value.is(false);
      any_on_or_unknown = any_on_or_unknown || !off;
      if (off && !is_used_without_anonymous(i, found)) {
        continue;
      }
      const auto [place, is_new] =
          known.emplace(tuple_key(found), result_.identities.size());
      identity_of[i] = static_cast<std::int32_t>(place->second);
      if (is_new) {
        result_.identities.push_back(std::move(found));
      }
      add_overrides(i, result_.identities[place->second]);
      add_pool(i, result_.identities[place->second]);
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (identity_of[i] != kNobody && is_topmost(i, identity_of)) {
        result_.identities[static_cast<std::size_t>(identity_of[i])]
            .nodes.push_back(nodes_[i].path);
      }
    }
    result_.anonymous_off_everywhere = config_.whole && any_serving &&
                                       !any_on_or_unknown &&
                                       result_.identities.empty();
  }

  // The next node above where a request can end has another identity.
  bool is_topmost(std::size_t i,
                  const std::vector<std::int32_t>& identity_of) const {
    std::int32_t up = parents_[i];
    while (up != kNobody && !node(up).serves) {
      up = parents_[static_cast<std::size_t>(up)];
    }
    return up == kNobody ||
           identity_of[static_cast<std::size_t>(up)] != identity_of[i];
  }

  void add_overrides(std::size_t i, Identity& identity) const {
    const std::int32_t account = in_force_[i].at(kAccount);
    const std::int32_t password = in_force_[i].at(kPassword);
    if (password == kNobody || !node(password).password.value.has_value()) {
      return;
    }
    // Passwords that an identity without one does not use are no fault.
    if (identity.account.value.is("")) {
      return;
    }
    std::optional<Override> found;
    if (identity.anonymous.value.is(false) &&
        identity.service == Service::kWeb) {
      found = {Override::Kind::kStoredPairAnonymousOff, node(password).path,
               node(password).password.value.origin()};
    } else if (is_deeper(password, account) ||
               (account == password && repeats_parents_account(account))) {
      if (has_parent(password)) {
        found = {Override::Kind::kOwnPasswordParentsAccount,
                 node(password).path, node(password).password.value.origin()};
      }
    } else if (is_deeper(account, password) &&
               !repeats_parents_account(account)) {
      found = {Override::Kind::kOwnAccountParentsPassword, node(account).path,
               node(account).account.value.origin()};
    }
    constexpr std::size_t kShown = 50;
    if (found && identity.overrides.size() < kShown &&
        std::find(identity.overrides.begin(), identity.overrides.end(),
                  *found) == identity.overrides.end()) {
      identity.overrides.push_back(std::move(*found));
    }
  }

  bool has_parent(std::int32_t index) const {
    return !is_service_node(node(index));
  }

  // Both are ancestors of one node, so the longer key is the deeper one.
  bool is_deeper(std::int32_t one, std::int32_t two) const {
    if (two == kNobody) {
      return true;
    }
    return one != kNobody && keys_[static_cast<std::size_t>(one)].size() >
                                 keys_[static_cast<std::size_t>(two)].size();
  }

  // The account that this node stores is the one it would inherit anyway.
  bool repeats_parents_account(std::int32_t index) const {
    if (index == kNobody) {
      return false;
    }
    const std::int32_t up = parents_[static_cast<std::size_t>(index)];
    if (up == kNobody) {
      return false;
    }
    const std::int32_t above =
        handed_down_[static_cast<std::size_t>(up)].at(kAccount);
    const auto& own = node(index).account.value;
    return above != kNobody && own.has_value() &&
           node(above).account.value.has_value() &&
           text::same_name(*own, *node(above).account.value);
  }

  void add_pool(std::size_t i, Identity& identity) const {
    if (config_.store != Store::kMetabase ||
        identity.service != Service::kWeb) {
      return;
    }
    const auto pool = in_force<std::string>(i, kPool, &IisNode::pool, {},
                                            "the application pool");
    facts::PoolUse use;
    use.name = pool.value.value_or({});
    if (std::any_of(identity.pools.begin(), identity.pools.end(),
                    [&](const facts::PoolUse& other) {
                      return text::same_name(other.name, use.name);
                    })) {
      return;
    }
    const auto known =
        std::find_if(config_.pools.begin(), config_.pools.end(),
                     [&](const facts::IisPool& candidate) {
                       return text::same_name(candidate.name, use.name);
                     });
    if (known != config_.pools.end()) {
      use.runs_as = known->runs_as;
    }
    if (known != config_.pools.end() && known->runs_as.is_absent()) {
      use.runs_as = config_.pool_default;
    }
    identity.pools.push_back(std::move(use));
  }

  void note_unshown() {
    constexpr std::size_t kNamed = 5;
    std::vector<std::string> names;
    facts::Origin origin;
    for (const IisNode& candidate : nodes_) {
      if (!candidate.shown && candidate.serves) {
        if (names.empty()) {
          origin = candidate.origin;
        }
        names.push_back(candidate.path.substr(std::string_view("/LM/").size()));
      }
    }
    if (names.empty()) {
      return;
    }
    const std::size_t count = names.size();
    const std::string first = names.front();
    names.resize(std::min(count, kNamed));
    result_.notes.push_back(
        {fmt::format("{} not shown and taken to inherit: {}{}. To see what is "
                     "set there: cscript adsutil.vbs ENUM {}",
                     count == 1 ? "a key is named but"
                                : fmt::format("{} keys are named but", count),
                     text::printable(text::join(names, ", ")),
                     count > kNamed ? " and others" : "",
                     text::printable(first)),
         origin});
  }

  const facts::IisConfig& config_;
  std::vector<IisNode> nodes_;
  const facts::Machine& machine_;
  std::vector<const knowledge::IisRules*> possible_;
  std::vector<std::string> keys_;
  std::unordered_map<std::string, std::int32_t> by_key_;
  std::vector<std::int32_t> parents_;
  std::vector<Row> in_force_;
  std::vector<Row> handed_down_;
  Resolved result_;
};

}  // namespace

Resolved resolve(const facts::IisConfig& config,
                 const facts::Machine& machine) {
  return Resolver(config, machine).run();
}

bool is_below(std::string_view path, std::string_view ancestor) {
  const std::string folded = text::fold_case(path);
  std::string above = text::fold_case(ancestor);
  while (above.size() > 1 && above.back() == '/') {
    above.pop_back();
  }
  return folded == above || folded.starts_with(above + "/");
}

}  // namespace iisdiag::evidence
