// What applicationHost.config itself says that its interface does not.
#pragma once

#include <string>
#include <unordered_map>

#include "evidence/file_system.hpp"
#include "evidence/iis7_files.hpp"

namespace iisdiag::win32 {

class AppHostFile {
 public:
  // A file that is not there, or not read to its end, tells nothing. Modules
  // and where they work are added to `iis7`.
  void read(const evidence::FileSystem& files, const std::string& path,
            evidence::Iis7Files& iis7);

  bool was_read() const { return was_read_; }
  // The same node there; null where it has none.
  const facts::IisNode* find(const facts::IisNode& node) const;

 private:
  bool was_read_ = false;
  std::unordered_map<std::string, facts::IisNode> nodes_;
};

}  // namespace iisdiag::win32
