#include "win32/lookup.hpp"

#include <array>

#include "win32/answer.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

// lmcons.h: UNLEN and DNLEN are smaller; DNS names of domains are not.
constexpr DWORD kNameSize = 512;

facts::AccountKind kind_of(SID_NAME_USE use) {
  using facts::AccountKind;
  switch (static_cast<int>(use)) {
    case SidTypeUser:
      return AccountKind::kUser;
    case SidTypeGroup:
      return AccountKind::kGroup;
    case SidTypeDomain:
      return AccountKind::kDomain;
    case SidTypeAlias:
      return AccountKind::kAlias;
    case SidTypeWellKnownGroup:
      return AccountKind::kWellKnownGroup;
    case SidTypeDeletedAccount:
      return AccountKind::kDeleted;
    case SidTypeInvalid:
      return AccountKind::kInvalid;
    case SidTypeComputer:
      return AccountKind::kComputer;
    case SidTypeComputer + 1:
      return AccountKind::kLabel;
    case SidTypeComputer + 2:
      return AccountKind::kLogonSession;
    default:
      return AccountKind::kUnknown;
  }
}

struct Named {
  std::string domain;
  std::string name;
};

std::optional<Named> look_up_sid(const Api& api, PSID sid) {
  std::array<wchar_t, kNameSize> name{};
  std::array<wchar_t, kNameSize> domain{};
  DWORD name_size = kNameSize;
  DWORD domain_size = kNameSize;
  SID_NAME_USE use{};
  if (api.LookupAccountSidW(nullptr, sid, name.data(), &name_size,
                            domain.data(), &domain_size, &use) == FALSE) {
    return std::nullopt;
  }
  return Named{to_utf8(domain.data()), to_utf8(name.data())};
}

}  // namespace

NameAnswer look_up(const Api& api, const std::string& asked) {
  NameAnswer answer;
  const std::wstring name = to_wide(asked);
  answer.raw_sid.resize(SECURITY_MAX_SID_SIZE);
  std::vector<wchar_t> domain(kNameSize);
  SID_NAME_USE use{};
  for (int attempt = 0; attempt < 2; ++attempt) {
    auto sid_size = static_cast<DWORD>(answer.raw_sid.size());
    auto domain_size = static_cast<DWORD>(domain.size());
    if (api.LookupAccountNameW(nullptr, name.c_str(), answer.raw_sid.data(),
                               &sid_size, domain.data(), &domain_size,
                               &use) != FALSE) {
      answer.code = 0;
      break;
    }
    answer.code = GetLastError();
    // Both are bounded by what Windows itself allows.
    constexpr DWORD kMost = 65536;
    if (answer.code != ERROR_INSUFFICIENT_BUFFER || sid_size > kMost ||
        domain_size > kMost) {
      break;
    }
    answer.raw_sid.resize(sid_size);
    domain.resize(domain_size);
  }
  if (answer.code != 0) {
    return answer;
  }
  const auto sid = to_sid(answer.raw_sid.data());
  if (!sid) {
    answer.code = ERROR_INVALID_SID;
    return answer;
  }
  answer.lookup =
      facts::NameLookup{asked, to_utf8(domain.data()), kind_of(use), *sid,
                        facts::Origin::from_api("LookupAccountNameW", 0)};
  if (asked.find('\\') == std::string::npos) {
    if (const auto named = look_up_sid(api, answer.raw_sid.data())) {
      answer.account = named->name;
    }
  }
  return answer;
}

std::optional<facts::NamedSid> name_of(const Api& api, const facts::Sid& sid) {
  std::array<BYTE, SECURITY_MAX_SID_SIZE> bytes{};
  auto* raw = reinterpret_cast<SID*>(bytes.data());
  if (sid.sub_authorities.size() > SID_MAX_SUB_AUTHORITIES) {
    return std::nullopt;
  }
  constexpr unsigned kByte = 8;
  raw->Revision = SID_REVISION;
  raw->SubAuthorityCount = static_cast<BYTE>(sid.sub_authorities.size());
  std::uint64_t authority = sid.authority;
  for (std::size_t i = 6; i-- > 0;) {
    raw->IdentifierAuthority.Value[i] = static_cast<BYTE>(authority);
    authority >>= kByte;
  }
  DWORD* part = &raw->SubAuthority[0];
  for (const std::uint32_t value : sid.sub_authorities) {
    *part++ = value;
  }
  const auto named = look_up_sid(api, raw);
  if (!named) {
    return std::nullopt;
  }
  return facts::NamedSid{
      named->domain.empty() ? named->name : named->domain + "\\" + named->name,
      sid, facts::Origin::from_api("LookupAccountSidW", 0)};
}

}  // namespace iisdiag::win32
