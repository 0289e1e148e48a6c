// What was found and what to do, finding by finding.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "render/layout.hpp"
#include "render/wording.hpp"
#include "report/report.hpp"

namespace iisdiag::render {

// Writes the details of one host's identities, one after the other. What was
// said once is not said again: steps that another identity already needed, and
// a problem of the evidence that stands with the finding that it explains.
class Details {
 public:
  // Both must outlive the details.
  Details(Page& page, const report::Host& host)
      : page_(page), host_(host), told_(host.problems.size()) {}

  // The sections "What to fix" and "Could not be checked".
  void write(const report::Identity& identity);

  // The problems that no finding told.
  void write_other_problems();

 private:
  void write_fixes(const std::vector<Entry>& list);
  void write_title(std::size_t number, const Entry& entry);
  void write_found(const report::Finding& finding);
  // Those that say what mends them.
  std::vector<const facts::Problem*> write_errors(
      const report::Finding& finding);
  void write_command(std::size_t indent, const facts::Problem& problem);
  void write_problem(std::size_t indent, std::string_view label,
                     const facts::Problem& problem);
  void write_line_with_caret(std::size_t column, const facts::Problem& problem);
  void write_steps(std::string_view label, const report::Finding& finding);
  void write_references(const report::Finding& finding);

  Page& page_;
  const report::Host& host_;
  std::vector<bool> told_;
  std::set<std::string> steps_told_;
};

// The details of one check alone, lines of at most `width` cells: for formats
// that show each check on its own.
std::string details_text(const report::Host& host,
                         const report::Identity& identity,
                         const report::CheckResult& check, std::size_t width);

}  // namespace iisdiag::render
