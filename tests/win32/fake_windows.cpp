#include "win32/fake_windows.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "facts/sid.hpp"
#include "text/unicode.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

FakeWindows* the_windows = nullptr;

FakeWindows& windows() { return *the_windows; }

bool same(std::wstring_view left, std::wstring_view right) {
  return text::same_name(to_utf8(left), to_utf8(right));
}

std::vector<BYTE> sid_bytes(std::string_view text) {
  const auto sid = facts::Sid::parse(text).value();
  std::vector<BYTE> bytes(8 + 4 * sid.sub_authorities.size());
  bytes[0] = SID_REVISION;
  bytes[1] = static_cast<BYTE>(sid.sub_authorities.size());
  for (std::size_t i = 0; i < 6; ++i) {
    bytes[2 + i] = static_cast<BYTE>(sid.authority >> (8 * (5 - i)));
  }
  for (std::size_t i = 0; i < sid.sub_authorities.size(); ++i) {
    std::memcpy(bytes.data() + 8 + 4 * i, &sid.sub_authorities[i], 4);
  }
  return bytes;
}

BOOL fail(DWORD code) {
  SetLastError(code);
  return FALSE;
}

struct Found {
  std::wstring domain;
  std::wstring name;
  std::string sid;
  SID_NAME_USE use = SidTypeUser;
};

std::optional<Found> find_name(std::wstring_view asked) {
  for (const FakeUser& user : windows().users) {
    if (same(asked, user.domain + L"\\" + user.name) ||
        (!user.upn.empty() && same(asked, user.upn))) {
      return Found{user.domain, user.name, user.sid, SidTypeUser};
    }
  }
  for (const FakeName& name : windows().names) {
    if (same(asked, name.domain + L"\\" + name.name)) {
      return Found{name.domain, name.name, name.sid, name.use};
    }
  }
  return std::nullopt;
}

// Both names or none: what a caller allocates counts with the terminator, what
// it gets without.
bool put_name(const std::wstring& name, LPWSTR buffer, LPDWORD size) {
  if (*size < name.size() + 1) {
    *size = static_cast<DWORD>(name.size() + 1);
    return false;
  }
  std::copy(name.begin(), name.end(), buffer);
  buffer[name.size()] = 0;
  *size = static_cast<DWORD>(name.size());
  return true;
}

BOOL WINAPI lookup_name(LPCWSTR system, LPCWSTR asked, PSID sid,
                        LPDWORD sid_size, LPWSTR domain, LPDWORD domain_size,
                        PSID_NAME_USE use) {
  if (const auto code =
          windows().refused("LookupAccountNameW", narrow(asked))) {
    return fail(*code);
  }
  const auto found = system == nullptr ? find_name(asked) : std::nullopt;
  if (!found) {
    return fail(ERROR_NONE_MAPPED);
  }
  const auto bytes = sid_bytes(found->sid);
  if (windows().buffers_grow) {
    windows().buffers_grow = false;
    *sid_size = static_cast<DWORD>(bytes.size());
    *domain_size = static_cast<DWORD>(found->domain.size() + 1);
    return fail(ERROR_INSUFFICIENT_BUFFER);
  }
  if (*sid_size < bytes.size()) {
    *sid_size = static_cast<DWORD>(bytes.size());
    return fail(ERROR_INSUFFICIENT_BUFFER);
  }
  if (!put_name(found->domain, domain, domain_size)) {
    return fail(ERROR_INSUFFICIENT_BUFFER);
  }
  std::memcpy(sid, bytes.data(), bytes.size());
  *use = found->use;
  return TRUE;
}

bool is_sid(PSID sid, std::string_view text) {
  const auto bytes = sid_bytes(text);
  return std::memcmp(sid, bytes.data(), bytes.size()) == 0;
}

