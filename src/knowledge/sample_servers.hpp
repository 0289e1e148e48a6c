// The made-up server for which docs/findings and `iisdiag explain` show the
// steps of a finding.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/finding.hpp"

namespace iisdiag::knowledge {

struct Generation {
  const IisRules* iis = nullptr;
  const WindowsRules* windows = nullptr;
};

// One Windows with its IIS for each set of tools, oldest first.
std::vector<Generation> generations();

// What mends the finding on this generation; nothing where the finding does
// not go with this state of password sync, or IIS knows no such thing and
// `sync` is on.
std::optional<Remedy> remedy_of(const FindingInfo& info,
                                const Generation& generation, bool sync,
                                facts::Role role = facts::Role::kMember);

// The articles that its remedies name, each once; those for a new version
// last. `info.remedy` is not null.
std::vector<std::string_view> articles_of(const FindingInfo& info);

// "a made-up server WEB01, ...": what has been assumed, as part of a sentence.
std::string about_server(const FindingInfo& info);

}  // namespace iisdiag::knowledge
