#include "evidence/format.hpp"

#include <array>

namespace iisdiag::evidence {

std::span<const Format* const> all_formats() {
  static constexpr std::array kFormats = {
#define IISDIAG_FORMAT(name) &name,
#include "evidence/formats.def"
#undef IISDIAG_FORMAT
  };
  return kFormats;
}

const Format* recognise(const Document& document) {
  for (const Format* format : all_formats()) {
    if (format->recognises(document)) {
      return format;
    }
  }
  return nullptr;
}

}  // namespace iisdiag::evidence
