#include "win32/lockout.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "text/strings.hpp"
#include "win32/answer.hpp"
#include "win32/directory.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

using facts::Observed;
using facts::Origin;
using Threshold = Observed<std::uint32_t>;

// Every object has it, and everybody may read it.
constexpr const wchar_t* kName = L"distinguishedName";
constexpr const wchar_t* kObject = L"msDS-ResultantPSO";
constexpr const wchar_t* kThreshold = L"msDS-LockoutThreshold";

// A primary controller older than Windows Server 2008, whose domain cannot
// have any. Samba, which can, calls itself 4.9.
bool is_too_old(const Api& api, const std::wstring& controller) {
  if (api.NetServerGetInfo == nullptr) {
    return false;
  }
  NetBuffer<SERVER_INFO_101> info(api);
  std::wstring name = controller;
  const NET_API_STATUS code =
      api.NetServerGetInfo(name.data(), 101, info.out());
  if (code != NERR_Success || info.get() == nullptr) {
    return false;
  }
  const DWORD major = info.get()->sv101_version_major & MAJOR_VERSION_MASK;
  const DWORD minor = info.get()->sv101_version_minor;
  return major == 5 || (major == 4 && minor == 0);
}

// By default nobody else may read them. A token that is filtered has the group
// for denials only, and then the answer is no.
bool is_domain_admin(const Api& api, const facts::Sid& account) {
  constexpr std::size_t kParts = 5;  // S-1-5-21-a-b-c-RID
  if (api.CheckTokenMembership == nullptr || !account.is_account() ||
      account.sub_authorities.size() != kParts) {
    return false;
  }
  struct {
    SID sid;
    std::array<DWORD, kParts - 1> rest;
  } group{
      {SID_REVISION, kParts, {SECURITY_NT_AUTHORITY}, {SECURITY_NT_NON_UNIQUE}},
      {account.sub_authorities[1], account.sub_authorities[2],
       account.sub_authorities[3], DOMAIN_GROUP_RID_ADMINS}};
  BOOL is_member = FALSE;
  return api.CheckTokenMembership(nullptr, &group.sid, &is_member) != FALSE &&
         is_member != FALSE;
}

Threshold unread(const Directory& directory) {
  return unread_threshold(
      Origin::from_api(directory.function(), directory.code()));
}

Threshold threshold_of(Directory& directory, const std::string& object) {
  const Origin origin =
      Origin::from_api("ldap_search_ext_s msDS-LockoutThreshold", 0);
  Directory::Values values;
  if (!directory.read(to_wide(object), {kThreshold}, values)) {
    return unread(directory);
  }
  const auto text = values.find(to_utf8(kThreshold));
  const auto number =
      text == values.end() ? std::nullopt : text::to_integer(text->second);
  if (!number || *number < 0 ||
      *number > std::numeric_limits<std::uint16_t>::max()) {
    return unread_threshold(origin);
  }
  return {static_cast<std::uint32_t>(*number), origin};
}

}  // namespace

Threshold unread_threshold(const Origin& origin) {
  return Threshold::unknown(
      "a fine-grained password policy of the domain may lock it after fewer "
      "bad logons, and is not read",
      {}, origin);
}

const Threshold& lower_threshold(const Threshold& left,
                                 const Threshold& right) {
  if (!left.has_value() || !right.has_value()) {
    return left.has_value() ? right : left;
  }
  // 0: it never locks.
  return *right != 0 && (*left == 0 || *right < *left) ? right : left;
}

Threshold domain_lockout_threshold(const Api& api,
                                   const std::wstring& controller,
                                   const facts::Sid& account,
                                   const Threshold& own) {
  if (is_too_old(api, controller)) {
    return own;
  }
  Directory directory(api);
  Directory::Values values;
  if (!directory.open(controller.substr(
          std::min(controller.find_first_not_of(L'\\'), controller.size()))) ||
      !directory.read(to_wide("<SID=" + account.text() + ">"), {kName, kObject},
                      values)) {
    return unread(directory);
  }
  const auto object = values.find(to_utf8(kObject));
  if (object != values.end()) {
    return threshold_of(directory, object->second);
  }
  // Without its own name nothing of the object was shown.
  return values.contains(to_utf8(kName)) && is_domain_admin(api, account)
             ? own
             : unread_threshold(
                   Origin::from_api("ldap_search_ext_s msDS-ResultantPSO", 0));
}

}  // namespace iisdiag::win32
