// Output of adsutil.vbs ENUM and GET, IIS 4.0 to 6.0 (FORMATS.md 3.5).
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "evidence/format.hpp"
#include "evidence/metabase.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kBanner = "Microsoft (R) Windows Script Host";
constexpr std::string_view kNotSet = "is not set at this node";
constexpr std::string_view kNotSetCode = "(0x80005006)";

bool says_not_set(std::string_view line) {
  return line.find(kNotSet) != std::string_view::npos ||
         line.find(kNotSetCode) != std::string_view::npos;
}

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= '0' && c <= '9');
  });
}

struct PropertyLine {
  std::string_view name;
  std::string_view type;
  std::string_view value;
};

// `Name : (TYPE) value`
std::optional<PropertyLine> property_line(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) {
    return std::nullopt;
  }
  PropertyLine result;
  result.name = text::trim(line.substr(0, colon));
  std::string_view rest = text::trim(line.substr(colon + 1));
  const auto close = rest.find(')');
  if (!is_word(result.name) || !rest.starts_with('(') ||
      close == std::string_view::npos || !is_word(rest.substr(1, close - 1))) {
    return std::nullopt;
  }
  result.type = rest.substr(1, close - 1);
  result.value = text::trim(rest.substr(close + 1));
  if (result.value.size() >= 2 && result.value.front() == '"' &&
      result.value.back() == '"') {
    result.value = result.value.substr(1, result.value.size() - 2);
  }
  return result;
}

// A line without its end shows all that it has to: a quoted string, a boolean,
// a key. Of a number digits may be missing.
bool is_closed(std::string_view line) {
  return line.ends_with(']') || text::iends_with(line, "true") ||
         text::iends_with(line, "false") ||
         (line.ends_with('"') && std::count(line.begin(), line.end(), '"') > 1);
}

// A child key: `[/W3SVC/1/ROOT]`.
std::optional<std::string> child_key(std::string_view line) {
  line = text::trim(line);
  if (line.size() < 4 || line.front() != '[' || line.back() != ']' ||
      line[1] != '/') {
    return std::nullopt;
  }
  return metabase_path(line.substr(1, line.size() - 2));
}

bool is_adsutil(const Document& document) {
  constexpr int kProbe = 60;
  int seen = 0;
  for (const Line& line : document.first_lines()) {
    if (text::trim(line.text).empty()) {
      continue;
    }
    if (property_line(line.text) || child_key(line.text) ||
        says_not_set(line.text)) {
      return true;
    }
    if (++seen == kProbe) {
      return false;
    }
  }
  return false;
}

struct Call {
  std::string verb;  // lower case; empty: not known
  std::string path;  // as typed
};

// Parted at blanks, but not inside of quotes, which stay.
std::vector<std::string_view> words_of(std::string_view command) {
  std::vector<std::string_view> words;
  bool is_quoted = false;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= command.size(); ++i) {
    if (i < command.size() && (is_quoted || command[i] != ' ')) {
      is_quoted = is_quoted != (command[i] == '"');
      continue;
    }
    if (i > start) {
      words.push_back(command.substr(start, i - start));
    }
    start = i + 1;
  }
  return words;
}

// `cscript ...\adsutil.vbs [-s:server] enum [/p] w3svc/1`
Call call_of_command(std::string_view command) {
  const auto words = words_of(command);
  const auto script = std::find_if(
      words.begin(), words.end(),
      [](std::string_view word) { return text::icontains(word, "adsutil"); });
  Call call;
  for (auto word = script; word != words.end(); ++word) {
    if (word == script || word->starts_with('-') || word->starts_with('>')) {
      continue;
    }
    if (call.verb.empty()) {
      call.verb = text::to_lower(*word);
    } else if (word->starts_with('/') && text::iequals(*word, "/p")) {
      call.verb += " /p";
    } else {
      call.path = std::string(*word);
      if (call.path.size() > 2 && call.path.front() == '"' &&
          call.path.back() == '"') {
        call.path = call.path.substr(1, call.path.size() - 2);
      }
      break;
    }
  }
  return call;
}

// `adsutil-w3svc_1_root.txt` names W3SVC/1/root: from the service on, numbers
// and what follows ROOT are path.
std::string path_of_file_name(std::string_view file) {
  const std::string name =
      text::to_lower(file.substr(file.find_last_of("/\\") + 1));
  std::size_t start = name.find("msftpsvc");
  start = start == std::string::npos ? name.find("w3svc") : start;
  if (start == std::string::npos) {
    return {};
  }
  std::string stem = name.substr(start, name.rfind('.') - start);
  std::replace_if(
      stem.begin(), stem.end(),
      [](char c) { return c == '-' || c == '.' || c == ' '; }, '_');
  std::string path;
  bool in_content = false;
  for (const std::string_view part : text::split(stem, '_')) {
    const bool number = text::to_integer(part).has_value();
    if (path.empty() || number || in_content || part == "root") {
      path.append(path.empty() ? "" : "/").append(part);
      in_content = in_content || part == "root";
    } else {
      break;
    }
  }
  return metabase_path(path);
}

// The node that a KeyType can only mean.
std::string path_of_key_type(std::string_view key_type) {
  if (text::iequals(key_type, "IIsWebService")) {
    return "/LM/W3SVC";
  }
  if (text::iequals(key_type, "IIsFtpService")) {
    return "/LM/MSFTPSVC";
  }
  return {};
}

