// The made-up server for which docs/findings shows the steps of a finding.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "knowledge/finding.hpp"

namespace iisdiag::tools {

struct Generation {
  const knowledge::IisRules* iis = nullptr;
  const knowledge::WindowsRules* windows = nullptr;
};

// One Windows with its IIS for each set of tools, oldest first.
std::vector<Generation> generations();

// What mends the finding on this generation; nothing where the finding does
// not go with this state of password sync, or IIS knows no such thing and
// `sync` is on.
std::optional<knowledge::Remedy> remedy_of(const knowledge::FindingInfo& info,
                                           const Generation& generation,
                                           bool sync);

// "a made-up server WEB01, ...": what has been assumed, as part of a sentence.
std::string about_server(const knowledge::FindingInfo& info);

}  // namespace iisdiag::tools
