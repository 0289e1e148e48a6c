#include "win32/apphost_settings.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <type_traits>
#include <vector>

#include "evidence/limits.hpp"
#include "text/strings.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

using facts::IisNode;
using facts::LogonMethod;
using facts::Observed;
using facts::Origin;
using facts::StoredPassword;

// By name or by number: an enumeration may be told either way.
std::optional<LogonMethod> to_method(const Variant& value) {
  constexpr std::array<std::string_view, 4> kNames = {"Interactive", "Batch",
                                                      "Network", "ClearText"};
  const auto number = value.number();
  const auto text = value.text();
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (number == static_cast<std::int64_t>(i) ||
        (text && text::iequals(to_utf8(*text), kNames.at(i)))) {
      return static_cast<LogonMethod>(i);
    }
  }
  return std::nullopt;
}

std::optional<bool> to_flag(const Variant& value) {
  if (const auto number = value.number()) {
    return *number != 0;
  }
  const auto text = value.text();
  return text ? text::to_bool(to_utf8(*text)) : std::nullopt;
}

std::optional<std::string> to_text(const Variant& value) {
  const auto text = value.text();
  return text ? std::optional(to_utf8(*text)) : std::nullopt;
}

// `convert` makes the value of a Variant, or nothing of one that is odd.
template <class Convert>
auto read(AppHost& host, const AppHost::Object& element, std::string_view name,
          Convert convert) {
  Variant value(host.api());
  Reading<typename std::invoke_result_t<Convert, const Variant&>::value_type>
      result;
  result.code = host.value(element, name, value);
  if (SUCCEEDED(result.code)) {
    result.value = convert(value);
    result.code = result.value ? S_OK : DISP_E_TYPEMISMATCH;
  }
  return result;
}

template <class T>
Observed<T> observed(const Reading<T>& reading, const std::string& where) {
  return reading.value ? Observed<T>(*reading.value, Origin::from_api(where, 0))
                       : com_refused<T>(where, reading.code);
}

// Whether the node stores the setting. `in_file` is null where no file was
// read.
template <class T, class U>
bool is_own(const Reading<T>& reading, const Reading<T>* above,
            const Observed<U>* in_file, bool all_own) {
  return all_own || (in_file != nullptr && !in_file->is_absent()) ||
         above == nullptr || reading != *above;
}

// The place in the file, where the setting is there.
template <class T, class U>
Observed<T> placed(Observed<T> value, const Observed<U>* in_file) {
  if (value.has_value() && in_file != nullptr && in_file->has_value()) {
    return {*value, in_file->origin()};
  }
  return value;
}

class Putter {
 public:
  Putter(const SectionSettings& settings, const Inherited& inherited,
         const std::string& where, IisNode& node)
      : settings_(settings), from_(inherited), where_(where), node_(node) {}

  void run() {
    put(&SectionSettings::anonymous, &IisNode::anonymous);
    const bool own_account = put(&SectionSettings::account, &IisNode::account);
    put(&SectionSettings::method, &IisNode::logon_method);
    if (facts::is_ftp(node_.service)) {
      put(&SectionSettings::domain, &IisNode::logon_domain);
    }
    put_password(own_account);
  }

  void run_schemes() {
    put(&SectionSettings::other_scheme, &IisNode::other_scheme);
    put(&SectionSettings::basic_scheme, &IisNode::basic_scheme);
  }

 private:
  template <class T>
  bool put(Reading<T> SectionSettings::*reading,
           facts::Setting<T> IisNode::*setting) {
    const auto* in_file =
        from_.in_file == nullptr ? nullptr : &(from_.in_file->*setting).value;
    const auto* above =
        from_.above == nullptr ? nullptr : &(from_.above->*reading);
    const Reading<T>& here = settings_.*reading;
    const bool own = is_own(here, above, in_file, from_.all_own);
    if (own) {
      (node_.*setting).value = placed(observed(here, where_), in_file);
    }
    return own;
  }

