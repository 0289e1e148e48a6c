// Where the primary domain controllers are.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "win32/api.hpp"

namespace iisdiag::win32 {

struct Controller {
  std::wstring name;       // `\\DC01`
  std::uint32_t code = 0;  // a Win32 error; then there is no name
  std::string_view function;
};

class Controllers {
 public:
  explicit Controllers(const Api& api) : api_(api) {}

  // Each domain is asked for once. Bad logons are counted at the primary
  // controller (its emulator): it is the one that is wanted.
  const Controller& primary_of(const std::string& domain);

 private:
  Controller find(const std::string& domain) const;

  const Api& api_;
  std::map<std::string, Controller> found_;
};

}  // namespace iisdiag::win32
