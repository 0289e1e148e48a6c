#include "evidence/resolve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "evidence/inheritance.hpp"
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

class Resolver {
 public:
  Resolver(const facts::IisConfig& config, std::vector<IisNode> nodes,
           const facts::Machine& machine)
      : config_(config),
        tree_(config, std::move(nodes)),
        nodes_(tree_.nodes()),
        machine_(machine),
        possible_(knowledge::possible_iis(machine, config.store)) {
    for (const facts::IisPool& pool : config.pools) {
      pools_.emplace(text::fold_case(pool.name), &pool);
    }
  }

  Resolved run() {
    collect();
    note_unshown();
    return std::move(result_);
  }

 private:
  template <class T>
  InForce<T> in_force(std::size_t i, Which which, Setting<T> IisNode::*setting,
                      const std::optional<T>& default_value,
                      std::string_view what) const {
    InForce<T> result;
    const NodeIndex from = tree_.in_force(i, which);
    // A location behind the damage may set it for this very node.
    const bool may_be_overridden = !config_.whole &&
                                   config_.store == Store::kAppHost &&
                                   from != static_cast<NodeIndex>(i);
    if (from != kNobody && may_be_overridden) {
      result.value = Observed<T>::unknown(
          fmt::format("the part of the configuration that may set {} was not "
                      "read",
                      what),
          {}, config_.origin);
      return result;
    }
    if (from != kNobody) {
      result.value = (tree_.node(from).*setting).value;
      result.node = tree_.node(from).path;
      return result;
    }
    const IisNode* service = tree_.service_node(nodes_[i]);
    // In a damaged XML configuration a setting may have stood behind the cut;
    // a metabase key that was listed was listed as a whole.
    const bool known_unset =
        config_.whole ||
        (config_.store != Store::kAppHost && service != nullptr &&
         (service->*setting).value.is_absent());
    if (!known_unset) {
      result.value = Observed<T>::unknown(fmt::format("{} was not read", what),
                                          show(nodes_[i]));
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
    if (const NodeIndex from = tree_.in_force(i, kPassword); from != kNobody) {
      result.password_group = tree_.node(from).password_group;
    }
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
    return iis6 && tree_.in_force(i, kPassword) == static_cast<NodeIndex>(i) &&
           nodes_[i].password.value.has_value();
  }

  // Nodes that store the same password are one source of it.
  static std::string password_key(const Identity& identity) {
    return identity.password_group != 0
               ? fmt::format("#{}", identity.password_group)
               : text::fold_case(identity.password.node);
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
        password_key(identity), flag(identity.password_sync.value),
        state(method, method.has_value()
                          ? std::string(facts::method_name(*method))
                          : std::string{}),
        flag(identity.anonymous.value));
  }

