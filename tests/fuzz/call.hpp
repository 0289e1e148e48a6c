// The whole program in this process, without a disk and a terminal.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/file_system.hpp"

namespace iisdiag::fuzz {

struct Terminal {
  bool is_terminal = false;
  std::size_t width = 80;
  std::string_view input;  // standard input
  std::size_t input_at_once = 1;
};

struct Outcome {
  int code = 0;
  std::string out;
  std::string err;
  std::map<std::string, std::string> files;  // that were written
};

Outcome call(const std::vector<std::string>& arguments,
             const evidence::FileSystem& files, const Terminal& terminal);

// What holds of any text that leaves the program: UTF-8 in which nothing but
// line ends moves a cursor, and nothing is invisible. `also` may stand in it
// as well.
void expect_clean(std::string_view what, std::string_view text,
                  std::string_view also = "");

// Standard error: lines that say whose they are.
void expect_clean_errors(std::string_view err);

}  // namespace iisdiag::fuzz