  void put_password(bool own_account) {
    const auto* in_file =
        from_.in_file == nullptr ? nullptr : &from_.in_file->password.value;
    const auto* above =
        from_.above == nullptr ? nullptr : &from_.above->password;
    const auto& here = settings_.password;
    const bool empty =
        here.value && here.value->state == StoredPassword::kEmpty;
    const bool shown = in_file != nullptr && !in_file->is_absent();
    // An empty one that no level above differs from is none at all.
    const bool none_above =
        above == nullptr ||
        (above->value && above->value->state == StoredPassword::kEmpty);
    if (empty && none_above && !shown) {
      return;
    }
    // Two accounts may have one password: without the file nothing tells that
    // from a password that only the node above stores, and nobody is accused.
    const bool may_be_own = own_account && in_file == nullptr;
    if (!may_be_own && !is_own(here, above, in_file, from_.all_own)) {
      return;
    }
    if (!here.value) {
      node_.password.value = com_refused<StoredPassword>(where_, here.code);
      return;
    }
    node_.password.value =
        placed(Observed<StoredPassword>(here.value->state,
                                        Origin::from_api(where_, 0)),
               in_file);
    node_.password_group = here.value->group;
  }

  const SectionSettings& settings_;
  const Inherited& from_;
  const std::string& where_;
  IisNode& node_;
};

}  // namespace

SectionSettings unreadable_settings(HRESULT code) {
  SectionSettings result;
  result.anonymous.code = code;
  result.account.code = code;
  result.password.code = code;
  result.method.code = code;
  result.domain.code = code;
  result.other_scheme.code = code;
  result.basic_scheme.code = code;
  return result;
}

SectionSettings default_settings(bool is_ftp) {
  SectionSettings result;
  result.anonymous = {!is_ftp, S_OK};
  result.account = {"IUSR", S_OK};
  result.password = {StoredSecret{StoredPassword::kEmpty, 0}, S_OK};
  result.method = {LogonMethod::kNetworkCleartext, S_OK};
  if (is_ftp) {
    result.domain = {"NT AUTHORITY", S_OK};
  }
  result.other_scheme = {false, S_OK};
  result.basic_scheme = {false, S_OK};
  return result;
}

std::uint32_t site_number(AppHost& host, const AppHost::Object& site) {
  Variant id(host.api());
  return SUCCEEDED(host.value(site, "id", id))
             ? static_cast<std::uint32_t>(id.number().value_or(0))
             : 0;
}

void read_web_schemes(AppHost& host, const std::string& path,
                      SectionSettings& settings) {
  constexpr std::array<std::string_view, 5> kNames = {
      "basic", "windows", "digest", "clientCertificateMapping",
      "iisClientCertificateMapping"};
  Reading<bool>& other = settings.other_scheme;
  other = {false, S_OK};
  for (const std::string_view name : kNames) {
    AppHost::Object section;
    Reading<bool> state;
    state.code = host.section(
        fmt::format("system.webServer/security/authentication/{}Authentication",
                    name),
        path, section);
    if (SUCCEEDED(state.code)) {
      state = read(host, section, "enabled", to_flag);
    }
    if (name == kNames.front()) {
      settings.basic_scheme = state;
    }
    if (state.value == true || (other.value && !state.value)) {
      other = state;
    }
    if (other.value == true) {
      break;
    }
  }
}

