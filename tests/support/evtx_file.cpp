#include <zlib.h>

#include "support/evtx_writer.hpp"

namespace iisdiag::test {
namespace {

constexpr std::size_t kHead = 512;

void put(std::string& bytes, std::size_t at, std::uint64_t value,
         std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    bytes[at + i] = static_cast<char>(value >> (8 * i) & 0xFFU);
  }
}
std::uint32_t crc(std::uint32_t before, std::string_view bytes) {
  return static_cast<std::uint32_t>(
      ::crc32(before, reinterpret_cast<const Bytef*>(bytes.data()),
              static_cast<uInt>(bytes.size())));
}

}  // namespace

void sign_chunk(std::string& chunk) {
  std::uint64_t end = 0;
  for (std::size_t i = 4; i-- > 0;) {
    end = end << 8U | static_cast<unsigned char>(chunk[48 + i]);
  }
  const std::string_view bytes = chunk;
  put(chunk, 52,
      crc(0, bytes.substr(kHead, static_cast<std::size_t>(end) - kHead)), 4);
  put(chunk, 124, crc(crc(0, bytes.substr(0, 120)), bytes.substr(128, 384)), 4);
}

std::string evtx_file(const std::vector<std::string>& chunks,
                      std::uint32_t flags) {
  std::string file(4096, '\0');
  file.replace(0, 8, std::string("ElfFile\0", 8));
  put(file, 16, chunks.size() - 1, 8);
  put(file, 24, 100, 8);
  put(file, 32, 128, 4);
  put(file, 36, 1, 2);
  put(file, 38, 3, 2);
  put(file, 40, 4096, 2);
  put(file, 42, chunks.size(), 2);
  put(file, 120, flags, 4);
  put(file, 124, crc(0, std::string_view(file).substr(0, 120)), 4);
  for (const std::string& chunk : chunks) {
    file += chunk;
  }
  return file;
}

std::string evtx_file(const std::vector<EvtxEvent>& events) {
  EvtxChunkWriter chunk;
  for (const EvtxEvent& event : events) {
    chunk.add(event);
  }
  return evtx_file({chunk.finish()});
}

}  // namespace iisdiag::test
