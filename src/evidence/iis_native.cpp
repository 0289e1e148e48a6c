// Logs in the format of IIS itself: 15 fields divided by commas, local time.
#include <algorithm>
#include <array>
#include <memory>

#include "evidence/line_log.hpp"
#include "evidence/w3c_layout.hpp"
#include "evidence/w3c_scan.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

// c-ip, user, date, time, service, server, s-ip, ms, bytes in, bytes out,
// status, win32, verb, target, parameters,
enum Field : std::uint8_t {
  kClient,
  kUser,
  kDate,
  kTime,
  kService,
  kServer,
  kServerIp,
  kTaken,
  kIn,
  kOut,
  kStatus,
  kWin32,
  kVerb,
  kTarget,
  kFields,
};

using Fields = std::array<std::string_view, kFields>;

// Cuts a row; false where it has too few fields. Of a row that is cut the last
// field does not count.
bool cut(std::string_view line, bool is_cut, Fields& fields) {
  for (std::string_view& field : fields) {
    const std::size_t comma = line.find(',');
    if (comma == std::string_view::npos &&
        (is_cut || &field != &fields.back())) {
      return false;
    }
    field = text::trim(line.substr(0, comma));
    line.remove_prefix(comma == std::string_view::npos ? line.size()
                                                       : comma + 1);
  }
  return true;
}

bool is_service(std::string_view field) {
  return is_ftp_service(field) || text::istarts_with(field, "W3SVC");
}

bool is_row(const Fields& fields) {
  return is_service(fields[kService]) && seconds_of(fields[kTime]) &&
         is_number(fields[kStatus]) && is_number(fields[kWin32]);
}

// The numbers of a date, in whichever order the server's locale has them.
struct Date {
  std::array<int, 3> parts{};
  bool year_first = false;
  bool ok = false;
};

Date cut_date(std::string_view text) {
  Date date;
  std::size_t part = 0;
  std::size_t digits = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      if (++digits > 4) {
        return date;
      }
      date.parts[part] = date.parts[part] * 10 + (c - '0');
    } else if ((c == '/' || c == '.' || c == '-') && digits > 0 && part < 2) {
      date.year_first = date.year_first || (part == 0 && digits == 4);
      ++part;
      digits = 0;
    } else {
      return date;
    }
  }
  date.ok = part == 2 && digits > 0;
  return date;
}

enum class Order : std::uint8_t { kUnknown, kMonthFirst, kDayFirst };

std::optional<std::int64_t> days_in(const Date& date, Order order) {
  if (!date.ok) {
    return std::nullopt;
  }
  const auto full_year = [](int year) {
    constexpr int kTurn = 70;  // no IIS is older than 1995
    return year >= 100 ? year : year + (year < kTurn ? 2000 : 1900);
  };
  const auto& [first, second, third] = date.parts;
  if (date.year_first) {
    return facts::days_from_date(first, second, third);
  }
  if (order == Order::kMonthFirst ||
      (order == Order::kUnknown && first == second)) {
    return facts::days_from_date(full_year(third), first, second);
  }
  return order == Order::kDayFirst
             ? facts::days_from_date(full_year(third), second, first)
             : std::nullopt;
}

// The six digits of "in260501.log": year, month, day.
std::string_view date_of_name(std::string_view name) {
  const std::size_t slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) {
    name.remove_prefix(slash + 1);
  }
  constexpr std::size_t kDigits = 6;
  const std::size_t begin = name.find_first_of("0123456789");
  const std::string_view digits =
      begin == std::string_view::npos ? name : name.substr(begin, kDigits);
  return digits.size() == kDigits && is_number(digits) ? digits
                                                       : std::string_view();
}

class NativeLog : public LineLog {
 public:
  explicit NativeLog(const LogFile& file)
      : LineLog(file, true), name_date_(date_of_name(file.name)) {}

 private:
  bool read_row(std::string_view line, bool is_cut, LogRow& row) override {
    Fields fields;
    if (!cut(line, is_cut, fields) || !is_row(fields)) {
      return false;
    }
    const auto dashless = [&](Field field) {
      return fields[field] == "-" ? std::string_view() : fields[field];
    };
    const Date date = cut_date(fields[kDate]);
    learn_order(date);
    const auto days = days_in(date, order_);
    if (days) {
      row.time = *days * facts::kDay + *seconds_of(fields[kTime]);
    }
    row.site = fields[kService];
    row.method = fields[kVerb];
    row.path = fields[kTarget];
    row.user = dashless(kUser);
    row.session = fields[kClient];
    row.status = status_of(fields[kStatus]);
    row.win32 = fields[kWin32];
    return true;
  }

  bool is_refusal(const LogRow& row) const override {
    return is_web_refusal(row);
  }

  // The first row that leaves no choice decides for those behind it; the name
  // of the file, where it shows the date, for all.
  void learn_order(const Date& date) {
    if (order_ != Order::kUnknown || !date.ok || date.year_first) {
      return;
    }
    const auto& [first, second, third] = date.parts;
    const auto named = [&](std::size_t place) {
      return (name_date_[place] - '0') * 10 + (name_date_[place + 1] - '0');
    };
    if (first > 12) {
      order_ = Order::kDayFirst;
    } else if (second > 12) {
      order_ = Order::kMonthFirst;
    } else if (!name_date_.empty() && first != second) {
      if (named(2) == first && named(4) == second) {
        order_ = Order::kMonthFirst;
      } else if (named(2) == second && named(4) == first) {
        order_ = Order::kDayFirst;
      }
    }
  }

  std::string name_date_;
  Order order_ = Order::kUnknown;
};

bool is_iis_native(std::string_view start) {
  Fields fields;
  return cut(first_row(start), false, fields) && is_row(fields) &&
         cut_date(fields[kDate]).ok;
}

std::unique_ptr<LogReader> open_iis_native(const LogFile& file) {
  return std::make_unique<NativeLog>(file);
}

}  // namespace

const LogFormat kIisNativeLog{
    "iis-native", "log of a web or FTP site, format of IIS itself",
    "copy the folder LogFiles", is_iis_native, open_iis_native};

}  // namespace iisdiag::evidence