BOOL WINAPI lookup_sid(LPCWSTR /*system*/, PSID sid, LPWSTR name,
                       LPDWORD name_size, LPWSTR domain, LPDWORD domain_size,
                       PSID_NAME_USE use) {
  if (const auto code = windows().refused("LookupAccountSidW")) {
    return fail(*code);
  }
  std::optional<Found> found;
  for (const FakeUser& user : windows().users) {
    if (is_sid(sid, user.sid)) {
      found = Found{user.domain, user.name, user.sid, SidTypeUser};
    }
  }
  for (const FakeName& entry : windows().names) {
    if (is_sid(sid, entry.sid)) {
      found = Found{entry.domain, entry.name, entry.sid, entry.use};
    }
  }
  if (!found) {
    return fail(ERROR_NONE_MAPPED);
  }
  if (!put_name(found->name, name, name_size) ||
      !put_name(found->domain, domain, domain_size)) {
    return fail(ERROR_INSUFFICIENT_BUFFER);
  }
  *use = found->use;
  return TRUE;
}

// Lsa.

constexpr auto kAccessDenied = static_cast<NTSTATUS>(0xC0000022UL);
constexpr auto kNoMoreEntries = static_cast<NTSTATUS>(0x8000001AUL);
constexpr auto kNoSuchPrivilege = static_cast<NTSTATUS>(0xC0000060UL);

NTSTATUS NTAPI open_policy(PLSA_UNICODE_STRING system,
                           PLSA_OBJECT_ATTRIBUTES attributes,
                           ACCESS_MASK access, PLSA_HANDLE handle) {
  const bool for_names = (access & POLICY_LOOKUP_NAMES) != 0;
  if (const auto code =
          windows().refused("LsaOpenPolicy", for_names ? "names" : "view")) {
    return static_cast<NTSTATUS>(*code);
  }
  if (system != nullptr || attributes->Length != sizeof *attributes) {
    return kAccessDenied;
  }
  *handle = windows().give_handle();
  return 0;
}

NTSTATUS NTAPI close_policy(LSA_HANDLE handle) {
  windows().take_handle(handle);
  return 0;
}

NTSTATUS NTAPI free_lsa(PVOID memory) {
  windows().take(memory);
  return 0;
}

ULONG NTAPI to_win_error(NTSTATUS status) {
  switch (static_cast<DWORD>(status)) {
    case 0xC0000022UL:
      return ERROR_ACCESS_DENIED;
    case 0xC0000060UL:
      return ERROR_NO_SUCH_PRIVILEGE;
    case 0x8000001AUL:
      return ERROR_NO_MORE_ITEMS;
    default:
      return ERROR_MR_MID_NOT_FOUND;
  }
}

NTSTATUS NTAPI enumerate_holders(LSA_HANDLE /*policy*/,
                                 PLSA_UNICODE_STRING right, PVOID* buffer,
                                 PULONG count) {
  const std::wstring name(right->Buffer, right->Length / sizeof(wchar_t));
  if (const auto code = windows().refused("LsaEnumerateAccountsWithUserRight",
                                          to_utf8(name))) {
    return static_cast<NTSTATUS>(*code);
  }
  const auto found = windows().rights.find(name);
  if (found == windows().rights.end() || found->second.empty()) {
    return kNoMoreEntries;
  }
  const std::size_t holders = found->second.size();
  auto* memory = static_cast<BYTE*>(windows().give(
      holders * (sizeof(LSA_ENUMERATION_INFORMATION) + SECURITY_MAX_SID_SIZE)));
  auto* entries = reinterpret_cast<LSA_ENUMERATION_INFORMATION*>(memory);
  BYTE* next = memory + holders * sizeof(LSA_ENUMERATION_INFORMATION);
  for (std::size_t i = 0; i < holders; ++i) {
    const auto bytes = sid_bytes(found->second[i]);
    std::memcpy(next, bytes.data(), bytes.size());
    entries[i].Sid = next;
    next += SECURITY_MAX_SID_SIZE;
  }
  *buffer = memory;
  *count = static_cast<ULONG>(holders);
  return 0;
}

