#include "cli/compare.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/exit_code.hpp"
#include "cli/refusal.hpp"
#include "evidence/limits.hpp"
#include "fleet/diff.hpp"
#include "fleet/report_reader.hpp"
#include "render/layout.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::cli {
namespace {

using fleet::Change;
using fleet::Difference;

// Half a report would make what is missing in it look worse, or better.
std::vector<report::Host> read_hosts(const std::string& path,
                                     const evidence::FileSystem& files) {
  const auto read = files.read(path, evidence::kMaxTextFile);
  if (!read.value) {
    throw NothingToCheck{
        fmt::format("{}: {}", text::printable(path), read.error)};
  }
  fleet::ReadReport report = fleet::read_report(*read.value);
  if (!report.fault.empty()) {
    throw NothingToCheck{fmt::format("{}: the report was not read: {}",
                                     text::printable(path), report.fault)};
  }
  if (report.missing > 0) {
    throw NothingToCheck{
        fmt::format("{}: its run was stopped before all servers were checked",
                    text::printable(path))};
  }
  return std::move(report.hosts);
}

std::string status_words(const std::optional<report::Status>& status) {
  return status ? std::string(report::status_name(*status)) : "not there";
}

std::string_view heading(Change change) {
  switch (change) {
    case Change::kWorse:
      return "Worse";
    case Change::kBetter:
      return "Better";
    case Change::kOther:
      break;
  }
  return "Changed otherwise";
}

std::string words(const Difference& difference) {
  std::string text = text::printable(difference.host);
  if (!difference.identity.empty()) {
    text += ", " + text::printable(difference.identity);
  }
  if (!difference.check.empty()) {
    text += ", " + text::printable(difference.check);
  }
  text +=
      ": " + (difference.before == difference.after
                  ? "still " + status_words(difference.after)
                  : fmt::format("{}, was {}", status_words(difference.after),
                                status_words(difference.before)));
  const auto add = [&](std::string_view lead,
                       const std::vector<std::string>& ids) {
    if (!ids.empty()) {
      text +=
          fmt::format("; {} {}", lead, text::printable(text::join(ids, ", ")));
    }
  };
  add("now", difference.came);
  add("no longer", difference.went);
  return text;
}

std::string comparison_text(const fleet::Comparison& comparison) {
  constexpr std::size_t kWidth = 80;
  render::Page page(kWidth, render::LongWords::kWhole);
  std::string_view current;
  for (const Difference& difference : comparison.differences) {
    if (current != heading(difference.change)) {
      if (!current.empty()) {
        page.line();
      }
      current = heading(difference.change);
      page.heading(current);
    }
    page.hanging({}, 2, words(difference));
  }
  if (!current.empty()) {
    page.line();
  }
  const auto count = [&](Change change) {
    return std::count_if(
        comparison.differences.begin(), comparison.differences.end(),
        [&](const Difference& one) { return one.change == change; });
  };
  page.hanging({}, 0,
               fmt::format("{} worse, {} better, {} changed otherwise; {} {} "
                           "stayed, {} of them not in order.",
                           count(Change::kWorse), count(Change::kBetter),
                           count(Change::kOther), comparison.stayed,
                           comparison.stayed == 1 ? "check" : "checks",
                           comparison.stayed_bad));
  return page.take();
}

}  // namespace

int compare_reports(const std::vector<std::string>& paths, Console& console,
                    const evidence::FileSystem& files) {
  const auto before = read_hosts(paths.front(), files);
  const auto after = read_hosts(paths.back(), files);
  const fleet::Comparison comparison = fleet::compare(before, after);
  if (!console.out(comparison_text(comparison))) {
    say(console, "standard output could not be written");
    return kExitInternal;
  }
  return comparison.has_worse() ? kExitFailed : kExitOk;
}

}  // namespace iisdiag::cli
