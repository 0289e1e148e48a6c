#include "support/program.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <iterator>

#include "cli/console.hpp"

namespace iisdiag::test {
namespace {

class MemoryConsole final : public cli::Console {
 public:
  MemoryConsole(const Terminal& terminal, Outcome& outcome)
      : terminal_(terminal), outcome_(outcome) {}

  bool out(std::string_view text) override {
    outcome_.out += text;
    return !terminal_.out_fails;
  }
  void err(std::string_view text) override { outcome_.err += text; }
  bool out_is_terminal() const override { return terminal_.is_terminal; }
  bool err_is_terminal() const override { return terminal_.err_is_terminal; }
  // Each look at the clock takes as long.
  std::int64_t milliseconds() const override {
    return clock_ += terminal_.milliseconds;
  }
  std::size_t width() const override { return terminal_.width; }
  bool refuses_color() const override { return terminal_.refuses_color; }
  std::int64_t now() const override { return terminal_.now; }
  std::optional<text::Secret> read_password() override {
    if (!terminal_.password) {
      return std::nullopt;
    }
    return text::Secret(*terminal_.password);
  }
  std::optional<std::string> read_input() override {
    if (!terminal_.input) {
      return std::nullopt;
    }
    const auto piece = terminal_.input->substr(read_, terminal_.input_at_once);
    read_ += piece.size();
    return std::string(piece);
  }
  std::string replace_file(const std::string& path,
                           const Produce& produce) override {
    std::string bytes;
    produce([&](std::string_view piece) { bytes += piece; });
    if (terminal_.file_error.empty()) {
      outcome_.reports[path] = bytes;
    }
    return std::string(terminal_.file_error);
  }
  bool is_interrupted() const override {
    return terminal_.interrupt_after && looks_++ >= *terminal_.interrupt_after;
  }

 private:
  const Terminal& terminal_;
  mutable std::int64_t clock_ = 0;
  mutable std::atomic<std::size_t> looks_ = 0;
  std::size_t read_ = 0;  // of the input
  Outcome& outcome_;
};

}  // namespace

std::string Outcome::all() const {
  std::string text = out + err;
  for (const auto& [path, bytes] : reports) {
    text += bytes;
  }
  return text;
}

Outcome call(const std::vector<std::string>& arguments,
             const evidence::FileSystem& files, const Terminal& terminal) {
  Outcome outcome;
  MemoryConsole console(terminal, outcome);
  outcome.code = cli::run(arguments, console, files, terminal.live);
  return outcome;
}

Outcome call(const std::vector<std::string>& arguments,
             const Terminal& terminal) {
  return call(arguments, evidence::MemoryFiles(), terminal);
}

std::string golden_text(const std::string& name) {
  std::ifstream file(IISDIAG_SOURCE_DIR "/tests/cli/golden/" + name + ".txt",
                     std::ios::binary);
  EXPECT_TRUE(file.is_open()) << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

void copy_folder(const std::string& from, const std::string& to,
                 evidence::MemoryFiles& files) {
  constexpr std::uint64_t kMost = 1U << 24U;
  const evidence::Disk disk;
  const auto names = disk.list(from);
  ASSERT_TRUE(names.value) << from << ": " << names.error;
  for (const std::string& name : *names.value) {
    const std::string path = from + "/" + name;
    if (disk.status(path).kind == evidence::FileSystem::Kind::kFolder) {
      copy_folder(path, to + "/" + name, files);
    } else {
      const auto bytes = disk.read(path, kMost);
      ASSERT_TRUE(bytes.value) << path << ": " << bytes.error;
      files.add(to + "/" + name, *bytes.value);
    }
  }
}

}  // namespace iisdiag::test
