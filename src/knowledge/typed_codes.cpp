// The words of a command line, cut into the codes that they stand for.
#include <algorithm>
#include <array>
#include <utility>

#include "knowledge/code_reading.hpp"
#include "text/strings.hpp"

namespace iisdiag::knowledge {
namespace {

// What a word in front of a number says that the number is.
enum class Kind : std::uint8_t { kAny, kCode, kEvent, kStatus };

struct Hint {
  std::string_view word;
  Kind kind;
};
constexpr std::array kHints = {
    Hint{"event", Kind::kEvent},   Hint{"eventid", Kind::kEvent},
    Hint{"id", Kind::kEvent},      Hint{"error", Kind::kCode},
    Hint{"code", Kind::kCode},     Hint{"system", Kind::kCode},
    Hint{"win32", Kind::kCode},    Hint{"hresult", Kind::kCode},
    Hint{"ntstatus", Kind::kCode}, Hint{"status", Kind::kStatus},
    Hint{"http", Kind::kStatus},   Hint{"ftp", Kind::kStatus},
    Hint{"sub", Kind::kStatus},    Hint{"substatus", Kind::kStatus},
};

struct Word {
  std::string_view text;     // as it was typed
  std::string_view bare;     // without marks around it
  std::size_t argument = 0;  // in which it stands
};

std::string_view without_marks(std::string_view word) {
  const auto first = word.find_first_not_of("([{<\"'");
  if (first == std::string_view::npos) {
    return {};
  }
  word.remove_prefix(first);
  const auto last = word.find_last_not_of(")]}>\"',;.:=");
  return word.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

std::vector<Word> words_of(const std::vector<std::string>& arguments) {
  std::vector<Word> words;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string_view rest = arguments[i];
    while (!rest.empty()) {
      const auto size = std::min(rest.find_first_of(" \t\r\n,;="), rest.size());
      const auto word = rest.substr(0, size);
      if (!word.empty() && word != ":") {
        words.push_back({word, without_marks(word), i});
      }
      rest.remove_prefix(std::min(size + 1, rest.size()));
    }
  }
  return words;
}

bool is_hex_pair(std::string_view word) {
  return word.size() == 2 && word.find_first_not_of("0123456789abcdefABCDEF") ==
                                 std::string_view::npos;
}

// "0000:", in front of the data of an event.
bool is_offset(std::string_view word) {
  constexpr std::size_t kShortest = 4;
  return word.size() > kShortest && word.ends_with(':') &&
         word.find_first_not_of("0123456789abcdefABCDEF") == word.size() - 1;
}

class Reader {
 public:
  explicit Reader(const std::vector<std::string>& arguments)
      : words_(words_of(arguments)) {}

  std::vector<Asked> read() {
    while (at_ < words_.size()) {
      const std::size_t start = at_;
      auto readings = next();
      at_ = std::max(at_, start + 1);
      add(start, std::move(readings));
    }
    // "HTTP Error 401.1 - Unauthorized": words around a code are no codes.
    const std::vector<bool> prose = find_prose();
    std::vector<Asked> asked;
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      if (!prose[i]) {
        asked.push_back(std::move(asked_[i]));
      }
    }
    return asked;
  }

 private:
  using Readings = std::vector<Reading>;

  std::string_view bare(std::size_t ahead = 0) const {
    return at_ + ahead < words_.size() ? words_[at_ + ahead].bare
                                       : std::string_view{};
  }
  std::optional<Number> number(std::size_t ahead = 0) const {
    return read_number(bare(ahead));
  }

  // Words that nobody knows and that stand in one argument are one text.
  void add(std::size_t start, Readings readings) {
    std::string text;
    for (std::size_t i = start; i < at_; ++i) {
      text += text.empty() ? "" : " ";
      text += words_[i].text;
    }
    const std::size_t argument = words_[start].argument;
    if (readings.empty() && !asked_.empty() && asked_.back().readings.empty() &&
        arguments_.back() == argument) {
      asked_.back().text += " " + text;
    } else {
      asked_.push_back({std::move(text), std::move(readings)});
      arguments_.push_back(argument);
    }
  }