NTSTATUS NTAPI query_policy(LSA_HANDLE /*policy*/,
                            POLICY_INFORMATION_CLASS kind, PVOID* buffer) {
  if (const auto code = windows().refused("LsaQueryInformationPolicy")) {
    return static_cast<NTSTATUS>(*code);
  }
  if (kind != PolicyPrimaryDomainInformation) {
    return kAccessDenied;
  }
  const std::wstring& name = windows().primary_domain;
  const auto domain = sid_bytes("S-1-5-21-7-8-9");
  const std::size_t name_bytes = name.size() * sizeof(wchar_t);
  auto* memory = static_cast<BYTE*>(windows().give(
      sizeof(POLICY_PRIMARY_DOMAIN_INFO) + domain.size() + name_bytes));
  auto* info = reinterpret_cast<POLICY_PRIMARY_DOMAIN_INFO*>(memory);
  BYTE* sid = memory + sizeof *info;
  std::memcpy(sid, domain.data(), domain.size());
  BYTE* text = sid + domain.size();
  std::memcpy(text, name.data(), name_bytes);
  info->Sid = windows().is_joined ? sid : nullptr;
  info->Name.Buffer = reinterpret_cast<PWSTR>(text);
  info->Name.Length = static_cast<USHORT>(name_bytes);
  info->Name.MaximumLength = info->Name.Length;
  *buffer = memory;
  return 0;
}

// Logons.

BOOL WINAPI log_on_user(LPCWSTR name, LPCWSTR domain, LPCWSTR password,
                        DWORD type, DWORD /*provider*/, PHANDLE token) {
  const std::wstring asked =
      domain == nullptr ? name : std::wstring(domain) + L"\\" + name;
  if (const auto code = windows().refused(
          "LogonUserW", to_utf8(asked) + " type " + std::to_string(type))) {
    return fail(*code);
  }
  for (const FakeUser& user : windows().users) {
    if (same(asked, user.domain + L"\\" + user.name) ||
        (!user.upn.empty() && same(asked, user.upn))) {
      if (user.password != password) {
        return fail(ERROR_LOGON_FAILURE);
      }
      if (user.logon_answer != 0) {
        return fail(user.logon_answer);
      }
      *token = windows().give_handle();
      return TRUE;
    }
  }
  return fail(ERROR_LOGON_FAILURE);
}

BOOL WINAPI close_handle(HANDLE handle) {
  windows().take_handle(handle);
  return TRUE;
}

// The registry.

struct OpenFakeKey {
  std::wstring path;
};
std::map<HKEY, OpenFakeKey> open_keys;

LSTATUS WINAPI open_key(HKEY root, LPCWSTR path, DWORD /*options*/,
                        REGSAM access, PHKEY key) {
  if (const auto code = windows().refused(
          "RegOpenKeyExW",
          narrow(path) + ((access & KEY_WOW64_64KEY) != 0 ? " 64" : ""))) {
    return static_cast<LSTATUS>(*code);
  }
  for (const auto& [known, values] : windows().registry) {
    if (root == HKEY_LOCAL_MACHINE && same(known, path)) {
      *key = static_cast<HKEY>(windows().give_handle());
      open_keys[*key] = {known};
      return ERROR_SUCCESS;
    }
  }
  return ERROR_FILE_NOT_FOUND;
}

