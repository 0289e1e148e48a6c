// The bytes of one file from front to back, in as few pieces as memory allows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace iisdiag::evidence {

struct Piece {
  std::string_view bytes;
  bool is_last = false;  // the file ends behind it
  // Why there is no more, in words: what came before stays good. Then the piece
  // is the last one and holds what could be had.
  std::string error;
};

class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  ByteSource(ByteSource&&) = delete;
  ByteSource& operator=(ByteSource&&) = delete;
  virtual ~ByteSource() = default;

  // The bytes from `from` on, at most `most` of them, or fewer that are not the
  // last: then at least half of kPiece. Valid until the next call. `from` never
  // lies before that of an earlier call, nor behind what was given.
  virtual Piece at(std::uint64_t from, std::size_t most) = 0;
  // How long the file is; 0 where that is not known.
  virtual std::uint64_t size() const = 0;

  static constexpr std::size_t kPiece = 16U << 20U;
  static constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();
};

// Bytes in memory; the first one keeps them, the second one's owner does.
std::unique_ptr<ByteSource> source_of(std::string bytes);
std::unique_ptr<ByteSource> source_of_view(std::string_view bytes);

// A file that is mapped into memory, a window of it at a time where the whole
// is too long: the twins of disk_*.cpp.
class MappableFile {
 public:
  MappableFile() = default;
  MappableFile(const MappableFile&) = delete;
  MappableFile& operator=(const MappableFile&) = delete;
  MappableFile(MappableFile&&) = delete;
  MappableFile& operator=(MappableFile&&) = delete;
  virtual ~MappableFile() = default;

  virtual std::uint64_t size() const = 0;
  // In place of the window before; empty where the system refuses. `from` is a
  // multiple of kGrain, and `from + length` not behind the end.
  virtual std::string_view map(std::uint64_t from, std::size_t length) = 0;

  static constexpr std::size_t kGrain = 65536;  // of every system
};

// `window` bytes at most are mapped at once, at least kPiece.
std::unique_ptr<ByteSource> source_of_file(std::unique_ptr<MappableFile> file,
                                           std::size_t window);

// All of it where the system can address that much.
inline constexpr std::size_t kMapWindow =
    sizeof(void*) > 4 ? ByteSource::kAll : std::size_t{128} << 20U;

}  // namespace iisdiag::evidence
