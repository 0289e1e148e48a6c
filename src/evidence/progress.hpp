// How far the reading of a large file has come.
#pragma once

#include <cstdint>
#include <string_view>

namespace iisdiag::evidence {

class Progress {
 public:
  Progress() = default;
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  Progress(Progress&&) = delete;
  Progress& operator=(Progress&&) = delete;
  virtual ~Progress() = default;

  // `done` bytes of `size` of this file were read; a size of 0 is not known.
  // Called after each piece of a log, from the thread that reads.
  virtual void at(std::string_view file, std::uint64_t done,
                  std::uint64_t size) = 0;
};

}  // namespace iisdiag::evidence