LSTATUS WINAPI enum_value(HKEY key, DWORD index, LPWSTR name, LPDWORD name_size,
                          LPDWORD /*reserved*/, LPDWORD type, LPBYTE data,
                          LPDWORD data_size) {
  const auto& values = windows().registry[open_keys.at(key).path];
  if (index >= values.size()) {
    return ERROR_NO_MORE_ITEMS;
  }
  const auto& [value_name, value] =
      *std::next(values.begin(), static_cast<std::ptrdiff_t>(index));
  if (const auto code =
          windows().refused("RegEnumValueW", to_utf8(value_name))) {
    return static_cast<LSTATUS>(*code);
  }
  if (!put_name(value_name, name, name_size)) {
    return ERROR_MORE_DATA;
  }
  std::vector<BYTE> bytes;
  if (const auto* number = std::get_if<DWORD>(&value)) {
    *type = REG_DWORD;
    bytes.resize(sizeof *number);
    std::memcpy(bytes.data(), number, sizeof *number);
  } else if (const auto* text = std::get_if<std::wstring>(&value)) {
    *type = REG_SZ;
    bytes.resize((text->size() + 1) * sizeof(wchar_t));
    std::memcpy(bytes.data(), text->data(), text->size() * sizeof(wchar_t));
  } else {
    *type = REG_BINARY;
    bytes = std::get<std::vector<BYTE>>(value);
  }
  if (*data_size < bytes.size()) {
    *data_size = static_cast<DWORD>(bytes.size());
    return ERROR_MORE_DATA;
  }
  std::memcpy(data, bytes.data(), bytes.size());
  *data_size = static_cast<DWORD>(bytes.size());
  return ERROR_SUCCESS;
}

LSTATUS WINAPI close_key(HKEY key) {
  open_keys.erase(key);
  windows().take_handle(key);
  return ERROR_SUCCESS;
}

// The clock.

void WINAPI system_time(LPSYSTEMTIME time) { *time = windows().utc; }

DWORD WINAPI time_zone(LPTIME_ZONE_INFORMATION zone) {
  if (windows().refused("GetTimeZoneInformation")) {
    return TIME_ZONE_ID_INVALID;
  }
  *zone = {};
  zone->Bias = windows().bias;
  zone->DaylightBias = -60;
  return TIME_ZONE_ID_STANDARD;
}

UINT WINAPI system_folder(LPWSTR buffer, UINT size) {
  if (windows().refused("GetSystemDirectoryW")) {
    return 0;
  }
  DWORD length = size;
  put_name(L"C:\\WINDOWS\\system32", buffer, &length);
  return length;
}

BOOL WINAPI check_membership(HANDLE token, PSID sid, PBOOL answer) {
  if (const auto code = windows().refused("CheckTokenMembership")) {
    return fail(*code);
  }
  const auto& groups = windows().groups;
  *answer =
      token == nullptr &&
      ((is_sid(sid, "S-1-5-32-544") && windows().is_elevated) ||
       std::any_of(groups.begin(), groups.end(), [&](const std::string& group) {
         return is_sid(sid, group);
       }));
  return TRUE;
}

BOOL WINAPI is_wow64_process(HANDLE /*process*/, PBOOL answer) {
  if (const auto code = windows().refused("IsWow64Process")) {
    return fail(*code);
  }
  *answer = windows().is_wow64;
  return TRUE;
}

// Net functions.

std::wstring text_or_empty(LPCWSTR text) {
  return text == nullptr ? L"" : text;
}

// Whose accounts a server holds.
bool holds(const std::wstring& server, const FakeUser& user) {
  if (server.empty()) {
    return windows().controllers.count(user.domain) == 0;
  }
  const auto found = windows().controllers.find(user.domain);
  return found != windows().controllers.end() && found->second == server;
}

const FakeUser* find_user(LPCWSTR server, LPCWSTR name) {
  for (const FakeUser& user : windows().users) {
    if (holds(text_or_empty(server), user) && same(user.name, name)) {
      return &user;
    }
  }
  return nullptr;
}

