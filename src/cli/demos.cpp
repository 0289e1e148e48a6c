#include "cli/demos.hpp"

#include <array>
#include <stdexcept>

#include "cli/embedded_demos.hpp"
#include "evidence/archive.hpp"

namespace iisdiag::cli {

std::vector<EmbeddedFile> demo_files(std::string_view name) {
  std::vector<EmbeddedFile> files;
  std::string all;
  for (const EmbeddedPath& place : embedded_paths()) {
    if (place.demo != name) {
      continue;
    }
    if (all.empty()) {
      const std::string_view archive = embedded_archive();
      auto bytes = evidence::Unpacker().unpack(
          archive, evidence::list_archive(archive).entries.at(0));
      if (!bytes.value) {
        throw std::logic_error("the demos are damaged: " + bytes.error);
      }
      all = std::move(*bytes.value);
    }
    files.push_back(
        {std::string(place.path), all.substr(place.begin, place.size)});
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
