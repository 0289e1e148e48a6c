// What the security packages answer (winerror.h, SEC_E_). Web logs of IIS
// write such a code where others write a Win32 error.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "knowledge/explanation.hpp"

namespace iisdiag::knowledge {

struct SspiCode {
  std::uint32_t code = 0;
  std::string_view name;  // SEC_E_LOGON_DENIED
  std::string_view text;  // in our own words
  Explanation more;
};

std::span<const SspiCode> sspi_codes();
const SspiCode* find_sspi_code(std::uint32_t code);

}  // namespace iisdiag::knowledge
