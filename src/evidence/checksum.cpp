#include "evidence/checksum.hpp"

#include <zlib.h>

namespace iisdiag::evidence {

std::uint32_t checksum(std::string_view bytes, std::uint32_t before) {
  uLong sum = before;
  constexpr std::size_t kBlock = 1U << 30U;
  while (!bytes.empty()) {
    const std::string_view block = bytes.substr(0, kBlock);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
    sum = crc32(sum, reinterpret_cast<const Bytef*>(block.data()),
                static_cast<uInt>(block.size()));
    bytes.remove_prefix(block.size());
  }
  return static_cast<std::uint32_t>(sum);
}

}  // namespace iisdiag::evidence
