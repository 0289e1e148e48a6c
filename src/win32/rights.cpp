#include "win32/rights.hpp"

#include <algorithm>
#include <set>

#include "win32/answer.hpp"
#include "win32/lookup.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

using facts::LogonRight;
using facts::Observed;
using facts::Origin;
using facts::Principal;
using Holders = Observed<std::vector<Principal>>;

// ntstatus.h; not in the headers beside winternl.h.
constexpr auto kNoMoreEntries = static_cast<NTSTATUS>(0x8000001AL);

constexpr std::string_view kEnumerate = "LsaEnumerateAccountsWithUserRight";

// A policy of the local machine, open.
class Policy {
 public:
  Policy(const Api& api, ACCESS_MASK access) : api_(api) {
    LSA_OBJECT_ATTRIBUTES attributes{};
    attributes.Length = sizeof attributes;
    const NTSTATUS status =
        api.LsaOpenPolicy(nullptr, &attributes, access, &handle_);
    if (status != 0) {
      handle_ = nullptr;
      code_ = api.LsaNtStatusToWinError(status);
    }
  }
  Policy(const Policy&) = delete;
  Policy& operator=(const Policy&) = delete;
  Policy(Policy&&) = delete;
  Policy& operator=(Policy&&) = delete;
  ~Policy() {
    if (handle_ != nullptr) {
      api_.LsaClose(handle_);
    }
  }

  LSA_HANDLE get() const { return handle_; }
  std::uint32_t code() const { return code_; }

 private:
  const Api& api_;
  LSA_HANDLE handle_ = nullptr;
  std::uint32_t code_ = 0;
};

// More holders of one right than this are shown as a list that is cut.
constexpr ULONG kMaxHolders = 10000;

Holders holders_of(const Api& api, LSA_HANDLE policy, LogonRight right,
                   facts::RightsList& list) {
  std::wstring name = to_wide(facts::constant_name(right));
  LSA_UNICODE_STRING text{};
  text.Buffer = name.data();
  text.Length = static_cast<USHORT>(name.size() * sizeof(wchar_t));
  text.MaximumLength = text.Length;
  LsaBuffer<LSA_ENUMERATION_INFORMATION> buffer(api);
  ULONG count = 0;
  const NTSTATUS status = api.LsaEnumerateAccountsWithUserRight(
      policy, &text, buffer.out(), &count);
  const Origin origin = Origin::from_api(kEnumerate, 0);
  if (status == kNoMoreEntries) {
    return {{}, origin};  // nobody
  }
  if (status != 0) {
    const std::uint32_t code = api.LsaNtStatusToWinError(status);
    return code == ERROR_NO_SUCH_PRIVILEGE
               // NT 4 knows no Deny rights: nobody can hold one.
               ? Holders({}, Origin::from_api(kEnumerate, code))
               : refused<std::vector<Principal>>(kEnumerate, code);
  }
  std::vector<Principal> holders;
  if (buffer.get() == nullptr || count > kMaxHolders) {
    list.mark_cut(right);
    count = buffer.get() == nullptr ? 0 : kMaxHolders;
  }
  for (ULONG i = 0; i < count; ++i) {
    if (auto sid = to_sid(buffer.get()[i].Sid)) {
      holders.push_back({std::move(sid), {}});
    } else {
      list.mark_cut(right);
    }
  }
  return {std::move(holders), origin};
}

// Each name can cost a question to a controller.
constexpr std::size_t kMaxNames = 64;

void name_holders(const Api& api, const facts::RightsList& list,
                  evidence::FileFacts& facts) {
  std::set<facts::Sid> asked;
  for (const Holders& holders : list.rights) {
    for (const Principal& holder : holders.value_or({})) {
      if (asked.size() < kMaxNames && holder.sid->is_account() &&
          asked.insert(*holder.sid).second) {
        if (auto named = name_of(api, *holder.sid)) {
          facts.accounts.names.push_back(std::move(*named));
        }
      }
    }
  }
}

}  // namespace

void read_rights(const Api& api, evidence::FileFacts& facts) {
  facts::RightsList list;
  list.origin = Origin::from_api(kEnumerate, 0);
  const Policy policy(api, POLICY_LOOKUP_NAMES | POLICY_VIEW_LOCAL_INFORMATION);
  for (std::size_t i = 0; i < facts::kLogonRights; ++i) {
    const auto right = static_cast<LogonRight>(i);
    list.holders(right) =
        policy.get() == nullptr
            ? refused<std::vector<Principal>>("LsaOpenPolicy", policy.code())
            : holders_of(api, policy.get(), right, list);
  }
  name_holders(api, list, facts);
  facts.rights.push_back(std::move(list));
}

Observed<std::string> joined_domain(const Api& api) {
  constexpr std::string_view kQuery = "LsaQueryInformationPolicy";
  const Policy policy(api, POLICY_VIEW_LOCAL_INFORMATION);
  if (policy.get() == nullptr) {
    return refused<std::string>("LsaOpenPolicy", policy.code());
  }
  LsaBuffer<POLICY_PRIMARY_DOMAIN_INFO> info(api);
  const NTSTATUS status = api.LsaQueryInformationPolicy(
      policy.get(), PolicyPrimaryDomainInformation, info.out());
  if (status != 0 || info.get() == nullptr) {
    return refused<std::string>(kQuery, api.LsaNtStatusToWinError(status));
  }
  const Origin origin = Origin::from_api(kQuery, 0);
  // A workgroup has a name and no SID ([MS-LSAD] 2.2.4.5).
  if (info.get()->Sid == nullptr) {
    return Observed<std::string>::absent(origin);
  }
  const LSA_UNICODE_STRING& name = info.get()->Name;
  return {
      to_utf8(std::wstring_view(name.Buffer, name.Length / sizeof(wchar_t))),
      origin};
}

}  // namespace iisdiag::win32
