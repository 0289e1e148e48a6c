// All scenarios in one run say of each server what it says by itself; and what
// was written as JSON is read again without a loss.
#include <gtest/gtest.h>

#include <map>

#include "scenario.hpp"

namespace iisdiag::test {
namespace {

// Those that are checked without options: a fleet shares its options.
std::vector<Scenario> plain_scenarios() {
  std::vector<Scenario> all;
  for (const std::string& name : scenario_names()) {
    Scenario scenario = load_scenario(name);
    if (scenario.expected.at("options").empty() && !scenario.folder.empty()) {
      all.push_back(std::move(scenario));
    }
  }
  return all;
}

struct Fleet {
  evidence::MemoryFiles files;
  std::vector<std::string> paths;
};

void fill(Fleet& fleet) {
  for (const Scenario& scenario : plain_scenarios()) {
    fleet.paths.push_back("cases/" + scenario.name);
    copy_folder(scenario.evidence(), fleet.paths.back(), fleet.files);
  }
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

TEST(FleetTest, EachServerIsWhatItIsByItself) {
  Fleet fleet;
  fill(fleet);
  ASSERT_GT(fleet.paths.size(), 100U);
  std::vector<std::string> call_each = {"check", "--each", "-f", "jsonl"};
  call_each.insert(call_each.end(), fleet.paths.begin(), fleet.paths.end());
  const Outcome each = call(call_each, fleet.files);
  EXPECT_EQ(each.code, 1);
  EXPECT_EQ(each.err, "");
  const std::vector<std::string> lines = lines_of(each.out);
  ASSERT_EQ(lines.size(), fleet.paths.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Outcome alone =
        call({"check", "-f", "json", fleet.paths[i]}, fleet.files);
    EXPECT_EQ(Json::parse(lines[i]).dump(2), Json::parse(alone.out).dump(2))
        << fleet.paths[i];
  }
}

// The hosts of a JSON report by their first path.
std::map<std::string, Json> hosts_of(const std::string& report) {
  std::map<std::string, Json> hosts;
  const Json parsed = Json::parse(report);
  for (const Json& host : parsed.at("hosts")) {
    hosts[host.at("source").at("paths").at(0)] = host;
  }
  return hosts;
}

TEST(FleetTest, WhatWasWrittenIsReadAgain) {
  Fleet fleet;
  fill(fleet);
  std::vector<std::string> words = {"check", "--each", "-f", "jsonl"};
  words.insert(words.end(), fleet.paths.begin(), fleet.paths.end());
  for (const std::string format :
       {"json", "jsonl", "text", "junit", "tap", "html", "markdown", "batch",
        "github", "nagios"}) {
    words.insert(words.begin() + 1, {"-r", format + "=" + format});
  }
  const Outcome each = call(words, fleet.files);
  evidence::MemoryFiles reports;
  reports.add("lines.jsonl", each.out);
  reports.add("report.json", each.reports.at("json"));
  for (const auto& [format, report] : each.reports) {
    for (const std::string from : {"lines.jsonl", "report.json"}) {
      const Outcome merged = call({"merge", "-f", format, from}, reports);
      if (format == "jsonl" && from == "report.json") {
        continue;  // its order is another one
      }
      EXPECT_EQ(merged.out, report) << format << " " << from;
      EXPECT_EQ(merged.code, format == "nagios" ? 2 : 1) << format;
    }
  }
  const auto hosts = hosts_of(each.reports.at("json"));
  EXPECT_EQ(hosts.size(), fleet.paths.size());
}

// The order of threads decides nothing.
TEST(FleetTest, TheSameReportEachTime) {
  Fleet fleet;
  fill(fleet);
  std::vector<std::string> words = {"check", "--each", "-v"};
  words.insert(words.end(), fleet.paths.begin(), fleet.paths.end());
  const Outcome first = call(words, fleet.files);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(call(words, fleet.files).out, first.out);
  }
}

}  // namespace
}  // namespace iisdiag::test
