// Bytes in pieces: the same for any cut, from memory, a mapped file, an entry
// of an archive and a gzip file.
#include "evidence/byte_source.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>

#include "evidence/archive.hpp"
#include "evidence/file_system.hpp"
#include "support/zip.hpp"

namespace iisdiag::evidence {
namespace {

using namespace std::string_view_literals;

// Text that no window and no block divides evenly.
std::string sample(std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; bytes.size() < size; ++i) {
    bytes += std::to_string(i * 7919) + "\n";
  }
  bytes.resize(size);
  return bytes;
}

// Everything, in pieces of at most `most` bytes of which `left` are taken
// again. The pieces have to fit together.
std::string drained(ByteSource& source, std::size_t most, std::size_t left) {
  std::string all;
  for (std::uint64_t from = 0;;) {
    const Piece piece = source.at(from, most);
    EXPECT_LE(piece.bytes.size(), most);
    all.resize(static_cast<std::size_t>(from));
    all += piece.bytes;
    if (piece.is_last) {
      return all + piece.error;
    }
    EXPECT_GT(piece.bytes.size(), left);
    if (piece.bytes.size() <= left) {
      return "stuck";
    }
    from += piece.bytes.size() - left;
  }
}

// A file that tells which windows were asked for.
class ScriptedFile final : public MappableFile {
 public:
  explicit ScriptedFile(std::string bytes) : bytes_(std::move(bytes)) {}

  std::uint64_t size() const override { return bytes_.size(); }
  std::string_view map(std::uint64_t from, std::size_t length) override {
    EXPECT_EQ(from % kGrain, 0U);
    EXPECT_LE(from + length, bytes_.size());
    ++maps;
    if (refuses) {
      return {};
    }
    // Another place each time: what was given before is gone.
    window_ = std::make_unique<std::string>(
        bytes_.substr(static_cast<std::size_t>(from), length));
    return *window_;
  }

  int maps = 0;
  bool refuses = false;

