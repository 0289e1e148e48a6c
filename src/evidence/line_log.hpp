// Text logs whose rows are read one after the other, a line each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/file_facts.hpp"
#include "evidence/limits.hpp"
#include "evidence/log_blocks.hpp"
#include "evidence/log_format.hpp"
#include "evidence/log_rows.hpp"
#include "evidence/row_groups.hpp"

namespace iisdiag::evidence {

// The first line of a log that is not empty, without its line end: what a
// format without a heading is known by. Empty where there is none.
std::string_view first_row(std::string_view start);

// What the formats of IIS itself and NCSA share: lines, counting, facts.
class LineLog : public LogReader {
 public:
  std::size_t read(std::string_view bytes, bool is_last) final;
  void finish(FileFacts& facts) final;

 protected:
  LineLog(const LogFile& file, bool is_local)
      : file_(std::make_shared<const std::string>(file.name)),
        site_(site_of_folder(file.folder)),
        is_local_(is_local),
        is_ftp_(is_ftp_service(site_)) {}

  // A line that is neither empty nor a comment, `row.line` set: its fields.
  // False where they cannot be made out, or may be cut.
  virtual bool read_row(std::string_view line, bool is_cut, LogRow& row) = 0;
  // Is it to be counted, besides what logons of FTP are?
  virtual bool is_refusal(const LogRow& row) const = 0;

  const std::string& site() const { return site_; }

 private:
  void take_line(std::string_view line, bool is_cut);
  void take_ftp(const LogRow& row);

  facts::Origin::Name file_;
  std::string site_;
  bool is_local_;
  bool is_ftp_;
  LogBlocks blocks_;
  RowGroups groups_{kMaxAttemptGroups};
  Successes successes_;
  FtpSessions sessions_;
  Troubles troubles_;
  std::uint64_t lines_ = 0;
  std::uint64_t rows_ = 0;
  std::optional<facts::ClockSeconds> first_;
  std::optional<facts::ClockSeconds> last_;
  std::string first_site_;
  std::optional<std::string> last_site_;
};

}  // namespace iisdiag::evidence
