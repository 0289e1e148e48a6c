#include "evidence/xml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "evidence/limits.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

// Past blanks, comments, processing instructions and declarations.
std::string_view skip_prolog(std::string_view text) {
  for (;;) {
    const auto start = text.find_first_not_of(kSpace);
    if (start == std::string_view::npos) {
      return {};
    }
    text.remove_prefix(start);
    std::string_view closing;
    if (text.starts_with("<!--")) {
      closing = "-->";
    } else if (text.starts_with("<?")) {
      closing = "?>";
    } else if (text.starts_with("<!")) {
      // The declarations inside of a document type hold `>` as well.
      const auto head = text.substr(0, text.find('>'));
      closing = head.find('[') == std::string_view::npos ? ">" : "]>";
    } else {
      return text;
    }
    const auto end = text.find(closing);
    if (end == std::string_view::npos) {
      return {};
    }
    text.remove_prefix(end + closing.size());
  }
}

std::string_view without_prefix(std::string_view name) {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// The local name of the element that starts here, and the text behind its
// start tag.
std::string_view element_name(std::string_view text, std::string_view& rest) {
  if (text.size() < 2 || text.front() != '<' || text[1] == '/') {
    return {};
  }
  const auto name = text.substr(1, text.find_first_of(" \t\r\n/>", 1) - 1);
  char quote = 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      quote = c == quote ? '\0' : quote;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      rest = text.substr(i + 1);
      break;
    }
  }
  return without_prefix(name);
}

// A line of a damaged document as far as it may be shown. A value can be a
// password, and damage moves quotes, so that only the names of elements and
// attributes are: a word behind `<`, or in front of `=` and a quote. Where
// anything else stands between the quotes, it and the rest of the line can be
// the inside of a value: three dots stand for all of it.
class NamesOnly {
 public:
  NamesOnly(std::string_view line, std::size_t fault) : fault_(fault) {
    std::size_t i = 0;
    while (i < line.size()) {
      const std::size_t length = known_length(line, i);
      if (length == 0) {
        put("...", i);
        break;
      }
      const bool is_value = line[i] == '"' || line[i] == '\'';
      put(is_value ? "..." : line.substr(i, length), i);
      i += length;
    }
    column_ = column_.value_or(text::length(text_));
  }

  const std::string& text() const { return text_; }
  std::size_t column() const { return *column_; }

 private:
  // Of the blank, sign, name or value in quotes that begins there; 0 for
  // anything else.
  std::size_t known_length(std::string_view line, std::size_t start) const {
    const std::string_view rest = line.substr(start);
    const char first = rest.front();
    if (first == '"' || first == '\'') {
      const auto closing = rest.find(first, 1);
      return closing == std::string_view::npos ? 0 : closing + 1;
    }
    if (kSpace.find(first) != std::string_view::npos || first == '<' ||
        first == '>') {
      return 1;
    }
    const char before = text_.empty() ? ' ' : text_.back();
    if (first == '/' || first == '?' || first == '!') {
      return before == '<' || rest.substr(1).starts_with('>') ? 1 : 0;
    }
    if (first == '=') {
      return 1;  // a name is one only in front of it
    }
    const auto end = std::min(rest.find_first_of(" \t<>/=\"'?!"), rest.size());
    const auto next = rest.find_first_not_of(kSpace, end);
    const std::string_view behind =
        next == std::string_view::npos ? "" : rest.substr(next);
    return is_element(rest.substr(end)) || is_attribute(before, behind) ? end
                                                                        : 0;
  }

  // Behind `<`, `</` or `<?`, and not up to a quote.
  bool is_element(std::string_view behind) const {
    return (text_.ends_with('<') || text_.ends_with("</") ||
            text_.ends_with("<?")) &&
           (behind.empty() || behind.front() == '>' || behind.front() == '/' ||
            kSpace.find(behind.front()) != std::string_view::npos);
  }

  static bool is_attribute(char before, std::string_view behind) {
    if (kSpace.find(before) == std::string_view::npos ||
        !text::consume(behind, "=")) {
      return false;
    }
    const auto value = behind.find_first_not_of(kSpace);
    return value != std::string_view::npos &&
           (behind[value] == '"' || behind[value] == '\'');
  }

