#include "facts/account.hpp"

#include <algorithm>

namespace iisdiag::facts {

AccountName AccountName::parse(std::string_view text) {
  AccountName result;
  if (const auto slash = text.find('\\'); slash != std::string_view::npos) {
    result.domain = text.substr(0, slash);
    result.name = text.substr(slash + 1);
    return result;
  }
  if (const auto at = text.rfind('@');
      at != std::string_view::npos && at > 0 && at + 1 < text.size()) {
    result.domain = text.substr(at + 1);
    result.name = text.substr(0, at);
    result.is_upn = true;
    return result;
  }
  result.name = text;
  return result;
}

bool LogonHours::permits(ClockSeconds clock) const {
  if (all) {
    return true;
  }
  const int today = day_of_week(clock);
  const auto minute = static_cast<int>(((clock % kDay) + kDay) % kDay / 60);
  return std::any_of(spans.begin(), spans.end(), [&](const HoursSpan& span) {
    const bool day_fits =
        span.first_day <= span.last_day
            ? today >= span.first_day && today <= span.last_day
            : today >= span.first_day || today <= span.last_day;
    return day_fits && minute >= span.from_minute && minute < span.until_minute;
  });
}

}  // namespace iisdiag::facts
