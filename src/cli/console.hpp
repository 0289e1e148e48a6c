// The door to the terminal and to the files that a report is written to.
// Everything behind it is tested with a twin in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "text/secret.hpp"

namespace iisdiag::cli {

class Console {
 public:
  Console() = default;
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;
  Console(Console&&) = delete;
  Console& operator=(Console&&) = delete;
  virtual ~Console() = default;

  // Standard output; false where it could not be written.
  virtual bool out(std::string_view text) = 0;
  // Standard error.
  virtual void err(std::string_view text) = 0;
  virtual bool out_is_terminal() const = 0;
  virtual bool err_is_terminal() const = 0;
  // Cells of a line of the terminal; 80 where there is none.
  virtual std::size_t width() const = 0;
  // The environment asks for no colour (NO_COLOR set and not empty, or a
  // terminal that knows none).
  virtual bool refuses_color() const = 0;
  // Seconds since 1970-01-01 UTC.
  virtual std::int64_t now() const = 0;
  // Of a clock that is never set back, from some start.
  virtual std::int64_t milliseconds() const = 0;
  // One line of standard input, not shown while it is typed at a terminal.
  // Nothing where there is none, or where it is longer than a password can be.
  virtual std::optional<text::Secret> read_password() = 0;
  // The next bytes of standard input, as soon as there are some: UTF-8 from a
  // terminal, else whatever a file or another program holds. Empty at the end;
  // nothing where it cannot be read.
  virtual std::optional<std::string> read_input() = 0;
  // Takes what is to be written, piece by piece.
  using Write = std::function<void(std::string_view piece)>;
  using Produce = std::function<void(const Write& write)>;
  // Puts what `produce` writes in the place of the file, whole or not at all.
  // An error in words, or nothing.
  virtual std::string replace_file(const std::string& path,
                                   const Produce& produce) = 0;
  std::string replace_file(const std::string& path, std::string_view bytes) {
    return replace_file(path, [&](const Write& write) { write(bytes); });
  }
  // From here on the first Ctrl+C (or SIGTERM) only makes is_interrupted()
  // true; a second one ends the program.
  virtual void expect_interrupt() {}
  virtual bool is_interrupted() const { return false; }
};

// The terminal that this process was started from.
class SystemConsole final : public Console {
 public:
  bool out(std::string_view text) override;
  void err(std::string_view text) override;
  bool out_is_terminal() const override;
  bool err_is_terminal() const override;
  std::size_t width() const override;
  bool refuses_color() const override;
  std::int64_t now() const override;
  std::int64_t milliseconds() const override;
  std::optional<text::Secret> read_password() override;
  std::optional<std::string> read_input() override;
  using Console::replace_file;
  std::string replace_file(const std::string& path,
                           const Produce& produce) override;
  void expect_interrupt() override;
  bool is_interrupted() const override;
};

}  // namespace iisdiag::cli
