// Markup that grows tag by tag. Whatever is given as text becomes printable and
// is escaped; tags and attributes are ours and stand as they are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace iisdiag::render {

// For text and for attributes in double quotes.
std::string html_escaped(std::string_view text);

class HtmlWriter {
 public:
  // `<section class="x">` and a line end; close() ends what was opened last.
  void open(std::string_view tag, std::string_view attributes = {});
  void close();
  // A whole element on a line of its own.
  void line(std::string_view tag, std::string_view attributes,
            std::string_view text);

  // The same without line ends, for what flows.
  void begin(std::string_view tag, std::string_view attributes = {});
  void end();
  void element(std::string_view tag, std::string_view attributes,
               std::string_view text);

  void text(std::string_view text);
  void markup(std::string_view markup) { out_ += markup; }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::vector<std::string_view> open_;
};

}  // namespace iisdiag::render
