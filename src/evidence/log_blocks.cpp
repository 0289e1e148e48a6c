#include "evidence/log_blocks.hpp"

#include <algorithm>

#include "evidence/w3c_scan.hpp"

namespace iisdiag::evidence {
bool LogBlocks::next(std::string_view bytes, bool is_last, LogBlock& block) {
  block = {};
  if (bytes.empty()) {
    return false;
  }
  if (!began_) {
    began_ = true;
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    if (bytes.starts_with(kMark)) {
      block.taken = kMark.size();
      return true;
    }
  }
  if (skips_) {
    const std::size_t feed = line_end(bytes, 0);
    skips_ = feed == bytes.size();
    block.taken = std::min(feed + 1, bytes.size());
    return true;
  }
  const auto take = [&](std::size_t size) {
    block.text = bytes.substr(0, size);
    block.taken = size;
    block.is_cut = !block.text.ends_with('\n');
    return true;
  };
  // The line that the block is to end with.
  const std::size_t inside = std::min(size_, bytes.size()) - 1;
  const std::size_t begin = line_begin(bytes, inside);
  const std::string_view seen = bytes.substr(0, begin + kMaxLine + 1);
  const std::size_t feed = line_end(seen, inside);
  if (feed < seen.size()) {
    return take(feed + 1);
  }
  if (seen.size() > begin + kMaxLine) {
    if (begin > 0) {
      return take(begin);
    }
    skips_ = true;
    block.is_long = true;
    return take(kMaxLine);
  }
  if (is_last) {
    return take(bytes.size());
  }
  return begin > 0 && take(begin);
}

}  // namespace iisdiag::evidence
