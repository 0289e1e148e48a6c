// The captured servers in the folders beside this file, and what was written
// down about each of them before the program saw it.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "support/program.hpp"

namespace iisdiag::test {

// With the order of its members, so that a mismatch reads like the file.
using Json = nlohmann::ordered_json;

struct Scenario {
  std::string name;
  std::string folder;
  Json expected;  // scenario.json

  std::string evidence() const { return folder + "/evidence"; }
  // `iisdiag check` with the scenario's options, its evidence and `more`.
  Outcome check(const std::vector<std::string>& more) const;
};

// The names of all folders, sorted.
std::vector<std::string> scenario_names();

// Throws where the folder or its scenario.json is not as it should be.
Scenario load_scenario(const std::string& name);

// For tests that take a scenario's name: GoogleTest allows no hyphens.
std::string test_name(const testing::TestParamInfo<std::string>& info);

// What scenario.json states, out of a JSON report: exit code and identities.
Json stated_part(const Json& report);
// Likewise, out of scenario.json.
Json stated_part_of_scenario(const Json& scenario);

}  // namespace iisdiag::test
