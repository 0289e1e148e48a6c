#include "evidence/net_hours.hpp"

#include <fmt/format.h>

#include <optional>

#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::Observed;

// "8:00 AM", "8 AM", "20:00"; minutes of the day.
std::optional<int> minute_of_day(std::string_view text) {
  text = text::trim(text);
  const auto digits = text.find_first_not_of("0123456789");
  auto hour = text::to_integer(text.substr(0, digits));
  if (!hour || *hour > 24) {
    return std::nullopt;
  }
  std::string_view rest =
      digits == std::string_view::npos ? "" : text.substr(digits);
  std::int64_t minute = 0;
  if (text::consume(rest, ":")) {
    const auto value = text::to_integer(rest.substr(0, 2));
    if (rest.size() < 2 || !value || *value > 59) {
      return std::nullopt;
    }
    minute = *value;
    rest.remove_prefix(2);
  }
  rest = text::trim(rest);
  if (text::istarts_with(rest, "a") || text::istarts_with(rest, "p")) {
    *hour = *hour % 12 + (text::istarts_with(rest, "p") ? 12 : 0);
  } else if (!rest.empty()) {
    return std::nullopt;  // `??` may be either half of the day
  }
  return static_cast<int>(*hour * 60 + minute);
}

std::optional<int> weekday(std::string_view text, const NetWords& words) {
  for (const NetWords* in : {&words, &english_words()}) {
    for (std::size_t day = 0; day < in->days.size(); ++day) {
      if (is_word(text, in->days.at(day))) {
        return static_cast<int>(day);
      }
    }
  }
  return std::nullopt;
}

// "Monday", "Monday - Friday", "segunda-feira - sexta-feira".
bool read_days(std::string_view text, const NetWords& words,
               facts::HoursSpan& span) {
  std::vector<int> days;
  for (const std::string_view part : text::split(text, '-')) {
    const std::string_view word = text::trim(part);
    if (is_word(word, "feira")) {
      continue;  // the second half of a Portuguese day
    }
    const auto day = weekday(word, words);
    if (!day) {
      return false;
    }
    days.push_back(*day);
  }
  if (days.empty() || days.size() > 2) {
    return false;
  }
  span.first_day = days.front();
  span.last_day = days.back();
  return true;
}

// "Monday 8:00 AM - 5:00 PM", "Monday - Friday 8:00 AM - 5:00 PM".
std::optional<facts::HoursSpan> hours_span(std::string_view text,
                                           const NetWords& words) {
  const auto digit = text.find_first_of("0123456789");
  if (digit == std::string_view::npos) {
    return std::nullopt;
  }
  facts::HoursSpan span;
  if (!read_days(text::trim(text.substr(0, digit)), words, span)) {
    return std::nullopt;
  }
  const std::string_view hours = text.substr(digit);
  const auto dash = hours.find('-');
  if (dash == std::string_view::npos) {
    return std::nullopt;
  }
  const auto from = minute_of_day(hours.substr(0, dash));
  const auto until = minute_of_day(hours.substr(dash + 1));
  if (!from || !until) {
    return std::nullopt;
  }
  span.from_minute = *from;
  span.until_minute = *until == 0 ? 24 * 60 : *until;
  return span;
}

}  // namespace

Observed<facts::LogonHours> net_logon_hours(
    const std::vector<std::string_view>& values, const NetWords& words,
    const facts::Origin& origin) {
  facts::LogonHours hours;
  for (const std::string_view value : values) {
    if (value.empty()) {
      continue;
    }
    hours.text += hours.text.empty() ? "" : ", ";
    hours.text += value;
    if (is_word(value, words.all) || is_word(value, english_words().all)) {
      hours.all = true;
    } else if (const auto span = hours_span(value, words)) {
      hours.spans.push_back(*span);
    } else if (!is_word(value, english_words().none)) {
      return Observed<facts::LogonHours>::unknown(
          fmt::format("the permitted hours \"{}\" cannot be read",
                      text::printable(value)),
          {}, origin);
    }
  }
  if (hours.text.empty()) {
    return Observed<facts::LogonHours>::unknown(
        "the permitted hours are not shown", {}, origin);
  }
  return {std::move(hours), origin};
}

}  // namespace iisdiag::evidence
