// Files, folders and what lies in them: the documents of one server.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/archive.hpp"
#include "evidence/file_system.hpp"
#include "facts/server.hpp"

namespace iisdiag::evidence {

struct CapturedFile {
  std::string name;  // as the report shows it
  // Of the name; for a file that was given by itself, of its path. Empty at
  // the top.
  std::string folder;
  // Where it is; below the path of an archive for what lies in one.
  std::string path;
  bool historical = false;
  // The archive to open, and the way from it to this file: one entry, or an
  // archive in the archive and an entry of that. Both empty for other files.
  std::string archive;
  std::vector<ArchiveEntry> inside;
  // An archive of which nothing is read: why.
  std::string refusal;
};

struct Bundle {
  std::vector<CapturedFile> files;
  std::vector<facts::Problem> problems;
  // The first of the paths that is not there; empty where all are.
  std::string missing;
};

// Finds every file of the given paths, folders and archives searched
// recursively. Links are followed; a folder is searched once, whatever leads
// to it. What lies in an archive that is named is shown as what lies in a
// folder that is named, what lies in another one as `logs.zip/net-user.txt`.
// An archive in an archive is searched, one in that is not.
Bundle find_files(const FileSystem& files,
                  const std::vector<std::string>& paths);

// Opens what find_files found. Holds one archive, and one in it, at a time.
class Contents {
 public:
  explicit Contents(const FileSystem& files) : files_(files) {}

  // The bytes of a file, until the next call, or why there are none: empty
  // where that was told of an earlier file of the same archive.
  FileSystem::Answer<std::unique_ptr<ByteSource>> open(
      const CapturedFile& file);

 private:
  const FileSystem& files_;
  std::string archive_;  // the path of what is held
  std::unique_ptr<ByteSource> source_;
  FileSystem::Answer<std::string_view> bytes_;
  ArchiveEntry inner_;  // likewise the archive in it
  FileSystem::Answer<std::string> inner_bytes_;
  Unpacker unpacker_;
};

// The rest of a file that is kept in memory; an error where it is longer than
// kMaxTextFile or cannot be read to its end.
FileSystem::Answer<std::string> read_whole(ByteSource& source);

// All bytes of an archive at once, as long as the source lives.
FileSystem::Answer<std::string_view> archive_bytes(ByteSource& source);

}  // namespace iisdiag::evidence
