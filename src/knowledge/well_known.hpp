// Accounts and groups whose SIDs are the same everywhere
// (win32: SecAuthZ/well-known-sids.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "facts/sid.hpp"

namespace iisdiag::knowledge {

inline constexpr std::string_view kEveryone = "S-1-1-0";
inline constexpr std::string_view kLocal = "S-1-2-0";
inline constexpr std::string_view kNetwork = "S-1-5-2";
inline constexpr std::string_view kBatch = "S-1-5-3";
inline constexpr std::string_view kInteractive = "S-1-5-4";
inline constexpr std::string_view kAuthenticatedUsers = "S-1-5-11";
inline constexpr std::string_view kThisOrganization = "S-1-5-15";
inline constexpr std::string_view kIusr = "S-1-5-17";
inline constexpr std::string_view kLocalAccount = "S-1-5-113";
inline constexpr std::string_view kLocalAccountAdmin = "S-1-5-114";
inline constexpr std::string_view kAdministrators = "S-1-5-32-544";
inline constexpr std::string_view kUsers = "S-1-5-32-545";
inline constexpr std::string_view kGuests = "S-1-5-32-546";

inline constexpr std::uint32_t kGuestRid = 501;

// What setup of IIS puts before the computer's name, for its own account
// (Q142868).
inline constexpr std::string_view kSetupPrefix = "IUSR_";
// `name` without a domain part.
bool is_setup_name(std::string_view name);

// The SID that a name has everywhere: "Everyone", "Guests", "BUILTIN\Guests",
// "NT AUTHORITY\NETWORK". Nothing for other names; the domain part must fit.
std::optional<facts::Sid> sid_of_name(std::string_view name);

// "BUILTIN\Guests"; for a SID without a name of its own, its text.
std::string name_of_sid(const facts::Sid& sid);

// The name alone: "Guests"; empty where the SID has none.
std::string_view bare_name_of_sid(const facts::Sid& sid);

// A local group of every machine (S-1-5-32-...).
bool is_builtin_group(const facts::Sid& sid);

}  // namespace iisdiag::knowledge
