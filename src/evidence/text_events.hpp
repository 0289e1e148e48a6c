// Event logs that were written down as text: what is the same for each way to
// lay them out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "evidence/document.hpp"
#include "evidence/event_log.hpp"
#include "evidence/event_texts.hpp"
#include "evidence/file_facts.hpp"

namespace iisdiag::evidence {

// Lines one after the other, numbered as in split_lines(), without memory for
// all of them.
class LineReader {
 public:
  explicit LineReader(const Document& document)
      : rest_(document.text()), number_(document.first_line()) {}
  // False at the end; `line` is left alone then.
  bool next(Line& line);

 private:
  std::string_view rest_;
  std::uint64_t number_;
};

struct TextEvent {
  std::uint64_t line = 0;
  std::string_view log;  // empty where it is not told
  std::string_view source;
  std::uint32_t id = 0;
  std::string_view computer;
  facts::ClockSeconds time = 0;
  bool has_time = false;
  std::string_view message;
  std::string_view binary;  // as bytes
};

class TextEvents {
 public:
  explicit TextEvents(bool is_local) : is_local_(is_local) {
    log_.set_style(true, is_local);
  }

  // An event whose message cannot be understood counts as damaged. `event`
  // need not outlive the call.
  void add(const TextEvent& event);
  // An event that is there and cannot be read.
  void damage(const Line& line);
  // The log goes on where this text does not; `why` is told.
  void cut(std::string_view why, const Line& line);

  void finish(const Document& document, FileFacts& facts);

 private:
  EventLogPart log_;
  EventTexts strings_;
  bool is_local_;
  std::uint64_t damaged_ = 0;
  std::uint64_t first_damage_ = 0;
  std::string cut_;  // why
  std::uint64_t cut_line_ = 0;
};

}  // namespace iisdiag::evidence
