// The parts of the page that are the same in all reports: src/render/html/.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace iisdiag::render {

// Without comments and indents; views of `all`.
struct HtmlAssets {
  std::string all;
  std::string_view style;
  std::string_view script;
  std::string_view signs;  // the symbols that pictures are made of
  std::string_view footer;
  // As a Content-Security-Policy names them: "sha256-..."
  std::string_view style_hash;
  std::string_view script_hash;

  HtmlAssets();
  HtmlAssets(const HtmlAssets&) = delete;
  HtmlAssets& operator=(const HtmlAssets&) = delete;
  HtmlAssets(HtmlAssets&&) = delete;
  HtmlAssets& operator=(HtmlAssets&&) = delete;
  ~HtmlAssets() = default;
};

// What cmake/embed_page.cmake writes, for html_assets.cpp only.
struct PackedHtmlAssets {
  std::string_view bytes;  // deflated, the four of them one behind the other
  std::size_t sizes[4];
  std::string_view style_hash;
  std::string_view script_hash;
};
PackedHtmlAssets packed_html_assets();

}  // namespace iisdiag::render
