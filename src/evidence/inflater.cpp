#include "evidence/inflater.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace iisdiag::evidence {

struct Inflater::Stream {
  explicit Stream(int window) : is_open(inflateInit2(&state, window) == Z_OK) {}
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  Stream(Stream&&) = delete;
  Stream& operator=(Stream&&) = delete;
  ~Stream() {
    if (is_open) {
      inflateEnd(&state);
    }
  }

  z_stream state{};
  bool is_open;
};

Inflater::Inflater(std::string_view packed, Wrapping wrapping)
    : packed_(packed), wrapping_(wrapping) {
  constexpr int kGzipOnly = 16;
  stream_ = std::make_unique<Stream>(
      wrapping == Wrapping::kGzip ? MAX_WBITS + kGzipOnly : -MAX_WBITS);
}

Inflater::~Inflater() = default;

bool Inflater::ended_well() const {
  return is_at_end_ && packed_.empty() && stream_->state.avail_in == 0;
}

std::size_t Inflater::read(char* to, std::size_t size) {
  if (!stream_->is_open) {
    return 0;
  }
  constexpr std::size_t kMost = std::numeric_limits<uInt>::max();
  size = std::min(size, kMost);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  stream_->state.next_out = reinterpret_cast<Bytef*>(to);
  stream_->state.avail_out = static_cast<uInt>(size);
  while (stream_->state.avail_out > 0 && !is_at_end_) {
    feed();
    const int status = inflate(&stream_->state, Z_NO_FLUSH);
    is_at_end_ = status == Z_STREAM_END;
    if (is_at_end_ && begin_next_member()) {
      continue;
    }
    if (status != Z_OK) {
      break;
    }
  }
  return size - stream_->state.avail_out;
}

// What is behind a member and is none is left over.
bool Inflater::begin_next_member() {
  feed();
  constexpr std::string_view kMark = "\x1F\x8B";
  if (wrapping_ != Wrapping::kGzip || stream_->state.avail_in < kMark.size() ||
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
      std::string_view(reinterpret_cast<const char*>(stream_->state.next_in),
                       kMark.size()) != kMark) {
    return false;
  }
  is_at_end_ = inflateReset(&stream_->state) != Z_OK;
  return !is_at_end_;
}

void Inflater::feed() {
  if (stream_->state.avail_in > 0 || packed_.empty()) {
    return;
  }
  constexpr std::size_t kMost = std::numeric_limits<uInt>::max();
  const std::size_t count = std::min(packed_.size(), kMost);
  // zlib does not write there.
  // NOLINTBEGIN(*-reinterpret-cast,*-const-cast)
  stream_->state.next_in =
      reinterpret_cast<Bytef*>(const_cast<char*>(packed_.data()));
  // NOLINTEND(*-reinterpret-cast,*-const-cast)
  stream_->state.avail_in = static_cast<uInt>(count);
  packed_.remove_prefix(count);
}

}  // namespace iisdiag::evidence
