// The events that tell of logons, and where their strings stand. For
// logon_events.hpp alone.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "evidence/logon_events.hpp"

namespace iisdiag::evidence {

// How an event tells the code.
enum class CodeRule : std::uint8_t {
  kNone,
  kFixed,       // the event itself says it
  kStatus,      // an NTSTATUS
  kSubStatus,   // an NTSTATUS and a second one that is nearer, if not zero
  kValidation,  // as kStatus; without the field: accepted
  kKerberos,
  kWin32Data,  // four bytes of data; else the text says it
};

inline constexpr std::int8_t kNoPlace = -1;

// At which place a string stands, by FORMATS.md 1.5.1 and 2.3.
struct Places {
  std::int8_t account = kNoPlace;
  std::int8_t domain = kNoPlace;
  std::int8_t sid = kNoPlace;
  std::int8_t code = kNoPlace;
  std::int8_t second_code = kNoPlace;
  std::int8_t logon_type = kNoPlace;
  std::int8_t logon_process = kNoPlace;
  std::int8_t process = kNoPlace;
  std::int8_t workstation = kNoPlace;
  std::int8_t right = kNoPlace;
};

using EventNames = std::span<const std::string_view>;

// In the order in which a table is read.
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding)
struct EventMeaning {
  EventSource source{};
  std::uint16_t id = 0;
  facts::RecordKind kind{};
  CodeRule rule{};
  std::uint32_t fixed_code = 0;
  Places at;
  EventNames names;
  bool clears_log = false;
};

// The name of a writer as it is shown: "W3SVC" for any case of it and for
// "Microsoft-Windows-IIS-W3SVC"; empty for others.
std::string_view writer_name(std::string_view name);

}  // namespace iisdiag::evidence
