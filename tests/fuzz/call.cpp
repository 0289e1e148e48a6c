#include "fuzz/call.hpp"

#include <algorithm>
#include <optional>

#include "cli/console.hpp"
#include "cli/run.hpp"
#include "fuzz/target.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::fuzz {
namespace {

class MemoryConsole final : public cli::Console {
 public:
  MemoryConsole(const Terminal& terminal, Outcome& outcome)
      : terminal_(terminal), left_(terminal.input), outcome_(outcome) {}

  bool out(std::string_view text) override {
    outcome_.out += text;
    return true;
  }
  void err(std::string_view text) override { outcome_.err += text; }
  bool out_is_terminal() const override { return terminal_.is_terminal; }
  bool err_is_terminal() const override { return false; }
  std::size_t width() const override { return terminal_.width; }
  bool refuses_color() const override { return false; }
  std::int64_t now() const override { return kNow; }
  std::int64_t milliseconds() const override { return 0; }
  std::optional<text::Secret> read_password() override { return std::nullopt; }
  std::optional<std::string> read_input() override {
    const auto piece = left_.substr(0, terminal_.input_at_once);
    left_.remove_prefix(piece.size());
    return std::string(piece);
  }
  std::string replace_file(const std::string& path,
                           const Produce& produce) override {
    std::string& bytes = outcome_.files[path];
    bytes.clear();
    produce([&](std::string_view piece) { bytes += piece; });
    return {};
  }

 private:
  static constexpr std::int64_t kNow = 1795341600;  // 2026-11-22T10:00:00Z

  const Terminal& terminal_;
  std::string_view left_;
  Outcome& outcome_;
};

}  // namespace

Outcome call(const std::vector<std::string>& arguments,
             const evidence::FileSystem& files, const Terminal& terminal) {
  Outcome outcome;
  MemoryConsole console(terminal, outcome);
  outcome.code = cli::run(arguments, console, files);
  // 5: an exception came out of somewhere, or output could not be written.
  expect(outcome.code >= 0 && outcome.code <= 4,
         "the program knows how it ended", outcome.err);
  return outcome;
}

void expect_clean(std::string_view what, std::string_view text,
                  std::string_view also) {
  std::string rest(text);
  std::erase_if(rest, [&](char letter) {
    return letter == '\n' || also.find(letter) != std::string_view::npos;
  });
  const std::string shown = text::printable(rest);
  if (shown != rest) {
    const auto differ =
        std::mismatch(rest.begin(), rest.end(), shown.begin(), shown.end());
    fail(std::string(what) + " holds nothing that a terminal obeys",
         std::string(differ.second, shown.end()));
  }
}

void expect_clean_errors(std::string_view err) {
  expect_clean("standard error", err);
  for (const std::string_view line : text::split(err, '\n')) {
    expect(line.empty() || line.starts_with("iisdiag: "),
           "a line of standard error says whose it is", line);
  }
}

}  // namespace iisdiag::fuzz