void read_ftp_schemes(AppHost& host, const AppHost::Object& site,
                      SectionSettings& settings) {
  AppHost::Object authentication;
  AppHost::Object section;
  Reading<bool>& basic = settings.basic_scheme;
  basic.code = host.descend(site, {"ftpServer", "security", "authentication"},
                            authentication);
  if (SUCCEEDED(basic.code)) {
    basic.code = host.child(authentication, "basicAuthentication", section);
  }
  if (SUCCEEDED(basic.code)) {
    basic = read(host, section, "enabled", to_flag);
  }
  settings.other_scheme = basic;
  if (basic.value != false) {
    return;
  }
  // Providers find users in their own ways.
  std::vector<AppHost::Object> providers;
  HRESULT code = host.descend(authentication,
                              {"customAuthentication", "providers"}, section);
  if (SUCCEEDED(code)) {
    code = host.items(section, evidence::kMaxSites, providers);
  }
  for (const AppHost::Object& provider : providers) {
    if (read(host, provider, "enabled", to_flag).value != false) {
      settings.other_scheme = {true, S_OK};
    }
  }
  if (FAILED(code) && settings.other_scheme.value != true) {
    settings.other_scheme = {{}, code};
  }
}

SectionSettings read_settings(AppHost& host, const AppHost::Object& element,
                              bool is_ftp, SecretTable& secrets) {
  SectionSettings result;
  result.anonymous = read(host, element, "enabled", to_flag);
  result.account = read(host, element, "userName", to_text);
  result.method = read(host, element, "logonMethod", to_method);
  if (is_ftp) {
    result.domain = read(host, element, "defaultLogonDomain", to_text);
  }
  const auto keep = [&](const Variant& value) -> std::optional<StoredSecret> {
    const auto text = value.text();
    if (!text) {
      return std::nullopt;
    }
    // UTF-16 both, and not copied in between.
    static_assert(sizeof(wchar_t) == sizeof(char16_t));
    const std::u16string_view units(
        reinterpret_cast<const char16_t*>(text->data()), text->size());
    return StoredSecret{
        units.empty() ? StoredPassword::kEmpty : StoredPassword::kClearText,
        secrets.add(text::Secret(units))};
  };
  result.password = read(host, element, "password", keep);
  return result;
}

SectionSettings below_defaults(SectionSettings site,
                               const SectionSettings& defaults,
                               const IisNode* in_file) {
  const SectionSettings schema = default_settings(true);
  const auto settle = [&](auto SectionSettings::*reading,
                          auto IisNode::*setting) {
    auto& here = site.*reading;
    const auto& above = defaults.*reading;
    if (in_file != nullptr) {
      if ((in_file->*setting).value.is_absent()) {
        here = above;
      }
    } else if (here.value && here.value == (schema.*reading).value &&
               here != above) {
      here = {{}, HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED)};
    }
  };
  settle(&SectionSettings::anonymous, &IisNode::anonymous);
  settle(&SectionSettings::account, &IisNode::account);
  settle(&SectionSettings::method, &IisNode::logon_method);
  settle(&SectionSettings::domain, &IisNode::logon_domain);
  settle(&SectionSettings::other_scheme, &IisNode::other_scheme);
  settle(&SectionSettings::basic_scheme, &IisNode::basic_scheme);
  if (in_file != nullptr && in_file->password.value.is_absent()) {
    site.password = defaults.password;
  }
  return site;
}

IisNode unset_node(facts::Service service, std::string path,
                   const facts::Origin& origin) {
  IisNode node;
  node.service = service;
  node.path = std::move(path);
  node.origin = origin;
  const auto absent = [&](auto& setting) {
    setting.value = std::decay_t<decltype(setting.value)>::absent(origin);
  };
  absent(node.account);
  absent(node.password);
  absent(node.password_sync);
  absent(node.logon_method);
  absent(node.anonymous);
  absent(node.logon_domain);
  absent(node.pool);
  absent(node.other_scheme);
  absent(node.basic_scheme);
  return node;
}

void put_settings(const SectionSettings& settings, const Inherited& inherited,
                  const std::string& where, IisNode& node) {
  Putter(settings, inherited, where, node).run();
}

void put_schemes(const SectionSettings& settings, const Inherited& inherited,
                 const std::string& where, IisNode& node) {
  Putter(settings, inherited, where, node).run_schemes();
}

}  // namespace iisdiag::win32
