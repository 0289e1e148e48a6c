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

std::vector<Binding> output_bindings(OutputOptions& options, Words& raw) {
  return {{"strict", &options.strict},
          {"allow-incomplete", &options.allow_incomplete},
          {"format", &options.format},
          {"report", &raw.reports},
          {"quiet", &options.quiet},
          {"verbose", &options.verbose},
          {"color", &raw.color}};
}

// Hands the words of a command over to the parser, which puts them where the
// bindings and `operands` say (null: it takes none). Throws UsageError.
void take_words(const CommandInfo& info, const std::vector<std::string>& words,
                const std::vector<Binding>& bindings,
                std::vector<std::string>* operands) {
  CLI::App app;
  app.set_help_flag();
  if (operands != nullptr) {
    // A name that is no word of the parser's own, which knows dots and blanks.
    app.add_option("operands", *operands);
  }
  add_options(app, info, bindings);
  try {
    expect_values(info, words);
    app.allow_windows_style_options(false);
    // It wants the words in reverse.
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ParseError& error) {
    throw UsageError{error_text(info, app, error)};
  }
}

Command parse_check(const CommandInfo& info,
                    const std::vector<std::string>& words) {
  Command command;
  command.kind = Command::Kind::kCheck;
  CheckOptions& options = command.check;
  Words raw;
  std::vector<Binding> bindings = output_bindings(options, raw);
  bindings.insert(bindings.end(), {{"each", &options.each},
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
                                   {"skip", &options.selection.skip}});
  take_words(info, words, bindings, &options.evidence);
  read_words(raw, options);
  judge_combinations(options);
  return command;
}

Command parse_merge(const CommandInfo& info,
                    const std::vector<std::string>& words) {
  Command command;
  command.kind = Command::Kind::kMerge;
  MergeOptions& options = command.merge;
  Words raw;
  take_words(info, words, output_bindings(options, raw), &options.files);
  read_words(raw, options);
  judge_combinations(options);
  if (options.files.empty()) {
    throw UsageError{"merge what? Name reports of --format json"};
  }
  return command;
}

Command parse_collect(const CommandInfo& info,
                      const std::vector<std::string>& words) {
  Command command;
  command.kind = Command::Kind::kCollect;
  CollectWords raw;
  take_words(info, words,
             {{"script", &command.collect.script},
              {"windows", &raw.windows},
              {"output", &command.collect.output}},
             nullptr);
  read_words(raw, command.collect);
  return command;
}

Command parse_diff(const CommandInfo& info,
                   const std::vector<std::string>& words) {
  Command command;
  command.kind = Command::Kind::kDiff;
  take_words(info, words, {}, &command.compared);
  if (command.compared.size() != 2) {
    throw UsageError{"diff takes two reports: the older and the newer one"};
  }
  return command;
}

Command parse_explain(const CommandInfo& info,
                      const std::vector<std::string>& words) {
  Command command;
  command.kind = Command::Kind::kExplain;
  take_words(info, words, {}, &command.codes);
  const auto& codes = command.codes;
  if (std::all_of(codes.begin(), codes.end(), [](const std::string& code) {
        return text::trim(code).empty();
      })) {
    throw UsageError{"explain what? Name a code, or - for standard input"};
  }
  if (codes.size() > 1 &&
      std::find(codes.begin(), codes.end(), "-") != codes.end()) {
    throw UsageError{"- stands for standard input and goes with no code"};
  }
  return command;
}

Command parse_list(const CommandInfo& info,
                   const std::vector<std::string>& words) {
  Command command;
  command.kind = Command::Kind::kList;
  std::vector<std::string> topics;
  take_words(info, words, {}, &topics);
  const Names known = known_values(info.operand.value);
  if (topics.empty() || topics.front().empty()) {
    throw UsageError{fmt::format("list what? {}", list_words(known))};
  }
  if (topics.size() > 1) {
    topics.erase(topics.begin());
    throw UsageError{fmt::format("one word too many: {}",
                                 text::printable(text::join(topics, " ")))};
  }
  command.list = topics.front();
  if (std::find(known.begin(), known.end(), command.list) == known.end()) {
    throw UsageError{unknown("topic", command.list, known)};
  }
  return command;
}

struct CommandParser {
  std::string_view name;
  std::string (*help)() = nullptr;
  Command (*parse)(const CommandInfo& info,
                   const std::vector<std::string>& words) = nullptr;
};

constexpr CommandParser kParsers[] = {
    {"check", check_help, parse_check},
    {"collect", collect_help, parse_collect},
    {"explain", explain_help, parse_explain},
    {"merge", merge_help, parse_merge},
    {"diff", diff_help, parse_diff},
    {"list", list_help, parse_list},
};

// Precondition: there is a row for the command.
Command parse(const CommandInfo& info, const std::vector<std::string>& words,
              bool help) {
  const CommandParser& row =
      *std::find_if(std::begin(kParsers), std::end(kParsers),
                    [&](const auto& one) { return one.name == info.name; });
  if (help) {
    return print(row.help());
  }
  try {
    return row.parse(info, words);
  } catch (const UsageError& error) {
    Command command = usage_error(error.text, info.name);
    // Readers of some formats have to hear of it as well.
    if (std::any_of(
            info.options.begin(), info.options.end(),
            [](const auto& option) { return option.name == "format"; })) {
      command.check.format = asked_format(words);
    }
    return command;
  }
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
