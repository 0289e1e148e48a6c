// Security identifiers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iisdiag::facts {

// A security identifier of revision 1: an authority below 2^48 and at most 15
// sub-authorities ([MS-DTYP] 2.4.2).
struct Sid {
  std::uint64_t authority = 0;
  std::vector<std::uint32_t> sub_authorities;

  // Reads `S-1-...` (either case, decimal, authority also 0x hexadecimal);
  // nothing where it is malformed, overlong or out of range.
  static std::optional<Sid> parse(std::string_view text);
  std::string text() const;

  // Below S-1-5-21: an account or group of a machine or a domain.
  bool is_account() const;
  // The last sub-authority; 0 where there is none.
  std::uint32_t rid() const;

  // clang-tidy 14 takes the 0 that the compiler compares with for a pointer.
  // NOLINTNEXTLINE(modernize-use-nullptr)
  auto operator<=>(const Sid&) const = default;
};

}  // namespace iisdiag::facts
