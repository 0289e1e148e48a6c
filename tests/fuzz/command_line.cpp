// Text for `explain`, and command lines.
#include <string>
#include <string_view>
#include <vector>

#include "cli/demos.hpp"
#include "fuzz/call.hpp"
#include "fuzz/target.hpp"
#include "text/strings.hpp"

namespace iisdiag::fuzz {
namespace {

std::vector<std::string> words_of(std::string_view lines) {
  std::vector<std::string> words;
  for (const std::string_view line : text::split(lines, '\n')) {
    // No system hands over more of a word.
    words.emplace_back(line.substr(0, line.find('\0')));
  }
  return words;
}

}  // namespace

// The first byte says whether the rest is standard input, and how much of it
// comes at once, or codes, a line each.
void fuzz_explain(std::string_view /*id*/, std::string_view bytes) {
  if (bytes.empty()) {
    return;
  }
  const std::size_t how = static_cast<unsigned char>(bytes.front());
  bytes.remove_prefix(1);
  const evidence::MemoryFiles none;
  if (how == 0) {
    std::vector<std::string> arguments = {"explain", "--"};
    for (std::string& word : words_of(bytes)) {
      if (word != "-") {
        arguments.push_back(std::move(word));
      }
    }
    const Outcome outcome = call(arguments, none, {});
    expect_clean("the explanation", outcome.out);
    expect_clean_errors(outcome.err);
    return;
  }
  constexpr std::size_t kAtOnce = 97;  // times 1 to 255
  const Outcome outcome = call(
      {"explain", "-"}, none, {.input = bytes, .input_at_once = how * kAtOnce});
  expect_clean("the explained text", outcome.out, "\t");
  expect_clean_errors(outcome.err);
}

void fuzz_arguments(std::string_view /*id*/, std::string_view bytes) {
  static evidence::MemoryFiles files;
  static const bool is_filled = [] {
    for (const auto& file : cli::demo_files(cli::all_demos().front().name)) {
      files.add("evidence/" + file.path, file.bytes);
    }
    return true;
  }();
  expect(is_filled, "there is a demo", "");
  const Outcome outcome =
      call(words_of(bytes), files, {.input = "1326\n", .input_at_once = 5});
  // A script for Windows has its line ends, a coloured report its colours.
  expect_clean("standard output", outcome.out, "\r\t\x1b");
  expect_clean_errors(outcome.err);
}

}  // namespace iisdiag::fuzz
