// The program itself, as a shell runs it: its streams, its exit code, and what
// goes wrong with them.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "cli/exit_code.hpp"
#include "support/program.hpp"

namespace iisdiag::cli {
namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class BinaryTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = fs::temp_directory_path() / "iisdiag-";
    pattern.append(6, 'X');  // as mkdtemp wants it
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  // `script` in the scratch folder; $P is the program, and what it leaves in
  // the files out and err is taken up.
  void shell(const std::string& script) {
    const std::string command = "cd '" + folder_.string() + "' && P='" +
                                IISDIAG_BINARY + "' && unset NO_COLOR && " +
                                script;
    const int status = std::system(command.c_str());
    code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    out_ = contents(folder_ / "out");
    err_ = contents(folder_ / "err");
  }

  void add(const std::string& name, const std::string& bytes) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }

  fs::path folder_;
  int code_ = -1;
  std::string out_;
  std::string err_;
};

TEST_F(BinaryTest, PrintsWhatTheTestsOfItsPartsSay) {
  const test::Outcome expected = test::call({"check", "--demo"});
  shell("\"$P\" check --demo >out 2>err");
  EXPECT_EQ(code_, kExitFailed);
  EXPECT_EQ(out_, expected.out);
  EXPECT_EQ(err_, "");
}

TEST_F(BinaryTest, ExitCodes) {
  shell("\"$P\" check --demo=healthy-builtin-iusr >out 2>err");
  EXPECT_EQ(code_, kExitOk);
  shell("\"$P\" check --demo=healthy-iis6 >out 2>err");
  EXPECT_EQ(code_, kExitIncomplete);
}

TEST_F(BinaryTest, ErrorsGoToStandardErrorOnly) {
  shell("\"$P\" check --fromat json >out 2>err");
  EXPECT_EQ(code_, kExitUsage);
  EXPECT_EQ(out_, "");
  EXPECT_EQ(err_,
            "iisdiag: unknown option --fromat, did you mean --format?\n"
            "iisdiag: run \"iisdiag check --help\" for the options.\n");
  shell("\"$P\" check D:web01 >out 2>err");
  EXPECT_EQ(code_, kExitNothing);
  EXPECT_EQ(out_, "");
  EXPECT_EQ(err_, "iisdiag: D:web01: no such file or folder\n");
}

TEST_F(BinaryTest, NeedsNoInputAndNoTerminal) {
  shell("\"$P\" check --demo=healthy-builtin-iusr <&- >out 2>err");
  EXPECT_EQ(code_, kExitOk);
  EXPECT_EQ(out_.find('\x1b'), std::string::npos);
  shell(
      "TERM=dumb COLUMNS=40 \"$P\" check --demo=healthy-builtin-iusr "
      "</dev/null >out 2>err");
  EXPECT_EQ(out_, test::call({"check", "--demo=healthy-builtin-iusr"}).out);
}

