// Files, folders and what lies in them: the documents of one server.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "evidence/file_system.hpp"
#include "facts/server.hpp"

namespace iisdiag::evidence {

struct CapturedFile {
  std::string name;    // as the report shows it
  std::string folder;  // of the name; empty at the top
  std::string path;    // to open it
  bool historical = false;
};

struct Bundle {
  std::vector<CapturedFile> files;
  std::vector<facts::Problem> problems;
  // The first of the paths that is not there; empty where all are.
  std::string missing;
};

// Finds every file of the given paths, folders searched recursively. Links
// are followed; a folder is searched once, whatever leads to it.
Bundle find_files(const FileSystem& files,
                  const std::vector<std::string>& paths);

}  // namespace iisdiag::evidence
