// What is told while large files are read.
#include "cli/progress.hpp"

#include <gtest/gtest.h>

#include <string>

namespace iisdiag::cli {
namespace {

class Clocked final : public Console {
 public:
  bool out(std::string_view /*text*/) override { return true; }
  void err(std::string_view text) override { written += text; }
  bool out_is_terminal() const override { return false; }
  bool err_is_terminal() const override { return is_terminal; }
  std::size_t width() const override { return cells; }
  bool refuses_color() const override { return false; }
  std::int64_t now() const override { return 0; }
  std::int64_t milliseconds() const override { return time; }
  std::optional<text::Secret> read_password() override { return std::nullopt; }
  std::optional<std::string> read_input() override { return std::nullopt; }
  std::string replace_file(const std::string& /*path*/,
                           const Produce& /*produce*/) override {
    return {};
  }

  bool is_terminal = true;
  std::size_t cells = 80;
  std::int64_t time = 5'000;
  std::string written;
};

constexpr std::uint64_t kMega = 1'000'000;

TEST(ProgressLineTest, NothingInTheFirstSecondAndNothingInAPipe) {
  Clocked console;
  {
    ProgressLine line(console);
    console.time += 999;
    line.at("a.log", 10 * kMega, 100 * kMega);
  }
  EXPECT_EQ(console.written, "");
  console.is_terminal = false;
  {
    ProgressLine line(console);
    console.time += 60'000;
    line.at("a.log", 10 * kMega, 100 * kMega);
  }
  EXPECT_EQ(console.written, "");
}

TEST(ProgressLineTest, OneLineThatIsTakenAwayInTheEnd) {
  Clocked console;
  {
    ProgressLine line(console);
    console.time += 1'000;
    line.at("a.log", 500 * kMega, 1'000 * kMega);
    console.time += 199;  // too soon
    line.at("a.log", 600 * kMega, 1'000 * kMega);
    console.time += 801;
    line.at("a.log", 1'000 * kMega, 1'000 * kMega);
    console.time += 2'000;
    line.at("b.gz", 600 * kMega, 0);
  }
  EXPECT_EQ(console.written,
            "\riisdiag: reading a.log  50 %, 500 MB/s"
            "\riisdiag: reading a.log  100 %, 500 MB/s"
            "\riisdiag: reading b.gz  600 MB, 400 MB/s"
            "\r                                       \r");
}

TEST(ProgressLineTest, ALongNameLosesItsStart) {
  Clocked console;
  console.cells = 60;
  {
    ProgressLine line(console);
    console.time += 1'000;
    line.at("logs/W3SVC1/a-folder-with-a-long-name/u_ex261120.log", kMega,
            2 * kMega);
    EXPECT_EQ(console.written,
              "\riisdiag: reading ...-long-name/u_ex261120.log  50 %, 1 "
              "MB/s");
    EXPECT_EQ(console.written.size(), 60U);
  }
  console.written.clear();
  console.cells = 20;
  ProgressLine line(console);
  console.time += 1'000;
  line.at("u\x1B[2J.log", kMega, 2 * kMega);
  EXPECT_EQ(console.written, "\riisdiag: reading   50 %, 1 MB/s");
}

}  // namespace
}  // namespace iisdiag::cli
