#include "render/html_parts.hpp"

#include "render/tags.hpp"
#include "text/strings.hpp"

namespace iisdiag::render {

void write_heading(HtmlWriter& page, std::size_t level, std::string_view text) {
  const char digit = static_cast<char>('0' + level);
  const std::string_view tag(&digit, 1);
  page.write("<h@>$</h@>\n", {tag, text, tag});
}

void write_tag(HtmlWriter& page, report::Status status) {
  const std::string word = tag(status, false);
  page.write("<span class=\"tag @\">@</span> ",
             {report::status_name(status),
              text::trim(std::string_view(word).substr(1, word.size() - 2))});
}

void write_with_origin(HtmlWriter& page, std::string_view text,
                       const facts::Origin& origin) {
  page.text(text);
  if (origin) {
    page.write(" <small>$</small>", {origin.text()});
  }
}

void write_row(HtmlWriter& page, std::string_view label,
               std::string_view text) {
  page.write("<div><dt>@</dt><dd>$</dd></div>\n", {label, text});
}

}  // namespace iisdiag::render
