#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "render/wording.hpp"
#include "text/sort.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::render {
namespace {

using report::Fleet;
using report::FleetCause;
using report::Severity;
using report::Status;

// "right-missing on 41, wrong-password on 2", the most frequent first; of many
// the first few.
std::string reasons_words(const Fleet& fleet, Status status) {
  constexpr std::size_t kMost = 4;
  std::map<std::string_view, std::size_t> counts;
  for (const report::FleetRow& row : fleet.rows) {
    if (row.status == status) {
      for (const std::string& reason : row.reasons) {
        ++counts[reason];
      }
    }
  }
  std::vector<std::pair<std::string_view, std::size_t>> sorted(counts.begin(),
                                                               counts.end());
  text::sort_stably(sorted, [](const auto& one, const auto& other) {
    return one.second > other.second;
  });
  std::vector<std::string> words;
  for (std::size_t i = 0; i < std::min(kMost, sorted.size()); ++i) {
    words.push_back(fmt::format("{} on {}", text::printable(sorted[i].first),
                                sorted[i].second));
  }
  if (sorted.size() > kMost) {
    words.push_back(
        sorted.size() == kMost + 1
            ? "1 more reason"
            : fmt::format("{} more reasons", sorted.size() - kMost));
  }
  return words.empty() ? std::string()
                       : fmt::format(" ({})", text::join(words, ", "));
}

}  // namespace

std::string server_count(std::size_t count) {
  return count == 1 ? "1 server" : fmt::format("{} servers", count);
}

std::string fleet_counts(const Fleet& fleet) {
  constexpr std::pair<Status, std::string_view> kWords[] = {
      {Status::kFailed, "failed"},
      {Status::kUnknown, "not checked"},
      {Status::kWarning, "warned"},
      {Status::kPassed, "passed"},
      {Status::kSkipped, "skipped"}};
  std::vector<std::string> parts;
  for (const auto& [status, word] : kWords) {
    if (const std::size_t count = fleet.count(status); count > 0) {
      parts.push_back(fmt::format("{} {}", count, word));
    }
  }
  return parts.empty() ? "none checked" : text::join(parts, ", ");
}

std::string fleet_gap(const Fleet& fleet) {
  return fleet.is_complete()
             ? std::string()
             : fmt::format("Stopped after {} of {}: this is not all.",
                           fleet.rows.size(), server_count(fleet.expected));
}

std::string fleet_verdict(const report::Report& report) {
  const Fleet& fleet = *report.fleet;
  const std::string of = server_count(fleet.rows.size());
  const std::string counts = fleet_counts(fleet);
  std::string words;
  switch (report.status) {
    case Status::kFailed:
      words = fmt::format("Failed: {} of {}{}", fleet.count(Status::kFailed),
                          of, reasons_words(fleet, Status::kFailed));
      if (fleet.count(Status::kUnknown) > 0) {
        words += fmt::format("; {} not checked", fleet.count(Status::kUnknown));
      }
      words += '.';
      break;
    case Status::kUnknown:
      words = fmt::format(
          "Incomplete: {} of {} could not be checked{}. This is not an "
          "all-clear.",
          fleet.count(Status::kUnknown), of,
          reasons_words(fleet, Status::kUnknown));
      break;
    case Status::kWarning:
      words = fmt::format("Passed with warnings: {} of {}{}.",
                          fleet.count(Status::kWarning), of,
                          reasons_words(fleet, Status::kWarning));
      break;
    case Status::kPassed:
      words = fmt::format("Passed: {} ({}).", of, counts);
      break;
    case Status::kSkipped:
      words = fmt::format("Nothing to check on {}.", of);
      break;
  }
  return fleet.is_complete() ? words : fleet_gap(fleet) + " " + words;
}

std::string_view causes_heading(Severity severity) {
  return severity == Severity::kFail      ? "What to fix"
         : severity == Severity::kUnknown ? "Could not be checked"
                                          : "What to change";
}

std::string servers_words(const Fleet& fleet, const FleetCause& cause,
                          std::size_t most) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(most, cause.rows.size()); ++i) {
    names.push_back(text::printable(fleet.rows[cause.rows[i]].label));
  }
  const std::string shown = text::join(names, ", ");
  return names.size() == cause.rows.size()
             ? shown
             : fmt::format("{} and {} more", shown,
                           cause.rows.size() - names.size());
}

std::string example_words(const Fleet& fleet, const FleetCause& cause) {
  const std::string name =
      text::printable(fleet.rows[cause.rows.front()].label);
  return cause.rows.size() == 1
             ? fmt::format("On {}:", name)
             : fmt::format("On {}; on the others likewise, with their names:",
                           name);
}

}  // namespace iisdiag::render
