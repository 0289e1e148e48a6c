#include "evidence/evtx_checksum.hpp"

#include <zlib.h>

namespace iisdiag::evidence {

std::uint32_t evtx_checksum(std::uint32_t before, std::string_view bytes) {
  // Never more than a chunk.
  return static_cast<std::uint32_t>(
      ::crc32(before, reinterpret_cast<const Bytef*>(bytes.data()),
              static_cast<uInt>(bytes.size())));
}

}  // namespace iisdiag::evidence
