// The door to the file system. Everything behind it is tested without a disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/byte_source.hpp"

namespace iisdiag::evidence {

class FileSystem {
 public:
  enum class Kind : std::uint8_t {
    kMissing,
    kFile,
    kFolder,
    kOther,  // device, pipe, socket: never opened
  };
  struct Status {
    Kind kind = Kind::kMissing;
    std::uint64_t size = 0;
    // Equal for two paths to the same folder, so that loops of links end.
    std::string identity;
  };
  // A value or, in words, why there is none.
  template <class T>
  struct Answer {
    std::optional<T> value;
    std::string error;
  };

  FileSystem() = default;
  FileSystem(const FileSystem&) = delete;
  FileSystem& operator=(const FileSystem&) = delete;
  FileSystem(FileSystem&&) = delete;
  FileSystem& operator=(FileSystem&&) = delete;
  virtual ~FileSystem() = default;

  // Follows links. Paths are UTF-8 and use `/`; on Windows `\` too.
  virtual Status status(const std::string& path) const = 0;
  // Names in a folder, sorted, without `.` and `..`.
  virtual Answer<std::vector<std::string>> list(
      const std::string& path) const = 0;
  // The whole file; an error where it is longer than `limit` bytes.
  virtual Answer<std::string> read(const std::string& path,
                                   std::uint64_t limit) const = 0;
  // The file for reading in pieces, of any length. Where nothing better is
  // known it is read whole, up to kMaxTextFile.
  virtual Answer<std::unique_ptr<ByteSource>> open(
      const std::string& path) const;
  // The first bytes of the file, enough to know an archive by.
  virtual Answer<std::string> read_start(const std::string& path) const = 0;

  static constexpr std::size_t kStart = 4;
};

// The disk of this machine, opened for reading only.
class Disk final : public FileSystem {
 public:
  Status status(const std::string& path) const override;
  Answer<std::vector<std::string>> list(const std::string& path) const override;
  Answer<std::string> read(const std::string& path,
                           std::uint64_t limit) const override;
  Answer<std::unique_ptr<ByteSource>> open(
      const std::string& path) const override;
  Answer<std::string> read_start(const std::string& path) const override;
};

// Files in memory: demos and tests. Folders exist where a file lies in them.
class MemoryFiles final : public FileSystem {
 public:
  void add(std::string path, std::string bytes);

  Status status(const std::string& path) const override;
  Answer<std::vector<std::string>> list(const std::string& path) const override;
  Answer<std::string> read(const std::string& path,
                           std::uint64_t limit) const override;
  Answer<std::unique_ptr<ByteSource>> open(
      const std::string& path) const override;
  Answer<std::string> read_start(const std::string& path) const override;

 private:
  std::map<std::string, std::string> files_;
};

}  // namespace iisdiag::evidence
