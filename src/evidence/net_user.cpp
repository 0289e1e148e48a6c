// `net user NAME`: one account (FORMATS.md 8.1). Read by block and position;
// the labels only confirm that it is one.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "evidence/format.hpp"
#include "evidence/net_text.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::Observed;

constexpr std::string_view kFirstLabel = "User name";

// At the start of a line in English; the line with the number has its words in
// every language. Text that merely quotes the messages is not meant.
bool says_not_found(const std::vector<Line>& lines) {
  return std::any_of(lines.begin(), lines.end(), [](const Line& line) {
    const std::string_view content = text::trim(line.text);
    return text::istarts_with(content, "The user name could not be found") ||
           (text::icontains(content, "NET HELPMSG 2221") &&
            content.substr(0, content.find_last_not_of(". ") + 1)
                .ends_with("2221"));
  });
}

bool has_record(const std::vector<Line>& lines) {
  return std::any_of(lines.begin(), lines.end(), [](const Line& line) {
    return text::istarts_with(line.text, kFirstLabel);
  });
}

bool recognises(const Document& document) {
  constexpr std::size_t kProbe = 65536;
  const auto lines = document.first_lines();
  return says_not_found(lines) ||
         (has_record(lines) &&
          text::icontains(document.text().substr(0, kProbe), "Account active"));
}

// One line with a label: its value may go on in lines without one.
struct Field {
  Line line;
  std::string_view label;
  std::vector<std::string_view> values;
};
using Block = std::vector<Field>;

// The column of all values: that of the first `*` of the last block, which
// lists groups (FORMATS.md 8.1; comments hold stars as well); 0: there is none.
std::size_t value_column(const std::vector<Line>& lines) {
  std::size_t column = 0;
  bool is_first = true;  // of its block
  for (const Line& line : lines) {
    const auto star = line.text.find('*');
    if (text::trim(line.text).empty()) {
      is_first = true;
    } else if (is_first && star != std::string_view::npos && star >= 20) {
      column = text::length(line.text.substr(0, star));
      is_first = false;
    }
  }
  return column;
}

struct Cut {
  std::string_view label;
  std::string_view value;
};

Cut cut_line(std::string_view line, std::size_t column) {
  if (column > 0 && text::length(line) > column) {
    const std::string_view label = text::prefix(line, column);
    // A tab that became blanks moves the columns: then the label is glued.
    if (label.ends_with(' ')) {
      return {text::trim(label), text::trim(line.substr(label.size()))};
    }
  }
  const std::string_view trimmed = text::trim_right(line);
  const auto gap = trimmed.find("  ");
  if (gap == std::string_view::npos) {
    return {trimmed, {}};
  }
  return {trimmed.substr(0, gap), text::trim(trimmed.substr(gap))};
}

// The blocks of the record: lines between blank lines, from the first label on
// to the sentence at the end.
std::vector<Block> blocks_of(const std::vector<Line>& lines, bool& complete) {
  const std::size_t column = value_column(lines);
  std::vector<Block> blocks;
  bool in_record = false;
  bool in_block = false;
  for (const Line& line : lines) {
    in_record = in_record || text::istarts_with(line.text, kFirstLabel);
    if (!in_record) {
      continue;
    }
    if (text::istarts_with(line.text, "The command completed")) {
      complete = true;
      break;
    }
    if (text::trim(line.text).empty()) {
      in_block = false;
      continue;
    }
    if (!in_block) {
      blocks.emplace_back();
      in_block = true;
    }
    const Cut cut = cut_line(line.text, column);
    if (line.text.front() == ' ' && !blocks.back().empty()) {
      blocks.back().back().values.push_back(text::trim(line.text));
    } else {
      blocks.back().push_back({line, cut.label, {cut.value}});
    }
  }
  return blocks;
}

// Where a field stands. From the end of the block, because a long comment
// adds lines to its head (FORMATS.md 8.1).
struct Place {
  std::string_view label;
  std::size_t block;
  std::size_t index;
  bool from_end;
};
constexpr Place kActive{"Account active", 0, 1, true};
constexpr Place kExpires{"Account expires", 0, 0, true};
constexpr Place kLastSet{"Password last set", 1, 4, true};
constexpr Place kPasswordExpires{"Password expires", 1, 3, true};
constexpr Place kRequired{"Password required", 1, 1, true};
constexpr Place kWorkstations{"Workstations allowed", 2, 0, false};
constexpr Place kLastLogon{"Last logon", 2, 0, true};
constexpr Place kHours{"Logon hours allowed", 3, 0, false};
constexpr Place kLocalGroups{"Local Group Memberships", 4, 0, false};
constexpr Place kGlobalGroups{"Global Group memberships", 4, 1, false};

