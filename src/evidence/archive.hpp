// Zip archives as evidence (FORMATS.md section 9), in memory only: nothing is
// ever written to disk. With archive_writer.hpp the only door to minizip and
// zlib.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/file_system.hpp"

namespace iisdiag::evidence {

struct ArchiveEntry {
  std::string name;       // UTF-8, `/` between folders
  std::size_t start = 0;  // of its packed bytes, from the archive's start
  std::uint64_t packed = 0;
  std::uint64_t size = 0;  // as the archive declares it
  std::uint32_t crc = 0;
  bool deflated = false;

  bool operator==(const ArchiveEntry&) const = default;
};

// Something in an archive that is not read, and why.
struct ArchiveRefusal {
  std::string name;
  std::string why;

  bool operator==(const ArchiveRefusal&) const = default;
};

struct ArchiveListing {
  // Files that can be read, in the order in which a search of the unpacked
  // folder would find them.
  std::vector<ArchiveEntry> entries;
  std::vector<ArchiveRefusal> refused;
  // Why nothing of the archive is read; empty where it can be. Then there are
  // neither entries nor refused ones.
  std::string refusal;
};

// By its first bytes (FORMATS.md 0.1).
bool is_archive(std::string_view bytes);

// Every entry is either listed or refused, except folders. Damage, two
// entries that share bytes, and names that lead out of the archive are
// refused.
ArchiveListing list_archive(std::string_view bytes);

// What has come out of an archive so far, and of an archive in it: real bytes,
// not declared ones.
struct Unpacked {
  std::uint64_t packed = 0;
  std::uint64_t unpacked = 0;
  bool is_exhausted = false;

  // Counts bytes that came out. Why no more may, once that is so.
  std::string add(std::uint64_t count);
};

// Unpacks entries of one archive, and of an archive in it.
class Unpacker {
 public:
  // The whole entry of the archive `bytes`: of the declared size and with the
  // right checksum, or an error. Once the archive has yielded too much every
  // further answer is an empty error.
  FileSystem::Answer<std::string> unpack(std::string_view bytes,
                                         const ArchiveEntry& entry);
  // The same in pieces, of an entry of any size: an error ends them. `bytes`
  // and this object have to outlive the source.
  FileSystem::Answer<std::unique_ptr<ByteSource>> open(
      std::string_view bytes, const ArchiveEntry& entry);

 private:
  Unpacked count_;
};

// By its first bytes.
bool is_gzip(std::string_view bytes);

// The contents of a gzip file in pieces; `packed` has to outlive the source.
std::unique_ptr<ByteSource> open_gzip(std::string_view packed);

// Is the entry an archive itself? Looks at its first bytes only.
bool is_archive_inside(std::string_view bytes, const ArchiveEntry& entry);

}  // namespace iisdiag::evidence
