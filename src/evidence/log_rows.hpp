// What rows of the text logs of IIS and HTTP.sys tell about logons, whatever
// their format.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/file_facts.hpp"
#include "evidence/log_format.hpp"
#include "evidence/row_groups.hpp"

namespace iisdiag::evidence {

// The part of a path that tells a node of the configuration: as written, up to
// the end of its third name. The last name of the path is left out where it
// holds a dot, for it is a file then, or where it is empty; so is a query.
// "/" where no name is left, "" for what does not begin with a slash. At most
// 256 bytes. `%20` stays as it is.
std::string_view url_prefix(std::string_view path);

// The last name of the folder where it is one of a site (W3SVC1, MSFTPSVC2,
// FTPSVC3), in capitals; else "".
std::string site_of_folder(std::string_view folder);
// MSFTPSVC1, FTPSVC1, also without a number; any case.
bool is_ftp_service(std::string_view name);

// A command of FTP, as "USER", "[12]PASS" and "ControlChannelOpened" are, and
// no method of HTTP.
bool is_ftp_method(std::string_view method);

// Digits only, at least one.
bool is_number(std::string_view field);
// "10.1.2.3", "fe80::1%8", "::1".
bool is_address(std::string_view field);

// The status in three digits, or 0.
std::uint32_t status_of(std::string_view field);

// A row, its fields as written; `-` and what the log has no column for are
// empty here.
struct LogRow {
  std::string_view site;
  std::string_view method;
  std::string_view path;
  std::string_view user;
  std::string_view session;  // of FTP: what its rows have in common
  std::string_view reason;   // of HTTP.sys
  std::string_view site_id;  // of HTTP.sys: the number of the site
  std::uint32_t status = 0;
  std::uint32_t substatus = 0;
  bool has_substatus = false;
  bool has_user = true;  // the log has a column for it
  std::string_view win32;
  std::optional<facts::ClockSeconds> time;
  std::uint64_t line = 0;
};

// The Win32 error in a field of a log: the low word of an HRESULT that stands
// for one; other values as they are. Nothing for 0, for it tells no error on a
// row of a refusal, and for what is no number of 32 bits.
std::optional<std::uint32_t> error_of(std::string_view field);

// Is this row of a web log a refusal to keep? 401; 500.19; 503.
bool is_web_refusal(const LogRow& row);
// Did the anonymous account log on for it? 200, 206, 304, 404.0 and 401.3
// without a user name. False where the log does not tell user names.
bool is_web_success(const LogRow& row);
// One of the reasons for which HTTP.sys answers 503 itself, or hangs up because
// a worker process is gone.
bool is_http_refusal(const LogRow& row);

GroupedRow web_refusal(const LogRow& row);
GroupedRow http_refusal(const LogRow& row);
// Without a path: that of PASS is a password.
GroupedRow ftp_refusal(const LogRow& row, std::string_view user);

// The newest success of each site and folder.
class Successes {
 public:
  // `number` of the row among all rows. Of two in one folder that with the
  // greater number stays; where there are too many folders, those whose rows
  // are no more among the newest kSuccessRows go, or the new one.
  void offer(facts::RecordKind kind, const LogRow& row, std::uint64_t number);
  // Those among the newest rows of `rows`, the oldest first.
  std::vector<facts::LogonAttempt> attempts(const facts::Origin::Name& file,
                                            bool is_local,
                                            std::uint64_t rows) const;
  void join(const Successes& other);

 private:
  struct Success {
    facts::RecordKind kind{};
    std::string account;
    std::uint32_t status = 0;
    std::uint32_t substatus = 0;
    bool has_substatus = false;
    std::optional<facts::ClockSeconds> time;
    std::uint64_t line = 0;
    std::uint64_t number = 0;
  };

  void keep(std::string key, Success success);

  std::map<std::string, Success, std::less<>> newest_;  // by site, NUL, url
};

// Who logs on in the sessions of an FTP log: the name stands in the row of
// USER, the answer in that of PASS.
class FtpSessions {
 public:
  // Takes the next row. Answers whose logon it refuses (530) or accepts (230),
  // or "" where it does neither, or nobody said whose.
  std::string_view logon_of(const LogRow& row);

 private:
  struct Session {
    std::uint64_t id = 0;
    std::string user;
  };
  // So many at a time; of two that share a place the newer stays.
  std::array<Session, 1024> sessions_;
};

// anonymous, ftp: the names by which FTP calls the anonymous account.
bool is_anonymous_name(std::string_view user);

// What could not be read, counted: a log has it by the million.
enum class Trouble : std::uint8_t {
  kMisfit,       // fields and columns of a row do not fit
  kLongLine,     // longer than kMaxLine
  kZeroBytes,    // in front of a row
  kNoFields,     // rows without a directive #Fields
  kQuoted,       // rows of the module Advanced Logging
  kManyColumns,  // more than kMaxColumns
  kNoStatus,     // no column sc-status
  kNoTime,       // rows whose day is not known
  kGroups,       // rows in more groups than there may be
};
inline constexpr std::size_t kTroubles = 9;

class Troubles {
 public:
  void add(Trouble trouble, std::uint64_t line, std::uint64_t count = 1);
  void join(const Troubles& next, std::uint64_t lines);
  // Anything that is lost with it; a day that is not known loses no row.
  bool any_loss() const;
  void report(const facts::Origin::Name& file, FileFacts& facts) const;

 private:
  struct Counted {
    std::uint64_t count = 0;
    std::uint64_t line = 0;  // of the first
  };
  std::array<Counted, kTroubles> counted_;
};

}  // namespace iisdiag::evidence
