// The terminal format: the table first, the details after it, the verdict
// last.
#include <fmt/format.h>

#include <algorithm>

#include "iisdiag/version.hpp"
#include "render/layout.hpp"
#include "render/renderer.hpp"
#include "render/tags.hpp"
#include "render/text_details.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::render {
namespace {

using report::Status;

// Beyond that, lines are hard to read, and mails break them.
constexpr std::size_t kWidest = 80;
constexpr std::size_t kNarrowest = 40;

std::string account_words(const report::Identity& identity) {
  if (!identity.account.empty()) {
    return text::printable(identity.account);
  }
  const bool skipped = std::all_of(
      identity.checks.begin(), identity.checks.end(),
      [](const auto& check) { return check.status == Status::kSkipped; });
  return skipped ? "none" : "not known";
}

// One argument as a command line shows it.
std::string argument(const std::string& path) {
  const std::string shown = text::printable(path);
  return shown.find_first_of(" &()'") == std::string::npos
             ? shown
             : fmt::format("\"{}\"", shown);
}

std::string joined_paths(const facts::Source& source) {
  std::vector<std::string> paths;
  for (const std::string& path : source.paths) {
    paths.push_back(argument(path));
  }
  return text::join(paths, " ");
}

std::string source_words(const report::Host& host) {
  switch (host.source.kind) {
    case facts::SourceKind::kLive:
      return "live";
    case facts::SourceKind::kDemo:
      return "demo " + host.demo;
    case facts::SourceKind::kEvidence:
      break;
  }
  return "from " + joined_paths(host.source);
}

// Parts of one line, three blanks between them; as many lines as it takes.
void write_parts(Page& page, const std::vector<std::string>& parts) {
  std::string line;
  for (const std::string& part : parts) {
    const std::string longer =
        line.empty() ? part : fmt::format("{}   {}", line, part);
    if (!line.empty() && text::display_width(longer) > page.width()) {
      page.line(line);
      line = "  " + part;
    } else {
      line = longer;
    }
  }
  if (text::display_width(line) <= page.width()) {
    page.line(line);
  } else {
    page.hanging({}, line.starts_with("  ") ? 2 : 0, line);
  }
}

void write_table(Page& page, const report::Identity& identity,
                 const Options& options) {
  constexpr std::size_t kTitle = 10;
  constexpr std::size_t kSummary = 29;
  const auto hidden = [&](const report::CheckResult& check) {
    return check.status == Status::kSkipped && !options.verbose &&
           (check.left_out || identity.status != Status::kSkipped);
  };
  for (const report::CheckResult& check : identity.checks) {
    if (hidden(check)) {
      continue;
    }
    const std::string summary = check.status == Status::kUnknown
                                    ? "not checked: " + check.summary
                                    : check.summary;
    // The colour's bytes take no room, so that the tag stands outside of what
    // is measured.
    Page row(page.width());
    std::string title = std::string(kTitle, ' ') + check.title;
    row.hanging(title, kSummary, summary);
    std::string lines = row.take();
    lines.replace(0, kTitle, "  " + tag(check.status, options.color) + "  ");
    lines.pop_back();
    page.line(lines);
  }
  page.line();
}

void write_known(Page& page, const std::vector<report::KnownFact>& known) {
  constexpr std::size_t kLabel = 3;
  constexpr std::size_t kText = 28;
  for (const report::KnownFact& fact : known) {
    std::string lead = std::string(kLabel, ' ') + fact.label;
    if (text::display_width(lead) >= kText) {
      page.hanging({}, kLabel, fact.label);
      lead.clear();
    }
    page.hanging(lead, kText, fact.text);
    if (fact.origin) {
      page.hanging({}, kText + 2, text::printable(fact.origin.text()));
    }
  }
  page.line();
}

void write_notes(Page& page, const report::Host& host) {
  constexpr std::string_view kLead = "Note: ";
  const auto note = [&](const std::string& text, const facts::Origin& origin) {
    page.hanging(kLead, kLead.size(), text);
    if (origin) {
      page.hanging({}, kLead.size() + 2, text::printable(origin.text()));
    }
    page.line();
  };
  for (const report::Identity& identity : host.identities) {
    for (const report::CheckResult& check : identity.checks) {
      for (const report::Finding& finding : check.findings) {
        if (finding.severity == report::Severity::kInfo) {
          note(fmt::format("{}: {}.", account_words(identity), finding.summary),
               finding.found.empty() ? facts::Origin{}
                                     : finding.found.front().origin);
        }
      }
    }
  }
  for (const facts::Note& found : host.notes) {
    note(found.text, found.origin);
  }
}

void write_after_repair(Page& page, const report::Host& host) {
  const bool evidence = host.source.kind == facts::SourceKind::kEvidence;
  page.hanging({}, 0,
               fmt::format("IIS keeps the anonymous logon for about ten "
                           "minutes and group policy refreshes by itself: "
                           "after the repair, restart IIS{} and run this "
                           "again.",
                           evidence ? ", capture the files once more" : ""));
  page.line();
}

std::string names_of(const report::Host& host, Status status) {
  std::vector<std::string> names;
  for (const report::Identity& identity : host.identities) {
    for (const report::CheckResult& check : identity.checks) {
      if (check.status == status &&
          std::find(names.begin(), names.end(), check.id) == names.end()) {
        names.push_back(check.id);
      }
    }
  }
  return text::join(names, ", ");
}

std::string verdict(const report::Report& report, const report::Host& host) {
  const auto& counts = report.counts;
  const std::size_t skipped = counts[Status::kSkipped];
  const std::size_t total = counts.total();
  const std::size_t passed = counts[Status::kPassed];
  const std::size_t warned = counts[Status::kWarning];
  const std::string left =
      skipped == 0 ? "" : fmt::format(", {} skipped", skipped);
  const std::string among = host.identities.size() > 1
                                ? fmt::format("{} checks of {} identities",
                                              total, host.identities.size())
                                : fmt::format("{} checks", total);
  switch (report.status) {
    case Status::kFailed:
      return fmt::format("Failed: {} of {} ({}){}.", counts[Status::kFailed],
                         among, names_of(host, Status::kFailed),
                         counts[Status::kUnknown] == 0
                             ? left
                             : fmt::format("{}, {} not checked", left,
                                           counts[Status::kUnknown]));
    case Status::kUnknown:
      return fmt::format(
          "Incomplete: {} passed{}, 0 failed, {} not checked. This is not an "
          "all-clear.",
          passed, warned == 0 ? "" : fmt::format(", {} warned", warned),
          counts[Status::kUnknown]);
    case Status::kWarning:
      return fmt::format("Passed with warnings: {} of {} ({}){}.", warned,
                         among, names_of(host, Status::kWarning), left);
    case Status::kPassed:
      return passed == total
                 ? fmt::format("Passed: all {}.", among)
                 : fmt::format("Passed: {} of {}{}.", passed, among, left);
    case Status::kSkipped:
      break;
  }
  const bool logs_on = std::any_of(
      host.identities.begin(), host.identities.end(),
      [](const auto& identity) { return !identity.account.empty(); });
  return logs_on ? fmt::format("Nothing to check: all {} skipped.", among)
                 : "Nothing to check: no anonymous logon is made here.";
}

std::string quiet_line(const report::Identity& identity,
                       const report::CheckResult& check,
                       const report::Finding& finding, bool color) {
  return fmt::format("{} {} {}: {}\n", tag(status_of(finding.severity), color),
                     account_words(identity), check.id,
                     text::printable(finding.summary));
}

std::string render_quiet(const report::Report& report, const Options& options) {
  std::string lines;
  for (const report::Host& host : report.hosts) {
    for (const report::Identity& identity : host.identities) {
      for (const report::CheckResult& check : identity.checks) {
        for (const report::Finding& finding : check.findings) {
          if (finding.severity != report::Severity::kInfo) {
            lines += quiet_line(identity, check, finding, options.color);
          }
        }
      }
    }
    for (const facts::Problem& problem : host.problems) {
      lines += fmt::format("{}: {}\n", text::printable(problem.origin.text()),
                           text::printable(problem.text));
    }
  }
  return lines;
}

void write_identity(Page& page, const report::Identity& identity,
                    const Options& options, Details& details) {
  write_table(page, identity, options);
  if (options.verbose) {
    page.heading("What is known of this identity");
    std::vector<std::string> nodes;
    for (const std::string& node : identity.nodes) {
      nodes.push_back(text::printable(node));
    }
    page.hanging("   nodes", 28,
                 nodes.empty() ? "none" : text::join(nodes, ", "));
    write_known(page, identity.known);
  }
  details.write(identity);
}

void write_host(Page& page, const report::Report& report,
                const report::Host& host, const Options& options) {
  const bool single = host.identities.size() == 1;
  std::vector<std::string> header = {
      fmt::format("iisdiag {}", kVersion),
      fmt::format("{}, {}", text::printable(host.name), source_words(host))};
  if (single) {
    header.push_back("account " + account_words(host.identities.front()));
  }
  write_parts(page, header);
  page.line();
  if (options.verbose) {
    page.heading("What is known of this server");
    write_known(page, host.known);
    if (!host.ignored.empty()) {
      page.hanging(
          {}, 0,
          fmt::format("Ignored, being no evidence: {}",
                      text::printable(text::join(host.ignored, ", "))));
      page.line();
    }
  }
  Details details(page, host);
  for (const report::Identity& identity : host.identities) {
    if (!single) {
      std::vector<std::string> parts = {
          std::string(facts::service_name(identity.service)),
          "account " + account_words(identity)};
      if (!identity.nodes.empty()) {
        const std::size_t more = identity.nodes.size() - 1;
        parts.push_back(text::printable(identity.nodes.front()) +
                        (more == 0 ? "" : fmt::format(" and {} more", more)));
      }
      write_parts(page, parts);
      page.line();
    }
    write_identity(page, identity, options, details);
  }
  details.write_other_problems();
  write_notes(page, host);
  if (host.status == Status::kFailed) {
    write_after_repair(page, host);
  }
  page.hanging({}, 0, verdict(report, host));
}

std::string render(const report::Report& report, const Options& options) {
  if (options.quiet) {
    return render_quiet(report, options);
  }
  Page page(std::clamp(options.width, kNarrowest, kWidest));
  for (const report::Host& host : report.hosts) {
    write_host(page, report, host, options);
  }
  return page.take();
}

}  // namespace

const Renderer kText{"text", "for people: table, details, verdict", render};

}  // namespace iisdiag::render
