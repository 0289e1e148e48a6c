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

struct EvidenceFile {
  std::string path;  // below the evidence folder
  std::string bytes;
};

struct Capture {
  std::vector<EvidenceFile> files;
  // Given to the program one by one, in this order; else as one folder.
  bool one_by_one = false;
};

struct Scenario {
  std::string name;
  std::string folder;  // empty: the files are in `capture`
  Json expected;       // scenario.json
  Capture capture;     // empty: the files are in the folder

  std::string evidence() const { return folder + "/evidence"; }
  // `iisdiag check` with the scenario's options, its evidence and `more`.
  Outcome check(const std::vector<std::string>& more) const;
};

// `iisdiag check` with the scenario's options and `more` on the capture.
Outcome check(const Scenario& scenario, const Capture& capture,
              const std::vector<std::string>& more = {});

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
