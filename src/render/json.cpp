// The machine format: docs/iisdiag-report.schema.json.
#include "iisdiag/version.hpp"
#include "render/renderer.hpp"
#include "text/json_writer.hpp"

namespace iisdiag::render {
namespace {

using text::JsonWriter;

// Each function writes one value, behind its key where it has one.

void write_or_null(JsonWriter& json, std::string_view text) {
  if (text.empty()) {
    json.null();
  } else {
    json.text(text);
  }
}

void write_texts(JsonWriter& json, const std::vector<std::string>& texts) {
  json.begin_array();
  for (const std::string& text : texts) {
    json.text(text);
  }
  json.end_array();
}

// An array of what `write` makes of each element.
template <class T>
void write_list(JsonWriter& json, const std::vector<T>& list,
                void (*write)(JsonWriter& json, const T& element)) {
  json.begin_array();
  for (const T& element : list) {
    write(json, element);
  }
  json.end_array();
}

// What the number of an origin is; empty where it has none.
std::string_view number_name(facts::Origin::Kind kind) {
  using Kind = facts::Origin::Kind;
  switch (kind) {
    case Kind::kFile:
      return "line";
    case Kind::kRecord:
      return "record";
    case Kind::kApi:
      return "code";
    case Kind::kNone:
    case Kind::kRegistry:
      break;
  }
  return {};
}

void write_origin(JsonWriter& json, const facts::Origin& origin) {
  using Kind = facts::Origin::Kind;
  const Kind kind = origin.kind();
  if (kind == Kind::kNone) {
    json.null();
    return;
  }
  json.begin_object();
  json.key(kind == Kind::kRegistry ? "registry"
           : kind == Kind::kApi    ? "api"
                                   : "file")
      .text(origin.name());
  if (const auto name = number_name(kind); !name.empty()) {
    json.key(name);
    if (kind == Kind::kFile && origin.number() == 0) {
      json.null();  // the whole file
    } else {
      json.number(origin.number());
    }
  }
  json.end_object();
}

// A note, a problem, what a check saw.
void write_told(JsonWriter& json, std::string_view text,
                const facts::Origin& origin) {
  json.begin_object();
  json.key("text").text(text);
  write_origin(json.key("origin"), origin);
  json.end_object();
}

void write_seen(JsonWriter& json, const checks::Seen& seen) {
  write_told(json, seen.text, seen.origin);
}

void write_note(JsonWriter& json, const facts::Note& note) {
  write_told(json, note.text, note.origin);
}

void write_problem(JsonWriter& json, const facts::Problem& problem) {
  write_told(json, problem.text, problem.origin);
}

void write_steps(JsonWriter& json, const std::vector<knowledge::Step>& steps) {
  json.key("steps").begin_array();
  for (const knowledge::Step& step : steps) {
    json.text(step.text);
  }
  json.end_array();
  json.key("commands").begin_array();
  for (const knowledge::Step& step : steps) {
    for (const std::string& command : step.commands) {
      json.text(command);
    }
  }
  json.end_array();
}

void write_reference(JsonWriter& json, const report::Reference& reference) {
  json.begin_object();
  json.key("id").text(reference.id);
  json.key("title").text(reference.title);
  json.end_object();
}

void write_finding(JsonWriter& json, const report::Finding& finding) {
  json.begin_object();
  json.key("id").text(finding.id);
  json.key("severity").text(knowledge::severity_name(finding.severity));
  json.key("summary").text(finding.summary);
  json.key("root").flag(finding.root);
  write_or_null(json.key("caused_by"), finding.caused_by);
  write_list(json.key("found"), finding.found, write_seen);
  write_or_null(json.key("expected"), finding.expected);
  write_steps(json, finding.steps);
  write_list(json.key("references"), finding.references, write_reference);
  json.end_object();
}

void write_check(JsonWriter& json, const report::CheckResult& check) {
  json.begin_object();
  json.key("id").text(check.id);
  json.key("status").text(report::status_name(check.status));
  json.key("summary").text(check.summary);
  write_list(json.key("findings"), check.findings, write_finding);
  json.end_object();
}

void write_hour(JsonWriter& json, const report::RecordedHour& row) {
  json.begin_object();
  json.key("hour").text(facts::iso_text(
      {row.hour, row.is_local ? std::nullopt : std::optional(0)}));
  json.key("code");
  if (row.code) {
    json.number(*row.code);
  } else {
    json.null();
  }
  json.key("count").number(row.count);
  json.end_object();
}

void write_identity(JsonWriter& json, const report::Identity& identity) {
  json.begin_object();
  json.key("service").text(facts::service_name(identity.service));
  write_or_null(json.key("account"), identity.account);
  json.key("anonymous");
  if (identity.anonymous) {
    json.flag(*identity.anonymous);
  } else {
    json.null();
  }
  write_texts(json.key("nodes"), identity.nodes);
  write_or_null(json.key("password_from"), identity.password_from);
  json.key("password_sync").text(identity.password_sync);
  json.key("logon_method").text(identity.logon_method);
  json.key("status").text(report::status_name(identity.status));
  write_texts(json.key("root_causes"), identity.root_causes);
  write_list(json.key("checks"), identity.checks, write_check);
  write_list(json.key("recorded_logons"), identity.logons, write_hour);
  json.end_object();
}

std::string_view kind_name(facts::SourceKind kind) {
  switch (kind) {
    case facts::SourceKind::kLive:
      return "live";
    case facts::SourceKind::kDemo:
      return "demo";
    case facts::SourceKind::kEvidence:
      break;
  }
  return "evidence";
}

void write_source(JsonWriter& json, const facts::Source& source) {
  json.begin_object();
  json.key("kind").text(kind_name(source.kind));
  write_texts(json.key("paths"), source.paths);
  write_or_null(json.key("captured_at"),
                source.captured_at ? facts::iso_text(*source.captured_at) : "");
  json.end_object();
}

void write_windows(JsonWriter& json, const report::Host& host) {
  json.begin_object();
  write_or_null(json.key("version"), host.windows_version);
  write_or_null(json.key("name"), host.windows_name);
  json.key("role").text(host.role.empty() ? "unknown" : host.role);
  json.end_object();
}

void write_host(JsonWriter& json, const report::Host& host) {
  json.begin_object();
  json.key("host").text(host.name);
  write_source(json.key("source"), host.source);
  write_windows(json.key("windows"), host);
  json.key("iis").begin_object();
  write_or_null(json.key("version"), host.iis_version);
  json.end_object();
  json.key("status").text(report::status_name(host.status));
  write_list(json.key("identities"), host.identities, write_identity);
  write_list(json.key("notes"), host.notes, write_note);
  write_list(json.key("problems"), host.problems, write_problem);
  json.end_object();
}

// All that stands before the hosts.
void write_head(JsonWriter& json, const report::Report& report) {
  json.key("schema").text("iisdiag-report/1");
  json.key("tool").begin_object();
  json.key("name").text("iisdiag");
  json.key("version").text(kVersion);
  json.end_object();
  json.key("checked_at").text(facts::iso_text({report.checked_at, 0}));
  json.key("status").text(report::status_name(report.status));
  json.key("exit_code").number(report.exit_code);
  json.key("counts").begin_object();
  for (const report::Status status : report::kStatuses) {
    json.key(report::status_name(status)).number(report.counts[status]);
  }
  json.end_object();
}

std::string render(const report::Report& report, const Options& /*options*/) {
  constexpr std::size_t kIndent = 2;
  JsonWriter json(kIndent);
  json.begin_object();
  write_head(json, report);
  // Nothing of a host is needed once it is written.
  write_list(json.key("hosts"), report.hosts, write_host);
  json.end_object();
  return json.take() + "\n";
}

}  // namespace

const Renderer kJson{"json", "one JSON document, pure ASCII", render};

}  // namespace iisdiag::render
