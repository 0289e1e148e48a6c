// The style and the script of the page: src/render/html/, without comments and
// indents. Defined by the source that cmake/embed_page.cmake writes.
#pragma once

#include <string_view>

namespace iisdiag::render {

struct HtmlAsset {
  std::string_view text;
  std::string_view hash;  // as a Content-Security-Policy names it: "sha256-..."
};

HtmlAsset html_style();
HtmlAsset html_script();

}  // namespace iisdiag::render
