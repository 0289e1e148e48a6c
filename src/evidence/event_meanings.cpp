#include "evidence/event_meaning.hpp"
#include "knowledge/logon_codes.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

using facts::RecordKind;
using Names = EventNames;

constexpr std::string_view kNames4624[] = {"",
                                           "",
                                           "",
                                           "",
                                           "TargetUserSid",
                                           "TargetUserName",
                                           "TargetDomainName",
                                           "",
                                           "LogonType",
                                           "LogonProcessName",
                                           "",
                                           "WorkstationName",
                                           "",
                                           "",
                                           "",
                                           "",
                                           "",
                                           "ProcessName"};
constexpr std::string_view kNames4625[] = {"",
                                           "",
                                           "",
                                           "",
                                           "TargetUserSid",
                                           "TargetUserName",
                                           "TargetDomainName",
                                           "Status",
                                           "",
                                           "SubStatus",
                                           "LogonType",
                                           "LogonProcessName",
                                           "",
                                           "WorkstationName",
                                           "",
                                           "",
                                           "",
                                           "",
                                           "ProcessName"};
constexpr std::string_view kNames4717[] = {"", "",          "",
                                           "", "TargetSid", "AccessGranted"};
constexpr std::string_view kNames4718[] = {"", "",          "",
                                           "", "TargetSid", "AccessRemoved"};
// The second is a computer, whatever its name says.
constexpr std::string_view kNames4740[] = {"TargetUserName", "TargetDomainName",
                                           "TargetSid"};
constexpr std::string_view kNames4771[] = {
    "TargetUserName", "TargetSid", "", "", "Status", "", "IpAddress"};
constexpr std::string_view kNames4776[] = {"", "TargetUserName", "Workstation",
                                           "Status"};

constexpr EventMeaning old_logon(std::uint16_t id, CodeRule rule,
                                 std::uint32_t code) {
  return {EventSource::kSecurity,
          id,
          RecordKind::kLogon,
          rule,
          code,
          {.account = 0,
           .domain = 1,
           .code = 6,
           .second_code = 7,
           .logon_type = 2,
           .logon_process = 3,
           .workstation = 5},
          {}};
}
constexpr EventMeaning old_success(std::uint16_t id) {
  return {EventSource::kSecurity,
          id,
          RecordKind::kLogon,
          CodeRule::kFixed,
          0,
          {.account = 0,
           .domain = 1,
           .logon_type = 3,
           .logon_process = 4,
           .workstation = 6},
          {}};
}
constexpr EventMeaning old_validation(std::uint16_t id, CodeRule rule) {
  return {EventSource::kSecurity,
          id,
          RecordKind::kValidation,
          rule,
          0,
          {.account = 1, .code = 3, .workstation = 2},
          {}};
}
// Right and account are found by what they look like: 621 and 622 name who did
// it first, 608 and 609 last.
constexpr EventMeaning old_right(std::uint16_t id, RecordKind kind) {
  return {EventSource::kSecurity, id, kind, CodeRule::kNone, 0, {}, {}};
}
constexpr EventMeaning new_right(std::uint16_t id, RecordKind kind,
                                 Names names) {
  return {EventSource::kAuditing, id,   kind, CodeRule::kNone, 0,
          {.sid = 4, .right = 5}, names};
}
constexpr EventMeaning subauth(std::uint16_t id) {
  return {
      EventSource::kIis, id, RecordKind::kSubauth, CodeRule::kNone, 0, {}, {}};
}
constexpr EventMeaning cleared(EventSource source, std::uint16_t id) {
  return {source, id, {}, CodeRule::kNone, 0, {}, {}, true};
}

