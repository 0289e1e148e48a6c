// The directory of a domain, for reading single objects.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "win32/api.hpp"

namespace iisdiag::win32 {

// A connection to one controller by LDAP, signed; closed at the end.
class Directory {
 public:
  using Values = std::map<std::string, std::string>;

  explicit Directory(const Api& api) : api_(api) {}
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  Directory(Directory&&) = delete;
  Directory& operator=(Directory&&) = delete;
  ~Directory();

  // As whoever runs this. Bounded in time.
  bool open(std::wstring host);
  // Single values of one object by its name or `<SID=...>`. Attributes that
  // it has not, or that are not shown to the caller, are left out.
  bool read(std::wstring object, const std::vector<std::wstring>& attributes,
            Values& values);

  // After a failure: what failed and its LDAP code.
  std::string_view function() const { return function_; }
  std::uint32_t code() const { return code_; }

 private:
  class Message;

  bool failed(std::string_view function, std::uint32_t code);
  bool set_options();
  bool read_values(LDAPMessage* entry, const std::wstring& attribute,
                   Values& values);

  const Api& api_;
  LDAP* connection_ = nullptr;
  std::string_view function_;
  std::uint32_t code_ = 0;
};

}  // namespace iisdiag::win32
