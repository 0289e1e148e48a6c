// AuthFlags of the metabase, and the views of its bits that adsutil prints
// (FACTS.md B.1).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "facts/observed.hpp"

namespace iisdiag::evidence {

// Decimal, or hexadecimal after `0x`, as adsutil.vbs prints both.
std::optional<std::int64_t> metabase_number(std::string_view value);

struct AuthFlags {
  bool anonymous = false;
  bool basic = false;
  bool other = false;  // anything but anonymous
};

// A number, or names joined with ` | ` (FORMATS.md 3.1); nothing where it
// cannot be read.
std::optional<AuthFlags> parse_auth_flags(std::string_view value);

// AuthBasic and its like where AuthFlags itself is not printed.
class AuthViews {
 public:
  enum View : std::size_t { kBasic, kNtlm, kMd5, kPassport, kAnonymous };

  void set(View view, std::string_view value, const facts::Origin& origin);
  bool is_empty() const { return !origin_; }

  // Unknown with a reason where they do not tell: something is set here.
  facts::Observed<bool> basic() const;
  // `is_all`: what was not printed is not there. IIS 4 has no digest, and IIS
  // 5 no Passport.
  facts::Observed<bool> other(bool is_all) const;

 private:
  facts::Observed<bool> not_told() const;

  std::array<std::optional<bool>, 5> views_;
  facts::Origin origin_;  // of the last one, or of one that is on
};

}  // namespace iisdiag::evidence
