// A part of a W3C log, some whole lines, read by itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/log_rows.hpp"
#include "evidence/row_groups.hpp"
#include "evidence/w3c_layout.hpp"

namespace iisdiag::evidence {

// What the lines before tell about those to come.
struct W3cState {
  W3cLayout layout;
  bool is_advanced = false;  // #Software: Advanced Logging
  // Of the last #Date, and of the last row in a log without dates.
  std::optional<std::int64_t> day;
  std::int32_t seconds = 0;
  bool passed_midnight = false;  // since the last #Date

  // Does it make the same of what follows, wherever rows have dates?
  bool reads_as(const W3cState& other) const {
    return layout == other.layout && is_advanced == other.is_advanced;
  }
};

// What all parts of a log share while they are read one after the other.
struct W3cSerial {
  FtpSessions sessions;
  Successes successes;
};

// Where a part lies in its log.
struct W3cPlace {
  std::uint64_t lines = 0;  // before it
  std::uint64_t rows = 0;
};

struct W3cResult {
  explicit W3cResult(std::size_t most) : groups(most) {}
  void clear();

  RowGroups groups;
  Troubles troubles;
  std::uint64_t lines = 0;
  std::uint64_t rows = 0;
  // Of the rows with a time, and their sites.
  std::optional<facts::ClockSeconds> first;
  std::optional<facts::ClockSeconds> last;
  std::string first_site;
  std::string last_site;
  W3cKind kind = W3cKind::kUndecided;  // of the first row
  W3cState after;
  bool saw_date = false;
  bool gave_up = false;
};

class W3cPart {
 public:
  // `is_cut`: the last line has no end. `site` of rows that tell none; with
  // `is_ftp` rows are those of FTP, whatever they look like.
  W3cPart(std::string_view text, bool is_cut, std::string_view site,
          bool is_ftp)
      : text_(text), site_(site), is_cut_(is_cut), is_ftp_(is_ftp) {}

  // Lines count from 1 in `result`. Without `serial` it gives up where rows
  // have to be read one after the other.
  void read(const W3cState& before, W3cSerial* serial, W3cPlace place,
            W3cResult& result);
  // Offers the successes in rows that begin at `from` or behind and are no
  // more than kSuccessRows before the last of `rows` in the log; where rows are
  // read one after the other, nothing.
  void find_successes(const W3cState& before, W3cPlace place, std::size_t from,
                      std::uint64_t rows, Successes& successes);

 private:
  // Both take the lines from `begin` on, up to and with the next #Fields, and
  // answer where they stopped.
  std::size_t read_segment(std::size_t begin);
  std::size_t read_serially(std::size_t begin);

  // A line that begins with a byte up to '#'. True where it is a row.
  bool take_odd_line(W3cLine line, bool zeros);
  void take_directive(std::string_view line);
  W3cLine line_at(std::size_t begin, std::size_t end, bool& zeros) const;
  // Looks at the next row to tell web from FTP.
  void decide(std::size_t begin);
  bool may_be_wanted(std::size_t place) const;
  void take_row(std::size_t begin, std::size_t end, std::uint64_t line);
  void take_serial_row(const W3cLine& line);
  // Rows of one header, the first line of which follows result_->lines.
  void close_segment(std::size_t begin, std::size_t end, std::uint64_t lines,
                     std::uint64_t rows);
  // What its rows, which cannot be used, are counted as.
  std::optional<Trouble> trouble_of_rows() const;
  std::uint64_t first_row_line(std::size_t begin) const;
  void note_times(std::size_t begin, std::size_t end);
  void walk_back(std::size_t begin, std::size_t end, std::uint64_t lines,
                 std::uint64_t rows);
  std::optional<facts::ClockSeconds> time_of_day(std::int32_t seconds);
  void note_time(facts::ClockSeconds time, std::string_view site);
  std::string_view site_of(const LogRow& row) const {
    return row.site.empty() ? site_ : row.site;
  }

  std::string_view text_;
  std::string_view site_;
  bool is_cut_;
  bool is_ftp_;

  W3cState state_;
  W3cClock clock_;
  W3cSerial* serial_ = nullptr;
  W3cPlace place_;
  W3cResult* result_ = nullptr;
  bool took_fields_ = false;
  // For find_successes.
  Successes* successes_ = nullptr;
  std::size_t from_ = 0;
  std::uint64_t all_rows_ = 0;
};

}  // namespace iisdiag::evidence
