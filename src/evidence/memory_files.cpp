#include <algorithm>

#include "evidence/file_system.hpp"
#include "evidence/limits.hpp"

namespace iisdiag::evidence {

FileSystem::Answer<std::unique_ptr<ByteSource>> FileSystem::open(
    const std::string& path) const {
  auto bytes = read(path, kMaxTextFile);
  if (!bytes.value) {
    return {std::nullopt, std::move(bytes.error)};
  }
  return {source_of(std::move(*bytes.value)), {}};
}

void MemoryFiles::add(std::string path, std::string bytes) {
  files_.insert_or_assign(std::move(path), std::move(bytes));
}

FileSystem::Status MemoryFiles::status(const std::string& path) const {
  if (const auto file = files_.find(path); file != files_.end()) {
    return {Kind::kFile, file->second.size(), path};
  }
  const std::string folder = path + "/";
  const auto inside = files_.lower_bound(folder);
  if (inside != files_.end() && inside->first.starts_with(folder)) {
    return {Kind::kFolder, 0, path};
  }
  return {};
}

FileSystem::Answer<std::vector<std::string>> MemoryFiles::list(
    const std::string& path) const {
  const std::string folder = path + "/";
  std::vector<std::string> names;
  for (auto file = files_.lower_bound(folder);
       file != files_.end() && file->first.starts_with(folder); ++file) {
    const std::string rest = file->first.substr(folder.size());
    std::string name = rest.substr(0, rest.find('/'));
    if (names.empty() || names.back() != name) {
      names.push_back(std::move(name));
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return {names, {}};
}

FileSystem::Answer<std::string> MemoryFiles::read(const std::string& path,
                                                  std::uint64_t limit) const {
  const auto file = files_.find(path);
  if (file == files_.end()) {
    return {std::nullopt, "no such file or folder"};
  }
  if (file->second.size() > limit) {
    return {std::nullopt, "larger than this program reads"};
  }
  return {file->second, {}};
}

FileSystem::Answer<std::unique_ptr<ByteSource>> MemoryFiles::open(
    const std::string& path) const {
  const auto file = files_.find(path);
  if (file == files_.end()) {
    return {std::nullopt, "no such file or folder"};
  }
  return {source_of_view(file->second), {}};
}

FileSystem::Answer<std::string> MemoryFiles::read_start(
    const std::string& path) const {
  const auto file = files_.find(path);
  if (file == files_.end()) {
    return {std::nullopt, "no such file or folder"};
  }
  return {file->second.substr(0, kStart), {}};
}

}  // namespace iisdiag::evidence
