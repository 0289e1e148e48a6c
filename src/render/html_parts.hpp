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

// "h2" for 2. Of six levels the page needs five.
std::string_view html_heading(std::size_t level);
// class="LEADING failed", after the status.
std::string html_class(std::string_view leading, report::Status status);
// PASS, WARN, FAIL, ?? or SKIP.
void write_tag(HtmlWriter& page, report::Status status);
// What was said of it and, smaller, where it was read.
void write_with_origin(HtmlWriter& page, std::string_view text,
                       const facts::Origin& origin);
void write_command(HtmlWriter& page, std::string_view command);
// A row of a description list, to be closed with end_row.
void begin_row(HtmlWriter& page, std::string_view label);
void end_row(HtmlWriter& page);
void write_row(HtmlWriter& page, std::string_view label, std::string_view text);

// The way that a logon takes, from the visitor to Windows, and where it breaks.
void write_way(HtmlWriter& page, const report::Host& host,
               const report::Identity& identity);

// When logons were refused and accepted; nothing where none is on record.
void write_logons(HtmlWriter& page, const report::Identity& identity,
                  std::size_t level);

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
  std::vector<const facts::Problem*> write_errors(
      const report::Finding& finding);
  void write_problem(const facts::Problem& problem);
  void write_todo(const facts::Problem& problem);
  void write_steps(const report::Finding& finding);

  HtmlWriter& page_;
  const report::Host& host_;
  std::size_t& number_;
  // By file: a host may have thousands of identities, and many problems.
  std::unordered_map<std::string_view, std::vector<std::size_t>> by_file_;
  std::vector<bool> told_;
  // Lists of steps, and the finding at which they stand.
  std::unordered_map<std::string, std::size_t> steps_told_;
};

}  // namespace iisdiag::render
