// The directory of a domain, over LDAP.
#include "win32/fake_windows_parts.hpp"

namespace iisdiag::win32 {
namespace {

// A connection is a handle, an answer a buffer that names its object.

struct FakeAnswer {
  LDAPMessage message;
  const FakeObject* object;
};

LDAP* LDAPAPI init_ldap(const PWCHAR host, ULONG port) {
  if (windows().refused("ldap_init",
                        narrow(host) + " " + std::to_string(port))) {
    return nullptr;
  }
  return static_cast<LDAP*>(windows().give_handle());
}

ULONG LDAPAPI set_ldap_option(LDAP*, int option, const void*) {
  return windows()
      .refused("ldap_set_option", std::to_string(option))
      .value_or(LDAP_SUCCESS);
}

ULONG LDAPAPI connect_ldap(LDAP*, l_timeval* patience) {
  if (patience == nullptr || patience->tv_sec <= 0) {
    windows().is_broken = true;
  }
  return windows().refused("ldap_connect").value_or(LDAP_SUCCESS);
}

ULONG LDAPAPI bind_ldap(LDAP*, PWCHAR name, PWCHAR password, ULONG method) {
  if (name != nullptr || password != nullptr || method != LDAP_AUTH_NEGOTIATE) {
    windows().is_broken = true;
  }
  return windows().refused("ldap_bind_s").value_or(LDAP_SUCCESS);
}

ULONG LDAPAPI search_ldap(LDAP*, const PWCHAR base, ULONG scope, const PWCHAR,
                          PWCHAR attributes[], ULONG, PLDAPControlW*,
                          PLDAPControlW*, l_timeval* patience, ULONG,
                          LDAPMessage** result) {
  if (scope != LDAP_SCOPE_BASE || patience == nullptr) {
    windows().is_broken = true;
  }
  std::string wanted = narrow(base);
  for (; *attributes != nullptr; ++attributes) {
    wanted += " " + narrow(*attributes);
  }
  const auto code = windows().refused("ldap_search_ext_s", wanted);
  if (code && !windows().fails_with_answer) {
    return *code;
  }
  const auto found = windows().directory.find(base);
  auto* answer = static_cast<FakeAnswer*>(windows().give(sizeof(FakeAnswer)));
  *answer = {};
  answer->object =
      found == windows().directory.end() ? nullptr : &found->second;
  *result = &answer->message;
  return code.value_or(answer->object == nullptr ? ULONG{LDAP_NO_SUCH_OBJECT}
                                                 : ULONG{LDAP_SUCCESS});
}

ULONG LDAPAPI count_entries(LDAP*, LDAPMessage*) {
  return windows().refused("ldap_count_entries").value_or(1);
}

LDAPMessage* LDAPAPI first_entry(LDAP*, LDAPMessage* answer) {
  return windows().refused("ldap_first_entry") ? nullptr : answer;
}

PWCHAR* LDAPAPI get_values(LDAP*, LDAPMessage* entry, const PWCHAR name) {
  if (windows().refused("ldap_get_values", narrow(name))) {
    return nullptr;
  }
  const FakeObject& object = *reinterpret_cast<FakeAnswer*>(entry)->object;
  const auto found = object.find(name);
  if (found == object.end()) {
    return nullptr;
  }
  auto* values = static_cast<PWCHAR*>(
      windows().give((found->second.size() + 1) * sizeof(PWCHAR)));
  PWCHAR* next = values;
  for (const std::wstring& value : found->second) {
    *next++ = const_cast<PWCHAR>(value.c_str());
  }
  *next = nullptr;
  return values;
}

ULONG LDAPAPI free_values(PWCHAR* values) {
  windows().take(values);
  return LDAP_SUCCESS;
}

ULONG LDAPAPI free_message(LDAPMessage* message) {
  windows().take(message);
  return LDAP_SUCCESS;
}

ULONG LDAPAPI unbind(LDAP* connection) {
  windows().take_handle(connection);
  return LDAP_SUCCESS;
}

}  // namespace

void put_directory(Api& api, const std::set<std::string>& missing) {
  const ApiFiller put(missing);
  put("ldap_initW", api.ldap_initW, init_ldap);
  put("ldap_set_optionW", api.ldap_set_optionW, set_ldap_option);
  put("ldap_connect", api.ldap_connect, connect_ldap);
  put("ldap_bind_sW", api.ldap_bind_sW, bind_ldap);
  put("ldap_search_ext_sW", api.ldap_search_ext_sW, search_ldap);
  put("ldap_count_entries", api.ldap_count_entries, count_entries);
  put("ldap_first_entry", api.ldap_first_entry, first_entry);
  put("ldap_get_valuesW", api.ldap_get_valuesW, get_values);
  put("ldap_value_freeW", api.ldap_value_freeW, free_values);
  put("ldap_msgfree", api.ldap_msgfree, free_message);
  put("ldap_unbind", api.ldap_unbind, unbind);
}

}  // namespace iisdiag::win32
