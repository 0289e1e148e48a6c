// The machine format: docs/iisdiag-report.schema.json. As a whole, or as lines
// of one host each.
#include "iisdiag/version.hpp"
#include "render/json_host.hpp"
#include "render/renderer.hpp"
#include "report/exit_code.hpp"

namespace iisdiag::render {
namespace {

using report::Fleet;
using text::JsonWriter;

void write_head(JsonWriter& json, facts::ClockSeconds checked_at,
                report::Status status, int exit_code,
                const report::Counts& counts) {
  json.member("schema", report::kSchema);
  json.key("tool");
  json.begin_object();
  json.member("name", "iisdiag");
  json.member("version", kVersion);
  json.end_object();
  json.member("checked_at", facts::iso_text({checked_at, 0}));
  json.member("status", report::status_name(status));
  json.member("exit_code", exit_code);
  json.key("counts");
  json.begin_object();
  for (const report::Status each : report::kStatuses) {
    json.member(report::status_name(each), counts[each]);
  }
  json.end_object();
}

void write_cause(JsonWriter& json, const Fleet& fleet,
                 const report::FleetCause& cause) {
  json.begin_object();
  json.member("check", cause.check.id);
  json.member("id", cause.finding);
  json.member("severity", knowledge::severity_name(cause.severity));
  json.member("text", cause.text);
  json.member("identities", cause.identities);
  json.key("hosts");
  json.begin_list();
  for (const std::size_t row : cause.rows) {
    json.value(fleet.rows[row].host);
  }
  json.end_list();
  json.key("entries");
  json.begin_list();
  for (const std::size_t row : cause.rows) {
    json.value(row);
  }
  json.end_list();
  json.end_object();
}

void write_row(JsonWriter& json, const Fleet& fleet,
               const report::FleetRow& row) {
  json.begin_object();
  json.member("host", row.host);
  json.key("path");
  json.text_or_null(row.path);
  json.member("status", report::status_name(row.status));
  json.key("checks");
  json.begin_object();
  for (std::size_t i = 0; i < row.checks.size(); ++i) {
    json.member(fleet.checks[i].id, report::status_name(row.checks[i]));
  }
  json.end_object();
  json.key("reasons");
  json.begin_list();
  for (const std::string& reason : row.reasons) {
    json.value(reason);
  }
  json.end_list();
  json.end_object();
}

void write_fleet(JsonWriter& json, const Fleet& fleet, const Sink& sink) {
  json.key("fleet");
  json.begin_object();
  json.member("expected", fleet.expected);
  json.member("checked", fleet.rows.size());
  json.member("complete", fleet.is_complete());
  json.key("causes");
  json.begin_list();
  for (const report::FleetCause& cause : fleet.causes) {
    write_cause(json, fleet, cause);
  }
  json.end_list();
  json.key("matrix");
  json.begin_list();
  for (const report::FleetRow& row : fleet.rows) {
    write_row(json, fleet, row);
  }
  json.end_list();
  json.end_object();
  sink(json.take());
}

void render(const report::Report& report, const Options& /*options*/,
            const Sink& sink) {
  JsonWriter json;
  json.begin_object();
  write_head(json, report.checked_at, report.status, report.exit_code,
             report.counts);
  if (report.fleet) {
    write_fleet(json, *report.fleet, sink);
  }
  json.key("hosts");
  json.begin_list();
  for (const report::Host& host : report.hosts) {
    write_host(json, host, false);
    sink(json.take());
  }
  json.end_list();
  json.end_object();
  sink(json.take() + "\n");
}

// In the order of the arguments, as they are written while a run goes on.
void render_lines(const report::Report& report, const Options& options,
                  const Sink& sink) {
  if (!report.fleet) {
    for (const report::Host& host : report.hosts) {
      sink(host_line(host, options));
    }
    return;
  }
  const auto& rows = report.fleet->rows;
  std::vector<std::size_t> order(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    order[rows[i].place] = i;
  }
  for (const std::size_t row : order) {
    sink(host_line(report.hosts[row], options));
  }
}

}  // namespace

std::string host_line(const report::Host& host, const Options& options) {
  const report::Counts counts = report::count_checks(host.identities);
  JsonWriter json(JsonWriter::Layout::kOneLine);
  json.begin_object();
  write_head(json, host.checked_at, host.status,
             report::exit_code(counts, options.strict, options.allow_incomplete),
             counts);
  json.key("hosts");
  json.begin_list();
  write_host(json, host, false);
  json.end_list();
  json.end_object();
  return json.take() + "\n";
}

const Renderer kJson{"json", "one JSON document, pure ASCII", render};
const Renderer kJsonl{"jsonl", "a line of JSON for each server (--each, merge)",
                      render_lines};

}  // namespace iisdiag::render
