#include "cli/annotate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "evidence/logon_events.hpp"
#include "text/strings.hpp"

namespace iisdiag::cli {
namespace {

using knowledge::HttpStatus;
using knowledge::Reading;

constexpr std::uint32_t kFirstNoWin32 = 0x8000'0000U;
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHexDigits = "0123456789abcdefABCDEF";
constexpr std::string_view kFields = "#Fields:";

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_part_of_word(char c) {
  return is_letter(c) || is_digit(c) || c == '_' || c == '%' || c == '.' ||
         c == '-';
}
bool is_decimal(std::string_view word) {
  return !word.empty() &&
         word.find_first_not_of(kDigits) == std::string_view::npos;
}
bool is_hex(std::string_view word) {
  return !word.empty() &&
         word.find_first_not_of(kHexDigits) == std::string_view::npos;
}

// What is left of `text` when marks between a label and its value are gone.
std::string_view without_marks(std::string_view text) {
  const auto last = text.find_last_not_of(" \t:=#('\"[>,");
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

// `text` ends in these words, and not in the rest of a longer one.
bool ends_in(std::string_view text, std::string_view words) {
  return text::iends_with(text, words) &&
         (text.size() == words.size() ||
          !is_part_of_word(text[text.size() - words.size() - 1]));
}
template <std::size_t kCount>
bool ends_in_any(std::string_view text,
                 const std::array<std::string_view, kCount>& all) {
  return std::any_of(all.begin(), all.end(), [&](std::string_view words) {
    return ends_in(text, words);
  });
}

constexpr std::array<std::string_view, 8> kBeforeError = {
    "error",      "win32",       "win32status", "win32-status",
    "win32 code", "failed with", "hresult",     "error number"};
constexpr std::array<std::string_view, 13> kOtherCodes = {
    "exit code", "zip code", "area code", "country code", "language code",
    "post code", "source code", "postal code", "time code", "product code",
    // Of Kerberos, which counts on its own.
    "failure code", "result code", "ticket code"};
constexpr std::array<std::string_view, 6> kBeforeEvent = {
    "event id", "eventid", "event code", "eventcode", "event", "event-id"};
constexpr std::array<std::string_view, 6> kBeforeStatus = {
    "http", "http/1.1", "http/1.0", "http error", "status", "status code"};

// A word of the line and what stands around it.
struct Word {
  std::string_view text;
  std::string_view before;  // the line in front of it
  std::string_view after;
};

std::vector<Word> words_of(std::string_view line) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < line.size();) {
    if (!is_part_of_word(line[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < line.size() && is_part_of_word(line[end])) {
      ++end;
    }
    std::size_t begin = at;
    at = end;
    while (begin < end &&
           (line[begin] == '.' ||
            (line[begin] == '-' &&
             (begin + 1 == end || !is_digit(line[begin + 1]))))) {
      ++begin;
    }
    while (end > begin && (line[end - 1] == '.' || line[end - 1] == '-')) {
      --end;
    }
    if (end > begin) {
      words.push_back({line.substr(begin, end - begin), line.substr(0, begin),
                       line.substr(end)});
    }
  }
  return words;
}

bool says_code(std::string_view before) {
  const std::string_view label = without_marks(before);
  return ends_in_any(label, kBeforeError) ||
         (ends_in(label, "code") && !ends_in_any(label, kOtherCodes));
}

bool says_status(std::string_view before) {
  return ends_in_any(without_marks(before), kBeforeStatus);
}

// <EventID Qualifiers='32768'>100</EventID>
bool says_event(std::string_view before) {
  if (ends_in_any(without_marks(before), kBeforeEvent)) {
    return true;
  }
  // A line of nothing but numbers must not be searched for each of them.
  constexpr std::size_t kLongestTag = 100;
  const std::string_view tail =
      before.substr(before.size() - std::min(before.size(), kLongestTag));
  const auto tag = tail.rfind('<');
  return tag != std::string_view::npos && tail.ends_with('>') &&
         text::istarts_with(tail.substr(tag), "<EventID");
}

// "401.1" of "HTTP Error 401.1", "401.1 Unauthorized", "(401.1)", and not of
// "401.1 ms".
bool is_dotted_status(const Word& word) {
  const std::string_view after = word.after.substr(
      std::min(word.after.find_first_not_of(" :;,-"), word.after.size()));
  return says_status(word.before) || says_code(word.before) ||
         ends_in(without_marks(word.before), "errors") ||
         text::istarts_with(after, "unauthorized") ||
         text::istarts_with(after, "access denied") ||
         text::istarts_with(after, "internal server error") ||
         (word.before.ends_with('(') && word.after.starts_with(')'));
}

std::optional<Reading> of_dotted(const Word& word) {
  const HttpStatus* status = knowledge::read_dotted_status(word.text);
  return status != nullptr && is_dotted_status(word)
             ? std::optional<Reading>(status)
             : std::nullopt;
}

// A number that its size or its place makes a code.
std::optional<Reading> of_number(const Word& word) {
  const auto number = knowledge::read_number(word.text);
  if (!number) {
    return std::nullopt;
  }
  const bool is_large = number->value >= kFirstNoWin32;
  const std::string_view label = without_marks(word.before);
  constexpr std::uint32_t kFirstLogonCode = 1000;
  if (is_large || says_code(word.before) ||
      // Smaller ones are the status of anything.
      (ends_in(label, "status") && number->value >= kFirstLogonCode)) {
    return knowledge::read_code(*number);
  }
  if (!number->is_hex && says_status(word.before) && number->value != 500) {
    if (const auto* status =
            knowledge::find_http_status(number->value, std::nullopt)) {
      return status;
    }
  }
  return std::nullopt;
}

// <Binary>2E050000</Binary>
std::optional<Reading> of_binary(const Word& word) {
  constexpr std::size_t kSize = 8;
  if (!ends_in(without_marks(word.before), "<Binary") ||
      word.text.size() < kSize || !is_hex(word.text)) {
    return std::nullopt;
  }
  const auto value = knowledge::read_data_bytes(
      {word.text.substr(0, 2), word.text.substr(2, 2), word.text.substr(4, 2),
       word.text.substr(6, 2)});
  return value ? knowledge::read_code({*value, true}) : std::nullopt;
}

// Collects what a line holds, each meaning once.
class Notes {
 public:
  void add(std::string_view code, const std::optional<Reading>& reading) {
    const bool is_new = reading && std::none_of(notes_.begin(), notes_.end(),
                                                [&](const auto& n) {
                                                  return n.reading == *reading;
                                                });
    if (is_new) {
      notes_.push_back({std::string(code), *reading});
    }
  }
  std::vector<Note> take() { return std::move(notes_); }

 private:
  std::vector<Note> notes_;
};

// "0000: 2E 05 00 00   ....", or as whole words "0000: 0000052E".
void add_data(std::string_view line, Notes& notes) {
  std::string_view rest = text::trim(line);
  if (text::istarts_with(rest, "data:")) {
    rest = text::trim(rest.substr(std::string_view("data:").size()));
  }
  const auto colon = rest.find(':');
  constexpr std::size_t kShortest = 4;
  if (colon == std::string_view::npos || colon < kShortest ||
      rest.find_first_not_of('0') != colon) {
    return;
  }
  std::vector<std::string_view> parts;
  for (const std::string_view part : text::split(rest.substr(colon + 1), ' ')) {
    if (!part.empty()) {
      parts.push_back(text::trim(part));
    }
  }
  constexpr std::size_t kDigitsOfWord = 8;
  if (const auto value = knowledge::read_data_bytes(parts)) {
    notes.add(
        fmt::format("{} {} {} {}", parts[0], parts[1], parts[2], parts[3]),
        knowledge::read_code({*value, true}));
  } else if (!parts.empty() && parts.front().size() == kDigitsOfWord) {
    if (const auto number = knowledge::read_number(parts.front())) {
      notes.add(parts.front(), knowledge::read_code(*number));
    }
  }
}

// The words of Windows in event 100, where its data were not pasted.
void add_error_words(std::string_view line, Notes& notes) {
  constexpr std::string_view kPhrase = "due to the following error:";
  const std::string lower = text::to_lower(line);
  const auto at = lower.find(kPhrase);
  if (at == std::string::npos) {
    return;
  }
  const std::string_view words = text::trim(line.substr(at + kPhrase.size()));
  const auto code = evidence::code_of_text(words);
  if (code) {
    const auto end = std::min(words.find('.'), words.size());
    constexpr std::size_t kMost = 60;
    notes.add(fmt::format("\"{}\"", words.substr(0, std::min(end, kMost))),
              knowledge::read_code({*code, true}));
  }
}

std::optional<std::uint32_t> to_number(std::string_view word) {
  const auto number =
      is_decimal(word) ? knowledge::read_number(word) : std::nullopt;
  return number && !number->is_hex ? std::optional(number->value)
                                   : std::nullopt;
}

bool is_known(std::uint32_t win32) {
  return win32 == 0 || knowledge::read_code({win32, true}).has_value();
}

// Three numbers with one blank between each: "401 1 1326".
void add_triples(const std::vector<Word>& words, Notes& notes) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const auto status = to_number(words[i].text);
    const auto second = to_number(words[i + 1].text);
    const auto is_next = [&](std::size_t next) {
      return words[next].before.size() ==
             words[next - 1].before.size() + words[next - 1].text.size() + 1;
    };
    if (!status || !second || !is_next(i + 1)) {
      continue;
    }
    const bool may_be_status = *status == 401 || *status == 530;
    const auto third = i + 2 < words.size() && is_next(i + 2)
                           ? to_number(words[i + 2].text)
                           : std::nullopt;
    constexpr std::uint32_t kFirstLogonCode = 1000;
    if (third && is_known(*third) &&
        knowledge::find_http_status(*status, *second) != nullptr) {
      notes.add(fmt::format("{} {} {}", *status, *second, *third),
                knowledge::read_triple(*status, *second, *third));
    } else if (may_be_status && *second >= kFirstLogonCode &&
               is_known(*second)) {
      notes.add(fmt::format("{} {}", *status, *second),
                knowledge::read_triple(*status, std::nullopt, *second));
    }
  }
}

void add_event(const Word& word, std::string_view source, Notes& notes) {
  const auto id = to_number(word.text);
  if (!id || knowledge::find_events(*id, {}).empty()) {
    return;
  }
  // "W3SVC 100", "W3SVC event ID 100"; case counts: "it was 5059 bytes".
  std::string_view label = without_marks(word.before);
  const bool says = says_event(word.before);
  for (const std::string_view part : {"id", "event"}) {
    if (says && text::iends_with(label, part)) {
      label = without_marks(label.substr(0, label.size() - part.size()));
    }
  }
  const auto blank = label.find_last_of(" \t,;\"'(");
  const std::string_view last =
      blank == std::string_view::npos ? label : label.substr(blank + 1);
  const bool is_source = knowledge::is_event_source(last) &&
                         last != "Security" &&
                         last.find_first_of("abcdefghijklmnopqrstuvwxyz") ==
                             std::string_view::npos;
  // "event 100" alone may be anything that is counted.
  constexpr std::uint32_t kFirstOfSecurity = 500;
  const bool is_vague = ends_in(without_marks(word.before), "event") &&
                        *id < kFirstOfSecurity && source.empty();
  if (!is_source && (!says || is_vague)) {
    return;
  }
  for (const auto* event :
       knowledge::find_events(*id, is_source ? last : source)) {
    notes.add(
        says ? fmt::format("event {}", *id) : fmt::format("{} {}", last, *id),
        event);
  }
}

// The value behind a label, or within Name='...'.
std::string_view value_of(std::string_view line, std::string_view label) {
  const std::string_view rest = text::trim(line);
  return text::istarts_with(rest, label) ? text::trim(rest.substr(label.size()))
                                         : std::string_view{};
}

}  // namespace

