#include "evidence/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "evidence/bundle.hpp"
#include "evidence/collection.hpp"
#include "evidence/console_text.hpp"
#include "evidence/format.hpp"
#include "evidence/limits.hpp"
#include "evidence/resolve.hpp"
#include "evidence/unread.hpp"
#include "knowledge/versions.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

// Whether something before `end` is evidence.
bool begins_with_evidence(const std::string& name, const text::Decoded& decoded,
                          std::size_t end) {
  text::Decoded start;
  start.text = decoded.text.substr(0, end);
  start.encoding = decoded.encoding;
  const auto parts = Document(name, std::move(start)).split_transcript();
  return std::any_of(parts.begin(), parts.end(), [](const Document& part) {
    return recognise(part) != nullptr;
  });
}

// What a file holds, whichever of its parts hold evidence.
std::vector<FileFacts> read_file(const CapturedFile& file,
                                 const std::string& name, std::string bytes,
                                 bool& is_evidence) {
  std::vector<FileFacts> all;
  const auto add = [&]() -> FileFacts& {
    FileFacts facts;
    facts.file = name;
    facts.folder = file.folder;
    facts.historical = file.historical;
    return all.emplace_back(std::move(facts));
  };
  if (const auto why = why_not_read(file.name, bytes)) {
    add().problems.push_back(
        {*why, facts::Origin::in_file(name, 0), {}, 0, {}});
    return all;
  }
  auto decoded = decode_evidence(bytes);
  bytes = {};
  if (!decoded) {
    return all;
  }
  // Every line takes memory of its own, and a file of nothing but line ends
  // has hundreds of millions of them.
  if (const auto end = end_of_lines(decoded->text, kMaxLines)) {
    if (begins_with_evidence(name, *decoded, *end)) {
      add().problems.push_back(
          {fmt::format("more than {} lines: the file is not read", kMaxLines),
           facts::Origin::in_file(name, 0),
           {},
           0,
           {}});
    }
    return all;
  }
  Document whole(name, std::move(*decoded));
  for (const Document& part : std::move(whole).split_transcript()) {
    if (const Format* format = recognise(part)) {
      is_evidence = is_evidence || format->tells_something;
      FileFacts& facts = add();
      format->read(part, facts);
      // A snapshot tells what a live run would tell, and bounds its own.
      if (!facts.captured && facts.problems.size() > kMaxProblemsPerFile) {
        const std::size_t more = facts.problems.size() - kMaxProblemsPerFile;
        facts.problems.resize(kMaxProblemsPerFile);
        facts.problems.push_back(
            part.problem(fmt::format("{} more problems in this file", more)));
      }
    }
  }
  return all;
}

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
std::string_view nothing_found(bool has_config, bool is_live) {
  if (has_config) {
    return "the configuration in the evidence shows no node where a request "
           "can end";
  }
  return is_live ? "the configuration of IIS could not be read"
                 : "no configuration of IIS is in the evidence";
}

void find_identities(std::vector<facts::IisConfig> configs,
                     facts::Server& server, const std::string& account,
                     bool is_live) {
  const bool has_config = !configs.empty();
  bool off_everywhere = has_config;
  for (facts::IisConfig& config : configs) {
    Resolved resolved = resolve(std::move(config), server.machine);
    off_everywhere = off_everywhere && resolved.anonymous_off_everywhere;
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
  server.identities.push_back(identity_without_configuration(
      server, account, std::string(nothing_found(has_config, is_live))));
}

}  // namespace

facts::Server assemble(std::vector<FileFacts> parts, const Said& said,
                       const std::string& account) {
  const bool is_live =
      std::any_of(parts.begin(), parts.end(),
                  [](const FileFacts& part) { return part.is_live; });
  Merged merged = merge(std::move(parts), said);
  facts::Server server = std::move(merged.server);
  find_identities(std::move(merged.configs), server, account, is_live);
  name_missing_accounts(server);
  return server;
}

std::vector<FileFacts> read_parts(const FileSystem& files,
                                  const std::vector<std::string>& paths,
                                  Loaded& loaded) {
  std::vector<FileFacts> all;
  Bundle bundle = find_files(files, paths);
  loaded.missing = std::move(bundle.missing);
  if (!loaded.missing.empty()) {
    return all;
  }
  Contents contents(files);
  for (const CapturedFile& file : bundle.files) {
    auto bytes = file.refusal.empty()
                     ? contents.read(file)
                     : FileSystem::Answer<std::string>{{}, file.refusal};
    loaded.files_read += file.refusal.empty() && !bytes.value ? 0 : 1;
    if (!bytes.value) {
      if (!bytes.error.empty()) {
        bundle.problems.push_back(
            {bytes.error, facts::Origin::in_file(file.name, 0), {}, 0, {}});
      }
      continue;
    }
    bool is_evidence = false;
    auto facts =
        read_file(file, file.name, std::move(*bytes.value), is_evidence);
    loaded.evidence_files += is_evidence ? 1 : 0;
    if (facts.empty()) {
      loaded.ignored.push_back(file.name);
    }
    std::move(facts.begin(), facts.end(), std::back_inserter(all));
  }
  auto changed = check_collections(files, bundle, all);
  std::move(changed.begin(), changed.end(),
            std::back_inserter(bundle.problems));
  loaded.server.problems = std::move(bundle.problems);
  return all;
}

Loaded load(const FileSystem& files, const std::vector<std::string>& paths,
            const Said& said, const std::string& account) {
  Loaded loaded;
  std::vector<FileFacts> all = read_parts(files, paths, loaded);
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
