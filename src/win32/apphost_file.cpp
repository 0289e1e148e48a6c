#include "win32/apphost_file.hpp"

#include <fmt/format.h>

#include <utility>

#include "text/unicode.hpp"
#include "win32/config_file.hpp"

namespace iisdiag::win32 {
namespace {

std::string key_of(const facts::IisNode& node) {
  return fmt::format("{}|{}", facts::service_name(node.service),
                     text::fold_case(node.path));
}

// Sections and locks are the interface's business.
evidence::Layout modules_of(evidence::Layout& layout) {
  evidence::Layout kept;
  kept.file = layout.file;
  kept.folder = layout.folder;
  kept.complete = layout.complete;
  kept.web_sites = std::move(layout.web_sites);
  kept.modules = std::move(layout.modules);
  return kept;
}

}  // namespace

void AppHostFile::read(const evidence::FileSystem& files,
                       const std::string& path, evidence::Iis7Files& iis7) {
  evidence::FileFacts facts;
  if (path.empty() ||
      !read_config_file(files, path, evidence::kApphostConfig, facts) ||
      facts.configs.size() != 1 || !facts.configs.front().whole) {
    return;
  }
  was_read_ = true;
  for (facts::IisNode& node : facts.configs.front().nodes) {
    std::string key = key_of(node);
    nodes_.emplace(std::move(key), std::move(node));
  }
  for (evidence::Layout& layout : facts.iis7.layouts) {
    iis7.layouts.push_back(modules_of(layout));
  }
}

const facts::IisNode* AppHostFile::find(const facts::IisNode& node) const {
  const auto found = nodes_.find(key_of(node));
  return found == nodes_.end() ? nullptr : &found->second;
}

}  // namespace iisdiag::win32
