#include "fleet/host_reader.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "checks/chains.hpp"
#include "checks/check.hpp"
#include "evidence/document.hpp"
#include "fleet/json_members.hpp"
#include "fleet/unread.hpp"

namespace iisdiag::fleet {
namespace {

using evidence::JsonNode;
using evidence::JsonTree;
using report::Severity;
using report::Status;

std::vector<std::string> texts_of(const JsonNode& object,
                                  std::string_view member) {
  std::vector<std::string> texts;
  for_each(object, member, [&](const JsonNode& node) {
    if (const auto text = node.text()) {
      texts.emplace_back(*text);
    }
  });
  return texts;
}

// The value of `all` that is called so.
template <class List, class Name>
auto called(const List& all, std::string_view name, Name name_of)
    -> std::optional<typename List::value_type> {
  const auto found = std::find_if(all.begin(), all.end(), [&](auto value) {
    return name_of(value) == name;
  });
  if (found == all.end()) {
    return std::nullopt;
  }
  return *found;
}

facts::Origin origin_of(const JsonNode& object) {
  const auto origin = object.find("origin");
  if (!origin || !origin->is_object()) {
    return {};
  }
  if (origin->find("registry")) {
    return facts::Origin::in_registry(text_of(*origin, "registry"));
  }
  if (origin->find("api")) {
    return facts::Origin::from_api(text_of(*origin, "api"),
                                   number_of(*origin, "code").value_or(0));
  }
  const std::string file = text_of(*origin, "file");
  if (const auto record = number_of(*origin, "record")) {
    return facts::Origin::in_record(file, *record);
  }
  return facts::Origin::in_file(file, number_of(*origin, "line").value_or(0));
}

// Each command belongs to a step; where nothing says to which, to the last.
std::vector<knowledge::Step> steps_of(const JsonNode& finding) {
  std::vector<knowledge::Step> steps;
  for (std::string& text : texts_of(finding, "steps")) {
    steps.push_back({std::move(text), {}});
  }
  const std::vector<std::string> commands = texts_of(finding, "commands");
  if (steps.empty() || commands.empty()) {
    return steps;
  }
  std::vector<std::size_t> owners;
  for_each(finding, "command_steps", [&](const JsonNode& node) {
    const std::int64_t step = node.number().value_or(0);
    const bool is_one =
        step >= 1 && static_cast<std::uint64_t>(step) <= steps.size();
    owners.push_back(is_one ? static_cast<std::size_t>(step) - 1
                            : steps.size() - 1);
  });
  owners.resize(commands.size(), steps.size() - 1);
  for (std::size_t i = 0; i < commands.size(); ++i) {
    steps[owners[i]].commands.push_back(commands[i]);
  }
  return steps;
}

report::Finding finding_of(const JsonNode& node) {
  constexpr std::array kSeverities = {Severity::kInfo, Severity::kWarning,
                                      Severity::kUnknown, Severity::kFail};
  report::Finding finding;
  finding.id = text_of(node, "id");
  // Of a severity that is not known, no one can say that it is harmless.
  finding.severity =
      called(kSeverities, text_of(node, "severity"), knowledge::severity_name)
          .value_or(Severity::kUnknown);
  finding.summary = text_of(node, "summary");
  finding.caused_by = text_of(node, "caused_by");
  if (const auto code =
          number_of(node, "code", std::numeric_limits<std::uint32_t>::max())) {
    finding.code = static_cast<std::uint32_t>(*code);
  }
  for_each(node, "found", [&](const JsonNode& seen) {
    finding.found.push_back({text_of(seen, "text"), origin_of(seen)});
  });
  finding.expected = text_of(node, "expected");
  finding.steps = steps_of(node);
  for_each(node, "references", [&](const JsonNode& reference) {
    finding.references.push_back(
        {text_of(reference, "id"), text_of(reference, "title")});
  });
  return finding;
}

void make_root(report::Finding& finding) {
  finding.root = true;
  finding.caused_by.clear();
  finding.why_caused.clear();
  finding.outlasts_cause = false;
  finding.depth = 0;
}

// What `caused_by` means, from the table that wrote it. A failure that names a
// cause that is not there, or itself in the end, would be told nowhere: it is a
// root cause, whatever the report says.
void explain_causes(report::Identity& identity) {
  std::vector<report::Finding*> failed;
  for (report::CheckResult& check : identity.checks) {
    for (report::Finding& finding : check.findings) {
      if (finding.severity == Severity::kFail) {
        failed.push_back(&finding);
      }
    }
  }
  const auto cause_of =
      [&](const report::Finding& finding) -> const report::Finding* {
    const auto found =
        std::find_if(failed.begin(), failed.end(), [&](const auto* other) {
          return !finding.caused_by.empty() && other->id == finding.caused_by;
        });
    return found == failed.end() ? nullptr : *found;
  };
  for (report::Finding* finding : failed) {
    if (cause_of(*finding) == nullptr) {
      make_root(*finding);
    }
  }
  std::vector<report::Finding*> in_circles;
  for (report::Finding* finding : failed) {
    if (finding->root) {
      continue;
    }
    const auto* chain = checks::explain(
        finding->id, finding->code,
        [&](std::string_view id) { return id == finding->caused_by; });
    if (chain != nullptr) {
      finding->why_caused = chain->why;
      finding->outlasts_cause = chain->outlasts_cause;
    }
    for (const report::Finding* cause = cause_of(*finding);
         cause != nullptr && finding->depth < failed.size();
         cause = cause_of(*cause)) {
      ++finding->depth;
    }
    if (finding->depth == failed.size()) {
      in_circles.push_back(finding);
    }
  }
  for (report::Finding* finding : in_circles) {
    make_root(*finding);
  }
}

// A check is as bad as its worst finding, whatever the report says of it.
Status at_least(Status status, const std::vector<report::Finding>& findings) {
  for (const report::Finding& finding : findings) {
    switch (finding.severity) {
      case Severity::kFail:
        status = report::worst(status, Status::kFailed);
        break;
      case Severity::kUnknown:
        status = report::worst(status, Status::kUnknown);
        break;
      case Severity::kWarning:
        status = report::worst(status, Status::kWarning);
        break;
      case Severity::kInfo:
        break;
    }
  }
  return status;
}

report::CheckResult check_of(const JsonNode& identity,
                             const checks::Check& check) {
  report::CheckResult result;
  result.id = check.id;
  result.title = check.title;
  result.status = Status::kUnknown;
  result.summary = "this check is not in the report";
  for_each(identity, "checks", [&](const JsonNode& node) {
    if (text_of(node, "id") != check.id) {
      return;
    }
    result.summary = text_of(node, "summary");
    result.left_out = flag_of(node, "left_out");
    result.findings.clear();
    for_each(node, "findings", [&](const JsonNode& finding) {
      result.findings.push_back(finding_of(finding));
    });
    result.status = at_least(
        called(report::kStatuses, text_of(node, "status"), report::status_name)
            .value_or(Status::kUnknown),
        result.findings);
  });
  return result;
}

std::vector<report::RecordedHour> logons_of(const JsonNode& identity) {
  std::vector<report::RecordedHour> rows;
  for_each(identity, "recorded_logons", [&](const JsonNode& node) {
    const auto hour = facts::parse_iso(text_of(node, "hour"));
    if (!hour) {
      return;
    }
    report::RecordedHour row;
    row.hour = hour->clock;
    row.is_local = !hour->utc_offset_minutes.has_value();
    if (const auto code = number_of(
            node, "code", std::numeric_limits<std::uint32_t>::max())) {
      row.code = static_cast<std::uint32_t>(*code);
    }
    row.count = number_of(node, "count").value_or(0);
    rows.push_back(row);
  });
  return rows;
}

std::vector<report::KnownFact> known_of(const JsonNode& object) {
  std::vector<report::KnownFact> known;
  for_each(object, "known", [&](const JsonNode& node) {
    known.push_back(
        {text_of(node, "label"), text_of(node, "text"), origin_of(node)});
  });
  return known;
}

report::Identity identity_of(const JsonNode& node) {
  constexpr std::array kServices = {facts::Service::kWeb, facts::Service::kFtp6,
                                    facts::Service::kFtp7,
                                    facts::Service::kGopher};
  report::Identity identity;
  identity.service =
      called(kServices, text_of(node, "service"), facts::service_name)
          .value_or(facts::Service::kWeb);
  identity.account = text_of(node, "account");
  if (const auto anonymous = node.find("anonymous")) {
    identity.anonymous = anonymous->flag();
  }
  identity.nodes = texts_of(node, "nodes");
  identity.password_from = text_of(node, "password_from");
  identity.password_sync = text_of(node, "password_sync");
  identity.logon_method = text_of(node, "logon_method");
  identity.status = Status::kSkipped;
  for (const checks::Check* check : checks::all_checks()) {
    identity.checks.push_back(check_of(node, *check));
    identity.status =
        report::worst(identity.status, identity.checks.back().status);
  }
  explain_causes(identity);
  for (const report::CheckResult& check : identity.checks) {
    for (const report::Finding& finding : check.findings) {
      if (finding.root) {
        identity.root_causes.push_back(finding.id);
      }
    }
  }
  identity.logons = logons_of(node);
  identity.known = known_of(node);
  return identity;
}

facts::Source source_of(const JsonNode& host) {
  facts::Source source;
  const auto node = host.find("source");
  if (!node || !node->is_object()) {
    return source;
  }
  const std::string kind = text_of(*node, "kind");
  source.kind = kind == "live"   ? facts::SourceKind::kLive
                : kind == "demo" ? facts::SourceKind::kDemo
                                 : facts::SourceKind::kEvidence;
  source.paths = texts_of(*node, "paths");
  source.captured_at = facts::parse_iso(text_of(*node, "captured_at"));
  return source;
}

facts::Problem problem_of(const JsonNode& node) {
  facts::Problem problem;
  problem.text = text_of(node, "text");
  problem.origin = origin_of(node);
  problem.todo = text_of(node, "todo");
  problem.command = text_of(node, "command");
  if (const auto near = node.find("near"); near && near->is_object()) {
    constexpr std::int64_t kFurthest = 1 << 20;
    problem.line = text_of(*near, "line");
    problem.column = static_cast<std::size_t>(
        number_of(*near, "column", kFurthest).value_or(0));
  }
  return problem;
}

}  // namespace

report::Host host_of(const JsonNode& node) {
  report::Host host;
  host.name = text_of(node, "host");
  host.source = source_of(node);
  if (host.source.kind == facts::SourceKind::kDemo &&
      !host.source.paths.empty()) {
    host.demo = host.source.paths.front();
  }
  if (const auto windows = node.find("windows"); windows) {
    host.windows_version = text_of(*windows, "version");
    host.windows_name = text_of(*windows, "name");
    const std::string role = text_of(*windows, "role");
    host.role = role == "unknown" ? std::string() : role;
  }
  if (const auto iis = node.find("iis"); iis) {
    host.iis_version = text_of(*iis, "version");
  }
  if (const auto at = facts::parse_iso(text_of(node, "checked_at"))) {
    host.checked_at = at->clock;
  }
  for_each(node, "identities", [&](const JsonNode& identity) {
    host.identities.push_back(identity_of(identity));
  });
  if (host.identities.empty() && text_of(node, "status") != "skipped") {
    host.identities.push_back(
        unread_identity("the report shows no identity of this server",
                        "Make the report again on that server."));
  }
  host.status = Status::kSkipped;
  for (const report::Identity& identity : host.identities) {
    host.status = report::worst(host.status, identity.status);
  }
  report::sort_worst_first(host.identities);
  for_each(node, "notes", [&](const JsonNode& note) {
    host.notes.push_back({text_of(note, "text"), origin_of(note)});
  });
  for_each(node, "problems", [&](const JsonNode& problem) {
    host.problems.push_back(problem_of(problem));
  });
  host.known = known_of(node);
  host.ignored = texts_of(node, "ignored");
  return host;
}

report::Host read_host(std::string_view json) {
  const evidence::Document document("host", {std::string(json), {}, {}});
  const JsonTree tree(document);
  report::Host host = host_of(*tree.root());
  if (!tree.fault().empty()) {
    // More than a document may hold.
    host.identities.push_back(
        unread_identity("the rest of this server is not shown",
                        "Check this server by itself."));
    host.status = report::worst(host.status, Status::kUnknown);
  }
  return host;
}

}  // namespace iisdiag::fleet
