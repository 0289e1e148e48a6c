// The terminal format: the table first, the details after it, the verdict
// last.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "iisdiag/version.hpp"
#include "render/layout.hpp"
#include "render/renderer.hpp"
#include "render/tags.hpp"
#include "render/text_details.hpp"
#include "render/text_fleet.hpp"
#include "render/wording.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::render {
namespace {

using report::Status;

// Beyond that, lines are hard to read, and mails break them.
constexpr std::size_t kWidest = 80;
constexpr std::size_t kNarrowest = 40;

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
  // Narrower, and a column of its own would hold a word or two.
  constexpr std::size_t kTwoColumns = 64;
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
    Page row(page.width(), page.long_words());
    std::string title = std::string(kTitle, ' ') + check.title;
    if (page.width() >= kTwoColumns) {
      row.hanging(title, kSummary, summary);
    } else {
      row.line(title);
      row.hanging({}, kTitle, summary);
    }
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
  for (const facts::Note& note : all_notes(host)) {
    page.hanging(kLead, kLead.size(), note.text);
    if (note.origin) {
      page.hanging({}, kLead.size() + 2, text::printable(note.origin.text()));
    }
    page.line();
  }
}

// Whose line it is, for a reader who sees no other: the account alone where it
// names the server and stands for one identity. `server` is the host's name, or
// what tells it from others of that name.
std::string owner_words(const report::Identity& identity,
                        const report::Host& host, const std::string& server,
                        bool is_only_one) {
  const std::string& account = identity.account;
  std::string words = account.empty() ? "account " + account_words(identity)
                                      : account_words(identity);
  if (server != host.name ||
      !text::iequals(account.substr(0, account.find('\\')), host.name)) {
    words += " on " + text::printable(server);
  }
  if (!is_only_one || account.empty()) {
    words += fmt::format(" ({}", facts::service_name(identity.service));
    if (!identity.nodes.empty()) {
      words += " " + text::printable(identity.nodes.front());
    }
    if (identity.nodes.size() > 1) {
      words += fmt::format(" and {} more", identity.nodes.size() - 1);
    }
    words += ")";
  }
  return words;
}

std::string quiet_lines(const report::Host& host, const std::string& server,
                        const Options& options) {
  std::string lines;
  std::map<std::string_view, std::size_t> uses;
  for (const report::Identity& identity : host.identities) {
    ++uses[identity.account];
  }
  for (const report::Identity& identity : host.identities) {
    std::string owner;
    // That nothing could be read, every check says in the same words.
    std::set<std::string_view> unknown;
    for (const report::CheckResult& check : identity.checks) {
      for (const report::Finding& finding : check.findings) {
        if (finding.severity == report::Severity::kInfo ||
            (finding.severity == report::Severity::kUnknown &&
             !unknown.insert(finding.summary).second)) {
          continue;
        }
        if (owner.empty()) {
          owner =
              owner_words(identity, host, server, uses[identity.account] == 1);
        }
        lines += fmt::format("{} {} {}: {}\n",
                             tag(status_of(finding.severity), options.color),
                             owner, check.id, text::printable(finding.summary));
      }
    }
  }
  for (const facts::Problem& problem : host.problems) {
    lines += fmt::format("{}: {}{}\n", text::printable(server),
                         place_words(problem), text::printable(problem.text));
  }
  return lines;
}

void render_quiet(const report::Report& report, const Options& options,
                  const Sink& sink) {
  for (std::size_t i = 0; i < report.hosts.size(); ++i) {
    const report::Host& host = report.hosts[i];
    sink(quiet_lines(
        host, report.fleet ? report.fleet->rows[i].label : host.name, options));
  }
  if (report.fleet && !report.fleet->is_complete()) {
    sink(fleet_gap(*report.fleet) + "\n");
  }
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

void write_host(Page& page, const report::Host& host, const Options& options) {
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
    // A JSON report, which `merge` reads, has none of it.
    if (!host.known.empty()) {
      page.heading("What is known of this server");
      write_known(page, host.known);
    }
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
    page.hanging({}, 0, after_repair(host));
    page.line();
  }
  page.hanging({}, 0, verdict(host));
}

void render_text(const report::Report& report, const Options& options,
                 const Sink& sink) {
  if (options.quiet) {
    render_quiet(report, options, sink);
    return;
  }
  Page page(std::clamp(options.width, kNarrowest, kWidest),
            options.is_terminal ? LongWords::kCut : LongWords::kWhole);
  if (report.fleet) {
    write_causes(page, report);
    if (report.status == Status::kFailed) {
      page.hanging({}, 0, after_repair(report.hosts.front()));
      page.line();
    }
    write_matrix(page, *report.fleet, options);
  }
  if (!report.fleet || options.verbose) {
    for (const report::Host& host : report.hosts) {
      write_host(page, host, options);
      if (report.fleet) {
        page.line();
      }
      sink(page.take());
    }
  }
  if (report.fleet) {
    page.hanging({}, 0, fleet_verdict(report));
  }
  sink(page.take());
}

}  // namespace

const Renderer kText{"text", "for people: table, details, verdict",
                     render_text};

}  // namespace iisdiag::render
