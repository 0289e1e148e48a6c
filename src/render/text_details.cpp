#include "render/text_details.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::render {
namespace {

constexpr std::size_t kLabel = 3;    // where labels begin
constexpr std::size_t kBody = 13;    // where their text begins
constexpr std::size_t kOrigin = 15;  // origins and quoted lines

// A label and its texts; it stands before the first only.
class Section {
 public:
  Section(Page& page, std::string_view label) : page_(page), label_(label) {}

  void add(std::string_view text) {
    page_.hanging(std::string(kLabel, ' ') + std::string(label_), kBody, text);
    label_ = {};
  }

 private:
  Page& page_;
  std::string_view label_;
};

}  // namespace

void Details::write(const report::Identity& identity) {
  const auto fixes = entries(identity, false);
  if (!fixes.empty()) {
    page_.heading(entries_heading(fixes));
    write_fixes(fixes);
  }
  const auto open = entries(identity, true);
  if (open.empty()) {
    return;
  }
  page_.heading(entries_heading(open));
  std::size_t number = 0;
  for (const Entry& entry : open) {
    write_title(++number, entry);
    write_found(*entry.finding);
    const auto todo = write_errors(*entry.finding);
    if (todo.empty()) {
      write_steps("Do", *entry.finding);
    } else {
      Section section(page_, "Do");
      for (const facts::Problem* problem : todo) {
        section.add(problem->todo);
        write_command(kBody + 2, *problem);
      }
    }
    write_references(*entry.finding);
    page_.line();
  }
}

void Details::write_fixes(const std::vector<Entry>& list) {
  std::size_t number = 0;
  for (const Entry& entry : list) {
    const report::Finding& finding = *entry.finding;
    write_title(++number, entry);
    write_found(finding);
    if (!finding.expected.empty()) {
      Section(page_, "Expected").add(finding.expected);
    }
    const Mending how = mending(list, entry);
    if (!how.cause.empty()) {
      Section(page_, "Fix").add(how.cause);
    }
    if (how.has_steps) {
      write_steps(how.cause.empty() ? "Fix" : "", finding);
    }
    write_references(finding);
    page_.line();
  }
}

void Details::write_title(std::size_t number, const Entry& entry) {
  const std::string lead = fmt::format("{}. ", number);
  page_.hanging(
      lead, lead.size(),
      fmt::format("{}: {}", entry.check->title, entry.finding->summary));
  page_.line();
}

void Details::write_found(const report::Finding& finding) {
  Section section(page_, "Found");
  for (const checks::Seen& seen : finding.found) {
    section.add(seen.text);
    if (seen.origin) {
      page_.hanging({}, kOrigin, text::printable(seen.origin.text()));
    }
  }
}

std::vector<const facts::Problem*> Details::write_errors(
    const report::Finding& finding) {
  std::vector<const facts::Problem*> todo;
  for (std::size_t i = 0; i < host_.problems.size(); ++i) {
    const facts::Problem& problem = host_.problems[i];
    if (explains(problem, finding)) {
      write_problem(kLabel, "Error", problem);
      told_[i] = true;
      if (!problem.todo.empty()) {
        todo.push_back(&problem);
      }
    }
  }
  return todo;
}

void Details::write_command(std::size_t indent, const facts::Problem& problem) {
  if (!problem.command.empty()) {
    page_.line(std::string(indent, ' ') + text::printable(problem.command));
  }
}

void Details::write_other_problems() {
  if (std::all_of(told_.begin(), told_.end(), [](bool told) { return told; })) {
    return;
  }
  constexpr std::size_t kIndent = 2;
  page_.heading(problems_heading(host_));
  for (std::size_t i = 0; i < host_.problems.size(); ++i) {
    if (!told_[i]) {
      write_problem(kIndent, {}, host_.problems[i]);
      if (!host_.problems[i].todo.empty()) {
        page_.hanging({}, kIndent + 2, host_.problems[i].todo);
        write_command(kIndent + 4, host_.problems[i]);
      }
    }
  }
  page_.line();
}

void Details::write_problem(std::size_t indent, std::string_view label,
                            const facts::Problem& problem) {
  const std::size_t body = label.empty() ? indent : kBody;
  page_.hanging(std::string(indent, ' ') + std::string(label), body,
                place_words(problem) + text::printable(problem.text));
  if (!problem.line.empty()) {
    write_line_with_caret(body + 2, problem);
  }
}

// As much of the line as fits, the fault in it.
void Details::write_line_with_caret(std::size_t column,
                                    const facts::Problem& problem) {
  constexpr std::string_view kMark = "^ near here";
  const std::size_t room = page_.width() > column + kMark.size()
                               ? page_.width() - column - kMark.size()
                               : 1;
  const std::string whole = text::printable(problem.line);
  const std::size_t fault =
      text::length(text::printable(text::prefix(problem.line, problem.column)));
  const std::size_t skipped = fault > room ? fault - room : 0;
  const std::string_view rest =
      std::string_view(whole).substr(text::prefix(whole, skipped).size());
  const std::size_t cells =
      text::display_width(text::prefix(rest, fault - skipped));
  page_.line(std::string(column, ' ') +
             std::string(text::prefix(rest, room + kMark.size())));
  page_.line(std::string(column + cells, ' ') + std::string(kMark));
}

void Details::write_steps(std::string_view label,
                          const report::Finding& finding) {
  if (!steps_told_.insert(steps_fingerprint(finding)).second) {
    Section(page_, label).add("As above, where this was found first.");
    return;
  }
  const bool numbered = finding.steps.size() > 1;
  std::string lead = std::string(kLabel, ' ') + std::string(label);
  lead.resize(std::max(lead.size(), kBody), ' ');
  for (std::size_t i = 0; i < finding.steps.size(); ++i) {
    const knowledge::Step& step = finding.steps[i];
    if (numbered) {
      lead += fmt::format("{}. ", i + 1);
    }
    page_.hanging(lead, lead.size(), step.text);
    for (const std::string& command : step.commands) {
      // Whole, whatever its length: it is there to be pasted.
      page_.line(std::string(lead.size() + 2, ' ') + text::printable(command));
    }
    lead.assign(kBody, ' ');
  }
}

void Details::write_references(const report::Finding& finding) {
  Section section(page_, "Read");
  for (const report::Reference& reference : finding.references) {
    section.add(reference_words(reference));
  }
}

std::string details_text(const report::Host& host,
                         const report::Identity& identity,
                         const report::CheckResult& check, std::size_t width) {
  report::Identity alone;
  alone.service = identity.service;
  alone.account = identity.account;
  alone.checks = {check};
  Page page(width);
  Details(page, host).write(alone);
  std::string text = page.take();
  while (text.ends_with('\n')) {
    text.pop_back();
  }
  return text;
}

}  // namespace iisdiag::render