  void put(std::string_view part, std::size_t start) {
    if (!column_ && start >= fault_) {
      column_ = text::length(text_);
    }
    text_ += part;
  }

  std::size_t fault_;
  std::string text_;
  std::optional<std::size_t> column_;
};

}  // namespace

std::optional<XmlStart> xml_start(std::string_view text) {
  std::string_view rest;
  XmlStart start;
  start.root = element_name(skip_prolog(text), rest);
  if (start.root.empty()) {
    return std::nullopt;
  }
  std::string_view behind;
  start.child = element_name(skip_prolog(rest), behind);
  return start;
}

std::string_view local_name(const pugi::xml_node& element) {
  return without_prefix(element.name());
}

pugi::xml_node child(const pugi::xml_node& parent, std::string_view name) {
  for (const auto& element : parent.children()) {
    if (local_name(element) == name) {
      return element;
    }
  }
  return {};
}

pugi::xml_node descend(pugi::xml_node element,
                       std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    element = child(element, name);
  }
  return element;
}

Xml::Xml(const Document& document, FileFacts& facts)
    : document_(document), buffer_(document.text()) {
  const std::string_view text = document.text();
  line_starts_.push_back(0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    // CR CR LF is one line end, a lone CR one as well (document.hpp).
    const std::string_view rest = text.substr(i);
    if (rest.front() == '\n' ||
        (rest.front() == '\r' && !rest.starts_with("\r\n") &&
         !rest.starts_with("\r\r\n"))) {
      line_starts_.push_back(i + 1);
    }
  }
  if (!is_acceptable(facts)) {
    return;
  }
  constexpr unsigned kOptions =
      pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol;
  const pugi::xml_parse_result result = dom_.load_buffer_inplace(
      buffer_.data(), buffer_.size(), kOptions, pugi::encoding_utf8);
  is_whole_ = static_cast<bool>(result);
  if (!is_whole_) {
    const std::string_view what = result.description();
    report_damage(
        static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, result.offset)),
        fmt::format("not well-formed XML: {}{}",
                    text::to_lower(what.substr(0, 1)), what.substr(1)),
        facts);
  }
  if (result.status == pugi::status_bad_attribute ||
      result.status == pugi::status_bad_start_element) {
    drop_last_attribute();
  }
  if (!is_within_limits(facts)) {
    is_whole_ = false;
    dom_.reset();
  }
}

// It ends where the file was cut, or reaches to the next quote.
void Xml::drop_last_attribute() {
  pugi::xml_node last = dom_.last_child();
  while (!last.last_child().empty()) {
    last = last.last_child();
  }
  last.remove_attribute(last.last_attribute());
}

bool Xml::is_cut(const pugi::xml_node& element) const {
  if (is_whole_) {
    return false;
  }
  for (auto node = element; !node.empty(); node = node.parent()) {
    if (!node.next_sibling().empty()) {
      return false;
    }
  }
  return true;
}

bool Xml::is_acceptable(FileFacts& facts) const {
  const std::string_view text = document_.text();
  // Elements take many times the memory of their text.
  if (static_cast<std::size_t>(std::count(text.begin(), text.end(), '<')) >
      kMaxXmlTags) {
    facts.problems.push_back(document_.problem(
        fmt::format("more than {} tags: not read", kMaxXmlTags)));
    return false;
  }
  // Looked for in front of the root element only, where it would stand.
  const auto root = text.find_first_not_of(kSpace);
  for (std::string_view rest =
           root == std::string_view::npos ? "" : text.substr(root);
       rest.starts_with("<!") || rest.starts_with("<?");) {
    if (text::istarts_with(rest, "<!DOCTYPE")) {
      const auto offset = static_cast<std::size_t>(rest.data() - text.data());
      report_damage(offset,
                    "a document type declaration is not accepted: not read",
                    facts);
      return false;
    }
    const auto end =
        rest.find(rest.starts_with("<!--") ? std::string_view("-->") : ">");
    if (end == std::string_view::npos) {
      break;
    }
    rest.remove_prefix(end);
    const auto next = rest.find('<');
    rest.remove_prefix(next == std::string_view::npos ? rest.size() : next);
  }
  return true;
}

