#include "win32/fake_apphost.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "text/strings.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

constexpr CLSID kClass{0x1d5f0d3a,
                       0x7e2b,
                       0x4f55,
                       {0x9a, 0x10, 0x3c, 0x61, 0x57, 0x02, 0x88, 0x41}};
constexpr std::string_view kServer = "MACHINE/WEBROOT/APPHOST";

std::string argument(const FakeDispatch::Arguments& arguments, std::size_t at) {
  if (at >= arguments.size() || arguments[at]->vt != VT_BSTR) {
    return "<no text>";
  }
  return to_utf8(arguments[at]->bstrVal);
}

// The items of a section's collection.
std::string item_name(const std::string& element) {
  static const std::map<std::string, std::string> kNames = {
      {"sites", "site"},
      {"site", "application"},
      {"application", "virtualDirectory"},
      {"bindings", "binding"},
      {"applicationPools", "add"}};
  const auto found = kNames.find(element);
  return found == kNames.end() ? "-" : found->second;
}

std::string decrypted(const std::string& value) {
  if (!value.starts_with("[enc:")) {
    return value;
  }
  const auto colon = value.find(':', 5);
  const std::string data = value.substr(colon + 1, value.size() - colon - 6);
  return data.empty() ? data : "clear " + data;
}

}  // namespace

FakeAppHost::FakeAppHost(std::string_view xml) {
  EXPECT_TRUE(document_.load_buffer(xml.data(), xml.size()));
}

void FakeAppHost::add_to(FakeCom& com) {
  com.add_class(kClass, [this]() -> IUnknown* { return manager(); });
}

Api FakeAppHost::api(const FakeCom& com) const {
  Api api = com.api();
  api.CLSIDFromProgID = [](LPCOLESTR name, LPCLSID id) WINAPI -> HRESULT {
    if (std::wstring_view(name) != L"Microsoft.ApplicationHost.AdminManager") {
      return CO_E_CLASSSTRING;
    }
    *id = kClass;
    return S_OK;
  };
  return api;
}

IDispatch* FakeAppHost::make(
    std::map<std::wstring, FakeDispatch::Member> members) {
  return new FakeDispatch(calls, std::move(members));
}

IDispatch* FakeAppHost::manager() {
  return make(
      {{L"GetAdminSection",
        [this](const FakeDispatch::Arguments& arguments, VARIANT& result) {
          const std::string name = argument(arguments, 0);
          const std::string path = argument(arguments, 1);
          if (const HRESULT code = refuse ? refuse(name, path) : S_OK;
              FAILED(code)) {
            return code;
          }
          const pugi::xml_node root = document_.document_element();
          if (name == "configurationRedirection") {
            return give(
                result,
                element({}, "configurationRedirection",
                        {{"enabled", redirected_to.empty() ? "false" : "true"},
                         {"path", redirected_to}}));
          }
          if (name.starts_with("system.applicationHost/")) {
            const std::string leaf = name.substr(name.find('/') + 1);
            return give(
                result,
                element(
                    root.child("system.applicationHost").child(leaf.c_str()),
                    leaf, {}));
          }
          constexpr std::string_view kWays =
              "system.webServer/security/authentication/";
          if (name.starts_with(kWays)) {
            const std::string leaf = name.substr(kWays.size());
            return give(result, element({}, leaf, in_force(path, leaf)));
          }
          return HRESULT_FROM_WIN32(ERROR_NOT_FOUND);
        }},
       {L"ConfigManager",
        [this](const FakeDispatch::Arguments&, VARIANT& result) {
          return give(result, config_manager());
        }}});
}

IDispatch* FakeAppHost::config_manager() {
  return make(
      {{L"GetConfigFile",
        [this](const FakeDispatch::Arguments& arguments, VARIANT& result) {
          return give(result, file(argument(arguments, 0)));
        }}});
}

IDispatch* FakeAppHost::file(const std::string& path) {
  std::vector<std::function<IDispatch*()>> locations;
  if (path == kServer) {
    for (const auto& location :
         document_.document_element().children("location")) {
      const std::string where = location.attribute("path").value();
      locations.push_back([this, where] {
        return make({{L"Path", [where](const auto&, VARIANT& result) {
                        return give(result, to_wide(where));
                      }}});
      });
    }
  }
  return make({{L"FilePath",
                [this](const auto&, VARIANT& result) {
                  return give(result, to_wide(file_path));
                }},
               {L"Locations", [this, locations](const auto&, VARIANT& result) {
                  return give(result, list(locations));
                }}});
}

IDispatch* FakeAppHost::list(std::vector<std::function<IDispatch*()>> items) {
  return make(
      {{L"Count",
        [items](const auto&, VARIANT& result) {
          return give(result, static_cast<std::int32_t>(items.size()));
        }},
       {L"Item",
        [items](const FakeDispatch::Arguments& arguments, VARIANT& result) {
          if (arguments.size() != 1 || arguments[0]->vt != VT_I4) {
            return E_INVALIDARG;
          }
          return give(result,
                      items.at(static_cast<std::size_t>(arguments[0]->lVal))());
        }}});
}

