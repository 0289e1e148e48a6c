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

// The same for a run over many servers: how many are done, and how fast.
class ServerProgress {
 public:
  ServerProgress(Console& console, std::size_t count, bool is_wanted);
  ServerProgress(const ServerProgress&) = delete;
  ServerProgress& operator=(const ServerProgress&) = delete;
  ServerProgress(ServerProgress&&) = delete;
  ServerProgress& operator=(ServerProgress&&) = delete;
  // Takes the line away.
  ~ServerProgress();

  void at(std::size_t done);

 private:
  Console& console_;
  std::size_t count_;
  bool is_wanted_;
  std::int64_t start_ = 0;
  std::int64_t drawn_ = 0;
  std::size_t cells_ = 0;  // of the line that is shown
};

}  // namespace iisdiag::cli
