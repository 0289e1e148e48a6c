#include "win32/metabase.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "evidence/limits.hpp"
#include "evidence/metabase.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"
#include "win32/metabase_access.hpp"
#include "win32/wide.hpp"
// clang-format off: it needs windows.h.
#include <iiscnfg.h>
// clang-format on

namespace iisdiag::win32 {
namespace {

using evidence::KeyKind;
using evidence::MetabaseKey;
using facts::Origin;
using facts::StoredPassword;

struct Property {
  DWORD id;
  std::string_view name;
  bool is_web;
  bool is_ftp;
};

// iiscnfg.h; FACTS.md B.1.
constexpr Property kPassword{MD_ANONYMOUS_PWD, "AnonymousUserPass", true, true};
constexpr Property kIsolation{MD_GLOBAL_STANDARD_APP_MODE_ENABLED,
                              "IIs5IsolationModeEnabled", true, false};
constexpr std::array kProperties = {
    Property{MD_AUTHORIZATION, "AuthFlags", true, false},
    Property{MD_ALLOW_ANONYMOUS, "AllowAnonymous", false, true},
    Property{MD_ANONYMOUS_ONLY, "AnonymousOnly", false, true},
    Property{MD_DEFAULT_LOGON_DOMAIN, "DefaultLogonDomain", true, true},
    Property{MD_LOGON_METHOD, "LogonMethod", true, true},
    Property{MD_ANONYMOUS_USER_NAME, "AnonymousUserName", true, true},
    kPassword,
    Property{MD_ANONYMOUS_USE_SUBAUTH, "AnonymousPasswordSync", true, true},
    Property{MD_APP_APPPOOL_ID, "AppPoolId", true, false},
    Property{MD_APPPOOL_IDENTITY_TYPE, "AppPoolIdentityType", true, false},
    kIsolation,
};

constexpr std::string_view kWeb = "/LM/W3SVC";
constexpr std::string_view kFtp = "/LM/MSFTPSVC";

bool is_flag(DWORD id) {
  return id == MD_ANONYMOUS_USE_SUBAUTH || id == MD_ALLOW_ANONYMOUS ||
         id == MD_ANONYMOUS_ONLY || id == kIsolation.id;
}

bool is_text(DWORD type) {
  return type == STRING_METADATA || type == EXPANDSZ_METADATA;
}

std::string to_text(std::u16string_view text) {
  return to_utf8(std::wstring(text.begin(), text.end()));
}

// Parents before their children, sites by their number, the rest by name: the
// order in which IIS writes MetaBase.xml.
std::string sort_key(std::string_view path) {
  constexpr std::size_t kDigits = 10;
  std::string key;
  for (const std::string_view part : text::split(path, '/')) {
    const bool is_number =
        !part.empty() && part.size() < kDigits &&
        part.find_first_not_of("0123456789") == std::string_view::npos;
    key.append(is_number ? kDigits - part.size() : 0, '0');
    key.append(text::fold_case(part)).push_back('\x01');
  }
  return key;
}

class MetabaseReader {
 public:
  MetabaseReader(IMSAdminBaseW& base, SecretTable& secrets,
                 MetabaseReading& result)
      : base_(base), secrets_(secrets), result_(result) {
    config_.store = facts::Store::kMetabase;
    config_.origin = Origin::from_api("IMSAdminBase", 0);
    config_.whole = true;
  }

  void run(bool with_web) {
    // In the order of MetaBase.xml.
    read_service(kFtp);
    if (with_web) {
      read_service(kWeb);
    }
    if (!config_.nodes.empty()) {
      result_.config = std::move(config_);
    }
  }

 private:
  struct Entry {
    std::string path;
    std::vector<const Property*> stores;
  };

  void read_service(std::string_view service) {
    const MetabaseHandle handle(base_, to_wide(service));
    if (is_not_found(handle.code())) {
      return;
    }
    if (FAILED(handle.code())) {
      result_.is_refused = true;
      problem(fmt::format("{} was not read", service.substr(4)), "OpenKey",
              service, handle.code());
      return;
    }
    entries_.clear();
    not_read_.clear();
    add(std::string(service));
    find_sites(handle, service);
    for (const Property& property : kProperties) {
      if (service == kWeb ? property.is_web : property.is_ftp) {
        find_stored(handle, service, property);
      }
    }
    if (service == kWeb) {
      confirm_isolation();
    }
    for (const auto& [unused, entry] : entries_) {
      read_key(handle, service, entry);
    }
  }

