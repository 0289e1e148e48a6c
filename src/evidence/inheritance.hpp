// The nodes of one configuration as a tree, and which of them decides what is
// in force at which.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "facts/iis.hpp"

namespace iisdiag::evidence {

// An index into Inheritance::nodes(), or kNobody.
using NodeIndex = std::int32_t;
inline constexpr NodeIndex kNobody = -1;

// The settings that are inherited one by one.
enum Which : std::size_t {
  kAccount,
  kPassword,
  kSync,
  kMethod,
  kAnonymous,
  kDomain,
  kPool,
  kOtherScheme,
  kBasicScheme,
  kSettings,
};

// All indexes have to be valid; time and memory grow linearly with the nodes.
class Inheritance {
 public:
  // `nodes` are those of `config`, which must outlive this. Web sites without a
  // root get one, and where no site is shown the service's own node stands for
  // its sites.
  Inheritance(const facts::IisConfig& config,
              std::vector<facts::IisNode> nodes);

  const std::vector<facts::IisNode>& nodes() const { return nodes_; }
  const facts::IisNode& node(NodeIndex index) const {
    return nodes_[static_cast<std::size_t>(index)];
  }

  // The node whose setting is in force at a node; kNobody where no level sets
  // it, be it known or not.
  NodeIndex in_force(std::size_t at, Which which) const {
    return in_force_[at].at(which);
  }

  // The service's own node, through which the defaults are known; or nothing.
  const facts::IisNode* service_node(const facts::IisNode& of) const;
  bool is_service_node(const facts::IisNode& node) const;

  // The next node above where a request can end; or kNobody.
  NodeIndex next_serving_above(std::size_t at) const;

  // Of two nodes that lie on one path. Everything is deeper than kNobody.
  bool is_deeper(NodeIndex one, NodeIndex two) const;

  // The account that this node stores is the one it would inherit anyway.
  bool repeats_parents_account(NodeIndex index) const;
  // Likewise the password; false where passwords were not compared.
  bool repeats_parents_password(NodeIndex index) const;

 private:
  using Row = std::array<NodeIndex, kSettings>;

  NodeIndex in_force_above(NodeIndex index, Which which) const;
  void add_roots();
  std::string key(const facts::IisNode& node) const;
  void index();
  NodeIndex find_parent(std::string_view own) const;
  void inherit();
  void serve_services();

  const facts::IisConfig& config_;
  std::vector<facts::IisNode> nodes_;
  std::vector<std::string> keys_;
  std::unordered_map<std::string, NodeIndex> by_key_;
  std::vector<NodeIndex> parents_;
  // For each node and setting the node that stores what is in force there, and
  // what is in force below unless something there says otherwise.
  std::vector<Row> in_force_;
  std::vector<Row> handed_down_;
};

}  // namespace iisdiag::evidence
