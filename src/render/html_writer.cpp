#include "render/html_writer.hpp"

#include "text/unicode.hpp"

namespace iisdiag::render {

std::string html_escaped(std::string_view text) {
  std::string escaped;
  for (const char byte : text::printable(text)) {
    switch (byte) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += byte;
    }
  }
  return escaped;
}

void HtmlWriter::begin(std::string_view tag, std::string_view attributes) {
  out_ += '<';
  out_ += tag;
  if (!attributes.empty()) {
    out_ += ' ';
    out_ += attributes;
  }
  out_ += '>';
  open_.push_back(tag);
}

void HtmlWriter::end() {
  out_ += "</";
  out_ += open_.back();
  out_ += '>';
  open_.pop_back();
}

void HtmlWriter::open(std::string_view tag, std::string_view attributes) {
  begin(tag, attributes);
  out_ += '\n';
}

void HtmlWriter::close() {
  end();
  out_ += '\n';
}

void HtmlWriter::element(std::string_view tag, std::string_view attributes,
                         std::string_view text) {
  begin(tag, attributes);
  this->text(text);
  end();
}

void HtmlWriter::line(std::string_view tag, std::string_view attributes,
                      std::string_view text) {
  element(tag, attributes, text);
  out_ += '\n';
}

void HtmlWriter::text(std::string_view text) { out_ += html_escaped(text); }

}  // namespace iisdiag::render
