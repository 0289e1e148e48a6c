#include "win32/answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace iisdiag::win32 {
namespace {

struct Row {
  std::uint32_t code;
  std::string_view text;
  bool unreachable = false;
};

// winerror.h and lmerr.h. Codes of a refused logon are those of
// knowledge/logon_codes.
constexpr std::array kRows = {
    Row{2, "it is not there"},
    Row{5, "access is denied"},
    Row{8, "there is not enough memory"},
    Row{kNotThere, "this Windows has no such function"},
    Row{53, "the computer was not found on the network", true},
    Row{64, "the connection to the computer broke", true},
    Row{124, "this Windows does not answer such a question"},
    Row{1212, "the domain's name is not valid"},
    Row{1311, "no logon server answers", true},
    Row{1355, "the domain does not exist or no controller of it answers", true},
    Row{1722, "the computer does not answer", true},
    Row{1753, "the service does not run on the computer", true},
    Row{1786, "the computer has no account in the domain that works", true},
    Row{1787, "the domain has no account for this computer", true},
    Row{1788, "the trust to the domain failed", true},
    Row{1789, "the trust between this computer and its domain failed", true},
    Row{1790, "the trust to the domain failed", true},
    Row{1792, "the Netlogon service does not run", true},
    Row{2453, "no domain controller was found", true},
};

const Row* find_row(std::uint32_t code) {
  const auto* found =
      std::find_if(kRows.begin(), kRows.end(),
                   [code](const Row& row) { return row.code == code; });
  return found == kRows.end() ? nullptr : found;
}

}  // namespace

facts::Unknown refusal(std::uint32_t code) {
  const Row* row = find_row(code);
  std::string why = row == nullptr ? fmt::format("Windows answered {}", code)
                                   : std::string(row->text);
  if (code == ERROR_ACCESS_DENIED) {
    return {std::move(why),
            "Run iisdiag from an elevated prompt (Run as administrator)."};
  }
  if (row != nullptr && row->unreachable) {
    return {std::move(why),
            "Run iisdiag again where a domain controller can be reached."};
  }
  return {std::move(why), {}};
}

bool is_unreachable(std::uint32_t code) {
  const Row* row = find_row(code);
  return row != nullptr && row->unreachable;
}

std::optional<facts::Sid> to_sid(PSID sid) {
  const auto* raw = static_cast<const SID*>(sid);
  if (raw == nullptr || raw->Revision != SID_REVISION ||
      raw->SubAuthorityCount > SID_MAX_SUB_AUTHORITIES) {
    return std::nullopt;
  }
  constexpr unsigned kByte = 8;
  facts::Sid result;
  for (const BYTE byte : raw->IdentifierAuthority.Value) {
    result.authority = result.authority << kByte | byte;
  }
  const DWORD* first = &raw->SubAuthority[0];
  result.sub_authorities.assign(first, first + raw->SubAuthorityCount);
  return result;
}

}  // namespace iisdiag::win32
