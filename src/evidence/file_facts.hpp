// What one file says, before the files of a server are put together.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "evidence/capture.hpp"
#include "evidence/iis7_files.hpp"
#include "facts/attempt.hpp"
#include "facts/server.hpp"

namespace iisdiag::evidence {

struct FileFacts {
  std::string file;         // as the report shows it
  std::string folder;       // where it lies; empty for the top
  bool historical = false;  // a history or backup copy
  facts::Machine machine;
  // A template's registry values: what the registry itself says beats them.
  bool machine_is_template = false;
  std::vector<facts::IisConfig> configs;
  // What has to be put on top of the configs of IIS 7 (overlay.hpp).
  Iis7Files iis7;
  facts::AccountDatabase accounts;
  std::vector<facts::LogonTrial> trials;
  facts::LogonRecords records;
  // The machine's own answers, given now or in a snapshot: they beat what
  // files beside them say.
  bool is_live = false;
  // Of a snapshot, and of what a live server answers.
  std::optional<SnapshotHeader> captured;
  // Of the manifest of a collection.
  std::optional<CollectionManifest> collection;
  std::vector<facts::RightsList> rights;
  std::vector<facts::PolicyName> policies;
  std::optional<facts::Origin> policy_report;
  std::vector<facts::Elsewhere> elsewhere;
  // Not of this folder's own applicationHost.config: it is not in force.
  bool redirects_configuration = false;
  // The newest event that the file tells of, server's clock.
  std::optional<facts::ClockSeconds> not_before;
  std::vector<facts::Note> notes;
  std::vector<facts::Problem> problems;

  void happened(facts::ClockSeconds clock) {
    not_before = std::max(not_before.value_or(clock), clock);
  }
};

}  // namespace iisdiag::evidence
