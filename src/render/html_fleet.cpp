// What the page says of several servers, before it speaks of each.
#include <algorithm>

#include "render/html_parts.hpp"
#include "render/tags.hpp"

namespace iisdiag::render {
namespace {

using report::Fleet;
using report::FleetCause;

// Of a long list, so many stand open.
constexpr std::size_t kMostNames = 40;
constexpr std::size_t kMostRows = 500;

void write_link(HtmlWriter& page, const report::FleetRow& row,
                std::size_t index) {
  page.write("<a href=\"#h");
  page.number(index + 1);
  page.write("\">$</a>", {row.label});
}

void write_servers(HtmlWriter& page, const Fleet& fleet,
                   const FleetCause& cause) {
  page.write("<p>");
  for (std::size_t i = 0; i < cause.rows.size(); ++i) {
    if (i == kMostNames) {
      page.write("</p>\n<details><summary>");
      page.number(cause.rows.size() - i);
      page.write(" more</summary>\n<p>");
    } else if (i > 0) {
      page.write(", ");
    }
    // It has a finding, so it is not in order and has a section.
    write_link(page, fleet.rows[cause.rows[i]], cause.rows[i]);
  }
  page.write("</p>\n@", {cause.rows.size() > kMostNames ? "</details>\n" : ""});
}

void write_cause(HtmlWriter& page, const Fleet& fleet, const FleetCause& cause,
                 std::size_t number) {
  const report::Status status = status_of(cause.severity);
  page.write("<article class=\"finding @\">\n<h3>",
             {report::status_name(status)});
  write_tag(page, status);
  page.number(number);
  page.write(
      ". $: $</h3>\n<p class=\"id\"><code>$</code></p>\n<dl>\n"
      "<div><dt>@</dt><dd>\n",
      {cause.check.title, cause.text, cause.finding,
       server_count(cause.rows.size())});
  write_servers(page, fleet, cause);
  page.write("</dd></div>\n</dl>\n</article>\n");
}

void write_row_of(HtmlWriter& page, const report::FleetRow& row,
                  std::size_t index, bool verbose) {
  page.write("<tr><td>");
  write_tag(page, row.status);
  page.write("</td><th scope=\"row\">");
  if (has_section(row, verbose)) {
    write_link(page, row, index);
  } else {
    page.text(row.label);
  }
  page.write("</th>");
  for (const report::Status status : row.checks) {
    page.write("<td>");
    write_tag(page, status);
    page.write("</td>");
  }
  page.write("<td>");
  for (std::size_t i = 0; i < row.reasons.size(); ++i) {
    page.write("@<code>$</code>", {i == 0 ? "" : " ", row.reasons[i]});
  }
  page.write("</td></tr>\n");
}

void write_rows(HtmlWriter& page, const Fleet& fleet, std::size_t begin,
                std::size_t end, bool verbose) {
  page.write(
      "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Servers "
      "by check\">\n<table class=\"matrix\">\n<thead><tr><th "
      "scope=\"col\">Status</th><th scope=\"col\">Server</th>");
  for (const report::FleetCheck& check : fleet.checks) {
    page.write("<th scope=\"col\">$</th>", {check.title});
  }
  page.write("<th scope=\"col\">Because of</th></tr></thead>\n<tbody>\n");
  for (std::size_t i = begin; i < end; ++i) {
    write_row_of(page, fleet.rows[i], i, verbose);
  }
  page.write("</tbody>\n</table>\n</div>\n");
}

}  // namespace

bool has_section(const report::FleetRow& row, bool verbose) {
  return verbose || (row.status != report::Status::kPassed &&
                     row.status != report::Status::kSkipped);
}

void write_fleet(HtmlWriter& page, const report::Report& report, bool verbose) {
  const Fleet& fleet = *report.fleet;
  std::string_view heading;
  std::size_t number = 0;
  for (const FleetCause& cause : fleet.causes) {
    if (heading != causes_heading(cause.severity)) {
      page.write("@<section class=\"causes\">\n",
                 {heading.empty() ? "" : "</section>\n"});
      heading = causes_heading(cause.severity);
      write_heading(page, 2, heading);
      number = 0;
    }
    write_cause(page, fleet, cause, ++number);
  }
  page.write("@<section class=\"list-of\">\n",
             {heading.empty() ? "" : "</section>\n"});
  write_heading(page, 2, "Servers, the worst first");
  const std::size_t open = std::min(kMostRows, fleet.rows.size());
  write_rows(page, fleet, 0, open, verbose);
  if (open < fleet.rows.size()) {
    page.write("<details>\n<summary>");
    page.number(fleet.rows.size() - open);
    page.write(" more</summary>\n");
    write_rows(page, fleet, open, fleet.rows.size(), verbose);
    page.write("</details>\n");
  }
  page.write("</section>\n");
}

}  // namespace iisdiag::render
