// Every captured server once more, live: the same configuration, accounts,
// rights and policies behind the system calls give the same verdicts.
#include "scenarios/scenario.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "evidence/load.hpp"
#include "win32/local_server.hpp"
#include "win32/server_of.hpp"

namespace iisdiag::win32 {
namespace {

using test::Json;
using test::Scenario;

// The server, as its files tell it, with the scenario's own options.
struct Captured {
  facts::Server server;
  evidence::Merged merged;
};

std::vector<std::string> options_of(const Scenario& scenario) {
  std::vector<std::string> options;
  for (const Json& option : scenario.expected.at("options")) {
    options.push_back(option.get<std::string>());
  }
  return options;
}

Captured capture(const Scenario& scenario) {
  const evidence::Disk disk;
  evidence::Loaded loaded;
  auto parts = evidence::read_parts(disk, {scenario.evidence()}, loaded);
  Captured captured;
  captured.server = evidence::load(disk, {scenario.evidence()}, {}, {}).server;
  const auto options = options_of(scenario);
  const auto at = std::find(options.begin(), options.end(), "--at");
  if (at != options.end()) {
    captured.server.source.captured_at = facts::parse_iso(*std::next(at));
  }
  captured.merged = evidence::merge(std::move(parts), {});
  return captured;
}

// The program on that server.
test::Terminal on(const FakeWindows& windows, const Captured& captured) {
  test::Terminal terminal;
  terminal.live = [&] {
    return std::make_unique<LocalServer>(
        windows.api(), false,
        [&](SecretTable& /*secrets*/, evidence::FileFacts& facts) {
          facts.configs = captured.merged.configs;
          facts.elsewhere = captured.merged.server.elsewhere;
          // As its logs would tell them.
          facts.records = captured.merged.server.records;
          return true;
        });
  };
  return terminal;
}

Json check_live(const Scenario& scenario, const Captured& captured) {
  FakeWindows windows;
  become(captured.server, windows);
  const test::Terminal terminal = on(windows, captured);
  std::vector<std::string> arguments{"check", "--no-logon", "--format", "json"};
  for (const std::string& option : options_of(scenario)) {
    arguments.push_back(option);
  }
  const auto outcome = test::call(arguments, terminal);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(windows.open, 0);
  EXPECT_FALSE(windows.is_broken);
  return Json::parse(outcome.out);
}

// `status: finding finding`, of the checks that need no logon.
std::map<std::string, std::string> judged(const Json& report) {
  std::map<std::string, std::string> all;
  for (const Json& identity : report.at("hosts").at(0).at("identities")) {
    for (const Json& check : identity.at("checks")) {
      const auto id = check.at("id").get<std::string>();
      if (id == "credential-test") {
        continue;
      }
      std::string text = check.at("status").get<std::string>() + ":";
      for (const Json& finding : check.at("findings")) {
        text += " " + finding.at("id").get<std::string>();
      }
      all[identity.at("service").get<std::string>() + " " +
          identity.at("nodes").dump() + " " + id] = text;
    }
  }
  return all;
}

// What policies define is not behind these system calls (rsop_test.cpp).
bool is_about_policies(const facts::Server& server) {
  return std::any_of(
      server.rights.begin(), server.rights.end(),
      [](const facts::RightsList& list) { return list.is_policy; });
}

Json check_collected(const Scenario& scenario, const Captured& captured) {
  FakeWindows windows;
  become(captured.server, windows);
  const auto stored =
      test::call({"collect", "-o", "web.zip"}, evidence::MemoryFiles(),
                 on(windows, captured));
  evidence::MemoryFiles carried;
  carried.add("web.zip", stored.reports.at("web.zip"));
  std::vector<std::string> arguments{"check", "--format", "json", "web.zip"};
  for (const std::string& option : options_of(scenario)) {
    arguments.push_back(option);
  }
  return Json::parse(test::call(arguments, carried).out);
}

// Without the source, the times, and what to do to know more: a server can be
// asked again, and files cannot.
Json comparable(Json report) {
  report.erase("checked_at");
  for (Json& host : report.at("hosts")) {
    host.erase("source");
    host.erase("checked_at");
    // A computer without a name is called after its source.
    if (host.at("host") == "web.zip" || host.at("host") == "this computer") {
      host.erase("host");
    }
    for (Json& identity : host.at("identities")) {
      for (Json& check : identity.at("checks")) {
        for (Json& finding : check.at("findings")) {
          if (finding.at("severity") == "unknown" ||
              finding.at("id") == "domain-unreachable") {
            finding.erase("steps");
            finding.erase("commands");
            finding.erase("command_steps");
          }
        }
      }
    }
  }
  return report;
}

class LiveScenarioTest : public testing::TestWithParam<std::string> {};

// The evidence may not show what the server itself tells: only then may the
// two differ.
TEST_P(LiveScenarioTest, IsDiagnosedAsFromItsFiles) {
  const Scenario scenario = test::load_scenario(GetParam());
  const Captured captured = capture(scenario);
  const auto files =
      judged(Json::parse(scenario.check({"--format", "json"}).out));
  const auto live = judged(check_live(scenario, captured));
  for (const auto& [place, verdict] : files) {
    ASSERT_EQ(live.count(place), 1U) << place;
    if (place.ends_with("user-rights") && is_about_policies(captured.server)) {
      continue;
    }
    // What only records tell of an account, its own record can disprove.
    const bool is_told_by_records_alone =
        verdict.find("-not-read") != std::string::npos;
    if (!verdict.starts_with("unknown") && !is_told_by_records_alone) {
      EXPECT_EQ(live.at(place), verdict) << place;
    }
  }
  EXPECT_EQ(live.size(), files.size());
}

// What was taken along says what the server says.
TEST_P(LiveScenarioTest, IsDiagnosedAsFromItsCollection) {
  const Scenario scenario = test::load_scenario(GetParam());
  const Captured captured = capture(scenario);
  EXPECT_EQ(comparable(check_collected(scenario, captured)),
            comparable(check_live(scenario, captured)));
}

INSTANTIATE_TEST_SUITE_P(Every, LiveScenarioTest,
                         testing::ValuesIn(test::scenario_names()),
                         test::test_name);

}  // namespace
}  // namespace iisdiag::win32