// A record with its strings behind it.
NET_API_STATUS give_record(const FakeUser& user, LPBYTE* buffer) {
  const std::size_t text_bytes =
      (user.workstations.size() + 1) * sizeof(wchar_t);
  auto* memory = static_cast<BYTE*>(
      windows().give(sizeof(USER_INFO_3) + text_bytes + kHoursBytes));
  auto* record = reinterpret_cast<USER_INFO_3*>(memory);
  *record = {};
  BYTE* text = memory + sizeof *record;
  std::memcpy(text, user.workstations.c_str(), text_bytes);
  record->usri3_workstations = reinterpret_cast<LPWSTR>(text);
  if (user.hours) {
    BYTE* hours = text + text_bytes;
    std::copy(user.hours->begin(), user.hours->end(), hours);
    record->usri3_logon_hours = hours;
  }
  record->usri3_flags = user.flags;
  record->usri3_bad_pw_count = user.bad_logons;
  record->usri3_password_age = user.password_age;
  record->usri3_password_expired = user.password_expired;
  record->usri3_acct_expires = user.expires;
  record->usri3_last_logon = user.last_logon;
  record->usri3_units_per_week = user.units_per_week;
  *buffer = memory;
  return NERR_Success;
}

NET_API_STATUS NET_API_FUNCTION user_get_info(LPCWSTR server, LPCWSTR name,
                                              DWORD level, LPBYTE* buffer) {
  if (const auto code = windows().refused(
          "NetUserGetInfo", narrow(server) + " " + narrow(name))) {
    return *code;
  }
  const FakeUser* user = find_user(server, name);
  if (user == nullptr) {
    return NERR_UserNotFound;
  }
  return level == 3 ? give_record(*user, buffer) : ERROR_INVALID_LEVEL;
}

template <class Entry>
NET_API_STATUS give_names(const std::vector<std::wstring>& names,
                          LPBYTE* buffer, LPDWORD read, LPDWORD total,
                          LPWSTR Entry::*member) {
  std::size_t bytes = names.size() * sizeof(Entry);
  for (const std::wstring& name : names) {
    bytes += (name.size() + 1) * sizeof(wchar_t);
  }
  auto* memory = static_cast<BYTE*>(windows().give(bytes + 1));
  auto* entries = reinterpret_cast<Entry*>(memory);
  BYTE* text = memory + names.size() * sizeof(Entry);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::size_t size = (names[i].size() + 1) * sizeof(wchar_t);
    std::memcpy(text, names[i].c_str(), size);
    entries[i].*member = reinterpret_cast<LPWSTR>(text);
    text += size;
  }
  *buffer = memory;
  *read = *total = static_cast<DWORD>(names.size());
  return NERR_Success;
}

NET_API_STATUS NET_API_FUNCTION user_local_groups(LPCWSTR server, LPCWSTR name,
                                                  DWORD /*level*/, DWORD flags,
                                                  LPBYTE* buffer,
                                                  DWORD /*size*/, LPDWORD read,
                                                  LPDWORD total) {
  if (const auto code =
          windows().refused("NetUserGetLocalGroups", narrow(name))) {
    return *code;
  }
  for (const FakeUser& user : windows().users) {
    if (server == nullptr && flags == LG_INCLUDE_INDIRECT &&
        (same(name, user.name) ||
         same(name, user.domain + L"\\" + user.name))) {
      return give_names(user.local_groups, buffer, read, total,
                        &LOCALGROUP_USERS_INFO_0::lgrui0_name);
    }
  }
  return NERR_UserNotFound;
}

NET_API_STATUS NET_API_FUNCTION user_groups(LPCWSTR server, LPCWSTR name,
                                            DWORD /*level*/, LPBYTE* buffer,
                                            DWORD /*size*/, LPDWORD read,
                                            LPDWORD total) {
  if (const auto code = windows().refused("NetUserGetGroups", narrow(name))) {
    return *code;
  }
  const FakeUser* user = find_user(server, name);
  return user == nullptr ? NERR_UserNotFound
                         : give_names(user->global_groups, buffer, read, total,
                                      &GROUP_USERS_INFO_0::grui0_name);
}

