#include "render/json_host.hpp"

namespace iisdiag::render {
namespace {

using text::JsonWriter;

void write_origin(JsonWriter& json, const facts::Origin& origin) {
  using Kind = facts::Origin::Kind;
  json.key("origin");
  if (!origin) {
    json.null();
    return;
  }
  json.begin_object();
  switch (origin.kind()) {
    case Kind::kNone:
      break;
    case Kind::kFile:
      json.key("file").text(origin.name());
      json.key("line");
      if (origin.number() == 0) {
        json.null();
      } else {
        json.number(origin.number());
      }
      break;
    case Kind::kRecord:
      json.key("file").text(origin.name());
      json.key("record").number(origin.number());
      break;
    case Kind::kRegistry:
      json.key("registry").text(origin.name());
      break;
    case Kind::kApi:
      json.key("api").text(origin.name());
      json.key("code").number(origin.number());
      break;
  }
  json.end_object();
}

void write_text_or_null(JsonWriter& json, std::string_view name,
                        std::string_view text) {
  json.key(name);
  if (text.empty()) {
    json.null();
  } else {
    json.text(text);
  }
}

void write_texts(JsonWriter& json, std::string_view name,
                 const std::vector<std::string>& texts) {
  json.key(name).begin_array();
  for (const std::string& text : texts) {
    json.text(text);
  }
  json.end_array();
}

void write_code(JsonWriter& json, const std::optional<std::uint32_t>& code) {
  json.key("code");
  if (code) {
    json.number(*code);
  } else {
    json.null();
  }
}

void write_told(JsonWriter& json, const std::string& text,
                const facts::Origin& origin) {
  json.begin_object();
  json.key("text").text(text);
  write_origin(json, origin);
  json.end_object();
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
  json.key("command_steps").begin_array();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (std::size_t n = 0; n < steps[i].commands.size(); ++n) {
      json.number(i + 1);
    }
  }
  json.end_array();
}

void write_finding(JsonWriter& json, const report::Finding& finding) {
  json.begin_object();
  json.key("id").text(finding.id);
  json.key("severity").text(knowledge::severity_name(finding.severity));
  json.key("summary").text(finding.summary);
  json.key("root").flag(finding.root);
  write_text_or_null(json, "caused_by", finding.caused_by);
  write_code(json, finding.code);
  json.key("found").begin_array();
  for (const checks::Seen& seen : finding.found) {
    write_told(json, seen.text, seen.origin);
  }
  json.end_array();
  write_text_or_null(json, "expected", finding.expected);
  write_steps(json, finding.steps);
  json.key("references").begin_array();
  for (const report::Reference& reference : finding.references) {
    json.begin_object();
    json.key("id").text(reference.id);
    json.key("title").text(reference.title);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_check(JsonWriter& json, const report::CheckResult& check) {
  json.begin_object();
  json.key("id").text(check.id);
  json.key("status").text(report::status_name(check.status));
  json.key("left_out").flag(check.left_out);
  json.key("summary").text(check.summary);
  json.key("findings").begin_array();
  for (const report::Finding& finding : check.findings) {
    write_finding(json, finding);
  }
  json.end_array();
  json.end_object();
}

void write_logons(JsonWriter& json,
                  const std::vector<report::RecordedHour>& logons) {
  json.key("recorded_logons").begin_array();
  for (const report::RecordedHour& row : logons) {
    json.begin_object();
    json.key("hour").text(facts::iso_text(
        {row.hour, row.is_local ? std::nullopt : std::optional(0)}));
    write_code(json, row.code);
    json.key("count").number(row.count);
    json.end_object();
  }
  json.end_array();
}

void write_known(JsonWriter& json,
                 const std::vector<report::KnownFact>& known) {
  json.key("known").begin_array();
  for (const report::KnownFact& fact : known) {
    json.begin_object();
    json.key("label").text(fact.label);
    json.key("text").text(fact.text);
    write_origin(json, fact.origin);
    json.end_object();
  }
  json.end_array();
}

void write_identity(JsonWriter& json, const report::Identity& identity,
                    bool with_known) {
  json.begin_object();
  json.key("service").text(facts::service_name(identity.service));
  write_text_or_null(json, "account", identity.account);
  json.key("anonymous");
  if (identity.anonymous) {
    json.flag(*identity.anonymous);
  } else {
    json.null();
  }
  write_texts(json, "nodes", identity.nodes);
  write_text_or_null(json, "password_from", identity.password_from);
  json.key("password_sync").text(identity.password_sync);
  json.key("logon_method").text(identity.logon_method);
  json.key("status").text(report::status_name(identity.status));
  write_texts(json, "root_causes", identity.root_causes);
  json.key("checks").begin_array();
  for (const report::CheckResult& check : identity.checks) {
    write_check(json, check);
  }
  json.end_array();
  write_logons(json, identity.logons);
  if (with_known) {
    write_known(json, identity.known);
  }
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
  json.key("source").begin_object();
  json.key("kind").text(kind_name(source.kind));
  write_texts(json, "paths", source.paths);
  write_text_or_null(json, "captured_at",
                     source.captured_at ? facts::iso_text(*source.captured_at)
                                        : std::string());
  json.end_object();
}

void write_problem(JsonWriter& json, const facts::Problem& problem) {
  json.begin_object();
  json.key("text").text(problem.text);
  write_origin(json, problem.origin);
  json.key("near");
  if (problem.line.empty()) {
    json.null();
  } else {
    json.begin_object();
    json.key("line").text(problem.line);
    json.key("column").number(problem.column);
    json.end_object();
  }
  write_text_or_null(json, "todo", problem.todo);
  write_text_or_null(json, "command", problem.command);
  json.end_object();
}

}  // namespace

void write_host(JsonWriter& json, const report::Host& host, bool with_known) {
  json.begin_object();
  json.key("host").text(host.name);
  json.key("checked_at").text(facts::iso_text({host.checked_at, 0}));
  write_source(json, host.source);
  json.key("windows").begin_object();
  write_text_or_null(json, "version", host.windows_version);
  write_text_or_null(json, "name", host.windows_name);
  json.key("role").text(host.role.empty() ? "unknown" : host.role);
  json.end_object();
  json.key("iis").begin_object();
  write_text_or_null(json, "version", host.iis_version);
  json.end_object();
  json.key("status").text(report::status_name(host.status));
  json.key("identities").begin_array();
  for (const report::Identity& identity : host.identities) {
    write_identity(json, identity, with_known);
  }
  json.end_array();
  json.key("notes").begin_array();
  for (const facts::Note& note : host.notes) {
    write_told(json, note.text, note.origin);
  }
  json.end_array();
  json.key("problems").begin_array();
  for (const facts::Problem& problem : host.problems) {
    write_problem(json, problem);
  }
  json.end_array();
  if (with_known) {
    write_known(json, host.known);
    write_texts(json, "ignored", host.ignored);
  }
  json.end_object();
}

}  // namespace iisdiag::render
