// What the security packages answer (winerror.h, SEC_E_). Web logs of IIS
// write such a code where others write a Win32 error.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "knowledge/explanation.hpp"

namespace iisdiag::knowledge {

inline constexpr std::uint32_t kInvalidToken = 0x80090308;
inline constexpr std::uint32_t kLogonDenied = 0x8009030C;
inline constexpr std::uint32_t kNoCredentials = 0x8009030E;
inline constexpr std::uint32_t kWrongPrincipal = 0x80090322;

struct SspiCode {
  std::uint32_t code = 0;
  std::string_view name;  // SEC_E_LOGON_DENIED
  std::string_view text;  // in our own words
  Explanation more;
};

std::span<const SspiCode> sspi_codes();
const SspiCode* find_sspi_code(std::uint32_t code);

}  // namespace iisdiag::knowledge
