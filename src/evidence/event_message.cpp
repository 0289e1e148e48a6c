#include "evidence/event_message.hpp"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "evidence/document.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kNoBreakSpace = "\u00A0";
constexpr std::string_view kWideColon = "\uFF1A";

std::string_view trim(std::string_view text) {
  for (;;) {
    text = text::trim(text);
    if (text.ends_with(kNoBreakSpace)) {
      text.remove_suffix(kNoBreakSpace.size());
    } else if (!text::consume(text, kNoBreakSpace)) {
      return text;
    }
  }
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// What stands behind the label and its colon; null where there is none.
const char* behind_label(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const std::string_view rest = line.substr(i);
    if (rest.starts_with(kWideColon)) {
      return rest.data() + kWideColon.size();
    }
    if (rest.front() == ':' && (rest.size() == 1 || is_blank(rest[1]) ||
                                rest.substr(1).starts_with(kNoBreakSpace))) {
      return rest.data() + 1;
    }
  }
  return nullptr;
}

// The values behind the labels of a message, in their order; empty ones too.
// A label without a value that begins its line is a heading.
class Values {
 public:
  explicit Values(std::string_view message) {
    if (message.find_first_of("\r\n") == std::string_view::npos &&
        message.find('\t') != std::string_view::npos) {
      read_one_line(message);
      return;
    }
    bool is_open = false;  // its value may stand on the next line
    while (!message.empty() && values_.size() < kMost) {
      const std::size_t end =
          std::min(message.find_first_of("\r\n"), message.size());
      is_open = read_line(message.substr(0, end), is_open);
      message.remove_prefix(std::min(end + 1, message.size()));
    }
  }

  std::size_t size() const { return values_.size(); }
  std::string_view operator[](std::size_t place) const {
    return place < values_.size() ? values_[place] : std::string_view{};
  }
  // 0xC000006D.
  bool is_hex(std::size_t place) const {
    const std::string_view value = (*this)[place];
    return text::istarts_with(value, "0x") &&
           text::to_integer(value.substr(2), 16).has_value();
  }
  bool is_number(std::size_t place) const {
    return text::to_integer((*this)[place]).has_value();
  }
  // "(0x0,0x3E7)".
  bool is_old_id(std::size_t place) const {
    return text::istarts_with((*this)[place], "(0x");
  }
  // Of a port or what else may have no value.
  bool is_number_or_none(std::size_t place) const {
    return (*this)[place].empty() || (*this)[place] == "-" || is_number(place);
  }

 private:
  static constexpr std::size_t kMost =
      40;  // no message that is wanted has more

  bool read_line(std::string_view line, bool is_open) {
    if (line.empty()) {
      return is_open;  // between CR and LF
    }
    const char* const behind = behind_label(line);
    if (behind == nullptr) {
      if (is_open && is_blank(line.front())) {
        values_.back() = trim(line);
      }
      return false;
    }
    const std::string_view rest =
        line.substr(static_cast<std::size_t>(behind - line.data()));
    if (rest.empty() && !is_blank(line.front())) {
      return false;
    }
    values_.push_back(trim(rest));
    return values_.back().empty();
  }

  // Line ends were lost, TABs were not.
  void read_one_line(std::string_view message) {
    bool is_behind_label = false;
    for (const std::string_view part : text::split(message, '\t')) {
      const std::string_view text = trim(part);
      const bool is_label = text.ends_with(':') || text.ends_with(kWideColon);
      if (is_behind_label && !is_label && !text.empty() &&
          values_.size() < kMost) {
        values_.push_back(text);
      }
      is_behind_label = is_label || (is_behind_label && text.empty());
    }
  }

  std::vector<std::string_view> values_;
};

constexpr std::size_t kNone = 99;  // a string that the message does not show

bool add(const Values& values, std::initializer_list<std::size_t> places,
         EventTexts& strings) {
  for (const std::size_t place : places) {
    strings.add(values[place]);
  }
  return true;
}

bool add_from(const Values& values, std::size_t first, EventTexts& strings) {
  for (std::size_t i = first; i < values.size(); ++i) {
    strings.add(values[i]);
  }
  return true;
}

struct Quotes {
  std::string_view open;
  std::string_view close;
};
constexpr Quotes kQuotes[] = {{"'", "'"},           {"\"", "\""},
                              {"\u201C", "\u201D"}, {"\u201E", "\u201C"},
                              {"\u2018", "\u2019"}, {"\u201A", "\u2018"},
                              {"\u00AB", "\u00BB"}, {"\u300C", "\u300D"}};

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
         (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

// The first text in quotes; an apostrophe in a word is none. `behind` gets
// what follows it.
std::string_view quoted(std::string_view text, std::string_view& behind) {
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    for (const Quotes& quotes : kQuotes) {
      std::string_view rest = text.substr(begin);
      const bool is_plain = quotes.open == quotes.close;
      if (!text::consume(rest, quotes.open) ||
          (is_plain && begin > 0 && is_word(text[begin - 1]))) {
        continue;
      }
      std::size_t end = rest.find(quotes.close);
      while (is_plain && end != std::string_view::npos &&
             end + 1 < rest.size() && is_word(rest[end + 1])) {
        end = rest.find(quotes.close, end + 1);
      }
      if (end != std::string_view::npos) {
        behind = rest.substr(end + quotes.close.size());
        return trim(rest.substr(0, end));
      }
    }
  }
  return {};
}

