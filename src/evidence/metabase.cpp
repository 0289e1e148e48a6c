#include "evidence/metabase.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {

using facts::Observed;

enum class MetabaseKey::Property : std::uint8_t {
  kAccount,
  kPassword,
  kSync,
  kLogonMethod,
  kAuthFlags,
  kAuthAnonymous,
  kAuthBasic,
  kAuthNtlm,
  kAuthMd5,
  kAuthPassport,
  kAllowAnonymous,
  kAnonymousOnly,
  kLogonDomain,
  kPool,
  kPoolIdentity,
  kIsolation,
};

namespace {

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return c >= '0' && c <= '9';
  });
}

// What is stored is classified and forgotten (FORMATS.md 3.4).
facts::StoredPassword classify_password(std::string_view value) {
  if (value.empty()) {
    return facts::StoredPassword::kEmpty;
  }
  if (text::istarts_with(value, "NOLONGERVALID")) {
    return facts::StoredPassword::kLost;
  }
  const bool masked = value.find_first_not_of('*') == std::string_view::npos;
  // "IcDb" and a length: a blob under the machine's session key.
  const bool encrypted = text::istarts_with(value, "49634462");
  return masked || encrypted ? facts::StoredPassword::kOpaque
                             : facts::StoredPassword::kClearText;
}

template <class T>
Observed<T> converted(std::optional<T> value, std::string_view name,
                      const facts::Origin& origin) {
  if (value) {
    return {*value, origin};
  }
  return Observed<T>::unknown(
      fmt::format("the value of {} cannot be read", name), {}, origin);
}

template <class T>
std::optional<T> to_enum(std::string_view value, std::int64_t last) {
  const auto number = metabase_number(value);
  if (!number || *number < 0 || *number > last) {
    return std::nullopt;
  }
  return static_cast<T>(*number);
}

}  // namespace

std::string metabase_path(std::string_view path) {
  if (text::istarts_with(path, "IIS://")) {
    path.remove_prefix(6);
    const auto host_end = path.find('/');
    path.remove_prefix(host_end == std::string_view::npos ? path.size()
                                                          : host_end);
  }
  std::string result = "/LM";
  std::size_t depth = 0;
  for (const std::string_view part : text::split(path, '/')) {
    if (part.empty() || (depth == 0 && text::iequals(part, "LM"))) {
      continue;
    }
    // Names that IIS itself writes in capitals.
    const bool fixed =
        depth == 0 || (depth == 2 && text::iequals(part, "ROOT"));
    result.append("/").append(fixed ? text::to_upper(part) : std::string(part));
    ++depth;
  }
  return depth == 0 ? std::string{} : result;
}

Key classify_key(std::string_view path) {
  Key key;
  if (!text::istarts_with(path, "/LM/")) {
    return key;
  }
  const auto parts = text::split(path.substr(4), '/');
  if (text::iequals(parts[0], "W3SVC")) {
    key.service = facts::Service::kWeb;
  } else if (text::iequals(parts[0], "MSFTPSVC")) {
    key.service = facts::Service::kFtp6;
  } else {
    return key;
  }
  if (parts.size() == 1) {
    key.kind = KeyKind::kService;
  } else if (text::iequals(parts[1], "AppPools")) {
    key.kind = parts.size() == 2 ? KeyKind::kPools : KeyKind::kPool;
    key.name = parts.back();
  } else if (is_number(parts[1])) {
    if (parts.size() == 2) {
      key.kind = KeyKind::kSite;
    } else if (text::iequals(parts[2], "ROOT")) {
      key.kind = KeyKind::kContent;
    }
  }
  return key;
}

MetabaseKey::MetabaseKey(std::string path, facts::Origin origin,
                         bool listed_whole)
    : path_(std::move(path)),
      key_(classify_key(path_)),
      listed_whole_(listed_whole) {
  node_.origin = std::move(origin);
}

std::optional<MetabaseKey::Property> MetabaseKey::property(
    std::string_view name) {
  struct Row {
    std::string_view name;
    Property property;
  };
  static constexpr std::array kProperties = {
      Row{"AnonymousUserName", Property::kAccount},
      Row{"AnonymousUserPass", Property::kPassword},
      Row{"AnonymousPasswordSync", Property::kSync},
      Row{"LogonMethod", Property::kLogonMethod},
      Row{"AuthFlags", Property::kAuthFlags},
      Row{"AuthAnonymous", Property::kAuthAnonymous},
      Row{"AuthBasic", Property::kAuthBasic},
      Row{"AuthNTLM", Property::kAuthNtlm},
      Row{"AuthMD5", Property::kAuthMd5},
      Row{"AuthPassport", Property::kAuthPassport},
      Row{"AllowAnonymous", Property::kAllowAnonymous},
      Row{"AnonymousOnly", Property::kAnonymousOnly},
      Row{"DefaultLogonDomain", Property::kLogonDomain},
      Row{"AppPoolId", Property::kPool},
      Row{"AppPoolIdentityType", Property::kPoolIdentity},
      Row{"IIs5IsolationModeEnabled", Property::kIsolation}};
  for (const Row& row : kProperties) {
    if (text::iequals(row.name, name)) {
      return row.property;
    }
  }
  return std::nullopt;
}

