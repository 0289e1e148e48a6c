#include "evidence/line_log.hpp"

#include <algorithm>
#include <utility>

#include "evidence/hour_counts.hpp"
#include "evidence/limits.hpp"
#include "evidence/w3c_layout.hpp"
#include "evidence/w3c_scan.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {

std::string_view first_row(std::string_view start) {
  text::consume(start, "\xEF\xBB\xBF");
  while (!start.empty()) {
    const std::size_t end = line_end(start, 0);
    bool zeros = false;
    const std::string_view line =
        clean_line(start.substr(0, end), false, zeros).text;
    if (!text::trim(line).empty()) {
      return line;
    }
    start.remove_prefix(std::min(end + 1, start.size()));
  }
  return {};
}

std::size_t LineLog::read(std::string_view bytes, bool is_last) {
  std::size_t done = 0;
  LogBlock block;
  while (blocks_.next(bytes.substr(done), is_last, block)) {
    done += block.taken;
    if (block.is_long) {
      troubles_.add(Trouble::kLongLine, lines_ + 1);
    }
    for (std::size_t begin = 0; begin < block.text.size();) {
      const std::size_t end = line_end(block.text, begin);
      take_line(block.text.substr(begin, end - begin),
                block.is_cut && end == block.text.size());
      begin = end + 1;
    }
  }
  return done;
}

void LineLog::take_line(std::string_view line, bool is_cut) {
  ++lines_;
  bool zeros = false;
  const W3cLine clean = clean_line(line, is_cut, zeros);
  if (clean.text.find_first_not_of(" \t\r") == std::string_view::npos ||
      clean.text.starts_with('#')) {
    return;
  }
  ++rows_;
  if (zeros) {
    troubles_.add(Trouble::kZeroBytes, lines_);
  }
  LogRow row;
  row.line = lines_;
  if (!read_row(clean.text, clean.is_cut, row)) {
    if (!clean.is_cut) {
      troubles_.add(Trouble::kMisfit, lines_);
    }
    return;
  }
  if (row.site.empty()) {
    row.site = site_;
  }
  constexpr std::size_t kMostSite = 256;
  const std::string_view site = cut_text(row.site, kMostSite);
  if (!last_site_) {
    first_site_ = site;
    last_site_ = site;
  } else if (*last_site_ != site) {
    last_site_ = site;
  }
  if (row.time) {
    first_ = first_ ? first_ : row.time;
    last_ = row.time;
  } else {
    troubles_.add(Trouble::kNoTime, lines_);
  }
  if (is_ftp_ || is_ftp_service(row.site)) {
    is_ftp_ = true;
    take_ftp(row);
    return;
  }
  if (is_refusal(row)) {
    groups_.add(web_refusal(row), row.time, row.line);
  }
  if (is_web_success(row)) {
    successes_.offer(facts::RecordKind::kWebLog, row, rows_ - 1);
  }
}

void LineLog::take_ftp(const LogRow& row) {
  const std::string user(sessions_.logon_of(row));
  if (user.empty()) {
    return;
  }
  if (row.status == 530) {
    groups_.add(ftp_refusal(row, user), row.time, row.line);
  } else if (is_anonymous_name(user)) {
    LogRow success = row;
    success.user = user;
    successes_.offer(facts::RecordKind::kFtpLog, success, rows_ - 1);
  }
}

void LineLog::finish(FileFacts& facts) {
  if (groups_.left_out() > 0) {
    troubles_.add(Trouble::kGroups, 0, groups_.left_out());
  }
  for (auto& attempt : groups_.attempts(file_, is_local_)) {
    facts.records.attempts.push_back(std::move(attempt));
  }
  for (auto& attempt : successes_.attempts(file_, is_local_, rows_)) {
    facts.records.attempts.push_back(std::move(attempt));
  }
  limit_hours(facts.records.attempts, kMaxHours);
  facts::LogSpan& span = facts.records.logs.emplace_back();
  span.kind = is_ftp_ ? facts::LogKind::kFtp : facts::LogKind::kWeb;
  span.site = site_.empty() && last_site_ == first_site_ ? first_site_ : site_;
  span.records = rows_;
  span.has_time = first_.has_value();
  span.first = first_.value_or(0);
  span.last = last_.value_or(0);
  span.is_local = is_local_;
  span.is_whole = !troubles_.any_loss();
  span.origin = facts::Origin::in_file(file_, 0);
  troubles_.report(file_, facts);
}

}  // namespace iisdiag::evidence