constexpr EventMeaning kEvents[] = {
    {EventSource::kIis,
     100,
     RecordKind::kIisEvent,
     CodeRule::kWin32Data,
     0,
     {.account = 0, .code = 1},
     {}},
    subauth(2216),
    subauth(2217),
    old_success(528),
    old_success(540),
    old_logon(529, CodeRule::kFixed, knowledge::kLogonFailure),
    old_logon(530, CodeRule::kFixed, 1328),
    old_logon(531, CodeRule::kFixed, 1331),
    old_logon(532, CodeRule::kFixed, 1793),
    old_logon(533, CodeRule::kFixed, 1329),
    old_logon(534, CodeRule::kFixed, knowledge::kLogonTypeNotGranted),
    old_logon(535, CodeRule::kFixed, 1330),
    old_logon(536, CodeRule::kFixed, 1792),
    old_logon(537, CodeRule::kSubStatus, 0),
    old_logon(539, CodeRule::kFixed, 1909),
    old_right(608, RecordKind::kRightGranted),
    old_right(609, RecordKind::kRightRemoved),
    old_right(621, RecordKind::kRightGranted),
    old_right(622, RecordKind::kRightRemoved),
    {EventSource::kSecurity,
     644,
     RecordKind::kLockout,
     CodeRule::kNone,
     0,
     {.account = 0, .sid = 2, .workstation = 1},
     {}},
    {EventSource::kSecurity,
     675,
     RecordKind::kPreAuthentication,
     CodeRule::kKerberos,
     0,
     {.account = 0, .sid = 1, .code = 4, .workstation = 5},
     {}},
    old_validation(680, CodeRule::kValidation),
    old_validation(681, CodeRule::kStatus),
    {EventSource::kAuditing,
     4624,
     RecordKind::kLogon,
     CodeRule::kFixed,
     0,
     {.account = 5,
      .domain = 6,
      .sid = 4,
      .logon_type = 8,
      .logon_process = 9,
      .process = 17,
      .workstation = 11},
     kNames4624},
    {EventSource::kAuditing,
     4625,
     RecordKind::kLogon,
     CodeRule::kSubStatus,
     0,
     {.account = 5,
      .domain = 6,
      .sid = 4,
      .code = 7,
      .second_code = 9,
      .logon_type = 10,
      .logon_process = 11,
      .process = 18,
      .workstation = 13},
     kNames4625},
    new_right(4717, RecordKind::kRightGranted, kNames4717),
    new_right(4718, RecordKind::kRightRemoved, kNames4718),
    {EventSource::kAuditing,
     4740,
     RecordKind::kLockout,
     CodeRule::kNone,
     0,
     {.account = 0, .sid = 2, .workstation = 1},
     kNames4740},
    {EventSource::kAuditing,
     4771,
     RecordKind::kPreAuthentication,
     CodeRule::kKerberos,
     0,
     {.account = 0, .sid = 1, .code = 4, .workstation = 6},
     kNames4771},
    {EventSource::kAuditing,
     4776,
     RecordKind::kValidation,
     CodeRule::kStatus,
     0,
     {.account = 1, .code = 3, .workstation = 2},
     kNames4776},
    // Written when the service that keeps the logs starts, hence Windows; that
    // of one service says so in the language of the server only.
    {EventSource::kEventLog,
     6005,
     RecordKind::kServiceStart,
     CodeRule::kNone,
     0,
     {},
     {}},
    cleared(EventSource::kSecurity, 517),
    cleared(EventSource::kEventLog, 1102),
    cleared(EventSource::kEventLog, 104),
};

struct Writer {
  std::string_view name;
  EventSource source;
};
constexpr Writer kWriters[] = {
    {"W3SVC", EventSource::kIis},
    {"MSFTPSVC", EventSource::kIis},
    {"GOPHERSVC", EventSource::kIis},
    {"W3SVC-WP", EventSource::kIis},
    {"Security", EventSource::kSecurity},
    {"Microsoft-Windows-Security-Auditing", EventSource::kAuditing},
    // As the Event Viewer shows it.
    {"Microsoft Windows security auditing.", EventSource::kAuditing},
    {"EventLog", EventSource::kEventLog},
    {"Microsoft-Windows-Eventlog", EventSource::kEventLog},
};
constexpr std::string_view kIisPrefix = "Microsoft-Windows-IIS-";

const Writer* find_writer(std::string_view name) {
  std::string_view bare = text::trim(name);
  if (text::istarts_with(bare, kIisPrefix)) {
    bare.remove_prefix(kIisPrefix.size());
  }
  for (const Writer& writer : kWriters) {
    if (text::iequals(bare, writer.name)) {
      return &writer;
    }
  }
  return nullptr;
}

}  // namespace

std::string_view writer_name(std::string_view name) {
  const Writer* writer = find_writer(name);
  return writer == nullptr ? std::string_view{} : writer->name;
}

EventSource event_source(std::string_view name) {
  const Writer* writer = find_writer(name);
  return writer == nullptr ? EventSource::kOther : writer->source;
}

const EventMeaning* find_event(EventSource source, std::uint32_t id) {
  if (source == EventSource::kOther) {
    return nullptr;
  }
  for (const EventMeaning& event : kEvents) {
    if (event.id == id && event.source == source) {
      return &event;
    }
  }
  return nullptr;
}

std::vector<std::uint32_t> event_ids(EventSource source) {
  std::vector<std::uint32_t> ids;
  for (const EventMeaning& event : kEvents) {
    if (event.source == source) {
      ids.push_back(event.id);
    }
  }
  return ids;
}

bool is_log_cleared(const EventMeaning& meaning) { return meaning.clears_log; }

bool names_its_writer(const EventMeaning& meaning) {
  return meaning.source == EventSource::kIis;
}

std::span<const std::string_view> field_names(const EventMeaning& meaning) {
  return meaning.names;
}

}  // namespace iisdiag::evidence
