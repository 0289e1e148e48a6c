#include "cli/show.hpp"

#include <fmt/format.h>

#include "cli/exit_code.hpp"
#include "cli/refusal.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::cli {
namespace {

bool wants_color(const OutputOptions& options, const Console& console) {
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

int show_files(const report::Report& report, const OutputOptions& options,
               bool out_is_written, Console& console) {
  const auto* renderer = render::find_renderer(options.format);
  int code = renderer->exit_code == nullptr ? report.exit_code
                                            : renderer->exit_code(report);
  const int not_written = renderer->no_report == nullptr
                              ? int{kExitInternal}
                              : renderer->no_report_code;
  if (!out_is_written) {
    say(console, "the report could not be written to standard output");
    code = not_written;
  }
  for (const auto& [format, file] : options.reports) {
    const std::string error = console.replace_file(
        file, [&, id = format](const Console::Write& write) {
          render::find_renderer(id)->render(report, plain_look(options), write);
        });
    if (!error.empty()) {
      say(console, fmt::format("{}: the report could not be written: {}",
                               text::printable(file), text::printable(error)));
      code = not_written;
    }
  }
  return code;
}

}  // namespace

void say(Console& console, std::string_view lines) {
  for (const std::string_view line : text::split(lines, '\n')) {
    console.err(fmt::format("iisdiag: {}\n", line));
  }
}

render::Options plain_look(const OutputOptions& options) {
  return {.quiet = options.quiet,
          .verbose = options.verbose,
          .strict = options.strict,
          .allow_incomplete = options.allow_incomplete};
}

render::Options look_of(const OutputOptions& options, const Console& console) {
  render::Options look = plain_look(options);
  look.color = wants_color(options, console);
  look.is_terminal = console.out_is_terminal();
  look.width = look.is_terminal ? console.width() : look.width;
  return look;
}

// Standard output first: a report that cannot be written to a file is no
// reason to see none.
int show(const report::Report& report, const OutputOptions& options,
         Console& console) {
  bool is_written = true;
  render::find_renderer(options.format)
      ->render(report, look_of(options, console), [&](std::string_view piece) {
        is_written = is_written && console.out(piece);
      });
  return show_files(report, options, is_written, console);
}

int show_fleet(report::Report report, const OutputOptions& options,
               const bool* out_is_written, Console& console) {
  report.exit_code =
      exit_code(report.counts, options.strict, options.allow_incomplete);
  if (!report.fleet->is_complete()) {
    report.exit_code = kExitInternal;
    say(console,
        fmt::format("stopped after {} of {} servers", report.fleet->rows.size(),
                    report.fleet->expected));
  }
  return out_is_written == nullptr
             ? show(report, options, console)
             : show_files(report, options, *out_is_written, console);
}

}  // namespace iisdiag::cli
