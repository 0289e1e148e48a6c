// Archives for tests, sound and otherwise, in memory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace iisdiag::test {

// One entry; every field can be made to lie.
struct ZipEntry {
  std::string name;
  std::string text{};
  bool deflate = true;
  // Sizes and checksum stand behind the data, as streaming writers put them.
  bool described_later = false;
  std::uint16_t flags = 0;
  std::uint32_t attributes = 0;
  // Where they differ from what is right; empty or 0: they do not.
  std::string local_name{};
  std::uint16_t method = 0;
  std::uint32_t crc_flip = 0;
  std::int32_t size_off_by = 0;  // in both headers
  std::string more_packed{};     // behind the packed bytes, counted
  bool zip64 = false;            // the size stands in an extra field
  // Takes the data of the entry that comes before it.
  bool shares_data = false;
};

struct ZipEnd {
  std::string comment{};
  std::uint16_t count_off_by = 0;
  std::uint16_t disk = 0;
};

std::string zip(const std::vector<ZipEntry>& entries, const ZipEnd& end = {});

}  // namespace iisdiag::test
