#include "evidence/byte_source.hpp"

#include <algorithm>

namespace iisdiag::evidence {
namespace {

class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string bytes)
      : kept_(std::move(bytes)), bytes_(kept_) {}
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}

  Piece at(std::uint64_t from, std::size_t most) override {
    const std::string_view rest = bytes_.substr(
        static_cast<std::size_t>(std::min<std::uint64_t>(from, bytes_.size())));
    return {rest.substr(0, most), rest.size() <= most, {}};
  }
  std::uint64_t size() const override { return bytes_.size(); }

 private:
  std::string kept_;
  std::string_view bytes_;
};

class FileSource final : public ByteSource {
 public:
  FileSource(std::unique_ptr<MappableFile> file, std::size_t window)
      : file_(std::move(file)), window_(std::max(window, kPiece)) {}

  Piece at(std::uint64_t from, std::size_t most) override {
    const std::uint64_t size = file_->size();
    from = std::min(from, size);
    const std::uint64_t wanted = std::min<std::uint64_t>(size - from, most);
    if (wanted == 0) {
      return {{}, from == size, {}};
    }
    if (!holds(from, wanted)) {
      move_to(from);
      if (held_.empty()) {
        return {{}, true, "the system does not map it into memory"};
      }
    }
    const std::string_view bytes =
        held_.substr(static_cast<std::size_t>(from - start_), most);
    return {bytes, from + bytes.size() == size, {}};
  }
  std::uint64_t size() const override { return file_->size(); }

 private:
  bool holds(std::uint64_t from, std::uint64_t wanted) const {
    return from >= start_ && from + wanted <= start_ + held_.size();
  }

  void move_to(std::uint64_t from) {
    start_ = from - from % MappableFile::kGrain;
    held_ = {};
    held_ = file_->map(start_, static_cast<std::size_t>(std::min<std::uint64_t>(
                                   file_->size() - start_, window_)));
  }

  std::unique_ptr<MappableFile> file_;
  std::size_t window_;
  std::uint64_t start_ = 0;
  std::string_view held_;
};

}  // namespace

std::unique_ptr<ByteSource> source_of(std::string bytes) {
  return std::make_unique<MemorySource>(std::move(bytes));
}

std::unique_ptr<ByteSource> source_of_view(std::string_view bytes) {
  return std::make_unique<MemorySource>(bytes);
}

std::unique_ptr<ByteSource> source_of_file(std::unique_ptr<MappableFile> file,
                                           std::size_t window) {
  return std::make_unique<FileSource>(std::move(file), window);
}

}  // namespace iisdiag::evidence
