// Deflated bytes in memory, unpacked by zlib as far as they are asked for.
#pragma once

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace iisdiag::evidence {

class Inflater {
 public:
  enum class Wrapping { kNone, kGzip };

  // `packed` has to outlive it.
  Inflater(std::string_view packed, Wrapping wrapping);
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  Inflater(Inflater&&) = delete;
  Inflater& operator=(Inflater&&) = delete;
  ~Inflater();

  // Fills `to` as far as there is something; fewer bytes at the end or where
  // the stream is damaged. Of a gzip file all its members, one after another.
  std::size_t read(char* to, std::size_t size);

  // The stream ended where the packed bytes end.
  bool ended_well() const {
    return is_at_end_ && packed_.empty() && stream_.avail_in == 0;
  }
  // The stream ended, whatever is behind it.
  bool is_at_end() const { return is_at_end_; }

 private:
  void feed();
  bool begin_next_member();

  z_stream stream_{};
  std::string_view packed_;
  Wrapping wrapping_;
  bool is_open_ = false;
  bool is_at_end_ = false;
};

// CRC-32 of zip archives and gzip files, `crc` being that of what came before.
std::uint32_t checksum(std::string_view bytes, std::uint32_t crc = 0);

}  // namespace iisdiag::evidence
