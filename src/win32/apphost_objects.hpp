// The configuration system of IIS 7.0 and later,
// Microsoft.ApplicationHost.AdminManager. Bound late: its header is in no SDK
// that is at hand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "win32/com.hpp"

namespace iisdiag::win32 {

// Its objects by what they are called in the IIS SDK, IAppHost... left out.
// Every function answers with a failure that com_refusal puts into words.
class AppHost {
 public:
  using Object = Automation::Object;

  explicit AppHost(const Api& api) : automation_(api) {}

  HRESULT open();

  // A section as it is in force at a path: merged and decrypted.
  HRESULT section(std::string_view name, std::string_view path,
                  Object& element);
  HRESULT child(const Object& element, std::string_view name, Object& result);
  // Child by child.
  HRESULT descend(const Object& element,
                  std::initializer_list<std::string_view> names,
                  Object& result);
  HRESULT value(const Object& element, std::string_view name, Variant& result);
  HRESULT text(const Object& element, std::string_view name,
               std::string& result);
  // What was read of the element's collection, in order, at most `most`; also
  // where the answer is a failure.
  HRESULT items(const Object& element, std::size_t most,
                std::vector<Object>& result);

  struct File {
    std::string path;                    // on disk
    std::vector<std::string> locations;  // as written
  };
  // The file of one level: "MACHINE/WEBROOT/APPHOST" is applicationHost.config.
  HRESULT file(std::string_view path, std::size_t most, File& result);

  const Api& api() const { return automation_.api(); }

 private:
  enum Kind : std::uint8_t {
    kManager,
    kConfigManager,
    kElement,
    kProperty,
    kCollection,
    kFile,
    kLocations,
    kLocation,
  };

  HRESULT count(const Object& list, std::size_t most, std::size_t& result);
  HRESULT plain_text(const Object& object, const wchar_t* name,
                     std::string& result);

  Automation automation_;
  Object manager_;
  Object config_manager_;
};

}  // namespace iisdiag::win32
