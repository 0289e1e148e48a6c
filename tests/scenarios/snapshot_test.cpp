// Every scenario, with each file replaced by a snapshot of what it says: the
// report stays the same. So nothing that bears on a report gets lost in one.
#include "evidence/snapshot.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "evidence/bundle.hpp"
#include "evidence/read_file.hpp"
#include "scenario.hpp"

namespace iisdiag::test {
namespace {

class SnapshotTest : public testing::TestWithParam<std::string> {
 protected:
  // Without a time, for of several snapshots only the newest counts.
  void SetUp() override {
    const evidence::Disk disk;
    evidence::Contents contents(disk);
    for (const auto& file :
         evidence::find_files(disk, {scenario_.evidence()}).files) {
      auto reading = evidence::read_file(contents, file, nullptr);
      ASSERT_EQ(reading.error, "") << file.name;
      std::size_t number = 0;
      for (const evidence::FileFacts& facts : reading.facts) {
        const std::string text =
            write_snapshot(facts, {"1.0.0", "", 0, 0, false});
        // The name and the folder tell whether it is an old copy.
        files_.add("evidence/" + file.name +
                       (number == 0 ? "" : "." + std::to_string(number)),
                   text);
        all_ += text;
        ++number;
      }
    }
  }

  Json report() const {
    std::vector<std::string> arguments = {"check", "-f", "json"};
    for (const Json& option : scenario_.expected.at("options")) {
      arguments.push_back(option.get<std::string>());
    }
    arguments.emplace_back("evidence");
    return without_source(call(arguments, files_).out);
  }

  static Json without_source(const std::string& text) {
    Json report = Json::parse(text);
    for (Json& host : report.at("hosts")) {
      host.erase("source");
    }
    return report;
  }

  const Scenario scenario_ = load_scenario(GetParam());
  evidence::MemoryFiles files_;
  std::string all_;
};

TEST_P(SnapshotTest, GivesTheSameReport) {
  const Json expected = without_source(scenario_.check({"-f", "json"}).out);
  EXPECT_EQ(report().dump(2), expected.dump(2));
}

// Some scenarios hold this password in clear text.
TEST_P(SnapshotTest, HoldsNoPassword) {
  for (const std::string_view piece :
       {"PLAN", "LANT", "ANTE", "NTED", "-Secr"}) {
    EXPECT_EQ(all_.find(piece), std::string::npos) << piece;
  }
}

INSTANTIATE_TEST_SUITE_P(Every, SnapshotTest,
                         testing::ValuesIn(scenario_names()), test_name);

}  // namespace
}  // namespace iisdiag::test
