// Small event logs of Windows NT to Server 2003, byte by byte (FORMATS.md 2).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace iisdiag::test {

struct EvtEvent {
  std::string source;
  std::uint32_t id = 0;   // all 32 bits
  std::int64_t time = 0;  // seconds since 1970
  std::uint32_t record = 0;
  std::vector<std::string> strings;
  std::string binary;
  std::string computer = "WEB1";
};

std::string evt_record(const EvtEvent& event);

struct EvtOptions {
  // Where the oldest record stands, from the first byte behind the head; the
  // ring closes at `ring` bytes. 0: the records stand from the beginning, and
  // the file ends behind the end record.
  std::size_t oldest = 0;
  std::size_t ring = 0;
  std::uint32_t flags = 0;
  bool has_end = true;
  // The head says what was true before the last records were written.
  bool is_head_stale = false;
  // What stands where no record is.
  char stale = '\0';
};

std::string evt_file(const std::vector<std::string>& records,
                     const EvtOptions& options = {});
std::string evt_file(const std::vector<EvtEvent>& events,
                     const EvtOptions& options = {});

}  // namespace iisdiag::test
