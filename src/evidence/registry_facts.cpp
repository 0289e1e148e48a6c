#include "evidence/registry_facts.hpp"

#include <fmt/format.h>

#include "knowledge/versions.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

using facts::Observed;

// The tail of a key below its control set, for the set that is in use:
// CurrentControlSet, else the lowest number that was exported.
class Interpreter {
 public:
  Interpreter(const RegistryKeys& keys, FileFacts& facts)
      : keys_(keys), facts_(facts) {}

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
  const RegistryKey* in_control_set(std::string_view tail) const {
    const RegistryKey* numbered = nullptr;
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

  const RegistryKey* in_software(std::string_view tail) const {
    const RegistryKey* found = nullptr;
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

  static const RegistryValue* find(const RegistryKey* key,
                                   std::string_view name) {
    if (key == nullptr) {
      return nullptr;
    }
    const auto value = key->values.find(name);
    return value == key->values.end() ? nullptr : &value->second;
  }

  Observed<std::string> text_value(const RegistryKey* key,
                                   std::string_view name) const {
    const RegistryValue* value = find(key, name);
    if (value != nullptr && value->string) {
      return {*value->string, value->origin};
    }
    return missing<std::string>(key, value);
  }

  Observed<std::uint32_t> number_value(const RegistryKey* key,
                                       std::string_view name) const {
    const RegistryValue* value = find(key, name);
    if (value != nullptr && value->number) {
      return {*value->number, value->origin};
    }
    return missing<std::uint32_t>(key, value);
  }

  template <class T>
  Observed<T> missing(const RegistryKey* key,
                      const RegistryValue* value) const {
    if (key == nullptr) {
      return {};
    }
    if (value != nullptr) {
      return Observed<T>::unknown("the value has another type", {},
                                  value->origin);
    }
    if (key->is_damaged) {
      return Observed<T>::unknown("the key is damaged", {}, key->origin);
    }
    return Observed<T>::absent(key->origin);
  }

  void read_computer() {
    auto& machine = facts_.machine;
    const RegistryKey* key =
        in_control_set(R"(\CONTROL\COMPUTERNAME\COMPUTERNAME)");
    if (const auto name = text_value(key, "COMPUTERNAME"); name.has_value()) {
      machine.computer = name;
    }
    const RegistryKey* tcpip = in_control_set(R"(\SERVICES\TCPIP\PARAMETERS)");
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
    const RegistryKey* key =
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
    const RegistryKey* key = in_software(R"(\MICROSOFT\INETSTP)");
    const auto major = number_value(key, "MAJORVERSION");
    const auto minor = number_value(key, "MINORVERSION");
    if (!major.has_value()) {
      return;
    }
    const std::string version = fmt::format("{}.{}", *major, minor.value_or(0));
    if (const auto* rules = knowledge::find_iis(version)) {
      facts_.machine.iis = {std::string(rules->id), major.origin()};
    } else {
      facts_.problems.push_back(
          {fmt::format("IIS version {} is not one that this program knows",
                       version),
           major.origin(),
           {},
           0,
           {}});
    }
  }

  void read_lsa() {
    auto& machine = facts_.machine;
    const RegistryKey* lsa = in_control_set(R"(\CONTROL\LSA)");
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
    const RegistryKey* key =
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
    node.origin = key->origin;
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

  void read_anonymous(const RegistryKey* key, facts::Service service,
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
    // The other bits of Authorization are documented nowhere.
    if (ftp) {
      read_schemes(number_value(key, "ANONYMOUSONLY"), node);
    }
  }

  // Users log on to FTP by their names unless AnonymousOnly forbids it.
  static void read_schemes(const Observed<std::uint32_t>& only,
                           facts::IisNode& node) {
    auto& named = node.basic_scheme.value;
    if (only.has_value()) {
      named = {*only == 0, only.origin()};
    } else if (only.is_absent()) {
      named = Observed<bool>::absent(only.origin());
    }
    node.other_scheme = node.basic_scheme;
  }

  const RegistryKeys& keys_;
  FileFacts& facts_;
};

}  // namespace

void interpret_registry(const RegistryKeys& keys, FileFacts& facts) {
  Interpreter(keys, facts).run();
}

}  // namespace iisdiag::evidence
