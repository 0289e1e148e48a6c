// Web logs in the common format of NCSA: no Win32 error, no substatus.
#include <algorithm>
#include <array>
#include <memory>

#include "evidence/line_log.hpp"
#include "evidence/w3c_layout.hpp"
#include "evidence/w3c_scan.hpp"
#include "text/strings.hpp"

namespace iisdiag::evidence {
namespace {

// "01/May/2026:10:00:00 +0200", as UTC.
std::optional<facts::ClockSeconds> time_of(std::string_view text) {
  constexpr std::string_view kShape = "00/aaa/0000:00:00:00 +0000";
  if (text.size() != kShape.size()) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (kShape[i] == '0'
            ? !is_digit
            : kShape[i] != 'a' && kShape[i] != '+' && kShape[i] != text[i]) {
      return std::nullopt;
    }
  }
  const auto number = [&](std::size_t begin, std::size_t size) {
    int value = 0;
    for (const char digit : text.substr(begin, size)) {
      value = value * 10 + (digit - '0');
    }
    return value;
  };
  constexpr std::array<std::string_view, 12> kMonths = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun",
      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto* const month =
      std::find(kMonths.begin(), kMonths.end(), text.substr(3, 3));
  const auto days = facts::days_from_date(
      number(7, 4), static_cast<int>(month - kMonths.begin()) + 1,
      number(0, 2));
  const auto seconds = seconds_of(text.substr(12, 8));
  const int offset = number(22, 2) * 60 + number(24, 2);
  constexpr int kFurthest = 14 * 60;
  if (!days || !seconds || offset > kFurthest ||
      (text[21] != '+' && text[21] != '-')) {
    return std::nullopt;
  }
  return *days * facts::kDay + *seconds -
         (text[21] == '+' ? offset : -offset) * facts::kMinute;
}

// c-ip - user [time] "VERB target HTTP/x" status bytes. The user may hold
// blanks, the target quotes.
bool cut(std::string_view line, bool is_cut, LogRow& row) {
  const std::size_t open = line.find(" [");
  const std::size_t close = line.find("] \"", open);
  const std::size_t quote = line.rfind("\" ");
  if (open == std::string_view::npos || close == std::string_view::npos ||
      quote == std::string_view::npos || quote < close + 3) {
    return false;
  }
  std::string_view who = line.substr(0, open);
  for (int skip = 0; skip < 2; ++skip) {  // c-ip and the identity of RFC 931
    const std::size_t blank = who.find(' ');
    if (blank == std::string_view::npos) {
      return false;
    }
    who.remove_prefix(blank + 1);
  }
  row.user = who == "-" ? std::string_view() : text::trim(who);
  row.time = time_of(line.substr(open + 2, close - open - 2));
  const std::string_view request = line.substr(close + 3, quote - close - 3);
  const std::size_t verb = request.find(' ');
  row.method = request.substr(0, verb);
  const std::size_t version = request.rfind(' ');
  row.path = verb == std::string_view::npos ? std::string_view()
             : version > verb ? request.substr(verb + 1, version - verb - 1)
                              : request.substr(verb + 1);
  std::string_view rest = line.substr(quote + 2);
  const std::size_t blank = rest.find(' ');
  if (is_cut && blank == std::string_view::npos) {
    return false;
  }
  row.status = status_of(rest.substr(0, blank));
  return row.status != 0;
}

class NcsaLog : public LineLog {
 public:
  explicit NcsaLog(const LogFile& file) : LineLog(file, false) {}

 private:
  bool read_row(std::string_view line, bool is_cut, LogRow& row) override {
    return cut(line, is_cut, row);
  }

  // Which 403 and 500 it was is not told: what is counted tells no cause.
  bool is_refusal(const LogRow& row) const override {
    return row.status == 401 || row.status == 403 || row.status == 500 ||
           row.status == 503;
  }
};

bool is_ncsa(std::string_view start) {
  LogRow row;
  return cut(first_row(start), false, row) && row.time;
}

std::unique_ptr<LogReader> open_ncsa(const LogFile& file) {
  return std::make_unique<NcsaLog>(file);
}

}  // namespace

const LogFormat kNcsaLog{"ncsa", "log of a web site, NCSA common format",
                         "copy the folder LogFiles", is_ncsa, open_ncsa};

}  // namespace iisdiag::evidence
