// Tells on standard error how far the reading of large files has come.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cli/console.hpp"
#include "evidence/progress.hpp"

namespace iisdiag::cli {

// One line, written again and again: the file, how much of it and how fast.
// Nothing where standard error is no terminal, and in the first second.
class ProgressLine final : public evidence::Progress {
 public:
  explicit ProgressLine(Console& console);
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ProgressLine(ProgressLine&&) = delete;
  ProgressLine& operator=(ProgressLine&&) = delete;
  // Takes the line away.
  ~ProgressLine() override;

  void at(std::string_view file, std::uint64_t done,
          std::uint64_t size) override;

 private:
  Console& console_;
  bool is_wanted_;
  std::int64_t start_ = 0;
  std::int64_t drawn_ = 0;
  std::size_t cells_ = 0;     // of the line that is shown
  std::uint64_t before_ = 0;  // bytes of the files before
  std::string file_;
  std::uint64_t done_ = 0;
};

}  // namespace iisdiag::cli
