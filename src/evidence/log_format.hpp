// Logs: evidence of any size, read as bytes in one pass from front to back.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "evidence/file_facts.hpp"

namespace iisdiag::evidence {

// Reads one log. It is fed the log from its start in pieces of any length, and
// may work on a piece with several threads; what it finds is the same for any
// number of them and any cut into pieces. Takes any bytes, never throws for
// what they hold, and keeps no more than a bounded number of groups of records.
class LogReader {
 public:
  LogReader() = default;
  LogReader(const LogReader&) = delete;
  LogReader& operator=(const LogReader&) = delete;
  LogReader(LogReader&&) = delete;
  LogReader& operator=(LogReader&&) = delete;
  virtual ~LogReader() = default;

  // Takes the next bytes and answers how many of them it is done with; the
  // rest comes again in front of the next piece. With `is_last` everything is
  // taken. Precondition: a piece that is not the last is longer than what the
  // call before left over, and at least kLeastPiece bytes.
  virtual std::size_t read(std::string_view bytes, bool is_last) = 0;
  // After the last piece.
  virtual void finish(FileFacts& facts) = 0;

  // No reader leaves more than this over.
  static constexpr std::size_t kLeastPiece = 2U << 20U;
};

// The file that a log came in.
struct LogFile {
  std::string name;  // as the report shows it
  // Where it lies: its last name can tell the site ("W3SVC1", "MSFTPSVC2").
  std::string folder;
  // When the file was written last is not looked at: copies lose it.
};

struct LogFormat {
  std::string_view id;     // "evtx"
  std::string_view title;  // "event log of Windows Vista and later (evtx)"
  // How an administrator captures it, one line.
  std::string_view capture;
  // By the first kLogStart bytes, or all of a file that is shorter.
  bool (*recognises)(std::string_view start) = nullptr;
  std::unique_ptr<LogReader> (*open)(const LogFile& file) = nullptr;
  // The reader needs all bytes in one piece: the ring of an .evt file.
  bool needs_whole = false;
};

inline constexpr std::size_t kLogStart = 65536;

// Each in its own file.
#define IISDIAG_LOG_FORMAT(name) extern const LogFormat name;
#include "evidence/log_formats.def"
#undef IISDIAG_LOG_FORMAT

// In the order in which they are asked: log_formats.def.
std::span<const LogFormat* const> all_log_formats();

// Nothing where the bytes begin no log.
const LogFormat* recognise_log(std::string_view start);

}  // namespace iisdiag::evidence
