// Annotations of a workflow run: commands that GitHub Actions reads from
// standard output.
#include <fmt/format.h>

#include <algorithm>

#include "render/renderer.hpp"
#include "render/tags.hpp"
#include "render/wording.hpp"
#include "text/unicode.hpp"

namespace iisdiag::render {
namespace {

using report::Severity;

// A percent sign begins an escape; a line ends the command. In a property
// colon and comma end it.
std::string escaped(std::string_view text, bool is_property) {
  std::string safe;
  for (const char letter : text) {
    switch (letter) {
      case '%':
        safe += "%25";
        break;
      case '\r':
        safe += "%0D";
        break;
      case '\n':
        safe += "%0A";
        break;
      case ':':
        safe += is_property ? "%3A" : ":";
        break;
      case ',':
        safe += is_property ? "%2C" : ",";
        break;
      default:
        safe += letter;
    }
  }
  return safe;
}

std::string command(std::string_view name, std::string_view properties,
                    std::string_view message) {
  return fmt::format("::{} {}::{}\n", name, properties,
                     escaped(message, false));
}

std::string property(std::string_view name, std::string_view value) {
  return fmt::format("{}={}", name, escaped(text::printable(value), true));
}

// Where in the repository a file of the evidence is, as far as one path was
// given; an annotation without a place stands on the page of the run.
std::string place(const report::Host& host, const report::Finding& finding) {
  using Kind = facts::Origin::Kind;
  const auto& paths = host.source.paths;
  const auto seen = std::find_if(
      finding.found.begin(), finding.found.end(), [](const auto& entry) {
        return entry.origin.kind() == Kind::kFile && entry.origin.number() > 0;
      });
  if (host.source.kind != facts::SourceKind::kEvidence || paths.size() != 1 ||
      seen == finding.found.end()) {
    return {};
  }
  std::string path = paths.front();
  std::replace(path.begin(), path.end(), '\\', '/');
  while (path.ends_with('/')) {
    path.pop_back();
  }
  const std::string& file = seen->origin.name();
  // A file that was named itself is called by its name.
  if (path != file && !path.ends_with("/" + file)) {
    path += "/" + file;
  }
  return fmt::format(",{},line={}", property("file", path),
                     seen->origin.number());
}

std::string_view command_name(Severity severity, const Options& options) {
  switch (outcome(status_of(severity), options)) {
    case Outcome::kFail:
    case Outcome::kError:
      return "error";
    case Outcome::kSkip:
    case Outcome::kPass:
      break;
  }
  return "warning";
}

std::string message(const report::Host& host, const report::Identity& identity,
                    const Entry& entry, const std::vector<Entry>& list) {
  const report::Finding& finding = *entry.finding;
  std::string text = fmt::format("{}: {}", identity_words(identity, host),
                                 text::printable(finding.summary));
  const Mending how = mending(list, entry);
  if (!how.cause.empty()) {
    text += "\n" + how.cause;
  }
  if (how.has_steps) {
    std::size_t number = 0;
    for (const knowledge::Step& step : finding.steps) {
      text += fmt::format("\n{}. {}", ++number, text::printable(step.text));
      for (const std::string& command : step.commands) {
        text += "\n   " + text::printable(command);
      }
    }
  }
  return text;
}

// One annotation for each cause: GitHub shows ten of a step.
void render_fleet(const report::Report& report, const Options& options,
                  const Sink& sink) {
  constexpr std::size_t kMostServers = 50;
  const report::Fleet& fleet = *report.fleet;
  for (const report::FleetCause& cause : fleet.causes) {
    sink(command(
        command_name(cause.severity, options),
        property("title",
                 fmt::format("{}: {} on {}", cause.check.id, cause.finding,
                             server_count(cause.rows.size()))),
        fmt::format("{}: {}", text::printable(cause.text),
                    servers_words(fleet, cause, kMostServers))));
  }
  sink(command(fleet.is_complete() ? "notice" : "error",
               property("title", "iisdiag"), fleet_verdict(report)));
}

void render_github(const report::Report& report, const Options& options,
                   const Sink& sink) {
  if (report.fleet) {
    render_fleet(report, options, sink);
    return;
  }
  for (const report::Host& host : report.hosts) {
    std::string lines;
    for (const report::Identity& identity : host.identities) {
      for (const bool unknown : {false, true}) {
        const auto list = entries(identity, unknown);
        for (const Entry& entry : list) {
          lines += command(
              command_name(entry.finding->severity, options),
              property("title", fmt::format("{}: {} on {}", entry.check->id,
                                            entry.finding->id, host.name)) +
                  place(host, *entry.finding),
              message(host, identity, entry, list));
        }
      }
    }
    lines += command("notice", property("title", "iisdiag on " + host.name),
                     verdict(host));
    sink(lines);
  }
}

}  // namespace

const Renderer kGithub{"github", "annotations for GitHub Actions",
                       render_github};

}  // namespace iisdiag::render
