#include "evidence/registry_file.hpp"

#include <vector>

#include "evidence/limits.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kVersion4 = "REGEDIT4";
constexpr std::string_view kVersion5 = "Windows Registry Editor Version 5.00";

// `"text\\with \"escapes\""`: the text, and what follows it.
std::optional<std::string> quoted(std::string_view& rest) {
  if (!text::consume(rest, "\"")) {
    return std::nullopt;
  }
  std::string result;
  while (!rest.empty()) {
    const char c = rest.front();
    rest.remove_prefix(1);
    if (c == '"') {
      return result;
    }
    if (c == '\\' && !rest.empty()) {
      result.push_back(rest.front());
      rest.remove_prefix(1);
    } else {
      result.push_back(c);
    }
  }
  return std::nullopt;
}

// `aa,bb,cc`; nothing where it is not hexadecimal.
std::optional<std::string> hex_bytes(std::string_view data) {
  std::string bytes;
  for (const std::string_view part : text::split(data, ',')) {
    const std::string_view digits = text::trim(part);
    if (digits.empty()) {
      continue;
    }
    const auto byte = text::to_integer(digits, 16);
    if (!byte || *byte < 0 || *byte > 0xFF) {
      return std::nullopt;
    }
    bytes.push_back(static_cast<char>(*byte));
  }
  return bytes;
}

class Parser {
 public:
  Parser(const Document& document, FileFacts& facts)
      : document_(document), facts_(facts) {}

