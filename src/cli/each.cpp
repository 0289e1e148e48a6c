#include "cli/each.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <optional>

#include "cli/file_list.hpp"
#include "cli/progress.hpp"
#include "cli/refusal.hpp"
#include "cli/show.hpp"
#include "cli/subject.hpp"
#include "evidence/load.hpp"
#include "fleet/gather.hpp"
#include "fleet/in_order.hpp"
#include "fleet/unread.hpp"
#include "render/json_host.hpp"
#include "report/build.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::cli {
namespace {

// A collection is called after its server: "web01.zip" is web01.
std::string server_name(const std::string& path) {
  std::string name = base_name(path);
  if (text::iends_with(name, ".zip")) {
    name.resize(name.size() - std::string_view(".zip").size());
  }
  return name.empty() ? path : name;
}

report::Host check_server(const CheckOptions& options, const std::string& path,
                          const evidence::FileSystem& files,
                          facts::ClockSeconds now) {
  const std::string name = server_name(path);
  evidence::Loaded loaded =
      evidence::load(files, {path}, options.said, options.account);
  if (!loaded.missing.empty()) {
    return fleet::unread_host(
        {name, path, "no such file or folder", "See where it lies."}, now);
  }
  facts::Server& server = loaded.server;
  if (loaded.evidence_files == 0) {
    fleet::Unread unread{name, path, "there is no evidence in it",
                         "See what to capture with \"iisdiag list evidence\"."};
    if (is_called_report(path)) {
      unread.why += ", it may be a report";
      unread.todo += " Put reports together with \"iisdiag merge\".";
    }
    report::Host host = fleet::unread_host(unread, now);
    host.problems = std::move(server.problems);
    host.notes.push_back({no_evidence_words(loaded.files_read) + ".", {}});
    return host;
  }
  set_times(options, now, server);
  const std::string nothing = keep_selected(options, server);
  if (!nothing.empty()) {
    server.notes.push_back({nothing + ".", {}});
  }
  return report::build_host({server, name, {}, loaded.ignored},
                            options.selection, now);
}

// What goes wrong with one server is no reason to see nothing of the others.
report::Host check_safely(const CheckOptions& options, const std::string& path,
                          const evidence::FileSystem& files,
                          facts::ClockSeconds now) {
  try {
    return check_server(options, path, files, now);
  } catch (const std::exception& error) {
    return fleet::unread_host(
        {server_name(path), path,
         fmt::format("internal error: {}", error.what()),
         "Check this server by itself, and report what iisdiag says."},
        now);
  }
}

// A server that was checked, on its way into the report.
struct Checked {
  report::Host host;
  fleet::Packed packed;
  std::string line;  // of jsonl on standard output
};

}  // namespace

int check_each(const CheckOptions& options, Console& console,
               const evidence::FileSystem& files) {
  const std::vector<std::string> paths =
      expand_lists(options.evidence, "servers", files);
  const facts::ClockSeconds now = console.now();
  // Lines leave as soon as they are there; nothing is kept for later where
  // nothing comes later.
  const bool streams = options.format == "jsonl";
  const bool keeps = !streams || !options.reports.empty();
  const render::Options look = look_of(options, console);
  bool is_written = true;
  fleet::Gatherer gatherer;
  {
    ServerProgress progress(console, paths.size(),
                            !streams || !console.out_is_terminal());
    console.expect_interrupt();
    fleet::make_in_order<Checked>(
        paths.size(),
        [&](std::size_t i) -> std::optional<Checked> {
          if (console.is_interrupted()) {
            return std::nullopt;
          }
          Checked checked{check_safely(options, paths[i], files, now), {}, {}};
          if (keeps) {
            checked.packed = fleet::pack(checked.host, options.verbose);
          }
          if (streams) {
            checked.line = render::host_line(checked.host, look);
          }
          return checked;
        },
        [&](std::size_t i, Checked checked) {
          is_written =
              is_written && (checked.line.empty() || console.out(checked.line));
          gatherer.add(checked.host, std::move(checked.packed));
          progress.at(i + 1);
        });
  }
  if (!gatherer.has_identities() && gatherer.size() == paths.size() &&
      (!options.account.empty() || !options.node.empty())) {
    throw NothingToCheck{"no server has an identity that was asked for"};
  }
  return show_fleet(std::move(gatherer).finish(paths.size(), now), options,
                    streams ? &is_written : nullptr, console);
}

}  // namespace iisdiag::cli
