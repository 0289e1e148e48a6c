#include "render/layout.hpp"

#include <algorithm>

#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::render {
namespace {

// The longest prefix of at most `width` cells, at least one code point.
std::size_t bytes_that_fit(std::string_view word, std::size_t width) {
  std::size_t count = 1;
  while (text::prefix(word, count).size() < word.size() &&
         text::display_width(text::prefix(word, count + 1)) <= width) {
    ++count;
  }
  return text::prefix(word, count).size();
}

}  // namespace

std::vector<std::string> wrap(std::string_view text, std::size_t width,
                              LongWords long_words) {
  width = std::max<std::size_t>(width, 1);
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  for (std::string_view word : text::split(text, ' ')) {
    if (word.empty()) {
      continue;
    }
    const std::size_t cells = text::display_width(word);
    if (used > 0 && used + 1 + cells <= width) {
      lines.back() += ' ';
      lines.back() += word;
      used += 1 + cells;
      continue;
    }
    if (used > 0) {
      lines.emplace_back();
    }
    while (long_words == LongWords::kCut && text::display_width(word) > width) {
      const std::size_t bytes = bytes_that_fit(word, width);
      lines.back() = word.substr(0, bytes);
      lines.emplace_back();
      word.remove_prefix(bytes);
    }
    lines.back() = word;
    used = text::display_width(word);
  }
  return lines;
}

void Page::line(std::string_view text) {
  text_ += text::trim_right(text);
  text_ += '\n';
}

void Page::hanging(std::string_view first, std::size_t indent,
                   std::string_view text) {
  const std::size_t room = width_ > indent ? width_ - indent : 1;
  std::string lead = text::printable(first);
  for (const std::string& part :
       wrap(text::printable(text), room, long_words_)) {
    const std::size_t cells = text::display_width(lead);
    lead.append(indent > cells ? indent - cells : 0, ' ');
    line(lead.append(part));
    lead.clear();
  }
}

void Page::heading(std::string_view text) {
  line(text);
  line(std::string(text::display_width(text), '-'));
  line();
}

}  // namespace iisdiag::render