IDispatch* FakeAppHost::property(const std::string& name,
                                 const std::string& value) {
  return make(
      {{L"Value", [this, name, value](const auto&, VARIANT& result) {
          if (name == "enabled") {
            return give_flag(result, value == "true");
          }
          const std::vector<std::string> methods = {"Interactive", "Batch",
                                                    "Network", "ClearText"};
          const std::vector<std::string> types = {
              "LocalSystem", "LocalService", "NetworkService", "SpecificUser",
              "ApplicationPoolIdentity"};
          for (const auto* names : {&methods, &types}) {
            const auto found = std::find(names->begin(), names->end(), value);
            if (found != names->end() &&
                (name == "logonMethod" || name == "identityType")) {
              return give(result,
                          static_cast<std::int32_t>(found - names->begin()));
            }
          }
          if (name == "password" && !value.empty() && FAILED(decryption)) {
            return decryption;
          }
          return give(result,
                      to_wide(name == "password" ? decrypted(value) : value));
        }}});
}

// `defaults` are the attributes that the schema or a level above has.
IDispatch* FakeAppHost::element(const pugi::xml_node& node,
                                const std::string& name, Settings defaults) {
  for (const auto& attribute : node.attributes()) {
    defaults[attribute.name()] = attribute.value();
  }
  return make(
      {{L"GetPropertyByName",
        [this, defaults](const FakeDispatch::Arguments& arguments,
                         VARIANT& result) {
          const std::string wanted = argument(arguments, 0);
          const auto found = defaults.find(wanted);
          return give(result, property(wanted, found == defaults.end()
                                                   ? std::string()
                                                   : found->second));
        }},
       {L"GetElementByName",
        [this, node, name](const FakeDispatch::Arguments& arguments,
                           VARIANT& result) {
          const std::string wanted = argument(arguments, 0);
          Settings settings;
          if (wanted == "anonymousAuthentication") {
            settings = {{"enabled", "false"},
                        {"userName", "IUSR"},
                        {"logonMethod", "ClearText"},
                        {"defaultLogonDomain", "NT AUTHORITY"}};
            if (merges_defaults) {
              const pugi::xml_node above =
                  document_.document_element()
                      .child("system.applicationHost")
                      .child("sites")
                      .child("siteDefaults")
                      .child("ftpServer")
                      .child("security")
                      .child("authentication")
                      .child("anonymousAuthentication");
              for (const auto& attribute : above.attributes()) {
                settings[attribute.name()] = attribute.value();
              }
            }
          } else if (wanted == "processModel") {
            settings = {{"identityType", "ApplicationPoolIdentity"}};
          }
          return give(result,
                      element(node.child(wanted.c_str()), wanted, settings));
        }},
       {L"Collection",
        [this, node, name](const FakeDispatch::Arguments&, VARIANT& result) {
          std::vector<std::function<IDispatch*()>> items;
          const std::string item = item_name(name);
          for (const auto& child : node.children(item.c_str())) {
            items.push_back(
                [this, child, item] { return element(child, item, {}); });
          }
          return give(result, list(std::move(items)));
        }}});
}

FakeAppHost::Settings FakeAppHost::set_in(const pugi::xml_node& parent,
                                          const std::string& leaf) {
  Settings result;
  for (const auto& group : parent.children("system.webServer")) {
    const pugi::xml_node found =
        group.child("security").child("authentication").child(leaf.c_str());
    for (const auto& attribute : found.attributes()) {
      result[attribute.name()] = attribute.value();
    }
  }
  return result;
}

FakeAppHost::Settings FakeAppHost::in_force(const std::string& path,
                                            const std::string& leaf) const {
  const bool is_anonymous = leaf == "anonymousAuthentication";
  Settings result = {{"enabled", "false"}};
  if (is_anonymous) {
    result = {{"enabled", "true"},
              {"userName", "IUSR"},
              {"logonMethod", "ClearText"}};
  }
  const auto apply = [&](const Settings& settings) {
    for (const auto& [name, value] : settings) {
      result[name] = value;
    }
  };
  const pugi::xml_node root = document_.document_element();
  apply(set_in(root, leaf));
  const std::string node =
      path == kServer ? std::string() : path.substr(kServer.size() + 1);
  for (std::size_t end = 0; end != std::string::npos && end <= node.size();) {
    const std::string level = node.substr(0, end);
    for (const auto& location : root.children("location")) {
      std::string where = location.attribute("path").value();
      where = where == "." ? "" : where;
      if (text::iequals(where, level)) {
        apply(set_in(location, leaf));
      }
    }
    if (const auto own = web_configs.find(level);
        is_anonymous && own != web_configs.end()) {
      apply(own->second);
    }
    if (end == node.size()) {
      break;
    }
    const auto slash = node.find('/', end + 1);
    end = slash == std::string::npos ? node.size() : slash;
  }
  return result;
}

}  // namespace iisdiag::win32
