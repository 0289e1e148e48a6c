// Events as blocks of labels: what the Event Viewer copies of an event, and
// `eventquery.vbs /v /fo list` (FORMATS.md 8.7).
#include <algorithm>

#include "evidence/event_layouts.hpp"
#include "evidence/format.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

constexpr EventLayout kLayouts[] = {
    // Event Type, Source, Category, ID, Date, Time, User, Computer
    {.cells = 8, .source = 1, .id = 3, .date = 4, .time = 5, .computer = 7},
    // Log Name, Source, Date, Event ID, Task Category, Level, Keywords, User,
    // Computer
    {.cells = 9, .log = 0, .source = 1, .id = 3, .date = 2, .computer = 8},
    // Type, Event, Date Time, Source, ComputerName, Category, User
    {.cells = 7, .source = 3, .id = 1, .date = 2, .computer = 4},
};

using Lines = std::vector<Line>;

// The block that begins at this line; a line more has to follow, for half of
// one may be half a value.
bool cut_block(const Lines& lines, std::size_t begin, const EventLayout& layout,
               EventCells& cells) {
  if (lines.size() - begin <= layout.cells) {
    return false;
  }
  for (std::size_t i = 0; i < layout.cells; ++i) {
    const std::string_view line = lines[begin + i].text;
    const std::size_t colon = line.find(':');
    if (colon == 0 || colon == std::string_view::npos) {
      return false;
    }
    cells[i] = text::trim(line.substr(colon + 1));
  }
  return time_in(cells, layout).has_value();
}

const EventLayout* layout_of(const Lines& lines) {
  constexpr std::size_t kProbe = 60;
  EventCells cells;
  for (std::size_t i = 0; i < std::min(lines.size(), kProbe); ++i) {
    for (const EventLayout& layout : kLayouts) {
      if (cut_block(lines, i, layout, cells)) {
        return &layout;
      }
    }
  }
  return nullptr;
}

bool is_event_copy(const Document& document) {
  return layout_of(document.first_lines()) != nullptr;
}

// What follows the labels, up to the next block.
std::string_view message_between(const Lines& lines, std::size_t begin,
                                 std::size_t end) {
  // Half a line is none.
  while (end > begin && !lines[end - 1].ended) {
    --end;
  }
  if (begin >= end) {
    return {};
  }
  const char* const start = lines[begin].text.data();
  const Line& last = lines[end - 1];
  return {start, static_cast<std::size_t>(last.text.data() + last.text.size() -
                                          start)};
}

// Behind the label that leads the message.
std::string_view without_label(std::string_view message) {
  const std::size_t end =
      std::min(message.find_first_of("\r\n"), message.size());
  const std::size_t colon = message.find(':');
  return colon < end ? message.substr(colon + 1) : message;
}

void read_event_copy(const Document& document, FileFacts& facts) {
  const Lines lines = document.lines();
  const EventLayout* layout = layout_of(lines);
  if (layout == nullptr) {
    return;
  }
  LaidOutEvents events(*layout);
  EventCells cells;
  std::vector<std::size_t> begins;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (cut_block(lines, i, *layout, cells)) {
      events.see(cells);
      begins.push_back(i);
    }
  }
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const std::size_t end =
        i + 1 < begins.size() ? begins[i + 1] : lines.size();
    cut_block(lines, begins[i], *layout, cells);
    events.add(
        cells,
        without_label(message_between(lines, begins[i] + layout->cells, end)),
        lines[begins[i]].number);
  }
  events.finish(document, facts);
}

}  // namespace

const Format kEventCopy{"event-copy",
                        "events as copied (Event Viewer, eventquery.vbs)",
                        "Event Viewer, open an event, Copy, paste into a file",
                        is_event_copy, read_event_copy};

}  // namespace iisdiag::evidence
