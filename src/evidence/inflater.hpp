// Deflated bytes in memory, unpacked by zlib as far as they are asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
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
  bool ended_well() const;
  // The stream ended, whatever is behind it.
  bool is_at_end() const { return is_at_end_; }

 private:
  void feed();
  bool begin_next_member();

  struct Stream;  // of zlib

  std::unique_ptr<Stream> stream_;
  std::string_view packed_;
  Wrapping wrapping_;
  bool is_at_end_ = false;
};

}  // namespace iisdiag::evidence
