// The whole program in this process: a call, and everything that came of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/run.hpp"
#include "evidence/file_system.hpp"

namespace iisdiag::test {

// What standard output is, and what goes wrong with it.
struct Terminal {
  bool is_terminal = false;
  bool err_is_terminal = false;
  std::int64_t milliseconds = 0;  // between two looks at the clock
  std::size_t width = 80;
  bool refuses_color = false;
  bool out_fails = false;
  // Why no report can be written to a file; empty: it can.
  std::string_view file_error = "";
  std::int64_t now = 1795341600;  // 2026-11-22T10:00:00Z
  // What stands on standard input where a password is read; nothing: no line.
  std::optional<std::u16string_view> password = std::nullopt;
  // What stands on standard input where text is read, and how much of it comes
  // at once; nothing: it cannot be read.
  std::optional<std::string_view> input = std::nullopt;
  std::size_t input_at_once = 1U << 16U;
  // Ctrl+C, once the program has looked for it so many times; nothing: never.
  std::optional<std::size_t> interrupt_after = std::nullopt;
  // The server that the program runs on; empty: not Windows.
  cli::LiveFactory live = {};
};

struct Outcome {
  int code = 0;
  std::string out;
  std::string err;
  std::map<std::string, std::string> reports;  // by the path they went to

  // Everything that left the program.
  std::string all() const;
};

Outcome call(const std::vector<std::string>& arguments,
             const evidence::FileSystem& files, const Terminal& terminal = {});
// Without any file.
Outcome call(const std::vector<std::string>& arguments,
             const Terminal& terminal = {});

// The whole text of tests/cli/golden/NAME.txt; fails where there is none.
std::string golden_text(const std::string& name);

// Puts the files below a folder of the disk into `files` under a name of our
// own: reports show it, and where this tree lies must not decide where a line
// breaks.
void copy_folder(const std::string& from, const std::string& to,
                 evidence::MemoryFiles& files);

}  // namespace iisdiag::test
