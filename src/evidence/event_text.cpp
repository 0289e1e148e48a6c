// Event logs as `wevtutil qe LOG /f:text` prints them (FORMATS.md 8.6).
#include <array>
#include <optional>

#include "evidence/event_time.hpp"
#include "evidence/format.hpp"
#include "evidence/text_events.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

// The number in `Event[12]:`; newer ones have no colon.
std::optional<std::uint64_t> number_of_heading(std::string_view line) {
  if (!text::consume(line, "Event[")) {
    return std::nullopt;
  }
  const std::size_t end = line.find(']');
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view behind = text::trim(line.substr(end + 1));
  const auto number = text::to_integer(line.substr(0, end));
  return (behind.empty() || behind == ":") && number && *number >= 0
             ? std::optional(static_cast<std::uint64_t>(*number))
             : std::nullopt;
}

bool is_event_text(const Document& document) {
  bool is_behind_heading = false;
  for (const Line& line : document.first_lines()) {
    if (text::trim(line.text).empty()) {
      continue;
    }
    if (is_behind_heading) {
      return line.text.find(':') != std::string_view::npos;
    }
    if (!number_of_heading(line.text)) {
      return false;
    }
    is_behind_heading = true;
  }
  return false;
}

// Labels are in the language of the server, and always these.
enum Field : std::size_t {
  kLog,
  kSource,
  kDate,
  kId,
  kTask,
  kLevel,
  kOpcode,
  kKeyword,
  kUser,
  kUserName,
  kComputer,
  kDescription,
  kFields
};

class EventTextReader {
 public:
  EventTextReader(const Document& document, FileFacts& facts)
      : document_(document), facts_(facts) {}

  void run() {
    LineReader lines(document_);
    Line line;
    while (lines.next(line)) {
      if (const auto number = number_of_heading(line.text)) {
        end_event();
        begin_event(*number, line);
      } else if (count_ == kFields) {
        // Half a line is none: what stands on it may be half a value.
        if (line.ended) {
          message_ = {message_.data(), static_cast<std::size_t>(
                                           line.text.data() + line.text.size() -
                                           message_.data())};
        }
      } else if (has_event_ && !text::trim(line.text).empty()) {
        add_field(line);
      }
    }
    end_event();
    if (!log_) {
      log_.emplace(false);
    }
    log_->finish(document_, facts_);
  }

 private:
  void begin_event(std::uint64_t number, const Line& line) {
    is_in_order_ = number == next_number_;
    next_number_ = number + 1;
    heading_ = line;
    has_event_ = true;
    count_ = 0;
  }

  void add_field(const Line& line) {
    const std::size_t colon = line.text.find(':');
    if (colon == std::string_view::npos) {
      return;  // a label that the terminal broke
    }
    fields_[count_++] = text::trim(line.text.substr(colon + 1));
    message_ = line.text.substr(line.text.size());
  }

  void end_event() {
    if (!has_event_) {
      return;
    }
    has_event_ = false;
    TextEvent event;
    const auto time = event_time(count_ > kDate ? fields_[kDate] : "");
    const auto id = text::to_integer(count_ > kId ? fields_[kId] : "");
    if (!log_) {
      log_.emplace(!time || !time->is_utc);
      is_utc_ = time && time->is_utc;
    }
    if (!is_in_order_) {
      log_->cut("events are missing in front of this one", heading_);
    }
    const bool is_whole = count_ == kFields;
    count_ = 0;
    if (!is_whole || !time || time->is_utc != is_utc_ || !id || *id < 0) {
      log_->damage(heading_);
      return;
    }
    event.line = heading_.number;
    event.log = fields_[kLog];
    event.source = fields_[kSource];
    event.id = static_cast<std::uint32_t>(*id & 0xFFFF);
    event.computer = fields_[kComputer];
    event.time = time->clock;
    event.has_time = true;
    event.message = message_;
    log_->add(event);
  }

  const Document& document_;
  FileFacts& facts_;
  std::optional<TextEvents> log_;
  bool is_utc_ = false;
  std::uint64_t next_number_ = 0;
  // The event that is being read.
  bool has_event_ = false;
  bool is_in_order_ = true;
  Line heading_;
  std::array<std::string_view, kFields> fields_;
  std::size_t count_ = 0;  // of its fields that were read
  std::string_view message_;
};

void read_event_text(const Document& document, FileFacts& facts) {
  EventTextReader(document, facts).run();
}

}  // namespace

const Format kEventText{"event-text", "event log as text (wevtutil)",
                        "wevtutil qe System /f:text > system.txt",
                        is_event_text, read_event_text};

}  // namespace iisdiag::evidence
