// The disk and its twin in memory answer alike.
#include "evidence/file_system.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "evidence/bundle.hpp"
#include "evidence/reading.hpp"

namespace iisdiag::evidence {
namespace {

namespace fs = std::filesystem;
using Kind = FileSystem::Kind;
using Names = std::vector<std::string>;

// A folder with files of its own for one test, in memory and on the disk.
class FileSystemTest : public testing::Test {
 protected:
  FileSystemTest()
      : root_(fs::path(testing::TempDir()) /
              ("iisdiag-" + std::to_string(getpid()) + "-" +
               testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::remove_all(root_);
    fs::create_directories(root_ / "folder" / "below");
    add("folder/b.txt", "12345");
    add("folder/a.txt", std::string("\0\n\xFF", 3));
    add("folder/below/c.txt", "");
  }
  ~FileSystemTest() override { fs::remove_all(root_); }
  FileSystemTest(const FileSystemTest&) = delete;
  FileSystemTest& operator=(const FileSystemTest&) = delete;
  FileSystemTest(FileSystemTest&&) = delete;
  FileSystemTest& operator=(FileSystemTest&&) = delete;

  void add(const std::string& path, const std::string& bytes) {
    std::ofstream(root_ / path, std::ios::binary) << bytes;
    memory_.add(at(path), bytes);
  }
  std::string at(const std::string& path) const {
    return (root_ / path).string();
  }
  std::vector<const FileSystem*> both() const { return {&disk_, &memory_}; }

  Disk disk_;
  MemoryFiles memory_;
  fs::path root_;
};

TEST_F(FileSystemTest, Status) {
  for (const FileSystem* files : both()) {
    EXPECT_EQ(files->status(at("folder/b.txt")).kind, Kind::kFile);
    EXPECT_EQ(files->status(at("folder/b.txt")).size, 5U);
    EXPECT_EQ(files->status(at("folder")).kind, Kind::kFolder);
    EXPECT_EQ(files->status(at("folder/below")).kind, Kind::kFolder);
    EXPECT_EQ(files->status(at("fold")).kind, Kind::kMissing);
    EXPECT_EQ(files->status(at("folder/x")).kind, Kind::kMissing);
    EXPECT_NE(files->status(at("folder")).identity,
              files->status(at("folder/below")).identity);
  }
}

TEST_F(FileSystemTest, List) {
  for (const FileSystem* files : both()) {
    EXPECT_EQ(files->list(at("folder")).value,
              (Names{"a.txt", "b.txt", "below"}));
    EXPECT_EQ(files->list(at("folder/below")).value, Names{"c.txt"});
  }
  EXPECT_EQ(disk_.list(at("nowhere")).value, std::nullopt);
  EXPECT_EQ(disk_.list(at("nowhere")).error, "No such file or directory");
}

TEST_F(FileSystemTest, Read) {
  for (const FileSystem* files : both()) {
    EXPECT_EQ(files->read(at("folder/a.txt"), 3).value,
              std::string("\0\n\xFF", 3));
    EXPECT_EQ(files->read(at("folder/b.txt"), 5).value, "12345");
    EXPECT_EQ(files->read(at("folder/b.txt"), 4).value, std::nullopt);
    EXPECT_EQ(files->read(at("folder/b.txt"), 4).error,
              "larger than this program reads");
    EXPECT_EQ(files->read(at("folder/below/c.txt"), 0).value, "");
    EXPECT_FALSE(files->read(at("folder/x"), 10).error.empty());
  }
  EXPECT_EQ(disk_.read(at("folder"), 10).error, "not a file that can be read");
}

TEST_F(FileSystemTest, LinksAreFollowedOnce) {
  fs::create_directory_symlink("..", root_ / "folder" / "below" / "up");
  fs::create_directory_symlink(".", root_ / "folder" / "self");
  fs::create_symlink("nowhere", root_ / "folder" / "dangling");
  fs::create_symlink("loop", root_ / "folder" / "loop");
  fs::create_symlink("b.txt", root_ / "folder" / "link.txt");
  const Bundle bundle = find_files(disk_, {at("folder")});
  Names names;
  for (const CapturedFile& file : bundle.files) {
    names.push_back(file.name);
  }
  EXPECT_EQ(names, (Names{"a.txt", "b.txt", "link.txt", "below/c.txt"}));
  EXPECT_EQ(describe(bundle.problems),
            "dangling: a link that leads nowhere\n"
            "loop: a link that leads nowhere\n");
}

TEST_F(FileSystemTest, PipesAreNeverOpened) {
  ASSERT_EQ(mkfifo(at("folder/pipe").c_str(), 0600), 0);
  EXPECT_EQ(disk_.status(at("folder/pipe")).kind, Kind::kOther);
  EXPECT_EQ(disk_.read(at("folder/pipe"), 10).error,
            "not a file that can be read");
}

TEST_F(FileSystemTest, LongNamesAreWhole) {
  const std::string name(255, 'n');
  add("folder/" + name, "x");
  EXPECT_EQ(disk_.list(at("folder")).value->back(), name);
}

}  // namespace
}  // namespace iisdiag::evidence
