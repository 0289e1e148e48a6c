// What a name belongs to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/account.hpp"
#include "win32/api.hpp"

namespace iisdiag::win32 {

struct NameAnswer {
  std::optional<facts::NameLookup> lookup;
  std::vector<BYTE> raw_sid;  // of the lookup
  std::string account;        // its own name, where `asked` was a UPN
  std::uint32_t code = 0;     // a Win32 error where there is no lookup
};

// LookupAccountNameW on this machine, which asks its domain where it must.
// `asked` has a domain in front or behind an @: a bare name could be found
// elsewhere than where it is meant.
NameAnswer look_up(const Api& api, const std::string& asked);

// The name of a SID, `DOMAIN\name`; nothing where there is none.
std::optional<facts::NamedSid> name_of(const Api& api, const facts::Sid& sid);

}  // namespace iisdiag::win32
