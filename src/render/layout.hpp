// Lines of bounded width for a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace iisdiag::render {

// What becomes of a word that is longer than its line.
enum class LongWords : std::uint8_t {
  kCut,    // stands in pieces: no terminal breaks the line in its own way
  kWhole,  // makes its line longer: whoever searches a file finds it
};

// Breaks `text` at blanks into lines of at most `width` cells. Never empty;
// `width` of 0 counts as 1.
std::vector<std::string> wrap(std::string_view text, std::size_t width,
                              LongWords long_words = LongWords::kCut);

// Text that grows line by line and never past its width, but for long words
// that stay whole.
class Page {
 public:
  explicit Page(std::size_t width, LongWords long_words = LongWords::kCut)
      : width_(width), long_words_(long_words) {}

  void line(std::string_view text = {});  // as it is
  // `first` (at most `indent` cells, padded) and then `text` from column
  // `indent` on, wrapped there. Both can hold names from evidence: they become
  // printable.
  void hanging(std::string_view first, std::size_t indent,
               std::string_view text);
  // Underlined.
  void heading(std::string_view text);

  std::size_t width() const { return width_; }
  LongWords long_words() const { return long_words_; }
  // What was written since the last time.
  std::string take() { return std::exchange(text_, {}); }

 private:
  std::size_t width_;
  LongWords long_words_;
  std::string text_;
};

}  // namespace iisdiag::render
