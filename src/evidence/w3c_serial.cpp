// Rows of a W3C log that are read one after the other: those of FTP, of
// HTTP.sys, and those without a date.
#include <algorithm>
#include <string>

#include "evidence/w3c_part.hpp"
#include "evidence/w3c_scan.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {

std::size_t W3cPart::read_serially(std::size_t begin) {
  while (begin < text_.size()) {
    const std::size_t end = line_end(text_, begin);
    bool zeros = false;
    const W3cLine line = line_at(begin, end, zeros);
    begin = std::min(end + 1, text_.size());
    ++result_->lines;
    if (line.text.find_first_not_of(" \t\r") == std::string_view::npos) {
      continue;
    }
    if (line.text.starts_with('#')) {
      took_fields_ = false;
      take_directive(line.text);
      if (took_fields_) {
        return begin;
      }
      continue;
    }
    ++result_->rows;
    if (successes_ != nullptr) {
      continue;
    }
    if (zeros) {
      result_->troubles.add(Trouble::kZeroBytes, result_->lines);
    }
    take_serial_row(line);
  }
  return text_.size();
}

// Rows are written when they are done, some seconds later than the next ones
// at times: only a clock that goes back by more than an hour has passed
// midnight, and one that then shows nearly a day more is of the day before.
std::optional<facts::ClockSeconds> W3cPart::time_of_day(std::int32_t seconds) {
  if (!state_.day) {
    return std::nullopt;
  }
  constexpr std::int32_t kLate = 3600;
  constexpr std::int32_t kDay = 86400;
  if (state_.passed_midnight && seconds - state_.seconds > kDay - kLate) {
    return (*state_.day - 1) * facts::kDay + seconds;
  }
  if (state_.seconds - seconds > kLate) {
    ++*state_.day;
    state_.passed_midnight = true;
  }
  state_.seconds = seconds;
  return *state_.day * facts::kDay + seconds;
}

void W3cPart::take_serial_row(const W3cLine& line) {
  W3cLayout& layout = state_.layout;
  if (layout.kind == W3cKind::kUndecided) {
    layout.kind = kind_of_row(line.text, layout);
  }
  if (result_->kind == W3cKind::kUndecided || result_->kind == W3cKind::kNone) {
    result_->kind = layout.kind;
  }
  if (layout.kind == W3cKind::kQuoted) {
    result_->troubles.add(Trouble::kQuoted, result_->lines);
    return;
  }
  LogRow row;
  const W3cFit fit = read_row(line, layout, clock_, row);
  if (layout.has(W3cColumn::kDate)) {
    row.time = row_time(line.text, layout, clock_);
  } else {
    const auto seconds = row_seconds(line.text, layout);
    row.time = seconds ? time_of_day(*seconds) : std::nullopt;
  }
  if (fit == W3cFit::kMisfit) {
    result_->troubles.add(Trouble::kMisfit, result_->lines);
  }
  std::string site;
  if (fit == W3cFit::kFits) {
    if (layout.kind == W3cKind::kHttpErrors && row.site.empty() &&
        is_number(row.site_id)) {
      site = "W3SVC" + std::string(row.site_id);
      row.site = site;
    }
    row.site = site_of(row);
  }
  if (row.time) {
    const std::string_view named = row_site(line, layout);
    note_time(*row.time, named.empty() ? site_ : named);
  } else {
    result_->troubles.add(Trouble::kNoTime, result_->lines);
  }
  if (fit != W3cFit::kFits) {
    return;
  }
  row.line = place_.lines + result_->lines;
  const std::uint64_t number = place_.rows + result_->rows - 1;
  if (layout.kind == W3cKind::kHttpErrors) {
    if (is_http_refusal(row)) {
      result_->groups.add(http_refusal(row), row.time, result_->lines);
    }
  } else if (layout.kind == W3cKind::kFtp) {
    const std::string user(serial_->sessions.logon_of(row));
    if (user.empty()) {
      return;
    }
    if (row.status == 530) {
      result_->groups.add(ftp_refusal(row, user), row.time, result_->lines);
    } else if (is_anonymous_name(user)) {
      row.user = user;
      serial_->successes.offer(facts::RecordKind::kFtpLog, row, number);
    }
  } else {
    if (is_web_refusal(row)) {
      result_->groups.add(web_refusal(row), row.time, result_->lines);
    }
    if (is_web_success(row)) {
      serial_->successes.offer(facts::RecordKind::kWebLog, row, number);
    }
  }
}

}  // namespace iisdiag::evidence
