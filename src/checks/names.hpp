// Names and SIDs as the evidence of one server ties them together.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/server.hpp"
#include "knowledge/versions.hpp"

namespace iisdiag::checks {

class Names {
 public:
  // `server` must outlive this.
  explicit Names(const facts::Server& server);

  // The SID of a built-in group or a well-known identity: by its English name,
  // by its name in a language that Windows wrote evidence in, or as the
  // evidence itself names the SID. Nothing for any other name.
  std::optional<facts::Sid> sid_of(std::string_view name) const;

  // No evidence tells the language, and in some language the name is that of
  // a built-in group.
  bool may_be_built_in(std::string_view name) const;

  // The name that the evidence gives for a SID; null where nothing names it.
  const std::string* named(const facts::Sid& sid) const;

  // For reports: "BUILTIN\Guests", "CORP\Web Admins", else the SID.
  std::string text_of(const facts::Sid& sid) const;

  // What this server calls a built-in group, as `net localgroup` takes it.
  std::string local_name_of(const facts::Sid& sid) const;

  // The built-in Guest account, as far as its name tells.
  knowledge::Tristate is_guest(std::string_view name) const;

 private:
  const facts::Server& server_;
  // What the evidence is written in, other than English.
  std::vector<std::string_view> languages_;
  bool is_told_ = false;  // a language, English or other
};

}  // namespace iisdiag::checks
