#include "cli/option_values.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/check.hpp"
#include "cli/demos.hpp"
#include "cli/option_table.hpp"
#include "knowledge/versions.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::cli {

std::string unknown(std::string_view what, const std::string& word,
                    const Names& known) {
  auto meant = text::closest_word(word, known);
  for (const std::string_view name : known) {
    // The beginning of a longer name.
    if (!meant && word.size() > 1 && name.starts_with(word)) {
      meant = name;
    }
  }
  return fmt::format("unknown {} {}{}", what,
                     word.empty() ? "\"\"" : text::printable(word),
                     meant ? fmt::format(", did you mean {}?", *meant) : "");
}

namespace {

void expect_known(std::string_view what, const std::string& word,
                  const Names& known) {
  if (std::find(known.begin(), known.end(), word) == known.end()) {
    throw UsageError{unknown(what, word, known)};
  }
}

const knowledge::WindowsRules& known_windows(const std::string& word) {
  const auto* rules = knowledge::find_windows(word);
  if (rules == nullptr) {
    throw UsageError{
        unknown("Windows version", word, known_values(Value::kWindows))};
  }
  return *rules;
}

void read_versions(const Words& words, evidence::Said& said) {
  if (!words.iis.empty()) {
    const auto* rules = knowledge::find_iis(words.iis);
    if (rules == nullptr) {
      throw UsageError{
          unknown("IIS version", words.iis, known_values(Value::kIis))};
    }
    said.iis = rules->id;
  }
  if (!words.windows.empty()) {
    said.windows = known_windows(words.windows).id;
  }
  if (!words.role.empty()) {
    expect_known("role", words.role, known_values(Value::kRole));
    said.role = words.role == "dc"       ? facts::Role::kDomainController
                : words.role == "member" ? facts::Role::kMember
                                         : facts::Role::kWorkstation;
  }
}

void read_reports(const Words& words, OutputOptions& options,
                  const Names& formats) {
  for (const std::string& report : words.reports) {
    const auto equals = report.find('=');
    if (equals == std::string::npos || equals + 1 == report.size()) {
      throw UsageError{
          fmt::format("option --report takes NAME=FILE, and not {}",
                      text::printable(report))};
    }
    expect_known("format", report.substr(0, equals), formats);
    options.reports.emplace_back(report.substr(0, equals),
                                 report.substr(equals + 1));
  }
}

}  // namespace

void read_words(const Words& words, CheckOptions& options) {
  read_versions(words, options.said);
  if (!words.at.empty()) {
    options.at = facts::parse_iso(words.at);
    if (!options.at) {
      throw UsageError{fmt::format(
          "option --at takes a time like 2006-05-16T09:01:00, and not {}",
          text::printable(words.at))};
    }
  }
  const Names checks = known_values(Value::kCheck);
  for (const auto* list : {&options.selection.only, &options.selection.skip}) {
    for (const std::string& check : *list) {
      expect_known("check", check, checks);
    }
  }
  read_words(words, static_cast<OutputOptions&>(options));
  if (!options.demo.empty()) {
    expect_known("demo", options.demo, known_values(Value::kDemo));
  }
}

void read_words(const Words& words, OutputOptions& options) {
  const Names formats = known_values(Value::kFormat);
  expect_known("format", options.format, formats);
  read_reports(words, options, formats);
  expect_known("colour choice", words.color, known_values(Value::kColor));
  options.color = words.color == "auto"     ? Color::kAuto
                  : words.color == "always" ? Color::kAlways
                                            : Color::kNever;
}

void judge_combinations(const OutputOptions& options) {
  if (options.quiet && options.verbose) {
    throw UsageError{"--quiet and --verbose exclude each other"};
  }
}

void judge_combinations(const CheckOptions& options) {
  const auto checks = checks::all_checks();
  if (std::none_of(checks.begin(), checks.end(), [&](const auto* check) {
        return options.selection.includes(check->id);
      })) {
    throw UsageError{"--only and --skip leave no check to run"};
  }
  if (std::find(options.evidence.begin(), options.evidence.end(),
                std::string()) != options.evidence.end()) {
    throw UsageError{"EVIDENCE is empty: name a file or a folder"};
  }
  if (!options.demo.empty() && !options.evidence.empty()) {
    if (!demo_files(options.evidence.front()).empty()) {
      throw UsageError{
          fmt::format("a demo is named with an equals sign: "
                      "--demo={}",
                      options.evidence.front())};
    }
    throw UsageError{"--demo stands in place of EVIDENCE: give one of them"};
  }
  if (options.password_stdin &&
      (!options.evidence.empty() || !options.demo.empty())) {
    throw UsageError{
        "--password-stdin is for a live check and goes with no EVIDENCE"};
  }
  if (options.password_stdin && options.account.empty()) {
    throw UsageError{"--password-stdin needs one account: name it with -a"};
  }
  if (options.password_stdin && options.no_logon) {
    throw UsageError{"--password-stdin and --no-logon exclude each other"};
  }
  if (options.each && options.evidence.empty()) {
    throw UsageError{
        "--each needs EVIDENCE: a file or a folder for each server"};
  }
  const bool wants_lines =
      options.format == "jsonl" ||
      std::any_of(options.reports.begin(), options.reports.end(),
                  [](const auto& report) { return report.first == "jsonl"; });
  if (wants_lines && !options.each) {
    throw UsageError{"the format jsonl goes with --each; json has one server"};
  }
  judge_combinations(static_cast<const OutputOptions&>(options));
}

void read_words(const CollectWords& words, CollectOptions& options) {
  if (words.windows.empty()) {
    return;
  }
  if (!options.script) {
    throw UsageError{"--windows chooses a script and goes with --script"};
  }
  const auto& rules = known_windows(words.windows);
  if (!rules.cmd_extensions) {
    throw UsageError{
        fmt::format("there is no script for {}: its cmd.exe knows too little\n"
                    "see \"iisdiag list evidence\" for what to capture by hand",
                    rules.name)};
  }
  options.windows = rules.id;
}

}  // namespace iisdiag::cli
