#include <algorithm>

#include "render/html_parts.hpp"
#include "render/tags.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::render {
namespace {

// What tells one list of steps from another.
std::string fingerprint(const report::Finding& finding) {
  std::string text = finding.id;
  for (const knowledge::Step& step : finding.steps) {
    text += "\n" + step.text;
    for (const std::string& command : step.commands) {
      text += "\n";
      text += command;
    }
  }
  return text;
}

std::string anchor(std::size_t number) { return "f" + std::to_string(number); }

void write_found(HtmlWriter& page, const report::Finding& finding) {
  begin_row(page, "Found");
  page.open("ul");
  for (const checks::Seen& seen : finding.found) {
    page.begin("li");
    write_with_origin(page, seen.text, seen.origin);
    page.close();
  }
  page.end();
  end_row(page);
}

void write_references(HtmlWriter& page, const report::Finding& finding) {
  begin_row(page, "Read");
  page.open("ul");
  for (const report::Reference& reference : finding.references) {
    page.line("li", {}, reference_words(reference));
  }
  page.end();
  end_row(page);
}

}  // namespace

HtmlFindings::HtmlFindings(HtmlWriter& page, const report::Host& host,
                           std::size_t& number)
    : page_(page),
      host_(host),
      number_(number),
      told_(host.problems.size(), false) {
  for (std::size_t i = 0; i < host.problems.size(); ++i) {
    if (host.problems[i].origin.kind() != facts::Origin::Kind::kNone) {
      by_file_[host.problems[i].origin.name()].push_back(i);
    }
  }
}

void HtmlFindings::write(const report::Identity& identity, std::size_t level) {
  write_list(entries(identity, false), level);
  write_list(entries(identity, true), level);
}

void HtmlFindings::write_list(const std::vector<Entry>& list,
                              std::size_t level) {
  if (list.empty()) {
    return;
  }
  page_.line(html_heading(level), {}, entries_heading(list));
  for (std::size_t i = 0; i < list.size(); ++i) {
    write_entry(list, i, level + 1);
  }
}

void HtmlFindings::write_entry(const std::vector<Entry>& list,
                               std::size_t index, std::size_t level) {
  const Entry& entry = list[index];
  const report::Finding& finding = *entry.finding;
  const report::Status status = status_of(finding.severity);
  ++number_;
  page_.open("article",
             html_class("finding", status) + " id=\"" + anchor(number_) + "\"");
  page_.begin(html_heading(level));
  write_tag(page_, status);
  page_.markup(" ");
  page_.text(std::to_string(index + 1) + ". " + entry.check->title + ": " +
             finding.summary);
  page_.close();
  page_.begin("p", "class=\"id\"");
  page_.element("code", {}, finding.id);
  if (finding.root) {
    page_.markup(" &middot; root cause");
  }
  page_.close();
  page_.open("dl");
  if (!finding.found.empty()) {
    write_found(page_, finding);
  }
  if (finding.severity == report::Severity::kUnknown) {
    const auto todo = write_errors(finding);
    if (!todo.empty() || !finding.steps.empty()) {
      begin_row(page_, "Do");
      if (todo.empty()) {
        write_steps(finding);
      }
      for (const facts::Problem* problem : todo) {
        write_todo(*problem);
      }
      end_row(page_);
    }
  } else {
    if (!finding.expected.empty()) {
      write_row(page_, "Expected", finding.expected);
    }
    const Mending how = mending(list, entry);
    const bool has_steps = how.has_steps && !finding.steps.empty();
    if (has_steps || !how.cause.empty()) {
      begin_row(page_, "Fix");
      if (!how.cause.empty()) {
        page_.line("p", {}, how.cause);
      }
      if (has_steps) {
        write_steps(finding);
      }
      end_row(page_);
    }
  }
  if (!finding.references.empty()) {
    write_references(page_, finding);
  }
  page_.close();
  page_.close();
}

std::vector<const facts::Problem*> HtmlFindings::write_errors(
    const report::Finding& finding) {
  std::vector<std::size_t> errors;
  for (const checks::Seen& seen : finding.found) {
    if (seen.origin.kind() == facts::Origin::Kind::kFile) {
      const auto found = by_file_.find(seen.origin.name());
      if (found != by_file_.end()) {
        errors.insert(errors.end(), found->second.begin(), found->second.end());
      }
    }
  }
  std::sort(errors.begin(), errors.end());
  errors.erase(std::unique(errors.begin(), errors.end()), errors.end());
  std::vector<const facts::Problem*> todo;
  for (const std::size_t i : errors) {
    begin_row(page_, "Error");
    write_problem(host_.problems[i]);
    end_row(page_);
    told_[i] = true;
    if (!host_.problems[i].todo.empty()) {
      todo.push_back(&host_.problems[i]);
    }
  }
  return todo;
}

void HtmlFindings::write_other_problems(std::size_t level) {
  if (std::all_of(told_.begin(), told_.end(), [](bool told) { return told; })) {
    return;
  }
  page_.open("section", "class=\"problems\"");
  page_.line(html_heading(level), {}, problems_heading(host_));
  page_.open("ul");
  for (std::size_t i = 0; i < host_.problems.size(); ++i) {
    if (!told_[i]) {
      page_.begin("li");
      write_problem(host_.problems[i]);
      if (!host_.problems[i].todo.empty()) {
        write_todo(host_.problems[i]);
      }
      page_.close();
    }
  }
  page_.close();
  page_.close();
}

// With the part of the line around the fault, which is marked.
void HtmlFindings::write_problem(const facts::Problem& problem) {
  constexpr std::size_t kAround = 160;
  page_.line("p", {}, place_words(problem) + problem.text);
  if (problem.line.empty()) {
    return;
  }
  std::string_view rest = problem.line;
  const std::size_t skipped =
      problem.column > kAround ? problem.column - kAround : 0;
  rest.remove_prefix(text::prefix(rest, skipped).size());
  const std::string_view before = text::prefix(rest, problem.column - skipped);
  rest.remove_prefix(before.size());
  const std::string_view fault = text::prefix(rest, 1);
  rest.remove_prefix(fault.size());
  page_.begin("pre");
  page_.begin("code");
  page_.text(before);
  page_.element("mark", {}, fault.empty() ? " " : fault);
  page_.text(text::prefix(rest, kAround));
  page_.end();
  page_.close();
  page_.begin("p");
  page_.element("small", {},
                "near character " + std::to_string(problem.column + 1));
  page_.close();
}

void HtmlFindings::write_todo(const facts::Problem& problem) {
  page_.line("p", {}, problem.todo);
  if (!problem.command.empty()) {
    write_command(page_, problem.command);
  }
}

void HtmlFindings::write_steps(const report::Finding& finding) {
  const auto [told, is_new] =
      steps_told_.try_emplace(fingerprint(finding), number_);
  if (!is_new) {
    page_.begin("p");
    page_.element("a", "href=\"#" + anchor(told->second) + "\"",
                  "As above, where this was found first.");
    page_.close();
    return;
  }
  // A list of one has no numbers.
  page_.open(finding.steps.size() > 1 ? "ol" : "ul", "class=\"steps\"");
  for (const knowledge::Step& step : finding.steps) {
    page_.begin("li");
    page_.text(step.text);
    page_.markup(step.commands.empty() ? "" : "\n");
    for (const std::string& command : step.commands) {
      write_command(page_, command);
    }
    page_.close();
  }
  page_.close();
}

}  // namespace iisdiag::render
