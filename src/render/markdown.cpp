// Markdown for tickets: CommonMark with the tables that GitHub, GitLab, Azure
// DevOps and others know.
#include <fmt/format.h>

#include <algorithm>

#include "iisdiag/version.hpp"
#include "render/renderer.hpp"
#include "render/tags.hpp"
#include "render/wording.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::render {
namespace {

// Does the text behind a full stop make an address of what stands before it?
// "com" and the like, and what countries have: servers are called
// web01.example.com, and a list of them README.md.
bool ends_an_address(std::string_view text) {
  constexpr std::string_view kEndings =
      " biz com edu gov net org pro web xxx aero asia coop info museum name "
      "shop ";
  constexpr std::size_t kCountry = 2;
  constexpr std::size_t kLongest = 8;
  std::string ending = text::to_lower(text.substr(0, kLongest));
  ending.resize(std::min(ending.find_first_not_of("abcdefghijklmnopqrstuvwxyz"),
                         ending.size()));
  return ending.size() == kCountry ||
         (ending.size() > kCountry &&
          kEndings.find(" " + ending + " ") != std::string_view::npos);
}

// Text that stays text, wherever it stands: also at the start of a line, and
// where a reader turns bare addresses into links.
std::string md(std::string_view raw) {
  const std::string text = text::printable(raw);
  std::string safe;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char letter = text[i];
    const bool is_first = i == 0 || text[i - 1] == ' ';
    const std::string_view rest = std::string_view(text).substr(i);
    const bool marks =
        std::string_view("\\`*_[]<>|~&#$").find(letter) !=
            std::string_view::npos ||
        (is_first &&
         std::string_view("-+=").find(letter) != std::string_view::npos) ||
        // "1." and "1)" at the start of a line, "www.", "http:"
        (std::string_view(".)").find(letter) != std::string_view::npos &&
         i > 0 && (text[i - 1] >= '0' && text[i - 1] <= '9') &&
         text.find_first_not_of("0123456789") == i) ||
        rest.starts_with("://") ||
        (letter == '.' && i >= 3 &&
         (text[i - 1] == 'w' || text[i - 1] == 'W')) ||
        (letter == '.' && !is_first && ends_an_address(rest.substr(1)));
    if (marks) {
      safe += '\\';
    }
    safe += letter;
  }
  return safe;
}

// One empty line, however the block before ended.
void end_block(std::string& page) {
  while (page.ends_with("\n\n")) {
    page.pop_back();
  }
  page += '\n';
}

// Indented by `indent`, in a fence that nothing in it can close.
void add_code(std::string& page, std::size_t indent,
              const std::vector<std::string>& lines) {
  if (lines.empty()) {
    return;
  }
  std::size_t longest = 0;
  std::string body;
  const std::string margin(indent, ' ');
  for (const std::string& line : lines) {
    const std::string shown = text::printable(line);
    std::size_t run = 0;
    for (const char letter : shown) {
      run = letter == '`' ? run + 1 : 0;
      longest = std::max(longest, run);
    }
    body += margin + shown + "\n";
  }
  constexpr std::size_t kShortest = 3;
  const std::string fence(std::max(longest + 1, kShortest), '`');
  page += fmt::format("\n{0}{1}bat\n{2}{0}{1}\n\n", margin, fence, body);
}

std::string origin_words(const facts::Origin& origin) {
  return origin ? fmt::format(" ({})", md(origin.text())) : "";
}

void add_steps(std::string& page, const report::Finding& finding) {
  std::size_t number = 0;
  for (const knowledge::Step& step : finding.steps) {
    const std::string lead = fmt::format("{}. ", ++number);
    page += fmt::format("{}{}\n", lead, md(step.text));
    add_code(page, lead.size(), step.commands);
  }
  end_block(page);
}

void add_finding(std::string& page, std::size_t number,
                 const std::vector<Entry>& list, const Entry& entry) {
  const report::Finding& finding = *entry.finding;
  page += fmt::format("#### {}. {}: {}\n\n", number, md(entry.check->title),
                      md(finding.summary));
  if (!finding.found.empty()) {
    page += "Found:\n\n";
    for (const checks::Seen& seen : finding.found) {
      page += fmt::format("- {}{}\n", md(seen.text), origin_words(seen.origin));
    }
    end_block(page);
  }
  const bool unknown = finding.severity == report::Severity::kUnknown;
  if (!unknown && !finding.expected.empty()) {
    page += fmt::format("Expected: {}\n\n", md(finding.expected));
  }
  const Mending how = mending(list, entry);
  if (!how.cause.empty()) {
    page += md(how.cause) + "\n\n";
  }
  if (how.has_steps && !finding.steps.empty()) {
    page += unknown ? "Do:\n\n" : "Fix:\n\n";
    add_steps(page, finding);
  }
  if (!finding.references.empty()) {
    page += "Read:\n\n";
    for (const report::Reference& reference : finding.references) {
      page += fmt::format("- {}\n", md(reference_words(reference)));
    }
    end_block(page);
  }
}

