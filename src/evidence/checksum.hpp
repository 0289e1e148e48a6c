// CRC-32, as zip archives, gzip files and .evtx have it.
#pragma once

#include <cstdint>
#include <string_view>

namespace iisdiag::evidence {

// Goes on from `before`, the checksum of what came before; 0 at first.
std::uint32_t checksum(std::string_view bytes, std::uint32_t before = 0);

}  // namespace iisdiag::evidence
