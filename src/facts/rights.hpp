// User-rights assignment as policy files and exports list it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/observed.hpp"
#include "facts/sid.hpp"

namespace iisdiag::facts {

// The logon rights that decide whether an anonymous logon is allowed.
enum class LogonRight : std::uint8_t {
  kInteractive,
  kNetwork,
  kBatch,
  kDenyInteractive,
  kDenyNetwork,
  kDenyBatch,
};
inline constexpr std::size_t kLogonRights = 6;

// "SeInteractiveLogonRight" and so on (win32: account rights constants).
std::string_view constant_name(LogonRight right);
// The Deny right of a grant, itself for a Deny right.
LogonRight deny_of(LogonRight grant);
// By constant name, either case.
std::optional<LogonRight> logon_right(std::string_view constant_name);

// One entry of a rights list: a SID, or a name that nobody translated.
struct Principal {
  std::optional<Sid> sid;
  std::string name;  // as written; empty where a SID was written

  std::string text() const { return sid ? sid->text() : name; }

  bool operator==(const Principal&) const = default;
};

// What one file says. value: the list (empty: defined for nobody); absent: a
// complete list does not name the right, so nobody holds it; unknown: this
// file does not speak of the right.
struct RightsList {
  Origin origin;
  // A policy that defines rights (GptTmpl.inf), not a list of what is in force.
  bool is_policy = false;
  // What a policy report (gpresult /x) calls the winner for these rights: it
  // beats other policies. Only with is_policy.
  bool is_winner = false;
  // Of the policy: `{31B2F340-016D-11D2-945F-00C04FB984F9}` in upper case, and
  // the name that administrators know it by. Empty where nothing tells.
  std::string policy_id;
  std::string policy_name;
  // The rights whose lists may hold more than was read: what is there counts,
  // what is not there proves nothing.
  std::array<bool, kLogonRights> cut{};
  std::array<Observed<std::vector<Principal>>, kLogonRights> rights;

  const Observed<std::vector<Principal>>& holders(LogonRight right) const {
    return rights.at(static_cast<std::size_t>(right));
  }
  bool is_cut(LogonRight right) const {
    return cut.at(static_cast<std::size_t>(right));
  }
  void mark_cut(LogonRight right) {
    cut.at(static_cast<std::size_t>(right)) = true;
  }
  Observed<std::vector<Principal>>& holders(LogonRight right) {
    return rights.at(static_cast<std::size_t>(right));
  }

  bool operator==(const RightsList&) const = default;
};

}  // namespace iisdiag::facts
