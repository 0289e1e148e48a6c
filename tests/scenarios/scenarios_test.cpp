// Every captured server is diagnosed as its scenario.json says it must be.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "cli/demos.hpp"
#include "cli/exit_code.hpp"
#include "scenario.hpp"

namespace iisdiag::test {
namespace {

namespace fs = std::filesystem;

// Every file below a folder, by its path in there.
std::map<std::string, std::string> files_below(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      std::ifstream file(entry.path(), std::ios::binary);
      files[fs::relative(entry.path(), folder).generic_string()] = {
          std::istreambuf_iterator<char>(file), {}};
    }
  }
  return files;
}

class ScenarioTest : public testing::TestWithParam<std::string> {
 protected:
  const Scenario scenario_ = load_scenario(GetParam());
};

TEST_P(ScenarioTest, IsDiagnosedAsWrittenDown) {
  const Outcome outcome = scenario_.check({"--format", "json"});
  ASSERT_EQ(outcome.err, "");
  const Json report = Json::parse(outcome.out);
  const Json expected = stated_part_of_scenario(scenario_.expected);
  const Json got = stated_part(report);
  EXPECT_EQ(got, expected) << "expected " << expected.dump(2) << "\ngot "
                           << got.dump(2) << "\nin " << outcome.out;
  EXPECT_EQ(outcome.code, scenario_.expected.at("exit_code"));
  EXPECT_EQ(report.at("hosts").size(), 1U);
}

TEST_P(ScenarioTest, StatesEverythingAndNothingElse) {
  std::set<std::string> members;
  for (const auto& [name, value] : scenario_.expected.items()) {
    members.insert(name);
  }
  EXPECT_EQ(members, (std::set<std::string>{"title", "about", "options",
                                            "exit_code", "identities"}));
  EXPECT_FALSE(scenario_.expected.at("title").get<std::string>().empty());
  EXPECT_FALSE(scenario_.expected.at("about").get<std::string>().empty());
  EXPECT_TRUE(scenario_.expected.at("options").is_array());
  for (const Json& identity : scenario_.expected.at("identities")) {
    EXPECT_EQ(identity.size(), 5U) << identity.dump(2);
    EXPECT_EQ(identity.at("checks").size(), 4U) << identity.dump(2);
  }
}

TEST_P(ScenarioTest, HasItsFilesAndNoOthers) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(scenario_.folder)) {
    names.insert(entry.path().filename().string());
  }
  EXPECT_EQ(names, (std::set<std::string>{"evidence", "scenario.json"}));
  EXPECT_FALSE(files_below(scenario_.evidence()).empty());
}

INSTANTIATE_TEST_SUITE_P(Every, ScenarioTest,
                         testing::ValuesIn(scenario_names()), test_name);

TEST(ScenariosTest, AreAtLeastSixty) {
  EXPECT_GE(scenario_names().size(), 60U);
}

// The exit codes that a report can have are all there.
TEST(ScenariosTest, ShowEveryExitCodeOfAReport) {
  std::set<int> codes;
  for (const std::string& name : scenario_names()) {
    codes.insert(load_scenario(name).expected.at("exit_code").get<int>());
  }
  EXPECT_EQ(codes, (std::set<int>{cli::kExitOk, cli::kExitFailed,
                                  cli::kExitIncomplete}));
}

class DemoTest : public testing::TestWithParam<std::string> {
 protected:
  const Scenario scenario_ = load_scenario(GetParam());
};

TEST_P(DemoTest, IsItsScenarioByteByByte) {
  std::map<std::string, std::string> embedded;
  for (const cli::EmbeddedFile& file : cli::demo_files(GetParam())) {
    embedded[std::string(file.path)] = file.bytes;
  }
  EXPECT_EQ(embedded, files_below(scenario_.evidence()));
}

TEST_P(DemoTest, IsDiagnosedLikeItsScenario) {
  const Outcome demo =
      call({"check", "--demo=" + GetParam(), "--format", "json"});
  EXPECT_EQ(demo.err, "");
  EXPECT_EQ(demo.code, scenario_.expected.at("exit_code"));
  const Json report = Json::parse(demo.out);
  EXPECT_EQ(stated_part(report), stated_part_of_scenario(scenario_.expected));
  EXPECT_EQ(report.at("hosts").at(0).at("source").at("kind"), "demo");
}

// A demo takes no options, so its scenario may need none.
TEST_P(DemoTest, NeedsNoOptions) {
  EXPECT_TRUE(scenario_.expected.at("options").empty());
}

std::vector<std::string> demo_names() {
  std::vector<std::string> names;
  for (const cli::Demo& demo : cli::all_demos()) {
    names.emplace_back(demo.name);
  }
  return names;
}

INSTANTIATE_TEST_SUITE_P(Every, DemoTest, testing::ValuesIn(demo_names()),
                         test_name);

TEST(DemosTest, DefaultIsTheDeletedAccount) {
  EXPECT_EQ(cli::all_demos().front().name, "q253204");
  EXPECT_TRUE(cli::demo_files("no-such-demo").empty());
}

}  // namespace
}  // namespace iisdiag::test