void add_identity(std::string& page, const report::Host& host,
                  const report::Identity& identity, const Options& options) {
  page += fmt::format("## {}\n\n| Result | Check | Summary |\n|---|---|---|\n",
                      md(identity_words(identity, host)));
  for (const report::CheckResult& check : identity.checks) {
    const bool unknown = check.status == report::Status::kUnknown;
    page += fmt::format("| {} | {} | {}{} |\n",
                        report::status_name(check.status), md(check.title),
                        unknown ? "not checked: " : "", md(check.summary));
  }
  page += '\n';
  if (options.verbose) {
    page += "| Fact | Value | From |\n|---|---|---|\n";
    for (const report::KnownFact& fact : identity.known) {
      page += fmt::format("| {} | {} | {} |\n", md(fact.label), md(fact.text),
                          fact.origin ? md(fact.origin.text()) : "");
    }
    end_block(page);
  }
  for (const bool unknown : {false, true}) {
    const auto list = entries(identity, unknown);
    if (list.empty()) {
      continue;
    }
    page += fmt::format("### {}\n\n", entries_heading(list));
    std::size_t number = 0;
    for (const Entry& entry : list) {
      add_finding(page, ++number, list, entry);
    }
  }
}

void add_host(std::string& page, const report::Host& host,
              const Options& options) {
  page += fmt::format("# iisdiag: {} {}\n\n**{}**\n\n", md(host.name),
                      report::status_name(host.status), md(verdict(host)));
  std::vector<std::string> about = {md(source_words(host))};
  if (!host.windows_name.empty()) {
    about.push_back(md(host.windows_name));
  }
  if (!host.iis_version.empty()) {
    about.push_back(md("IIS " + host.iis_version));
  }
  about.push_back(
      fmt::format("checked {}", facts::iso_text({host.checked_at, 0})));
  about.push_back(fmt::format("iisdiag {}", kVersion));
  for (const std::string& part : about) {
    page += fmt::format("- {}\n", part);
  }
  end_block(page);
  for (const report::Identity& identity : host.identities) {
    add_identity(page, host, identity, options);
  }
  if (!host.problems.empty()) {
    page += fmt::format("## {}\n\n", problems_heading(host));
    for (const facts::Problem& problem : host.problems) {
      page +=
          fmt::format("- {}{}\n", md(place_words(problem)), md(problem.text));
      if (!problem.todo.empty()) {
        page += fmt::format("  {}\n", md(problem.todo));
      }
      if (!problem.command.empty()) {
        add_code(page, 2, {problem.command});
      }
    }
    end_block(page);
  }
  const auto notes = all_notes(host);
  if (!notes.empty()) {
    page += "## Notes\n\n";
    for (const facts::Note& note : notes) {
      page += fmt::format("- {}{}\n", md(note.text), origin_words(note.origin));
    }
    end_block(page);
  }
  if (host.status == report::Status::kFailed) {
    page += md(after_repair(host)) + "\n\n";
  }
}

// A row of the matrix holds nothing but words of ours and the server's name.
void add_matrix(std::string& page, const report::Fleet& fleet) {
  page += "## Servers, the worst first\n\n| Result | Server |";
  std::string rule = "\n|---|---|";
  for (const report::FleetCheck& check : fleet.checks) {
    page += fmt::format(" {} |", md(check.title));
    rule += "---|";
  }
  page += " Because of |" + rule + "---|\n";
  for (const report::FleetRow& row : fleet.rows) {
    page += fmt::format("| {} | {} |", report::status_name(row.status),
                        md(row.label));
    for (const report::Status status : row.checks) {
      page += fmt::format(" {} |", report::status_name(status));
    }
    page += fmt::format(" {} |\n", md(text::join(row.reasons, ", ")));
  }
}

void add_fleet(std::string& page, const report::Report& report) {
  constexpr std::size_t kMostServers = 50;
  const report::Fleet& fleet = *report.fleet;
  page += fmt::format(
      "# iisdiag: {}, {}\n\n**{}**\n\n- checked {}\n- iisdiag {}\n\n",
      server_count(fleet.rows.size()), fleet_counts(fleet),
      md(fleet_verdict(report)), facts::iso_text({report.checked_at, 0}),
      kVersion);
  std::string_view heading;
  std::size_t number = 0;
  for (const report::FleetCause& cause : fleet.causes) {
    if (heading != causes_heading(cause.severity)) {
      heading = causes_heading(cause.severity);
      page += fmt::format("## {}\n\n", heading);
      number = 0;
    }
    page += fmt::format("### {}. {}: {}\n\n- {}\n- {}: {}\n\n", ++number,
                        md(cause.check.title), md(cause.text),
                        md(cause.finding), server_count(cause.rows.size()),
                        md(servers_words(fleet, cause, kMostServers)));
    const report::Host& host = report.hosts[cause.rows.front()];
    const auto [identity, finding] = report::find_cause(host, cause);
    if (finding != nullptr && !finding->steps.empty()) {
      page += md(example_words(fleet, cause)) + "\n\n";
      add_steps(page, *finding);
    }
  }
  if (report.status == report::Status::kFailed) {
    page += md(after_repair(report.hosts.front())) + "\n\n";
  }
  add_matrix(page, fleet);
}

void render_markdown(const report::Report& report, const Options& options,
                     const Sink& sink) {
  std::string page;
  if (report.fleet) {
    add_fleet(page, report);
  }
  if (!report.fleet || options.verbose) {
    bool is_first = !report.fleet;
    for (const report::Host& host : report.hosts) {
      if (!is_first) {
        page += '\n';
      }
      is_first = false;
      add_host(page, host, options);
      while (page.ends_with("\n\n")) {
        page.pop_back();
      }
      sink(page);
      page.clear();
    }
  }
  sink(page);
}

}  // namespace

const Renderer kMarkdown{"markdown", "Markdown for tickets", render_markdown};

}  // namespace iisdiag::render