NET_API_STATUS NET_API_FUNCTION modals_get(LPCWSTR server, DWORD level,
                                           LPBYTE* buffer) {
  if (const auto code = windows().refused(
          "NetUserModalsGet", narrow(server) + " " + std::to_string(level))) {
    return *code;
  }
  const auto found = windows().databases.find(text_or_empty(server));
  if (found == windows().databases.end()) {
    return ERROR_BAD_NETPATH;
  }
  const FakeDatabase& database = found->second;
  if (level == 0) {
    auto* info = static_cast<USER_MODALS_INFO_0*>(
        windows().give(sizeof(USER_MODALS_INFO_0)));
    *info = {};
    info->usrmod0_max_passwd_age = database.max_age;
    *buffer = reinterpret_cast<LPBYTE>(info);
    return NERR_Success;
  }
  if (level == 3) {
    auto* info = static_cast<USER_MODALS_INFO_3*>(
        windows().give(sizeof(USER_MODALS_INFO_3)));
    info->usrmod3_lockout_duration = database.duration;
    info->usrmod3_lockout_observation_window = database.window;
    info->usrmod3_lockout_threshold = database.threshold;
    *buffer = reinterpret_cast<LPBYTE>(info);
    return NERR_Success;
  }
  return ERROR_INVALID_LEVEL;
}

NET_API_STATUS WINAPI server_info(LPWSTR server, DWORD level, LPBYTE* buffer) {
  if (const auto code = windows().refused(
          "NetServerGetInfo", narrow(server) + " " + std::to_string(level))) {
    return *code;
  }
  const auto found = windows().databases.find(text_or_empty(server));
  if (found == windows().databases.end() || level != 101) {
    return ERROR_BAD_NETPATH;
  }
  auto* info =
      static_cast<SERVER_INFO_101*>(windows().give(sizeof(SERVER_INFO_101)));
  *info = {};
  info->sv101_version_major = found->second.major | 0x10;
  info->sv101_version_minor = found->second.minor;
  *buffer = reinterpret_cast<LPBYTE>(info);
  return NERR_Success;
}

NET_API_STATUS NET_API_FUNCTION free_net(LPVOID memory) {
  windows().take(memory);
  return NERR_Success;
}

NET_API_STATUS NET_API_FUNCTION get_dc_name(LPCWSTR server, LPCWSTR domain,
                                            LPBYTE* buffer) {
  if (const auto code = windows().refused("NetGetDCName", narrow(domain))) {
    return *code;
  }
  const auto found = windows().controllers.find(domain);
  if (server != nullptr || found == windows().controllers.end()) {
    return NERR_DCNotFound;
  }
  const std::size_t bytes = (found->second.size() + 1) * sizeof(wchar_t);
  *buffer = static_cast<LPBYTE>(windows().give(bytes));
  std::memcpy(*buffer, found->second.c_str(), bytes);
  return NERR_Success;
}

DWORD WINAPI ds_get_dc_name(LPCWSTR /*computer*/, LPCWSTR domain,
                            GUID* /*guid*/, LPCWSTR /*site*/, ULONG flags,
                            PDOMAIN_CONTROLLER_INFOW* info) {
  if (const auto code = windows().refused("DsGetDcNameW", narrow(domain))) {
    return *code;
  }
  const auto found = windows().controllers.find(domain);
  if (found == windows().controllers.end() || flags != DS_PDC_REQUIRED) {
    return ERROR_NO_SUCH_DOMAIN;
  }
  const std::size_t bytes = (found->second.size() + 1) * sizeof(wchar_t);
  auto* memory = static_cast<BYTE*>(
      windows().give(sizeof(DOMAIN_CONTROLLER_INFOW) + bytes));
  auto* answer = reinterpret_cast<DOMAIN_CONTROLLER_INFOW*>(memory);
  *answer = {};
  std::memcpy(memory + sizeof *answer, found->second.c_str(), bytes);
  answer->DomainControllerName =
      reinterpret_cast<LPWSTR>(memory + sizeof *answer);
  *info = answer;
  return ERROR_SUCCESS;
}

// Authz.

std::map<AUTHZ_CLIENT_CONTEXT_HANDLE, std::string> contexts;

