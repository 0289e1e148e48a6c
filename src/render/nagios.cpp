// One line for Nagios, Icinga and what understands their plugins, with
// performance data and the exit codes of their protocol (Monitoring Plugins
// Development Guidelines).
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "render/renderer.hpp"
#include "render/tags.hpp"
#include "render/wording.hpp"
#include "text/unicode.hpp"

namespace iisdiag::render {
namespace {

using report::Status;

enum State { kOk = 0, kWarning = 1, kCritical = 2, kUnknown = 3 };
constexpr std::array<std::string_view, 4> kNames = {"OK", "WARNING", "CRITICAL",
                                                    "UNKNOWN"};

// A bar begins the performance data, and web pages of monitoring servers are
// known to show the line as HTML.
std::string plain(std::string_view text) {
  std::string line = text::printable(text);
  std::replace_if(
      line.begin(), line.end(),
      [](char letter) {
        return std::string_view("|<>`").find(letter) != std::string_view::npos;
      },
      '_');
  return line;
}

// Exit 1 is something that failed, or that warned with --strict.
int state_of(const report::Report& report) {
  switch (report.exit_code) {
    case 0:
      return report.counts[Status::kWarning] > 0 ? kWarning : kOk;
    case 1:
      return kCritical;
    default:
      return kUnknown;
  }
}

// The worst of the report, in a few words; of a report without any, how it
// ended.
std::string what(const report::Report& report) {
  std::string first;
  std::size_t others = 0;
  for (const report::Host& host : report.hosts) {
    for (const report::Identity& identity : host.identities) {
      for (const bool unknown : {false, true}) {
        for (const Entry& entry : entries(identity, unknown)) {
          if (status_of(entry.finding->severity) != report.status) {
            continue;
          }
          if (!first.empty()) {
            ++others;
            continue;
          }
          first = fmt::format("{}: {} ({}): {}", text::printable(host.name),
                              entry.check->id, identity_words(identity, host),
                              text::printable(entry.finding->summary));
        }
      }
    }
  }
  if (first.empty()) {
    return report.hosts.empty()
               ? "nothing was checked"
               : fmt::format("{}: {}",
                             text::printable(report.hosts.front().name),
                             verdict(report.hosts.front()));
  }
  return others == 0 ? first : fmt::format("{}, and {} more", first, others);
}

// label=value;warn;crit;min;max, the ranges as the protocol writes them: an
// alert outside of 0 to 0.
std::string numbers(const report::Report& report) {
  std::string text;
  for (const Status status : report::kStatuses) {
    const std::string_view ranges = status == Status::kFailed    ? ";;0"
                                    : status == Status::kWarning ? ";0;"
                                                                 : ";;";
    text += fmt::format("{}{}={}{};0;{}", text.empty() ? "" : " ",
                        report::status_name(status), report.counts[status],
                        ranges, report.counts.total());
  }
  return text;
}

std::string line(int state, std::string_view text) {
  return fmt::format("IISDIAG {} - {}",
                     kNames.at(static_cast<std::size_t>(state)), plain(text));
}

void render_nagios(const report::Report& report, const Options& /*options*/,
                   const Sink& sink) {
  sink(fmt::format("{} | {}\n",
                   line(state_of(report),
                        report.fleet ? fleet_verdict(report) : what(report)),
                   numbers(report)));
}

// The first line alone: what to do about it is for standard error.
std::string no_report(std::string_view why) {
  return line(kUnknown, why.substr(0, why.find('\n'))) + "\n";
}

}  // namespace

const Renderer kNagios{"nagios",      "one line with the exit codes of Nagios",
                       render_nagios, state_of,
                       no_report,     kUnknown};

}  // namespace iisdiag::render
