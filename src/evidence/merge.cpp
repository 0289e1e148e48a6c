#include "evidence/merge.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/combine.hpp"
#include "evidence/live_answers.hpp"
#include "evidence/overlay.hpp"
#include "evidence/records.hpp"
#include "knowledge/versions.hpp"
#include "text/sort.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::IisConfig;
using facts::IisNode;
using facts::Problem;

bool has_config(const std::vector<FileFacts>& files, facts::Store store,
                bool historical) {
  return std::any_of(files.begin(), files.end(), [&](const FileFacts& file) {
    return file.historical == historical &&
           std::any_of(
               file.configs.begin(), file.configs.end(),
               [&](const IisConfig& config) { return config.store == store; });
  });
}

// History copies of a store count where nothing live is there, and then only
// the newest: their names are numbered. A note says so, for an old copy can
// name what is gone.
void drop_history(std::vector<FileFacts>& files,
                  std::vector<facts::Note>& notes) {
  for (const auto store : {facts::Store::kMetabase, facts::Store::kAppHost}) {
    const bool live = has_config(files, store, false);
    const FileFacts* newest = nullptr;
    for (const FileFacts& file : files) {
      if (file.historical && !live &&
          std::any_of(
              file.configs.begin(), file.configs.end(),
              [&](const auto& config) { return config.store == store; }) &&
          (newest == nullptr || newest->file < file.file)) {
        newest = &file;
      }
    }
    if (newest != nullptr) {
      notes.push_back(
          {fmt::format("{} is an old copy of the configuration: no live one of "
                       "its kind is in the evidence, and it may be out of date",
                       text::printable(newest->file)),
           facts::Origin::in_file(newest->file, 0)});
    }
    for (FileFacts& file : files) {
      if (!file.historical || &file == newest) {
        continue;
      }
      std::erase_if(file.configs, [&](const IisConfig& config) {
        return config.store == store;
      });
      // What an old copy points to, unless it lies beside the one that counts.
      if (store == facts::Store::kAppHost &&
          (newest == nullptr || newest->folder != file.folder)) {
        file.elsewhere.clear();
        file.redirects_configuration = false;
      }
    }
  }
}

// With shared configuration the local applicationHost.config is not in force
// (FORMATS.md 4.1); another one in the evidence is taken to be the shared one.
void apply_redirection(std::vector<FileFacts>& files,
                       std::vector<facts::Note>& notes) {
  const auto is_apphost = [](const IisConfig& config) {
    return config.store == facts::Store::kAppHost;
  };
  for (FileFacts& redirection : files) {
    if (!redirection.redirects_configuration) {
      continue;
    }
    const FileFacts* shared = nullptr;
    for (FileFacts& file : files) {
      if (!std::any_of(file.configs.begin(), file.configs.end(), is_apphost)) {
        continue;
      }
      if (file.folder == redirection.folder) {
        std::erase_if(file.configs, is_apphost);
        notes.push_back({fmt::format("{} is not in force: {} points elsewhere",
                                     text::printable(file.file),
                                     text::printable(redirection.file)),
                         redirection.elsewhere.front().origin});
      } else {
        shared = &file;
      }
    }
    if (shared != nullptr) {
      notes.push_back({fmt::format("{} is taken to be the shared configuration",
                                   text::printable(shared->file)),
                       redirection.elsewhere.front().origin});
      redirection.elsewhere.clear();
    }
  }
}

// A name that the configured account remembers: IUSR_OLD or OLD\IUSR_OLD.
bool is_former_name(const std::vector<FileFacts>& files,
                    std::string_view name) {
  const std::string usual = fmt::format("IUSR_{}", name);
  for (const FileFacts& file : files) {
    for (const IisConfig& config : file.configs) {
      for (const IisNode& node : config.nodes) {
        if (node.account.value.has_value()) {
          const auto account = facts::AccountName::parse(*node.account.value);
          if (text::same_name(account.name, usual) ||
              text::same_name(account.domain, name)) {
            return true;
          }
        }
      }
    }
  }
  return false;
}

// The name that most files give; of two equally frequent ones the one that the
// configured account does not remember as a former one, else the first. What
// was said chooses between the names that files give, and counts by itself
// where none gives any. What machines themselves answered beats all files.
std::string choose_computer(const std::vector<FileFacts>& files,
                            const Said& said) {
  std::vector<std::pair<std::string, int>> claims;
  const bool only_live =
      said.computer.empty() &&
      std::any_of(files.begin(), files.end(), [](auto& file) {
        return file.is_live && file.machine.computer.has_value();
      });
  for (const FileFacts& file : files) {
    if (!file.machine.computer.has_value() || (only_live && !file.is_live)) {
      continue;
    }
    const std::string& name = *file.machine.computer;
    const auto claim = std::find_if(
        claims.begin(), claims.end(),
        [&](const auto& entry) { return text::same_name(entry.first, name); });
    if (claim == claims.end()) {
      claims.emplace_back(name, 1);
    } else {
      ++claim->second;
    }
  }
  if (!said.computer.empty() &&
      (claims.empty() ||
       std::any_of(claims.begin(), claims.end(), [&](const auto& claim) {
         return text::same_name(claim.first, said.computer);
       }))) {
    return said.computer;
  }
  const auto best = std::max_element(
      claims.begin(), claims.end(), [&](const auto& one, const auto& two) {
        return one.second != two.second ? one.second < two.second
                                        : is_former_name(files, one.first) &&
                                              !is_former_name(files, two.first);
      });
  return best == claims.end() ? std::string{} : best->first;
}

