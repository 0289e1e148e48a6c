#include "cli/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

#include "checks/check.hpp"
#include "cli/demos.hpp"
#include "cli/exit_code.hpp"
#include "cli/help.hpp"
#include "cli/list.hpp"
#include "iisdiag/version.hpp"
#include "knowledge/versions.hpp"
#include "render/renderer.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::cli {
namespace {

using Names = std::vector<std::string_view>;

constexpr std::string_view kEmptyValue = "the value is empty";

// A command line that cannot be meant; the text is for the user.
struct UsageError {
  std::string text;
};

Command usage_error(std::string text, std::string_view command) {
  Command result;
  result.kind = Command::Kind::kUsageError;
  result.text =
      command.empty()
          ? fmt::format("{}\nrun \"iisdiag --help\" for the commands.", text)
          : fmt::format("{}\nrun \"iisdiag {} --help\" for the options.", text,
                        command);
  return result;
}

// "unknown check usr-rights, did you mean user-rights?"
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

template <class List, class Name>
Names names_of(const List& list, Name name) {
  Names names;
  for (const auto& entry : list) {
    names.push_back(name(entry));
  }
  return names;
}

void expect_known(std::string_view what, const std::string& word,
                  const Names& known) {
  if (std::find(known.begin(), known.end(), word) == known.end()) {
    throw UsageError{unknown(what, word, known)};
  }
}

// What the parser hands over as words and this file turns into values.
struct Words {
  std::string iis;
  std::string windows;
  std::string role;
  std::string at;
  std::string color = "auto";
  std::vector<std::string> reports;
};

// The one list of the options of `check`: parser and help come from it.
void add_check_options(CLI::App& app, CheckOptions& options, Words& words) {
  app.add_option("EVIDENCE", options.evidence,
                 "files and folders that were captured on one server");
  app.add_flag(fmt::format("--demo{{{}}}", all_demos().front().name),
               options.demo, "an embedded sample server in place of EVIDENCE")
      ->type_name("[=NAME]")
      ->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  const auto value = [&](std::string_view name, auto& target,
                         std::string_view type, std::string_view about) {
    // A batch file passes "" where a variable of it is not set; to take that
    // for "all" would judge another account than the one that was meant.
    return app.add_option(std::string(name), target, std::string(about))
        ->type_name(std::string(type))
        ->check([](const std::string& word) {
          return std::string(word.empty() ? kEmptyValue : "");
        });
  };
  const auto repeated = [&](std::string_view name, auto& target,
                            std::string_view type, std::string_view about) {
    value(name, target, type, about)->allow_extra_args(false);
  };
  const auto flag = [&](std::string_view name, bool& target,
                        std::string_view about) {
    app.add_flag(std::string(name), target, std::string(about))
        ->disable_flag_override();
  };
  value("-a,--account", options.account, "NAME",
        "only identities that use this account");
  value("--node", options.node, "PATH", "only this node and what is below it");
  value("--iis", words.iis, "VERSION",
        "the version of IIS (5.1, 10), where the evidence does not say");
  value("--windows", words.windows, "VERSION",
        "that of Windows (nt4, 2000, 2012r2), likewise");
  value("--role", words.role, "ROLE", "workstation, member or dc, likewise");
  value("--computer", options.said.computer, "NAME",
        "the computer's name, likewise");
  value("--at", words.at, "TIME", "the time the evidence speaks of (ISO 8601)");
  flag("--no-logon", options.no_logon, "do not make the live credential test");
  flag("--password-stdin", options.password_stdin,
       "the password for the live credential test, one line on standard "
       "input; needs -a");
  repeated("--only", options.selection.only, "CHECK",
           "run only this check; repeatable");
  repeated("--skip", options.selection.skip, "CHECK",
           "leave this check out; repeatable");
  flag("--strict", options.strict,
       "a warning counts as a failure for the exit code");
  flag("--allow-incomplete", options.allow_incomplete,
       "exit 0 although something could not be checked");
  value("-f,--format", options.format, "NAME",
        fmt::format("the report's format: {}",
                    list_words(names_of(
                        render::all_renderers(),
                        [](const auto* renderer) { return renderer->id; }))));
  repeated("-r,--report", words.reports, "NAME=FILE",
           "write a further report to FILE; repeatable");
  flag("-q,--quiet", options.quiet, "only problems, one line each");
  flag("-v,--verbose", options.verbose,
       "every fact and where it came from; skipped checks too");
  value("--color", words.color, "auto|always|never",
        "colour the tags (default auto)");
}

void read_versions(const Words& words, evidence::Said& said) {
  if (!words.iis.empty()) {
    const auto* rules = knowledge::find_iis(words.iis);
    if (rules == nullptr) {
      throw UsageError{
          unknown("IIS version", words.iis,
                  names_of(knowledge::all_iis(),
                           [](const auto& row) { return row.id; }))};
    }
    said.iis = rules->id;
  }
  if (!words.windows.empty()) {
    const auto* rules = knowledge::find_windows(words.windows);
    if (rules == nullptr) {
      throw UsageError{
          unknown("Windows version", words.windows,
                  names_of(knowledge::all_windows(),
                           [](const auto& row) { return row.id; }))};
    }
    said.windows = rules->id;
  }
  if (!words.role.empty()) {
    expect_known("role", words.role, {"workstation", "member", "dc"});
    said.role = words.role == "dc"       ? facts::Role::kDomainController
                : words.role == "member" ? facts::Role::kMember
                                         : facts::Role::kWorkstation;
  }
}

void read_reports(const Words& words, CheckOptions& options,
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
  const Names checks = names_of(checks::all_checks(),
                                [](const auto* check) { return check->id; });
  for (const auto* list : {&options.selection.only, &options.selection.skip}) {
    for (const std::string& check : *list) {
      expect_known("check", check, checks);
    }
  }
  const Names formats =
      names_of(render::all_renderers(),
               [](const auto* renderer) { return renderer->id; });
  expect_known("format", options.format, formats);
  read_reports(words, options, formats);
  expect_known("colour choice", words.color, {"auto", "always", "never"});
  options.color = words.color == "auto"     ? Color::kAuto
                  : words.color == "always" ? Color::kAlways
                                            : Color::kNever;
  if (!options.demo.empty()) {
    expect_known(
        "demo", options.demo,
        names_of(all_demos(), [](const auto& demo) { return demo.name; }));
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
  if (options.quiet && options.verbose) {
    throw UsageError{"--quiet and --verbose exclude each other"};
  }
}

Names option_names(const CLI::App& app, std::vector<std::string>& keep) {
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      keep.push_back("--" + name);
    }
  }
  keep.emplace_back("--help");
  return {keep.begin(), keep.end()};
}

