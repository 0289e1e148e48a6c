// TAP 14, the Test Anything Protocol: a test point for each check, its findings
// as a YAML block.
#include <fmt/format.h>

#include "render/renderer.hpp"
#include "render/tags.hpp"
#include "render/wording.hpp"
#include "text/unicode.hpp"

namespace iisdiag::render {
namespace {

// Printable, with a backslash before each of these characters.
std::string escaped(std::string_view text, std::string_view characters) {
  std::string safe;
  for (const char letter : text::printable(text)) {
    if (characters.find(letter) != std::string_view::npos) {
      safe += '\\';
    }
    safe += letter;
  }
  return safe;
}

// A hash sign would begin a directive.
std::string description(std::string_view text) { return escaped(text, "#\\"); }

// A string of JSON is one of YAML; nothing else that is printable needs an
// escape in it.
std::string yaml_text(std::string_view text) {
  return '"' + escaped(text, "\"\\") + '"';
}

void add_list(std::string& lines, std::string_view name,
              const std::vector<std::string>& values) {
  if (values.empty()) {
    return;
  }
  lines += fmt::format("      {}:\n", name);
  for (const std::string& value : values) {
    lines += fmt::format("        - {}\n", yaml_text(value));
  }
}

void add_finding(std::string& lines, const report::Finding& finding) {
  lines += fmt::format("    - id: {}\n      severity: {}\n      summary: {}\n",
                       yaml_text(finding.id),
                       yaml_text(knowledge::severity_name(finding.severity)),
                       yaml_text(finding.summary));
  if (!finding.caused_by.empty()) {
    lines += fmt::format("      caused_by: {}\n", yaml_text(finding.caused_by));
  }
  std::vector<std::string> found;
  for (const checks::Seen& seen : finding.found) {
    found.push_back(seen.origin
                        ? fmt::format("{} ({})", seen.text, seen.origin.text())
                        : seen.text);
  }
  add_list(lines, "found", found);
  if (finding.severity != report::Severity::kUnknown &&
      !finding.expected.empty()) {
    lines += fmt::format("      expected: {}\n", yaml_text(finding.expected));
  }
  std::vector<std::string> steps;
  std::vector<std::string> commands;
  for (const knowledge::Step& step : finding.steps) {
    steps.push_back(step.text);
    commands.insert(commands.end(), step.commands.begin(), step.commands.end());
  }
  add_list(lines, "steps", steps);
  add_list(lines, "commands", commands);
}

std::string directive(const report::CheckResult& check,
                      const Options& options) {
  if (outcome(check.status, options) != Outcome::kSkip) {
    return {};
  }
  const bool unknown = check.status == report::Status::kUnknown;
  return fmt::format(" # SKIP {}{}", unknown ? "could not be checked: " : "",
                     description(check.summary));
}

void add_check(std::string& lines, std::size_t number, const report::Host& host,
               const report::Identity& identity,
               const report::CheckResult& check, const Options& options) {
  const Outcome result = outcome(check.status, options);
  const bool ok = result == Outcome::kPass || result == Outcome::kSkip;
  lines +=
      fmt::format("{} {} - {}{}\n", ok ? "ok" : "not ok", number,
                  description(fmt::format("{}: {}: {}", host.name, check.id,
                                          identity_words(identity, host))),
                  directive(check, options));
  lines += fmt::format("  ---\n  status: {}\n  summary: {}\n",
                       yaml_text(report::status_name(check.status)),
                       yaml_text(check.summary));
  if (!check.findings.empty()) {
    lines += "  findings:\n";
  }
  for (const report::Finding& finding : check.findings) {
    add_finding(lines, finding);
  }
  lines += "  ...\n";
}

void render_tap(const report::Report& report, const Options& options,
                const Sink& sink) {
  const std::size_t total = report.counts.total();
  std::string lines = fmt::format("TAP version 14\n1..{}{}\n", total,
                                  total == 0 ? " # SKIP nothing to check" : "");
  std::size_t number = 0;
  for (const report::Host& host : report.hosts) {
    for (const report::Identity& identity : host.identities) {
      for (const report::CheckResult& check : identity.checks) {
        add_check(lines, ++number, host, identity, check, options);
      }
    }
    for (const facts::Problem& problem : host.problems) {
      lines += fmt::format("# {}{}\n", place_words(problem),
                           text::printable(problem.text));
    }
    for (const facts::Note& note : all_notes(host)) {
      lines += fmt::format("# Note: {}\n", note.text);
    }
    lines += fmt::format("# {}\n", verdict(host));
    sink(lines);
    lines.clear();
  }
  if (report.fleet && !report.fleet->is_complete()) {
    lines = fmt::format("Bail out! {}\n", fleet_gap(*report.fleet));
  }
  sink(lines);
}

}  // namespace

const Renderer kTap{"tap", "TAP 14, the Test Anything Protocol", render_tap};

}  // namespace iisdiag::render
