#include "win32/directory.hpp"

#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

constexpr LONG kSeconds = 20;

bool is_there(const Api& api) {
  return api.ldap_initW != nullptr && api.ldap_set_optionW != nullptr &&
         api.ldap_connect != nullptr && api.ldap_bind_sW != nullptr &&
         api.ldap_search_ext_sW != nullptr &&
         api.ldap_count_entries != nullptr && api.ldap_first_entry != nullptr &&
         api.ldap_get_valuesW != nullptr && api.ldap_value_freeW != nullptr &&
         api.ldap_msgfree != nullptr && api.ldap_unbind != nullptr;
}

}  // namespace

// An answer; freed also where it came with a failure.
class Directory::Message {
 public:
  explicit Message(const Api& api) : api_(api) {}
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;
  Message(Message&&) = delete;
  Message& operator=(Message&&) = delete;
  ~Message() {
    if (message_ != nullptr) {
      api_.ldap_msgfree(message_);
    }
  }

  LDAPMessage** out() { return &message_; }
  LDAPMessage* get() const { return message_; }

 private:
  const Api& api_;
  LDAPMessage* message_ = nullptr;
};

Directory::~Directory() {
  if (connection_ != nullptr) {
    api_.ldap_unbind(connection_);
  }
}

bool Directory::failed(std::string_view function, std::uint32_t code) {
  function_ = function;
  // Success with nothing is none.
  code_ = code == LDAP_SUCCESS ? std::uint32_t{LDAP_NO_RESULTS_RETURNED} : code;
  return false;
}

bool Directory::set_options() {
  ULONG version = LDAP_VERSION3;
  ULONG seconds = kSeconds;
  ULONG milliseconds = kSeconds * 1000;
  struct Option {
    int id;
    const void* value;
  };
  // An answer that somebody changed on its way could lock an account. Other
  // controllers are not asked. The host's name is one, not a domain's.
  const Option options[] = {{LDAP_OPT_PROTOCOL_VERSION, &version},
                            {LDAP_OPT_SIGN, LDAP_OPT_ON},
                            {LDAP_OPT_REFERRALS, LDAP_OPT_OFF},
                            {LDAP_OPT_AREC_EXCLUSIVE, LDAP_OPT_ON},
                            {LDAP_OPT_TIMELIMIT, &seconds},
                            {LDAP_OPT_SEND_TIMEOUT, &milliseconds}};
  for (const Option& option : options) {
    const ULONG code =
        api_.ldap_set_optionW(connection_, option.id, option.value);
    // Older ones do not know how to wait for a shorter time to send.
    if (code != LDAP_SUCCESS && option.id != LDAP_OPT_SEND_TIMEOUT) {
      return failed("ldap_set_option", code);
    }
  }
  return true;
}

bool Directory::open(std::wstring host) {
  if (!is_there(api_)) {
    return failed("ldap_init", LDAP_NOT_SUPPORTED);
  }
  connection_ = api_.ldap_initW(host.data(), LDAP_PORT);
  if (connection_ == nullptr) {
    return failed("ldap_init", LDAP_LOCAL_ERROR);
  }
  if (!set_options()) {
    return false;
  }
  l_timeval patience{kSeconds, 0};
  ULONG code = api_.ldap_connect(connection_, &patience);
  if (code != LDAP_SUCCESS) {
    return failed("ldap_connect", code);
  }
  code = api_.ldap_bind_sW(connection_, nullptr, nullptr, LDAP_AUTH_NEGOTIATE);
  return code == LDAP_SUCCESS || failed("ldap_bind_s", code);
}

bool Directory::read_values(LDAPMessage* entry, const std::wstring& attribute,
                            Values& values) {
  std::wstring name = attribute;
  PWCHAR* found = api_.ldap_get_valuesW(connection_, entry, name.data());
  if (found == nullptr) {
    return true;
  }
  const bool is_single = found[0] != nullptr && found[1] == nullptr;
  if (is_single) {
    values.emplace(to_utf8(attribute),
                   to_utf8(static_cast<const wchar_t*>(found[0])));
  }
  api_.ldap_value_freeW(found);
  return is_single || failed("ldap_get_values", LDAP_CONSTRAINT_VIOLATION);
}

bool Directory::read(std::wstring object,
                     const std::vector<std::wstring>& attributes,
                     Values& values) {
  constexpr std::string_view kSearch = "ldap_search_ext_s";
  values.clear();
  std::vector<std::wstring> names = attributes;
  std::vector<PWCHAR> wanted;
  wanted.reserve(names.size() + 1);
  for (std::wstring& name : names) {
    wanted.push_back(name.data());
  }
  wanted.push_back(nullptr);
  std::wstring filter = L"(objectClass=*)";
  l_timeval patience{kSeconds, 0};
  Message answer(api_);
  const ULONG code = api_.ldap_search_ext_sW(
      connection_, object.data(), LDAP_SCOPE_BASE, filter.data(), wanted.data(),
      0, nullptr, nullptr, &patience, 1, answer.out());
  if (code != LDAP_SUCCESS || answer.get() == nullptr) {
    return failed(kSearch, code);
  }
  LDAPMessage* entry = api_.ldap_count_entries(connection_, answer.get()) == 1
                           ? api_.ldap_first_entry(connection_, answer.get())
                           : nullptr;
  if (entry == nullptr) {
    return failed(kSearch, LDAP_NO_SUCH_OBJECT);
  }
  for (const std::wstring& name : attributes) {
    if (!read_values(entry, name, values)) {
      return false;
    }
  }
  return true;
}

}  // namespace iisdiag::win32