void leave_out_other_computers(std::vector<FileFacts>& files, const Said& said,
                               std::vector<Problem>& problems) {
  const std::string computer = choose_computer(files, said);
  if (computer.empty()) {
    return;
  }
  for (FileFacts& file : files) {
    auto& name = file.machine.computer;
    if (!name.has_value() || text::same_name(*name, computer)) {
      continue;
    }
    if (is_former_name(files, *name)) {
      name = {};
      continue;
    }
    problems.push_back(
        {fmt::format("left out: it is of the computer {}, not of {}",
                     text::printable(*name), text::printable(computer)),
         name.origin(),
         {},
         0,
         {}});
    FileFacts empty;
    empty.file = file.file;
    empty.folder = file.folder;
    empty.problems = std::move(file.problems);
    file = std::move(empty);
  }
}

// IIS 4 and later keep the registry keys of IIS 3 without using them.
void drop_unused_registry(std::vector<IisConfig>& configs,
                          const facts::Machine& machine) {
  const bool newer_store =
      std::any_of(configs.begin(), configs.end(), [](const auto& config) {
        return config.store != facts::Store::kRegistry;
      });
  const auto possible = knowledge::possible_iis(machine, std::nullopt);
  const bool may_be_registry =
      std::any_of(possible.begin(), possible.end(), [](const auto* rules) {
        return rules->store == facts::Store::kRegistry;
      });
  const auto era = knowledge::agreed(
      possible, [](const auto& rules) { return rules.store; });
  const bool surely_registry = era == facts::Store::kRegistry;
  std::erase_if(configs, [&](IisConfig& config) {
    if (config.store != facts::Store::kRegistry) {
      return false;
    }
    if (newer_store || !may_be_registry) {
      return true;
    }
    // A key without the account does not show that this store is used.
    std::erase_if(config.nodes, [&](const IisNode& node) {
      return !node.account.value.has_value() && !surely_registry;
    });
    return config.nodes.empty();
  });
}

void settle_versions(facts::Machine& machine, const Said& said) {
  if (machine.windows.is_unknown() && machine.windows_version.has_value()) {
    std::optional<bool> server;
    if (machine.role.has_value()) {
      server = *machine.role != facts::Role::kWorkstation;
    } else if (machine.product_name.has_value()) {
      server = text::icontains(*machine.product_name, "Server");
    }
    if (const auto* rules = knowledge::windows_by_version(
            *machine.windows_version, machine.windows_build.value_or(0),
            server)) {
      machine.windows = {std::string(rules->id),
                         machine.windows_version.origin()};
    }
  }
  const auto option = [](std::string_view name) {
    return facts::Origin::in_file(fmt::format("option --{}", name), 0);
  };
  if (!machine.windows.has_value() && !said.windows.empty()) {
    machine.windows = {said.windows, option("windows")};
  }
  if (!machine.iis.has_value() && !said.iis.empty()) {
    machine.iis = {said.iis, option("iis")};
  }
  if (!machine.role.has_value() && said.role) {
    machine.role = {*said.role, option("role")};
  }
  if (!machine.computer.has_value() && !said.computer.empty()) {
    machine.computer = {said.computer, option("computer")};
  } else if (!machine.computer.has_value() && machine.host_name.has_value()) {
    // The NetBIOS name is the host name's first 15 characters.
    constexpr std::size_t kNetbiosName = 15;
    machine.computer = {
        text::fold_case(text::prefix(*machine.host_name, kNetbiosName)),
        machine.host_name.origin()};
  }
}

// What policies are called: a GptTmpl.inf knows only the GUID of its own.
void name_policies(facts::Server& server) {
  for (facts::RightsList& list : server.rights) {
    for (const facts::PolicyName& policy : server.policies) {
      if (list.policy_name.empty() && !list.policy_id.empty() &&
          list.policy_id == policy.id) {
        list.policy_name = policy.name;
      }
    }
  }
}

