#include "render/text_details.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::render {
namespace {

using report::Severity;

constexpr std::size_t kLabel = 3;    // where labels begin
constexpr std::size_t kBody = 13;    // where their text begins
constexpr std::size_t kOrigin = 15;  // origins and continued lines

struct Entry {
  const report::CheckResult* check = nullptr;
  const report::Finding* finding = nullptr;
};

void labelled(Page& page, std::string_view label, std::string_view text) {
  page.hanging(std::string(kLabel, ' ') + std::string(label), kBody, text);
}

// The label stands before the first text only.
class Section {
 public:
  Section(Page& page, std::string_view label) : page_(page), label_(label) {}

  void add(std::string_view text) {
    labelled(page_, label_, text);
    label_ = {};
  }

 private:
  Page& page_;
  std::string_view label_;
};

void write_found(Page& page, const report::Finding& finding) {
  Section section(page, "Found");
  for (const checks::Seen& seen : finding.found) {
    section.add(seen.text);
    if (seen.origin) {
      page.hanging({}, kOrigin, text::printable(seen.origin.text()));
    }
  }
}

void write_steps(Page& page, std::string_view label,
                 const report::Finding& finding) {
  const bool numbered = finding.steps.size() > 1;
  std::string lead = std::string(kLabel, ' ') + std::string(label);
  lead.resize(std::max(lead.size(), kBody), ' ');
  for (std::size_t i = 0; i < finding.steps.size(); ++i) {
    const knowledge::Step& step = finding.steps[i];
    if (numbered) {
      lead += fmt::format("{}. ", i + 1);
    }
    page.hanging(lead, lead.size(), step.text);
    for (const std::string& command : step.commands) {
      // Whole, whatever its length: it is there to be pasted.
      page.line(std::string(lead.size() + 2, ' ') + command);
    }
    lead.assign(kBody, ' ');
  }
}

void write_references(Page& page, const report::Finding& finding) {
  Section section(page, "Read");
  for (const report::Reference& reference : finding.references) {
    section.add(reference.title.empty()
                    ? reference.id
                    : fmt::format("{} \"{}\"", reference.id, reference.title));
  }
}

void write_title(Page& page, std::size_t number, const Entry& entry) {
  const std::string lead = fmt::format("{}. ", number);
  page.hanging(lead, lead.size(),
               fmt::format("{}: {}", entry.check->title,
                           entry.finding->summary));
  page.line();
}

// The files that a finding speaks of, and that are damaged.
void write_errors(Page& page, const report::Host& host,
                  const report::Finding& finding, std::vector<bool>& shown) {
  for (std::size_t i = 0; i < host.problems.size(); ++i) {
    const facts::Problem& problem = host.problems[i];
    const bool explains = std::any_of(
        finding.found.begin(), finding.found.end(), [&](const auto& seen) {
          return seen.origin.kind() == facts::Origin::Kind::kFile &&
                 seen.origin.name() == problem.origin.name();
        });
    if (explains) {
      write_problem(page, kLabel, "Error", problem);
      shown[i] = true;
    }
  }
}

std::vector<Entry> entries(const report::Identity& identity, bool unknown) {
  std::vector<Entry> list;
  for (const report::CheckResult& check : identity.checks) {
    for (const report::Finding& finding : check.findings) {
      if (finding.severity != Severity::kInfo &&
          (finding.severity == Severity::kUnknown) == unknown) {
        list.push_back({&check, &finding});
      }
    }
  }
  // A cause before its consequences.
  std::stable_partition(list.begin(), list.end(), [](const Entry& entry) {
    return entry.finding->caused_by.empty();
  });
  return list;
}

void write_fixes(Page& page, const std::vector<Entry>& list) {
  std::size_t number = 0;
  for (const Entry& entry : list) {
    const report::Finding& finding = *entry.finding;
    write_title(page, ++number, entry);
    write_found(page, finding);
    if (!finding.expected.empty()) {
      labelled(page, "Expected", finding.expected);
    }
    const auto cause =
        std::find_if(list.begin(), list.end(), [&](const Entry& other) {
          return other.finding->id == finding.caused_by;
        });
    if (cause == list.end()) {
      write_steps(page, "Fix", finding);
    } else {
      labelled(page, "Fix",
               fmt::format("A consequence of {}: mend that first.",
                           cause - list.begin() + 1));
    }
    write_references(page, finding);
    page.line();
  }
}

}  // namespace

void write_problem(Page& page, std::size_t indent, std::string_view label,
                   const facts::Problem& problem) {
  const std::size_t body = label.empty() ? indent : kBody;
  const std::string where =
      problem.origin.kind() == facts::Origin::Kind::kFile &&
              problem.origin.number() > 0
          ? fmt::format("{}:{}: ", problem.origin.name(),
                        problem.origin.number())
          : problem.origin ? problem.origin.text() + ": "
                           : std::string();
  page.hanging(std::string(indent, ' ') + std::string(label), body,
               text::printable(where + problem.text));
  if (!problem.line.empty()) {
    // A window of the line around the fault.
    constexpr std::string_view kMark = "^ near here";
    const std::size_t column = body + 2;
    const std::size_t room =
        page.width() > column + kMark.size() + 1
            ? page.width() - column - kMark.size()
            : 1;
    const std::string before =
        text::printable(text::prefix(problem.line, problem.column));
    const std::string whole = text::printable(problem.line);
    std::size_t skip = 0;
    const std::size_t at = text::length(before);
    if (at > room) {
      skip = at - room;
    }
    const std::string_view rest = std::string_view(whole).substr(
        text::prefix(whole, skip).size());
    const std::string shown(text::prefix(rest, room + kMark.size()));
    const std::size_t cells = text::display_width(std::string_view(before)
        .substr(std::min(before.size(), text::prefix(whole, skip).size())));
    page.line(std::string(column, ' ') + shown);
    page.line(std::string(column + cells, ' ') + std::string(kMark));
  }
  if (!problem.todo.empty()) {
    page.hanging(std::string(label.empty() ? 0 : kLabel, ' ') +
                     (label.empty() ? "" : "Do"),
                 label.empty() ? indent + 2 : kBody, problem.todo);
  }
}

void write_details(Page& page, const report::Host& host,
                   const report::Identity& identity,
                   std::vector<bool>& shown) {
  const auto fixes = entries(identity, false);
  if (!fixes.empty()) {
    const bool fails =
        std::any_of(fixes.begin(), fixes.end(), [](const Entry& entry) {
          return entry.finding->severity == Severity::kFail;
        });
    page.heading(fails ? "What to fix" : "What to change");
    write_fixes(page, fixes);
  }
  const auto open = entries(identity, true);
  if (open.empty()) {
    return;
  }
  page.heading("Could not be checked");
  std::size_t number = 0;
  for (const Entry& entry : open) {
    write_title(page, ++number, entry);
    write_found(page, *entry.finding);
    write_errors(page, host, *entry.finding, shown);
    write_steps(page, "Do", *entry.finding);
    write_references(page, *entry.finding);
    page.line();
  }
}

}  // namespace iisdiag::render
