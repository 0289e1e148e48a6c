#include "cli/demos.hpp"

#include <array>
#include <stdexcept>

#include "cli/embedded_demos.hpp"
#include "evidence/archive.hpp"

namespace iisdiag::cli {

std::vector<EmbeddedFile> demo_files(std::string_view name) {
  const auto paths = embedded_paths();
  const std::string_view archive = embedded_archive();
  evidence::Unpacker unpacker;
  std::vector<EmbeddedFile> files;
  for (const auto& entry : evidence::list_archive(archive).entries) {
    const EmbeddedPath& place = paths[std::stoul(entry.name)];
    if (place.demo != name) {
      continue;
    }
    auto bytes = unpacker.unpack(archive, entry);
    if (!bytes.value) {
      throw std::logic_error("a demo is damaged: " + bytes.error);
    }
    files.push_back({std::string(place.path), std::move(*bytes.value)});
  }
  return files;
}

std::span<const Demo> all_demos() {
  static constexpr std::array kDemos = {
#define IISDIAG_DEMO(name, title) Demo{#name, title},
#include "cli/demos.def"
#undef IISDIAG_DEMO
  };
  return kDemos;
}

}  // namespace iisdiag::cli
