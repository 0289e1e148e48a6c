#include "evidence/inflater.hpp"

#include <algorithm>
#include <limits>

namespace iisdiag::evidence {

Inflater::Inflater(std::string_view packed, Wrapping wrapping)
    : packed_(packed), wrapping_(wrapping) {
  constexpr int kGzipOnly = 16;
  is_open_ =
      inflateInit2(&stream_, wrapping == Wrapping::kGzip ? MAX_WBITS + kGzipOnly
                                                         : -MAX_WBITS) == Z_OK;
}

Inflater::~Inflater() {
  if (is_open_) {
    inflateEnd(&stream_);
  }
}

std::size_t Inflater::read(char* to, std::size_t size) {
  if (!is_open_) {
    return 0;
  }
  constexpr std::size_t kMost = std::numeric_limits<uInt>::max();
  size = std::min(size, kMost);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  stream_.next_out = reinterpret_cast<Bytef*>(to);
  stream_.avail_out = static_cast<uInt>(size);
  while (stream_.avail_out > 0 && !is_at_end_) {
    feed();
    const int status = inflate(&stream_, Z_NO_FLUSH);
    is_at_end_ = status == Z_STREAM_END;
    if (is_at_end_ && begin_next_member()) {
      continue;
    }
    if (status != Z_OK) {
      break;
    }
  }
  return size - stream_.avail_out;
}

// What is behind a member and is none is left over.
bool Inflater::begin_next_member() {
  feed();
  constexpr std::string_view kMark = "\x1F\x8B";
  if (wrapping_ != Wrapping::kGzip || stream_.avail_in < kMark.size() ||
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
      std::string_view(reinterpret_cast<const char*>(stream_.next_in),
                       kMark.size()) != kMark) {
    return false;
  }
  is_at_end_ = inflateReset(&stream_) != Z_OK;
  return !is_at_end_;
}

void Inflater::feed() {
  if (stream_.avail_in > 0 || packed_.empty()) {
    return;
  }
  constexpr std::size_t kMost = std::numeric_limits<uInt>::max();
  const std::size_t count = std::min(packed_.size(), kMost);
  // zlib does not write there.
  // NOLINTBEGIN(*-reinterpret-cast,*-const-cast)
  stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed_.data()));
  // NOLINTEND(*-reinterpret-cast,*-const-cast)
  stream_.avail_in = static_cast<uInt>(count);
  packed_.remove_prefix(count);
}

std::uint32_t checksum(std::string_view bytes, std::uint32_t crc) {
  uLong sum = crc;
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
