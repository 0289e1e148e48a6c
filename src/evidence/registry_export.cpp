// .reg exports of regedit and reg.exe (FORMATS.md 6.1).
#include <fmt/format.h>

#include <map>
#include <optional>

#include "evidence/format.hpp"
#include "evidence/limits.hpp"
#include "knowledge/versions.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::Observed;

constexpr std::string_view kVersion4 = "REGEDIT4";
constexpr std::string_view kVersion5 = "Windows Registry Editor Version 5.00";

bool is_header(std::string_view line) {
  line = text::trim(line);
  return line == kVersion4 || line == kVersion5;
}

bool recognises(const Document& document) {
  for (const Line& line : document.lines()) {
    if (!text::trim(line.text).empty()) {
      return is_header(line.text);
    }
  }
  return false;
}

struct Value {
  std::uint64_t line = 0;
  std::optional<std::uint32_t> number;  // dword
  std::optional<std::string> string;    // SZ and EXPAND_SZ
};

// Value names in upper case.
struct KeyValues {
  std::uint64_t line = 0;
  std::map<std::string, Value, std::less<>> values;
};

// Keys by their path in upper case, without the hive's root.
using Keys = std::map<std::string, KeyValues, std::less<>>;

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

  Keys run() {
    const auto lines = document_.lines();
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Line& line = lines[i];
      const std::string_view content = text::trim(line.text);
      if (content.empty() || content.front() == ';') {
        continue;
      }
      if (is_header(content)) {
        wide_ = content == kVersion5;
      } else if (content.front() == '[') {
        start_key(content, line);
      } else {
        std::string joined = join(lines, i);
        read_value(joined, line);
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
    while (is_open(joined) && i + 1 < lines.size() &&
           joined.size() < kMaxLine && !lines[i + 1].text.starts_with('[')) {
      joined += '\n';
      joined += lines[++i].text;
    }
    return joined;
  }

  void start_key(std::string_view content, const Line& line) {
    const auto close = content.rfind(']');
    if (close == std::string_view::npos) {
      problem("a key without its closing bracket", line);
      current_ = nullptr;
      return;
    }
    std::string_view path = content.substr(1, close - 1);
    const bool removed = text::consume(path, "-");
    // The root is HKEY_LOCAL_MACHINE, or where a hive of another system was
    // loaded: only what stands behind it is looked at.
    const std::string key = text::fold_case(path);
    if (removed) {
      std::erase_if(keys_, [&](const auto& entry) {
        return entry.first == key || entry.first.starts_with(key + "\\");
      });
      current_ = nullptr;
      return;
    }
    if (keys_.size() >= kMaxNodes) {
      current_ = nullptr;
      return;
    }
    current_ = &keys_[key];
    current_->line = line.number;
  }

  void read_value(std::string_view content, const Line& line) {
    std::string name;
    if (text::consume(content, "@")) {
      name = "@";
    } else if (auto found = quoted(content)) {
      name = text::fold_case(*found);
    } else {
      problem("neither a key nor a value", line);
      return;
    }
    content = text::trim(content);
    if (!text::consume(content, "=")) {
      problem("a value without \"=\"", line);
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
    Value value;
    value.line = line.number;
    if (!read_data(content, value)) {
      problem("data that cannot be read", line);
      return;
    }
    current_->values.insert_or_assign(std::move(name), std::move(value));
  }

  bool read_data(std::string_view data, Value& value) const {
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

  std::string string_of(const std::string& bytes) const {
    std::string marked = wide_ ? "\xFF\xFE" + bytes : bytes;
    const auto decoded = text::decode(marked);
    std::string result = decoded ? decoded->text : bytes;
    return result.substr(0, result.find('\0'));
  }

  void problem(std::string text, const Line& line) {
    if (facts_.problems.size() < kMaxProblemsPerFile) {
      facts_.problems.push_back(document_.problem(std::move(text), line));
    }
  }

  const Document& document_;
  FileFacts& facts_;
  Keys keys_;
  KeyValues* current_ = nullptr;
  bool wide_ = false;
};

// The tail of a key below its control set, for the set that is in use:
// CurrentControlSet, else the lowest number that was exported.
class Interpreter {
 public:
  Interpreter(const Document& document, Keys keys, FileFacts& facts)
      : document_(document), keys_(std::move(keys)), facts_(facts) {}

  void run() {
    read_computer();
    read_windows();
    read_iis_version();
    read_lsa();
    read_service("W3SVC", facts::Service::kWeb);
    read_service("MSFTPSVC", facts::Service::kFtp6);
    read_service("GOPHERSVC", facts::Service::kGopher);
  }

 private:
  const KeyValues* in_control_set(std::string_view tail) const {
    const KeyValues* numbered = nullptr;
    for (const auto& [path, key] : keys_) {
      if (!path.ends_with(tail)) {
        continue;
      }
      const std::string_view head =
          std::string_view(path).substr(0, path.size() - tail.size());
      const auto set = head.substr(head.rfind('\\') + 1);
      if (set == "CURRENTCONTROLSET") {
        return &key;
      }
      if (set.starts_with("CONTROLSET") && numbered == nullptr) {
        numbered = &key;
      }
    }
    return numbered;
  }

  const KeyValues* in_software(std::string_view tail) const {
    const KeyValues* found = nullptr;
    for (const auto& [path, key] : keys_) {
      if (path.ends_with(tail)) {
        // The native view before the one of 32-bit programs.
        if (path.find("WOW6432NODE") == std::string::npos) {
          return &key;
        }
        found = &key;
      }
    }
    return found;
  }

  static const Value* find(const KeyValues* key, std::string_view name) {
    if (key == nullptr) {
      return nullptr;
    }
    const auto value = key->values.find(name);
    return value == key->values.end() ? nullptr : &value->second;
  }

  Observed<std::string> text_value(const KeyValues* key,
                                   std::string_view name) const {
    const Value* value = find(key, name);
    if (value != nullptr && value->string) {
      return {*value->string, document_.at(value->line)};
    }
    return missing<std::string>(key, value);
  }

  Observed<std::uint32_t> number_value(const KeyValues* key,
                                       std::string_view name) const {
    const Value* value = find(key, name);
    if (value != nullptr && value->number) {
      return {*value->number, document_.at(value->line)};
    }
    return missing<std::uint32_t>(key, value);
  }

  template <class T>
  Observed<T> missing(const KeyValues* key, const Value* value) const {
    if (key == nullptr) {
      return {};
    }
    if (value != nullptr) {
      return Observed<T>::unknown("the value has another type", {},
                                  document_.at(value->line));
    }
    return Observed<T>::absent(document_.at(key->line));
  }

  void read_computer() {
    auto& machine = facts_.machine;
    const KeyValues* key =
        in_control_set(R"(\CONTROL\COMPUTERNAME\COMPUTERNAME)");
    if (const auto name = text_value(key, "COMPUTERNAME"); name.has_value()) {
      machine.computer = name;
    }
    const KeyValues* tcpip = in_control_set(R"(\SERVICES\TCPIP\PARAMETERS)");
    if (const auto name = text_value(tcpip, "HOSTNAME"); name.has_value()) {
      machine.host_name = name;
    }
    const auto product =
        text_value(in_control_set(R"(\CONTROL\PRODUCTOPTIONS)"), "PRODUCTTYPE");
    if (product.has_value()) {
      if (text::iequals(*product, "WinNT")) {
        machine.role = {facts::Role::kWorkstation, product.origin()};
      } else if (text::iequals(*product, "ServerNT")) {
        machine.role = {facts::Role::kMember, product.origin()};
      } else if (text::iequals(*product, "LanmanNT")) {
        machine.role = {facts::Role::kDomainController, product.origin()};
      }
    }
  }

  void read_windows() {
    auto& machine = facts_.machine;
    const KeyValues* key =
        in_software(R"(\MICROSOFT\WINDOWS NT\CURRENTVERSION)");
    if (const auto version = text_value(key, "CURRENTVERSION");
        version.has_value()) {
      machine.windows_version = version;
    }
    if (const auto name = text_value(key, "PRODUCTNAME"); name.has_value()) {
      machine.product_name = name;
    }
    const auto build = text_value(key, "CURRENTBUILDNUMBER");
    if (build.has_value()) {
      if (const auto number = text::to_integer(*build);
          number && *number > 0 && *number < 1'000'000) {
        machine.windows_build = {static_cast<int>(*number), build.origin()};
      }
    }
    const auto pack = text_value(key, "CSDVERSION");
    if (pack.is_absent()) {
      machine.service_pack = {0, pack.origin()};
    } else if (pack.has_value()) {
      const auto digit = pack->find_first_of("0123456789");
      const auto number =
          digit == std::string::npos
              ? std::nullopt
              : text::to_integer(pack->substr(
                    digit,
                    pack->find_first_not_of("0123456789", digit) - digit));
      if (number && *number < 100) {
        machine.service_pack = {static_cast<int>(*number), pack.origin()};
      }
    }
  }

  void read_iis_version() {
    const KeyValues* key = in_software(R"(\MICROSOFT\INETSTP)");
    const auto major = number_value(key, "MAJORVERSION");
    const auto minor = number_value(key, "MINORVERSION");
    if (!major.has_value()) {
      return;
    }
    const std::string version = fmt::format("{}.{}", *major, minor.value_or(0));
    if (const auto* rules = knowledge::find_iis(version)) {
      facts_.machine.iis = {std::string(rules->id), major.origin()};
    } else {
      facts_.problems.push_back(document_.problem(
          fmt::format("IIS version {} is not one that this program knows",
                      version),
          {major.origin().number(), {}, true}));
    }
  }

  void read_lsa() {
    auto& machine = facts_.machine;
    const KeyValues* lsa = in_control_set(R"(\CONTROL\LSA)");
    machine.crash_on_audit_fail = number_value(lsa, "CRASHONAUDITFAIL");
    machine.force_guest = number_value(lsa, "FORCEGUEST");
    machine.limit_blank_password_use =
        number_value(lsa, "LIMITBLANKPASSWORDUSE");
    machine.subauthentication =
        text_value(in_control_set(R"(\CONTROL\LSA\MSV1_0)"), "AUTH132");
  }

  // Services\NAME\Parameters of IIS 1.0 to 3.0 (FACTS.md A.2). Later versions
  // keep the key, with other values.
  void read_service(std::string_view name, facts::Service service) {
    const KeyValues* key =
        in_control_set(fmt::format(R"(\SERVICES\{}\PARAMETERS)", name));
    if (key == nullptr) {
      return;
    }
    const auto guest = number_value(key, "ALLOWGUESTACCESS");
    if (service == facts::Service::kFtp6) {
      facts_.machine.ftp_allow_guest_access = guest;
    } else if (service == facts::Service::kWeb) {
      facts_.machine.web_allow_guest_access = guest;
    }
    facts::IisNode node;
    node.service = service;
    // The place that the metabase of later versions has for it.
    node.path = fmt::format("/LM/{}", name);
    node.serves = true;
    node.origin = document_.at(key->line);
    node.account.value = text_value(key, "ANONYMOUSUSERNAME");
    if (node.account.value.has_value()) {
      // The password lies in an LSA secret that nothing here may read.
      node.password.value = {facts::StoredPassword::kOpaque,
                             node.account.value.origin()};
    }
    read_method(number_value(key, "LOGONMETHOD"), node);
    node.logon_domain.value = text_value(key, "DEFAULTLOGONDOMAIN");
    node.password_sync.value = Observed<bool>::absent(node.origin);
    read_anonymous(key, service, node);
    facts::IisConfig config;
    config.store = facts::Store::kRegistry;
    config.origin = node.origin;
    config.nodes.push_back(std::move(node));
    facts_.configs.push_back(std::move(config));
  }

  static void read_method(const Observed<std::uint32_t>& value,
                          facts::IisNode& node) {
    auto& method = node.logon_method.value;
    if (!value.has_value()) {
      method = value.is_absent()
                   ? Observed<facts::LogonMethod>::absent(value.origin())
                   : Observed<facts::LogonMethod>{};
    } else if (*value <= 2) {
      method = {static_cast<facts::LogonMethod>(*value), value.origin()};
    } else {
      method = Observed<facts::LogonMethod>::unknown(
          fmt::format("LogonMethod {} has no meaning", *value), {},
          value.origin());
    }
  }

  void read_anonymous(const KeyValues* key, facts::Service service,
                      facts::IisNode& node) const {
    // FTP: AllowAnonymous. WWW and Gopher: bit 1 of Authorization.
    const bool ftp = service == facts::Service::kFtp6;
    const auto value =
        number_value(key, ftp ? "ALLOWANONYMOUS" : "AUTHORIZATION");
    auto& anonymous = node.anonymous.value;
    if (value.has_value()) {
      anonymous = {ftp ? *value != 0 : *value % 2 != 0, value.origin()};
    } else if (value.is_absent()) {
      anonymous = Observed<bool>::absent(value.origin());
    }
  }

  const Document& document_;
  Keys keys_;
  FileFacts& facts_;
};

void read(const Document& document, FileFacts& facts) {
  Interpreter(document, Parser(document, facts).run(), facts).run();
}

}  // namespace

const Format kRegistryExport{
    "registry-export", "registry keys (.reg export)",
    R"(reg export HKLM\SYSTEM\CurrentControlSet\Control\Lsa lsa.reg)",
    recognises, read};

}  // namespace iisdiag::evidence
