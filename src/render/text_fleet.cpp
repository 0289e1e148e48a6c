#include "render/text_fleet.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "iisdiag/version.hpp"
#include "render/tags.hpp"
#include "render/text_details.hpp"
#include "render/wording.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::render {
namespace {

using report::Fleet;
using report::FleetCause;
using report::Status;

constexpr std::size_t kLabel = 3;
constexpr std::size_t kBody = 13;
// Of the servers of a cause: more stand in the table below anyway.
constexpr std::size_t kMostServers = 20;

void write_section(Page& page, std::string_view label, std::string_view text) {
  page.hanging(std::string(kLabel, ' ') + std::string(label), kBody, text);
}

void write_fix(Page& page, const report::Report& report,
               const FleetCause& cause) {
  const report::Host& host = report.hosts[cause.rows.front()];
  const auto [identity, finding] = report::find_cause(host, cause);
  if (finding == nullptr || finding->steps.empty()) {
    return;
  }
  write_section(page,
                finding->severity == report::Severity::kUnknown ? "Do" : "Fix",
                example_words(*report.fleet, cause));
  std::size_t number = 0;
  for (const knowledge::Step& step : finding->steps) {
    const std::string lead =
        std::string(kBody, ' ') +
        (finding->steps.size() > 1 ? fmt::format("{}. ", ++number) : "");
    page.hanging(lead, lead.size(), step.text);
    for (const std::string& command : step.commands) {
      // Whole, whatever its length: it is there to be pasted.
      page.line(std::string(lead.size() + 2, ' ') + text::printable(command));
    }
  }
  for (const report::Reference& reference : finding->references) {
    write_section(page,
                  &reference == &finding->references.front() ? "Read" : "",
                  reference_words(reference));
  }
}

void write_cause(Page& page, std::size_t number, const report::Report& report,
                 const FleetCause& cause) {
  const std::string lead = fmt::format("{}. ", number);
  page.hanging(lead, lead.size(),
               fmt::format("{}: {}", cause.check.title, cause.text));
  page.line();
  write_section(page, "Finding", cause.finding);
  write_section(page, "Found on",
                fmt::format("{}: {}", server_count(cause.rows.size()),
                            servers_words(*report.fleet, cause, kMostServers)));
  write_fix(page, report, cause);
  page.line();
}

// The word of a cell: what is not in order stands out.
std::string_view cell(Status status) {
  switch (status) {
    case Status::kPassed:
      return "pass";
    case Status::kWarning:
      return "WARN";
    case Status::kFailed:
      return "FAIL";
    case Status::kUnknown:
      return "??";
    case Status::kSkipped:
      break;
  }
  return "-";
}

// "lookup" for account-lookup: its last word tells it from the others.
std::string column_name(std::string_view id) {
  return std::string(id.substr(id.rfind('-') + 1));
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t cells = text::display_width(text);
  text.append(cells < width ? width - cells : 1, ' ');
  return text;
}

}  // namespace

void write_causes(Page& page, const report::Report& report) {
  const Fleet& fleet = *report.fleet;
  page.line(fmt::format("iisdiag {}   {}", kVersion,
                        server_count(fleet.rows.size())));
  page.line();
  if (!fleet.is_complete()) {
    page.hanging({}, 0, fleet_gap(fleet));
    page.line();
  }
  std::string_view heading;
  std::size_t number = 0;
  for (const FleetCause& cause : fleet.causes) {
    if (heading != causes_heading(cause.severity)) {
      heading = causes_heading(cause.severity);
      page.heading(heading);
      number = 0;
    }
    write_cause(page, ++number, report, cause);
  }
}

void write_matrix(Page& page, const Fleet& fleet, const Options& options) {
  constexpr std::size_t kTag = 10;  // two blanks, the tag, two blanks
  constexpr std::size_t kWidestName = 28;
  constexpr std::size_t kColumn = 8;
  std::size_t name = 0;
  for (const report::FleetRow& row : fleet.rows) {
    name = std::max(name, text::display_width(text::printable(row.label)));
  }
  name = std::min(name, kWidestName) + 2;
  page.heading("Servers, the worst first");
  std::string header = std::string(kTag + name, ' ');
  for (const report::FleetCheck& check : fleet.checks) {
    header += padded(column_name(check.id), kColumn);
  }
  page.line(std::string(text::trim_right(header)));
  for (const report::FleetRow& row : fleet.rows) {
    // The colour's bytes take no room, so that the tag stands outside of what
    // is measured.
    Page one(page.width(), page.long_words());
    std::string line = std::string(kTag, ' ');
    const std::string label = text::printable(row.label);
    if (text::display_width(label) + 2 > name) {
      // By itself, and the cells below it.
      one.hanging({}, kTag, label);
      line += std::string(name, ' ');
    } else {
      line += padded(label, name);
    }
    for (const Status status : row.checks) {
      line += padded(std::string(cell(status)), kColumn);
    }
    const std::string reasons = text::printable(text::join(row.reasons, " "));
    if (text::display_width(line) + text::display_width(reasons) <=
        page.width()) {
      one.line(text::trim_right(line + reasons));
    } else {
      one.line(text::trim_right(line));
      one.hanging({}, kTag + 2, reasons);
    }
    std::string lines = one.take();
    lines.replace(0, kTag, "  " + tag(row.status, options.color) + "  ");
    lines.pop_back();
    page.line(lines);
  }
  page.line();
}

}  // namespace iisdiag::render
