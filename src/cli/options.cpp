#include "cli/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

#include "cli/demos.hpp"
#include "cli/help.hpp"
#include "cli/list.hpp"
#include "cli/option_values.hpp"
#include "iisdiag/version.hpp"
#include "render/renderer.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::cli {
namespace {

constexpr std::string_view kEmptyValue = "the value is empty";

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

// A batch file passes "" where a variable of it is not set; to take that for
// "all" would judge another account than the one that was meant.
std::string refuse_empty(const std::string& word) {
  return std::string(word.empty() ? kEmptyValue : "");
}

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
    return app.add_option(std::string(name), target, std::string(about))
        ->type_name(std::string(type))
        ->check(refuse_empty);
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

// The format that a wrong call asked for, as far as it can be told; else empty.
std::string asked_format(const std::vector<std::string>& words) {
  std::string format;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "-f" || word == "--format") {
      format = i + 1 < words.size() ? words[i + 1] : std::string();
    } else if (word.starts_with("--format=")) {
      format = word.substr(word.find('=') + 1);
    } else if (word.starts_with("-f")) {
      format = word.substr(2);
    }
  }
  return format;
}

// A wrong call of `check`: readers of some formats have to hear of it as well.
Command wrong_check(std::string text, const std::vector<std::string>& words) {
  Command command = usage_error(std::move(text), "check");
  command.check.format = asked_format(words);
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
    return wrong_check(error_text(app, error), words);
  } catch (const UsageError& error) {
    return wrong_check(error.text, words);
  }
  command.kind = Command::Kind::kCheck;
  return command;
}

Command parse_collect(const std::vector<std::string>& words, bool help) {
  CLI::App app;
  app.set_help_flag();
  Command command;
  CollectWords raw;
  const auto value = [&](const char* name, std::string& target,
                         const char* type, const char* about) {
    app.add_option(name, target, about)->type_name(type)->check(refuse_empty);
  };
  app.add_flag("--script", command.collect.script,
               "print a batch file that captures the evidence, for a server "
               "where iisdiag may not run")
      ->disable_flag_override();
  value("--windows", raw.windows, "VERSION",
        "which Windows the script is for (nt4, 2003, 2019); without it 2008 "
        "and later");
  value("-o,--output", command.collect.output, "PATH",
        "write the collection, or the script, to this file");
  if (help) {
    return print(collect_help(options_help(app)));
  }
  try {
    expect_values(app, words);
    parse(app, words);
    read_words(raw, command.collect);
  } catch (const CLI::ParseError& error) {
    return usage_error(error_text(app, error), "collect");
  } catch (const UsageError& error) {
    return usage_error(error.text, "collect");
  }
  command.kind = Command::Kind::kCollect;
  return command;
}

Command parse_explain(const std::vector<std::string>& words, bool help) {
  if (help) {
    return print(explain_help());
  }
  CLI::App app;
  app.set_help_flag();
  Command command;
  app.add_option("CODE", command.codes);
  try {
    parse(app, words);
  } catch (const CLI::ParseError& error) {
    return usage_error(error_text(app, error), "explain");
  }
  const auto& codes = command.codes;
  if (std::all_of(codes.begin(), codes.end(), [](const std::string& code) {
        return text::trim(code).empty();
      })) {
    return usage_error("explain what? Name a code, or - for standard input",
                       "explain");
  }
  if (codes.size() > 1 &&
      std::find(codes.begin(), codes.end(), "-") != codes.end()) {
    return usage_error("- stands for standard input and goes with no code",
                       "explain");
  }
  command.kind = Command::Kind::kExplain;
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
    CommandRow{"collect", parse_collect},
    CommandRow{"explain", parse_explain},
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
