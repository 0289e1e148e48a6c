#include "fuzz/report_promises.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "fuzz/target.hpp"
#include "render/tags.hpp"
#include "text/strings.hpp"

namespace iisdiag::fuzz {
namespace {

using Json = nlohmann::json;
using Counts = std::map<std::string, std::size_t>;

// In rising order of weight.
constexpr std::array<std::string_view, 5> kStatuses = {
    "skipped", "passed", "warning", "unknown", "failed"};

std::size_t weight(const Json& status) {
  const auto* const found = std::find(kStatuses.begin(), kStatuses.end(),
                                      status.get<std::string_view>());
  expect(found != kStatuses.end(), "a status is one of five", status.dump());
  return static_cast<std::size_t>(found - kStatuses.begin());
}

void expect_worst(const Json& whole, const Json& parts) {
  std::size_t worst = 0;
  for (const Json& part : parts) {
    worst = std::max(worst, weight(part.at("status")));
  }
  expect(weight(whole.at("status")) == worst,
         "a status is the worst of its parts", whole.dump(2));
}

// Answers how many checks have which status.
Counts expect_sound_json(const std::string& text, int code) {
  expect(std::all_of(text.begin(), text.end(),
                     [](char letter) {
                       return (letter >= ' ' && letter <= '~') ||
                              letter == '\n';
                     }),
         "the JSON report is ASCII", text);
  const Json report = Json::parse(text, nullptr, false);
  expect(!report.is_discarded(), "the JSON report is JSON", text);
  expect(report.at("exit_code") == code, "the JSON report tells the exit code",
         text);
  Counts counts;
  for (const std::string_view status : kStatuses) {
    counts[std::string(status)] = 0;
  }
  expect_worst(report, report.at("hosts"));
  for (const Json& host : report.at("hosts")) {
    expect_worst(host, host.at("identities"));
    for (const Json& identity : host.at("identities")) {
      expect_worst(identity, identity.at("checks"));
      for (const Json& check : identity.at("checks")) {
        ++counts[check.at("status").get<std::string>()];
      }
    }
  }
  expect(report.at("counts").get<Counts>() == counts,
         "the counts of the JSON report count its checks", text);
  return counts;
}

std::size_t total(const Counts& counts) {
  std::size_t sum = 0;
  for (const auto& [status, count] : counts) {
    sum += count;
  }
  return sum;
}

void expect_harmless_batch(std::string_view text, const Counts& counts) {
  constexpr std::string_view kHarmless =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
      "_ $+-./:@\\{}#,=\n";
  expect(text.find_first_not_of(kHarmless) == std::string_view::npos,
         "nothing in the lines for batch files means anything to cmd.exe",
         text);
  for (const std::string_view line : text::split(text, '\n')) {
    expect(line.empty() || line.starts_with("IISDIAG_"),
           "each line for batch files is a variable", line);
  }
  for (const auto& [status, count] : counts) {
    const std::string line =
        fmt::format("\nIISDIAG_{}={}\n", text::to_upper(status), count);
    expect(text.find(line) != std::string_view::npos,
           "batch files get the counts", text);
  }
}

void expect_sound_junit(const std::string& text, const Counts& counts) {
  pugi::xml_document document;
  const auto result = document.load_buffer(
      text.data(), text.size(), pugi::parse_full, pugi::encoding_utf8);
  expect(static_cast<bool>(result), "JUnit's XML is XML", text);
  std::size_t tests = 0;
  for (const pugi::xml_node suite : document.child("testsuites")) {
    const auto cases = suite.children("testcase");
    const auto count =
        static_cast<std::size_t>(std::distance(cases.begin(), cases.end()));
    expect(suite.attribute("tests").as_ullong() == count,
           "a suite says how many tests it has", text);
    tests += count;
  }
  expect(tests == total(counts), "JUnit's XML has all checks", text);
}

void expect_sound_tap(std::string_view text, const Counts& counts) {
  std::size_t points = 0;
  for (const std::string_view line : text::split(text, '\n')) {
    const bool is_point =
        line.starts_with("ok ") || line.starts_with("not ok ");
    points += is_point ? 1U : 0U;
    expect(is_point || line.empty() || line.starts_with("#") ||
               line.starts_with("  ") || line.starts_with("1..") ||
               line == "TAP version 14",
           "a line of TAP is one of TAP", line);
  }
  expect(points == total(counts) && text.find(fmt::format("\n1..{}", points)) !=
                                        std::string_view::npos,
         "TAP has all checks and says how many", text);
}

void expect_sound_nagios(std::string_view text) {
  expect(std::count(text.begin(), text.end(), '\n') == 1 &&
             std::count(text.begin(), text.end(), '|') == 1 &&
             text.starts_with("IISDIAG ") && text.ends_with("\n"),
         "Nagios gets one line with one bar", text);
}

void expect_sound_github(std::string_view text) {
  for (const std::string_view line : text::split(text, '\n')) {
    expect(line.empty() || line.starts_with("::error ") ||
               line.starts_with("::warning ") || line.starts_with("::notice "),
           "each line for GitHub is an annotation", line);
  }
}

// What begins a tag of markup: evidence is text, and never one.
void expect_sound_html(std::string_view text) {
  std::size_t scripts = 0;
  for (std::size_t at = text.find('<'); at != std::string_view::npos;
       at = text.find('<', at + 1)) {
    const std::string_view tag =
        text.substr(at, std::min(text.find('>', at), text.size()) - at);
    scripts += tag.starts_with("<script") ? 1U : 0U;
    // Its own, which hold what would be tags.
    for (const std::string_view end : {"</script>", "</style>"}) {
      if (tag == fmt::format("<{}", end.substr(2, end.size() - 3))) {
        at = text.find(end, at);
        expect(at != std::string_view::npos, "a script or style ends", tag);
      }
    }
    expect(std::count(tag.begin(), tag.end(), '"') % 2 == 0 &&
               tag.find('<', 1) == std::string_view::npos &&
               tag.find(" on") == std::string_view::npos &&
               tag.find("javascript:") == std::string_view::npos,
           "a tag of the HTML report is our own", tag);
  }
  expect(scripts == 1, "the HTML report has one script, its own", text);
}

// Takes off what colours the tags.
std::string without_colors(std::string_view text) {
  std::string plain(text);
  for (const report::Status status : report::kStatuses) {
    const std::string tag = render::tag(status, true);
    const std::string bare = render::tag(status, false);
    for (std::size_t at = plain.find(tag); at != std::string::npos;
         at = plain.find(tag, at)) {
      plain.replace(at, tag.size(), bare);
    }
  }
  return plain;
}

}  // namespace

void expect_sound_reports(const Outcome& outcome) {
  expect_clean_errors(outcome.err);
  if (outcome.files.empty()) {
    expect(outcome.code == 4, "without a report the exit code is 4",
           outcome.err);
    return;
  }
  expect(outcome.code <= 2, "with a report the exit code is 0, 1 or 2",
         outcome.err);
  expect_clean("the report", without_colors(outcome.out));
  for (const auto& [format, text] : outcome.files) {
    expect_clean(format, text);
  }
  const Counts counts =
      expect_sound_json(outcome.files.at("json"), outcome.code);
  expect_harmless_batch(outcome.files.at("batch"), counts);
  expect_sound_junit(outcome.files.at("junit"), counts);
  expect_sound_tap(outcome.files.at("tap"), counts);
  expect_sound_nagios(outcome.files.at("nagios"));
  expect_sound_github(outcome.files.at("github"));
  expect_sound_html(outcome.files.at("html"));
}

}  // namespace iisdiag::fuzz