  Entry* add(const std::string& path) {
    if (entries_.size() >= evidence::kMaxNodes) {
      config_.whole = false;
      return nullptr;
    }
    Entry& entry = entries_[sort_key(path)];
    if (entry.path.empty()) {
      entry.path = path;
    }
    return &entry;
  }

  // Sites and pools count even where they store nothing.
  void find_sites(const MetabaseHandle& handle, std::string_view service) {
    for (const std::string& name : names(handle, service, "/")) {
      const std::string path = fmt::format("{}/{}", service, name);
      if (evidence::classify_key(path).kind != KeyKind::kSite) {
        continue;
      }
      add(path);
      if (service == kWeb) {
        add(path + "/ROOT");
      }
    }
    if (service == kWeb) {
      for (const std::string& name : names(handle, service, "/AppPools")) {
        add(fmt::format("{}/AppPools", service));
        add(fmt::format("{}/AppPools/{}", service, name));
      }
    }
  }

  std::vector<std::string> names(const MetabaseHandle& handle,
                                 std::string_view service,
                                 std::string_view below) {
    std::vector<std::wstring> found;
    const HRESULT code = handle.children(to_wide(below), found);
    if (FAILED(code)) {
      config_.whole = false;
      problem("what lies there was not listed to its end", "EnumKeys",
              below == "/" ? std::string(service)
                           : fmt::format("{}{}", service, below),
              code);
    }
    std::vector<std::string> result;
    result.reserve(found.size());
    for (const std::wstring& name : found) {
      result.push_back(to_utf8(std::wstring_view(name)));
    }
    return result;
  }

  void find_stored(const MetabaseHandle& handle, std::string_view service,
                   const Property& property) {
    std::vector<std::wstring> found;
    const HRESULT code = handle.paths(property.id, found);
    if (FAILED(code)) {
      // Nodes that store nothing else are missing now.
      config_.whole = false;
      problem(fmt::format("where {} is set was not read", property.name),
              "GetDataPaths", service, code);
      not_read_.emplace_back(&property, code);
      return;
    }
    for (const std::wstring& relative : found) {
      const std::string path = absolute(service, relative);
      if (evidence::classify_key(path).kind == KeyKind::kOther ||
          is_too_deep(path)) {
        continue;
      }
      Entry* entry = add(path);
      if (entry != nullptr &&
          (entry->stores.empty() || entry->stores.back() != &property)) {
        entry->stores.push_back(&property);
      }
    }
  }

  // The service writes paths from the opened key on; one from the root on
  // means the same.
  static std::string absolute(std::string_view service,
                              const std::wstring& path) {
    const std::string text = to_utf8(std::wstring_view(path));
    return text::istarts_with(text, "/LM/")
               ? evidence::metabase_path(text)
               : evidence::metabase_path(fmt::format("{}/{}", service, text));
  }

  static bool is_too_deep(std::string_view path) {
    return static_cast<std::size_t>(std::count(path.begin(), path.end(),
                                               '/')) >= evidence::kMaxPathNames;
  }

  // No document gives the number of IIs5IsolationModeEnabled, only the name of
  // a constant; the schema of IIS itself says what the number is called.
  void confirm_isolation() {
    const std::string_view schema = "/Schema/Properties/Names";
    HRESULT code = S_OK;
    {
      const MetabaseHandle handle(base_, to_wide(schema));
      code = handle.code();
      MetabaseData data;
      if (SUCCEEDED(code)) {
        code = handle.data(L"/", kIsolation.id, data);
      }
      if (SUCCEEDED(code)) {
        if (is_text(data.type) &&
            text::iequals(to_text(data.text()), kIsolation.name)) {
          return;
        }
        code = static_cast<HRESULT>(MD_ERROR_DATA_NOT_FOUND);
      }
    }
    not_read_.emplace_back(&kIsolation, code);
  }