// The parser takes the next word for the value of "--node=".
void expect_values(const CLI::App& app, const std::vector<std::string>& words) {
  std::vector<std::string> keep;
  for (const std::string_view name : option_names(app, keep)) {
    const std::string empty = std::string(name) + "=";
    if (std::find(words.begin(), words.end(), empty) != words.end()) {
      throw UsageError{fmt::format("nothing stands after {}", empty)};
    }
  }
}

// The parser's own words for a wrong call, in ours.
std::string error_text(const CLI::App& app, const CLI::ParseError& error) {
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    for (const std::string& word : app.remaining()) {
      if (word.starts_with('-')) {
        std::vector<std::string> keep;
        const Names known = option_names(app, keep);
        const std::string name = word.substr(0, word.find('='));
        return std::find(known.begin(), known.end(), name) == known.end()
                   ? unknown("option", name, known)
                   : fmt::format("option {} takes no value", name);
      }
    }
    return fmt::format("one word too many: {}",
                       text::printable(text::join(app.remaining(), " ")));
  }
  const std::string what = error.what();
  const std::string option = what.substr(0, what.find(':'));
  if (what.find(kEmptyValue) != std::string::npos ||
      (what.find("required") != std::string::npos &&
       what.find("missing") != std::string::npos)) {
    return fmt::format("option {} needs a value", option);
  }
  if (what.find("At Most 1") != std::string::npos) {
    return fmt::format("option {} was given twice", option);
  }
  if (what.find("disallowed flag override") != std::string::npos) {
    return fmt::format("option --{} takes no value",
                       what.substr(0, what.find(' ')));
  }
  return text::printable(what);
}

