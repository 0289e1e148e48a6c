#include "render/wording.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text/sort.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::render {
namespace {

using report::Severity;
using report::Status;

// One argument as a command line shows it.
std::string argument(const std::string& path) {
  const std::string shown = text::printable(path);
  return shown.find_first_of(" &()'") == std::string::npos
             ? shown
             : fmt::format("\"{}\"", shown);
}

std::string names_of(const report::Host& host, Status status) {
  std::vector<std::string> names;
  for (const report::Identity& identity : host.identities) {
    for (const report::CheckResult& check : identity.checks) {
      if (check.status == status &&
          std::find(names.begin(), names.end(), check.id) == names.end()) {
        names.push_back(check.id);
      }
    }
  }
  return text::join(names, ", ");
}

}  // namespace

std::string account_words(const report::Identity& identity) {
  if (!identity.account.empty()) {
    return text::printable(identity.account);
  }
  const bool skipped = std::all_of(
      identity.checks.begin(), identity.checks.end(),
      [](const auto& check) { return check.status == Status::kSkipped; });
  return skipped ? "none" : "not known";
}

std::string identity_words(const report::Identity& identity,
                           const report::Host& host) {
  std::string words =
      fmt::format("{} account {}", facts::service_name(identity.service),
                  account_words(identity));
  if (host.identities.size() > 1 && !identity.nodes.empty()) {
    const std::size_t more = identity.nodes.size() - 1;
    words += " at " + text::printable(identity.nodes.front());
    words += more == 0 ? "" : fmt::format(" and {} more", more);
  }
  return words;
}

std::string source_words(const report::Host& host) {
  switch (host.source.kind) {
    case facts::SourceKind::kLive:
      return "live";
    case facts::SourceKind::kDemo:
      return "demo " + host.demo;
    case facts::SourceKind::kEvidence:
      break;
  }
  std::vector<std::string> paths;
  for (const std::string& path : host.source.paths) {
    paths.push_back(argument(path));
  }
  return "from " + text::join(paths, " ");
}

std::string verdict(const report::Host& host) {
  const report::Counts counts = report::count_checks(host.identities);
  const std::size_t skipped = counts[Status::kSkipped];
  const std::size_t total = counts.total();
  const std::size_t passed = counts[Status::kPassed];
  const std::size_t warned = counts[Status::kWarning];
  const std::string left =
      skipped == 0 ? "" : fmt::format(", {} skipped", skipped);
  const std::string among = host.identities.size() > 1
                                ? fmt::format("{} checks of {} identities",
                                              total, host.identities.size())
                                : fmt::format("{} checks", total);
  switch (host.status) {
    case Status::kFailed:
      return fmt::format("Failed: {} of {} ({}){}.", counts[Status::kFailed],
                         among, names_of(host, Status::kFailed),
                         counts[Status::kUnknown] == 0
                             ? left
                             : fmt::format("{}, {} not checked", left,
                                           counts[Status::kUnknown]));
    case Status::kUnknown:
      return fmt::format(
          "Incomplete: {} passed{}, 0 failed, {} not checked. This is not an "
          "all-clear.",
          passed, warned == 0 ? "" : fmt::format(", {} warned", warned),
          counts[Status::kUnknown]);
    case Status::kWarning:
      return fmt::format("Passed with warnings: {} of {} ({}){}.", warned,
                         among, names_of(host, Status::kWarning), left);
    case Status::kPassed:
      return passed == total
                 ? fmt::format("Passed: all {}.", among)
                 : fmt::format("Passed: {} of {}{}.", passed, among, left);
    case Status::kSkipped:
      break;
  }
  const bool logs_on = std::any_of(
      host.identities.begin(), host.identities.end(),
      [](const auto& identity) { return !identity.account.empty(); });
  return logs_on ? fmt::format("Nothing to check: all {} skipped.", among)
                 : "Nothing to check: no anonymous logon is made here.";
}

std::string after_repair(const report::Host& host) {
  const bool evidence = host.source.kind == facts::SourceKind::kEvidence;
  return fmt::format(
      "IIS keeps the anonymous logon for about ten minutes and group policy "
      "refreshes by itself: after the repair, restart IIS{} and run this "
      "again.",
      evidence ? ", capture the files once more" : "");
}