 private:
  std::string bytes_;
  std::unique_ptr<std::string> window_;
};

TEST(ByteSourceTest, MemoryInPieces) {
  const std::string bytes = sample(1000);
  for (const std::size_t most : {1U, 7U, 999U, 1000U, 1001U}) {
    EXPECT_EQ(drained(*source_of(bytes), most, 0), bytes) << most;
    EXPECT_EQ(drained(*source_of_view(bytes), most, 0), bytes) << most;
  }
  const auto empty = source_of({});
  EXPECT_TRUE(empty->at(0, 10).is_last);
  EXPECT_EQ(empty->at(0, 10).bytes, "");
  EXPECT_EQ(source_of_view(bytes)->size(), 1000U);
}

TEST(ByteSourceTest, AFileInOneWindow) {
  const std::string bytes = sample(3'000'001);
  auto file = std::make_unique<ScriptedFile>(bytes);
  ScriptedFile& seen = *file;
  const auto source = source_of_file(std::move(file), ByteSource::kAll);
  EXPECT_EQ(drained(*source, 100'000, 1'000), bytes);
  EXPECT_EQ(seen.maps, 1);
  const Piece whole = source->at(bytes.size() - 5, ByteSource::kAll);
  EXPECT_EQ(whole.bytes, bytes.substr(bytes.size() - 5));
  EXPECT_TRUE(whole.is_last);
}

TEST(ByteSourceTest, AFileInWindows) {
  const std::string bytes = sample(3 * ByteSource::kPiece + 12'345);
  auto file = std::make_unique<ScriptedFile>(bytes);
  ScriptedFile& seen = *file;
  const auto source = source_of_file(std::move(file), 1);  // kPiece, then
  EXPECT_EQ(drained(*source, ByteSource::kPiece, 99'999), bytes);
  EXPECT_EQ(seen.maps, 4);
}

TEST(ByteSourceTest, AFileThatTheSystemDoesNotMap) {
  auto file = std::make_unique<ScriptedFile>("abc");
  file->refuses = true;
  const auto source = source_of_file(std::move(file), ByteSource::kAll);
  const Piece piece = source->at(0, 10);
  EXPECT_TRUE(piece.is_last);
  EXPECT_EQ(piece.bytes, "");
  EXPECT_EQ(piece.error, "the system does not map it into memory");
}

TEST(ByteSourceTest, AnEmptyFileIsNotMapped) {
  auto file = std::make_unique<ScriptedFile>("");
  ScriptedFile& seen = *file;
  const auto source = source_of_file(std::move(file), ByteSource::kAll);
  EXPECT_TRUE(source->at(0, 10).is_last);
  EXPECT_EQ(seen.maps, 0);
}

class DiskSourceTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              ("iisdiag-source-" + std::to_string(std::random_device{}()));
    std::filesystem::create_directory(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& name, std::string_view bytes) const {
    const auto path = folder_ / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }

  std::filesystem::path folder_;
  Disk disk_;
};

TEST_F(DiskSourceTest, AFileOnTheDisk) {
  const std::string bytes = sample(200'000);
  const auto source = disk_.open(write("a.log", bytes));
  ASSERT_TRUE(source.value) << source.error;
  EXPECT_EQ((*source.value)->size(), bytes.size());
  EXPECT_EQ(drained(**source.value, 65'536, 10), bytes);
  const auto empty = disk_.open(write("empty", ""));
  ASSERT_TRUE(empty.value) << empty.error;
  EXPECT_EQ(drained(**empty.value, 10, 0), "");
}

TEST_F(DiskSourceTest, WhatIsNoFile) {
  EXPECT_FALSE(disk_.open((folder_ / "none").string()).value);
  const auto folder = disk_.open(folder_.string());
  EXPECT_FALSE(folder.value);
  EXPECT_EQ(folder.error, "not a file that can be read");
}

std::string gzip(std::string_view bytes) {
  std::string packed(bytes.size() + 1'000, '\0');
  z_stream stream{};
  constexpr int kGzip = 16;
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + kGzip, 8,
                         Z_DEFAULT_STRATEGY),
            Z_OK);
  std::string source(bytes);
  // NOLINTBEGIN(*-reinterpret-cast)
  stream.next_in = reinterpret_cast<Bytef*>(source.data());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  // NOLINTEND(*-reinterpret-cast)
  stream.avail_in = static_cast<uInt>(source.size());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(packed.size() - stream.avail_out);
  deflateEnd(&stream);
  return packed;
}

TEST(GzipSourceTest, AllItsMembers) {
  const std::string one = sample(300'000);
  const std::string other = sample(12'345);
  const std::string packed = gzip(one) + gzip(other);
  EXPECT_TRUE(is_gzip(packed));
  EXPECT_EQ(drained(*open_gzip(packed), 100'000, 999), one + other);
  EXPECT_EQ(drained(*open_gzip(packed + "rest"), 1'000'000, 0), one + other);
}

TEST(GzipSourceTest, WhatCameBeforeTheDamageIsGood) {
  const std::string bytes = sample(300'000);
  const std::string packed = gzip(bytes);
  const auto cut = open_gzip(packed.substr(0, 0));
  EXPECT_EQ(drained(*cut, 1'000'000, 0),
            "damaged: it cannot be unpacked, or its checksum is wrong");
  const std::string half = packed.substr(0, packed.size() / 2);
  const std::string read = drained(*open_gzip(half), 1'000'000, 0);
  constexpr std::string_view kError =
      "damaged: it cannot be unpacked, or its checksum is wrong";
  ASSERT_TRUE(read.ends_with(kError));
  const std::string good = read.substr(0, read.size() - kError.size());
  EXPECT_GT(good.size(), 100'000U);
  EXPECT_TRUE(bytes.starts_with(good));
}

TEST(GzipSourceTest, ABomb) {
  const std::string packed = gzip(std::string(80U << 20U, '0'));
  const std::string read = drained(*open_gzip(packed), ByteSource::kPiece, 0);
  EXPECT_TRUE(
      read.ends_with("0the archive unpacks to more than 200 times its size: "
                     "neither this file nor the rest of it is read"));
  EXPECT_LT(read.size(), 66U << 20U);
}

TEST(EntrySourceTest, AnEntryInPieces) {
  const std::string bytes = sample(300'000);
  for (const bool deflate : {false, true}) {
    test::ZipEntry entry;
    entry.name = "a.log";
    entry.text = bytes;
    entry.deflate = deflate;
    const std::string archive = test::zip({entry});
    const auto listing = list_archive(archive);
    ASSERT_EQ(listing.entries.size(), 1U);
    Unpacker unpacker;
    const auto source = unpacker.open(archive, listing.entries.front());
    ASSERT_TRUE(source.value) << source.error;
    EXPECT_EQ((*source.value)->size(), bytes.size());
    EXPECT_EQ(drained(**source.value, 70'000, 123), bytes) << deflate;
  }
}

TEST(EntrySourceTest, AWrongChecksumIsToldAtTheEnd) {
  const std::string bytes = sample(300'000);
  test::ZipEntry entry;
  entry.name = "a.log";
  entry.text = bytes;
  const std::string archive = test::zip({entry});
  auto listing = list_archive(archive);
  ASSERT_EQ(listing.entries.size(), 1U);
  listing.entries.front().crc ^= 1U;
  Unpacker unpacker;
  const auto source = unpacker.open(archive, listing.entries.front());
  ASSERT_TRUE(source.value) << source.error;
  EXPECT_EQ(drained(**source.value, 70'000, 123),
            bytes + "damaged: it cannot be unpacked, or its checksum is wrong");
}

}  // namespace
}  // namespace iisdiag::evidence
