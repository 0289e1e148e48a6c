// The disk on Windows NT 4.0 and later. Files are opened for reading only, and
// so that whoever writes them, renames or deletes them is not hindered.
#include <windows.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "evidence/file_system.hpp"
#include "text/path.hpp"
#include "text/system_error.hpp"
#include "text/wide.hpp"

namespace iisdiag::evidence {
namespace {

constexpr std::string_view kNoFile = "not a file that can be read";

std::string last_error() { return text::system_error(::GetLastError()); }

std::uint64_t joined(DWORD high, DWORD low) {
  return static_cast<std::uint64_t>(high) << 32U | low;
}

class OpenFile {
 public:
  OpenFile(const std::wstring& path, DWORD access, DWORD flags)
      // A server behind a pipe must not act in the name of who asks it.
      : handle_(::CreateFileW(
            path.c_str(), access,
            FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
            OPEN_EXISTING,
            flags | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, nullptr)) {
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  OpenFile(OpenFile&&) = delete;
  OpenFile& operator=(OpenFile&&) = delete;
  ~OpenFile() {
    if (is_open()) {
      ::CloseHandle(handle_);
    }
  }

  bool is_open() const { return handle_ != INVALID_HANDLE_VALUE; }
  bool is_on_disk() const { return ::GetFileType(handle_) == FILE_TYPE_DISK; }
  bool information(BY_HANDLE_FILE_INFORMATION& info) const {
    return ::GetFileInformationByHandle(handle_, &info) != 0;
  }
  HANDLE handle() const { return handle_; }
  // False where nothing could be read; zero bytes at the end.
  bool read(char* to, std::size_t size, std::size_t& count) const {
    DWORD taken = 0;
    const bool good =
        ::ReadFile(handle_, to, static_cast<DWORD>(size), &taken, nullptr) != 0;
    count = taken;
    return good;
  }

 private:
  HANDLE handle_;
};

struct CloseSearch {
  HANDLE handle;
  explicit CloseSearch(HANDLE search) : handle(search) {}
  CloseSearch(const CloseSearch&) = delete;
  CloseSearch& operator=(const CloseSearch&) = delete;
  CloseSearch(CloseSearch&&) = delete;
  CloseSearch& operator=(CloseSearch&&) = delete;
  ~CloseSearch() {
    if (handle != INVALID_HANDLE_VALUE) {
      ::FindClose(handle);
    }
  }
};

FileSystem::Status described(DWORD attributes, std::uint64_t size,
                             std::string identity) {
  const bool is_folder = (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
  FileSystem::Status status;
  status.kind = is_folder ? FileSystem::Kind::kFolder : FileSystem::Kind::kFile;
  status.size = is_folder ? 0 : size;
  status.identity = std::move(identity);
  return status;
}

// What the folder says of a file that cannot be opened, not even for its
// properties. A wildcard is no name.
FileSystem::Status listed_status(const std::wstring& path) {
  constexpr std::wstring_view kUnlimited = LR"(\\?\)";
  const std::size_t start =
      path.starts_with(kUnlimited) ? kUnlimited.size() : 0;
  if (path.find_first_of(L"*?", start) != std::wstring::npos) {
    return {};
  }
  WIN32_FIND_DATAW entry{};
  const CloseSearch search(::FindFirstFileW(path.c_str(), &entry));
  if (search.handle == INVALID_HANDLE_VALUE) {
    return {};
  }
  return described(entry.dwFileAttributes,
                   joined(entry.nFileSizeHigh, entry.nFileSizeLow),
                   text::from_wide(path));
}

// A file for its contents. Not a folder, a device or a pipe.
bool is_readable(const OpenFile& file) {
  BY_HANDLE_FILE_INFORMATION info{};
  return file.is_on_disk() && file.information(info) &&
         (info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0;
}

// Whoever writes the file goes on writing: the length is that of the start.
class MappedFile final : public MappableFile {
 public:
  explicit MappedFile(const std::wstring& path)
      : file_(path, GENERIC_READ, FILE_FLAG_SEQUENTIAL_SCAN) {}
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  MappedFile(MappedFile&&) = delete;
  MappedFile& operator=(MappedFile&&) = delete;
  ~MappedFile() override {
    unmap();
    if (mapping_ != nullptr) {
      ::CloseHandle(mapping_);
    }
  }

  // Why it cannot be read; empty where it can.
  std::string open() {
    if (!file_.is_open()) {
      return last_error();
    }
    BY_HANDLE_FILE_INFORMATION info{};
    if (!is_readable(file_) || !file_.information(info)) {
      return std::string(kNoFile);
    }
    size_ = joined(info.nFileSizeHigh, info.nFileSizeLow);
    return {};
  }

  std::uint64_t size() const override { return size_; }

  std::string_view map(std::uint64_t from, std::size_t length) override {
    unmap();
    if (mapping_ == nullptr) {
      mapping_ = ::CreateFileMappingW(file_.handle(), nullptr, PAGE_READONLY, 0,
                                      0, nullptr);
    }
    if (mapping_ == nullptr) {
      return {};
    }
    start_ = ::MapViewOfFile(mapping_, FILE_MAP_READ,
                             static_cast<DWORD>(from >> 32U),
                             static_cast<DWORD>(from), length);
    return {static_cast<const char*>(start_), start_ == nullptr ? 0 : length};
  }

 private:
  void unmap() {
    if (start_ != nullptr) {
      ::UnmapViewOfFile(start_);
    }
    start_ = nullptr;
  }

  OpenFile file_;
  std::uint64_t size_ = 0;
  HANDLE mapping_ = nullptr;
  void* start_ = nullptr;
};

}  // namespace

FileSystem::Status Disk::status(const std::string& path) const {
  const std::wstring full = text::system_path(path);
  if (text::is_device_path(full)) {
    return {Kind::kOther, 0, {}};
  }
  // Without this flag no folder can be opened.
  const OpenFile file(full, FILE_READ_ATTRIBUTES, FILE_FLAG_BACKUP_SEMANTICS);
  if (!file.is_open()) {
    return listed_status(full);
  }
  BY_HANDLE_FILE_INFORMATION info{};
  if (!file.is_on_disk() || !file.information(info)) {
    return {Kind::kOther, 0, {}};
  }
  return described(
      info.dwFileAttributes, joined(info.nFileSizeHigh, info.nFileSizeLow),
      fmt::format("{}:{}", info.dwVolumeSerialNumber,
                  joined(info.nFileIndexHigh, info.nFileIndexLow)));
}

FileSystem::Answer<std::vector<std::string>> Disk::list(
    const std::string& path) const {
  std::wstring pattern = text::system_path(path.empty() ? path : path + "/x");
  if (!pattern.empty()) {
    pattern.back() = L'*';
  }
  WIN32_FIND_DATAW entry{};
  const CloseSearch search(::FindFirstFileW(pattern.c_str(), &entry));
  if (search.handle == INVALID_HANDLE_VALUE) {
    // Only the root of a drive has no entry at all where it is empty.
    if (::GetLastError() == ERROR_FILE_NOT_FOUND) {
      return {std::vector<std::string>(), {}};
    }
    return {std::nullopt, last_error()};
  }
  std::vector<std::string> names;
  do {
    std::string name = text::from_wide(std::begin(entry.cFileName));
    if (name != "." && name != "..") {
      names.push_back(std::move(name));
    }
  } while (::FindNextFileW(search.handle, &entry) != 0);
  if (::GetLastError() != ERROR_NO_MORE_FILES) {
    return {std::nullopt, last_error()};
  }
  std::sort(names.begin(), names.end());
  return {std::move(names), {}};
}

FileSystem::Answer<std::string> Disk::read(const std::string& path,
                                           std::uint64_t limit) const {
  const std::wstring full = text::system_path(path);
  if (text::is_device_path(full)) {
    return {std::nullopt, std::string(kNoFile)};
  }
  const OpenFile file(full, GENERIC_READ, FILE_FLAG_SEQUENTIAL_SCAN);
  if (!file.is_open()) {
    std::string error = last_error();
    // "Access is denied" would be no help where a folder was meant.
    return {std::nullopt, status(path).kind == Kind::kFolder
                              ? std::string(kNoFile)
                              : std::move(error)};
  }
  if (!is_readable(file)) {
    return {std::nullopt, std::string(kNoFile)};
  }
  std::string bytes;
  std::array<char, 1U << 16U> block{};
  for (;;) {
    std::size_t count = 0;
    if (!file.read(block.data(), block.size(), count)) {
      return {std::nullopt, last_error()};
    }
    if (count == 0) {
      return {std::move(bytes), {}};
    }
    if (bytes.size() + count > limit) {
      return {std::nullopt, "larger than this program reads"};
    }
    bytes.append(block.data(), count);
  }
}

FileSystem::Answer<std::unique_ptr<ByteSource>> Disk::open(
    const std::string& path) const {
  const std::wstring full = text::system_path(path);
  if (text::is_device_path(full)) {
    return {std::nullopt, std::string(kNoFile)};
  }
  auto file = std::make_unique<MappedFile>(full);
  if (std::string why = file->open(); !why.empty()) {
    return {std::nullopt, status(path).kind == Kind::kFolder
                              ? std::string(kNoFile)
                              : std::move(why)};
  }
  return {source_of_file(std::move(file), kMapWindow), {}};
}

FileSystem::Answer<std::string> Disk::read_start(
    const std::string& path) const {
  const std::wstring full = text::system_path(path);
  if (text::is_device_path(full)) {
    return {std::nullopt, std::string(kNoFile)};
  }
  const OpenFile file(full, GENERIC_READ, 0);
  if (!file.is_open() || !is_readable(file)) {
    return {std::nullopt, std::string(kNoFile)};
  }
  std::string bytes(kStart, '\0');
  std::size_t count = 0;
  if (!file.read(bytes.data(), bytes.size(), count)) {
    return {std::nullopt, last_error()};
  }
  bytes.resize(count);
  return {std::move(bytes), {}};
}

}  // namespace iisdiag::evidence