void Annotator::remember(std::string_view line) {
  constexpr std::size_t kLongestEvent = 12;
  if (++source_age_ > kLongestEvent) {
    source_.clear();
  }
  for (const std::string_view label :
       {"Event Source:", "Source:", "ProviderName:", "SourceName="}) {
    if (const auto value = value_of(line, label); !value.empty()) {
      source_ = value;
      source_age_ = 0;
    }
  }
  const auto provider = line.find("<Provider Name=");
  if (provider != std::string_view::npos) {
    const auto first = line.find_first_of("'\"", provider);
    const auto last = first == std::string_view::npos
                          ? first
                          : line.find_first_of("'\"", first + 1);
    if (last != std::string_view::npos) {
      source_ = line.substr(first + 1, last - first - 1);
      source_age_ = 0;
    }
  }
  if (text::istarts_with(line, kFields)) {
    columns_.emplace();
    for (const std::string_view name :
         text::split(line.substr(kFields.size()), ' ')) {
      if (name.empty()) {
        continue;
      }
      const std::size_t at = columns_->count++;
      if (text::iequals(name, "sc-status")) {
        columns_->status = at;
      } else if (text::iequals(name, "sc-substatus") ||
                 text::iequals(name, "sc-sub-status")) {
        columns_->sub = at;
      } else if (text::iequals(name, "sc-win32-status")) {
        columns_->win32 = at;
      }
    }
  }
}

