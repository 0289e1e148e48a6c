// What is in force at the nodes of one configuration, defaults included.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>

#include "evidence/inheritance.hpp"
#include "facts/iis.hpp"

namespace iisdiag::evidence {

class Lookup {
 public:
  // Both must outlive this.
  Lookup(const facts::IisConfig& config, const Inheritance& tree)
      : config_(config), tree_(tree) {}

  // The value of the nearest level that sets it; the default only where the
  // levels above are known not to set it. `what` names the setting in words.
  template <class T>
  facts::InForce<T> in_force(std::size_t i, Which which,
                             facts::Setting<T> facts::IisNode::*setting,
                             const std::optional<T>& default_value,
                             std::string_view what) const {
    using facts::Observed;
    facts::InForce<T> result;
    const NodeIndex from = tree_.in_force(i, which);
    // A location behind the damage may set it for this very node.
    const bool may_be_overridden = !config_.whole &&
                                   config_.store == facts::Store::kAppHost &&
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
    const facts::IisNode& at = tree_.nodes()[i];
    const facts::IisNode* service = tree_.service_node(at);
    // In a damaged XML configuration a setting may have stood behind the cut;
    // a metabase key that was listed was listed as a whole.
    const bool known_unset =
        config_.whole ||
        (config_.store != facts::Store::kAppHost && service != nullptr &&
         (service->*setting).value.is_absent());
    if (!known_unset) {
      result.value =
          Observed<T>::unknown(fmt::format("{} was not read", what), show(at));
      return result;
    }
    result.is_default = true;
    const facts::Origin origin =
        service != nullptr ? service->origin : config_.origin;
    result.value = default_value ? Observed<T>(*default_value, origin)
                                 : Observed<T>::absent(origin);
    return result;
  }

  facts::InForce<bool> anonymous(std::size_t i) const;

 private:
  // The command that shows the service's node.
  std::string show(const facts::IisNode& of) const;

  const facts::IisConfig& config_;
  const Inheritance& tree_;
};

}  // namespace iisdiag::evidence
