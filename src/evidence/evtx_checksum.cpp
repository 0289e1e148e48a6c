#include "evidence/evtx_checksum.hpp"

#include <zlib.h>

namespace iisdiag::evidence {

std::uint32_t evtx_checksum(std::uint32_t before, std::string_view bytes) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  const auto* data = reinterpret_cast<const Bytef*>(bytes.data());
  // Never more than a chunk.
  return static_cast<std::uint32_t>(
      ::crc32(before, data, static_cast<uInt>(bytes.size())));
}

}  // namespace iisdiag::evidence
