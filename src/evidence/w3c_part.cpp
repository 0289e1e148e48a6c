#include "evidence/w3c_part.hpp"

#include <algorithm>

#include "evidence/limits.hpp"
#include "evidence/w3c_scan.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

bool is_odd(char first) { return static_cast<unsigned char>(first) <= '#'; }

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

// Rows of which nothing is known show their time at the front, if at all.
const W3cLayout& date_first() {
  static const W3cLayout kLayout = [] {
    bool too_many = false;
    return parse_fields("date time", too_many);
  }();
  return kLayout;
}

}  // namespace

void W3cResult::clear() {
  groups.clear();
  troubles = {};
  lines = 0;
  rows = 0;
  first.reset();
  last.reset();
  first_site.clear();
  last_site.clear();
  kind = W3cKind::kUndecided;
  saw_date = false;
  gave_up = false;
}

void W3cPart::read(const W3cState& before, W3cSerial* serial, W3cPlace place,
                   W3cResult& result) {
  state_ = before;
  serial_ = serial;
  place_ = place;
  result_ = &result;
  std::size_t begin = 0;
  while (begin < text_.size()) {
    if (!state_.layout.is_serial()) {
      begin = read_segment(begin);
    } else if (serial_ == nullptr && successes_ == nullptr) {
      result.gave_up = true;
      return;
    } else {
      begin = read_serially(begin);
    }
  }
  result.after = state_;
}

void W3cPart::find_successes(const W3cState& before, W3cPlace place,
                             std::size_t from, std::uint64_t rows,
                             Successes& successes) {
  successes_ = &successes;
  from_ = from;
  all_rows_ = rows;
  W3cResult result(0);
  read(before, nullptr, place, result);
}

W3cLine W3cPart::line_at(std::size_t begin, std::size_t end,
                         bool& zeros) const {
  return clean_line(text_.substr(begin, end - begin),
                    is_cut_ && end == text_.size(), zeros);
}

std::size_t W3cPart::read_segment(std::size_t begin) {
  if (state_.layout.kind == W3cKind::kUndecided) {
    decide(begin);
    if (state_.layout.is_serial()) {
      return begin;
    }
  }
  std::uint64_t feeds = 0;
  std::uint64_t no_rows = 0;
  std::size_t place = begin;
  bool at_begin = true;
  while (true) {
    if (!at_begin) {
      place = next_hit(text_, place, feeds);
      if (place >= text_.size()) {
        break;
      }
      if (text_[place] != '\n') {
        if (may_be_wanted(place)) {
          const std::size_t end = line_end(text_, place);
          take_row(line_begin(text_, place), end, result_->lines + feeds + 1);
          place = end;
        } else {
          ++place;
        }
        continue;
      }
      ++feeds;
      ++place;
      if (place >= text_.size()) {
        break;
      }
    }
    at_begin = false;
    // At the begin of a line.
    const std::size_t end = line_end(text_, place);
    if (is_odd(text_[place])) {
      bool zeros = false;
      const W3cLine line = line_at(place, end, zeros);
      if (is_blank(line.text)) {
        ++no_rows;
      } else if (line.text.starts_with('#')) {
        if (text::istarts_with(line.text, "#fields:")) {
          close_segment(begin, place, feeds, feeds - no_rows);
          result_->lines += feeds + 1;
          take_directive(line.text);
          return std::min(end + 1, text_.size());
        }
        ++no_rows;
        take_directive(line.text);
      } else {
        if (zeros) {
          result_->troubles.add(Trouble::kZeroBytes,
                                result_->lines + feeds + 1);
        }
        take_row(place, end, result_->lines + feeds + 1);
      }
      place = end;
    } else if (place + 3 < text_.size() && may_be_wanted(place - 1)) {
      take_row(place, end, result_->lines + feeds + 1);
      place = end;
    }
  }
  const std::uint64_t lines = feeds + (text_.ends_with('\n') ? 0U : 1U);
  close_segment(begin, text_.size(), lines, lines - no_rows);
  result_->lines += lines;
  return text_.size();
}

