#include "evidence/archive.hpp"

#include <fmt/format.h>
#include <minizip/unzip.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>
#include <set>

#include "evidence/archive_name.hpp"
#include "evidence/limits.hpp"
#include "text/sort.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kEntryMark = "PK\x03\x04"sv;
constexpr std::string_view kEndMark = "PK\x05\x06"sv;
constexpr std::size_t kEntryHeader = 30;
constexpr std::size_t kDirectoryHeader = 46;
constexpr std::size_t kEndRecord = 22;
constexpr std::size_t kEndCount = 10;
constexpr std::size_t kEndDirectorySize = 12;
constexpr std::uint32_t kElsewhere = 0xFFFFFFFF;  // in a field for zip64

std::uint32_t number(std::string_view bytes, std::size_t at,
                     std::size_t width) {
  std::uint32_t result = 0;
  for (std::size_t i = width; i > 0; --i) {
    result = result << 8U | static_cast<unsigned char>(bytes[at + i - 1]);
  }
  return result;
}

// minizip's files, over a string in memory.
struct Memory {
  std::string_view bytes;
  std::uint64_t position = 0;
};
Memory& memory(voidpf stream) { return *static_cast<Memory*>(stream); }

voidpf open_memory(voidpf opaque, const void* /*name*/, int /*mode*/) {
  return opaque;
}
uLong read_memory(voidpf /*opaque*/, voidpf stream, void* to, uLong size) {
  Memory& file = memory(stream);
  const std::uint64_t left = file.bytes.size() - file.position;
  const auto count = static_cast<uLong>(std::min<std::uint64_t>(left, size));
  std::memcpy(to, file.bytes.data() + file.position, count);
  file.position += count;
  return count;
}
uLong write_nothing(voidpf /*opaque*/, voidpf /*stream*/, const void* /*from*/,
                    uLong /*size*/) {
  return 0;
}
ZPOS64_T tell_memory(voidpf /*opaque*/, voidpf stream) {
  return memory(stream).position;
}
long seek_memory(voidpf /*opaque*/, voidpf stream, ZPOS64_T offset,
                 int origin) {
  Memory& file = memory(stream);
  const std::uint64_t base = origin == ZLIB_FILEFUNC_SEEK_SET ? 0
                             : origin == ZLIB_FILEFUNC_SEEK_CUR
                                 ? file.position
                                 : file.bytes.size();
  // minizip goes backwards by offsets that wrap around.
  const std::uint64_t position = base + offset;
  if (position > file.bytes.size()) {
    return -1;
  }
  file.position = position;
  return 0;
}
int close_memory(voidpf /*opaque*/, voidpf /*stream*/) { return 0; }
int no_error(voidpf /*opaque*/, voidpf /*stream*/) { return 0; }

struct CloseArchive {
  void operator()(voidp archive) const { unzClose(archive); }
};
using OpenArchive = std::unique_ptr<std::remove_pointer_t<voidp>, CloseArchive>;

OpenArchive open_archive(Memory& file) {
  zlib_filefunc64_def functions{};
  functions.zopen64_file = open_memory;
  functions.zread_file = read_memory;
  functions.zwrite_file = write_nothing;
  functions.ztell64_file = tell_memory;
  functions.zseek64_file = seek_memory;
  functions.zclose_file = close_memory;
  functions.zerror_file = no_error;
  functions.opaque = &file;
  return OpenArchive(unzOpen2_64("", &functions));
}

// Where the end record begins whose comment reaches to the end of the file: a
// comment may hold the mark itself.
std::optional<std::size_t> end_record(std::string_view bytes) {
  constexpr std::size_t kLongestComment = 0xFFFF;
  if (bytes.size() < kEndRecord) {
    return std::nullopt;
  }
  std::size_t at = bytes.size() - kEndRecord;
  const std::size_t first =
      at > kLongestComment ? at - kLongestComment : std::size_t{0};
  for (;; --at) {
    if (bytes.substr(at).starts_with(kEndMark) &&
        number(bytes, at + 20, 2) == bytes.size() - at - kEndRecord) {
      return at;
    }
    if (at == first) {
      return std::nullopt;
    }
  }
}