// The parser wants the words in reverse.
void parse(CLI::App& app, const std::vector<std::string>& words) {
  app.allow_windows_style_options(false);
  app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
}

std::vector<OptionHelp> options_help(const CLI::App& app) {
  std::vector<OptionHelp> help;
  for (const CLI::Option* option : app.get_options()) {
    const auto& shorts = option->get_snames();
    const auto& longs = option->get_lnames();
    if (longs.empty()) {
      continue;
    }
    const std::string type = option->get_type_name();
    help.push_back(
        {fmt::format("{}--{}{}{}",
                     shorts.empty() ? "    " : "-" + shorts.front() + ", ",
                     longs.front(),
                     type.empty() || type.starts_with('[') ? "" : " ", type),
         option->get_description()});
  }
  return help;
}

Command print(std::string text) {
  Command command;
  command.kind = Command::Kind::kPrint;
  command.text = std::move(text);
  return command;
}

Command parse_check(const std::vector<std::string>& words, bool help) {
  CLI::App app;
  app.set_help_flag();
  Command command;
  Words raw;
  add_check_options(app, command.check, raw);
  if (help) {
    return print(check_help(options_help(app)));
  }
  try {
    expect_values(app, words);
    parse(app, words);
    read_words(raw, command.check);
    judge_combinations(command.check);
  } catch (const CLI::ParseError& error) {
    return usage_error(error_text(app, error), "check");
  } catch (const UsageError& error) {
    return usage_error(error.text, "check");
  }
  command.kind = Command::Kind::kCheck;
  return command;
}

Command parse_list(const std::vector<std::string>& words, bool help) {
  if (help) {
    return print(list_help());
  }
  CLI::App app;
  app.set_help_flag();
  Command command;
  app.add_option("TOPIC", command.list);
  try {
    parse(app, words);
  } catch (const CLI::ParseError& error) {
    return usage_error(error_text(app, error), "list");
  }
  const Names topics = list_topics();
  if (command.list.empty()) {
    return usage_error(fmt::format("list what? {}", list_words(topics)),
                       "list");
  }
  if (std::find(topics.begin(), topics.end(), command.list) == topics.end()) {
    return usage_error(unknown("topic", command.list, topics), "list");
  }
  command.kind = Command::Kind::kList;
  return command;
}

struct CommandRow {
  std::string_view name;
  Command (*parse)(const std::vector<std::string>& words, bool help);
};

constexpr std::array kCommands = {
    CommandRow{"check", parse_check},
    CommandRow{"list", parse_list},
};

bool asks_for_help(const std::string& word) {
  return word == "--help" || word == "-h" || word == "-?" || word == "/?";
}

}  // namespace

Command parse_command(const std::vector<std::string>& arguments) {
  if (arguments.empty()) {
    return usage_error("no command was given", {});
  }
  const std::string& first = arguments.front();
  if (asks_for_help(first) || first == "help") {
    return print(program_help());
  }
  if (first == "--version") {
    return print(fmt::format("iisdiag {}\n", kVersion));
  }
  for (const CommandRow& row : kCommands) {
    if (row.name == first) {
      const std::vector<std::string> words(arguments.begin() + 1,
                                           arguments.end());
      const auto end = std::find(words.begin(), words.end(), "--");
      return row.parse(words, std::any_of(words.begin(), end, asks_for_help));
    }
  }
  Names known = names_of(kCommands, [](const auto& row) { return row.name; });
  if (first.starts_with('-')) {
    known = {"--help", "--version"};
  }
  return usage_error(
      unknown(first.starts_with('-') ? "option" : "command", first, known), {});
}

}  // namespace iisdiag::cli
