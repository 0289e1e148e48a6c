#include "render/renderer.hpp"

#include <algorithm>
#include <array>

namespace iisdiag::render {

std::span<const Renderer* const> all_renderers() {
  static constexpr std::array kRenderers = {
#define IISDIAG_RENDERER(name) &name,
#include "render/renderers.def"
#undef IISDIAG_RENDERER
  };
  return kRenderers;
}

const Renderer* find_renderer(std::string_view id) {
  const auto all = all_renderers();
  const auto found = std::find_if(
      all.begin(), all.end(),
      [&](const Renderer* renderer) { return renderer->id == id; });
  return found == all.end() ? nullptr : *found;
}

std::string rendered(const Renderer& renderer, const report::Report& report,
                     const Options& options) {
  std::string text;
  renderer.render(report, options,
                  [&](std::string_view piece) { text += piece; });
  return text;
}

}  // namespace iisdiag::render
