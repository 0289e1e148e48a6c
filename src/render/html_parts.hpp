// The parts of the page that are about one identity, and what they share.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "render/html_writer.hpp"
#include "render/renderer.hpp"
#include "render/wording.hpp"

namespace iisdiag::render {

// <h2>...</h2> for 2. Of six levels the page needs five.
void write_heading(HtmlWriter& page, std::size_t level, std::string_view text);
// PASS, WARN, FAIL, ?? or SKIP, and a blank.
void write_tag(HtmlWriter& page, report::Status status);
// What was said of it and, smaller, where it was read.
void write_with_origin(HtmlWriter& page, std::string_view text,
                       const facts::Origin& origin);
// One of a description list.
void write_row(HtmlWriter& page, std::string_view label, std::string_view text);

// The way that a logon takes, from the visitor to Windows, and where it breaks.
void write_way(HtmlWriter& page, const report::Host& host,
               const report::Identity& identity);

// When logons were refused and accepted; nothing where none is on record.
void write_logons(HtmlWriter& page, const report::Identity& identity,
                  std::size_t level);

// Is there more to be said of the server than its row? Thousands of servers
// that are in order would make a page that no browser shows.
bool has_section(const report::FleetRow& row, bool verbose);
// What several servers have in common, and all of them in one table; its rows
// lead to their sections, "#h1" and so on. The report has to have a fleet.
void write_fleet(HtmlWriter& page, const report::Report& report, bool verbose);

// The findings of all identities of a host, and its problems.
class HtmlFindings {
 public:
  // `number` counts the findings of the whole page.
  HtmlFindings(HtmlWriter& page, const report::Host& host, std::size_t& number);

  // Below headings of this level.
  void write(const report::Identity& identity, std::size_t level);
  // Those that no finding has told.
  void write_other_problems(std::size_t level);

 private:
  void write_list(const std::vector<Entry>& list, std::size_t level);
  void write_entry(const std::vector<Entry>& list, std::size_t index,
                   std::size_t level);
  void write_unknown(const report::Finding& finding);
  void write_fix(const report::Finding& finding, const Mending& how);
  void write_problem(const facts::Problem& problem);
  void write_todo(const facts::Problem& problem);
  void write_steps(const report::Finding& finding);
  void write_command(std::string_view command);

  HtmlWriter& page_;
  const report::Host& host_;
  std::size_t& number_;
  std::vector<bool> told_;  // problems
  // Lists of steps, and the finding at which they stand.
  std::unordered_map<std::string, std::size_t> steps_told_;
};

}  // namespace iisdiag::render