  RegistryKeys run() {
    const auto lines = document_.lines();
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Line& line = lines[i];
      const std::string_view content = text::trim(line.text);
      if (content.empty() || content.front() == ';') {
        continue;
      }
      if (is_registry_header(content)) {
        wide_ = content == kVersion5;
      } else if (content.front() == '[') {
        start_key(content, line);
      } else {
        std::string joined = join(lines, i);
        read_value(joined, line, lines[i].ended);
      }
    }
    return std::move(keys_);
  }

 private:
  // Lines that end in `\` go on in the next one; a quoted string may hold
  // line breaks as they are.
  static std::string join(const std::vector<Line>& lines, std::size_t& i) {
    std::string joined(text::trim(lines[i].text));
    while (joined.ends_with('\\') && !joined.starts_with("\"\"") &&
           joined.find("hex") != std::string::npos && i + 1 < lines.size() &&
           joined.size() < kMaxLine) {
      joined.pop_back();
      joined += text::trim(lines[++i].text);
    }
    const auto is_open = [](std::string_view text) {
      std::size_t quotes = 0;
      for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\\') {
          ++at;
        } else if (text[at] == '"') {
          ++quotes;
        }
      }
      return quotes % 2 != 0;
    };
    // Only as long as it must be: the next key ends it all the same.
    bool open = is_open(joined);
    while (open && i + 1 < lines.size() && joined.size() < kMaxLine &&
           !lines[i + 1].text.starts_with('[')) {
      const std::string_view next = lines[++i].text;
      joined.append("\n").append(next);
      open = open != is_open(next);
    }
    return joined;
  }

  void start_key(std::string_view content, const Line& line) {
    const auto close = content.rfind(']');
    if (close == std::string_view::npos) {
      // What follows a lost line end can be a password.
      problem("a key without its closing bracket", {line.number, {}, true});
      current_ = nullptr;
      return;
    }
    std::string_view path = content.substr(1, close - 1);
    const bool removed = text::consume(path, "-");
    // The root is HKEY_LOCAL_MACHINE, or where a hive of another system was
    // loaded: only what stands behind it is looked at.
    const std::string key = text::fold_case(path);
    if (removed) {
      keys_.erase(key);
      const std::string below = key + "\\";
      auto last = keys_.lower_bound(below);
      while (last != keys_.end() && last->first.starts_with(below)) {
        last = keys_.erase(last);
      }
      current_ = nullptr;
      return;
    }
    if (keys_.size() >= kMaxNodes) {
      current_ = nullptr;
      return;
    }
    current_ = &keys_[key];
    current_->origin = document_.at(line.number);
  }

  // `is_ended`: by a line end, which regedit writes behind everything.
  void read_value(std::string_view content, const Line& line, bool is_ended) {
    std::string name;
    if (text::consume(content, "@")) {
      name = "@";
    } else if (auto found = quoted(content)) {
      name = text::fold_case(*found);
    } else {
      problem("neither a key nor a value", {line.number, {}, true});
      return;
    }
    content = text::trim(content);
    if (!text::consume(content, "=")) {
      problem("a value without \"=\"", {line.number, {}, true});
      return;
    }
    if (current_ == nullptr) {
      return;
    }
    content = text::trim(content);
    if (content == "-") {
      current_->values.erase(name);
      return;
    }
    RegistryValue value;
    value.origin = document_.at(line.number);
    if (!read_data(content, value) || (!is_ended && may_go_on(content))) {
      current_->values.erase(name);
      // Data can be a password, in any type: only the name is shown.
      const auto equals = line.text.find('=');
      problem(
          "data that cannot be read",
          {line.number,
           equals == std::string_view::npos ? std::string_view{}
                                            : line.text.substr(0, equals + 1),
           true});
      return;
    }
    current_->values.insert_or_assign(std::move(name), std::move(value));
  }

  // A number that was cut reads as another number.
  static bool may_go_on(std::string_view data) {
    constexpr std::size_t kNumber = std::string_view("dword:00000000").size();
    return !data.starts_with('"') &&
           !(text::istarts_with(data, "dword:") && data.size() == kNumber);
  }

  bool read_data(std::string_view data, RegistryValue& value) const {
    if (data.starts_with('"')) {
      value.string = quoted(data);
      return value.string.has_value();
    }
    if (text::istarts_with(data, "dword:")) {
      const auto number = text::to_integer(text::trim(data.substr(6)), 16);
      if (!number || *number < 0 || *number > 0xFFFFFFFF) {
        return false;
      }
      value.number = static_cast<std::uint32_t>(*number);
      return true;
    }
    if (!text::istarts_with(data, "hex")) {
      return false;
    }
    const auto colon = data.find(':');
    if (colon == std::string_view::npos) {
      return false;
    }
    const auto bytes = hex_bytes(data.substr(colon + 1));
    if (!bytes) {
      return false;
    }
    const std::string type = text::to_lower(data.substr(3, colon - 3));
    if (type == "(1)" || type == "(2)") {
      value.string = string_of(*bytes);
    }
    return true;  // other types are of no interest, and no fault
  }

  // Up to the first NUL: what follows is left from other data.
  std::string string_of(const std::string& bytes) const {
    const std::size_t unit = wide_ ? 2 : 1;
    std::size_t end = 0;
    while (end + unit <= bytes.size() &&
           bytes.find_first_not_of('\0', end) < end + unit) {
      end += unit;
    }
    const auto decoded =
        text::decode((wide_ ? "\xFF\xFE" : "") + bytes.substr(0, end));
    return decoded ? decoded->text : std::string{};
  }

  void problem(std::string text, const Line& line) {
    if (current_ != nullptr) {
      current_->is_damaged = true;
    }
    if (facts_.problems.size() < kMaxProblemsPerFile) {
      facts_.problems.push_back(document_.problem(std::move(text), line));
    }
  }

  const Document& document_;
  FileFacts& facts_;
  RegistryKeys keys_;
  RegistryKey* current_ = nullptr;
  bool wide_ = false;
};

}  // namespace

bool is_registry_header(std::string_view line) {
  line = text::trim(line);
  return line == kVersion4 || line == kVersion5;
}

RegistryKeys read_registry_file(const Document& document, FileFacts& facts) {
  return Parser(document, facts).run();
}

}  // namespace iisdiag::evidence
