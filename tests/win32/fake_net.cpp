// Accounts and policies of this computer and of domains: the Net functions.
#include "win32/fake_windows_parts.hpp"

#include <algorithm>
#include <cstring>

namespace iisdiag::win32 {
namespace {

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

}  // namespace

void put_net(Api& api, const std::set<std::string>& missing) {
  const ApiFiller put(missing);
  put("NetApiBufferFree", api.NetApiBufferFree, free_net);
  put("NetUserGetInfo", api.NetUserGetInfo, user_get_info);
  put("NetUserGetLocalGroups", api.NetUserGetLocalGroups, user_local_groups);
  put("NetUserGetGroups", api.NetUserGetGroups, user_groups);
  put("NetUserModalsGet", api.NetUserModalsGet, modals_get);
  put("NetGetDCName", api.NetGetDCName, get_dc_name);
  put("DsGetDcNameW", api.DsGetDcNameW, ds_get_dc_name);
  put("NetServerGetInfo", api.NetServerGetInfo, server_info);
}

}  // namespace iisdiag::win32
