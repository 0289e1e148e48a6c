#include <algorithm>

#include "render/html_parts.hpp"
#include "render/tags.hpp"
#include "text/unicode.hpp"

namespace iisdiag::render {
HtmlFindings::HtmlFindings(HtmlWriter& page, const report::Host& host,
                           std::size_t& number)
    : page_(page),
      host_(host),
      number_(number),
      told_(host.problems.size(), false) {}

void HtmlFindings::write(const report::Identity& identity, std::size_t level) {
  write_list(entries(identity, false), level);
  write_list(entries(identity, true), level);
}

void HtmlFindings::write_list(const std::vector<Entry>& list,
                              std::size_t level) {
  if (list.empty()) {
    return;
  }
  write_heading(page_, level, entries_heading(list));
  for (std::size_t i = 0; i < list.size(); ++i) {
    write_entry(list, i, level + 1);
  }
}

void HtmlFindings::write_entry(const std::vector<Entry>& list,
                               std::size_t index, std::size_t level) {
  const Entry& entry = list[index];
  const report::Finding& finding = *entry.finding;
  const report::Status status = status_of(finding.severity);
  const char digit = static_cast<char>('0' + level);
  const std::string_view heading(&digit, 1);
  page_.write(R"(<article class="finding @" id="f)",
              {report::status_name(status)});
  page_.number(++number_);
  page_.write("\">\n<h@>", {heading});
  write_tag(page_, status);
  page_.number(index + 1);
  page_.write(". $: $</h@>\n<p class=\"id\"><code>$</code>@</p>\n<dl>\n",
              {entry.check->title, finding.summary, heading, finding.id,
               finding.root ? " &middot; root cause" : ""});
  if (!finding.found.empty()) {
    page_.write("<div><dt>Found</dt><dd><ul>\n");
    for (const checks::Seen& seen : finding.found) {
      page_.write("<li>");
      write_with_origin(page_, seen.text, seen.origin);
      page_.write("</li>\n");
    }
    page_.write("</ul></dd></div>\n");
  }
  if (finding.severity == report::Severity::kUnknown) {
    write_unknown(finding);
  } else {
    if (!finding.expected.empty()) {
      write_row(page_, "Expected", finding.expected);
    }
    write_fix(finding, mending(list, entry));
  }
  if (!finding.references.empty()) {
    page_.write("<div><dt>Read</dt><dd><ul>\n");
    for (const report::Reference& reference : finding.references) {
      page_.write("<li>$</li>\n", {reference_words(reference)});
    }
    page_.write("</ul></dd></div>\n");
  }
  page_.write("</dl>\n</article>\n");
}

void HtmlFindings::write_fix(const report::Finding& finding,
                             const Mending& how) {
  const bool has_steps = how.has_steps && !finding.steps.empty();
  if (!has_steps && how.cause.empty()) {
    return;
  }
  page_.write("<div><dt>Fix</dt><dd>");
  if (!how.cause.empty()) {
    page_.write("<p>$</p>\n", {how.cause});
  }
  if (has_steps) {
    write_steps(finding);
  }
  page_.write("</dd></div>\n");
}

// What is wrong with the files that it was read from tells what to do.
void HtmlFindings::write_unknown(const report::Finding& finding) {
  std::vector<const facts::Problem*> todo;
  for (std::size_t i = 0; i < host_.problems.size(); ++i) {
    const facts::Problem& problem = host_.problems[i];
    if (explains(problem, finding)) {
      page_.write("<div><dt>Error</dt><dd>");
      write_problem(problem);
      page_.write("</dd></div>\n");
      told_[i] = true;
      if (!problem.todo.empty()) {
        todo.push_back(&problem);
      }
    }
  }
  if (todo.empty() && finding.steps.empty()) {
    return;
  }
  page_.write("<div><dt>Do</dt><dd>");
  if (todo.empty()) {
    write_steps(finding);
  }
  for (const facts::Problem* problem : todo) {
    write_todo(*problem);
  }
  page_.write("</dd></div>\n");
}

void HtmlFindings::write_other_problems(std::size_t level) {
  if (std::find(told_.begin(), told_.end(), false) == told_.end()) {
    return;
  }
  page_.write("<section class=\"problems\">\n");
  write_heading(page_, level, problems_heading(host_));
  page_.write("<ul>\n");
  for (std::size_t i = 0; i < host_.problems.size(); ++i) {
    if (!told_[i]) {
      page_.write("<li>");
      write_problem(host_.problems[i]);
      write_todo(host_.problems[i]);
      page_.write("</li>\n");
    }
  }
  page_.write("</ul>\n</section>\n");
}

// With the part of the line around the fault, which is marked.
void HtmlFindings::write_problem(const facts::Problem& problem) {
  constexpr std::size_t kAround = 160;
  page_.write("<p>$$</p>\n", {place_words(problem), problem.text});
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
  page_.write(
      "<pre><code>$<mark>$</mark>$</code></pre>\n<p><small>near character ",
      {before, fault.empty() ? " " : fault, text::prefix(rest, kAround)});
  page_.number(problem.column + 1);
  page_.write("</small></p>\n");
}

void HtmlFindings::write_todo(const facts::Problem& problem) {
  if (!problem.todo.empty()) {
    page_.write("<p>$</p>\n", {problem.todo});
    if (!problem.command.empty()) {
      write_command(problem.command);
    }
  }
}

void HtmlFindings::write_steps(const report::Finding& finding) {
  const auto [told, is_new] =
      steps_told_.emplace(steps_fingerprint(finding), number_);
  if (!is_new) {
    page_.write("<p><a href=\"#f");
    page_.number(told->second);
    page_.write("\">As above, where this was found first.</a></p>\n");
    return;
  }
  // A list of one has no numbers.
  const std::string_view list = finding.steps.size() > 1 ? "ol" : "ul";
  page_.write("<@ class=\"steps\">\n", {list});
  for (const knowledge::Step& step : finding.steps) {
    page_.write("<li>$\n", {step.text});
    for (const std::string& command : step.commands) {
      write_command(command);
    }
    page_.write("</li>\n");
  }
  page_.write("</@>\n", {list});
}

void HtmlFindings::write_command(std::string_view command) {
  page_.write("<pre class=\"command\"><code>$</code></pre>\n", {command});
}

}  // namespace iisdiag::render
