// The disk on Windows: what tests/evidence/file_system_test.cpp asks of the
// other one, and what only Windows has.
#include <gtest/gtest.h>
#include <windows.h>

#include "evidence/file_system.hpp"
#include "text/path.hpp"
#include "text/wide.hpp"

namespace iisdiag::evidence {
namespace {

using Kind = FileSystem::Kind;
using Names = std::vector<std::string>;

std::wstring wide(const std::string& path) { return text::system_path(path); }

class DiskTest : public testing::Test {
 protected:
  DiskTest() {
    wchar_t temporary[MAX_PATH];
    ::GetTempPathW(MAX_PATH, temporary);
    root_ = text::from_wide(temporary) + "iisdiag-" +
            std::to_string(::GetCurrentProcessId());
    folder(root_);
    folder(at("folder"));
    folder(at("folder/below"));
    add("folder/b.txt", "12345");
    add("folder/a.txt", std::string("\0\r\n\xFF\x1A", 5));
    add("folder/below/c.txt", "");
  }
  ~DiskTest() override {
    while (!made_.empty()) {
      if (::DeleteFileW(made_.back().c_str()) == 0) {
        ::RemoveDirectoryW(made_.back().c_str());
      }
      made_.pop_back();
    }
  }
  DiskTest(const DiskTest&) = delete;
  DiskTest& operator=(const DiskTest&) = delete;
  DiskTest(DiskTest&&) = delete;
  DiskTest& operator=(DiskTest&&) = delete;

  std::string at(const std::string& path) const { return root_ + "/" + path; }
  void folder(const std::string& path) {
    ASSERT_NE(::CreateDirectoryW(wide(path).c_str(), nullptr), 0) << path;
    made_.push_back(wide(path));
  }
  void add(const std::string& path, const std::string& bytes) {
    HANDLE file = ::CreateFileW(wide(at(path)).c_str(), GENERIC_WRITE, 0,
                                nullptr, CREATE_NEW, 0, nullptr);
    ASSERT_NE(file, INVALID_HANDLE_VALUE) << path;
    made_.push_back(wide(at(path)));
    DWORD count = 0;
    ::WriteFile(file, bytes.data(), static_cast<DWORD>(bytes.size()), &count,
                nullptr);
    ::CloseHandle(file);
    ASSERT_EQ(count, bytes.size());
  }

