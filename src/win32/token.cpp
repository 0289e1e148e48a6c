#include "win32/token.hpp"

#include <cstddef>

#include "knowledge/well_known.hpp"
#include "win32/answer.hpp"

namespace iisdiag::win32 {
namespace {

using facts::Observed;
using facts::Sid;
using Groups = Observed<std::vector<Sid>>;

constexpr std::string_view kFunction = "AuthzInitializeContextFromSid";

// A token larger than this is no answer that Windows gives: it holds at most
// 1,015 SIDs (KB 328889) of at most 68 bytes.
constexpr DWORD kMaxBytes = 1U << 20U;

bool is_of_logon(const Sid& sid) {
  const std::string text = sid.text();
  return text == knowledge::kNetwork || text == knowledge::kInteractive ||
         text == knowledge::kBatch;
}

struct Context {
  explicit Context(const Api& table) : api(table) {}
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  Context(Context&&) = delete;
  Context& operator=(Context&&) = delete;
  ~Context() {
    if (client != nullptr) {
      api.AuthzFreeContext(client);
    }
    if (manager != nullptr) {
      api.AuthzFreeResourceManager(manager);
    }
  }

  const Api& api;
  AUTHZ_RESOURCE_MANAGER_HANDLE manager = nullptr;
  AUTHZ_CLIENT_CONTEXT_HANDLE client = nullptr;
};

Groups failed() {
  const DWORD code = GetLastError();
  return refused<std::vector<Sid>>(kFunction, code);
}

}  // namespace

Groups token_groups(const Api& api, PSID sid) {
  if (api.AuthzInitializeContextFromSid == nullptr ||
      api.AuthzInitializeResourceManager == nullptr ||
      api.AuthzGetInformationFromContext == nullptr ||
      api.AuthzFreeContext == nullptr ||
      api.AuthzFreeResourceManager == nullptr) {
    return refused<std::vector<Sid>>(kFunction, kNotThere);
  }
  Context context(api);
  if (api.AuthzInitializeResourceManager(AUTHZ_RM_FLAG_NO_AUDIT, nullptr,
                                         nullptr, nullptr, nullptr,
                                         &context.manager) == FALSE) {
    context.manager = nullptr;
    return failed();
  }
  const LUID no_id{};
  if (api.AuthzInitializeContextFromSid(0, sid, context.manager, nullptr, no_id,
                                        nullptr, &context.client) == FALSE) {
    context.client = nullptr;
    return failed();
  }
  DWORD bytes = 0;
  api.AuthzGetInformationFromContext(context.client, AuthzContextInfoGroupsSids,
                                     0, &bytes, nullptr);
  if (bytes < sizeof(TOKEN_GROUPS) || bytes > kMaxBytes) {
    return failed();
  }
  std::vector<std::max_align_t> memory(bytes / sizeof(std::max_align_t) + 1);
  DWORD filled = 0;
  if (api.AuthzGetInformationFromContext(context.client,
                                         AuthzContextInfoGroupsSids, bytes,
                                         &filled, memory.data()) == FALSE) {
    return failed();
  }
  const auto* groups = reinterpret_cast<const TOKEN_GROUPS*>(memory.data());
  const auto* entry = &groups->Groups[0];
  const std::size_t fit =
      (bytes - offsetof(TOKEN_GROUPS, Groups)) / sizeof(SID_AND_ATTRIBUTES);
  if (groups->GroupCount > fit) {
    return Groups::unknown("the list of groups is damaged", {},
                           facts::Origin::from_api(kFunction, 0));
  }
  std::vector<Sid> sids;
  for (DWORD i = 0; i < groups->GroupCount; ++i) {
    if (const auto group = to_sid(entry[i].Sid);
        group && !is_of_logon(*group)) {
      sids.push_back(*group);
    }
  }
  return {std::move(sids), facts::Origin::from_api(kFunction, 0)};
}

}  // namespace iisdiag::win32
