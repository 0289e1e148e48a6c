#include "evidence/w3c_layout.hpp"

#include <algorithm>
#include <string>

#include "evidence/w3c_scan.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

struct Name {
  std::string_view name;  // small letters only
  W3cColumn column;
};

constexpr Name kNames[] = {
    {"date", W3cColumn::kDate},
    {"time", W3cColumn::kTime},
    {"ssitename", W3cColumn::kSite},
    {"ssiteid", W3cColumn::kSiteId},
    {"cip", W3cColumn::kClient},
    {"csmethod", W3cColumn::kMethod},
    {"csuristem", W3cColumn::kPath},
    {"csuri", W3cColumn::kUrl},
    {"csuriquery", W3cColumn::kQuery},
    {"csusername", W3cColumn::kUser},
    {"scstatus", W3cColumn::kStatus},
    {"scsubstatus", W3cColumn::kSubstatus},
    {"scwin32status", W3cColumn::kWin32},
    {"sreason", W3cColumn::kReason},
    {"xsession", W3cColumn::kSession},
    {"csuseragent", W3cColumn::kAgent},
    {"cscookie", W3cColumn::kCookie},
    {"csreferer", W3cColumn::kReferer},
};

// "cs(User-Agent)", "sc-Sub-status" as the table has them; "" for a name that
// is longer than any there.
std::string plain(std::string_view name) {
  constexpr std::size_t kLongest = 40;
  std::string result;
  if (name.size() > kLongest) {
    return result;
  }
  for (const char c : text::to_lower(name)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      result += c;
    }
  }
  return result;
}

// The default and the full sets of columns of IIS and HTTP.sys that have a
// date.
// A set is longer than a line.
// NOLINTBEGIN(bugprone-suspicious-missing-comma)
constexpr std::string_view kKnown[] = {
    // IIS 6, 7, 8 and later.
    "date time s-sitename s-ip cs-method cs-uri-stem cs-uri-query s-port "
    "cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status",
    "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip "
    "cs(User-Agent) sc-status sc-substatus sc-win32-status time-taken",
    "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip "
    "cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status "
    "time-taken",
    "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip "
    "cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status "
    "sc-bytes cs-bytes time-taken",
    "date time s-sitename s-computername s-ip cs-method cs-uri-stem "
    "cs-uri-query s-port cs-username c-ip cs-version cs(User-Agent) cs(Cookie) "
    "cs(Referer) cs-host sc-status sc-substatus sc-win32-status sc-bytes "
    "cs-bytes time-taken",
    // FTP of IIS 7 and later.
    "date time c-ip cs-username s-ip s-port cs-method cs-uri-stem sc-status "
    "sc-win32-status sc-substatus x-session x-fullpath",
    // HTTP.sys.
    "date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status "
    "s-siteid s-reason",
    "date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status "
    "s-siteid s-reason s-queuename",
    "date time c-ip c-port s-ip s-port cs-version cs-method cs-uri streamid "
    "sc-status s-siteid s-reason s-queuename",
};
// NOLINTEND(bugprone-suspicious-missing-comma)

bool is_number_or_dash(std::string_view field) {
  return field == "-" || is_number(field);
}

bool is_address_or_dash(std::string_view field) {
  return field == "-" || is_address(field);
}

// Can a field of a row stand in a column of this name?
bool suits(std::string_view name, std::string_view field) {
  if (field.empty()) {
    return false;
  }
  if (name == "date") {
    return days_of(field).has_value();
  }
  if (name == "time") {
    return seconds_of(field).has_value();
  }
  if (name == "s-sitename") {
    return field.find_first_of(".:/") == std::string_view::npos;
  }
  if (name == "c-ip" || name == "s-ip") {
    return is_address_or_dash(field);
  }
  if (name == "cs-method") {
    return std::none_of(field.begin(), field.end(), [](char c) {
      return (c >= '0' && c <= '9') || c == '/' || c == '.' || c == ':';
    });
  }
  if (name == "cs-uri-stem" || name == "cs-uri") {
    return field.starts_with('/') || field == "-" || field == "*";
  }
  if (name == "cs-version") {
    return field.starts_with("HTTP/") || field == "-";
  }
  if (name == "sc-status") {
    return status_of(field) != 0 || field == "-";
  }
  if (name == "s-reason") {
    return !is_number_or_dash(field);
  }
  if (name == "s-port" || name == "c-port" || name == "sc-substatus" ||
      name == "sc-win32-status" || name == "sc-bytes" || name == "cs-bytes" ||
      name == "time-taken" || name == "s-siteid" || name == "streamid") {
    return is_number_or_dash(field);
  }
  return true;
}

bool suits_all(std::string_view names, std::string_view row) {
  const std::vector<std::string_view> fields = text::split(row, ' ');
  const std::vector<std::string_view> columns = text::split(names, ' ');
  if (fields.size() != columns.size()) {
    return false;
  }
  for (std::size_t i = 0; i < fields.size(); ++i) {
    // An FTP command may stand in front of any path.
    if (!suits(columns[i], fields[i]) &&
        !(columns[i] == "cs-uri-stem" && columns.back() == "x-fullpath")) {
      return false;
    }
  }
  return true;
}

}  // namespace

