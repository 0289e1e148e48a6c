#include "scenario.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "evidence/file_system.hpp"

namespace iisdiag::test {
namespace {

constexpr std::string_view kFolder = "server";

}  // namespace

Outcome check(const Scenario& scenario, const Capture& capture,
              const std::vector<std::string>& more) {
  evidence::MemoryFiles files;
  std::vector<std::string> arguments = {"check"};
  for (const Json& option : scenario.expected.at("options")) {
    arguments.push_back(option.get<std::string>());
  }
  arguments.insert(arguments.end(), more.begin(), more.end());
  for (const EvidenceFile& file : capture.files) {
    const std::string path = std::string(kFolder) + "/" + file.path;
    files.add(path, file.bytes);
    if (capture.one_by_one) {
      arguments.push_back(path);
    }
  }
  if (!capture.one_by_one) {
    arguments.emplace_back(kFolder);
  }
  return call(arguments, files);
}

Outcome Scenario::check(const std::vector<std::string>& more) const {
  if (folder.empty()) {
    return test::check(*this, capture, more);
  }
  std::vector<std::string> arguments = {"check"};
  for (const Json& option : expected.at("options")) {
    arguments.push_back(option.get<std::string>());
  }
  arguments.insert(arguments.end(), more.begin(), more.end());
  arguments.push_back(evidence());
  return call(arguments, evidence::Disk());
}

std::vector<std::string> scenario_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(
           IISDIAG_SOURCE_DIR "/tests/scenarios")) {
    if (entry.is_directory()) {
      names.push_back(entry.path().filename().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

Scenario load_scenario(const std::string& name) {
  Scenario scenario;
  scenario.name = name;
  scenario.folder = std::string(IISDIAG_SOURCE_DIR "/tests/scenarios/") + name;
  std::ifstream file(scenario.folder + "/scenario.json");
  scenario.expected = Json::parse(file);
  return scenario;
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

Json stated_part(const Json& report) {
  Json identities = Json::array();
  for (const Json& host : report.at("hosts")) {
    for (const Json& identity : host.at("identities")) {
      Json checks = Json::object();
      Json findings = Json::array();
      for (const Json& check : identity.at("checks")) {
        checks[check.at("id").get<std::string>()] = check.at("status");
        for (const Json& finding : check.at("findings")) {
          findings.push_back(finding.at("id"));
        }
      }
      identities.push_back({{"account", identity.at("account")},
                            {"nodes", identity.at("nodes")},
                            {"root_causes", identity.at("root_causes")},
                            {"checks", std::move(checks)},
                            {"findings", std::move(findings)}});
    }
  }
  return {{"exit_code", report.at("exit_code")},
          {"identities", std::move(identities)}};
}

Json stated_part_of_scenario(const Json& scenario) {
  return {{"exit_code", scenario.at("exit_code")},
          {"identities", scenario.at("identities")}};
}

}  // namespace iisdiag::test
