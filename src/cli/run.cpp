#include "cli/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "cli/collect.hpp"
#include "cli/collection.hpp"
#include "cli/compare.hpp"
#include "cli/demos.hpp"
#include "cli/each.hpp"
#include "cli/exit_code.hpp"
#include "cli/explain.hpp"
#include "cli/list.hpp"
#include "cli/live.hpp"
#include "cli/merge.hpp"
#include "cli/options.hpp"
#include "cli/progress.hpp"
#include "cli/refusal.hpp"
#include "cli/show.hpp"
#include "cli/subject.hpp"
#include "cli/this_server.hpp"
#include "evidence/load.hpp"
#include "render/renderer.hpp"
#include "report/build.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::cli {
namespace {

struct Loading {
  evidence::Loaded loaded;
  std::string fallback_name;
};

Loading load_evidence(const CheckOptions& options,
                      const evidence::FileSystem& files, Console& console) {
  Loading loading;
  if (!options.demo.empty()) {
    evidence::MemoryFiles memory;
    for (const EmbeddedFile& file : demo_files(options.demo)) {
      memory.add(fmt::format("{}/{}", options.demo, file.path),
                 std::string(file.bytes));
    }
    loading.loaded =
        evidence::load(memory, {options.demo}, options.said, options.account);
    loading.loaded.server.source.kind = facts::SourceKind::kDemo;
    loading.fallback_name = options.demo;
    return loading;
  }
  ProgressLine progress(console);
  loading.loaded = evidence::load(files, options.evidence, options.said,
                                  options.account, &progress);
  loading.fallback_name = base_name(options.evidence.front());
  return loading;
}

void expect_evidence(const CheckOptions& options,
                     const evidence::Loaded& loaded) {
  if (!loaded.missing.empty()) {
    throw NothingToCheck{fmt::format(
        "{}: no such file or folder{}", text::printable(loaded.missing),
        loaded.missing.starts_with('@') ? "; a list goes with --each" : "")};
  }
  if (loaded.evidence_files > 0) {
    return;
  }
  std::string text;
  for (const facts::Problem& problem : loaded.server.problems) {
    text += text::printable(problem.origin.text() + ": " + problem.text) + "\n";
  }
  text += fmt::format(
      "{}: {} that iisdiag knows\n"
      "run \"iisdiag list evidence\" for what it can read.",
      text::printable(text::join(options.evidence, " ")),
      no_evidence_words(loaded.files_read));
  if (std::ranges::any_of(options.evidence, is_called_report)) {
    text +=
        "\nreports of iisdiag are for \"iisdiag merge\" and \"iisdiag diff\".";
  }
  throw NothingToCheck{text};
}

// Nothing of it is asked where the credential test is not wanted.
bool may_log_on(const CheckOptions& options) {
  return !options.no_logon && options.selection.includes("credential-test");
}

Loading load_live(const CheckOptions& options, Console& console,
                  const LiveFactory& factory) {
  const auto live = factory ? factory() : nullptr;
  if (live == nullptr) {
    throw NothingToCheck{
        "nothing to check: this is not Windows, and no EVIDENCE was given\n"
        "name captured files or folders, or try \"iisdiag check --demo\"."};
  }
  std::optional<text::Secret> password;
  if (options.password_stdin) {
    password = console.read_password();
    if (!password) {
      throw WrongCall{
          "--password-stdin: no password was read from standard "
          "input"};
    }
  }
  Live told =
      read_live(*live, {options.said, options.account, options.node,
                        may_log_on(options), password ? &*password : nullptr});
  if (!told.has_iis) {
    throw NothingToCheck{
        "nothing to check: there is no IIS on this computer\n"
        "name captured files or folders, or try \"iisdiag check --demo\"."};
  }
  if (!told.ambiguous.empty()) {
    throw WrongCall{
        fmt::format("--password-stdin needs one account, and {} fits {}",
                    text::printable(options.account),
                    text::printable(text::join_words(told.ambiguous)))};
  }
  Loading loading;
  loading.loaded.server = std::move(told.server);
  loading.fallback_name = "this computer";
  return loading;
}

int check(const CheckOptions& options, Console& console,
          const evidence::FileSystem& files, const LiveFactory& live) {
  if (options.each) {
    return check_each(options, console, files);
  }
  const bool is_live = options.evidence.empty() && options.demo.empty();
  Loading loading = is_live ? load_live(options, console, live)
                            : load_evidence(options, files, console);
  if (!is_live) {
    expect_evidence(options, loading.loaded);
  }
  facts::Server& server = loading.loaded.server;
  if (const auto nothing = keep_selected(options, server); !nothing.empty()) {
    throw NothingToCheck{nothing};
  }
  set_times(options, console.now(), server);
  report::Report report = report::build(
      {server, loading.fallback_name, options.demo, loading.loaded.ignored},
      options.selection, console.now());
  report.exit_code =
      exit_code(report.counts, options.strict, options.allow_incomplete);
  return show(report, options, console);
}

int print(std::string_view text, Console& console) {
  if (console.out(text)) {
    return kExitOk;
  }
  say(console, "standard output could not be written");
  return kExitInternal;
}

// What could not be had for a collection; the report names the rest of it.
void say_what_is_missing(const Collection& collection, Console& console) {
  for (const evidence::NotRead& left_out : collection.not_read) {
    say(console, fmt::format("{}: left out: {}", text::printable(left_out.what),
                             text::printable(left_out.why)));
  }
  if (collection.refused > 0) {
    say(console, fmt::format("{} answer{} refused; the report will name {}",
                             collection.refused,
                             collection.refused == 1 ? " was" : "s were",
                             collection.refused == 1 ? "it" : "them"));
  }
}

int collect_live(const CollectOptions& options, Console& console,
                 const evidence::FileSystem& files,
                 const LiveFactory& factory) {
  const auto live = factory ? factory() : nullptr;
  if (live == nullptr) {
    throw NothingToCheck{
        "nothing to collect: this is not Windows\n"
        "\"iisdiag collect --script\" prints a script for the server."};
  }
  const Collection collection = collect(*live, files);
  if (!collection.has_iis) {
    throw NothingToCheck{
        "nothing to collect: there is no IIS on this computer"};
  }
  const std::string path =
      options.output.empty() ? archive_name(collection) : options.output;
  const std::string error =
      collection.archive.empty()
          ? "there is not enough memory"
          : console.replace_file(path, collection.archive);
  if (!error.empty()) {
    say(console, fmt::format("{}: the collection could not be written: {}",
                             text::printable(path), text::printable(error)));
    return kExitInternal;
  }
  say_what_is_missing(collection, console);
  say(console, fmt::format("{} was collected; read it on any machine with\n"
                           "iisdiag check {}",
                           collection.computer.empty()
                               ? "this computer"
                               : text::printable(collection.computer),
                           text::printable(path)));
  const int printed = print(path + "\n", console);
  if (printed != kExitOk) {
    return printed;
  }
  return collection.not_read.empty() && collection.refused == 0
             ? kExitOk
             : kExitIncomplete;
}

int print_script(const CollectOptions& options, Console& console) {
  const CollectScript script = collect_script(options.windows);
  say(console, script.about);
  if (options.output.empty()) {
    return print(script.text, console);
  }
  const std::string error = console.replace_file(options.output, script.text);
  if (error.empty()) {
    return kExitOk;
  }
  say(console,
      fmt::format("{}: the script could not be written: {}",
                  text::printable(options.output), text::printable(error)));
  return kExitInternal;
}

int run_command(const Command& command, Console& console,
                const evidence::FileSystem& files, const LiveFactory& live) {
  switch (command.kind) {
    case Command::Kind::kCheck:
      return check(command.check, console, files, live);
    case Command::Kind::kCollect:
      return command.collect.script
                 ? print_script(command.collect, console)
                 : collect_live(command.collect, console, files, live);
    case Command::Kind::kMerge:
      return merge_reports(command.merge, console, files);
    case Command::Kind::kDiff:
      return compare_reports(command.compared, console, files);
    case Command::Kind::kExplain:
      return explain(command.codes, console);
    case Command::Kind::kList:
      return print(list_text(command.list).value_or(std::string()), console);
    case Command::Kind::kPrint:
      return print(command.text, console);
    case Command::Kind::kUsageError:
      break;
  }
  return kExitUsage;
}

// Says why there is no report; a format with exit codes of its own says so on
// standard output too, where its readers look.
int give_up(std::string_view why, int code, const Command& command,
            Console& console) {
  say(console, why);
  const auto* renderer = render::find_renderer(
      command.kind == Command::Kind::kMerge ? command.merge.format
                                            : command.check.format);
  if (renderer == nullptr || renderer->no_report == nullptr) {
    return code;
  }
  console.out(renderer->no_report(why));
  return renderer->no_report_code;
}

}  // namespace

int run(const std::vector<std::string>& arguments, Console& console,
        const evidence::FileSystem& files, const LiveFactory& live) {
  Command command;
  try {
    command = parse_command(arguments);
    return command.kind == Command::Kind::kUsageError
               ? give_up(command.text, kExitUsage, command, console)
               : run_command(command, console, files, live);
  } catch (const NothingToCheck& nothing) {
    return give_up(nothing.text, kExitNothing, command, console);
  } catch (const WrongCall& wrong) {
    return give_up(wrong.text, kExitUsage, command, console);
  } catch (const std::exception& error) {
    return give_up(
        fmt::format("internal error: {}", text::printable(error.what())),
        kExitInternal, command, console);
  }
}

int run(const std::vector<std::string>& arguments) {
  SystemConsole console;
  const evidence::Disk disk;
  return run(arguments, console, disk, this_server);
}

}  // namespace iisdiag::cli
