#include "support/net_languages.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <optional>

#include "support/net_language_words.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::test {
namespace {

constexpr std::size_t kGroupCell = 22;

// The words that are translated.
const Words& english() { return words(Language::kEnglish); }

std::string padded(std::string_view text, std::size_t cells) {
  std::string result(text);
  const std::size_t width = text::display_width(text);
  result.append(width < cells ? cells - width : 0, ' ');
  return result;
}

// "5/16/2006 9:01:30 AM": the numbers, or nothing.
struct Moment {
  int first = 0;
  int second = 0;
  int year = 0;
  std::optional<int> hour;
  int minute = 0;
  std::optional<int> seconds;
};

std::optional<Moment> moment(const std::string& text) {
  Moment result;
  int length = 0;
  if (std::sscanf(text.c_str(), "%2d/%2d/%4d%n", &result.first, &result.second,
                  &result.year, &length) != 3) {
    return std::nullopt;
  }
  const std::string rest = text.substr(static_cast<std::size_t>(length));
  int hour = 0;
  int seconds = 0;
  char half = 0;
  if (std::sscanf(rest.c_str(), "%2d:%2d:%2d %c", &hour, &result.minute,
                  &seconds, &half) >= 3) {
    result.seconds = seconds;
  } else if (std::sscanf(rest.c_str(), "%2d:%2d %c", &hour, &result.minute,
                         &half) < 2) {
    return rest.empty() ? std::optional(result) : std::nullopt;
  }
  if (half != 0) {
    hour = hour % 12 + (half == 'P' ? 12 : 0);
  }
  result.hour = hour;
  return result;
}

std::string number(int value, std::size_t digits = 2) {
  std::string text = std::to_string(value);
  return std::string(text.size() < digits ? digits - text.size() : 0, '0') +
         text;
}

std::string clock(int hour, int minute) {
  return number(hour) + ":" + number(minute);
}

std::string date(const std::string& text, const Words& in) {
  const auto when = moment(text);
  if (!when || in.month_first) {
    return text;
  }
  const bool is_day_first = when->first > 12;
  const std::string day = number(is_day_first ? when->first : when->second);
  const std::string month = number(is_day_first ? when->second : when->first);
  const std::string year = number(when->year);
  std::string result = in.date == '=' ? year + "/" + month + "/" + day
                                      : day + in.date + month + in.date + year;
  if (when->hour) {
    result += " " + clock(*when->hour, when->minute);
  }
  if (when->seconds) {
    result += ":" + number(*when->seconds);
  }
  return result;
}

// "Monday - Friday 8:00 AM - 5:00 PM"
std::string hours(std::string_view text, const Words& in) {
  std::string result;
  for (const std::string_view word : text::split(text, ' ')) {
    if (word == "AM" || word == "PM") {
      const auto last = result.rfind(' ') + 1;
      int hour = 0;
      int minute = 0;
      if (!in.month_first &&
          std::sscanf(result.c_str() + last, "%2d:%2d", &hour, &minute) == 2) {
        result.resize(last);
        result += clock(hour % 12 + (word == "PM" ? 12 : 0), minute);
        continue;
      }
    }
    std::string_view put = word;
    for (std::size_t day = 0; day < 7; ++day) {
      put = word == english().days.at(day) ? in.days.at(day) : put;
    }
    result += (result.empty() ? "" : " ") + std::string(put);
  }
  return result;
}

std::string value(Row row, const std::string& shown, const Words& in) {
  if (shown == "Yes" && row != kName) {
    return std::string(in.yes);
  }
  if (shown == "No" && row != kName) {
    return std::string(in.no);
  }
  switch (row) {
    case kCountry:
      return std::string(shown == english().country ? in.country : shown);
    case kExpires:
    case kPasswordExpires:
      return shown == "Never" ? std::string(in.never) : date(shown, in);
    case kLastSet:
    case kChangeable:
    case kLastLogon:
      return shown == "Never" ? std::string(in.never_happened)
                              : date(shown, in);
    case kWorkstations:
      return std::string(shown == "All" ? in.all : shown);
    case kHours:
      return shown == "All" ? std::string(in.all) : hours(shown, in);
    default:
      return shown;
  }
}

std::string group(std::string_view name, const Words& in) {
  if (name == "None") {
    return std::string(in.none);
  }
  if (name == "Guests") {
    return std::string(in.guests);
  }
  if (name == "Users") {
    return std::string(in.users);
  }
  return std::string(name == "Administrators" ? in.administrators : name);
}

// Two to a line, as `net` prints them.
std::string groups(std::string_view label,
                   const std::vector<std::string>& names, const Words& in,
                   std::string_view line_end) {
  std::string result;
  std::string line = padded(label, in.column);
  std::size_t in_line = 0;
  for (const std::string& name : names) {
    if (in_line == 2) {
      result.append(line).append(line_end);
      line = std::string(in.column, ' ');
      in_line = 0;
    }
    line += padded("*" + std::string(text::prefix(group(name, in), 21)),
                   kGroupCell);
    ++in_line;
  }
  return result.append(line).append(line_end);
}

bool has_blank_before(std::size_t row) {
  return row == kLastSet || row == kWorkstations || row == kHours ||
         row == kLocalGroups;
}

// One line of a text, with its line end apart.
struct Piece {
  std::string_view line;
  std::string_view end;
};

Piece take_line(std::string_view& text) {
  const auto stop = text.find_first_of("\r\n");
  Piece piece{text.substr(0, stop), {}};
  text.remove_prefix(piece.line.size());
  const auto next = text.find_first_not_of("\r\n");
  auto length = std::min(next, text.size());
  // One line end only: blank lines count.
  if (const auto feed = text.find('\n'); feed < length) {
    length = feed + 1;
  } else if (length > 0) {
    length = 1;
  }
  piece.end = text.substr(0, length);
  text.remove_prefix(length);
  return piece;
}

class Translator {
 public:
  explicit Translator(const Words& in) : in_(in) {}