// Event 100 of IIS: the account, then the error.
bool read_refusal(std::string_view message, EventTexts& strings) {
  std::string_view error;
  std::string_view account = quoted(message, error);
  const char* const words = behind_label(error);
  if (words != nullptr) {
    error.remove_prefix(static_cast<std::size_t>(words - error.data()));
  }
  if (account.empty()) {
    // Windows did not find the text of the message, and lists the strings.
    constexpr std::string_view kList = "the event:";
    const std::size_t list = message.find(kList);
    if (list == std::string_view::npos) {
      return false;
    }
    std::string_view rest = message.substr(list + kList.size());
    rest.remove_prefix(
        std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
    const std::size_t end = rest.find_first_of(",\r\n");
    if (end == std::string_view::npos) {
      return false;
    }
    account = trim(rest.substr(0, end));
    error = rest.substr(end + 1);
  }
  strings.add(account);
  strings.add(error);
  return !account.empty();
}

// 104 tells of any log, whose name is not translated.
bool read_cleared(std::string_view message, EventTexts& strings) {
  constexpr std::string_view kSystem = "System";
  const std::size_t at = message.find(kSystem);
  const bool is_system = at != std::string_view::npos &&
                         (at == 0 || !is_word(message[at - 1])) &&
                         (at + kSystem.size() == message.size() ||
                          !is_word(message[at + kSystem.size()]));
  strings.add("");
  strings.add("");
  strings.add(is_system ? kSystem : "");
  return true;
}

// Until Windows Server 2003.
bool read_old(std::uint32_t id, const Values& values, EventTexts& strings) {
  switch (id) {
    case 528:
    case 540:
      return values.is_old_id(2) && values.is_number(3) &&
             add_from(values, 0, strings);
    case 608:
    case 609:
    case 621:
    case 622:
      return values.size() >= 2 && values[0].starts_with("Se") &&
             add_from(values, 0, strings);
    case 644:
      return values.size() >= 3 && add(values, {0, 2, 1}, strings);
    case 675:
      return values.is_hex(4) && add_from(values, 0, strings);
    case 680:
      // Four of them always: without the fourth it would be a success.
      return values.size() >= 3 && (values.size() == 3 || values.is_hex(3)) &&
             add(values, {0, 1, 2, 3}, strings);
    case 681:
      return values.is_number(3) && add(values, {1, 0, 2, 3}, strings);
    case 517:
      return true;
    default:  // 529 to 539: the reason stands first
      return values.size() >= 5 && values.is_number(3) &&
             add_from(values, 1, strings);
  }
}

// The message has grown with Windows: the identifier of the logon, which is
// the only one in braces, ends the part about the account.
bool read_success(const Values& values, EventTexts& strings) {
  std::size_t guid = 5;
  while (guid < values.size() && !values[guid].starts_with('{')) {
    ++guid;
  }
  constexpr std::size_t kShort = 10;  // up to Windows Server 2012 R2
  if (guid < 9 || guid >= values.size()) {
    return false;
  }
  const std::size_t sid = guid - (guid <= kShort ? 4 : 7);
  return values.is_hex(3) && values.is_number(4) && values.is_hex(sid + 3) &&
         values.is_hex(guid + 1) && values.is_number_or_none(guid + 5) &&
         add(values,
             {0, 1, 2, 3, sid, sid + 1, sid + 2, sid + 3, 4, guid + 6, guid + 7,
              guid + 3, kNone, kNone, kNone, kNone, guid + 1, guid + 2},
             strings);
}

// Since Windows Vista.
bool read_new(std::uint32_t id, const Values& values, EventTexts& strings) {
  switch (id) {
    case 4624:
      return read_success(values, strings);
    case 4625:
      return values.is_hex(3) && values.is_number(4) && values.is_hex(9) &&
             values.is_hex(10) && values.is_hex(11) &&
             values.is_number_or_none(15) && values.size() >= 18 &&
             add(values,
                 {0, 1, 2, 3, 5, 6, 7, 9, 8, 10, 4, 16, 17, 13, 18, 19, 20, 11,
                  12},
                 strings);
    case 4717:
    case 4718:
      return values.is_hex(3) && values[5].starts_with("Se") &&
             add(values, {0, 1, 2, 3, 4, 5}, strings);
    case 4740:
      return values.is_hex(3) && values.size() >= 7 &&
             add(values, {5, 6, 4}, strings);
    case 4771:
      return values.is_hex(5) && values.is_hex(6) &&
             add(values, {1, 0, 2, 5, 6, 7, 3}, strings);
    case 4776:
      return values.is_hex(3) && add(values, {0, 1, 2, 3}, strings);
    default:
      return false;
  }
}

}  // namespace

bool read_event_message(EventSource source, std::uint32_t id,
                        std::string_view message, EventTexts& strings) {
  strings.clear();
  switch (source) {
    case EventSource::kOther:
      return false;
    case EventSource::kIis:
      return id != 100 || read_refusal(message, strings);
    case EventSource::kSecurity:
      return read_old(id, Values(message), strings);
    case EventSource::kAuditing:
      return read_new(id, Values(message), strings);
    case EventSource::kEventLog:
      return id != 104 || read_cleared(message, strings);
  }
  return false;
}

}  // namespace iisdiag::evidence
