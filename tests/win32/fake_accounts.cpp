// Names, SIDs, rights and logons: what the LSA answers.
#include "win32/fake_windows_parts.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

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

}  // namespace

void put_accounts(Api& api, const std::set<std::string>& missing) {
  const ApiFiller put(missing);
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
}

}  // namespace iisdiag::win32