// The reader of the lines takes one and then sends what Ctrl+C sends; until it
// reads on, the program cannot get far.
TEST_F(BinaryTest, AnInterruptEndsARunOverManyServers) {
  std::string list;
  for (int i = 0; i < 5'000; ++i) {
    list += IISDIAG_SOURCE_DIR "/tests/scenarios/q253204/evidence\n";
  }
  add("list", list);
  for (const char* signal : {"INT", "TERM"}) {
    SCOPED_TRACE(signal);
    shell(std::string("rm -f lines && mkfifo lines && { ") +
          "\"$P\" check --each @list -f jsonl >lines 2>err & } && "
          "exec 3<lines && read -r first <&3 && kill -" +
          signal +
          " $! && { printf '%s\\n' \"$first\"; cat <&3; } >out; wait $!");
    EXPECT_EQ(code_, kExitInternal);
    EXPECT_TRUE(out_.starts_with("{\"schema\"")) << out_.substr(0, 40);
    EXPECT_TRUE(out_.ends_with("}\n"));
    const auto lines = std::count(out_.begin(), out_.end(), '\n');
    EXPECT_LT(lines, 5'000);
    EXPECT_EQ(err_, "iisdiag: stopped after " + std::to_string(lines) +
                        " of 5000 servers\n");
  }
}

TEST_F(BinaryTest, ColorOnRequestEvenIntoAFile) {
  shell("NO_COLOR=1 \"$P\" check --demo --color=always >out 2>err");
  EXPECT_NE(out_.find("\x1b[31m[FAIL]\x1b[0m"), std::string::npos);
  shell("NO_COLOR=1 \"$P\" check --demo >out 2>err");
  EXPECT_EQ(out_.find('\x1b'), std::string::npos);
}

TEST_F(BinaryTest, ExplainsTextFromAPipeAndAFile) {
  const std::string text = "System error 1331 has occurred.\n";
  const std::string explained =
      text +
      "  ^ 1331: error 1331, the account is disabled; check account-lookup\n";
  add("text", text);
  for (const std::string way :
       {"\"$P\" explain - <text", "cat text | \"$P\" explain -",
        "{ printf 'System '; sleep 0.1; printf 'error "
        "1331 has occurred.\\n'; } | \"$P\" explain -"}) {
    SCOPED_TRACE(way);
    shell(way + " >out 2>err");
    EXPECT_EQ(code_, kExitOk);
    EXPECT_EQ(out_, explained);
    EXPECT_EQ(err_, "");
  }
  shell("\"$P\" explain - <&- >out 2>err");
  EXPECT_EQ(code_, kExitNothing);
  EXPECT_EQ(err_, "iisdiag: standard input could not be read\n");
  // A negative number is no option.
  shell("\"$P\" explain -2147023569 >out 2>err");
  EXPECT_EQ(code_, kExitOk);
  EXPECT_TRUE(out_.starts_with("ERROR_ACCOUNT_RESTRICTION: ")) << out_;
}

TEST_F(BinaryTest, AFullDiskIsExit5) {
  for (const std::string call :
       {"check --demo=healthy-builtin-iusr", "check --demo -f json",
        "list findings", "explain 1326", "--help", "--version"}) {
    SCOPED_TRACE(call);
    shell("\"$P\" " + call + " >/dev/full 2>err");
    EXPECT_EQ(code_, kExitInternal);
    EXPECT_TRUE(err_.starts_with("iisdiag: ") && err_.ends_with("\n")) << err_;
  }
}

TEST_F(BinaryTest, AClosedOutputIsExit5) {
  shell("\"$P\" check --demo=healthy-builtin-iusr >&- 2>err");
  EXPECT_EQ(code_, kExitInternal);
  EXPECT_EQ(err_,
            "iisdiag: the report could not be written to standard output\n");
}

// The reader is gone before the program writes; the file is written all the
// same.
TEST_F(BinaryTest, AClosedPipeIsExit5) {
  shell(
      "{ sleep 0.3; \"$P\" check --demo -r json=report.json 2>err; "
      "echo $? >out; } | true");
  EXPECT_EQ(out_, "5\n");
  EXPECT_EQ(err_,
            "iisdiag: the report could not be written to standard output\n");
  EXPECT_TRUE(contents(folder_ / "report.json").starts_with("{"));
}

TEST_F(BinaryTest, AClosedStandardErrorIsNoHarm) {
  shell("\"$P\" check nothing-here 2>&- >out");
  EXPECT_EQ(code_, kExitNothing);
  EXPECT_EQ(out_, "");
  shell("\"$P\" check --demo=healthy-builtin-iusr 2>/dev/full >out");
  EXPECT_EQ(code_, kExitOk);
}

TEST_F(BinaryTest, ReportsGoToFiles) {
  add("old.json", "an older and much longer report\n");
  shell(
      "\"$P\" check --demo --quiet -r json=old.json -r text=new.txt >out "
      "2>err");
  EXPECT_EQ(code_, kExitFailed);
  EXPECT_EQ(err_, "");
  EXPECT_TRUE(contents(folder_ / "old.json").starts_with("{\n"));
  EXPECT_TRUE(contents(folder_ / "old.json").ends_with("\n}\n"));
  EXPECT_EQ(contents(folder_ / "new.txt"), out_);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 4)
      << "something was left behind";
}

