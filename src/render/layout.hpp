// Lines of bounded width for a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace iisdiag::render {

// Breaks `text` at blanks into lines of at most `width` cells; a word that is
// longer stands in pieces. Never empty; `width` of 0 counts as 1.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

// Text that grows line by line and never past its width.
class Page {
 public:
  explicit Page(std::size_t width) : width_(width) {}

  void line(std::string_view text = {});  // as it is
  // `first` (at most `indent` cells, padded) and then `text` from column
  // `indent` on, wrapped there. Both can hold names from evidence: they become
  // printable.
  void hanging(std::string_view first, std::size_t indent,
               std::string_view text);
  // Underlined.
  void heading(std::string_view text);

  std::size_t width() const { return width_; }
  std::string take() { return std::move(text_); }

 private:
  std::size_t width_;
  std::string text_;
};

}  // namespace iisdiag::render
