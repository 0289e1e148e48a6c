// Text logs in blocks of whole lines.
#pragma once

#include <cstddef>
#include <string_view>

#include "evidence/limits.hpp"

namespace iisdiag::evidence {

struct LogBlock {
  std::string_view text;  // empty: only the rest of a line too long
  std::size_t taken = 0;  // bytes of what was handed in
  bool is_cut = false;    // the last line has no end
  bool is_long = false;   // the first bytes of a line longer than kMaxLine
};

// Cuts pieces of a log. Of a line that is longer than kMaxLine its first bytes
// make a block, the others are dropped. The first three bytes of the log are
// dropped where they are the mark of UTF-8.
class LogBlocks {
 public:
  // No more than the longest line, so that a line that is longer ends its
  // block. Large enough that what each block costs does not count, and small
  // enough for the processor's cache.
  static constexpr std::size_t kBlock = kMaxLine;

  // Blocks of `size` bytes and the rest of a line. Precondition: 0 < size <=
  // kBlock.
  explicit LogBlocks(std::size_t size = kBlock) : size_(size) {}

  // The next block in front of `bytes`. False where none is whole before more
  // bytes come; no more than kMaxLine bytes are left over then.
  bool next(std::string_view bytes, bool is_last, LogBlock& block);

 private:
  std::size_t size_;
  bool skips_ = false;
  bool began_ = false;
};

}  // namespace iisdiag::evidence
