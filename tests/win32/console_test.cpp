// The files that reports are written to, on Windows. What stands on standard
// output is a matter of tests/windows/.
#include <gtest/gtest.h>
#include <windows.h>

#include "cli/console.hpp"
#include "evidence/file_system.hpp"
#include "text/path.hpp"
#include "text/wide.hpp"

namespace iisdiag::cli {
namespace {

class ConsoleTest : public testing::Test {
 protected:
  ConsoleTest() {
    wchar_t temporary[MAX_PATH];
    ::GetTempPathW(MAX_PATH, temporary);
    root_ = text::from_wide(temporary) + "iisdiag-console-" +
            std::to_string(::GetCurrentProcessId());
    ::CreateDirectoryW(text::system_path(root_).c_str(), nullptr);
  }
  ~ConsoleTest() override {
    for (const std::string& name : names()) {
      ::DeleteFileW(text::system_path(at(name)).c_str());
    }
    ::RemoveDirectoryW(text::system_path(root_).c_str());
  }
  ConsoleTest(const ConsoleTest&) = delete;
  ConsoleTest& operator=(const ConsoleTest&) = delete;
  ConsoleTest(ConsoleTest&&) = delete;
  ConsoleTest& operator=(ConsoleTest&&) = delete;

  std::string at(const std::string& name) const { return root_ + "/" + name; }
  std::vector<std::string> names() const {
    return disk_.list(root_).value.value_or(std::vector<std::string>());
  }
  std::string contents(const std::string& name) const {
    return disk_.read(at(name), 1U << 20U).value.value_or("(none)");
  }

  SystemConsole console_;
  evidence::Disk disk_;
  std::string root_;
};

TEST_F(ConsoleTest, ReplacesAFileAsAWhole) {
  EXPECT_EQ(console_.replace_file(at("\u65E5.txt"), "a longer report\n"), "");
  EXPECT_EQ(contents("\u65E5.txt"), "a longer report\n");
  EXPECT_EQ(console_.replace_file(at("\u65E5.txt"), "new\r\n\n"), "");
  EXPECT_EQ(contents("\u65E5.txt"), "new\r\n\n");
  EXPECT_EQ(names(), std::vector<std::string>{"\u65E5.txt"});
}

TEST_F(ConsoleTest, LeavesTheOldFileWhereItCannotBeReplaced) {
  ASSERT_EQ(console_.replace_file(at("old.txt"), "old"), "");
  const std::wstring file = text::system_path(at("old.txt"));
  HANDLE held = ::CreateFileW(file.c_str(), GENERIC_READ, FILE_SHARE_READ,
                              nullptr, OPEN_EXISTING, 0, nullptr);
  ASSERT_NE(held, INVALID_HANDLE_VALUE);
  EXPECT_NE(console_.replace_file(at("old.txt"), "new"), "");
  ::CloseHandle(held);
  EXPECT_EQ(contents("old.txt"), "old");
  EXPECT_EQ(names(), std::vector<std::string>{"old.txt"});
}

TEST_F(ConsoleTest, SaysWhyAFileCannotBeWritten) {
  EXPECT_EQ(console_.replace_file(root_, "x"), "it is a folder");
  EXPECT_TRUE(
      console_.replace_file(at("nowhere/x.txt"), "x").ends_with("(error 3)"));
}

TEST_F(ConsoleTest, DevicesAreWrittenInPlace) {
  EXPECT_EQ(console_.replace_file("NUL", "x"), "");
}

TEST_F(ConsoleTest, TellsTheTime) {
  // 2026-01-01 to 2100-01-01: a wrong epoch is centuries off.
  EXPECT_GT(console_.now(), 1'767'225'600);
  EXPECT_LT(console_.now(), 4'102'444'800);
}

}  // namespace
}  // namespace iisdiag::cli
