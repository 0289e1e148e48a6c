// The groups that a logon would have: Authz.
#include "win32/fake_windows_parts.hpp"

#include <cstring>
#include <map>

namespace iisdiag::win32 {
namespace {

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

}  // namespace

void put_authz(Api& api, const std::set<std::string>& missing) {
  const ApiFiller put(missing);
  put("AuthzInitializeResourceManager", api.AuthzInitializeResourceManager,
      open_manager);
  put("AuthzInitializeContextFromSid", api.AuthzInitializeContextFromSid,
      open_context);
  put("AuthzGetInformationFromContext", api.AuthzGetInformationFromContext,
      context_info);
  put("AuthzFreeContext", api.AuthzFreeContext, free_context);
  put("AuthzFreeResourceManager", api.AuthzFreeResourceManager, free_manager);
}

}  // namespace iisdiag::win32