// The names in a damaged archive, of which nothing else is believed.
std::string names_of_damaged(std::string_view bytes) {
  constexpr std::size_t kShown = 20;
  std::vector<std::string> names;
  std::size_t more = 0;
  for (std::size_t tried = 0; tried < kMaxFiles; ++tried) {
    const auto at = bytes.find(kEntryMark);
    if (at == std::string_view::npos || bytes.size() - at < kEntryHeader) {
      break;
    }
    const std::size_t length = number(bytes, at + 26, 2);
    bytes.remove_prefix(at + kEntryMark.size());
    constexpr std::size_t kToName = kEntryHeader - kEntryMark.size();
    if (length > kMaxArchiveName || length > bytes.size() - kToName) {
      continue;
    }
    const std::string name = archive_name(bytes.substr(kToName, length));
    if (why_not_a_name(name)) {
      continue;
    }
    bytes.remove_prefix(kToName + length);
    if (names.size() == kShown) {
      ++more;
    } else {
      names.push_back(text::printable(name));
    }
  }
  if (names.empty()) {
    return {};
  }
  return "; it holds " + text::join(names, ", ") +
         (more > 0 ? fmt::format(" and {} more", more) : "");
}

std::string damaged(std::string_view bytes) {
  return "a zip archive that is cut or damaged: nothing in it is read" +
         names_of_damaged(bytes);
}

struct Extent {
  std::size_t begin;
  std::size_t end;
};

class Lister {
 public:
  explicit Lister(std::string_view bytes) : bytes_(bytes) {}

  ArchiveListing run() {
    const auto end = end_record(bytes_);
    if (!end) {
      return refuse(damaged(bytes_));
    }
    // minizip finds no end record at the very start.
    if (*end == 0 && number(bytes_, kEndCount, 2) == 0) {
      return refuse("an empty zip archive");
    }
    // Without the comment, so that minizip finds this record and no other.
    file_.bytes = bytes_.substr(0, *end + kEndRecord);
    archive_ = open_archive(file_);
    unz_global_info64 global{};
    if (!archive_ || unzGetGlobalInfo64(archive_.get(), &global) != UNZ_OK) {
      return refuse(damaged(bytes_));
    }
    if (global.number_entry > kMaxFiles) {
      return refuse(fmt::format(
          "a zip archive of more than {} files: nothing in it is read",
          kMaxFiles));
    }
    if (!walk(global.number_entry) || !fills_directory(*end)) {
      return refuse(damaged(bytes_));
    }
    if (is_office_) {
      return refuse(
          "an Office document or a package (it holds [Content_Types].xml): "
          "no evidence");
    }
    if (overlaps()) {
      return refuse(
          "a zip archive in which entries share their bytes: nothing in it "
          "is read");
    }
    text::sort_stably(listing_.entries,
                      [](const ArchiveEntry& one, const ArchiveEntry& other) {
                        return is_found_before(one.name, other.name);
                      });
    return std::move(listing_);
  }

 private:
  ArchiveListing refuse(std::string why) {
    listing_ = {};
    listing_.refusal = std::move(why);
    return std::move(listing_);
  }

  bool walk(std::uint64_t count) {
    std::string name(std::numeric_limits<std::uint16_t>::max(), '\0');
    for (std::uint64_t i = 0; i < count; ++i) {
      if ((i == 0 ? unzGoToFirstFile(archive_.get())
                  : unzGoToNextFile(archive_.get())) != UNZ_OK) {
        return false;
      }
      unz_file_info64 info{};
      if (unzGetCurrentFileInfo64(archive_.get(), &info, name.data(),
                                  static_cast<uLong>(name.size()), nullptr, 0,
                                  nullptr, 0) != UNZ_OK) {
        return false;
      }
      read_long_sizes(info);
      directory_size_ += kDirectoryHeader + info.size_filename +
                         info.size_file_extra + info.size_file_comment;
      add(info, std::string_view(name).substr(0, info.size_filename));
    }
    return true;
  }

  // The zip64 extra field, which minizip misses where `unsigned long` has
  // 64 bits: the sizes that stand elsewhere, in this order.
  void read_long_sizes(unz_file_info64& info) {
    if (info.uncompressed_size != kElsewhere &&
        info.compressed_size != kElsewhere) {
      return;
    }
    std::string extra(info.size_file_extra, '\0');
    if (unzGetCurrentFileInfo64(archive_.get(), nullptr, nullptr, 0,
                                extra.data(), static_cast<uLong>(extra.size()),
                                nullptr, 0) != UNZ_OK) {
      return;
    }
    constexpr std::size_t kHead = 4;
    std::string_view rest = extra;
    while (rest.size() >= kHead) {
      const std::size_t size = number(rest, 2, 2);
      std::string_view field = rest.substr(kHead, size);
      if (number(rest, 0, 2) == 1) {
        for (ZPOS64_T* place :
             {&info.uncompressed_size, &info.compressed_size}) {
          if (*place == kElsewhere && field.size() >= 8) {
            *place = number(field, 0, 4) |
                     static_cast<ZPOS64_T>(number(field, 4, 4)) << 32U;
            field.remove_prefix(8);
          }
        }
        return;
      }
      rest.remove_prefix(std::min(rest.size(), kHead + size));
    }
  }

