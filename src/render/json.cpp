// The machine format: docs/iisdiag-report.schema.json.
#include <nlohmann/json.hpp>

#include "iisdiag/version.hpp"
#include "render/renderer.hpp"

namespace iisdiag::render {
namespace {

// Keeps the order in which members are added, as the documentation has it.
using Json = nlohmann::ordered_json;

// An object, member by member: the library's lists in braces take twice the
// code.
class Object {
 public:
  Object& add(std::string_view name, Json value) {
    json_[name] = std::move(value);
    return *this;
  }
  Json take() { return std::move(json_); }

 private:
  Json json_ = Json::object();
};

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
      return Object()
          .add("file", origin.name())
          .add("line", origin.number() == 0 ? Json() : Json(origin.number()))
          .take();
    case Kind::kRecord:
      return Object()
          .add("file", origin.name())
          .add("record", origin.number())
          .take();
    case Kind::kRegistry:
      return Object().add("registry", origin.name()).take();
    case Kind::kApi:
      return Object()
          .add("api", origin.name())
          .add("code", origin.number())
          .take();
  }
  return {};
}

Json told(const std::string& text, const facts::Origin& origin) {
  return Object().add("text", text).add("origin", origin_json(origin)).take();
}

Json finding_json(const report::Finding& finding) {
  Json found = Json::array();
  for (const checks::Seen& seen : finding.found) {
    found.push_back(told(seen.text, seen.origin));
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
    references.push_back(
        Object().add("id", reference.id).add("title", reference.title).take());
  }
  return Object()
      .add("id", finding.id)
      .add("severity", knowledge::severity_name(finding.severity))
      .add("summary", finding.summary)
      .add("root", finding.root)
      .add("caused_by", or_null(finding.caused_by))
      .add("found", std::move(found))
      .add("expected", or_null(finding.expected))
      .add("steps", std::move(steps))
      .add("commands", std::move(commands))
      .add("references", std::move(references))
      .take();
}

Json check_json(const report::CheckResult& check) {
  Json findings = Json::array();
  for (const report::Finding& finding : check.findings) {
    findings.push_back(finding_json(finding));
  }
  return Object()
      .add("id", check.id)
      .add("status", report::status_name(check.status))
      .add("summary", check.summary)
      .add("findings", std::move(findings))
      .take();
}

Json logons_json(const std::vector<report::RecordedHour>& logons) {
  Json rows = Json::array();
  for (const report::RecordedHour& row : logons) {
    rows.push_back(
        Object()
            .add("hour",
                 facts::iso_text({row.hour, row.is_local ? std::nullopt
                                                         : std::optional(0)}))
            .add("code", row.code ? Json(*row.code) : Json())
            .add("count", row.count)
            .take());
  }
  return rows;
}

Json identity_json(const report::Identity& identity) {
  Json checks = Json::array();
  for (const report::CheckResult& check : identity.checks) {
    checks.push_back(check_json(check));
  }
  return Object()
      .add("service", facts::service_name(identity.service))
      .add("account", or_null(identity.account))
      .add("anonymous", identity.anonymous ? Json(*identity.anonymous) : Json())
      .add("nodes", identity.nodes)
      .add("password_from", or_null(identity.password_from))
      .add("password_sync", identity.password_sync)
      .add("logon_method", identity.logon_method)
      .add("status", report::status_name(identity.status))
      .add("root_causes", identity.root_causes)
      .add("checks", std::move(checks))
      .add("recorded_logons", logons_json(identity.logons))
      .take();
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
  return Object()
      .add("kind", kind())
      .add("paths", source.paths)
      .add("captured_at", source.captured_at
                              ? Json(facts::iso_text(*source.captured_at))
                              : Json())
      .take();
}

Json host_json(const report::Host& host) {
  Json identities = Json::array();
  for (const report::Identity& identity : host.identities) {
    identities.push_back(identity_json(identity));
  }
  Json notes = Json::array();
  for (const facts::Note& note : host.notes) {
    notes.push_back(told(note.text, note.origin));
  }
  Json problems = Json::array();
  for (const facts::Problem& problem : host.problems) {
    problems.push_back(told(problem.text, problem.origin));
  }
  return Object()
      .add("host", host.name)
      .add("source", source_json(host.source))
      .add("windows",
           Object()
               .add("version", or_null(host.windows_version))
               .add("name", or_null(host.windows_name))
               .add("role", host.role.empty() ? "unknown" : host.role)
               .take())
      .add("iis", Object().add("version", or_null(host.iis_version)).take())
      .add("status", report::status_name(host.status))
      .add("identities", std::move(identities))
      .add("notes", std::move(notes))
      .add("problems", std::move(problems))
      .take();
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
  const Json document =
      Object()
          .add("schema", "iisdiag-report/1")
          .add("tool",
               Object().add("name", "iisdiag").add("version", kVersion).take())
          .add("checked_at", utc_text(report.checked_at))
          .add("status", report::status_name(report.status))
          .add("exit_code", report.exit_code)
          .add("counts", std::move(counts))
          .add("hosts", std::move(hosts))
          .take();
  // Pure ASCII; a byte that is not UTF-8 becomes U+FFFD and stops nothing.
  constexpr int kIndent = 2;
  return document.dump(kIndent, ' ', true, Json::error_handler_t::replace) +
         "\n";
}

}  // namespace

const Renderer kJson{"json", "one JSON document, pure ASCII", render};

}  // namespace iisdiag::render
