// The checksums of .evtx: CRC-32.
#pragma once

#include <cstdint>
#include <string_view>

namespace iisdiag::evidence {

// Goes on from `before`, which is 0 at first.
std::uint32_t evtx_checksum(std::uint32_t before, std::string_view bytes);

}  // namespace iisdiag::evidence
