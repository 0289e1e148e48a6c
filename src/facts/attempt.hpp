// Logons that IIS and Windows wrote down themselves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "facts/origin.hpp"
#include "facts/time.hpp"

namespace iisdiag::facts {

// What kind of record tells of a logon, and so how much it tells (FACTS.md E,
// F).
enum class RecordKind : std::uint8_t {
  kIisEvent,    // event 100 of W3SVC, MSFTPSVC: IIS could not log on
  kSubauth,     // the notice of IIS 6 that password sync is not registered
  kLogon,       // Security 528 to 540, 4624, 4625: a logon and its type
  kValidation,  // 680, 681, 4776: a password was compared, for whomever
  kPreAuthentication,  // 675, 4771: the same by Kerberos
  kLockout,            // 644, 4740: an account was locked
  kRightRemoved,       // 609, 622, 4718: an account lost a right
  kRightGranted,       // 608, 621, 4717
  kServiceStart,       // a W3SVC, MSFTPSVC or IISADMIN service started
  kWebLog,             // a row of a web log
  kFtpLog,             // a row of an FTP log
  kHttpErrors,         // a row of the log of HTTP.sys
};

// How many records of one hour there are.
struct HourCount {
  ClockSeconds hour = 0;  // its start, on the clock of the attempt
  std::uint64_t count = 0;

  bool operator==(const HourCount&) const = default;
};

// Hours of one LogonAttempt: a week, where none is without a record.
inline constexpr std::size_t kMostHours = 168;

// Records that differ in nothing but their time, and how many of them.
// Text is as the record has it, without blanks around it; what the record does
// not tell, or tells as `-`, is empty or nothing.
struct LogonAttempt {
  RecordKind kind{};
  std::uint32_t event = 0;  // the shown id; 0 for a row of a log file
  std::string service;      // "W3SVC", "MSFTPSVC": who wrote an event 100

  std::string account;
  std::string domain;
  // "S-1-5-21-...", where the record tells it.
  std::string sid;
  // A Win32 error, 0 for a logon that Windows accepted; an NTSTATUS that has
  // no Win32 error stands for itself.
  std::optional<std::uint32_t> code;
  // As Windows numbers them: 2 interactive, 3 network, 4 batch, 8 network with
  // clear text.
  std::optional<std::uint32_t> logon_type;
  std::string logon_process;  // "Advapi", "IIS", "NtLmSsp"
  std::string process;        // file name of the caller: "w3wp.exe"
  std::string workstation;    // whence the logon came, or a lockout
  std::string right;          // "SeBatchLogonRight", for the two about rights

  // Of rows in log files.
  std::string site;          // "W3SVC1", "MSFTPSVC2"; empty where nothing tells
  std::string url;           // the first parts of the path (log_rows.hpp)
  std::uint32_t status = 0;  // HTTP or FTP
  std::uint32_t substatus = 0;  // 0 where the log has none
  bool has_substatus = false;
  std::string reason;  // s-reason of HTTP.sys

  // UTC, or the server's own clock where `is_local`.
  ClockSeconds first = 0;
  ClockSeconds last = 0;
  bool is_local = false;
  // False: the records carry no date, and first and last are 0.
  bool has_time = true;
  std::uint64_t count = 1;
  // The newest hours that hold records, ascending, each once: no more than
  // kMostHours, and fewer where all groups of a log together have more than can
  // be kept (evidence/limits.hpp). Older records are in `count` alone. Empty
  // without a time, and where the source does not tell it: a snapshot of a
  // version that did not write it.
  std::vector<HourCount> hours;
  Origin first_origin;
  Origin last_origin;

  bool operator==(const LogonAttempt&) const = default;
};

enum class LogKind : std::uint8_t {
  kSystemEvents,
  kSecurityEvents,
  kOtherEvents,
  kWeb,
  kFtp,
  kHttpErrors,
};

// One log that was read: what its silence is worth.
struct LogSpan {
  LogKind kind{};
  std::string computer;       // that wrote it, where it says so
  std::string site;           // of a web or FTP log
  std::uint64_t records = 0;  // all of them, wanted or not
  // Of all its records; meaningless without any.
  ClockSeconds first = 0;
  ClockSeconds last = 0;
  bool is_local = false;
  bool has_time = true;
  // Nothing of it is damaged, cut or left out for its size.
  bool is_whole = true;
  Origin origin;

  bool operator==(const LogSpan&) const = default;
};

// The logons on record at one server.
struct LogonRecords {
  std::vector<LogonAttempt> attempts;
  std::vector<LogSpan> logs;

  bool operator==(const LogonRecords&) const = default;
};

}  // namespace iisdiag::facts
