// The codes in text that holds other things as well: a pasted event, a row of
// a web log. An ordinary number is none: what stands before it, or the way in
// which it is written, has to say that it is a code.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/code_reading.hpp"

namespace iisdiag::cli {

struct Note {
  std::string code;  // as the text has it
  knowledge::Reading reading;
};

// Where a row of a W3C log has what counts here.
struct LogColumns {
  std::size_t count = 0;
  std::optional<std::size_t> status;
  std::optional<std::size_t> sub;
  std::optional<std::size_t> win32;
};

class Annotator {
 public:
  // The codes of the next line, each once, in their order.
  std::vector<Note> notes(std::string_view line);

 private:
  void remember(std::string_view line);
  bool is_log_row(std::string_view line) const;

  // The source that an event named, and how many lines ago.
  std::string source_;
  std::size_t source_age_ = 0;
  // Of the log whose #Fields line was seen.
  std::optional<LogColumns> columns_;
};

}  // namespace iisdiag::cli
