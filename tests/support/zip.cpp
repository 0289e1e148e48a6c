#include "support/zip.hpp"

#include <zlib.h>

namespace iisdiag::test {
namespace {

constexpr std::uint16_t kDescriptor = 1U << 3U;

void put(std::string& out, std::uint64_t value, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) {
    out.push_back(static_cast<char>(value >> (8 * i) & 0xFFU));
  }
}

std::string deflated(const std::string& text) {
  z_stream stream{};
  // Z_RLE: megabytes of one byte in no time.
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8,
               Z_RLE);
  std::string packed(deflateBound(&stream, static_cast<uLong>(text.size())),
                     '\0');
  std::string copy = text;
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

// What both headers share, from "version needed" to "uncompressed size".
struct Common {
  std::uint16_t flags;
  std::uint16_t method;
  std::uint32_t crc;
  std::uint32_t packed;
  std::uint32_t size;
};

void put_common(std::string& out, const Common& common, bool with_sizes) {
  put(out, 20, 2);
  put(out, common.flags, 2);
  put(out, common.method, 2);
  put(out, 0, 4);  // time and date
  put(out, with_sizes ? common.crc : 0, 4);
  put(out, with_sizes ? common.packed : 0, 4);
  put(out, with_sizes ? common.size : 0, 4);
}

}  // namespace

std::string zip(const std::vector<ZipEntry>& entries, const ZipEnd& end) {
  std::string out;
  std::string directory;
  std::size_t local = 0;
  for (const ZipEntry& entry : entries) {
    const std::string packed =
        (entry.deflate ? deflated(entry.text) : entry.text) + entry.more_packed;
    Common common{};
    common.flags = entry.described_later
                       ? static_cast<std::uint16_t>(entry.flags | kDescriptor)
                       : entry.flags;
    common.method = entry.method != 0 ? entry.method : entry.deflate ? 8 : 0;
    common.crc = static_cast<std::uint32_t>(
                     crc32(0, reinterpret_cast<const Bytef*>(entry.text.data()),
                           static_cast<uInt>(entry.text.size()))) ^
                 entry.crc_flip;
    common.packed = static_cast<std::uint32_t>(packed.size());
    common.size = static_cast<std::uint32_t>(
        static_cast<std::int64_t>(entry.text.size()) + entry.size_off_by);
    std::string extra;
    if (entry.zip64) {
      put(extra, 1, 2);
      put(extra, 8, 2);
      put(extra, common.size, 8);
      common.size = 0xFFFFFFFF;
    }
    if (!entry.shares_data) {
      local = out.size();
      out += "PK\x03\x04";
      put_common(out, common, !entry.described_later);
      const std::string& name =
          entry.local_name.empty() ? entry.name : entry.local_name;
      put(out, name.size(), 2);
      put(out, extra.size(), 2);
      out += name + extra + packed;
      if (entry.described_later) {
        out += "PK\x07\x08";
        put(out, common.crc, 4);
        put(out, common.packed, 4);
        put(out, common.size, 4);
      }
    }
    directory += "PK\x01\x02";
    put(directory, 20, 2);
    put_common(directory, common, true);
    put(directory, entry.name.size(), 2);
    put(directory, extra.size(), 2);
    put(directory, 0, 2 + 2 + 2);  // comment, disk, internal attributes
    put(directory, entry.attributes, 4);
    put(directory, local, 4);
    directory += entry.name + extra;
  }
  const std::size_t start = out.size();
  out += directory + "PK\x05\x06";
  put(out, end.disk, 2);
  put(out, end.disk, 2);
  const auto count =
      static_cast<std::uint16_t>(entries.size() - end.count_off_by);
  put(out, count, 2);
  put(out, count, 2);
  put(out, directory.size(), 4);
  put(out, start, 4);
  put(out, end.comment.size(), 2);
  return out + end.comment;
}

}  // namespace iisdiag::test