  void collect() {
    std::unordered_map<std::string, std::size_t> known;
    std::vector<NodeIndex> identity_of(nodes_.size(), kNobody);
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
      identity_of[i] = static_cast<NodeIndex>(place->second);
      if (is_new) {
        result_.identities.push_back(std::move(found));
      }
      add_overrides(i, result_.identities[place->second]);
      add_pool(i, place->second);
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      // Named are the topmost nodes: above them another identity serves.
      const NodeIndex up = tree_.next_serving_above(i);
      if (identity_of[i] != kNobody &&
          (up == kNobody ||
           identity_of[static_cast<std::size_t>(up)] != identity_of[i])) {
        result_.identities[static_cast<std::size_t>(identity_of[i])]
            .nodes.push_back(nodes_[i].path);
      }
    }
    result_.anonymous_off_everywhere = config_.whole && any_serving &&
                                       !any_on_or_unknown &&
                                       result_.identities.empty();
  }

  void add_overrides(std::size_t i, Identity& identity) const {
    const NodeIndex account = tree_.in_force(i, kAccount);
    const NodeIndex password = tree_.in_force(i, kPassword);
    if (password == kNobody ||
        !tree_.node(password).password.value.has_value()) {
      return;
    }
    if (tree_.node(password).effective ||
        (account != kNobody && tree_.node(account).effective)) {
      return;
    }
    // Passwords that an identity without one does not use are no fault.
    if (identity.account.value.is("")) {
      return;
    }
    std::optional<Override> found;
    if (identity.anonymous.value.is(false) &&
        identity.service == Service::kWeb) {
      found = {Override::Kind::kStoredPairAnonymousOff,
               tree_.node(password).path,
               tree_.node(password).password.value.origin()};
    } else if (tree_.is_deeper(password, account) ||
               (account == password &&
                tree_.repeats_parents_account(account))) {
      if (!tree_.is_service_node(tree_.node(password)) &&
          !tree_.repeats_parents_password(password)) {
        found = {Override::Kind::kOwnPasswordParentsAccount,
                 tree_.node(password).path,
                 tree_.node(password).password.value.origin()};
      }
    } else if (tree_.is_deeper(account, password) &&
               !tree_.repeats_parents_account(account)) {
      found = {Override::Kind::kOwnAccountParentsPassword,
               tree_.node(account).path,
               tree_.node(account).account.value.origin()};
    }
    constexpr std::size_t kShown = 50;
    if (found && identity.overrides.size() < kShown &&
        std::find(identity.overrides.begin(), identity.overrides.end(),
                  *found) == identity.overrides.end()) {
      identity.overrides.push_back(std::move(*found));
    }
  }

  void add_pool(std::size_t i, std::size_t place) {
    Identity& identity = result_.identities[place];
    if (config_.store != Store::kMetabase ||
        identity.service != Service::kWeb) {
      return;
    }
    const auto pool = in_force<std::string>(i, kPool, &IisNode::pool, {},
                                            "the application pool");
    facts::PoolUse use;
    use.name = pool.value.value_or({});
    const std::string folded = text::fold_case(use.name);
    if (!pools_told_.emplace(place, folded).second) {
      return;
    }
    if (const auto known = pools_.find(folded); known != pools_.end()) {
      const auto& runs_as = known->second->runs_as;
      use.runs_as = runs_as.is_absent() ? config_.pool_default : runs_as;
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
        names.push_back(short_name(candidate));
      }
    }
    if (names.empty()) {
      return;
    }
    const std::size_t count = names.size();
    const std::string first = names.front();
    names.resize(std::min(count, kNamed));
    const std::string list = text::printable(text::join(names, ", ")) +
                             (count > kNamed ? " and others" : "");
    if (config_.store == Store::kAppHost) {
      result_.notes.push_back(
          {fmt::format("nothing shows what is in force at {}: capture "
                       "applicationHost.config, or appcmd list config for each",
                       list),
           origin});
      return;
    }
    result_.notes.push_back(
        {fmt::format("{} not shown and taken to inherit: {}. To see what is "
                     "set there: cscript adsutil.vbs ENUM {}",
                     count == 1 ? "a key is named but"
                                : fmt::format("{} keys are named but", count),
                     list, text::printable(first)),
         origin});
  }

  std::string short_name(const IisNode& node) const {
    return config_.store == Store::kAppHost
               ? node.path
               : node.path.substr(std::string_view("/LM/").size());
  }

  const facts::IisConfig& config_;
  const Inheritance tree_;
  const std::vector<IisNode>& nodes_;
  const facts::Machine& machine_;
  std::vector<const knowledge::IisRules*> possible_;
  std::unordered_map<std::string, const facts::IisPool*> pools_;
  // Pools by identity that stand in the result.
  std::set<std::pair<std::size_t, std::string>> pools_told_;
  Resolved result_;
};

}  // namespace

Resolved resolve(facts::IisConfig config, const facts::Machine& machine) {
  std::vector<IisNode> nodes = std::move(config.nodes);
  return Resolver(config, std::move(nodes), machine).run();
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
