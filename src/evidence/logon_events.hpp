// What one event of an event log tells of a logon, whatever the event was read
// from: .evtx, .evt, exported XML or text, or the log itself.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "facts/attempt.hpp"

namespace iisdiag::evidence {

// Who wrote an event, as far as it matters here. An event is wanted by its
// writer and its id together.
enum class EventSource : std::uint8_t {
  kOther,
  kIis,       // W3SVC, MSFTPSVC, GOPHERSVC, W3SVC-WP
  kSecurity,  // the Security log before Windows Vista
  kAuditing,  // the Security log since: Microsoft-Windows-Security-Auditing
  kEventLog,  // the service that keeps the logs
};

// Of the name of a provider or source, any case. What Windows Vista and later
// call EventSourceName is asked for likewise; either may be the known one.
EventSource event_source(std::string_view name);

// What an event stands for; null for an event that tells nothing here. `id` is
// the shown one: the low 16 bits of an old identifier.
struct EventMeaning;
const EventMeaning* find_event(EventSource source, std::uint32_t id);
// All ids that mean something with this source, each once.
std::vector<std::uint32_t> event_ids(EventSource source);
// The log was emptied when this was written: 517, 1102, 104.
bool is_log_cleared(const EventMeaning& meaning);
// What it tells depends on EventView::writer.
bool names_its_writer(const EventMeaning& meaning);

// The names (`<Data Name="...">`) of the strings that logon_view() looks at,
// each at the place where `strings` has to hold it; empty for strings that
// nobody looks at. Without any the event has no names, and its strings are in
// the order of its message (%1 first).
std::span<const std::string_view> field_names(const EventMeaning& meaning);

// One event. Text is UTF-8; numbers in `strings` are decimal or begin with
// `0x`, SIDs are `S-1-...` or `%{S-1-...}`, files are paths.
struct EventView {
  const EventMeaning* meaning = nullptr;  // not null
  std::uint32_t id = 0;                   // the shown one
  // Provider or source; only where the meaning names_its_writer().
  std::string_view writer;
  facts::ClockSeconds time = 0;
  bool is_local = false;  // as in LogonAttempt
  bool has_time = true;
  // In the order of field_names(), or of the message. Fewer than there could
  // be are unknown ones.
  std::span<const std::string_view> strings;
  std::string_view binary;  // the data of an event of the old kind
};

// A LogonAttempt without memory of its own, so that looking at an event costs
// none. The texts are parts of those of the EventView and at most
// kLongestText bytes.
struct LogonView {
  facts::RecordKind kind{};
  std::uint32_t event = 0;
  std::optional<std::uint32_t> code;
  std::optional<std::uint32_t> logon_type;
  bool is_local = false;
  bool has_time = true;
  std::string_view service;
  std::string_view account;
  std::string_view domain;
  std::string_view sid;
  std::string_view logon_process;
  std::string_view process;
  std::string_view workstation;
  std::string_view right;
};
inline constexpr std::size_t kLongestText = 512;

// Without blanks and line ends around it, `-` taken as nothing, and not longer
// than that.
std::string_view clean_event_text(std::string_view text);

// Precondition: not is_log_cleared().
LogonView logon_view(const EventView& event);

// The key of AttemptGroups: replaces `key`, which is equal for views that
// differ in nothing.
void set_key(const LogonView& view, std::string& key);
// Its times are 0 and its count is 1.
facts::LogonAttempt logon_attempt(const LogonView& view);

// All of it at once, for readers of few events. Nothing for an event that
// tells of no logon.
std::optional<facts::LogonAttempt> logon_attempt(const EventView& event);

// The Win32 error that a text of Windows names: a number, 0x8007052E, %%1326,
// or words that are known here (English).
std::optional<std::uint32_t> code_of_text(std::string_view text);

}  // namespace iisdiag::evidence
