// The nodes of one configuration where requests end.
#pragma once

#include <vector>

#include "evidence/in_force.hpp"

namespace iisdiag::evidence {

// In configuration order. `identity_of`: for each node the index of its
// identity, or kNobody. An FTP site and its root are one place. Time grows
// linearly with the nodes.
std::vector<facts::SitePlace> find_places(
    const facts::IisConfig& config, const Inheritance& tree,
    const std::vector<NodeIndex>& identity_of);

}  // namespace iisdiag::evidence
