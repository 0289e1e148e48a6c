#include "evidence/auth_flags.hpp"

#include <algorithm>

#include "text/strings.hpp"

namespace iisdiag::evidence {

using facts::Observed;

std::optional<std::int64_t> metabase_number(std::string_view value) {
  return text::istarts_with(value, "0x") ? text::to_integer(value.substr(2), 16)
                                         : text::to_integer(value);
}

std::optional<AuthFlags> parse_auth_flags(std::string_view value) {
  struct Flag {
    std::string_view name;
    std::int64_t bit;
  };
  constexpr std::int64_t kAnonymous = 1;
  constexpr std::int64_t kBasic = 2;
  constexpr std::array kFlags = {Flag{"AuthAnonymous", kAnonymous},
                                 Flag{"AuthBasic", kBasic}, Flag{"AuthNTLM", 4},
                                 Flag{"AuthMD5", 16}, Flag{"AuthPassport", 64}};
  std::int64_t bits = 0;
  if (const auto number = metabase_number(value)) {
    bits = *number;
  } else {
    for (const std::string_view part : text::split(value, '|')) {
      const auto* const flag = std::find_if(
          kFlags.begin(), kFlags.end(), [&](const Flag& candidate) {
            return text::iequals(candidate.name, text::trim(part));
          });
      if (flag == kFlags.end()) {
        return std::nullopt;
      }
      bits |= flag->bit;
    }
  }
  // A bit that nobody documents is another scheme as well.
  return AuthFlags{(bits & kAnonymous) != 0, (bits & kBasic) != 0,
                   (bits & ~kAnonymous) != 0};
}

void AuthViews::set(View view, std::string_view value,
                    const facts::Origin& origin) {
  const auto flag = text::to_bool(value);
  if (!origin_ || (flag == true && view != kAnonymous)) {
    origin_ = origin;
  }
  views_.at(view) = flag;
}

Observed<bool> AuthViews::not_told() const {
  return Observed<bool>::unknown("not all of AuthFlags was printed", {},
                                 origin_);
}

Observed<bool> AuthViews::basic() const {
  const auto& basic = views_.at(kBasic);
  return basic ? Observed<bool>(*basic, origin_) : not_told();
}

Observed<bool> AuthViews::other(bool is_all) const {
  const auto* others_end = views_.begin() + kAnonymous;
  if (std::find(views_.begin(), others_end, true) != others_end) {
    return {true, origin_};
  }
  const bool is_off = views_.at(kBasic) && views_.at(kNtlm);
  return is_all && is_off ? Observed<bool>(false, origin_) : not_told();
}

}  // namespace iisdiag::evidence
