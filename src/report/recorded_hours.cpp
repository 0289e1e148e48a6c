#include "report/recorded_hours.hpp"
#include "text/sort.hpp"

#include <algorithm>
#include <cstddef>
#include <tuple>

namespace iisdiag::report {
namespace {

using facts::LogonAttempt;

auto key_of(const RecordedHour& row) {
  return std::tuple(row.hour, row.is_local, row.code);
}

bool are_one_hour(const RecordedHour& one, const RecordedHour& other) {
  return one.hour == other.hour && one.is_local == other.is_local;
}

void add(const LogonAttempt& attempt, std::vector<RecordedHour>& rows) {
  if (!attempt.has_time) {
    return;
  }
  const auto code = checks::recorded_code(attempt);
  for (const facts::HourCount& of_hour : attempt.hours) {
    rows.push_back({of_hour.hour, attempt.is_local, code, of_hour.count});
  }
  // Where hours are not told, first and last may lie in one.
  const facts::ClockSeconds hour = facts::start_of_hour(attempt.last);
  if (attempt.hours.empty() && hour == facts::start_of_hour(attempt.first)) {
    rows.push_back({hour, attempt.is_local, code, attempt.count});
  }
}

// One row for each key.
void sum_up(std::vector<RecordedHour>& rows) {
  text::sort_stably(rows, [](const auto& one, const auto& other) {
    return key_of(one) < key_of(other);
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (kept > 0 && key_of(rows[kept - 1]) == key_of(rows[i])) {
      rows[kept - 1].count += rows[i].count;
    } else {
      rows[kept++] = rows[i];
    }
  }
  rows.resize(kept);
}

void drop_oldest(std::vector<RecordedHour>& rows) {
  std::size_t hours = 0;
  std::size_t first = rows.size();
  for (; first > 0 && rows.size() - first < kMostRecordedRows; --first) {
    if (first == rows.size() || !are_one_hour(rows[first - 1], rows[first])) {
      if (hours == kMostRecordedHours) {
        break;
      }
      ++hours;
    }
  }
  rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(first));
}

}  // namespace

std::vector<RecordedHour> recorded_hours(const checks::Recorded& recorded) {
  // A row of an FTP log may belong to it by its account and by its site.
  std::vector<const LogonAttempt*> attempts;
  for (const auto* logons : {&recorded.refusals, &recorded.accepted}) {
    for (const checks::RecordedLogon& logon : *logons) {
      attempts.push_back(logon.attempt);
    }
  }
  std::sort(attempts.begin(), attempts.end());
  attempts.erase(std::unique(attempts.begin(), attempts.end()), attempts.end());
  std::vector<RecordedHour> rows;
  for (const LogonAttempt* attempt : attempts) {
    add(*attempt, rows);
  }
  sum_up(rows);
  drop_oldest(rows);
  return rows;
}

}  // namespace iisdiag::report