bool Xml::is_within_limits(FileFacts& facts) const {
  std::size_t depth = 0;
  for (pugi::xml_node node = dom_.first_child(); node;) {
    const auto attributes =
        std::distance(node.attributes().begin(), node.attributes().end());
    const bool long_value = std::any_of(
        node.attributes().begin(), node.attributes().end(),
        [](const pugi::xml_attribute& attribute) {
          return std::string_view(attribute.value()).size() > kMaxXmlAttribute;
        });
    std::string what;
    if (depth > kMaxXmlDepth) {
      what = fmt::format("elements nested more than {} deep", kMaxXmlDepth);
    } else if (static_cast<std::size_t>(attributes) > kMaxXmlAttributes) {
      what = fmt::format("an element with more than {} attributes",
                         kMaxXmlAttributes);
    } else if (long_value) {
      what = fmt::format("an attribute longer than {} bytes", kMaxXmlAttribute);
    }
    if (!what.empty()) {
      facts.problems.push_back(
          document_.problem(what + ": not read",
                            Line{at(node).number(), std::string_view{}, true}));
      return false;
    }
    if (!node.first_child().empty()) {
      node = node.first_child();
      ++depth;
      continue;
    }
    while (!node.empty() && node.next_sibling().empty()) {
      node = node.parent();
      depth -= depth > 0 ? 1 : 0;
    }
    node = node.next_sibling();
  }
  return true;
}

void Xml::report_damage(std::size_t offset, const std::string& what,
                        FileFacts& facts) const {
  const std::string_view text = document_.text();
  const Line line =
      line_text(std::min(offset, text.empty() ? 0 : text.size() - 1));
  const std::size_t start = start_of(line.number);
  const std::uint64_t number = in_file(line.number);
  if (begins_in_value(start)) {
    facts.problems.push_back(document_.problem(what, Line{number, {}, true}));
    return;
  }
  const NamesOnly shown(line.text, offset - std::min(offset, start));
  facts.problems.push_back(document_.problem(
      what, Line{number, shown.text(), true}, shown.column()));
}

// By the quotes of the tag that is open in front of the line.
bool Xml::begins_in_value(std::size_t line_start) const {
  const std::string_view before =
      std::string_view(document_.text()).substr(0, line_start);
  const auto tag = before.rfind('<');
  if (tag == std::string_view::npos) {
    return false;
  }
  char quote = 0;
  for (const char c : before.substr(tag)) {
    if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == quote) {
      quote = 0;
    }
  }
  return quote != 0 || before[before.find_last_not_of(kSpace)] == '=';
}

std::uint64_t Xml::line_of(std::size_t offset) const {
  const auto next =
      std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  return static_cast<std::uint64_t>(next - line_starts_.begin());
}

std::size_t Xml::start_of(std::uint64_t line) const {
  return line_starts_[static_cast<std::size_t>(line - 1)];
}

Line Xml::line_text(std::size_t offset) const {
  const std::uint64_t number = line_of(offset);
  const std::string_view rest = document_.text().substr(start_of(number));
  return {number, rest.substr(0, rest.find_first_of("\r\n")), true};
}

facts::Origin Xml::at(const pugi::xml_node& element) const {
  const std::ptrdiff_t offset = element.offset_debug();
  return document_.at(
      offset < 0 ? 0 : in_file(line_of(static_cast<std::size_t>(offset))));
}

facts::Origin Xml::at(const pugi::xml_node& element,
                      const pugi::xml_attribute& attribute) const {
  // The parser keeps no position of an attribute, but it works in place: the
  // name still stands where it stood in the text.
  const char* name = attribute.name();
  const char* start = buffer_.data();
  if (std::less<>()(name, start) || std::greater<>()(name, &buffer_.back())) {
    return at(element);
  }
  return document_.at(in_file(line_of(static_cast<std::size_t>(name - start))));
}

}  // namespace iisdiag::evidence
