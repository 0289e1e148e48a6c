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
      json.member("file", origin.name());
      json.key("line");
      if (origin.number() == 0) {
        json.null();
      } else {
        json.value(origin.number());
      }
      break;
    case Kind::kRecord:
      json.member("file", origin.name());
      json.member("record", origin.number());
      break;
    case Kind::kRegistry:
      json.member("registry", origin.name());
      break;
    case Kind::kApi:
      json.member("api", origin.name());
      json.member("code", origin.number());
      break;
  }
  json.end_object();
}

void write_text_or_null(JsonWriter& json, std::string_view name,
                        std::string_view text) {
  json.key(name);
  json.text_or_null(text);
}

void write_texts(JsonWriter& json, std::string_view name,
                 const std::vector<std::string>& texts) {
  json.key(name);
  json.begin_list();
  for (const std::string& text : texts) {
    json.value(text);
  }
  json.end_list();
}

void write_code(JsonWriter& json, const std::optional<std::uint32_t>& code) {
  json.key("code");
  if (code) {
    json.value(*code);
  } else {
    json.null();
  }
}

void write_told(JsonWriter& json, const std::string& text,
                const facts::Origin& origin) {
  json.begin_object();
  json.member("text", text);
  write_origin(json, origin);
  json.end_object();
}

void write_steps(JsonWriter& json, const std::vector<knowledge::Step>& steps) {
  json.key("steps");
  json.begin_list();
  for (const knowledge::Step& step : steps) {
    json.value(step.text);
  }
  json.end_list();
  json.key("commands");
  json.begin_list();
  for (const knowledge::Step& step : steps) {
    for (const std::string& command : step.commands) {
      json.value(command);
    }
  }
  json.end_list();
  json.key("command_steps");
  json.begin_list();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (std::size_t n = 0; n < steps[i].commands.size(); ++n) {
      json.value(i + 1);
    }
  }
  json.end_list();
}

void write_finding(JsonWriter& json, const report::Finding& finding) {
  json.begin_object();
  json.member("id", finding.id);
  json.member("severity", knowledge::severity_name(finding.severity));
  json.member("summary", finding.summary);
  json.member("root", finding.root);
  write_text_or_null(json, "caused_by", finding.caused_by);
  write_code(json, finding.code);
  json.key("found");
  json.begin_list();
  for (const checks::Seen& seen : finding.found) {
    write_told(json, seen.text, seen.origin);
  }
  json.end_list();
  write_text_or_null(json, "expected", finding.expected);
  write_steps(json, finding.steps);
  json.key("references");
  json.begin_list();
  for (const report::Reference& reference : finding.references) {
    json.begin_object();
    json.member("id", reference.id);
    json.member("title", reference.title);
    json.end_object();
  }
  json.end_list();
  json.end_object();
}

void write_check(JsonWriter& json, const report::CheckResult& check) {
  json.begin_object();
  json.member("id", check.id);
  json.member("status", report::status_name(check.status));
  json.member("left_out", check.left_out);
  json.member("summary", check.summary);
  json.key("findings");
  json.begin_list();
  for (const report::Finding& finding : check.findings) {
    write_finding(json, finding);
  }
  json.end_list();
  json.end_object();
}

void write_logons(JsonWriter& json,
                  const std::vector<report::RecordedHour>& logons) {
  json.key("recorded_logons");
  json.begin_list();
  for (const report::RecordedHour& row : logons) {
    json.begin_object();
    json.member("hour",
                facts::iso_text({row.hour, row.is_local ? std::nullopt
                                                        : std::optional(0)}));
    write_code(json, row.code);
    json.member("count", row.count);
    json.end_object();
  }
  json.end_list();
}

void write_known(JsonWriter& json,
                 const std::vector<report::KnownFact>& known) {
  json.key("known");
  json.begin_list();
  for (const report::KnownFact& fact : known) {
    json.begin_object();
    json.member("label", fact.label);
    json.member("text", fact.text);
    write_origin(json, fact.origin);
    json.end_object();
  }
  json.end_list();
}

void write_identity(JsonWriter& json, const report::Identity& identity,
                    bool with_known) {
  json.begin_object();
  json.member("service", facts::service_name(identity.service));
  write_text_or_null(json, "account", identity.account);
  json.key("anonymous");
  if (identity.anonymous) {
    json.value(*identity.anonymous);
  } else {
    json.null();
  }
  write_texts(json, "nodes", identity.nodes);
  write_text_or_null(json, "password_from", identity.password_from);
  json.member("password_sync", identity.password_sync);
  json.member("logon_method", identity.logon_method);
  json.member("status", report::status_name(identity.status));
  write_texts(json, "root_causes", identity.root_causes);
  json.key("checks");
  json.begin_list();
  for (const report::CheckResult& check : identity.checks) {
    write_check(json, check);
  }
  json.end_list();
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
  json.key("source");
  json.begin_object();
  json.member("kind", kind_name(source.kind));
  write_texts(json, "paths", source.paths);
  write_text_or_null(json, "captured_at",
                     source.captured_at ? facts::iso_text(*source.captured_at)
                                        : std::string());
  json.end_object();
}

void write_problem(JsonWriter& json, const facts::Problem& problem) {
  json.begin_object();
  json.member("text", problem.text);
  write_origin(json, problem.origin);
  json.key("near");
  if (problem.line.empty()) {
    json.null();
  } else {
    json.begin_object();
    json.member("line", problem.line);
    json.member("column", problem.column);
    json.end_object();
  }
  write_text_or_null(json, "todo", problem.todo);
  write_text_or_null(json, "command", problem.command);
  json.end_object();
}

}  // namespace

void write_host(JsonWriter& json, const report::Host& host, bool with_known) {
  json.begin_object();
  json.member("host", host.name);
  json.member("checked_at", facts::iso_text({host.checked_at, 0}));
  write_source(json, host.source);
  json.key("windows");
  json.begin_object();
  write_text_or_null(json, "version", host.windows_version);
  write_text_or_null(json, "name", host.windows_name);
  json.member("role", host.role.empty() ? "unknown" : host.role);
  json.end_object();
  json.key("iis");
  json.begin_object();
  write_text_or_null(json, "version", host.iis_version);
  json.end_object();
  json.member("status", report::status_name(host.status));
  json.key("identities");
  json.begin_list();
  for (const report::Identity& identity : host.identities) {
    write_identity(json, identity, with_known);
  }
  json.end_list();
  json.key("notes");
  json.begin_list();
  for (const facts::Note& note : host.notes) {
    write_told(json, note.text, note.origin);
  }
  json.end_list();
  json.key("problems");
  json.begin_list();
  for (const facts::Problem& problem : host.problems) {
    write_problem(json, problem);
  }
  json.end_list();
  if (with_known) {
    write_known(json, host.known);
    write_texts(json, "ignored", host.ignored);
  }
  json.end_object();
}

}  // namespace iisdiag::render
