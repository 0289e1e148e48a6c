#include "render/html_parts.hpp"

#include <array>

#include "render/tags.hpp"
#include "text/strings.hpp"

namespace iisdiag::render {

std::string_view html_heading(std::size_t level) {
  static constexpr std::array<std::string_view, 6> kTags = {"h1", "h2", "h3",
                                                            "h4", "h5", "h6"};
  return kTags.at(level - 1);
}

std::string html_class(std::string_view leading, report::Status status) {
  std::string text = "class=\"";
  text += leading;
  text += ' ';
  text += report::status_name(status);
  return text + '"';
}

void write_tag(HtmlWriter& page, report::Status status) {
  const std::string word = tag(status, false);
  page.element("span", html_class("tag", status),
               text::trim(std::string_view(word).substr(1, word.size() - 2)));
}

void write_with_origin(HtmlWriter& page, std::string_view text,
                       const facts::Origin& origin) {
  page.text(text);
  if (origin) {
    page.markup(" ");
    page.element("small", {}, origin.text());
  }
}

void write_command(HtmlWriter& page, std::string_view command) {
  page.begin("pre", "class=\"command\"");
  page.element("code", {}, command);
  page.close();
}

void begin_row(HtmlWriter& page, std::string_view label) {
  page.begin("div");
  page.element("dt", {}, label);
  page.begin("dd");
}

void end_row(HtmlWriter& page) {
  page.end();
  page.close();
}

void write_row(HtmlWriter& page, std::string_view label,
               std::string_view text) {
  begin_row(page, label);
  page.text(text);
  end_row(page);
}

}  // namespace iisdiag::render
