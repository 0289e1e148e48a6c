#include "evidence/template_text.hpp"

#include <cstdint>

#include "evidence/limits.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {

TemplateStrings::TemplateStrings(const std::vector<Line>& lines) {
  enum class Section : std::uint8_t { kOther, kCommon, kLanguage };
  Section section = Section::kOther;
  for (const Line& line : lines) {
    const std::string_view content = text::trim(line.text);
    if (content.empty() || content.front() == ';' ||
        content.size() > kMaxLine) {
      continue;
    }
    if (content.front() == '[') {
      section = text::iequals(content, "[Strings]")        ? Section::kCommon
                : text::istarts_with(content, "[Strings.") ? Section::kLanguage
                                                           : Section::kOther;
      continue;
    }
    const auto equals = content.find('=');
    if (section == Section::kOther || equals == std::string_view::npos ||
        !line.ended) {
      continue;
    }
    std::string_view value = text::trim(content.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    Values& values = section == Section::kCommon ? common_ : by_language_;
    const auto [place, is_new] =
        values.emplace(text::to_lower(text::trim(content.substr(0, equals))),
                       std::string(value));
    if (!is_new && place->second != value) {
      place->second = std::nullopt;
    }
  }
}

std::string TemplateStrings::resolved(std::string_view item) const {
  if (item.size() > 2 && item.front() == '%' && item.back() == '%') {
    const std::string name = text::to_lower(item.substr(1, item.size() - 2));
    for (const Values* values : {&common_, &by_language_}) {
      const auto value = values->find(name);
      if (value != values->end()) {
        return value->second.value_or(std::string(item));
      }
    }
  }
  return std::string(item);
}

void read_account_policy(std::string_view key, std::string_view value,
                         const facts::Origin& origin,
                         facts::AccountPolicy& policy) {
  using facts::Observed;
  const auto number = text::to_integer(value);
  if (!number || *number < -1 || *number > UINT32_MAX) {
    return;
  }
  // -1 and, in the dialogs, 0 stand for "never".
  const auto or_never = [&] {
    return *number <= 0 ? Observed<std::uint32_t>::absent(origin)
                        : Observed<std::uint32_t>(
                              static_cast<std::uint32_t>(*number), origin);
  };
  if (text::iequals(key, "LockoutDuration")) {
    policy.lockout_minutes = or_never();
  } else if (text::iequals(key, "MaximumPasswordAge")) {
    policy.max_password_age_days = or_never();
  } else if (*number < 0) {
    return;
  } else if (text::iequals(key, "LockoutBadCount")) {
    policy.lockout_threshold = {static_cast<std::uint32_t>(*number), origin};
  } else if (text::iequals(key, "ResetLockoutCount")) {
    policy.lockout_window_minutes = {static_cast<std::uint32_t>(*number),
                                     origin};
  }
}

}  // namespace iisdiag::evidence
