#include "cli/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/help.hpp"
#include "cli/option_table.hpp"
#include "cli/option_values.hpp"
#include "iisdiag/version.hpp"
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

// Where the value of an option goes.
struct Target {
  // NOLINTBEGIN(google-explicit-constructor): written in tables
  Target(bool* target) : flag(target) {}
  Target(std::string* target) : word(target) {}
  Target(std::vector<std::string>* target) : words(target) {}
  // NOLINTEND(google-explicit-constructor)

  bool* flag = nullptr;
  std::string* word = nullptr;
  std::vector<std::string>* words = nullptr;
};

struct Binding {
  std::string_view option;
  Target target;
};

void add_option(CLI::App& app, const OptionInfo& info, const Target& target) {
  const std::string name =
      info.letter.empty() ? fmt::format("--{}", info.name)
                          : fmt::format("-{},--{}", info.letter, info.name);
  if (target.flag != nullptr) {
    app.add_flag(name, *target.flag)->disable_flag_override();
  } else if (info.value_name.starts_with('[')) {
    app.add_flag(
           fmt::format("{}{{{}}}", name, known_values(info.value).front()),
           *target.word)
        ->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  } else if (target.word != nullptr) {
    app.add_option(name, *target.word)->check(refuse_empty);
  } else {
    app.add_option(name, *target.words)
        ->check(refuse_empty)
        ->allow_extra_args(false);
  }
}

// Precondition: there is a binding for each option of the command.
void add_options(CLI::App& app, const CommandInfo& command,
                 const std::vector<Binding>& bindings) {
  for (const OptionInfo& info : command.options) {
    const auto binding = std::find_if(
        bindings.begin(), bindings.end(),
        [&](const Binding& row) { return row.option == info.name; });
    add_option(app, info, binding->target);
  }
}

Names option_names(const CommandInfo& command, std::vector<std::string>& keep) {
  for (const OptionInfo& info : command.options) {
    keep.push_back(fmt::format("--{}", info.name));
  }
  keep.emplace_back("--help");
  return {keep.begin(), keep.end()};
}

// The parser takes the next word for the value of "--node=".
void expect_values(const CommandInfo& command,
                   const std::vector<std::string>& words) {
  std::vector<std::string> keep;
  for (const std::string_view name : option_names(command, keep)) {
    const std::string empty = std::string(name) + "=";
    if (std::find(words.begin(), words.end(), empty) != words.end()) {
      throw UsageError{fmt::format("nothing stands after {}", empty)};
    }
  }
}

