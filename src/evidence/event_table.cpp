// Event logs as rows: what the Event Viewer saves as CSV or TXT, on Windows NT
// to Server 2003 without a heading, and `eventquery.vbs /fo csv` (FORMATS.md
// 8.7).
#include <algorithm>

#include "evidence/event_layouts.hpp"
#include "evidence/format.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

// In the order in which they are tried.
constexpr EventLayout kLayouts[] = {
    // Date, Time, Source, Type, Category, Event, User, Computer
    {.cells = 8, .source = 2, .id = 5, .date = 0, .time = 1, .computer = 7},
    // Type, Event, Date Time, Source, ComputerName, Category, User
    {.cells = 7, .source = 3, .id = 1, .date = 2, .computer = 4},
    // Level or Keywords, Date and Time, Source, Event ID, Task Category
    {.cells = 5, .source = 2, .id = 3, .date = 1},
};
constexpr std::string_view kSeparators = "\t,";

// The cells of a row that begins here, and what is behind them. False where
// there are fewer.
bool cut_row(std::string_view line, char separator, std::size_t count,
             EventCells& cells, std::string_view& behind) {
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t end = 0;
    if (line.starts_with('"')) {
      const std::size_t quote = line.find('"', 1);
      if (quote == std::string_view::npos) {
        return false;
      }
      cells[i] = line.substr(1, quote - 1);
      end = quote + 1;
      if (end < line.size() && line[end] != separator) {
        return false;
      }
    } else {
      end = std::min(line.find(separator), line.size());
      cells[i] = line.substr(0, end);
    }
    cells[i] = text::trim(cells[i]);
    if (end == line.size()) {
      behind = {};
      return i + 1 == count;
    }
    line.remove_prefix(end + 1);
  }
  behind = line;
  return true;
}

struct Shape {
  const EventLayout* layout = nullptr;
  char separator = 0;

  // False where no row begins here.
  bool cut(std::string_view line, EventCells& cells,
           std::string_view& behind) const {
    return cut_row(line, separator, layout->cells, cells, behind) &&
           time_in(cells, *layout).has_value();
  }
};

// By the first row, which has little but a heading in front of it.
std::optional<Shape> shape_of(const Document& document) {
  constexpr std::size_t kProbe = 12;
  constexpr std::size_t kLongest = 4096;  // in front of the message
  std::size_t probed = 0;
  for (const Line& line : document.first_lines()) {
    if (text::trim(line.text).empty()) {
      continue;
    }
    if (++probed > kProbe) {
      break;
    }
    for (const EventLayout& layout : kLayouts) {
      for (const char separator : kSeparators) {
        const Shape shape{&layout, separator};
        EventCells cells;
        std::string_view behind;
        if (shape.cut(line.text.substr(0, kLongest), cells, behind)) {
          return shape;
        }
      }
    }
  }
  return std::nullopt;
}

bool is_event_table(const Document& document) {
  return shape_of(document).has_value();
}

void read_event_table(const Document& document, FileFacts& facts) {
  const auto shape = shape_of(document);
  if (!shape) {
    return;
  }
  LaidOutEvents events(*shape->layout);
  EventCells cells;
  std::string_view behind;
  Line line;
  for (LineReader lines(document); lines.next(line);) {
    if (shape->cut(line.text, cells, behind)) {
      events.see(cells);
    }
  }
  // A row goes on until the next begins: messages have line ends.
  bool has_row = false;
  EventCells row;
  std::string_view message;
  std::uint64_t number = 0;
  for (LineReader lines(document); lines.next(line);) {
    const bool begins = shape->cut(line.text, cells, behind);
    if (begins) {
      if (has_row) {
        events.add(row, message, number);
      }
      has_row = true;
      row = cells;
      number = line.number;
      // Half a line is none: what stands on it may be half a value.
      message = line.ended ? behind : std::string_view{};
    }
    if (has_row && line.ended && !message.empty()) {
      message = {message.data(),
                 static_cast<std::size_t>(line.text.data() + line.text.size() -
                                          message.data())};
    }
  }
  if (has_row) {
    events.add(row, message, number);
  }
  events.finish(document, facts);
}

}  // namespace

const Format kEventTable{"event-table",
                         "event log as rows (Event Viewer, eventquery.vbs)",
                         "Event Viewer, Save Log File As, of type CSV or TXT",
                         is_event_table, read_event_table};

}  // namespace iisdiag::evidence