// `place` is that of the byte before the number. It may be -1 as a number
// without sign: the begin of the text.
bool W3cPart::may_be_wanted(std::size_t place) const {
  if (state_.layout.kind != W3cKind::kWeb &&
      state_.layout.kind != W3cKind::kUndecided) {
    return false;
  }
  const std::string_view status = text_.substr(place + 1, 3);
  if (place + 4 < text_.size() &&
      static_cast<unsigned char>(text_[place + 4]) > ' ') {
    return false;
  }
  if (status == "401" || status == "503") {
    return true;
  }
  if (status != "500" || !state_.layout.has(W3cColumn::kSubstatus)) {
    return false;
  }
  return state_.layout.place(W3cColumn::kSubstatus) !=
             state_.layout.place(W3cColumn::kStatus) + 1 ||
         text_.substr(std::min(place + 4, text_.size()), 3) == " 19";
}

void W3cPart::take_row(std::size_t begin, std::size_t end, std::uint64_t line) {
  if (successes_ != nullptr || (state_.layout.kind != W3cKind::kWeb &&
                                state_.layout.kind != W3cKind::kUndecided)) {
    return;
  }
  bool zeros = false;
  LogRow row;
  switch (read_row(line_at(begin, end, zeros), state_.layout, clock_, row)) {
    case W3cFit::kMisfit:
      result_->troubles.add(Trouble::kMisfit, line);
      break;
    case W3cFit::kCut:
      break;
    case W3cFit::kFits:
      if (is_web_refusal(row)) {
        row.site = site_of(row);
        result_->groups.add(web_refusal(row), row.time, line);
      }
  }
}

void W3cPart::take_directive(std::string_view line) {
  if (text::istarts_with(line, "#fields:")) {
    bool too_many = false;
    state_.layout = parse_fields(line.substr(8), too_many);
    took_fields_ = true;
    if (too_many) {
      result_->troubles.add(Trouble::kManyColumns, result_->lines);
    }
    if (state_.layout.kind == W3cKind::kUndecided) {
      state_.layout.kind = state_.is_advanced ? W3cKind::kQuoted
                           : is_ftp_          ? W3cKind::kFtp
                                              : W3cKind::kUndecided;
    }
  } else if (text::istarts_with(line, "#software:")) {
    state_.is_advanced = text::icontains(line, "Advanced Logging");
  } else if (text::istarts_with(line, "#date:")) {
    const std::string_view value = text::trim(line.substr(6));
    const auto day = days_of(value.substr(0, 10));
    const auto seconds =
        seconds_of(value.size() > 11 ? value.substr(11) : std::string_view());
    if (day) {
      state_.day = day;
      state_.seconds = seconds.value_or(0);
      state_.passed_midnight = false;
      result_->saw_date = true;
    }
  }
}

void W3cPart::decide(std::size_t begin) {
  while (begin < text_.size()) {
    const std::size_t end = line_end(text_, begin);
    bool zeros = false;
    const W3cLine line = line_at(begin, end, zeros);
    if (text::istarts_with(line.text, "#fields:")) {
      return;
    }
    if (!is_blank(line.text) && !line.text.starts_with('#')) {
      state_.layout.kind = kind_of_row(line.text, state_.layout);
      return;
    }
    begin = end + 1;
  }
}

std::optional<Trouble> W3cPart::trouble_of_rows() const {
  switch (state_.layout.kind) {
    case W3cKind::kNone:
      return Trouble::kNoFields;
    case W3cKind::kQuoted:
      return Trouble::kQuoted;
    default:
      return state_.layout.has(W3cColumn::kStatus)
                 ? std::nullopt
                 : std::optional(Trouble::kNoStatus);
  }
}