  void read_key(const MetabaseHandle& handle, std::string_view service,
                const Entry& entry) {
    MetabaseKey key(entry.path, Origin::from_api(shown(entry.path), 0), true);
    const std::string below = entry.path.substr(service.size());
    for (const Property* property : entry.stores) {
      read_value(handle, below.empty() ? "/" : below, entry.path, *property,
                 key);
    }
    for (const auto& [property, code] : not_read_) {
      key.set_unknown(property->name, why(code),
                      Origin::from_api(shown(entry.path), shown_code(code)));
    }
    std::move(key).add_to(config_);
  }

  void read_value(const MetabaseHandle& handle, const std::string& below,
                  const std::string& path, const Property& property,
                  MetabaseKey& key) {
    const std::string where =
        fmt::format("IMSAdminBase::GetData {}/{}", path, property.name);
    MetabaseData data;
    const HRESULT code = handle.data(to_wide(below), property.id, data);
    if (is_no_data(code)) {
      return;  // somebody deleted it meanwhile
    }
    if (FAILED(code)) {
      key.set_unknown(property.name, why(code),
                      Origin::from_api(where, shown_code(code)));
      return;
    }
    const Origin origin = Origin::from_api(where, 0);
    if (property.id == kPassword.id) {
      set_password(data, origin, key);
    } else if (is_text(data.type)) {
      key.set(property.name, to_text(data.text()), origin, data.inherits());
    } else if (data.type == DWORD_METADATA && data.size == sizeof(DWORD)) {
      const std::uint32_t number = data.number();
      key.set(property.name,
              std::to_string(is_flag(property.id) && number != 0 ? 1 : number),
              origin, data.inherits());
    } else {
      key.set_unknown(property.name, not_its_type(), origin);
    }
  }

  // Administrators are told it in clear text.
  void set_password(const MetabaseData& data, const Origin& origin,
                    MetabaseKey& key) {
    if (!is_text(data.type)) {
      key.set_unknown(kPassword.name, not_its_type(), origin);
      return;
    }
    const std::u16string_view stored = data.text();
    constexpr std::u16string_view kLost = u"NOLONGERVALID";
    if (stored.starts_with(kLost)) {
      key.set_password(StoredPassword::kLost, 0, origin, data.inherits());
      return;
    }
    key.set_password(
        stored.empty() ? StoredPassword::kEmpty : StoredPassword::kClearText,
        secrets_.add(text::Secret(stored)), origin, data.inherits());
  }

  static facts::Unknown not_its_type() {
    return {"it is stored as another type of data than it should be", {}};
  }

  static facts::Unknown why(HRESULT code) {
    if (code == static_cast<HRESULT>(MD_ERROR_DATA_NOT_FOUND)) {
      return {"the schema of this metabase does not know it", {}};
    }
    return com_refusal(code);
  }

  static std::string shown(std::string_view path) {
    return fmt::format("IMSAdminBase {}", path);
  }

  void problem(std::string_view what, std::string_view function,
               std::string_view path, HRESULT code) {
    result_.problems.push_back(com_problem(
        what, fmt::format("IMSAdminBase::{} {}", function, path), code));
  }

  IMSAdminBaseW& base_;
  SecretTable& secrets_;
  MetabaseReading& result_;
  facts::IisConfig config_;
  std::map<std::string, Entry> entries_;  // of the service at hand
  std::vector<std::pair<const Property*, HRESULT>> not_read_;  // likewise
};

}  // namespace

MetabaseReading read_metabase(const Api& api, bool with_web,
                              SecretTable& secrets) {
  MetabaseReading result;
  ComPtr<IMSAdminBaseW> base;
  const HRESULT code = open_metabase(api, base);
  if (is_not_installed(code)) {
    return result;
  }
  result.is_there = true;
  if (FAILED(code)) {
    result.is_refused = true;
    result.problems.push_back(com_problem(
        "the metabase was not read", "CoCreateInstance IMSAdminBase", code));
    return result;
  }
  MetabaseReader(*base.get(), secrets, result).run(with_web);
  return result;
}

}  // namespace iisdiag::win32
