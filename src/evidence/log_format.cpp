#include "evidence/log_format.hpp"

#include <array>

namespace iisdiag::evidence {

std::span<const LogFormat* const> all_log_formats() {
  static constexpr std::array<const LogFormat*, 0
#define IISDIAG_LOG_FORMAT(name) +1
#include "evidence/log_formats.def"
#undef IISDIAG_LOG_FORMAT
                              >
      kFormats = {
#define IISDIAG_LOG_FORMAT(name) &name,
#include "evidence/log_formats.def"
#undef IISDIAG_LOG_FORMAT
      };
  return kFormats;
}

const LogFormat* recognise_log(std::string_view start) {
  for (const LogFormat* format : all_log_formats()) {
    if (format->recognises(start)) {
      return format;
    }
  }
  return nullptr;
}

}  // namespace iisdiag::evidence
