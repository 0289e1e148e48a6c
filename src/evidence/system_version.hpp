// Versions of Windows as its commands print them (FORMATS.md 8.9).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "facts/server.hpp"

namespace iisdiag::evidence {

struct SystemVersion {
  std::string number;  // "5.0", as knowledge/versions has it
  int build = 0;       // 0: not said
  std::optional<int> service_pack;

  bool operator==(const SystemVersion&) const = default;
};

// `10.0.17763 N/A Build 17763`, `5.2.3790 Service Pack 2 Build 3790`: the word
// before the build is localised. Nothing for any other text.
std::optional<SystemVersion> systeminfo_version(std::string_view value);

// `Microsoft Windows [Version 10.0.17763.1]`, `Windows NT Version 4.0`; the
// word before the number is localised. Nothing for any other line.
std::optional<SystemVersion> ver_version(std::string_view line);

// Number and build as facts of the machine; a build that was not said stays
// what it was.
void set_windows_version(const SystemVersion& version,
                         const facts::Origin& origin, facts::Machine& machine);

}  // namespace iisdiag::evidence