  Disk disk_;
  std::string root_;
  std::vector<std::wstring> made_;
};

TEST_F(DiskTest, Status) {
  EXPECT_EQ(disk_.status(at("folder/b.txt")).kind, Kind::kFile);
  EXPECT_EQ(disk_.status(at("folder/b.txt")).size, 5U);
  EXPECT_EQ(disk_.status(at("folder")).kind, Kind::kFolder);
  EXPECT_EQ(disk_.status(at("folder/")).kind, Kind::kFolder);
  EXPECT_EQ(disk_.status(at("fold")).kind, Kind::kMissing);
  EXPECT_EQ(disk_.status(at("folder/x")).kind, Kind::kMissing);
  EXPECT_EQ(disk_.status(at("folder/*.txt")).kind, Kind::kMissing);
  EXPECT_EQ(disk_.status("").kind, Kind::kMissing);
  EXPECT_NE(disk_.status(at("folder")).identity,
            disk_.status(at("folder/below")).identity);
  EXPECT_EQ(disk_.status(at("folder")).identity,
            disk_.status(at("folder/below/..")).identity);
}

TEST_F(DiskTest, BothKindsOfSlashes) {
  EXPECT_EQ(disk_.read(root_ + R"(\folder\b.txt)", 5).value, "12345");
  EXPECT_EQ(disk_.list(root_ + R"(\folder\)").value,
            (Names{"a.txt", "b.txt", "below"}));
}

TEST_F(DiskTest, List) {
  EXPECT_EQ(disk_.list(at("folder")).value, (Names{"a.txt", "b.txt", "below"}));
  EXPECT_EQ(disk_.list(at("folder/below")).value, Names{"c.txt"});
  EXPECT_EQ(disk_.list(at("nowhere")).value, std::nullopt);
  EXPECT_TRUE(disk_.list(at("nowhere")).error.ends_with("(error 3)"))
      << disk_.list(at("nowhere")).error;
}

TEST_F(DiskTest, Read) {
  EXPECT_EQ(disk_.read(at("folder/a.txt"), 5).value,
            std::string("\0\r\n\xFF\x1A", 5));
  EXPECT_EQ(disk_.read(at("folder/b.txt"), 4).error,
            "larger than this program reads");
  EXPECT_EQ(disk_.read(at("folder/below/c.txt"), 0).value, "");
  EXPECT_TRUE(disk_.read(at("folder/x"), 10).error.ends_with("(error 2)"));
  EXPECT_EQ(disk_.read(at("folder"), 10).error, "not a file that can be read");
  EXPECT_EQ(disk_.read_start(at("folder/b.txt")).value, "1234");
  EXPECT_EQ(disk_.read_start(at("folder")).value, std::nullopt);
}

TEST_F(DiskTest, NamesOfAllScripts) {
  const std::string name = "\u00E9\u65E5\u672C\U0001F600.txt";
  add("folder/" + name, "x");
  EXPECT_EQ(disk_.list(at("folder")).value->back(), name);
  EXPECT_EQ(disk_.read(at("folder/" + name), 1).value, "x");
}

TEST_F(DiskTest, LongPaths) {
  std::string path = "folder";
  for (char c = 'a'; c < 'e'; ++c) {
    path += "/" + std::string(100, c);
    folder(at(path));
  }
  add(path + "/long.txt", "x");
  EXPECT_EQ(disk_.list(at(path)).value, Names{"long.txt"});
  EXPECT_EQ(disk_.read(at(path) + "/long.txt", 1).value, "x");
  EXPECT_EQ(disk_.status(at(path) + "/long.txt").kind, Kind::kFile);
}

// A log is read while its server writes it, and can be renamed meanwhile.
TEST_F(DiskTest, FilesThatAreBeingWritten) {
  HANDLE log =
      ::CreateFileW(wide(at("folder/b.txt")).c_str(), GENERIC_WRITE,
                    FILE_SHARE_READ, nullptr, OPEN_EXISTING, 0, nullptr);
  ASSERT_NE(log, INVALID_HANDLE_VALUE);
  EXPECT_EQ(disk_.read(at("folder/b.txt"), 5).value, "12345");
  ::CloseHandle(log);
}

// What another program keeps to itself is there all the same.
TEST_F(DiskTest, FilesThatNobodyMayOpen) {
  HANDLE hidden = ::CreateFileW(wide(at("folder/b.txt")).c_str(), GENERIC_READ,
                                0, nullptr, OPEN_EXISTING, 0, nullptr);
  ASSERT_NE(hidden, INVALID_HANDLE_VALUE);
  EXPECT_EQ(disk_.status(at("folder/b.txt")).kind, Kind::kFile);
  EXPECT_EQ(disk_.status(at("folder/b.txt")).size, 5U);
  EXPECT_TRUE(disk_.read(at("folder/b.txt"), 5).error.ends_with("(error 32)"));
  ::CloseHandle(hidden);
}

TEST_F(DiskTest, DevicesAreNeverOpened) {
  for (const std::string path :
       {"NUL", "CON", "COM1", R"(\\.\pipe\x)", R"(\\.\PhysicalDrive0)"}) {
    EXPECT_EQ(disk_.status(path).kind, Kind::kOther) << path;
    EXPECT_EQ(disk_.read(path, 1).error, "not a file that can be read") << path;
    EXPECT_EQ(disk_.read_start(path).error, "not a file that can be read");
  }
}

TEST_F(DiskTest, ReadingChangesNothing) {
  WIN32_FILE_ATTRIBUTE_DATA before{};
  WIN32_FILE_ATTRIBUTE_DATA after{};
  const std::wstring file = wide(at("folder/b.txt"));
  ASSERT_NE(::SetFileAttributesW(file.c_str(), FILE_ATTRIBUTE_READONLY), 0);
  ::GetFileAttributesExW(file.c_str(), GetFileExInfoStandard, &before);
  EXPECT_EQ(disk_.read(at("folder/b.txt"), 5).value, "12345");
  ::GetFileAttributesExW(file.c_str(), GetFileExInfoStandard, &after);
  EXPECT_EQ(before.dwFileAttributes, after.dwFileAttributes);
  EXPECT_EQ(before.ftLastWriteTime.dwLowDateTime,
            after.ftLastWriteTime.dwLowDateTime);
  ::SetFileAttributesW(file.c_str(), FILE_ATTRIBUTE_NORMAL);
}

}  // namespace
}  // namespace iisdiag::evidence