BOOL WINAPI open_manager(DWORD /*flags*/, PFN_AUTHZ_DYNAMIC_ACCESS_CHECK,
                         PFN_AUTHZ_COMPUTE_DYNAMIC_GROUPS,
                         PFN_AUTHZ_FREE_DYNAMIC_GROUPS, PCWSTR,
                         PAUTHZ_RESOURCE_MANAGER_HANDLE manager) {
  if (const auto code = windows().refused("AuthzInitializeResourceManager")) {
    return fail(*code);
  }
  *manager =
      static_cast<AUTHZ_RESOURCE_MANAGER_HANDLE>(windows().give_handle());
  return TRUE;
}

BOOL WINAPI open_context(DWORD /*flags*/, PSID sid,
                         AUTHZ_RESOURCE_MANAGER_HANDLE, PLARGE_INTEGER, LUID,
                         PVOID, PAUTHZ_CLIENT_CONTEXT_HANDLE context) {
  if (const auto code = windows().refused("AuthzInitializeContextFromSid")) {
    return fail(*code);
  }
  for (const FakeUser& user : windows().users) {
    if (is_sid(sid, user.sid)) {
      *context =
          static_cast<AUTHZ_CLIENT_CONTEXT_HANDLE>(windows().give_handle());
      contexts[*context] = user.sid;
      return TRUE;
    }
  }
  return fail(ERROR_NONE_MAPPED);
}

BOOL WINAPI context_info(AUTHZ_CLIENT_CONTEXT_HANDLE context,
                         AUTHZ_CONTEXT_INFORMATION_CLASS kind, DWORD size,
                         PDWORD needed, PVOID buffer) {
  if (const auto code = windows().refused("AuthzGetInformationFromContext",
                                          buffer == nullptr ? "size" : "")) {
    return fail(*code);
  }
  const FakeUser* user = nullptr;
  for (const FakeUser& candidate : windows().users) {
    user = candidate.sid == contexts.at(context) ? &candidate : user;
  }
  const std::size_t count = user->token.size();
  const std::size_t bytes =
      sizeof(TOKEN_GROUPS) +
      count * (sizeof(SID_AND_ATTRIBUTES) + SECURITY_MAX_SID_SIZE);
  *needed = static_cast<DWORD>(bytes);
  if (kind != AuthzContextInfoGroupsSids || size < bytes) {
    return fail(ERROR_INSUFFICIENT_BUFFER);
  }
  auto* memory = static_cast<BYTE*>(buffer);
  auto* groups = reinterpret_cast<TOKEN_GROUPS*>(memory);
  groups->GroupCount = static_cast<DWORD>(count);
  SID_AND_ATTRIBUTES* entry = &groups->Groups[0];
  BYTE* next = reinterpret_cast<BYTE*>(entry + count);
  for (const std::string& sid : user->token) {
    const auto raw = sid_bytes(sid);
    std::memcpy(next, raw.data(), raw.size());
    *entry++ = {next, SE_GROUP_ENABLED};
    next += SECURITY_MAX_SID_SIZE;
  }
  return TRUE;
}

BOOL WINAPI free_context(AUTHZ_CLIENT_CONTEXT_HANDLE context) {
  contexts.erase(context);
  windows().take_handle(context);
  return TRUE;
}

BOOL WINAPI free_manager(AUTHZ_RESOURCE_MANAGER_HANDLE manager) {
  windows().take_handle(manager);
  return TRUE;
}

// LDAP. A connection is a handle, an answer a buffer that names its object.

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

std::string narrow(const wchar_t* text) { return to_utf8(text); }

FakeWindows::FakeWindows() { the_windows = this; }
FakeWindows::~FakeWindows() { the_windows = nullptr; }
FakeWindows& FakeWindows::current() { return *the_windows; }

