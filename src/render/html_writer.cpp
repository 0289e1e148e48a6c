#include "render/html_writer.hpp"

#include <cstddef>
#include <span>

#include "text/unicode.hpp"

namespace iisdiag::render {

void HtmlWriter::write(const char* markup,
                       std::initializer_list<std::string_view> arguments) {
  const std::span list(arguments);
  std::size_t next = 0;
  for (const char byte : std::string_view(markup)) {
    if (byte == '$') {
      text(list[next++]);
    } else if (byte == '@') {
      out_ += list[next++];
    } else {
      out_ += byte;
    }
  }
}

void HtmlWriter::text(std::string_view text) {
  for (const char byte : text::printable(text)) {
    switch (byte) {
      case '&':
        out_ += "&amp;";
        break;
      case '<':
        out_ += "&lt;";
        break;
      case '>':
        out_ += "&gt;";
        break;
      case '"':
        out_ += "&quot;";
        break;
      default:
        out_ += byte;
    }
  }
}

void HtmlWriter::number(std::uint64_t number) {
  out_ += std::to_string(number);
}

}  // namespace iisdiag::render
