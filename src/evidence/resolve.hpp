// Inheritance: from what nodes store to what is in force at them.
#pragma once

#include <vector>

#include "facts/server.hpp"

namespace iisdiag::evidence {

struct Resolved {
  // In configuration order, and numbered from 1.
  std::vector<facts::Identity> identities;
  std::vector<facts::SitePlace> places;
  std::vector<facts::Note> notes;
  // Every node of the configuration was shown to have anonymous access off.
  bool anonymous_off_everywhere = false;
};

// The identities of one configuration, as PRODUCT.md defines them. A value
// counts at its node and, where it inherits, below it down to the next node
// that sets it; the schema's default comes last, and only where the levels
// above are known not to set it.
Resolved resolve(facts::IisConfig config, const facts::Machine& machine);

// True where `path` is `ancestor` or below it, by whole segments.
bool is_below(std::string_view path, std::string_view ancestor);

}  // namespace iisdiag::evidence
