// Records of event logs of Windows NT to Server 2003: of an .evt file, and as
// ReadEventLog gives them (FORMATS.md 2.2).
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "evidence/event_log.hpp"
#include "evidence/event_texts.hpp"

namespace iisdiag::evidence {

// Reads records one after the other into a part of a log. Not to be used from
// two threads.
class EvtRecords {
 public:
  explicit EvtRecords(EventLogPart& log) : log_(&log) {}

  // One record with its length at both ends and any bytes between them, at
  // least kEvtLeastRecord. True: it is the newest until now.
  bool read(std::string_view record);

  // The computer that a record names.
  static std::string computer_of(std::string_view record);

 private:
  struct Source {
    std::string units;  // with the NUL
    std::string name;
    EventSource source{};
    LogMark mark{};
  };

  const Source& source_of(std::string_view record);
  void read_texts(std::string_view record);

  EventLogPart* log_;
  EventTexts texts_;
  std::array<Source, 16> sources_;
  std::size_t next_source_ = 0;
};

}  // namespace iisdiag::evidence