// The parser's own words for a wrong call, in ours.
std::string error_text(const CommandInfo& command, const CLI::App& app,
                       const CLI::ParseError& error) {
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    for (const std::string& word : app.remaining()) {
      if (word.starts_with('-')) {
        std::vector<std::string> keep;
        const Names known = option_names(command, keep);
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

Command parse_check(const CommandInfo& info,
                    const std::vector<std::string>& words, bool help) {
  if (help) {
    return print(check_help());
  }
  CLI::App app;
  app.set_help_flag();
  Command command;
  CheckOptions& options = command.check;
  Words raw;
  app.add_option(std::string(info.operand.name), options.evidence);
  add_options(app, info,
              {{"each", &options.each},
               {"demo", &options.demo},
               {"account", &options.account},
               {"node", &options.node},
               {"iis", &raw.iis},
               {"windows", &raw.windows},
               {"role", &raw.role},
               {"computer", &options.said.computer},
               {"at", &raw.at},
               {"no-logon", &options.no_logon},
               {"password-stdin", &options.password_stdin},
               {"only", &options.selection.only},
               {"skip", &options.selection.skip},
               {"strict", &options.strict},
               {"allow-incomplete", &options.allow_incomplete},
               {"format", &options.format},
               {"report", &raw.reports},
               {"quiet", &options.quiet},
               {"verbose", &options.verbose},
               {"color", &raw.color}});
  try {
    expect_values(info, words);
    parse(app, words);
    read_words(raw, options);
    judge_combinations(options);
  } catch (const CLI::ParseError& error) {
    return wrong_check(error_text(info, app, error), words);
  } catch (const UsageError& error) {
    return wrong_check(error.text, words);
  }
  command.kind = Command::Kind::kCheck;
  return command;
}

Command parse_collect(const CommandInfo& info,
                      const std::vector<std::string>& words, bool help) {
  if (help) {
    return print(collect_help());
  }
  CLI::App app;
  app.set_help_flag();
  Command command;
  CollectWords raw;
  add_options(app, info,
              {{"script", &command.collect.script},
               {"windows", &raw.windows},
               {"output", &command.collect.output}});
  try {
    expect_values(info, words);
    parse(app, words);
    read_words(raw, command.collect);
  } catch (const CLI::ParseError& error) {
    return usage_error(error_text(info, app, error), info.name);
  } catch (const UsageError& error) {
    return usage_error(error.text, info.name);
  }
  command.kind = Command::Kind::kCollect;
  return command;
}

// A wrong call of `merge`, as above.
Command wrong_merge(std::string text, const std::vector<std::string>& words) {
  Command command = usage_error(std::move(text), "merge");
  command.check.format = asked_format(words);
  return command;
}

Command parse_merge(const CommandInfo& info,
                    const std::vector<std::string>& words, bool help) {
  if (help) {
    return print(merge_help());
  }
  CLI::App app;
  app.set_help_flag();
  Command command;
  MergeOptions& options = command.merge;
  Words raw;
  app.add_option("REPORT", options.files);
  add_options(app, info,
              {{"strict", &options.strict},
               {"allow-incomplete", &options.allow_incomplete},
               {"format", &options.format},
               {"report", &raw.reports},
               {"quiet", &options.quiet},
               {"verbose", &options.verbose},
               {"color", &raw.color}});
  try {
    expect_values(info, words);
    parse(app, words);
    read_words(raw, options);
    judge_combinations(options);
  } catch (const CLI::ParseError& error) {
    return wrong_merge(error_text(info, app, error), words);
  } catch (const UsageError& error) {
    return wrong_merge(error.text, words);
  }
  if (options.files.empty()) {
    return wrong_merge("merge what? Name reports of --format json", words);
  }
  command.kind = Command::Kind::kMerge;
  return command;
}

Command parse_diff(const CommandInfo& info,
                   const std::vector<std::string>& words, bool help) {
  if (help) {
    return print(diff_help());
  }
  CLI::App app;
  app.set_help_flag();
  Command command;
  app.add_option("REPORT", command.compared);
  try {
    parse(app, words);
  } catch (const CLI::ParseError& error) {
    return usage_error(error_text(info, app, error), info.name);
  }
  if (command.compared.size() != 2) {
    return usage_error("diff takes two reports: the older and the newer one",
                       info.name);
  }
  command.kind = Command::Kind::kDiff;
  return command;
}

Command parse_explain(const CommandInfo& info,
                      const std::vector<std::string>& words, bool help) {
  if (help) {
    return print(explain_help());
  }
  CLI::App app;
  app.set_help_flag();
  Command command;
  app.add_option(std::string(info.operand.name), command.codes);
  try {
    parse(app, words);
  } catch (const CLI::ParseError& error) {
    return usage_error(error_text(info, app, error), info.name);
  }
  const auto& codes = command.codes;
  if (std::all_of(codes.begin(), codes.end(), [](const std::string& code) {
        return text::trim(code).empty();
      })) {
    return usage_error("explain what? Name a code, or - for standard input",
                       info.name);
  }
  if (codes.size() > 1 &&
      std::find(codes.begin(), codes.end(), "-") != codes.end()) {
    return usage_error("- stands for standard input and goes with no code",
                       info.name);
  }
  command.kind = Command::Kind::kExplain;
  return command;
}

Command parse_list(const CommandInfo& info,
                   const std::vector<std::string>& words, bool help) {
  if (help) {
    return print(list_help());
  }
  CLI::App app;
  app.set_help_flag();
  Command command;
  app.add_option(std::string(info.operand.name), command.list);
  try {
    parse(app, words);
  } catch (const CLI::ParseError& error) {
    return usage_error(error_text(info, app, error), info.name);
  }
  const Names topics = known_values(info.operand.value);
  if (command.list.empty()) {
    return usage_error(fmt::format("list what? {}", list_words(topics)),
                       info.name);
  }
  if (std::find(topics.begin(), topics.end(), command.list) == topics.end()) {
    return usage_error(unknown("topic", command.list, topics), info.name);
  }
  command.kind = Command::Kind::kList;
  return command;
}

Command parse(const CommandInfo& info, const std::vector<std::string>& words,
              bool help) {
  return info.name == "check"     ? parse_check(info, words, help)
         : info.name == "collect" ? parse_collect(info, words, help)
         : info.name == "merge"   ? parse_merge(info, words, help)
         : info.name == "diff"    ? parse_diff(info, words, help)
         : info.name == "explain" ? parse_explain(info, words, help)
                                  : parse_list(info, words, help);
}

bool asks_for_help(const std::string& word) {
  return std::find(help_words().begin(), help_words().end(), word) !=
         help_words().end();
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
  for (const CommandInfo& info : all_commands()) {
    if (info.name == first) {
      const std::vector<std::string> words(arguments.begin() + 1,
                                           arguments.end());
      const auto end = std::find(words.begin(), words.end(), "--");
      return parse(info, words, std::any_of(words.begin(), end, asks_for_help));
    }
  }
  Names known =
      names_of(all_commands(), [](const auto& row) { return row.name; });
  if (first.starts_with('-')) {
    known = {"--help", "--version"};
  }
  return usage_error(
      unknown(first.starts_with('-') ? "option" : "command", first, known), {});
}

}  // namespace iisdiag::cli
