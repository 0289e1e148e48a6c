// The fields of one row of a W3C log in their columns.
#include <algorithm>

#include "evidence/w3c_layout.hpp"
#include "evidence/w3c_scan.hpp"

namespace iisdiag::evidence {
namespace {

// The field in one place, counted from the left, without splitting the rest.
std::optional<std::string_view> field_at(std::string_view line, int place) {
  if (place < 0) {
    return std::nullopt;
  }
  for (; place > 0; --place) {
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos) {
      return std::nullopt;
    }
    line.remove_prefix(blank + 1);
  }
  return line.substr(0, line.find(' '));
}

bool is_code(std::string_view field) {
  if (field.size() > 1 && field.front() == '-') {
    field.remove_prefix(1);
  }
  return field == "-" || is_number(field);
}

// A row cut into fields, and which of them is in which column.
class Fields {
 public:
  // Two thousand bytes that split_fields fills would take longer to clear than
  // a row takes to read.
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
  Fields(std::string_view line, const W3cLayout& layout)
      : line_(line), layout_(layout) {
    count_ = split_fields(line, {starts_.data(), kMost});
    if (count_ <= kMost) {
      starts_[count_] = static_cast<std::uint32_t>(line.size() + 1);
    }
    find_loose();
  }

  bool is_readable() const { return count_ <= kMost; }
  std::size_t count() const { return count_; }
  bool fits_exactly() const { return count_ == layout_.count; }

  // The number of the field in the column, or -1.
  int number(W3cColumn column) const {
    const int place = layout_.place(column);
    const int extra =
        static_cast<int>(count_) - static_cast<int>(layout_.count);
    if (place < 0 || extra <= 0 || place < loose_first_) {
      return place < static_cast<int>(count_) ? place : -1;
    }
    return place > loose_last_ ? place + extra : -1;
  }

  std::string_view field(int number) const { return span(number, number + 1); }
  // "" for one that is not there.
  std::string_view in(W3cColumn column) const {
    const int place = number(column);
    return place < 0 ? std::string_view() : field(place);
  }
  // Fields `first` to `end`, blanks between them.
  std::string_view span(int first, int end) const {
    const auto begin = starts_[static_cast<std::size_t>(first)];
    return line_.substr(begin,
                        starts_[static_cast<std::size_t>(end)] - 1 - begin);
  }

 private:
  // More fields than columns: user agents of a program may hold blanks; where
  // there is no such column, names and paths.
  void find_loose() {
    const auto widen = [&](W3cColumn column) {
      const int place = layout_.place(column);
      if (place >= 0) {
        loose_first_ = loose_last_ < 0 ? place : std::min(loose_first_, place);
        loose_last_ = std::max(loose_last_, place);
      }
    };
    for (const W3cColumn column :
         {W3cColumn::kAgent, W3cColumn::kCookie, W3cColumn::kReferer}) {
      widen(column);
    }
    if (loose_last_ < 0) {
      for (const W3cColumn column : {W3cColumn::kPath, W3cColumn::kUrl,
                                     W3cColumn::kQuery, W3cColumn::kUser}) {
        widen(column);
      }
    }
    if (loose_last_ < 0) {
      loose_first_ = layout_.count;  // all from the left
    }
  }

  static constexpr std::size_t kMost = 2 * kMaxColumns;

  std::string_view line_;
  const W3cLayout& layout_;
  std::size_t count_ = 0;
  int loose_first_ = 0;
  int loose_last_ = -1;
  // Filled by split_fields.
  std::array<std::uint32_t, kMost + 1> starts_;
};

std::string_view without_dash(std::string_view field) {
  return field == "-" ? std::string_view() : field;
}

// The user name of a row with too many fields. A blank in it shows where the
// next column does not hold the address of the client.
bool read_user(const Fields& fields, const W3cLayout& layout, LogRow& row) {
  const int user = fields.number(W3cColumn::kUser);
  row.user = user < 0 ? std::string_view() : fields.field(user);
  const int client = layout.place(W3cColumn::kClient);
  if (fields.fits_exactly() || user < 0 || client != user + 1) {
    return true;
  }
  const int extra = static_cast<int>(fields.count()) - layout.count;
  for (int more = 0; more <= std::max(extra, 0); ++more) {
    if (client + more < static_cast<int>(fields.count()) &&
        is_address(fields.field(client + more))) {
      row.user = fields.span(user, client + more);
      const std::size_t begin = row.user.find_first_not_of(' ');
      row.user.remove_prefix(std::min(begin, row.user.size()));
      return true;
    }
  }
  return false;
}

// The numbers about the outcome: are they where their columns say?
bool read_outcome(const Fields& fields, LogRow& row) {
  constexpr std::size_t kMostDigits = 5;  // of a substatus
  row.status = status_of(fields.in(W3cColumn::kStatus));
  const std::string_view substatus = fields.in(W3cColumn::kSubstatus);
  row.has_substatus = !substatus.empty() && substatus != "-";
  row.substatus = 0;
  if (row.has_substatus) {
    if (!is_number(substatus) || substatus.size() > kMostDigits) {
      return false;
    }
    for (const char digit : substatus) {
      row.substatus =
          row.substatus * 10 + static_cast<std::uint32_t>(digit - '0');
    }
  }
  const std::string_view win32 = fields.in(W3cColumn::kWin32);
  row.win32 = win32;
  return win32.empty() || is_code(win32);
}

}  // namespace