void MetabaseKey::set(std::string_view name, std::string_view value,
                      const facts::Origin& origin, bool inherits) {
  if (const auto found = property(name)) {
    store(*found, value, origin, inherits);
  }
}

void MetabaseKey::set(int id, std::string_view value,
                      const facts::Origin& origin, bool inherits) {
  struct Row {
    int id;
    std::string_view name;
  };
  // FACTS.md B.1 and FORMATS.md 3.2.
  static constexpr std::array kIds = {Row{6000, "AuthFlags"},
                                      Row{6013, "LogonMethod"},
                                      Row{6020, "AnonymousUserName"},
                                      Row{6021, "AnonymousUserPass"},
                                      Row{6022, "AnonymousPasswordSync"},
                                      Row{6012, "DefaultLogonDomain"},
                                      Row{5005, "AllowAnonymous"},
                                      Row{5006, "AnonymousOnly"},
                                      Row{9021, "AppPoolIdentityType"}};
  for (const Row& row : kIds) {
    if (row.id == id) {
      set(row.name, value, origin, inherits);
    }
  }
}

void MetabaseKey::store(Property property, std::string_view value,
                        const facts::Origin& origin, bool inherits) {
  switch (property) {
    case Property::kAccount:
      node_.account = {Observed<std::string>(std::string(value), origin),
                       inherits};
      break;
    case Property::kPassword:
      node_.password = {{classify_password(value), origin}, inherits};
      break;
    case Property::kSync:
      node_.password_sync = {
          converted(text::to_bool(value), "AnonymousPasswordSync", origin),
          inherits};
      break;
    case Property::kLogonMethod:
      node_.logon_method = {converted(to_enum<facts::LogonMethod>(value, 3),
                                      "LogonMethod", origin),
                            inherits};
      break;
    case Property::kAuthFlags:
      if (key_.service == facts::Service::kWeb) {
        store_flags(parse_auth_flags(value), origin, inherits);
      }
      break;
    case Property::kAuthAnonymous:
      views_.set(AuthViews::kAnonymous, value, origin);
      // A view of one bit of AuthFlags, which wins where both are printed.
      if (key_.service == facts::Service::kWeb &&
          !node_.anonymous.value.has_value()) {
        node_.anonymous = {
            converted(text::to_bool(value), "AuthAnonymous", origin), inherits};
      }
      break;
    case Property::kAuthBasic:
      return views_.set(AuthViews::kBasic, value, origin);
    case Property::kAuthNtlm:
      return views_.set(AuthViews::kNtlm, value, origin);
    case Property::kAuthMd5:
      return views_.set(AuthViews::kMd5, value, origin);
    case Property::kAuthPassport:
      return views_.set(AuthViews::kPassport, value, origin);
    case Property::kAllowAnonymous:
      if (key_.service == facts::Service::kFtp6) {
        node_.anonymous = {
            converted(text::to_bool(value), "AllowAnonymous", origin),
            inherits};
      }
      break;
    case Property::kAnonymousOnly:
      if (key_.service == facts::Service::kFtp6) {
        // Without it users log on by their names.
        auto only = text::to_bool(value);
        node_.basic_scheme = {
            converted(only ? std::optional(!*only) : std::nullopt,
                      "AnonymousOnly", origin),
            inherits};
        node_.other_scheme = node_.basic_scheme;
      }
      break;
    case Property::kLogonDomain:
      node_.logon_domain = {Observed<std::string>(std::string(value), origin),
                            inherits};
      break;
    case Property::kPool:
      node_.pool = {Observed<std::string>(std::string(value), origin),
                    inherits};
      break;
    case Property::kPoolIdentity:
      runs_as_ = converted(to_enum<facts::PoolAccount>(value, 4),
                           "AppPoolIdentityType", origin);
      break;
    case Property::kIsolation:
      isolation_mode_ =
          converted(text::to_bool(value), "IIs5IsolationModeEnabled", origin);
      break;
  }
}

void MetabaseKey::store_flags(const std::optional<AuthFlags>& flags,
                              const facts::Origin& origin, bool inherits) {
  const auto put = [&](facts::Setting<bool>& setting, bool AuthFlags::*flag) {
    setting = {converted(flags ? std::optional((*flags).*flag) : std::nullopt,
                         "AuthFlags", origin),
               inherits};
  };
  put(node_.anonymous, &AuthFlags::anonymous);
  put(node_.other_scheme, &AuthFlags::other);
  put(node_.basic_scheme, &AuthFlags::basic);
}