W3cLayout parse_fields(std::string_view names, bool& too_many) {
  W3cLayout layout;
  layout.places.fill(W3cLayout::kAbsent);
  too_many = false;
  std::size_t count = 0;
  bool any = false;
  while (!names.empty()) {
    const std::size_t end = std::min(names.find_first_of(" \t"), names.size());
    const std::string_view name = names.substr(0, end);
    names.remove_prefix(std::min(end + 1, names.size()));
    if (name.empty()) {
      continue;
    }
    if (count == kMaxColumns) {
      too_many = true;
      layout.places.fill(W3cLayout::kAbsent);
      return layout;
    }
    const std::string wanted = plain(name);
    for (const Name& known : kNames) {
      std::int16_t& place =
          layout.places[static_cast<std::size_t>(known.column)];
      if (known.name == wanted && place == W3cLayout::kAbsent) {
        place = static_cast<std::int16_t>(count);
        any = true;
      }
    }
    ++count;
  }
  layout.count = static_cast<std::uint16_t>(count);
  if (any) {
    layout.kind = W3cKind::kUndecided;
    if (layout.has(W3cColumn::kReason)) {
      layout.kind = W3cKind::kHttpErrors;
    } else if (layout.has(W3cColumn::kSession)) {
      layout.kind = W3cKind::kFtp;
    }
  } else {
    layout.count = 0;
  }
  return layout;
}

W3cLayout guess_layout(const std::vector<std::string_view>& rows) {
  W3cLayout none;
  none.places.fill(W3cLayout::kAbsent);
  std::optional<std::string_view> found;
  for (const std::string_view known : kKnown) {
    if (!rows.empty() &&
        std::all_of(rows.begin(), rows.end(), [&](std::string_view row) {
          return suits_all(known, row);
        })) {
      if (found) {
        return none;
      }
      found = known;
    }
  }
  bool too_many = false;
  return found ? parse_fields(*found, too_many) : none;
}

W3cKind kind_of_row(std::string_view line, const W3cLayout& layout) {
  std::array<std::uint32_t, kMaxColumns + 1> starts{};
  const std::size_t count =
      std::min(split_fields(line, starts), starts.size() - 1);
  starts[count] = static_cast<std::uint32_t>(line.size() + 1);
  W3cKind kind = W3cKind::kWeb;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view field =
        line.substr(starts[i], starts[i + 1] - 1 - starts[i]);
    if (field.starts_with('"')) {
      return W3cKind::kQuoted;
    }
    if (static_cast<int>(i) == layout.place(W3cColumn::kTime) &&
        field.find('.') != std::string_view::npos &&
        seconds_of(field.substr(0, field.find('.')))) {
      return W3cKind::kQuoted;
    }
    if (static_cast<int>(i) == layout.place(W3cColumn::kMethod) &&
        is_ftp_method(field)) {
      kind = W3cKind::kFtp;
    }
  }
  return layout.kind == W3cKind::kUndecided ? kind : layout.kind;
}

W3cLine clean_line(std::string_view line, bool is_cut, bool& zeros) {
  zeros = false;
  if (line.starts_with('\0')) {
    line.remove_prefix(std::min(line.find_first_not_of('\0'), line.size()));
    zeros = !line.empty();
  }
  const std::size_t nul = line.find('\0');
  if (nul != std::string_view::npos) {
    line = line.substr(0, nul);
    is_cut = true;
  }
  while (line.ends_with('\r')) {
    line.remove_suffix(1);
    is_cut = false;
  }
  return {line, is_cut};
}

std::optional<std::int64_t> days_of(std::string_view date) {
  if (date.size() != 10) {
    return std::nullopt;
  }
  const auto moment = facts::parse_iso(date);
  return moment ? std::optional(moment->clock / facts::kDay) : std::nullopt;
}

std::optional<std::int32_t> seconds_of(std::string_view time) {
  // "9:05:00" stands in logs of the native format.
  if (time.size() < 7 || time.size() > 8) {
    return std::nullopt;
  }
  std::int32_t values[3] = {};
  std::size_t part = 0;
  std::size_t digits = 0;
  for (std::size_t i = time.size() - 6; i < time.size(); ++i) {
    if ((time[i] == ':') != (i == time.size() - 6 || i == time.size() - 3)) {
      return std::nullopt;
    }
  }
  for (const char c : time) {
    if (c == ':') {
      if (digits == 0) {
        return std::nullopt;
      }
      ++part;
      digits = 0;
    } else if (c < '0' || c > '9') {
      return std::nullopt;
    } else {
      values[part] = values[part] * 10 + (c - '0');
      ++digits;
    }
  }
  if (values[0] > 23 || values[1] > 59 || values[2] > 59) {
    return std::nullopt;
  }
  return (values[0] * 60 + values[1]) * 60 + values[2];
}

std::optional<facts::ClockSeconds> W3cClock::date_and_time(
    std::string_view date, std::string_view time) {
  const auto seconds = seconds_of(time);
  if (!seconds || date.size() != date_.size()) {
    return std::nullopt;
  }
  if (!has_date_ || !std::equal(date.begin(), date.end(), date_.begin())) {
    const auto days = days_of(date);
    has_date_ = days.has_value();
    if (!days) {
      return std::nullopt;
    }
    days_ = *days;
    std::copy(date.begin(), date.end(), date_.begin());
  }
  return days_ * facts::kDay + *seconds;
}

}  // namespace iisdiag::evidence