std::optional<std::int32_t> row_seconds(std::string_view line,
                                        const W3cLayout& layout) {
  const auto time = field_at(line, layout.place(W3cColumn::kTime));
  return time ? seconds_of(*time) : std::nullopt;
}

std::optional<facts::ClockSeconds> row_time(std::string_view line,
                                            const W3cLayout& layout,
                                            W3cClock& clock) {
  const auto date = field_at(line, layout.place(W3cColumn::kDate));
  const auto time = field_at(line, layout.place(W3cColumn::kTime));
  return date && time ? clock.date_and_time(*date, *time) : std::nullopt;
}

std::string_view row_site(const W3cLine& line, const W3cLayout& layout) {
  const auto site = field_at(line.text, layout.has(W3cColumn::kSite)
                                            ? layout.place(W3cColumn::kSite)
                                            : W3cLayout::kAbsent);
  if (!site || *site == "-" || (line.is_cut && line.text.ends_with(*site))) {
    return {};
  }
  return *site;
}

W3cFit read_row(const W3cLine& line, const W3cLayout& layout, W3cClock& clock,
                LogRow& row) {
  std::string_view text = line.text;
  if (text.ends_with(' ') && !line.is_cut) {
    text.remove_suffix(1);
  }
  const Fields fields(text, layout);
  if (!fields.is_readable()) {
    return W3cFit::kMisfit;
  }
  row = {};
  if (layout.has(W3cColumn::kDate)) {
    row.time = row_time(text, layout, clock);
  }
  if (!fields.fits_exactly()) {
    // Where the kinds are right, the fields are taken to be in their columns.
    const bool timed =
        layout.has(W3cColumn::kDate)
            ? row.time.has_value()
            : !layout.has(W3cColumn::kTime) || row_seconds(text, layout);
    const std::string_view path = fields.in(W3cColumn::kPath);
    if (!timed || (layout.kind != W3cKind::kFtp && !path.empty() &&
                   path != "-" && path != "*" && !path.starts_with('/'))) {
      return W3cFit::kMisfit;
    }
    if (fields.count() > layout.count && line.is_cut) {
      return W3cFit::kCut;
    }
  }
  if (!read_user(fields, layout, row) || !read_outcome(fields, row)) {
    return line.is_cut ? W3cFit::kCut : W3cFit::kMisfit;
  }
  if (line.is_cut) {
    const int last = static_cast<int>(fields.count()) - 1;
    for (const W3cColumn column :
         {W3cColumn::kUser, W3cColumn::kPath, W3cColumn::kUrl,
          W3cColumn::kStatus, W3cColumn::kSubstatus, W3cColumn::kWin32,
          W3cColumn::kReason}) {
      if (layout.place(column) >= last) {
        return W3cFit::kCut;
      }
    }
  }
  row.user = without_dash(row.user);
  row.has_user = layout.has(W3cColumn::kUser);
  row.site = without_dash(fields.in(W3cColumn::kSite));
  row.method = fields.in(W3cColumn::kMethod);
  row.path = fields.in(layout.has(W3cColumn::kPath) ? W3cColumn::kPath
                                                    : W3cColumn::kUrl);
  row.session = fields.in(W3cColumn::kSession);
  if (row.session.empty()) {
    row.session = fields.in(W3cColumn::kClient);
  }
  row.reason = without_dash(fields.in(W3cColumn::kReason));
  row.site_id = without_dash(fields.in(W3cColumn::kSiteId));
  return W3cFit::kFits;
}

}  // namespace iisdiag::evidence
