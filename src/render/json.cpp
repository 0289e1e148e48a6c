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

constexpr std::size_t kIndent = 2;

void write_head(JsonWriter& json, facts::ClockSeconds checked_at,
                report::Status status, int exit_code,
                const report::Counts& counts) {
  json.key("schema").text(report::kSchema);
  json.key("tool").begin_object();
  json.key("name").text("iisdiag");
  json.key("version").text(kVersion);
  json.end_object();
  json.key("checked_at").text(facts::iso_text({checked_at, 0}));
  json.key("status").text(report::status_name(status));
  json.key("exit_code").number(exit_code);
  json.key("counts").begin_object();
  for (const report::Status each : report::kStatuses) {
    json.key(report::status_name(each)).number(counts[each]);
  }
  json.end_object();
}

void write_cause(JsonWriter& json, const Fleet& fleet,
                 const report::FleetCause& cause) {
  json.begin_object();
  json.key("check").text(cause.check.id);
  json.key("id").text(cause.finding);
  json.key("severity").text(knowledge::severity_name(cause.severity));
  json.key("text").text(cause.text);
  json.key("identities").number(cause.identities);
  json.key("hosts").begin_array();
  for (const std::size_t row : cause.rows) {
    json.text(fleet.rows[row].host);
  }
  json.end_array();
  json.key("entries").begin_array();
  for (const std::size_t row : cause.rows) {
    json.number(row);
  }
  json.end_array();
  json.end_object();
}

void write_row(JsonWriter& json, const Fleet& fleet,
               const report::FleetRow& row) {
  json.begin_object();
  json.key("host").text(row.host);
  json.key("path");
  if (row.path.empty()) {
    json.null();
  } else {
    json.text(row.path);
  }
  json.key("status").text(report::status_name(row.status));
  json.key("checks").begin_object();
  for (std::size_t i = 0; i < row.checks.size(); ++i) {
    json.key(fleet.checks[i].id).text(report::status_name(row.checks[i]));
  }
  json.end_object();
  json.key("reasons").begin_array();
  for (const std::string& reason : row.reasons) {
    json.text(reason);
  }
  json.end_array();
  json.end_object();
}

void write_fleet(JsonWriter& json, const Fleet& fleet, const Sink& sink) {
  json.key("fleet").begin_object();
  json.key("expected").number(fleet.expected);
  json.key("checked").number(fleet.rows.size());
  json.key("complete").flag(fleet.is_complete());
  json.key("causes").begin_array();
  for (const report::FleetCause& cause : fleet.causes) {
    write_cause(json, fleet, cause);
  }
  json.end_array();
  json.key("matrix").begin_array();
  for (const report::FleetRow& row : fleet.rows) {
    write_row(json, fleet, row);
  }
  json.end_array();
  json.end_object();
  sink(json.take());
}

void render_json(const report::Report& report, const Options& /*options*/,
                 const Sink& sink) {
  JsonWriter json(kIndent);
  json.begin_object();
  write_head(json, report.checked_at, report.status, report.exit_code,
             report.counts);
  if (report.fleet) {
    write_fleet(json, *report.fleet, sink);
  }
  json.key("hosts").begin_array();
  for (const report::Host& host : report.hosts) {
    write_host(json, host, false);
    sink(json.take());
  }
  json.end_array();
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
  JsonWriter json(JsonWriter::kCompact);
  json.begin_object();
  write_head(
      json, host.checked_at, host.status,
      report::exit_code(counts, options.strict, options.allow_incomplete),
      counts);
  json.key("hosts").begin_array();
  write_host(json, host, false);
  json.end_array();
  json.end_object();
  return json.take() + "\n";
}

const Renderer kJson{"json", "one JSON document, pure ASCII", render_json};
const Renderer kJsonl{"jsonl", "a line of JSON for each server (--each, merge)",
                      render_lines};

}  // namespace iisdiag::render
