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

// What a program before the pipe has written.
std::optional<text::Secret> piped(std::string_view bytes) {
  HANDLE from = nullptr;
  HANDLE to = nullptr;
  EXPECT_NE(::CreatePipe(&from, &to, nullptr, 1U << 16U), 0);
  DWORD count = 0;
  ::WriteFile(to, bytes.data(), static_cast<DWORD>(bytes.size()), &count,
              nullptr);
  ::CloseHandle(to);
  HANDLE before = ::GetStdHandle(STD_INPUT_HANDLE);
  ::SetStdHandle(STD_INPUT_HANDLE, from);
  auto secret = SystemConsole().read_password();
  ::SetStdHandle(STD_INPUT_HANDLE, before);
  ::CloseHandle(from);
  return secret;
}

bool is(const std::optional<text::Secret>& secret, std::u16string_view text) {
  return secret && *secret == text::Secret(text);
}

TEST(PasswordTest, OneLine) {
  EXPECT_TRUE(is(piped("pass word\n"), u"pass word"));
  EXPECT_TRUE(is(piped("pass\r\n"), u"pass"));
  EXPECT_TRUE(is(piped("pass"), u"pass"));
  EXPECT_TRUE(is(piped("first\nsecond\n"), u"first"));
  EXPECT_TRUE(is(piped("\n"), u""));
  EXPECT_FALSE(piped(""));
}

TEST(PasswordTest, Utf8) {
  EXPECT_TRUE(is(piped("p\xC3\xA4ss\n"), u"p\u00E4ss"));
  EXPECT_TRUE(is(piped("\xEF\xBB\xBFpass\n"), u"pass"));
}

// A longer one is no password, and its beginning is another one.
TEST(PasswordTest, TooLong) {
  EXPECT_TRUE(
      is(piped(std::string(256, 'p') + "\n"), std::u16string(256, u'p')));
  EXPECT_FALSE(piped(std::string(600, 'p') + "\n"));
  EXPECT_FALSE(piped(std::string(5000, 'p') + "\n"));
}

TEST(PasswordTest, NoStandardInput) {
  HANDLE before = ::GetStdHandle(STD_INPUT_HANDLE);
  ::SetStdHandle(STD_INPUT_HANDLE, nullptr);
  EXPECT_FALSE(SystemConsole().read_password());
  ::SetStdHandle(STD_INPUT_HANDLE, before);
}

TEST_F(ConsoleTest, TellsTheTime) {
  // 2026-01-01 to 2100-01-01: a wrong epoch is centuries off.
  EXPECT_GT(console_.now(), 1'767'225'600);
  EXPECT_LT(console_.now(), 4'102'444'800);
}

}  // namespace
}  // namespace iisdiag::cli
