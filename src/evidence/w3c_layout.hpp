// The columns of a W3C log, and the fields of its rows.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "evidence/limits.hpp"
#include "evidence/log_rows.hpp"

namespace iisdiag::evidence {

enum class W3cColumn : std::uint8_t {
  kDate,
  kTime,
  kSite,
  kSiteId,  // of HTTP.sys: a number
  kClient,
  kMethod,
  kPath,
  kUrl,  // of HTTP.sys: with the query
  kQuery,
  kUser,
  kStatus,
  kSubstatus,
  kWin32,
  kReason,
  kSession,
  kAgent,
  kCookie,
  kReferer,
};
inline constexpr std::size_t kW3cColumns = 18;

// What kind of log rows with these columns make.
enum class W3cKind : std::uint8_t {
  kUndecided,  // no row was seen; as a web log
  kWeb,
  kFtp,
  kHttpErrors,
  kQuoted,  // Advanced Logging: not supported
  kNone,    // no #Fields, or one that is of no use
};

struct W3cLayout {
  static constexpr std::int16_t kAbsent = -1;

  W3cKind kind = W3cKind::kNone;
  std::uint16_t count = 0;  // of columns
  std::array<std::int16_t, kW3cColumns> places{};

  std::int16_t place(W3cColumn column) const {
    return places[static_cast<std::size_t>(column)];
  }
  bool has(W3cColumn column) const {
    return kind != W3cKind::kNone && place(column) != kAbsent;
  }
  // Rows have to be looked at one after the other: those of a session belong
  // together, or the day is counted from midnight to midnight.
  bool is_serial() const {
    return kind == W3cKind::kFtp || kind == W3cKind::kHttpErrors ||
           (kind != W3cKind::kNone && kind != W3cKind::kQuoted &&
            !has(W3cColumn::kDate));
  }

  bool operator==(const W3cLayout&) const = default;
};

// Of what stands behind `#Fields:`. Names count in any case, with or without
// hyphens; of two columns of one name the first. `too_many` for more than
// kMaxColumns; nothing can be read then, nor where no name is known.
W3cLayout parse_fields(std::string_view names, bool& too_many);

// The columns of rows without a header: those of the one known set that all
// these rows fit, by number and kind of fields. kNone where none or several do.
W3cLayout guess_layout(const std::vector<std::string_view>& rows);

// What the first row with these columns shows them to be.
W3cKind kind_of_row(std::string_view line, const W3cLayout& layout);

// A line without its end, and whether that is the row's end or a cut: its last
// field may be incomplete then.
struct W3cLine {
  std::string_view text;
  bool is_cut = false;
};
// The line without CR and what follows zero bytes: a log that is being written
// ends in them. Zero bytes in front are skipped; `zeros` tells that there were.
W3cLine clean_line(std::string_view line, bool is_cut, bool& zeros);

// The time of a row, where it has date and time in the places of their columns.
class W3cClock {
 public:
  std::optional<facts::ClockSeconds> date_and_time(std::string_view date,
                                                   std::string_view time);

 private:
  // Rows of one day follow each other.
  std::array<char, 10> date_{};
  std::int64_t days_ = 0;
  bool has_date_ = false;
};
// Seconds since midnight of "H:MM:SS", "HH:MM:SS".
std::optional<std::int32_t> seconds_of(std::string_view time);
// Days since 1970-01-01 of "YYYY-MM-DD".
std::optional<std::int64_t> days_of(std::string_view date);

// Time of day in the place of its column; nothing where it is none.
std::optional<std::int32_t> row_seconds(std::string_view line,
                                        const W3cLayout& layout);
std::optional<facts::ClockSeconds> row_time(std::string_view line,
                                            const W3cLayout& layout,
                                            W3cClock& clock);

// The site that the row tells, or "", also where the row does not fit.
std::string_view row_site(const W3cLine& line, const W3cLayout& layout);

enum class W3cFit : std::uint8_t {
  kFits,
  kMisfit,
  kCut,  // fits as far as it goes, but what is wanted may be cut
};

// The fields of a row in their columns, `row.time` from date and time if there
// is a date. A row with more fields than columns has blanks in its user agent
// (cookie, referer), or without these columns in its user name (query, path):
// what stands in front of them is counted from the left, what stands behind
// from the right. One with fewer is read from the left if its fields are of the
// right kind.
W3cFit read_row(const W3cLine& line, const W3cLayout& layout, W3cClock& clock,
                LogRow& row);

}  // namespace iisdiag::evidence
