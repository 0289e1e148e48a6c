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
  // The next block in front of `bytes`. False where none is whole before more
  // bytes come; no more than kMaxLine bytes are left over then.
  bool next(std::string_view bytes, bool is_last, LogBlock& block);

 private:
  bool skips_ = false;
  bool began_ = false;
};

}  // namespace iisdiag::evidence
