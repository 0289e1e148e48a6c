// Events of Windows that tell of logons, and those that are taken for them
// (FACTS.md E). Where their strings stand is known to evidence/event_meanings.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "knowledge/explanation.hpp"

namespace iisdiag::knowledge {

struct EventCode {
  std::uint32_t id = 0;
  std::string_view sources;  // as logs name them, separated by blanks
  std::string_view log;      // "System", "Security"
  // In our own words; empty: that of its code.
  std::string_view text;
  Explanation more;
  // The Win32 error that the event stands for, which has the causes; 0: none.
  std::uint32_t code = 0;
};

std::span<const EventCode> event_codes();
std::string_view text_of(const EventCode& event);
// With this id; `source` narrows, empty: any. "Security" and the long names
// that Windows Vista and later give are understood.
std::vector<const EventCode*> find_events(std::uint32_t id,
                                          std::string_view source);
// A source that stands in the table.
bool is_event_source(std::string_view word);

}  // namespace iisdiag::knowledge
