#include "evidence/text_events.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/event_message.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {

bool LineReader::next(Line& line) {
  if (rest_.empty()) {
    return false;
  }
  const std::size_t end = rest_.find_first_of("\r\n");
  line = {number_++, rest_.substr(0, end), end != std::string_view::npos};
  rest_.remove_prefix(std::min(end, rest_.size()));
  text::consume(rest_, "\r\r\n") || text::consume(rest_, "\r\n") ||
      text::consume(rest_, "\n") || text::consume(rest_, "\r");
  return true;
}

void TextEvents::add(const TextEvent& event) {
  const LogMark mark =
      event.log.empty() ? mark_of_source(event.source) : mark_of_log(event.log);
  // Without times the last one counts as the newest.
  if (log_.count(event.has_time ? event.time : 0, mark) || !event.has_time) {
    log_.set_computer(event.computer);
  }
  const EventSource source = event_source(event.source);
  EventView view;
  view.id = event.id & 0xFFFFU;
  view.meaning = find_event(source, view.id);
  if (view.meaning == nullptr) {
    return;
  }
  if (!read_event_message(source, view.id, event.message, strings_)) {
    damage({event.line, {}, true});
    return;
  }
  view.writer = event.source;
  view.has_time = event.has_time && EventLogPart::is_sane(event.time);
  view.time = view.has_time ? event.time : 0;
  view.is_local = is_local_;
  view.strings = strings_.views();
  view.binary = event.binary;
  log_.add(view, event.line);
}

void TextEvents::damage(const Line& line) {
  if (damaged_++ == 0) {
    first_damage_ = line.number;
  }
}

void TextEvents::cut(std::string_view why, const Line& line) {
  if (cut_.empty()) {
    cut_ = why;
    cut_line_ = line.number;
  }
}

void TextEvents::finish(const Document& document, FileFacts& facts) {
  if (damaged_ > 0) {
    facts.problems.push_back(document.problem(
        fmt::format("{} of the events cannot be read: cut, damaged or laid out "
                    "in a way that is not known",
                    damaged_),
        {first_damage_, {}, true}));
  }
  if (!cut_.empty()) {
    facts.problems.push_back(document.problem(cut_, {cut_line_, {}, true}));
  }
  log_.finish(document.name(),
              damaged_ == 0 && cut_.empty() && !document.is_cut(), facts);
}

}  // namespace iisdiag::evidence
