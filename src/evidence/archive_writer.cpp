#include "evidence/archive_writer.hpp"

#include <minizip/zip.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace iisdiag::evidence {
namespace {

// minizip's file, over a string that grows.
struct Memory {
  std::string bytes;
  std::uint64_t position = 0;
};
Memory& memory(voidpf stream) { return *static_cast<Memory*>(stream); }

voidpf open_memory(voidpf opaque, const void* /*name*/, int /*mode*/) {
  return opaque;
}
uLong read_nothing(voidpf /*opaque*/, voidpf /*stream*/, void* /*to*/,
                   uLong /*size*/) {
  return 0;
}
uLong write_memory(voidpf /*opaque*/, voidpf stream, const void* from,
                   uLong size) {
  Memory& file = memory(stream);
  const auto at = static_cast<std::size_t>(file.position);
  file.bytes.replace(at, std::min<std::size_t>(size, file.bytes.size() - at),
                     static_cast<const char*>(from), size);
  file.position += size;
  return size;
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
  file.position = base + offset;
  return file.position > file.bytes.size() ? -1 : 0;
}
int close_memory(voidpf /*opaque*/, voidpf /*stream*/) { return 0; }
int no_error(voidpf /*opaque*/, voidpf /*stream*/) { return 0; }

// Bit 11: the name is UTF-8 (APPNOTE 4.4.4).
constexpr uLong kUtf8Name = 1UL << 11U;
// "Version made by" MS-DOS, 2.0: no attributes of another system.
constexpr uLong kMadeBy = 20;

bool add(zipFile archive, const ArchiveFile& entry) {
  if (entry.bytes.size() >= std::numeric_limits<std::uint32_t>::max()) {
    return false;
  }
  zip_fileinfo info{};
  // The first day that a .zip can name.
  info.dosDate = 0x00210000;
  if (zipOpenNewFileInZip4(
          archive, entry.name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr,
          Z_DEFLATED, Z_DEFAULT_COMPRESSION, 0, -MAX_WBITS, DEF_MEM_LEVEL,
          Z_DEFAULT_STRATEGY, nullptr, 0, kMadeBy, kUtf8Name) != ZIP_OK) {
    return false;
  }
  const bool written =
      zipWriteInFileInZip(archive, entry.bytes.data(),
                          static_cast<unsigned>(entry.bytes.size())) == ZIP_OK;
  return zipCloseFileInZip(archive) == ZIP_OK && written;
}

}  // namespace

std::optional<std::string> write_archive(
    const std::vector<ArchiveFile>& entries) {
  Memory file;
  zlib_filefunc64_def functions{};
  functions.zopen64_file = open_memory;
  functions.zread_file = read_nothing;
  functions.zwrite_file = write_memory;
  functions.ztell64_file = tell_memory;
  functions.zseek64_file = seek_memory;
  functions.zclose_file = close_memory;
  functions.zerror_file = no_error;
  functions.opaque = &file;
  const zipFile archive =
      zipOpen2_64("", APPEND_STATUS_CREATE, nullptr, &functions);
  if (archive == nullptr) {
    return std::nullopt;
  }
  bool written = true;
  for (const ArchiveFile& entry : entries) {
    written = written && add(archive, entry);
  }
  if (zipClose(archive, nullptr) != ZIP_OK || !written) {
    return std::nullopt;
  }
  return std::move(file.bytes);
}

}  // namespace iisdiag::evidence