Api FakeWindows::api() const {
  Api api;
  const auto put = [&](std::string_view name, auto& slot, auto function) {
    slot = missing.count(std::string(name)) != 0 ? nullptr : function;
  };
  put("LookupAccountNameW", api.LookupAccountNameW, lookup_name);
  put("LookupAccountSidW", api.LookupAccountSidW, lookup_sid);
  put("LsaOpenPolicy", api.LsaOpenPolicy, open_policy);
  put("LsaClose", api.LsaClose, close_policy);
  put("LsaFreeMemory", api.LsaFreeMemory, free_lsa);
  put("LsaNtStatusToWinError", api.LsaNtStatusToWinError, to_win_error);
  put("LsaEnumerateAccountsWithUserRight",
      api.LsaEnumerateAccountsWithUserRight, enumerate_holders);
  put("LsaQueryInformationPolicy", api.LsaQueryInformationPolicy, query_policy);
  put("LogonUserW", api.LogonUserW, log_on_user);
  put("CheckTokenMembership", api.CheckTokenMembership, check_membership);
  put("GetSystemDirectoryW", api.GetSystemDirectoryW, system_folder);
  put("RegOpenKeyExW", api.RegOpenKeyExW, open_key);
  put("RegEnumValueW", api.RegEnumValueW, enum_value);
  put("RegCloseKey", api.RegCloseKey, close_key);
  put("CloseHandle", api.CloseHandle, close_handle);
  put("GetSystemTime", api.GetSystemTime, system_time);
  put("GetTimeZoneInformation", api.GetTimeZoneInformation, time_zone);
  put("IsWow64Process", api.IsWow64Process, is_wow64_process);
  put("NetApiBufferFree", api.NetApiBufferFree, free_net);
  put("NetUserGetInfo", api.NetUserGetInfo, user_get_info);
  put("NetUserGetLocalGroups", api.NetUserGetLocalGroups, user_local_groups);
  put("NetUserGetGroups", api.NetUserGetGroups, user_groups);
  put("NetUserModalsGet", api.NetUserModalsGet, modals_get);
  put("NetGetDCName", api.NetGetDCName, get_dc_name);
  put("DsGetDcNameW", api.DsGetDcNameW, ds_get_dc_name);
  put("AuthzInitializeResourceManager", api.AuthzInitializeResourceManager,
      open_manager);
  put("AuthzInitializeContextFromSid", api.AuthzInitializeContextFromSid,
      open_context);
  put("AuthzGetInformationFromContext", api.AuthzGetInformationFromContext,
      context_info);
  put("AuthzFreeContext", api.AuthzFreeContext, free_context);
  put("AuthzFreeResourceManager", api.AuthzFreeResourceManager, free_manager);
  put("NetServerGetInfo", api.NetServerGetInfo, server_info);
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
  put_event_logs(api, missing);
  return api;
}

std::size_t FakeWindows::count(std::string_view call) const {
  return static_cast<std::size_t>(
      std::count_if(calls.begin(), calls.end(), [&](const std::string& made) {
        return made == call || made.starts_with(std::string(call) + " ");
      }));
}

std::optional<DWORD> FakeWindows::refused(const std::string& function,
                                          const std::string& argument) {
  const std::string call =
      argument.empty() ? function : function + " " + argument;
  calls.push_back(call);
  for (const std::string& key : {call, function}) {
    if (const auto found = refusals.find(key); found != refusals.end()) {
      return found->second;
    }
  }
  return std::nullopt;
}

void* FakeWindows::give(std::size_t bytes) {
  void* memory = ::operator new(bytes);
  buffers_.insert(memory);
  ++open;
  return memory;
}

void FakeWindows::take(void* memory) {
  if (buffers_.erase(memory) == 0) {
    is_broken = true;
    return;
  }
  // What is read after it was freed should not look right.
  ::operator delete(memory);
  --open;
}

HANDLE FakeWindows::give_handle() {
  handles_.insert(++next_handle_);
  ++open;
  return reinterpret_cast<HANDLE>(next_handle_);
}

void FakeWindows::take_handle(HANDLE handle) {
  if (handles_.erase(reinterpret_cast<std::uintptr_t>(handle)) == 0) {
    is_broken = true;
    return;
  }
  --open;
}

}  // namespace iisdiag::win32
