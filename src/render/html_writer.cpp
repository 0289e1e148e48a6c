#include "render/html_writer.hpp"

#include "text/unicode.hpp"

namespace iisdiag::render {

void HtmlWriter::write(const char* markup,
                       std::initializer_list<std::string_view> arguments) {
  const auto* next = arguments.begin();
  for (; *markup != '\0'; ++markup) {
    if (*markup == '$') {
      text(*next++);
    } else if (*markup == '@') {
      out_ += *next++;
    } else {
      out_ += *markup;
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
