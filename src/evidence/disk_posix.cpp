// The disk where <dirent.h> and <sys/stat.h> are; Windows has its own file.
#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <system_error>

#include "evidence/file_system.hpp"

namespace iisdiag::evidence {
namespace {

std::string last_error() { return std::generic_category().message(errno); }

class OpenFile {
 public:
  explicit OpenFile(const std::string& path)
      // O_NONBLOCK: what turned into a pipe since it was looked at must not
      // hang. open() is variadic by its nature.
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  OpenFile(OpenFile&&) = delete;
  OpenFile& operator=(OpenFile&&) = delete;
  ~OpenFile() {
    if (descriptor_ >= 0) {
      ::close(descriptor_);
    }
  }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

// Whoever writes the file goes on writing: the length is that of the start.
class MappedFile final : public MappableFile {
 public:
  explicit MappedFile(const std::string& path) : file_(path) {}
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  MappedFile(MappedFile&&) = delete;
  MappedFile& operator=(MappedFile&&) = delete;
  ~MappedFile() override { unmap(); }

  // Why it cannot be read; empty where it can.
  std::string open() {
    if (file_.descriptor() < 0) {
      return last_error();
    }
    struct stat info {};
    if (::fstat(file_.descriptor(), &info) != 0 || !S_ISREG(info.st_mode)) {
      return "not a file that can be read";
    }
    size_ = static_cast<std::uint64_t>(std::max<off_t>(0, info.st_size));
    return {};
  }

  std::uint64_t size() const override { return size_; }

  std::string_view map(std::uint64_t from, std::size_t length) override {
    unmap();
    void* const start = ::mmap(nullptr, length, PROT_READ, MAP_PRIVATE,
                               file_.descriptor(), static_cast<off_t>(from));
    if (start == MAP_FAILED) {  // NOLINT(*-int-to-ptr,*-cstyle-cast)
      return {};
    }
    ::madvise(start, length, MADV_SEQUENTIAL);
    start_ = start;
    length_ = length;
    return {static_cast<const char*>(start), length};
  }

 private:
  void unmap() {
    if (start_ != nullptr) {
      ::munmap(start_, length_);
    }
    start_ = nullptr;
  }

  OpenFile file_;
  std::uint64_t size_ = 0;
  void* start_ = nullptr;
  std::size_t length_ = 0;
};

}  // namespace

FileSystem::Status Disk::status(const std::string& path) const {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) {
    return {};
  }
  Status result;
  result.kind = S_ISREG(info.st_mode)   ? Kind::kFile
                : S_ISDIR(info.st_mode) ? Kind::kFolder
                                        : Kind::kOther;
  result.size = static_cast<std::uint64_t>(std::max<off_t>(0, info.st_size));
  result.identity = fmt::format("{}:{}", info.st_dev, info.st_ino);
  return result;
}

FileSystem::Answer<std::vector<std::string>> Disk::list(
    const std::string& path) const {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path.c_str()),
                                                   &::closedir);
  if (!folder) {
    return {std::nullopt, last_error()};
  }
  std::vector<std::string> names;
  // readdir is safe as long as each thread has its own folder stream.
  // NOLINTNEXTLINE(concurrency-mt-unsafe)
  while (const dirent* entry = ::readdir(folder.get())) {
    std::string name(std::begin(entry->d_name));
    if (name != "." && name != "..") {
      names.push_back(std::move(name));
    }
  }
  std::sort(names.begin(), names.end());
  return {std::move(names), {}};
}

FileSystem::Answer<std::string> Disk::read(const std::string& path,
                                           std::uint64_t limit) const {
  const OpenFile file(path);
  if (file.descriptor() < 0) {
    return {std::nullopt, last_error()};
  }
  struct stat info {};
  if (::fstat(file.descriptor(), &info) != 0 || !S_ISREG(info.st_mode)) {
    return {std::nullopt, "not a file that can be read"};
  }
  std::string bytes;
  bytes.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(
      limit, static_cast<std::uint64_t>(std::max<off_t>(0, info.st_size)))));
  std::array<char, 1U << 16U> block{};
  for (;;) {
    const ssize_t count = ::read(file.descriptor(), block.data(), block.size());
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      return {std::nullopt, last_error()};
    }
    if (count == 0) {
      return {std::move(bytes), {}};
    }
    if (bytes.size() + static_cast<std::size_t>(count) > limit) {
      return {std::nullopt, "larger than this program reads"};
    }
    bytes.append(block.data(), static_cast<std::size_t>(count));
  }
}

FileSystem::Answer<std::unique_ptr<ByteSource>> Disk::open(
    const std::string& path) const {
  auto file = std::make_unique<MappedFile>(path);
  if (std::string why = file->open(); !why.empty()) {
    return {std::nullopt, std::move(why)};
  }
  return {source_of_file(std::move(file), kMapWindow), {}};
}

FileSystem::Answer<std::string> Disk::read_start(
    const std::string& path) const {
  const OpenFile file(path);
  struct stat info {};
  if (file.descriptor() < 0 || ::fstat(file.descriptor(), &info) != 0 ||
      !S_ISREG(info.st_mode)) {
    return {std::nullopt, "not a file that can be read"};
  }
  std::string bytes(kStart, '\0');
  const ssize_t count = ::read(file.descriptor(), bytes.data(), bytes.size());
  if (count < 0) {
    return {std::nullopt, last_error()};
  }
  bytes.resize(static_cast<std::size_t>(count));
  return {std::move(bytes), {}};
}

}  // namespace iisdiag::evidence