std::uint64_t W3cPart::first_row_line(std::size_t begin) const {
  for (std::uint64_t line = result_->lines + 1;; ++line) {
    const std::size_t end = line_end(text_, begin);
    bool zeros = false;
    const std::string_view text = line_at(begin, end, zeros).text;
    if (end == text_.size() || !(is_blank(text) || text.starts_with('#'))) {
      return line;
    }
    begin = end + 1;
  }
}

void W3cPart::close_segment(std::size_t begin, std::size_t end,
                            std::uint64_t lines, std::uint64_t rows) {
  if (rows == 0) {
    return;
  }
  if (successes_ != nullptr) {
    walk_back(begin, end, result_->lines + lines, result_->rows + rows);
    result_->rows += rows;
    return;
  }
  if (const auto trouble = trouble_of_rows()) {
    result_->troubles.add(*trouble, first_row_line(begin), rows);
  }
  if (result_->kind == W3cKind::kUndecided || result_->kind == W3cKind::kNone) {
    result_->kind = state_.layout.kind;
  }
  result_->rows += rows;
  note_times(begin, end);
}

void W3cPart::note_time(facts::ClockSeconds time, std::string_view site) {
  constexpr std::size_t kMostSite = 256;
  if (!result_->first) {
    result_->first = time;
    result_->first_site = cut_text(site, kMostSite);
  }
  result_->last = time;
  result_->last_site = cut_text(site, kMostSite);
}

// The first and the last row of a segment that have a time.
void W3cPart::note_times(std::size_t begin, std::size_t end) {
  const W3cLayout& layout =
      state_.layout.kind == W3cKind::kNone ? date_first() : state_.layout;
  const auto note = [&](std::size_t from, std::size_t to) {
    bool zeros = false;
    const W3cLine line = line_at(from, to, zeros);
    if (is_odd(text_[from]) &&
        (is_blank(line.text) || line.text.starts_with('#'))) {
      return false;
    }
    const auto time = row_time(line.text, layout, clock_);
    if (!time) {
      return false;
    }
    const std::string_view site = row_site(line, layout);
    note_time(*time, site.empty() ? site_ : site);
    return true;
  };
  if (!result_->first) {
    for (std::size_t from = begin; from < end;) {
      const std::size_t to = line_end(text_, from);
      if (note(from, to)) {
        break;
      }
      from = to + 1;
    }
    if (!result_->first) {
      return;  // none has
    }
  }
  for (std::size_t to = end; to > begin;) {
    const std::size_t feed = text_[to - 1] == '\n' ? to - 1 : to;
    const std::size_t from = std::max(line_begin(text_, feed), begin);
    if (from < feed && note(from, feed)) {
      return;
    }
    to = from;
  }
}

void W3cPart::walk_back(std::size_t begin, std::size_t end, std::uint64_t lines,
                        std::uint64_t rows) {
  if (state_.layout.kind != W3cKind::kWeb) {
    return;
  }
  std::uint64_t line_number = lines;
  std::uint64_t row_number = place_.rows + rows;
  for (std::size_t to = end; to > begin; --line_number) {
    const std::size_t feed = text_[to - 1] == '\n' ? to - 1 : to;
    const std::size_t from = std::max(line_begin(text_, feed), begin);
    to = from;
    bool zeros = false;
    const W3cLine line = line_at(from, feed, zeros);
    if (is_blank(line.text) || line.text.starts_with('#')) {
      continue;
    }
    --row_number;
    if (from < from_ || row_number + kSuccessRows < all_rows_) {
      return;
    }
    LogRow row;
    if (read_row(line, state_.layout, clock_, row) == W3cFit::kFits &&
        is_web_success(row)) {
      row.site = site_of(row);
      row.line = place_.lines + line_number;
      successes_->offer(facts::RecordKind::kWebLog, row, row_number);
    }
  }
}

}  // namespace iisdiag::evidence
