// Event logs as people save and copy them: rows of a table and blocks of
// labels. Neither has names that are the same in each language, so that places
// and shapes decide.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/document.hpp"
#include "evidence/event_time.hpp"
#include "evidence/text_events.hpp"

namespace iisdiag::evidence {

// At which place something stands; kNowhere for what is not told.
struct EventLayout {
  static constexpr std::size_t kNowhere = 15;
  static constexpr std::size_t kMostCells = 9;

  std::size_t cells = 0;  // in front of the message
  std::size_t log = kNowhere;
  std::size_t source = 0;
  std::size_t id = 0;
  std::size_t date = 0;
  std::size_t time = kNowhere;  // nowhere: with the date
  std::size_t computer = kNowhere;
};

using EventCells = std::array<std::string_view, EventLayout::kMostCells>;

// The time of an event whose cells have the shapes of this layout: a number
// for the id, a date and a time.
std::optional<ShownTime> time_in(const EventCells& cells,
                                 const EventLayout& layout);

// The events of a file, in two passes: the first tells in which order dates
// are, the second reads.
class LaidOutEvents {
 public:
  explicit LaidOutEvents(const EventLayout& layout) : layout_(&layout) {}

  void see(const EventCells& cells);
  // `message` may be in quotes and hold the data behind it.
  void add(const EventCells& cells, std::string_view message,
           std::uint64_t line);
  void damage(const Line& line) { events_.damage(line); }
  void finish(const Document& document, FileFacts& facts);

 private:
  const EventLayout* layout_;
  DateOrder order_;
  TextEvents events_{true};
  std::uint64_t undated_ = 0;  // the line of the first of them
};

}  // namespace iisdiag::evidence
