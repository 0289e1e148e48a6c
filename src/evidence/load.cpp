#include "evidence/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "evidence/bundle.hpp"
#include "evidence/collection.hpp"
#include "evidence/read_file.hpp"
#include "evidence/records.hpp"
#include "evidence/resolve.hpp"
#include "knowledge/versions.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

// The names that are configured, as written, by their upper case.
std::map<std::string, std::string> configured_names(
    const facts::Server& server) {
  std::map<std::string, std::string> names;
  for (const facts::Identity& identity : server.identities) {
    if (identity.account.value.has_value()) {
      std::string name =
          facts::AccountName::parse(*identity.account.value).name;
      names.emplace(text::fold_case(name), name);
    }
  }
  return names;
}

// "The user name could not be found" says whose name it is about by the
// command above it, else by the file's name, else only where one account is
// configured at all (FORMATS.md section 8).
void name_missing_accounts(facts::Server& server) {
  // Each file is held against every name: more than a server ever has are not.
  constexpr std::size_t kMostFiles = 1'000;
  auto& all = server.accounts.missing;
  if (std::all_of(all.begin(), all.end(),
                  [](const auto& missing) { return missing.name; })) {
    return;
  }
  const auto configured = configured_names(server);
  std::map<std::string, std::optional<std::string>> files;
  for (facts::MissingAccount& missing : all) {
    if (missing.name) {
      continue;
    }
    const std::string file = text::fold_case(missing.origin.name());
    const auto known = files.find(file);
    if (known != files.end() || files.size() >= kMostFiles) {
      missing.name = known == files.end() ? std::nullopt : known->second;
      continue;
    }
    for (const auto& [folded, name] : configured) {
      if (!folded.empty() && file.find(folded) != std::string::npos &&
          (!missing.name || missing.name->size() < name.size())) {
        missing.name = name;
      }
    }
    if (!missing.name && configured.size() == 1) {
      missing.name = configured.begin()->second;
    }
    files.emplace(file, missing.name);
  }
}

// One identity for a server that shows none.
facts::Identity identity_without_configuration(const facts::Server& server,
                                               const std::string& account,
                                               std::string why) {
  facts::Identity identity;
  identity.number = 1;
  identity.without_configuration = facts::Unknown{std::move(why), {}};
  if (!account.empty()) {
    identity.account.value = {account,
                              facts::Origin::in_file("option --account", 0)};
  }
  const auto possible = knowledge::possible_iis(server.machine, std::nullopt);
  if (const auto store = knowledge::agreed(
          possible, [](const auto& rules) { return rules.store; })) {
    identity.store = *store;
  } else if (!server.elsewhere.empty()) {
    identity.store = facts::Store::kAppHost;
  }
  return identity;
}

// Why no identity was found in the configuration, in words.
std::string_view nothing_found(bool has_config) {
  if (has_config) {
    return "the configuration shows no node where a request can end";
  }
  return "no configuration of IIS was read";
}

void find_identities(std::vector<facts::IisConfig> configs,
                     facts::Server& server, const std::string& account) {
  const bool has_config = !configs.empty();
  bool off_everywhere = has_config;
  for (facts::IisConfig& config : configs) {
    Resolved resolved = resolve(std::move(config), server.machine);
    off_everywhere = off_everywhere && resolved.anonymous_off_everywhere;
    const auto before = static_cast<std::uint32_t>(server.identities.size());
    for (facts::Identity& identity : resolved.identities) {
      identity.number += before;
    }
    for (facts::SitePlace& place : resolved.places) {
      place.identity += place.identity != 0 ? before : 0;
    }
    std::move(resolved.places.begin(), resolved.places.end(),
              std::back_inserter(server.places));
    std::move(resolved.identities.begin(), resolved.identities.end(),
              std::back_inserter(server.identities));
    std::move(resolved.notes.begin(), resolved.notes.end(),
              std::back_inserter(server.notes));
  }
  if (!server.identities.empty()) {
    return;
  }
  if (off_everywhere) {
    server.notes.push_back(
        {"Anonymous access is off at every node: visitors get 401.2 or a "
         "prompt for a password, not this 401.1.",
         {}});
    return;
  }
  const std::string why(nothing_found(has_config));
  if (account.empty()) {
    server.identities =
        identities_of_records(server.records, server.places, why);
  }
  if (server.identities.empty()) {
    server.identities.push_back(
        identity_without_configuration(server, account, why));
  }
}

}  // namespace

facts::Server assemble(std::vector<FileFacts> parts, const Said& said,
                       const std::string& account) {
  Merged merged = merge(std::move(parts), said);
  facts::Server server = std::move(merged.server);
  find_identities(std::move(merged.configs), server, account);
  name_missing_accounts(server);
  return server;
}

std::vector<FileFacts> read_parts(const FileSystem& files,
                                  const std::vector<std::string>& paths,
                                  Loaded& loaded, Progress* progress) {
  std::vector<FileFacts> all;
  Bundle bundle = find_files(files, paths);
  loaded.missing = std::move(bundle.missing);
  if (!loaded.missing.empty()) {
    return all;
  }
  Contents contents(files);
  for (const CapturedFile& file : bundle.files) {
    FileReading reading = read_file(contents, file, progress);
    // An archive that is refused was looked at.
    loaded.files_read += reading.was_read || !file.refusal.empty() ? 1 : 0;
    loaded.evidence_files += reading.is_evidence ? 1 : 0;
    if (!reading.was_read) {
      if (!reading.error.empty()) {
        bundle.problems.push_back({std::move(reading.error),
                                   facts::Origin::in_file(file.name, 0),
                                   {},
                                   0,
                                   {}});
      }
    } else if (reading.facts.empty()) {
      loaded.ignored.push_back(file.name);
    }
    std::move(reading.facts.begin(), reading.facts.end(),
              std::back_inserter(all));
  }
  auto changed = check_collections(files, bundle, all);
  std::move(changed.begin(), changed.end(),
            std::back_inserter(bundle.problems));
  loaded.server.problems = std::move(bundle.problems);
  return all;
}

Loaded load(const FileSystem& files, const std::vector<std::string>& paths,
            const Said& said, const std::string& account, Progress* progress) {
  Loaded loaded;
  std::vector<FileFacts> all = read_parts(files, paths, loaded, progress);
  if (!loaded.missing.empty()) {
    return loaded;
  }
  const auto problems = std::move(loaded.server.problems);
  loaded.server = assemble(std::move(all), said, account);
  loaded.server.problems.insert(loaded.server.problems.begin(),
                                problems.begin(), problems.end());
  loaded.server.source.paths = paths;
  return loaded;
}

}  // namespace iisdiag::evidence