TEST_F(BinaryTest, AReportThatCannotBeWrittenIsExit5AndLeavesTheOldOne) {
  add("folder/old.json", "old");
  shell(
      "\"$P\" check --demo -q -r json=nowhere/x.json -r json=folder "
      "-r json=/dev/full -r text=good.txt >out 2>err");
  EXPECT_EQ(code_, kExitInternal);
  EXPECT_EQ(err_,
            "iisdiag: nowhere/x.json: the report could not be written: No "
            "such file or directory\n"
            "iisdiag: folder: the report could not be written: it is a "
            "folder\n"
            "iisdiag: /dev/full: the report could not be written: No space "
            "left on device\n");
  EXPECT_EQ(contents(folder_ / "good.txt"), out_);
  EXPECT_EQ(contents(folder_ / "folder/old.json"), "old");
}

// A trailing slash, blanks, a dot: each is the same folder.
TEST_F(BinaryTest, EvidenceIsLookedForFromTheCurrentFolder) {
  const std::string rights =
      "[Unicode]\r\nUnicode=yes\r\n[Privilege Rights]\r\n"
      "SeNetworkLogonRight = *S-1-1-0\r\n[Version]\r\n"
      "signature=\"$CHICAGO$\"\r\nRevision=1\r\n";
  add("my case/deep/er/rights.inf", rights);
  for (const std::string path :
       {"'my case'", "'my case/'", "'./my case'",
        "'my case/deep/er/rights.inf'", "\"$PWD/my case\"", "."}) {
    SCOPED_TRACE(path);
    shell("\"$P\" check " + path + " >out 2>err");
    EXPECT_EQ(code_, kExitIncomplete) << err_;
    EXPECT_EQ(err_, "");
  }
  shell("cd 'my case/deep' && \"$P\" check er >../../out 2>../../err");
  EXPECT_EQ(code_, kExitIncomplete) << err_;
  shell("\"$P\" check 'my case/' >out 2>err");
  EXPECT_TRUE(out_.starts_with(
      "iisdiag 1.0.0   my case, from \"my case/\"   account not known\n"))
      << out_;
}

// It reads; it writes nothing that was not asked for.
TEST_F(BinaryTest, LeavesTheEvidenceAlone) {
  add("case/a.txt", "x");
  add("case/MetaBase.xml", "<configuration><MBProperty/></configuration>");
  const auto before = fs::last_write_time(folder_ / "case");
  shell("chmod -R a-w case && \"$P\" check case >out 2>err; chmod -R u+w case");
  EXPECT_EQ(fs::last_write_time(folder_ / "case"), before);
  EXPECT_EQ(contents(folder_ / "case/a.txt"), "x");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "case"), {}), 2);
}

TEST_F(BinaryTest, DevicesPipesAndLinkLoopsDoNotHang) {
  add("case/a.txt", "x");
  shell(
      "mkfifo case/pipe && ln -s . case/loop && ln -s nowhere case/dangling && "
      "timeout 20 \"$P\" check case >out 2>err");
  EXPECT_EQ(code_, kExitNothing);
  EXPECT_EQ(err_,
            "iisdiag: dangling: a link that leads nowhere\n"
            "iisdiag: case: 1 file read, it is no evidence that iisdiag "
            "knows\n"
            "iisdiag: run \"iisdiag list evidence\" for what it can read.\n");
  shell("timeout 20 \"$P\" check case/pipe /dev/zero >out 2>err");
  EXPECT_EQ(code_, kExitNothing);
  EXPECT_TRUE(err_.starts_with(
      "iisdiag: case/pipe: neither a file nor a folder: not opened\n"
      "iisdiag: /dev/zero: neither a file nor a folder: not opened\n"))
      << err_;
}

}  // namespace
}  // namespace iisdiag::cli
