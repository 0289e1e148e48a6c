#include "evidence/net_text.hpp"

#include <algorithm>
#include <array>

#include "evidence/net_words.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::size_t kDashes = 79;

struct DateParts {
  std::array<int, 3> parts{};
  char separator = 0;
  std::optional<facts::TimeRange> time_of_day;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<int> take_number(std::string_view& rest) {
  std::size_t digits = 0;
  while (digits < rest.size() && digits < 4 && is_digit(rest[digits])) {
    ++digits;
  }
  const auto number = text::to_integer(rest.substr(0, digits));
  rest.remove_prefix(digits);
  return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

// "9:01 AM", "09:01:30", "21:01"; nothing where it is no time of day. What
// stands for AM or PM can be lost (`??`, FORMATS.md 8.1): then both are meant.
std::optional<facts::TimeRange> time_of_day(std::string_view text) {
  text = text::trim(text);
  std::array<int, 3> parts{};
  std::size_t count = 0;
  while (count < parts.size()) {
    const auto number = take_number(text);
    if (!number) {
      return std::nullopt;
    }
    parts.at(count++) = *number;
    if (!text::consume(text, ":")) {
      break;
    }
  }
  text = text::trim(text);
  if (count < 2 || parts[0] > 23 || parts[1] > 59 || parts[2] > 59) {
    return std::nullopt;
  }
  const bool is_noon = text::istarts_with(text, "p");
  const bool is_open = !text.empty() && !is_noon &&
                       !text::istarts_with(text, "a") && parts[0] <= 12;
  if (is_noon || is_open || text::istarts_with(text, "a")) {
    parts[0] = parts[0] % 12 + (is_noon ? 12 : 0);
  }
  const facts::ClockSeconds time =
      parts[0] * facts::kHour + parts[1] * facts::kMinute + parts[2];
  return facts::TimeRange{time, time + (is_open ? facts::kDay / 2 : 0)};
}

// The sentence is the last line, or at least ends as one: no name ends with a
// full stop, so that a member which is named like it ends no list.
bool ends_list(std::vector<Line>::const_iterator line,
               std::vector<Line>::const_iterator end) {
  const std::string_view content = text::trim(line->text);
  return content.ends_with('.') || content.ends_with("\u3002") ||
         std::all_of(line + 1, end, [](const Line& other) {
           return text::trim(other.text).empty();
         });
}

std::optional<DateParts> date_parts(std::string_view text) {
  text = text::trim(text);
  DateParts result;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto number = take_number(text);
    if (!number) {
      return std::nullopt;
    }
    result.parts.at(i) = *number;
    if (i == 2) {
      break;
    }
    if (text.empty() ||
        std::string_view("/.-").find(text.front()) == std::string_view::npos) {
      return std::nullopt;
    }
    result.separator = text.front();
    text.remove_prefix(1);
  }
  result.time_of_day = time_of_day(text);
  return result;
}

std::optional<facts::ClockSeconds> start_of_day(int year, int month, int day) {
  // Two digits are how NT 4 wrote years.
  if (year < 100) {
    year += year < 70 ? 2000 : 1900;
  }
  const auto days = facts::days_from_date(year, month, day);
  return days ? std::optional(*days * facts::kDay) : std::nullopt;
}

}  // namespace

bool is_dashes(std::string_view line) {
  const std::string_view trimmed = text::trim_right(line);
  return trimmed.size() >= kDashes &&
         trimmed.find_first_not_of('-') == std::string_view::npos;
}

std::optional<NetList> net_list(const std::vector<Line>& lines) {
  const auto dashes =
      std::find_if(lines.begin(), lines.end(),
                   [](const Line& line) { return is_dashes(line.text); });
  if (dashes == lines.end()) {
    return std::nullopt;
  }
  NetList list;
  for (auto line = dashes + 1; line != lines.end(); ++line) {
    if (is_completion(line->text) && ends_list(line, lines.end())) {
      list.complete = true;
      list.language = completion_language(line->text);
      break;
    }
    if (!text::trim(line->text).empty()) {
      list.rows.push_back(*line);
    }
  }
  return list;
}

bool asked_a_domain(const Document& document) {
  if (text::icontains(document.command(), "/domain")) {
    return true;
  }
  constexpr std::size_t kHeading = 2048;
  constexpr std::size_t kLines = 5;
  std::size_t filled = 0;
  for (const Line& line : split_lines(document.text().substr(0, kHeading))) {
    if (text::trim(line.text).empty()) {
      continue;
    }
    if (++filled > kLines || is_dashes(line.text) || net_label(line.text)) {
      break;
    }
    if (says_domain(line.text)) {
      return true;
    }
  }
  return false;
}

std::optional<std::string> name_in_command(std::string_view command,
                                           std::string_view verb) {
  // `net user "Internet Guest" /domain > file`
  const auto lower = text::to_lower(command);
  const auto at = lower.find(verb);
  if (at == std::string::npos || lower.find("net") > at) {
    return std::nullopt;
  }
  std::string_view rest = text::trim(command.substr(at + verb.size()));
  if (rest.starts_with('"')) {
    const auto end = rest.find('"', 1);
    if (end == std::string_view::npos) {
      return std::nullopt;  // a password may follow the name
    }
    return std::string(rest.substr(1, end - 1));
  }
  const std::string_view word = rest.substr(0, rest.find_first_of(" \t>"));
  if (word.empty() || word.front() == '/') {
    return std::nullopt;
  }
  return std::string(word);
}

void NetDateOrder::learn(std::string_view text) {
  const auto date = date_parts(text);
  if (!date || date->separator != '/') {
    return;
  }
  if (date->parts[0] > 12 && date->parts[0] <= 31) {
    order_ = Order::kDayFirst;
  } else if (date->parts[1] > 12 && date->parts[1] <= 31) {
    order_ = Order::kMonthFirst;
  }
}

std::optional<facts::TimeRange> NetDateOrder::read(
    std::string_view text) const {
  const auto date = date_parts(text);
  if (!date) {
    return std::nullopt;
  }
  const auto& [first, second, third] = date->parts;
  std::optional<facts::ClockSeconds> month_first;
  std::optional<facts::ClockSeconds> day_first;
  if (first > 31) {
    month_first = start_of_day(first, second, third);
  } else if (date->separator == '.') {
    day_first = start_of_day(third, second, first);
  } else {
    if (order_ != Order::kDayFirst) {
      month_first = start_of_day(third, first, second);
    }
    if (order_ != Order::kMonthFirst) {
      day_first = start_of_day(third, second, first);
    }
  }
  if (!month_first && !day_first) {
    return std::nullopt;
  }
  const facts::ClockSeconds one = month_first ? *month_first : *day_first;
  const facts::ClockSeconds other = day_first ? *day_first : *month_first;
  // Without a time of day the whole day is meant.
  const auto time =
      date->time_of_day.value_or(facts::TimeRange{0, facts::kDay - 1});
  return facts::TimeRange{std::min(one, other) + time.earliest,
                          std::max(one, other) + time.latest};
}

}  // namespace iisdiag::evidence
