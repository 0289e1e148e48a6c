#include "cli/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "cli/collect.hpp"
#include "cli/demos.hpp"
#include "cli/exit_code.hpp"
#include "cli/list.hpp"
#include "cli/options.hpp"
#include "cli/select.hpp"
#include "evidence/load.hpp"
#include "render/renderer.hpp"
#include "report/build.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::cli {
namespace {

// Every line of standard error says whose it is.
void say(Console& console, std::string_view lines) {
  for (const std::string_view line : text::split(lines, '\n')) {
    console.err(fmt::format("iisdiag: {}\n", line));
  }
}

// A report of its own for a run that had nothing to check does not exist.
struct NothingToCheck {
  std::string text;
};

// The last part of a path; the path itself where it has none.
std::string base_name(std::string path) {
  const auto end = path.find_last_not_of("/\\");
  path.resize(end == std::string::npos ? path.size() : end + 1);
  const auto slash = path.find_last_of("/\\");
  return slash == std::string::npos || slash + 1 == path.size()
             ? path
             : path.substr(slash + 1);
}

struct Loading {
  evidence::Loaded loaded;
  std::string fallback_name;
};

Loading load_evidence(const CheckOptions& options,
                      const evidence::FileSystem& files) {
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
  loading.loaded =
      evidence::load(files, options.evidence, options.said, options.account);
  loading.fallback_name = base_name(options.evidence.front());
  return loading;
}

std::string counted(std::size_t files) {
  return files == 1
             ? "1 file read, it is no evidence"
             : fmt::format("{} files read, none of them is evidence", files);
}

void expect_evidence(const CheckOptions& options,
                     const evidence::Loaded& loaded) {
  if (!loaded.missing.empty()) {
    throw NothingToCheck{fmt::format("{}: no such file or folder",
                                     text::printable(loaded.missing))};
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
      counted(loaded.files_read));
  throw NothingToCheck{text};
}

void keep_selected(const CheckOptions& options, facts::Server& server) {
  if (!options.account.empty()) {
    keep_account(server, options.account);
    if (server.identities.empty()) {
      throw NothingToCheck{fmt::format("no identity uses the account {}",
                                       text::printable(options.account))};
    }
  }
  if (!options.node.empty()) {
    keep_node(server, options.node);
    if (server.identities.empty()) {
      throw NothingToCheck{fmt::format("no identity is in force at {}",
                                       text::printable(options.node))};
    }
  }
}

bool wants_color(const CheckOptions& options, const Console& console) {
  switch (options.color) {
    case Color::kAlways:
      return true;
    case Color::kNever:
      return false;
    case Color::kAuto:
      break;
  }
  return console.out_is_terminal() && !console.refuses_color();
}

// Standard output first: a report that cannot be written to a file is no
// reason to see none.
int show(const report::Report& report, const CheckOptions& options,
         Console& console) {
  render::Options look;
  look.quiet = options.quiet;
  look.verbose = options.verbose;
  look.color = wants_color(options, console);
  look.width = console.out_is_terminal() ? console.width() : look.width;
  const auto* renderer = render::find_renderer(options.format);
  int code = report.exit_code;
  if (!console.out(renderer->render(report, look))) {
    say(console, "the report could not be written to standard output");
    code = kExitInternal;
  }
  for (const auto& [format, file] : options.reports) {
    const render::Options plain{.quiet = options.quiet,
                                .verbose = options.verbose};
    const std::string error = console.replace_file(
        file, render::find_renderer(format)->render(report, plain));
    if (!error.empty()) {
      say(console, fmt::format("{}: the report could not be written: {}",
                               text::printable(file), text::printable(error)));
      code = kExitInternal;
    }
  }
  return code;
}

int check(const CheckOptions& options, Console& console,
          const evidence::FileSystem& files) {
  if (options.evidence.empty() && options.demo.empty()) {
    throw NothingToCheck{
        "nothing to check: this is not Windows, and no EVIDENCE was given\n"
        "name captured files or folders, or try \"iisdiag check --demo\"."};
  }
  Loading loading = load_evidence(options, files);
  expect_evidence(options, loading.loaded);
  facts::Server& server = loading.loaded.server;
  keep_selected(options, server);
  server.source.checked_at = console.now();
  if (options.at) {
    server.source.captured_at = options.at;
  }
  report::Report report = report::build(
      {{server, loading.fallback_name, options.demo, loading.loaded.ignored}},
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

int collect(const CollectOptions& options, Console& console) {
  if (!options.script) {
    throw NothingToCheck{
        "nothing to collect: this is not Windows\n"
        "\"iisdiag collect --script\" prints a script for the server."};
  }
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
                const evidence::FileSystem& files) {
  switch (command.kind) {
    case Command::Kind::kCheck:
      return check(command.check, console, files);
    case Command::Kind::kCollect:
      return collect(command.collect, console);
    case Command::Kind::kList:
      return print(list_text(command.list).value_or(std::string()), console);
    case Command::Kind::kPrint:
      return print(command.text, console);
    case Command::Kind::kUsageError:
      break;
  }
  say(console, command.text);
  return kExitUsage;
}

}  // namespace

int run(const std::vector<std::string>& arguments, Console& console,
        const evidence::FileSystem& files) {
  try {
    return run_command(parse_command(arguments), console, files);
  } catch (const NothingToCheck& nothing) {
    say(console, nothing.text);
    return kExitNothing;
  } catch (const std::exception& error) {
    say(console,
        fmt::format("internal error: {}", text::printable(error.what())));
    return kExitInternal;
  }
}

int run(const std::vector<std::string>& arguments) {
  SystemConsole console;
  const evidence::Disk disk;
  return run(arguments, console, disk);
}

}  // namespace iisdiag::cli
