// Entries of archives unpacked by zlib straight from memory, so that real
// sizes and the end of the packed bytes are seen.
#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>

#include "evidence/archive.hpp"
#include "evidence/limits.hpp"

namespace iisdiag::evidence {
namespace {

// One deflated stream. zlib takes what it reads as `Bytef*`.
class Inflater {
 public:
  explicit Inflater(std::string_view packed) : packed_(packed) {
    constexpr int kNoHeader = -MAX_WBITS;
    is_open_ = inflateInit2(&stream_, kNoHeader) == Z_OK;
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  Inflater(Inflater&&) = delete;
  Inflater& operator=(Inflater&&) = delete;
  ~Inflater() {
    if (is_open_) {
      inflateEnd(&stream_);
    }
  }

  // Fills `to` as far as there is something; fewer bytes at the end or where
  // the stream is damaged.
  std::size_t read(char* to, std::size_t size) {
    if (!is_open_) {
      return 0;
    }
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out > 0 && !is_at_end_) {
      feed();
      const int status = inflate(&stream_, Z_NO_FLUSH);
      is_at_end_ = status == Z_STREAM_END;
      if (status != Z_OK) {
        break;
      }
    }
    return size - stream_.avail_out;
  }

  // The stream ended where the packed bytes end.
  bool ended_well() const {
    return is_at_end_ && packed_.empty() && stream_.avail_in == 0;
  }

 private:
  void feed() {
    if (stream_.avail_in > 0 || packed_.empty()) {
      return;
    }
    constexpr std::size_t kMost = std::numeric_limits<uInt>::max();
    const std::size_t count = std::min(packed_.size(), kMost);
    // zlib does not write there.
    // NOLINTBEGIN(*-reinterpret-cast,*-const-cast)
    stream_.next_in =
        reinterpret_cast<Bytef*>(const_cast<char*>(packed_.data()));
    // NOLINTEND(*-reinterpret-cast,*-const-cast)
    stream_.avail_in = static_cast<uInt>(count);
    packed_.remove_prefix(count);
  }

  z_stream stream_{};
  std::string_view packed_;
  bool is_open_ = false;
  bool is_at_end_ = false;
};

std::string_view packed_bytes(std::string_view bytes,
                              const ArchiveEntry& entry) {
  if (entry.start > bytes.size() || entry.packed > bytes.size() - entry.start) {
    return {};  // the archive is not the one that was listed
  }
  return bytes.substr(entry.start, static_cast<std::size_t>(entry.packed));
}

std::uint32_t checksum(std::string_view bytes) {
  uLong crc = crc32(0, nullptr, 0);
  constexpr std::size_t kBlock = 1U << 30U;
  while (!bytes.empty()) {
    const std::string_view block = bytes.substr(0, kBlock);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
    crc = crc32(crc, reinterpret_cast<const Bytef*>(block.data()),
                static_cast<uInt>(block.size()));
    bytes.remove_prefix(block.size());
  }
  return static_cast<std::uint32_t>(crc);
}

}  // namespace

FileSystem::Answer<std::string> Unpacker::unpack(std::string_view bytes,
                                                 const ArchiveEntry& entry) {
  if (is_exhausted_) {
    return {};
  }
  constexpr std::string_view kDamaged =
      "damaged: it cannot be unpacked, or its checksum is wrong";
  const auto fail = [](std::string_view why) {
    return FileSystem::Answer<std::string>{std::nullopt, std::string(why)};
  };
  const std::string_view packed = packed_bytes(bytes, entry);
  packed_ += packed.size();
  if (packed.size() != entry.packed) {
    return fail(kDamaged);
  }
  if (entry.size > kMaxTextFile) {
    return fail("larger than this program reads");
  }
  std::string text;
  if (entry.deflated) {
    Inflater inflater(packed);
    // At most one byte more than was declared is ever asked for.
    const auto wanted = static_cast<std::size_t>(entry.size) + 1;
    std::array<char, 1U << 16U> block{};
    while (text.size() < wanted) {
      const std::size_t count = inflater.read(
          block.data(), std::min(block.size(), wanted - text.size()));
      if (count == 0) {
        break;
      }
      text.append(block.data(), count);
      unpacked_ += count;
      if (unpacked_ > kMaxArchiveTotal ||
          (unpacked_ > kArchiveRatioFrom &&
           unpacked_ / kMaxArchiveRatio > packed_)) {
        is_exhausted_ = true;
        return fail(fmt::format(
            "the archive unpacks to more than {}: neither this "
            "file nor the rest of it is read",
            unpacked_ > kMaxArchiveTotal
                ? "1 GiB"
                : fmt::format("{} times its size", kMaxArchiveRatio)));
      }
    }
    if (!inflater.ended_well()) {
      return fail(kDamaged);
    }
  } else {
    unpacked_ += packed.size();
    text = std::string(packed);
  }
  if (text.size() != entry.size || checksum(text) != entry.crc) {
    return fail(kDamaged);
  }
  return {std::move(text), {}};
}

bool is_archive_inside(std::string_view bytes, const ArchiveEntry& entry) {
  constexpr std::size_t kMark = 4;
  const std::string_view packed = packed_bytes(bytes, entry);
  if (!entry.deflated) {
    return is_archive(packed);
  }
  std::array<char, kMark> start{};
  const std::size_t count = Inflater(packed).read(start.data(), start.size());
  return is_archive({start.data(), count});
}

}  // namespace iisdiag::evidence
