// The machine format: docs/iisdiag-report.schema.json.
#include <nlohmann/json.hpp>

#include "iisdiag/version.hpp"
#include "render/renderer.hpp"

namespace iisdiag::render {
namespace {

// Keeps the order in which members are added, as the documentation has it.
using Json = nlohmann::ordered_json;

Json or_null(std::string_view text) {
  return text.empty() ? Json() : Json(text);
}

std::string utc_text(facts::ClockSeconds clock) {
  return facts::iso_text({clock, 0});
}

Json origin_json(const facts::Origin& origin) {
  using Kind = facts::Origin::Kind;
  switch (origin.kind()) {
    case Kind::kNone:
      return {};
    case Kind::kFile:
      return {{"file", origin.name()},
              {"line", origin.number() == 0 ? Json() : Json(origin.number())}};
    case Kind::kRecord:
      return {{"file", origin.name()}, {"record", origin.number()}};
    case Kind::kRegistry:
      return {{"registry", origin.name()}};
    case Kind::kApi:
      return {{"api", origin.name()}, {"code", origin.number()}};
  }
  return {};
}

Json finding_json(const report::Finding& finding) {
  Json found = Json::array();
  for (const checks::Seen& seen : finding.found) {
    found.push_back(
        {{"text", seen.text}, {"origin", origin_json(seen.origin)}});
  }
  Json steps = Json::array();
  Json commands = Json::array();
  for (const knowledge::Step& step : finding.steps) {
    steps.push_back(step.text);
    for (const std::string& command : step.commands) {
      commands.push_back(command);
    }
  }
  Json references = Json::array();
  for (const report::Reference& reference : finding.references) {
    references.push_back({{"id", reference.id}, {"title", reference.title}});
  }
  return {{"id", finding.id},
          {"severity", knowledge::severity_name(finding.severity)},
          {"summary", finding.summary},
          {"root", finding.root},
          {"caused_by", or_null(finding.caused_by)},
          {"found", std::move(found)},
          {"expected", or_null(finding.expected)},
          {"steps", std::move(steps)},
          {"commands", std::move(commands)},
          {"references", std::move(references)}};
}

Json check_json(const report::CheckResult& check) {
  Json findings = Json::array();
  for (const report::Finding& finding : check.findings) {
    findings.push_back(finding_json(finding));
  }
  return {{"id", check.id},
          {"status", report::status_name(check.status)},
          {"summary", check.summary},
          {"findings", std::move(findings)}};
}

Json logons_json(const std::vector<report::RecordedHour>& logons) {
  Json rows = Json::array();
  for (const report::RecordedHour& row : logons) {
    rows.push_back(
        {{"hour",
          facts::iso_text(
              {row.hour, row.is_local ? std::nullopt : std::optional<int>(0)})},
         {"code", row.code ? Json(*row.code) : Json()},
         {"count", row.count}});
  }
  return rows;
}

Json identity_json(const report::Identity& identity) {
  Json checks = Json::array();
  for (const report::CheckResult& check : identity.checks) {
    checks.push_back(check_json(check));
  }
  return {
      {"service", facts::service_name(identity.service)},
      {"account", or_null(identity.account)},
      {"anonymous", identity.anonymous ? Json(*identity.anonymous) : Json()},
      {"nodes", identity.nodes},
      {"password_from", or_null(identity.password_from)},
      {"password_sync", identity.password_sync},
      {"logon_method", identity.logon_method},
      {"status", report::status_name(identity.status)},
      {"root_causes", identity.root_causes},
      {"checks", std::move(checks)},
      {"recorded_logons", logons_json(identity.logons)}};
}

Json source_json(const facts::Source& source) {
  const auto kind = [&] {
    switch (source.kind) {
      case facts::SourceKind::kLive:
        return "live";
      case facts::SourceKind::kDemo:
        return "demo";
      case facts::SourceKind::kEvidence:
        break;
    }
    return "evidence";
  };
  return {{"kind", kind()},
          {"paths", source.paths},
          {"captured_at", source.captured_at
                              ? Json(facts::iso_text(*source.captured_at))
                              : Json()}};
}

Json host_json(const report::Host& host) {
  Json identities = Json::array();
  for (const report::Identity& identity : host.identities) {
    identities.push_back(identity_json(identity));
  }
  Json notes = Json::array();
  for (const facts::Note& note : host.notes) {
    notes.push_back(
        {{"text", note.text}, {"origin", origin_json(note.origin)}});
  }
  Json problems = Json::array();
  for (const facts::Problem& problem : host.problems) {
    problems.push_back(
        {{"text", problem.text}, {"origin", origin_json(problem.origin)}});
  }
  return {{"host", host.name},
          {"source", source_json(host.source)},
          {"windows",
           {{"version", or_null(host.windows_version)},
            {"name", or_null(host.windows_name)},
            {"role", host.role.empty() ? "unknown" : host.role}}},
          {"iis", {{"version", or_null(host.iis_version)}}},
          {"status", report::status_name(host.status)},
          {"identities", std::move(identities)},
          {"notes", std::move(notes)},
          {"problems", std::move(problems)}};
}

std::string render(const report::Report& report, const Options& /*options*/) {
  Json counts;
  for (const report::Status status : report::kStatuses) {
    counts[report::status_name(status)] = report.counts[status];
  }
  Json hosts = Json::array();
  for (const report::Host& host : report.hosts) {
    hosts.push_back(host_json(host));
  }
  const Json document = {{"schema", "iisdiag-report/1"},
                         {"tool", {{"name", "iisdiag"}, {"version", kVersion}}},
                         {"checked_at", utc_text(report.checked_at)},
                         {"status", report::status_name(report.status)},
                         {"exit_code", report.exit_code},
                         {"counts", std::move(counts)},
                         {"hosts", std::move(hosts)}};
  // Pure ASCII; a byte that is not UTF-8 becomes U+FFFD and stops nothing.
  constexpr int kIndent = 2;
  return document.dump(kIndent, ' ', true, Json::error_handler_t::replace) +
         "\n";
}

}  // namespace

const Renderer kJson{"json", "one JSON document, pure ASCII", render};

}  // namespace iisdiag::render
