// Microsoft.ApplicationHost.AdminManager in memory, over the text of an
// applicationHost.config: sections merged over its levels and decrypted.
#pragma once

#include <functional>
#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "win32/fake_com.hpp"

namespace iisdiag::win32 {

class FakeAppHost {
 public:
  explicit FakeAppHost(std::string_view xml);

  void add_to(FakeCom& com);
  // The table of `com`, in which the ProgID leads to this object.
  Api api(const FakeCom& com) const;

  // What one node's own web.config sets: attributes of the section of
  // anonymousAuthentication.
  std::map<std::string, std::map<std::string, std::string>> web_configs;
  // Of a path and section: what asking for it answers.
  std::function<HRESULT(const std::string& section, const std::string& path)>
      refuse;
  // Passwords that cannot be decrypted.
  HRESULT decryption = S_OK;
  // Whether siteDefaults show in the sites.
  bool merges_defaults = true;
  std::string file_path = R"(C:\config\applicationHost.config)";
  std::string redirected_to;
  FakeDispatch::Calls calls;

 private:
  using Settings = std::map<std::string, std::string>;

  IDispatch* make(std::map<std::wstring, FakeDispatch::Member> members);
  IDispatch* manager();
  IDispatch* config_manager();
  IDispatch* file(const std::string& path);
  IDispatch* list(std::vector<std::function<IDispatch*()>> items);
  IDispatch* element(const pugi::xml_node& node, const std::string& name,
                     Settings defaults);
  IDispatch* property(const std::string& name, const std::string& value);
  Settings in_force(const std::string& path, const std::string& leaf) const;
  static Settings set_in(const pugi::xml_node& parent, const std::string& leaf);

  pugi::xml_document document_;
};

}  // namespace iisdiag::win32
