#include "evidence/inheritance.hpp"

#include <algorithm>

#include "text/sort.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::IisNode;
using facts::Service;
using facts::Setting;
using facts::Store;

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
  return {
      one(node.account),      one(node.password),     one(node.password_sync),
      one(node.logon_method), one(node.anonymous),    one(node.logon_domain),
      one(node.pool),         one(node.other_scheme), one(node.basic_scheme)};
}

}  // namespace

Inheritance::Inheritance(const facts::IisConfig& config,
                         std::vector<IisNode> nodes)
    : config_(config), nodes_(std::move(nodes)) {
  add_roots();
  index();
  inherit();
  serve_services();
}

// Every site has a root, named or not.
void Inheritance::add_roots() {
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

bool Inheritance::is_service_node(const IisNode& node) const {
  return config_.store == Store::kAppHost
             ? node.path == "MACHINE/WEBROOT/APPHOST"
             : std::count(node.path.begin(), node.path.end(), '/') == 2;
}

// A node's place in the tree of its service: the service's own node has the
// empty key, so that it is everybody's last ancestor.
std::string Inheritance::key(const IisNode& node) const {
  return std::string(service_name(node.service)) + "|" +
         (is_service_node(node) ? std::string{} : text::fold_case(node.path));
}

void Inheritance::index() {
  by_key_.reserve(nodes_.size());
  keys_.reserve(nodes_.size());
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    keys_.push_back(key(nodes_[i]));
    by_key_.emplace(keys_.back(), static_cast<NodeIndex>(i));
  }
  parents_.assign(nodes_.size(), kNobody);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    parents_[i] = find_parent(keys_[i]);
  }
}

NodeIndex Inheritance::find_parent(std::string_view own) const {
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
void Inheritance::inherit() {
  const std::vector<std::size_t> order =
      text::stable_order(nodes_.size(), [&](std::size_t one, std::size_t two) {
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
        in_force_[i].at(s) = static_cast<NodeIndex>(i);
        if (own.at(s).inherits) {
          handed_down_[i].at(s) = static_cast<NodeIndex>(i);
        }
      }
    }
  }
}

// Where no site is shown the service's own node stands for its sites.
void Inheritance::serve_services() {
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

const IisNode* Inheritance::service_node(const IisNode& of) const {
  const auto found = by_key_.find(std::string(service_name(of.service)) + "|");
  return found == by_key_.end() ? nullptr : &node(found->second);
}

// Both are ancestors of one node, so the longer key is the deeper one.
bool Inheritance::is_deeper(NodeIndex one, NodeIndex two) const {
  if (two == kNobody) {
    return true;
  }
  return one != kNobody && keys_[static_cast<std::size_t>(one)].size() >
                               keys_[static_cast<std::size_t>(two)].size();
}

NodeIndex Inheritance::in_force_above(NodeIndex index, Which which) const {
  const NodeIndex up =
      index == kNobody ? kNobody : parents_[static_cast<std::size_t>(index)];
  return up == kNobody ? kNobody
                       : handed_down_[static_cast<std::size_t>(up)].at(which);
}

bool Inheritance::repeats_parents_password(NodeIndex index) const {
  const NodeIndex above = in_force_above(index, kPassword);
  return above != kNobody && node(index).password_group != 0 &&
         node(index).password_group == node(above).password_group;
}

bool Inheritance::repeats_parents_account(NodeIndex index) const {
  const NodeIndex above = in_force_above(index, kAccount);
  const auto& own = node(index).account.value;
  return above != kNobody && own.has_value() &&
         node(above).account.value.has_value() &&
         text::same_name(*own, *node(above).account.value);
}

NodeIndex Inheritance::next_serving_above(std::size_t at) const {
  NodeIndex up = parents_[at];
  while (up != kNobody && !node(up).serves) {
    up = parents_[static_cast<std::size_t>(up)];
  }
  return up;
}

}  // namespace iisdiag::evidence