  std::vector<bool> find_prose() const {
    std::vector<bool> has_known(words_.empty() ? 0
                                               : words_.back().argument + 1);
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      if (!asked_[i].readings.empty()) {
        has_known[arguments_[i]] = true;
      }
    }
    std::vector<bool> prose(asked_.size());
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      prose[i] =
          asked_[i].readings.empty() && has_known[arguments_[i]] &&
          asked_[i].text.find_first_of("0123456789") == std::string::npos;
    }
    return prose;
  }

  Readings next() {
    if (auto data = data_bytes()) {
      return *data;
    }
    if (auto hinted = behind_hints()) {
      return *hinted;
    }
    if (auto status = status_and_more()) {
      return *status;
    }
    return one_word(Kind::kAny, {});
  }

  // "0000: 2E 05 00 00   ....", "2E 05 00 00".
  std::optional<Readings> data_bytes() {
    const bool has_offset = is_offset(words_[at_].text);
    const std::size_t first = has_offset ? 1 : 0;
    constexpr std::size_t kCount = 4;
    std::vector<std::string_view> bytes;
    bool is_plain = true;  // could be four decimal numbers
    while (is_hex_pair(bare(first + bytes.size())) &&
           (has_offset || bytes.size() < kCount)) {
      bytes.push_back(bare(first + bytes.size()));
      is_plain = is_plain && bytes.back().front() != '0' &&
                 bytes.back().find_first_not_of("0123456789") ==
                     std::string_view::npos;
    }
    const auto value = read_data_bytes(bytes);
    if (!value || (!has_offset && is_plain)) {
      if (has_offset && number(1)) {  // shown as whole words
        ++at_;
      }
      return std::nullopt;
    }
    at_ += first + bytes.size();
    // The same bytes as letters.
    if (has_offset && at_ < words_.size() &&
        words_[at_].text.size() <= bytes.size() &&
        words_[at_].text.find('.') != std::string_view::npos) {
      ++at_;
    }
    return list(read_code({*value, true}));
  }

  // "Event ID: 4625", "W3SVC 100", "error 1326".
  std::optional<Readings> behind_hints() {
    Kind kind = Kind::kAny;
    std::string_view source;
    std::size_t count = 0;
    for (; !bare(count).empty(); ++count) {
      const std::string_view word = bare(count);
      const auto* const hint = std::find_if(
          kHints.begin(), kHints.end(),
          [&](const Hint& row) { return text::iequals(row.word, word); });
      if (hint != kHints.end()) {
        kind = kind == Kind::kEvent ? kind : hint->kind;
      } else if (is_event_source(word)) {
        source = word;
        kind = Kind::kEvent;
      } else {
        break;
      }
    }
    if (count == 0) {
      return std::nullopt;
    }
    at_ += count;
    if (kind != Kind::kEvent) {
      if (auto status = status_and_more()) {
        return status;
      }
    }
    return at_ == words_.size() ? Readings{} : one_word(kind, source);
  }

  // "401.1 1326", "401 1 1326", "401 1", "401 1326".
  std::optional<Readings> status_and_more() {
    if (const HttpStatus* dotted = read_dotted_status(bare())) {
      ++at_;
      const auto code = number();
      if (code && is_win32(*code)) {
        ++at_;
        return list(read_triple(dotted->status, dotted->sub, code->value));
      }
      return Readings{dotted};
    }
    const auto status = number();
    if (!status || status->is_hex ||
        find_http_status(status->value, std::nullopt) == nullptr) {
      return std::nullopt;
    }
    const auto second = number(1);
    const auto third = number(2);
    if (!second) {
      return std::nullopt;
    }
    const HttpStatus* with_sub = find_http_status(status->value, second->value);
    const bool may_be_sub = with_sub != nullptr || second->value == 0 ||
                            find_http_status(status->value, {})->is_ftp;
    if (may_be_sub && third && is_win32(*third)) {
      at_ += 3;
      return list(read_triple(status->value, second->value, third->value));
    }
    Readings readings;
    if (with_sub != nullptr) {
      readings.emplace_back(with_sub);
    }
    if (read_code(*second)) {
      readings.push_back(
          *read_triple(status->value, std::nullopt, second->value));
    }
    if (readings.empty()) {
      return std::nullopt;
    }
    at_ += 2;
    return readings;
  }

  static bool is_win32(const Number& number) {
    return number.value == 0 || read_code(number).has_value();
  }

  Readings one_word(Kind kind, std::string_view source) {
    const std::string_view word = bare();
    ++at_;
    if (const auto name = read_name(word)) {
      return {*name};
    }
    if (const FindingPage* page = find_finding_page(text::to_lower(word))) {
      return {page};
    }
    // "KB 909887".
    if ((text::iequals(word, "KB") || text::iequals(word, "Q")) &&
        read_article(bare()) != nullptr) {
      return {read_article(words_[at_++].bare)};
    }
    if (const Article* article = read_article(word)) {
      return {article};
    }
    return of_number(word, kind, source);
  }

  // A word in front of it that does not fit is passed over, a source is not.
  static Readings of_number(std::string_view word, Kind kind,
                            std::string_view source) {
    const auto number = read_number(word);
    Readings readings;
    if (number) {
      readings = of_kind(*number, kind, source);
      if (readings.empty() && source.empty()) {
        readings = of_kind(*number, Kind::kAny, {});
      }
    }
    return readings.empty() ? of_digits(word) : readings;
  }

  static Readings of_kind(const Number& number, Kind kind,
                          std::string_view source) {
    Readings readings;
    const bool is_plain = !number.is_hex && kind != Kind::kCode;
    if (is_plain && kind != Kind::kEvent) {
      if (const auto* status = find_http_status(number.value, std::nullopt)) {
        readings.emplace_back(status);
      }
    }
    if (is_plain && kind != Kind::kStatus) {
      for (const EventCode* event : find_events(number.value, source)) {
        readings.emplace_back(event);
      }
    }
    const auto code = read_code(number);
    if (code && source.empty()) {
      readings.push_back(*code);
    }
    return readings;
  }

  // Eight digits without blanks may be the bytes of an event, or decimal; a
  // few hexadecimal digits may lack their 0x.
  static Readings of_digits(std::string_view word) {
    constexpr std::size_t kOfBytes = 8;
    if (word.size() == kOfBytes) {
      const auto value =
          read_data_bytes({word.substr(0, 2), word.substr(2, 2),
                           word.substr(4, 2), word.substr(6, 2)});
      return value ? list(read_code({*value, true})) : Readings{};
    }
    if (word.size() < kOfBytes &&
        word.find_first_of("abcdefABCDEF") != std::string_view::npos) {
      const auto value = read_number("0x" + std::string(word));
      return value ? list(read_code(*value)) : Readings{};
    }
    return {};
  }

  static Readings list(const std::optional<Reading>& reading) {
    return reading ? Readings{*reading} : Readings{};
  }

  std::vector<Word> words_;
  std::size_t at_ = 0;
  std::vector<Asked> asked_;
  std::vector<std::size_t> arguments_;  // where each of them began
};

}  // namespace

std::vector<Asked> read_codes(const std::vector<std::string>& words) {
  return Reader(words).read();
}

}  // namespace iisdiag::knowledge