  std::string run(std::string_view text) {
    while (!text.empty()) {
      const Piece piece = take_line(text);
      end_ = piece.end;
      if (!takes_groups(piece.line)) {
        put_groups();
        put_line(piece.line);
      }
    }
    put_groups();
    return std::move(out_);
  }

 private:
  // Lines of groups are collected, for they are laid out anew.
  bool takes_groups(std::string_view line) {
    std::string_view rest = line;
    if (text::consume(rest, english().labels.back())) {
      put_groups();
      label_ = in_.labels.back();
    } else if (text::consume(rest, english().global_groups)) {
      put_groups();
      label_ = in_.global_groups;
    } else if (label_.empty() || !text::trim(line).starts_with("*")) {
      return false;
    }
    groups_end_ = end_;
    for (const std::string_view part : text::split(rest, '*')) {
      if (!text::trim(part).empty()) {
        names_.emplace_back(text::trim(part));
      }
    }
    return true;
  }

  void put_groups() {
    if (!label_.empty()) {
      out_ += groups(label_, names_, in_, groups_end_);
    }
    label_ = {};
    names_.clear();
  }

  void put(std::string_view text) { out_.append(text).append(end_); }

  void put_line(std::string_view line) {
    std::string_view rest = line;
    if (in_hours_ && rest.starts_with("          ")) {
      put(std::string(in_.column, ' ') + hours(text::trim(rest), in_));
      return;
    }
    in_hours_ = false;
    if (text::istarts_with(line, "The command completed")) {
      put(in_.end);
    } else if (text::consume(rest, english().at_domain)) {
      put(std::string(in_.at_domain) + std::string(rest));
    } else if (text::trim(line) == english().not_found) {
      put(in_.not_found);
    } else if (text::trim(line) == english().help) {
      put(in_.help);
    } else {
      put_field(line);
    }
  }

  void put_field(std::string_view line) {
    for (std::size_t row = 0; row < kLines; ++row) {
      std::string_view rest = line;
      if (text::consume(rest, english().labels.at(row)) &&
          (rest.empty() || rest.starts_with(' '))) {
        const std::string old(text::trim(rest));
        in_hours_ = row == kHours;
        put(padded(in_.labels.at(row), in_.column) +
            value(static_cast<Row>(row), old, in_));
        return;
      }
    }
    put(line);
  }

  const Words& in_;
  std::string out_;
  std::string_view end_;
  std::string_view label_;
  std::string_view groups_end_;
  std::vector<std::string> names_;
  bool in_hours_ = false;
};

}  // namespace

std::string_view language_name(Language language) {
  return words(language).name;
}

std::string net_user_text(const NetUser& user, Language language) {
  const Words& in = words(language);
  const std::array<std::string, kLines - 2> values = {
      user.name,
      "",
      user.comment,
      "",
      std::string(english().country),
      user.active,
      user.expires,
      user.password_last_set,
      user.password_expires,
      user.password_last_set,
      user.password_required,
      "No",
      user.workstations,
      "",
      "",
      "",
      user.last_logon,
  };
  std::string result;
  for (std::size_t row = 0; row < values.size(); ++row) {
    result += has_blank_before(row) ? "\n" : "";
    result += padded(in.labels.at(row), in.column) +
              value(static_cast<Row>(row), values.at(row), in) + "\n";
  }
  result += "\n";
  std::string_view label = in.labels.at(kHours);
  for (const std::string& line : user.hours) {
    result += padded(label, in.column) + value(kHours, line, in) + "\n";
    label = {};
  }
  result += "\n";
  result += groups(in.labels.at(kLocalGroups), user.local_groups, in, "\n");
  result += groups(in.global_groups, user.global_groups, in, "\n");
  return result.append(in.end).append("\n\n");
}

std::string translate_net_user(std::string_view text, Language language) {
  return Translator(words(language)).run(text);
}

std::string group_name(std::string_view text, Language language) {
  return group(text, words(language));
}

}  // namespace iisdiag::test