// "*Guests        *Power Users": names end where the next star begins.
std::vector<std::string> group_names(const Field& field) {
  std::vector<std::string> names;
  for (const std::string_view value : field.values) {
    for (const std::string_view part : text::split(value, '*')) {
      const std::string_view name = text::trim(part);
      if (!name.empty() && !text::iequals(name, "None")) {
        names.emplace_back(name);
      }
    }
  }
  return names;
}

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
    if (!value || *value > 59) {
      return std::nullopt;
    }
    minute = *value;
    rest.remove_prefix(2);
  }
  rest = text::trim(rest);
  if (text::istarts_with(rest, "a") || text::istarts_with(rest, "p")) {
    *hour = *hour % 12 + (text::istarts_with(rest, "p") ? 12 : 0);
  }
  return static_cast<int>(*hour * 60 + minute);
}

std::optional<int> weekday(std::string_view text) {
  constexpr std::array<std::string_view, 7> kDays = {"sun", "mon", "tue", "wed",
                                                     "thu", "fri", "sat"};
  text = text::trim(text);
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    if (text::istarts_with(text, kDays.at(i))) {
      return static_cast<int>(i);
    }
  }
  return std::nullopt;
}

// "Monday 8:00 AM - 5:00 PM", "Monday - Friday 8:00 AM - 5:00 PM".
std::optional<facts::HoursSpan> hours_span(std::string_view text) {
  facts::HoursSpan span;
  const auto first = weekday(text);
  const auto digit = text.find_first_of("0123456789");
  if (!first || digit == std::string_view::npos) {
    return std::nullopt;
  }
  span.first_day = span.last_day = *first;
  const std::string_view days = text.substr(0, digit);
  if (const auto dash = days.find('-'); dash != std::string_view::npos) {
    const auto last = weekday(days.substr(dash + 1));
    if (!last) {
      return std::nullopt;
    }
    span.last_day = *last;
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

Observed<facts::LogonHours> logon_hours(const Field& field,
                                        const facts::Origin& origin) {
  facts::LogonHours hours;
  for (const std::string_view value : field.values) {
    if (value.empty()) {
      continue;
    }
    hours.text += hours.text.empty() ? "" : ", ";
    hours.text += value;
    if (text::iequals(value, "All")) {
      hours.all = true;
    } else if (const auto span = hours_span(value)) {
      hours.spans.push_back(*span);
    } else if (!text::iequals(value, "None")) {
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

class Reader {
 public:
  Reader(const Document& document, FileFacts& facts)
      : document_(document), facts_(facts) {}

  void run() {
    const auto lines = document_.lines();
    if (!has_record(lines)) {
      read_missing(lines);
      return;
    }
    blocks_ = blocks_of(lines, complete_);
    if (!complete_) {
      facts_.problems.push_back(document_.problem(
          "the record has no end: what it does not show is not known",
          lines.back()));
    }
    learn_dates();
    facts::Account account;
    account.from_domain = asked_a_domain(document_);
    account.name = blocks_.front().front().values.front();
    account.origin = at(blocks_.front().front());
    read_state(account);
    read_times(account);
    read_place(account);
    read_groups(account);
    if (!account.name.empty()) {
      facts_.accounts.accounts.push_back(std::move(account));
    }
  }

 private:
  facts::Origin at(const Field& field) const {
    return document_.at(field.line.number);
  }

  void read_missing(const std::vector<Line>& lines) {
    facts::MissingAccount missing;
    missing.name = name_in_command(document_.command(), "user");
    missing.from_domain = asked_a_domain(document_);
    const auto line =
        std::find_if(lines.begin(), lines.end(), [](const Line& candidate) {
          return !text::trim(candidate.text).empty();
        });
    missing.origin = document_.at(line == lines.end() ? 0 : line->number);
    facts_.accounts.missing.push_back(std::move(missing));
  }

  // The field at its place, where its label confirms it; else wherever the
  // label stands. The last block of a cut record is not counted on.
  const Field* find(const Place& place) const {
    const std::size_t whole = blocks_.size() - (complete_ ? 0 : 1);
    if (place.block < whole && place.index < blocks_[place.block].size()) {
      const Block& block = blocks_[place.block];
      const Field& field = place.from_end
                               ? block[block.size() - 1 - place.index]
                               : block[place.index];
      if (text::istarts_with(field.label, place.label)) {
        return &field;
      }
    }
    for (std::size_t i = 0; i < whole; ++i) {
      for (const Field& field : blocks_[i]) {
        if (text::istarts_with(field.label, place.label)) {
          return &field;
        }
      }
    }
    return nullptr;
  }

  void learn_dates() {
    for (const Block& block : blocks_) {
      for (const Field& field : block) {
        dates_.learn(field.values.front());
      }
    }
  }

  void read_state(facts::Account& account) const {
    const Field* active = find(kActive);
    if (active == nullptr) {
      return;
    }
    const std::string_view value = active->values.front();
    const bool locked = text::iequals(value, "Locked");
    if (const auto enabled = yes_or_no(value); enabled || locked) {
      account.active = {enabled.value_or(true), at(*active)};
      // A disabled account does not show whether it is locked as well.
      if (*account.active) {
        account.locked = {locked, at(*active)};
      }
    } else {
      account.active = unreadable<bool>(*active);
    }
  }

  void read_times(facts::Account& account) {
    if (const Field* expires = find(kExpires)) {
      account.expires = deadline(*expires);
    }
    if (const Field* expires = find(kPasswordExpires)) {
      account.password_expires = deadline(*expires);
    }
    account.password_last_set = past_time(kLastSet);
    account.last_logon = past_time(kLastLogon);
    if (const Field* required = find(kRequired)) {
      if (const auto value = yes_or_no(required->values.front())) {
        account.password_required = {*value, at(*required)};
      }
    }
  }

  // Something that had happened when the record was made.
  Observed<facts::TimeRange> past_time(const Place& place) {
    const Field* field = find(place);
    const auto when =
        field != nullptr ? dates_.read(field->values.front()) : std::nullopt;
    if (!when) {
      return {};
    }
    facts_.happened(when->earliest);
    return {*when, at(*field)};
  }

  void read_place(facts::Account& account) const {
    if (const Field* allowed = find(kWorkstations)) {
      std::vector<std::string> names;
      for (const std::string_view value : allowed->values) {
        for (const std::string_view part : text::split(value, ',')) {
          const std::string_view name = text::trim(part);
          if (!name.empty() && !text::iequals(name, "All")) {
            names.emplace_back(name);
          }
        }
      }
      account.workstations = {std::move(names), at(*allowed)};
    }
    if (const Field* hours = find(kHours)) {
      account.logon_hours = logon_hours(*hours, at(*hours));
    }
  }

  void read_groups(facts::Account& account) const {
    if (const Field* local = find(kLocalGroups)) {
      account.local_groups = {group_names(*local), at(*local)};
    }
    if (const Field* global = find(kGlobalGroups)) {
      account.global_groups = {group_names(*global), at(*global)};
    }
  }

  static std::optional<bool> yes_or_no(std::string_view value) {
    if (text::iequals(value, "Yes")) {
      return true;
    }
    return text::iequals(value, "No") ? std::optional(false) : std::nullopt;
  }

  template <class T>
  Observed<T> unreadable(const Field& field) const {
    return Observed<T>::unknown(
        fmt::format("the value \"{}\" cannot be read",
                    text::printable(field.values.front())),
        {}, at(field));
  }

  Observed<facts::Deadline> deadline(const Field& field) const {
    if (text::iequals(field.values.front(), "Never")) {
      return {facts::Deadline(facts::Never{}), at(field)};
    }
    if (const auto when = dates_.read(field.values.front())) {
      return {facts::Deadline(*when), at(field)};
    }
    return unreadable<facts::Deadline>(field);
  }

  const Document& document_;
  FileFacts& facts_;
  DateOrder dates_;
  std::vector<Block> blocks_;
  bool complete_ = false;
};

void read(const Document& document, FileFacts& facts) {
  Reader(document, facts).run();
}

}  // namespace

const Format kNetUser{"net-user", "an account (net user NAME)",
                      "net user IUSR_WEB01 > net-user.txt", recognises, read};

}  // namespace iisdiag::evidence
