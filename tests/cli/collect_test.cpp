// `collect --script`: which script is printed, and that what it writes is read.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "cli/exit_code.hpp"
#include "evidence/file_system.hpp"
#include "support/program.hpp"

namespace iisdiag::cli {
namespace {

using test::call;
using test::Outcome;

constexpr std::string_view kAboutNew =
    "iisdiag: a script for Windows Vista, Server 2008 and later; for NT 4.0 to "
    "2003 add --windows 2003\n";
constexpr std::string_view kAboutOld =
    "iisdiag: a script for Windows NT 4.0, 2000, XP and 2003; for Vista, "
    "Server 2008 and later leave --windows out\n";

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.is_open()) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

// A script as it lies in the source, with the line ends of Windows.
std::string script(const std::string& name) {
  std::string result;
  for (const char c :
       file_text(IISDIAG_SOURCE_DIR "/src/cli/collect/" + name + ".cmd")) {
    result += c == '\n' ? "\r\n" : std::string(1, c);
  }
  return result;
}

TEST(CollectTest, PrintsTheScriptOfTheNewSystems) {
  const Outcome outcome = call({"collect", "--script"});
  EXPECT_EQ(outcome.code, kExitOk);
  EXPECT_EQ(outcome.out, script("collect-2008"));
  EXPECT_EQ(outcome.err, kAboutNew);
}

TEST(CollectTest, EveryWindowsHasItsScript) {
  for (const char* windows : {"nt4", "2000", "xp", "2003"}) {
    const Outcome outcome = call({"collect", "--script", "--windows", windows});
    EXPECT_EQ(outcome.code, kExitOk) << windows;
    EXPECT_EQ(outcome.out, script("collect-nt4")) << windows;
    EXPECT_EQ(outcome.err, kAboutOld) << windows;
  }
  for (const char* windows :
       {"vista", "2008", "7", "2008r2", "8", "2012", "8.1", "2012r2", "10",
        "2016", "2019", "2022", "11", "2025"}) {
    const Outcome outcome = call({"collect", "--windows", windows, "--script"});
    EXPECT_EQ(outcome.code, kExitOk) << windows;
    EXPECT_EQ(outcome.out, script("collect-2008")) << windows;
    EXPECT_EQ(outcome.err, kAboutNew) << windows;
  }
}

// A redirection of PowerShell would make UTF-16 of it, which cmd.exe cannot
// run.
TEST(CollectTest, WritesTheScriptToAFile) {
  const Outcome outcome = call({"collect", "--script", "-o", "collect.cmd"});
  EXPECT_EQ(outcome.code, kExitOk);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, kAboutNew);
  ASSERT_EQ(outcome.reports.size(), 1U);
  EXPECT_EQ(outcome.reports.at("collect.cmd"), script("collect-2008"));
}

TEST(CollectTest, AFileThatCannotBeWritten) {
  const Outcome outcome = call({"collect", "--script", "-o", "collect.cmd"},
                               {.file_error = "no space left"});
  EXPECT_EQ(outcome.code, kExitInternal);
  EXPECT_EQ(outcome.err, std::string(kAboutNew) +
                             "iisdiag: collect.cmd: the script could not be "
                             "written: no space left\n");
  const Outcome closed = call({"collect", "--script"}, {.out_fails = true});
  EXPECT_EQ(closed.code, kExitInternal);
}

TEST(CollectTest, NothingIsCollectedHere) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"collect"},
        std::vector<std::string>{"collect", "-o", "folder"}}) {
    const Outcome outcome = call(arguments);
    EXPECT_EQ(outcome.code, kExitNothing);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err,
              "iisdiag: nothing to collect: this is not Windows\n"
              "iisdiag: \"iisdiag collect --script\" prints a script for the "
              "server.\n");
    EXPECT_TRUE(outcome.reports.empty());
  }
}

// A folder as each script writes it (tests/scripts/collect_wine.sh), and the
// whole report.
TEST(CollectTest, WhatTheScriptsWriteIsRead) {
  for (const std::string name :
       {"collected-2019", "collected-2000", "collected-2003"}) {
    evidence::MemoryFiles files;
    test::copy_folder(
        IISDIAG_SOURCE_DIR "/tests/scenarios/" + name + "/evidence", "FOLDER",
        files);
    const Outcome outcome = call({"check", "FOLDER"}, files);
    EXPECT_EQ(outcome.code, kExitFailed) << name;
    EXPECT_EQ(outcome.err, "") << name;
    EXPECT_EQ(outcome.out, test::golden_text(name));
  }
}

}  // namespace
}  // namespace iisdiag::cli