std::vector<Entry> entries(const report::Identity& identity, bool unknown) {
  std::vector<Entry> list;
  for (const report::CheckResult& check : identity.checks) {
    for (const report::Finding& finding : check.findings) {
      if (finding.severity != Severity::kInfo &&
          (finding.severity == Severity::kUnknown) == unknown) {
        list.push_back({&check, &finding});
      }
    }
  }
  text::sort_stably(list, [](const Entry& one, const Entry& other) {
    return one.finding->depth < other.finding->depth;
  });
  return list;
}

std::string_view entries_heading(const std::vector<Entry>& list) {
  const auto has = [&](Severity severity) {
    return std::any_of(list.begin(), list.end(), [&](const Entry& entry) {
      return entry.finding->severity == severity;
    });
  };
  return has(Severity::kUnknown) ? "Could not be checked"
         : has(Severity::kFail)  ? "What to fix"
                                 : "What to change";
}

Mending mending(const std::vector<Entry>& list, const Entry& entry) {
  const report::Finding& finding = *entry.finding;
  const auto cause =
      std::find_if(list.begin(), list.end(), [&](const Entry& other) {
        return other.finding->id == finding.caused_by;
      });
  if (cause == list.end()) {
    return {{}, true};
  }
  return {
      fmt::format("A consequence of {}: {}. Mend that first{}",
                  cause - list.begin() + 1, text::printable(finding.why_caused),
                  finding.outlasts_cause ? ", then" : "."),
      finding.outlasts_cause};
}

std::string steps_fingerprint(const report::Finding& finding) {
  std::string text = finding.id;
  for (const knowledge::Step& step : finding.steps) {
    text += "\n" + step.text + "\n" + text::join(step.commands, "\n");
  }
  return text;
}

bool explains(const facts::Problem& problem, const report::Finding& finding) {
  return std::any_of(
      finding.found.begin(), finding.found.end(), [&](const auto& seen) {
        return seen.origin.kind() == facts::Origin::Kind::kFile &&
               seen.origin.name() == problem.origin.name();
      });
}

std::string reference_words(const report::Reference& reference) {
  return reference.title.empty()
             ? reference.id
             : fmt::format("{} \"{}\"", reference.id, reference.title);
}

std::string place_words(const facts::Problem& problem) {
  const facts::Origin& origin = problem.origin;
  if (!origin || problem.text.find(origin.name()) != std::string::npos) {
    return {};
  }
  return text::printable(
      origin.kind() == facts::Origin::Kind::kFile && origin.number() > 0
          ? fmt::format("{}:{}: ", origin.name(), origin.number())
          : origin.text() + ": ");
}

std::string_view problems_heading(const report::Host& host) {
  return host.source.kind == facts::SourceKind::kLive
             ? "What this server did not answer"
             : "Problems in the evidence";
}

std::vector<facts::Note> all_notes(const report::Host& host) {
  std::vector<facts::Note> notes;
  for (const report::Identity& identity : host.identities) {
    for (const report::CheckResult& check : identity.checks) {
      for (const report::Finding& finding : check.findings) {
        if (finding.severity == Severity::kInfo) {
          notes.push_back({fmt::format("{}: {}.", account_words(identity),
                                       text::printable(finding.summary)),
                           finding.found.empty()
                               ? facts::Origin{}
                               : finding.found.front().origin});
        }
      }
    }
  }
  for (const facts::Note& note : host.notes) {
    notes.push_back({text::printable(note.text), note.origin});
  }
  return notes;
}

Outcome outcome(report::Status status, const Options& options) {
  switch (status) {
    case Status::kSkipped:
      return Outcome::kSkip;
    case Status::kPassed:
      return Outcome::kPass;
    case Status::kWarning:
      return options.strict ? Outcome::kFail : Outcome::kPass;
    case Status::kUnknown:
      return options.allow_incomplete ? Outcome::kSkip : Outcome::kError;
    case Status::kFailed:
      break;
  }
  return Outcome::kFail;
}

}  // namespace iisdiag::render
