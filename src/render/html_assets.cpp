#include "render/html_assets.hpp"

#include <iterator>

// zlib's interface has pointers to const only where this is defined.
#define ZLIB_CONST
#include <zlib.h>

namespace iisdiag::render {

HtmlAssets::HtmlAssets() {
  const PackedHtmlAssets packed = packed_html_assets();
  style_hash = packed.style_hash;
  script_hash = packed.script_hash;
  std::size_t size = 0;
  for (const std::size_t part : packed.sizes) {
    size += part;
  }
  all.resize(size);

  // Without a header. It can fail for want of memory only.
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) == Z_OK) {
    // NOLINTBEGIN(*-reinterpret-cast)
    stream.next_in = reinterpret_cast<const Bytef*>(packed.bytes.data());
    stream.next_out = reinterpret_cast<Bytef*>(all.data());
    // NOLINTEND(*-reinterpret-cast)
    stream.avail_out = static_cast<uInt>(size);
    stream.avail_in = static_cast<uInt>(packed.bytes.size());
    inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
  }

  std::string_view rest = all;
  std::string_view* const parts[] = {&style, &script, &signs, &footer};
  for (std::size_t i = 0; i < std::size(parts); ++i) {
    *parts[i] = rest.substr(0, packed.sizes[i]);
    rest.remove_prefix(packed.sizes[i]);
  }
}

}  // namespace iisdiag::render
