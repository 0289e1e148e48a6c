// Lines of text that arrives in pieces, from a pipe or a file.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace iisdiag::cli {

// UTF-8, UTF-16 (with a byte order mark, or known by its zero bytes) or
// Windows-1252, which each line decides for itself. Any bytes; holds no more
// of them than one line and what was added last.
class InputLines {
 public:
  // A longer line is cut there and goes on in a line of its own.
  static constexpr std::size_t kLongestLine = 1U << 16U;  // bytes

  // The lines that are complete now, as UTF-8 without their ends. An empty
  // piece is the end: what is left is the last line.
  std::vector<std::string> add(std::string_view piece);

 private:
  enum class Units { kNotKnown, kBytes, kLittle, kBig };

  void find_units(bool is_end);
  // Where the next line ends, and how long its end is; the latter is 0 for a
  // line that is cut. False where its end has not arrived.
  bool find_end(std::size_t from, std::size_t& end, std::size_t& length) const;
  std::string decoded(std::string_view line) const;

  std::string held_;
  Units units_ = Units::kNotKnown;
};

}  // namespace iisdiag::cli