bool Annotator::is_log_row(std::string_view line) const {
  return columns_ && columns_->status && !line.starts_with('#') &&
         static_cast<std::size_t>(std::count(line.begin(), line.end(), ' ')) +
                 1 ==
             columns_->count;
}

std::vector<Note> Annotator::notes(std::string_view line) {
  line = text::trim_right(line);
  remember(line);
  Notes notes;
  if (is_log_row(line)) {
    const auto cells = text::split(line, ' ');
    const auto cell = [&](const std::optional<std::size_t>& column) {
      return column ? to_number(cells[*column]) : std::nullopt;
    };
    const auto status = cell(columns_->status);
    const auto sub = cell(columns_->sub);
    const auto win32 = cell(columns_->win32);
    // 500 was the refused logon before IIS 4.0, whose logs are others.
    if (status && (*status != 500 || sub.value_or(0) != 0)) {
      std::string code = fmt::format("{}", *status);
      code += sub ? fmt::format(" {}", *sub) : "";
      code += win32 ? fmt::format(" {}", *win32) : "";
      notes.add(code, win32 ? knowledge::read_triple(*status, sub, *win32)
                            : std::nullopt);
      const auto* known = knowledge::find_http_status(*status, std::nullopt);
      if (!win32 && known != nullptr) {
        notes.add(code, known);
      }
    }
    return notes.take();
  }
  add_data(line, notes);
  const auto words = words_of(line);
  add_triples(words, notes);
  for (const Word& word : words) {
    add_event(word, source_, notes);
    for (const auto& reading :
         {knowledge::read_name(word.text), of_dotted(word), of_number(word),
          of_binary(word)}) {
      notes.add(word.text, reading);
    }
  }
  add_error_words(line, notes);
  return notes.take();
}

}  // namespace iisdiag::cli
