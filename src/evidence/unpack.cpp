// Entries of archives and gzip files unpacked by zlib straight from memory, so
// that real sizes and the end of the packed bytes are seen.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "evidence/archive.hpp"
#include "evidence/checksum.hpp"
#include "evidence/inflater.hpp"
#include "evidence/limits.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kDamaged =
    "damaged: it cannot be unpacked, or its checksum is wrong";
constexpr std::string_view kTooLarge = "larger than this program reads";

std::string_view packed_bytes(std::string_view bytes,
                              const ArchiveEntry& entry) {
  if (entry.start > bytes.size() || entry.packed > bytes.size() - entry.start) {
    return {};  // the archive is not the one that was listed
  }
  return bytes.substr(entry.start, static_cast<std::size_t>(entry.packed));
}

// What an entry says of itself.
struct Declared {
  std::uint64_t size = 0;
  std::uint32_t crc = 0;
};

// Holds one piece of what comes out.
class InflatedSource final : public ByteSource {
 public:
  InflatedSource(std::string_view packed, const Declared& declared,
                 Unpacked& count)
      : inflater_(packed, Inflater::Wrapping::kNone),
        declared_(declared),
        count_(&count) {}
  explicit InflatedSource(std::string_view gzip)
      : inflater_(gzip, Inflater::Wrapping::kGzip) {
    own_count_.packed = gzip.size();
  }

  Piece at(std::uint64_t from, std::size_t most) override {
    const auto done = static_cast<std::size_t>(
        std::min<std::uint64_t>(from - start_, held_.size()));
    held_.erase(0, done);
    start_ += done;
    fill(std::min(most, most == kAll ? std::size_t{kMaxTextFile} : kPiece));
    if (most == kAll && !is_at_end_) {
      return {{}, true, std::string(kTooLarge)};
    }
    return {std::string_view(held_).substr(0, most),
            is_at_end_ && held_.size() <= most, error_};
  }
  std::uint64_t size() const override {
    return declared_ ? declared_->size : 0;
  }

 private:
  void fill(std::size_t wanted) {
    while (held_.size() < wanted && !is_at_end_) {
      std::size_t count = block_.size();
      if (declared_) {
        // At most one byte more than was declared is ever asked for.
        count = static_cast<std::size_t>(
            std::min<std::uint64_t>(count, declared_->size + 1 - total_));
      }
      count = inflater_.read(block_.data(), count);
      const std::string_view more(block_.data(), count);
      total_ += count;
      crc_ = checksum(more, crc_);
      std::string why = count_->add(count);
      if (why.empty() && count == 0 && !ended_well()) {
        why = kDamaged;
      }
      held_.append(more);
      is_at_end_ =
          count == 0 || !why.empty() || (declared_ && total_ > declared_->size);
      if (is_at_end_ && declared_ && total_ > declared_->size) {
        why = kDamaged;
      }
      error_ = std::move(why);
    }
  }

  bool ended_well() const {
    return declared_ ? inflater_.ended_well() && total_ == declared_->size &&
                           crc_ == declared_->crc
                     : inflater_.is_at_end();
  }

  Inflater inflater_;
  std::optional<Declared> declared_;
  Unpacked own_count_;
  Unpacked* count_ = &own_count_;
  std::array<char, 1U << 16U> block_{};
  std::string held_;
  std::uint64_t start_ = 0;  // of what is held
  std::uint64_t total_ = 0;
  std::uint32_t crc_ = 0;
  bool is_at_end_ = false;
  std::string error_;
};

}  // namespace

std::string Unpacked::add(std::uint64_t count) {
  unpacked += count;
  if (unpacked <= kMaxArchiveTotal && (unpacked <= kArchiveRatioFrom ||
                                       unpacked / kMaxArchiveRatio <= packed)) {
    return {};
  }
  is_exhausted = true;
  return fmt::format(
      "the archive unpacks to more than {}: neither this "
      "file nor the rest of it is read",
      unpacked > kMaxArchiveTotal
          ? fmt::format("{} GiB", kMaxArchiveTotal >> 30U)
          : fmt::format("{} times its size", kMaxArchiveRatio));
}

FileSystem::Answer<std::unique_ptr<ByteSource>> Unpacker::open(
    std::string_view bytes, const ArchiveEntry& entry) {
  if (count_.is_exhausted) {
    return {};
  }
  const std::string_view packed = packed_bytes(bytes, entry);
  count_.packed += packed.size();
  if (packed.size() != entry.packed) {
    return {std::nullopt, std::string(kDamaged)};
  }
  if (entry.deflated) {
    return {std::make_unique<InflatedSource>(
                packed, Declared{entry.size, entry.crc}, count_),
            {}};
  }
  count_.unpacked += packed.size();
  if (packed.size() != entry.size || checksum(packed) != entry.crc) {
    return {std::nullopt, std::string(kDamaged)};
  }
  return {source_of_view(packed), {}};
}

FileSystem::Answer<std::string> Unpacker::unpack(std::string_view bytes,
                                                 const ArchiveEntry& entry) {
  const auto source = open(bytes, entry);
  if (!source.value) {
    return {std::nullopt, source.error};
  }
  if (entry.size > kMaxTextFile) {
    return {std::nullopt, std::string(kTooLarge)};
  }
  const Piece piece = (*source.value)->at(0, ByteSource::kAll);
  if (!piece.error.empty()) {
    return {std::nullopt, piece.error};
  }
  return {std::string(piece.bytes), {}};
}

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1F\x8B"); }

std::unique_ptr<ByteSource> open_gzip(std::string_view packed) {
  return std::make_unique<InflatedSource>(packed);
}

bool is_archive_inside(std::string_view bytes, const ArchiveEntry& entry) {
  constexpr std::size_t kMark = 4;
  const std::string_view packed = packed_bytes(bytes, entry);
  if (!entry.deflated) {
    return is_archive(packed);
  }
  std::array<char, kMark> start{};
  const std::size_t count = Inflater(packed, Inflater::Wrapping::kNone)
                                .read(start.data(), start.size());
  return is_archive({start.data(), count});
}

}  // namespace iisdiag::evidence