void MetabaseKey::set_absent(std::string_view name,
                             const facts::Origin& origin) {
  const auto found = property(name);
  const auto absent = [&](auto& setting) {
    setting.value = std::decay_t<decltype(setting.value)>::absent(origin);
  };
  if (found == Property::kAccount) {
    absent(node_.account);
  } else if (found == Property::kPassword) {
    absent(node_.password);
  } else if (found == Property::kSync) {
    absent(node_.password_sync);
  } else if (found == Property::kLogonMethod) {
    absent(node_.logon_method);
  } else if (found == Property::kAuthFlags ||
             found == Property::kAllowAnonymous) {
    absent(node_.anonymous);
  }
  if (found == Property::kAuthFlags || found == Property::kAnonymousOnly) {
    absent(node_.other_scheme);
    absent(node_.basic_scheme);
  }
}

void MetabaseKey::set_unreadable(std::string_view name, std::string why,
                                 const facts::Origin& origin) {
  if (property(name) == Property::kPassword) {
    node_.password.value =
        Observed<facts::StoredPassword>::unknown(std::move(why), {}, origin);
  }
}

void MetabaseKey::set_unknown(std::string_view name, const facts::Unknown& why,
                              const facts::Origin& origin) {
  const auto unknown = [&](auto& value) {
    value = std::decay_t<decltype(value)>::unknown(why.why, why.todo, origin);
  };
  const auto found = property(name);
  if (!found) {
    return;
  }
  switch (*found) {
    case Property::kAccount:
      return unknown(node_.account.value);
    case Property::kPassword:
      return unknown(node_.password.value);
    case Property::kSync:
      return unknown(node_.password_sync.value);
    case Property::kLogonMethod:
      return unknown(node_.logon_method.value);
    case Property::kAuthFlags:
      unknown(node_.anonymous.value);
      unknown(node_.other_scheme.value);
      return unknown(node_.basic_scheme.value);
    case Property::kAuthAnonymous:
    case Property::kAllowAnonymous:
      return unknown(node_.anonymous.value);
    case Property::kAuthBasic:
    case Property::kAuthNtlm:
    case Property::kAuthMd5:
    case Property::kAuthPassport:
    case Property::kAnonymousOnly:
      unknown(node_.other_scheme.value);
      return unknown(node_.basic_scheme.value);
    case Property::kLogonDomain:
      return unknown(node_.logon_domain.value);
    case Property::kPool:
      return unknown(node_.pool.value);
    case Property::kPoolIdentity:
      return unknown(runs_as_);
    case Property::kIsolation:
      return unknown(isolation_mode_);
  }
}

void MetabaseKey::set_password(facts::StoredPassword password,
                               std::uint32_t group, const facts::Origin& origin,
                               bool inherits) {
  node_.password = {{password, origin}, inherits};
  node_.password_group = group;
}

void MetabaseKey::add_to(facts::IisConfig& config) && {
  // Views of AuthFlags, which wins where both are printed.
  if (key_.service == facts::Service::kWeb && !views_.is_empty() &&
      !node_.other_scheme.value.has_value()) {
    node_.other_scheme.value = views_.other(listed_whole_);
    node_.basic_scheme.value = views_.basic();
  }
  if (listed_whole_) {
    // What a whole listing of a key does not name is not set there.
    const auto close = [&](auto& setting) {
      if (setting.value == std::decay_t<decltype(setting.value)>{}) {
        setting.value =
            std::decay_t<decltype(setting.value)>::absent(node_.origin);
      }
    };
    close(node_.account);
    close(node_.password);
    close(node_.password_sync);
    close(node_.logon_method);
    close(node_.anonymous);
    close(node_.logon_domain);
    close(node_.pool);
    if (views_.is_empty()) {
      close(node_.other_scheme);
      close(node_.basic_scheme);
    }
    if (key_.kind == KeyKind::kService && isolation_mode_ == Observed<bool>{}) {
      isolation_mode_ = Observed<bool>::absent(node_.origin);
    }
    if ((key_.kind == KeyKind::kPool || key_.kind == KeyKind::kPools) &&
        runs_as_ == Observed<facts::PoolAccount>{}) {
      runs_as_ = Observed<facts::PoolAccount>::absent(node_.origin);
    }
  }
  switch (key_.kind) {
    case KeyKind::kPools:
      config.pool_default = runs_as_;
      return;
    case KeyKind::kPool:
      config.pools.push_back({std::string(key_.name), runs_as_});
      return;
    case KeyKind::kOther:
      return;
    case KeyKind::kService:
      if (key_.service == facts::Service::kWeb) {
        config.isolation_mode = isolation_mode_;
      }
      break;
    case KeyKind::kSite:
    case KeyKind::kContent:
      config.names_sites = true;
      break;
  }
  node_.service = key_.service;
  node_.path = std::move(path_);
  node_.serves =
      key_.kind == KeyKind::kContent ||
      (key_.kind == KeyKind::kSite && key_.service == facts::Service::kFtp6);
  config.nodes.push_back(std::move(node_));
}

}  // namespace iisdiag::evidence