  // The entries have to fill the directory, or some of them are not seen.
  // Zip64 archives keep its size elsewhere; minizip reads them alone.
  bool fills_directory(std::size_t end) const {
    const std::uint32_t size = number(bytes_, end + kEndDirectorySize, 4);
    return size == kElsewhere || size == directory_size_;
  }

  void add(const unz_file_info64& info, std::string_view raw) {
    ArchiveEntry entry;
    entry.name = archive_name(raw);
    const auto refused = [&](std::string why) {
      listing_.refused.push_back({entry.name, std::move(why)});
    };
    if (entry.name.ends_with('/') && info.uncompressed_size == 0) {
      return;
    }
    is_office_ = is_office_ || entry.name == "[Content_Types].xml";
    if (auto why = why_not_a_name(entry.name)) {
      return refused(std::move(*why));
    }
    if (auto why = why_not_unpacked(info)) {
      return refused(std::move(*why));
    }
    if (!find_bytes(info, raw, entry)) {
      return refused(
          "damaged: the archive's directory and the entry itself differ");
    }
    if (!names_.insert(text::fold_case(entry.name)).second) {
      return refused("a second entry of this name: only the first one is read");
    }
    listing_.entries.push_back(std::move(entry));
  }

  static std::optional<std::string> why_not_unpacked(
      const unz_file_info64& info) {
    constexpr uLong kEncrypted = 1U | 1U << 6U | 1U << 13U;
    constexpr uLong kAes = 99;
    if ((info.flag & kEncrypted) != 0 || info.compression_method == kAes) {
      return "encrypted: not read. Pack it again without a password.";
    }
    if (info.compression_method != 0 && info.compression_method != Z_DEFLATED) {
      return fmt::format(
          "packed by a method ({}) that is not known here: not read",
          info.compression_method);
    }
    // The high half holds the mode of Unix, or nothing.
    const uLong type = info.external_fa >> 28U & 0xFU;
    if (type == 0xA) {
      return "a link: not followed";
    }
    if (type != 0 && type != 0x8 && type != 0x4) {
      return "no ordinary file: not read";
    }
    return std::nullopt;
  }

  // The entry's own header, which minizip compares with the directory except
  // for the name.
  bool find_bytes(const unz_file_info64& info, std::string_view raw,
                  ArchiveEntry& entry) {
    int method = 0;
    int level = 0;
    if (unzOpenCurrentFile2(archive_.get(), &method, &level, 1) != UNZ_OK) {
      return false;
    }
    const std::uint64_t start = unzGetCurrentFileZStreamPos64(archive_.get());
    const int extra = unzGetLocalExtrafield(archive_.get(), nullptr, 0);
    unzCloseCurrentFile(archive_.get());
    const std::uint64_t size = file_.bytes.size();
    const std::uint64_t header = kEntryHeader + raw.size() +
                                 static_cast<std::uint64_t>(std::max(extra, 0));
    if (extra < 0 || start > size || start < header ||
        info.compressed_size > size - start ||
        file_.bytes.substr(
            static_cast<std::size_t>(start - header + kEntryHeader),
            raw.size()) != raw) {
      return false;
    }
    if (info.compression_method == 0 &&
        info.compressed_size != info.uncompressed_size) {
      return false;
    }
    entry.start = static_cast<std::size_t>(start);
    entry.packed = info.compressed_size;
    entry.size = info.uncompressed_size;
    entry.crc = static_cast<std::uint32_t>(info.crc);
    entry.deflated = info.compression_method == Z_DEFLATED;
    extents_.push_back(
        {static_cast<std::size_t>(start - header),
         static_cast<std::size_t>(start + info.compressed_size)});
    return true;
  }

  bool overlaps() {
    text::sort_stably(extents_, [](const Extent& one, const Extent& other) {
      return one.begin < other.begin;
    });
    for (std::size_t i = 1; i < extents_.size(); ++i) {
      if (extents_[i].begin < extents_[i - 1].end) {
        return true;
      }
    }
    return false;
  }

  std::string_view bytes_;
  Memory file_;
  OpenArchive archive_;
  ArchiveListing listing_;
  std::set<std::string> names_;
  std::vector<Extent> extents_;
  std::uint64_t directory_size_ = 0;
  bool is_office_ = false;
};

}  // namespace

bool is_archive(std::string_view bytes) {
  constexpr std::string_view kSplitMark = "PK\x07\x08"sv;
  return bytes.starts_with(kEntryMark) || bytes.starts_with(kEndMark) ||
         bytes.starts_with(kSplitMark);
}

ArchiveListing list_archive(std::string_view bytes) {
  return Lister(bytes).run();
}

}  // namespace iisdiag::evidence