bool key_type_fits(std::string_view key_type, std::string_view path) {
  const Key key = classify_key(path);
  const bool ftp = key.service == facts::Service::kFtp6;
  if (text::iequals(key_type, ftp ? "IIsFtpService" : "IIsWebService")) {
    return key.kind == KeyKind::kService;
  }
  if (text::iequals(key_type, ftp ? "IIsFtpServer" : "IIsWebServer")) {
    return key.kind == KeyKind::kSite;
  }
  return path_of_key_type(key_type).empty();
}

// The lines that one call printed.
using Lines = std::vector<Line>;

class AdsutilReader {
 public:
  AdsutilReader(const Document& document, FileFacts& facts)
      : document_(document), facts_(facts) {
    config_.store = facts::Store::kMetabase;
    config_.origin = document.at(0);
  }

  void run() {
    // Calls that were appended to one file are parted by the banner of the
    // script host.
    Lines part;
    for (const Line& line : document_.lines()) {
      if (line.text.starts_with(kBanner)) {
        read_part(part);
        part.clear();
      }
      part.push_back(line);
    }
    read_part(part);
    facts_.configs.push_back(std::move(config_));
  }

 private:
  void read_part(const Lines& lines) {
    std::vector<std::pair<PropertyLine, Line>> properties;
    std::vector<std::pair<std::string, Line>> children;
    std::vector<Line> errors;
    for (const Line& line : lines) {
      if (!line.ended && !is_closed(text::trim(line.text))) {
        facts_.problems.push_back(document_.problem(
            "the file ends in the middle of a line", {line.number, {}, true}));
        errors.push_back(line);
      } else if (const auto property = property_line(line.text)) {
        properties.emplace_back(*property, line);
      } else if (auto child = child_key(line.text)) {
        children.emplace_back(std::move(*child), line);
      } else if (text::istarts_with(line.text, "Error") ||
                 line.text.find("ErrNumber") != std::string_view::npos ||
                 says_not_set(line.text)) {
        errors.push_back(line);
      }
    }
    if (properties.empty() && children.empty() && errors.empty()) {
      return;
    }
    const Call call = call_of_command(document_.command());
    const bool answers = !properties.empty() || !errors.empty();
    if (answers && (call.verb == "get" || call.verb == "set")) {
      read_get(call, properties, errors);
      return;
    }
    read_enum(call, properties, children, errors);
  }

  void read_get(const Call& call,
                const std::vector<std::pair<PropertyLine, Line>>& properties,
                const std::vector<Line>& errors) {
    const auto slash = call.path.rfind('/');
    if (slash == std::string::npos) {
      return;
    }
    const std::string name = call.path.substr(slash + 1);
    const std::uint64_t line = !properties.empty()
                                   ? properties.front().second.number
                                   : errors.front().number;
    MetabaseKey key(metabase_path(call.path.substr(0, slash)),
                    document_.at(line), false);
    for (const auto& [property, at] : properties) {
      key.set(property.name, property.value, document_.at(at.number));
    }
    if (properties.empty() &&
        std::any_of(errors.begin(), errors.end(), [](const Line& error) {
          return says_not_set(error.text);
        })) {
      key.set_absent(name, document_.at(line));
    }
    std::move(key).add_to(config_);
  }

  void read_enum(const Call& call,
                 const std::vector<std::pair<PropertyLine, Line>>& properties,
                 const std::vector<std::pair<std::string, Line>>& children,
                 const std::vector<Line>& errors) {
    for (const auto& [path, line] : children) {
      name_child(path, line);
    }
    if (properties.empty()) {
      return;
    }
    const std::string path = path_of(call, properties);
    if (path.empty()) {
      facts_.problems.push_back(document_.problem(
          "the output does not say which node it is of: name the file after "
          "it (w3svc_1_root.txt), or capture the prompt with the command",
          // Without its value: IIS 4.0 prints passwords.
          Line{properties.front().second.number, properties.front().first.name,
               true}));
      return;
    }
    // An error among the properties may stand in place of one of ours.
    MetabaseKey key(path, document_.at(properties.front().second.number),
                    errors.empty());
    for (const auto& [property, line] : properties) {
      key.set(property.name, property.value, document_.at(line.number));
    }
    std::move(key).add_to(config_);
  }

  std::string path_of(
      const Call& call,
      const std::vector<std::pair<PropertyLine, Line>>& properties) const {
    std::string_view key_type;
    for (const auto& [property, line] : properties) {
      if (text::iequals(property.name, "KeyType")) {
        key_type = property.value;
      }
    }
    std::string path = call.verb.starts_with("enum")
                           ? metabase_path(call.path)
                           : path_of_file_name(document_.name());
    if (path.empty() || (call.path.empty() && !key_type_fits(key_type, path))) {
      return path_of_key_type(key_type);
    }
    return path;
  }

  // A key that a listing names: it exists, and its settings are not shown.
  void name_child(const std::string& path, const Line& line) {
    const Key key = classify_key(path);
    if (key.kind != KeyKind::kSite && key.kind != KeyKind::kContent) {
      return;
    }
    facts::IisNode node;
    node.service = key.service;
    node.path = path;
    node.shown = false;
    node.serves =
        key.kind == KeyKind::kContent || key.service == facts::Service::kFtp6;
    node.origin = document_.at(line.number);
    config_.names_sites = true;
    config_.nodes.push_back(std::move(node));
  }

  const Document& document_;
  FileFacts& facts_;
  facts::IisConfig config_;
};

void read_adsutil(const Document& document, FileFacts& facts) {
  AdsutilReader(document, facts).run();
}

}  // namespace

const Format kAdsutil{
    "adsutil", "adsutil.vbs ENUM or GET output (IIS 4.0 to 6.0)",
    R"(cscript adsutil.vbs ENUM W3SVC > w3svc.txt)", is_adsutil, read_adsutil};

}  // namespace iisdiag::evidence
