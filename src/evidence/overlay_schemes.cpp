// Schemes other than anonymous that web.config files turn on or off.
#include <fmt/format.h>

#include <unordered_map>

#include "evidence/overlay_parts.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::IisNode;
using facts::Observed;
using facts::Service;
using facts::Setting;

// Of a configuration that was not read whole, what no level sets is unknown
// already.
bool changes(const SchemeChange& change, const std::string& path,
             Setting<bool> IisNode::*setting, NodeTable& nodes) {
  const IisNode* from = nodes.in_force(Service::kWeb, path, setting);
  return from != nullptr ? !(from->*setting).value.is(change.is_on)
                         : nodes.config().whole && change.is_on;
}

void leave_open(const SchemeChange& change, IisNode& node) {
  const auto unknown = Observed<bool>::unknown(
      "a web.config may set it: whether it is allowed to was not looked at", {},
      change.origin);
  node.other_scheme.value = unknown;
  if (change.is_basic) {
    node.basic_scheme.value = unknown;
  }
}

}  // namespace

void apply_schemes(const std::vector<PlacedChange>& changes_placed,
                   NodeTable& nodes) {
  std::unordered_map<std::string, const SchemeChange*> open;
  for (const auto& [change, path] : changes_placed) {
    const bool is_news =
        changes(*change, path, &IisNode::other_scheme, nodes) ||
        (change->is_basic &&
         changes(*change, path, &IisNode::basic_scheme, nodes));
    if (!is_news) {
      continue;
    }
    if (nodes.find(Service::kWeb, path) == nullptr) {
      nodes.add(unset_node(Service::kWeb, path, change->origin));
    }
    leave_open(*change, *nodes.find(Service::kWeb, path));
    open.emplace(text::fold_case(path), change);
  }
  if (open.empty()) {
    return;
  }
  // Further down applicationHost.config may set one scheme, and what is in
  // force of the others was taken from that file alone.
  for (IisNode& node : nodes.config().nodes) {
    if (node.service != Service::kWeb || node.other_scheme.value.is_absent()) {
      continue;
    }
    const std::string folded = text::fold_case(node.path);
    for (auto up = NodeTable::above(folded); up; up = NodeTable::above(*up)) {
      const auto found = open.find(std::string(*up));
      if (found != open.end()) {
        leave_open(*found->second, node);
        break;
      }
    }
  }
}

}  // namespace iisdiag::evidence
