// JUnit's XML, as Jenkins, GitLab and Azure Pipelines read it: a suite for each
// host, a test case for each check and identity.
//
// There are several schemas and none is JUnit's own; this keeps what the ones
// of Ant (windyroad) and of Jenkins both allow. So what a warning says stands
// in the suite's output: a test case that passed may hold none.
#include <fmt/format.h>

#include <pugixml.hpp>

#include "iisdiag/version.hpp"
#include "render/renderer.hpp"
#include "render/tags.hpp"
#include "render/text_details.hpp"
#include "render/wording.hpp"
#include "text/unicode.hpp"

namespace iisdiag::render {
namespace {

constexpr std::size_t kWidth = 80;

void set(pugi::xml_node node, const char* name, std::string_view value) {
  node.append_attribute(name).set_value(text::printable(value).c_str());
}

void set(pugi::xml_node node, const char* name, std::size_t value) {
  set(node, name, std::to_string(value));
}

// `text` is printable, but for its line ends.
void add_text(pugi::xml_node node, const std::string& text) {
  node.append_child(pugi::node_pcdata).set_value(text.c_str());
}

void add_property(pugi::xml_node properties, std::string_view name,
                  std::string_view value) {
  if (value.empty()) {
    return;
  }
  pugi::xml_node property = properties.append_child("property");
  set(property, "name", name);
  set(property, "value", value);
}

// What a test case says that has no place of its own in it.
struct Output {
  std::string out;
  std::string err;
};

std::string case_name(const report::Host& host,
                      const report::Identity& identity,
                      const report::CheckResult& check) {
  return fmt::format("{}: {}", check.id, identity_words(identity, host));
}

// The ids of the findings that make the check what it is.
std::string types(const report::CheckResult& check) {
  std::string ids;
  for (const report::Finding& finding : check.findings) {
    if (status_of(finding.severity) == check.status &&
        finding.severity != report::Severity::kInfo) {
      ids += (ids.empty() ? "" : " ") + finding.id;
    }
  }
  return ids.empty() ? check.id : ids;
}

void add_case(pugi::xml_node suite, const report::Host& host,
              const report::Identity& identity,
              const report::CheckResult& check, const Options& options,
              Output& output) {
  pugi::xml_node test = suite.append_child("testcase");
  set(test, "name", case_name(host, identity, check));
  set(test, "classname", host.name);
  set(test, "time", "0");
  const std::string details = details_text(host, identity, check, kWidth);
  const char* element = nullptr;
  switch (outcome(check.status, options)) {
    case Outcome::kPass:
      if (!details.empty()) {
        output.out += fmt::format("{}\n\n{}\n\n",
                                  case_name(host, identity, check), details);
      }
      return;
    case Outcome::kSkip:
      // As text: one of the schemas knows no attribute of it.
      add_text(test.append_child("skipped"), text::printable(check.summary));
      return;
    case Outcome::kError:
      element = "error";
      break;
    case Outcome::kFail:
      element = "failure";
      break;
  }
  pugi::xml_node failure = test.append_child(element);
  set(failure, "message", check.summary);
  set(failure, "type", types(check));
  add_text(failure, details);
}

struct Counted {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;
};

Counted count(const report::Host& host, const Options& options) {
  Counted counted;
  for (const report::Identity& identity : host.identities) {
    for (const report::CheckResult& check : identity.checks) {
      const Outcome result = outcome(check.status, options);
      ++counted.tests;
      counted.failures += result == Outcome::kFail ? 1U : 0U;
      counted.errors += result == Outcome::kError ? 1U : 0U;
      counted.skipped += result == Outcome::kSkip ? 1U : 0U;
    }
  }
  return counted;
}

void set_head(pugi::xml_node suite, std::string_view name, std::size_t id,
              std::string_view host, facts::ClockSeconds checked_at,
              const Counted& counted) {
  constexpr std::size_t kSeconds =
      19;  // without the zone, as the schema has it
  set(suite, "name", name);
  set(suite, "package", "iisdiag");
  set(suite, "id", id);
  set(suite, "timestamp", facts::iso_text({checked_at, 0}).substr(0, kSeconds));
  set(suite, "hostname", host);
  set(suite, "tests", counted.tests);
  set(suite, "failures", counted.failures);
  set(suite, "errors", counted.errors);
  set(suite, "skipped", counted.skipped);
  set(suite, "time", "0");
}

void add_host(pugi::xml_node suite, std::size_t id, const report::Host& host,
              const Options& options) {
  set_head(suite, "iisdiag " + host.name, id, host.name, host.checked_at,
           count(host, options));
  pugi::xml_node properties = suite.append_child("properties");
  add_property(properties, "iisdiag", kVersion);
  add_property(properties, "source", source_words(host));
  add_property(properties, "windows", host.windows_name);
  add_property(properties, "iis", host.iis_version);
  Output output;
  for (const report::Identity& identity : host.identities) {
    for (const report::CheckResult& check : identity.checks) {
      add_case(suite, host, identity, check, options, output);
    }
  }
  for (const facts::Note& note : all_notes(host)) {
    output.out += fmt::format("Note: {}\n", note.text);
  }
  output.out += verdict(host) + "\n";
  for (const facts::Problem& problem : host.problems) {
    output.err += fmt::format("{}{}\n", place_words(problem),
                              text::printable(problem.text));
  }
  add_text(suite.append_child("system-out"), output.out);
  add_text(suite.append_child("system-err"), output.err);
}

// A suite without tests, which would be counted twice: what the servers have in
// common, each cause once. But those that a run was stopped before are in no
// other suite, and one error stands for them.
void add_fleet(pugi::xml_node suite, std::size_t id,
               const report::Report& report) {
  constexpr std::size_t kMostServers = 50;
  const report::Fleet& fleet = *report.fleet;
  const std::string gap = fleet_gap(fleet);
  const std::size_t errors = gap.empty() ? 0 : 1;
  set_head(suite, "iisdiag fleet", id, "fleet", report.checked_at,
           {.tests = errors, .failures = 0, .errors = errors, .skipped = 0});
  // One of the schemas wants one at least.
  add_property(suite.append_child("properties"), "iisdiag", kVersion);
  if (!gap.empty()) {
    pugi::xml_node test = suite.append_child("testcase");
    set(test, "name", "all servers");
    set(test, "classname", "fleet");
    set(test, "time", "0");
    pugi::xml_node error = test.append_child("error");
    set(error, "message", gap);
    set(error, "type", "stopped");
  }
  std::string out;
  for (const report::FleetCause& cause : fleet.causes) {
    out += fmt::format("{}: {}: {} ({}): {}\n", causes_heading(cause.severity),
                       cause.check.id, text::printable(cause.text),
                       server_count(cause.rows.size()),
                       servers_words(fleet, cause, kMostServers));
  }
  out += fleet_verdict(report) + "\n";
  add_text(suite.append_child("system-out"), out);
  suite.append_child("system-err");
}

class Text : public pugi::xml_writer {
 public:
  void write(const void* data, std::size_t size) override {
    text_.append(static_cast<const char*>(data), size);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void write_suite(const pugi::xml_node& suite, const Sink& sink) {
  Text text;
  suite.print(text, "  ", pugi::format_default, pugi::encoding_utf8, 1);
  sink(text.take());
}

void render_junit(const report::Report& report, const Options& options,
                  const Sink& sink) {
  if (report.hosts.empty() && !report.fleet) {
    sink("<?xml version=\"1.0\"?>\n<testsuites />\n");
    return;
  }
  sink("<?xml version=\"1.0\"?>\n<testsuites>\n");
  std::size_t id = 0;
  if (report.fleet) {
    pugi::xml_document document;
    pugi::xml_node suite = document.append_child("testsuite");
    add_fleet(suite, id++, report);
    write_suite(suite, sink);
  }
  for (const report::Host& host : report.hosts) {
    pugi::xml_document document;
    pugi::xml_node suite = document.append_child("testsuite");
    add_host(suite, id++, host, options);
    write_suite(suite, sink);
  }
  sink("</testsuites>\n");
}

}  // namespace

const Renderer kJunit{"junit", "JUnit XML for build servers", render_junit};

}  // namespace iisdiag::render