// In the order that searches in a Server count on. The first name counts.
void sort_names(std::vector<facts::NamedSid>& names) {
  text::sort_stably(names, [](const auto& one, const auto& other) {
    return one.sid < other.sid;
  });
  names.erase(std::unique(names.begin(), names.end(),
                          [](const auto& one, const auto& other) {
                            return one.sid == other.sid;
                          }),
              names.end());
}

// The parts of IIS 7 that belong to a configuration that counts.
void collect(Iis7Files& all, FileFacts& file) {
  const auto move_to = [](auto& to, auto& from) {
    std::move(from.begin(), from.end(), std::back_inserter(to));
  };
  if (std::any_of(file.configs.begin(), file.configs.end(),
                  [](const IisConfig& config) {
                    return config.store == facts::Store::kAppHost;
                  })) {
    move_to(all.layouts, file.iis7.layouts);
  }
  move_to(all.section_files, file.iis7.section_files);
  if (!file.historical) {
    move_to(all.web_configs, file.iis7.web_configs);
    move_to(all.printed, file.iis7.printed);
    move_to(all.named, file.iis7.named);
    move_to(all.folders, file.iis7.folders);
  }
}

// Where nothing else tells the version.
void settle_iis6(facts::Machine& machine,
                 const std::vector<IisConfig>& configs) {
  const auto* rules = knowledge::find_iis("6.0");
  if (machine.iis.has_value() || !machine.iis.reason().why.empty() ||
      (machine.windows.has_value() && *machine.windows != rules->windows)) {
    return;
  }
  for (const IisConfig& config : configs) {
    if (config.is_iis6) {
      machine.iis = {std::string(rules->id), config.origin};
    }
  }
}

}  // namespace

Merged merge(std::vector<FileFacts> files, const Said& said) {
  Merged merged;
  facts::Server& server = merged.server;
  for (FileFacts& file : files) {
    std::move(file.problems.begin(), file.problems.end(),
              std::back_inserter(server.problems));
    file.problems.clear();
  }
  drop_history(files, server.notes);
  leave_out_other_computers(files, said, server.problems);
  keep_newest_snapshot(files, server.notes);
  drop_beside_live(files);
  apply_redirection(files, server.notes);
  Combiner combiner(server.problems);
  Iis7Files iis7;
  Answers own;
  Answers others;
  for (FileFacts& file : files) {
    collect(iis7, file);
    Answers& answers = file.is_live ? own : others;
    if (!file.machine_is_template) {
      combine(answers.machine, file.machine, combiner);
    }
    combine(answers.accounts, std::move(file.accounts), combiner);
    std::move(file.trials.begin(), file.trials.end(),
              std::back_inserter(server.trials));
    std::move(file.records.attempts.begin(), file.records.attempts.end(),
              std::back_inserter(server.records.attempts));
    std::move(file.records.logs.begin(), file.records.logs.end(),
              std::back_inserter(server.records.logs));
    for (facts::RightsList& list : file.rights) {
      combine(answers.rights, std::move(list), combiner);
    }
    if (file.policy_report) {
      answers.policy_report = file.policy_report;
    }
    for (IisConfig& config : file.configs) {
      const auto same = std::find_if(
          merged.configs.begin(), merged.configs.end(),
          [&](const auto& kept) { return kept.store == config.store; });
      if (same == merged.configs.end()) {
        merged.configs.push_back(std::move(config));
        fold_duplicates(merged.configs.back(), combiner);
      } else {
        combine(*same, std::move(config), combiner);
      }
    }
    std::move(file.policies.begin(), file.policies.end(),
              std::back_inserter(server.policies));
    std::move(file.elsewhere.begin(), file.elsewhere.end(),
              std::back_inserter(server.elsewhere));
    std::move(file.notes.begin(), file.notes.end(),
              std::back_inserter(server.notes));
    if (file.not_before) {
      server.source.not_before =
          std::max(server.source.not_before.value_or(*file.not_before),
                   *file.not_before);
    }
  }
  fill_from(own, std::move(others));
  server.machine = std::move(own.machine);
  server.accounts = std::move(own.accounts);
  server.rights = std::move(own.rights);
  server.policy_report = std::move(own.policy_report);
  for (const FileFacts& file : files) {
    if (file.machine_is_template) {
      fill(server.machine, file.machine);
    }
  }
  name_policies(server);
  sort_names(server.accounts.names);
  overlay(std::move(iis7), merged.configs, server);
  settle_versions(server.machine, said);
  settle_iis6(server.machine, merged.configs);
  drop_unused_registry(merged.configs, server.machine);
  server.source.captured_at =
      captured_at(files, server.machine.computer.value_or(""));
  server.source.is_server_clock = server.source.captured_at.has_value();
  drop_duplicates(server.records);
  if (!server.source.captured_at) {
    server.source.captured_at = newest_record(server.records);
    server.source.captured_by_record = server.source.captured_at.has_value();
  }
  return merged;
}

}  // namespace iisdiag::evidence
