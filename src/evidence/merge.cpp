#include "evidence/merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "knowledge/versions.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::IisConfig;
using facts::IisNode;
using facts::Observed;
using facts::Problem;

// Puts a second observation of one fact beside the first.
class Combiner {
 public:
  explicit Combiner(std::vector<Problem>& problems) : problems_(problems) {}

  template <class T>
  void operator()(Observed<T>& kept, const Observed<T>& other,
                  std::string_view what) {
    if (says_nothing(other) || same(kept, other)) {
      return;
    }
    if (says_nothing(kept) || (kept.is_unknown() && !other.is_unknown())) {
      kept = other;
      return;
    }
    if (other.is_unknown()) {
      return;
    }
    const std::string why =
        fmt::format("{} and {} disagree about {}", kept.origin().text(),
                    other.origin().text(), what);
    problems_.push_back({why, other.origin(), {}, 0, {}});
    kept = Observed<T>::unknown(
        why, "Capture both again at the same time, and give only those.",
        other.origin());
  }

 private:
  template <class T>
  static bool says_nothing(const Observed<T>& fact) {
    return fact.is_unknown() && fact.reason().why.empty();
  }

  // Equal apart from where it was read.
  template <class T>
  static bool same(const Observed<T>& one, const Observed<T>& other) {
    if (one.has_value() && other.has_value()) {
      return is_same(*one, *other);
    }
    return one.is_absent() && other.is_absent();
  }

  template <class T>
  static bool is_same(const T& one, const T& other) {
    return one == other;
  }
  static bool is_same(const std::string& one, const std::string& other) {
    return text::same_name(one, other);
  }
  static bool is_same(const std::vector<facts::Principal>& one,
                      const std::vector<facts::Principal>& other) {
    const auto keys = [](const std::vector<facts::Principal>& list) {
      std::vector<std::string> result;
      result.reserve(list.size());
      for (const auto& principal : list) {
        result.push_back(text::fold_case(principal.text()));
      }
      std::sort(result.begin(), result.end());
      result.erase(std::unique(result.begin(), result.end()), result.end());
      return result;
    };
    return keys(one) == keys(other);
  }

  std::vector<Problem>& problems_;
};

void combine(facts::Machine& kept, const facts::Machine& other,
             Combiner& combiner) {
  combiner(kept.computer, other.computer, "the computer's name");
  combiner(kept.host_name, other.host_name, "the host name");
  combiner(kept.windows, other.windows, "the Windows version");
  combiner(kept.windows_version, other.windows_version, "the Windows version");
  combiner(kept.windows_build, other.windows_build, "the Windows build");
  combiner(kept.product_name, other.product_name, "the product name");
  combiner(kept.service_pack, other.service_pack, "the service pack");
  combiner(kept.role, other.role, "the role of the machine");
  combiner(kept.iis, other.iis, "the IIS version");
  combiner(kept.domain, other.domain, "the domain");
  combiner(kept.crash_on_audit_fail, other.crash_on_audit_fail,
           "CrashOnAuditFail");
  combiner(kept.force_guest, other.force_guest, "ForceGuest");
  combiner(kept.limit_blank_password_use, other.limit_blank_password_use,
           "LimitBlankPasswordUse");
  combiner(kept.subauthentication, other.subauthentication, "Auth132");
  combiner(kept.ftp_allow_guest_access, other.ftp_allow_guest_access,
           "AllowGuestAccess");
  combiner(kept.web_allow_guest_access, other.web_allow_guest_access,
           "AllowGuestAccess");
}

// A template's registry values only fill what no registry export says.
void fill(facts::Machine& kept, const facts::Machine& other) {
  const auto take = [](auto& place, const auto& value) {
    if (place.is_unknown()) {
      place = value;
    }
  };
  take(kept.crash_on_audit_fail, other.crash_on_audit_fail);
  take(kept.force_guest, other.force_guest);
  take(kept.limit_blank_password_use, other.limit_blank_password_use);
}

void combine(IisNode& kept, const IisNode& other, Combiner& combiner) {
  if (!other.shown) {
    return;
  }
  if (!kept.shown) {
    kept = other;
    return;
  }
  const auto setting = [&](auto& one, const auto& two, std::string_view what) {
    const bool take = one.value.is_unknown();
    combiner(one.value, two.value, fmt::format("{} of {}", what, kept.path));
    one.inherits = take ? two.inherits : one.inherits;
  };
  setting(kept.account, other.account, "the account");
  setting(kept.password, other.password, "the stored password");
  setting(kept.password_sync, other.password_sync, "AnonymousPasswordSync");
  setting(kept.logon_method, other.logon_method, "the logon method");
  setting(kept.anonymous, other.anonymous, "anonymous access");
  setting(kept.logon_domain, other.logon_domain, "the logon domain");
  setting(kept.pool, other.pool, "the application pool");
}

// Configurations of one store: the nodes of adsutil calls complete one
// another, whole configurations must agree.
void combine(IisConfig& kept, IisConfig other, Combiner& combiner) {
  std::unordered_map<std::string, std::size_t> known;
  const auto key = [](const IisNode& node) {
    return std::string(service_name(node.service)) + "|" +
           text::fold_case(node.path);
  };
  for (std::size_t i = 0; i < kept.nodes.size(); ++i) {
    known.emplace(key(kept.nodes[i]), i);
  }
  for (IisNode& node : other.nodes) {
    const auto [place, is_new] = known.emplace(key(node), kept.nodes.size());
    if (is_new) {
      kept.nodes.push_back(std::move(node));
    } else {
      combine(kept.nodes[place->second], node, combiner);
    }
  }
  for (facts::IisPool& pool : other.pools) {
    const auto same =
        std::find_if(kept.pools.begin(), kept.pools.end(),
                     [&](const facts::IisPool& candidate) {
                       return text::same_name(candidate.name, pool.name);
                     });
    if (same == kept.pools.end()) {
      kept.pools.push_back(std::move(pool));
    } else {
      combiner(same->runs_as, pool.runs_as, "the pool " + pool.name);
    }
  }
  combiner(kept.pool_default, other.pool_default, "the default pool identity");
  combiner(kept.isolation_mode, other.isolation_mode, "the isolation mode");
  kept.whole = kept.whole || other.whole;
  kept.names_sites = kept.names_sites || other.names_sites;
}

// The same key twice in one file (FORMATS.md 3.8): the first one counts where
// they agree, nothing where they do not.
void fold_duplicates(IisConfig& config, Combiner& combiner) {
  std::vector<IisNode> nodes = std::move(config.nodes);
  IisConfig only_nodes;
  only_nodes.nodes = std::move(nodes);
  config.nodes.clear();
  const bool whole = config.whole;
  combine(config, std::move(only_nodes), combiner);
  config.whole = whole;
}

void combine(facts::Account& kept, const facts::Account& other,
             Combiner& combiner) {
  const auto field = [&](auto& one, const auto& two, std::string_view what) {
    combiner(one, two, fmt::format("{} of {}", what, kept.name));
  };
  field(kept.active, other.active, "the state");
  field(kept.locked, other.locked, "the lock");
  field(kept.expires, other.expires, "the expiry");
  field(kept.password_expires, other.password_expires, "the password's expiry");
  field(kept.password_last_set, other.password_last_set, "the password's date");
  field(kept.password_required, other.password_required, "the password");
  field(kept.workstations, other.workstations, "the workstations");
  field(kept.logon_hours, other.logon_hours, "the logon hours");
  field(kept.local_groups, other.local_groups, "the local groups");
  field(kept.global_groups, other.global_groups, "the global groups");
}

void combine(facts::AccountDatabase& kept, facts::AccountDatabase other,
             Combiner& combiner) {
  for (facts::Account& account : other.accounts) {
    const auto same =
        std::find_if(kept.accounts.begin(), kept.accounts.end(),
                     [&](const facts::Account& candidate) {
                       return candidate.from_domain == account.from_domain &&
                              text::same_name(candidate.name, account.name);
                     });
    if (same == kept.accounts.end()) {
      kept.accounts.push_back(std::move(account));
    } else {
      combine(*same, account, combiner);
    }
  }
  for (facts::LocalGroup& group : other.groups) {
    const auto same =
        std::find_if(kept.groups.begin(), kept.groups.end(),
                     [&](const facts::LocalGroup& candidate) {
                       return text::same_name(candidate.name, group.name);
                     });
    if (same == kept.groups.end()) {
      kept.groups.push_back(std::move(group));
    } else {
      combiner(same->members, group.members, "the members of " + group.name);
    }
  }
  std::move(other.lists.begin(), other.lists.end(),
            std::back_inserter(kept.lists));
  std::move(other.missing.begin(), other.missing.end(),
            std::back_inserter(kept.missing));
}

// Plain lists become one; each policy stays by itself.
void combine(std::vector<facts::RightsList>& kept, facts::RightsList other,
             Combiner& combiner) {
  const auto same =
      std::find_if(kept.begin(), kept.end(),
                   [](const auto& candidate) { return !candidate.is_policy; });
  if (other.is_policy || same == kept.end()) {
    kept.push_back(std::move(other));
    return;
  }
  for (std::size_t i = 0; i < facts::kLogonRights; ++i) {
    combiner(same->rights.at(i), other.rights.at(i),
             facts::constant_name(static_cast<facts::LogonRight>(i)));
  }
  same->cut = same->cut ? same->cut : other.cut;
}

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
// the newest: their names are numbered.
void drop_history(std::vector<FileFacts>& files) {
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
    for (FileFacts& file : files) {
      if (file.historical && &file != newest) {
        std::erase_if(file.configs, [&](const IisConfig& config) {
          return config.store == store;
        });
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
// configured account does not remember as a former one, else the first.
std::string choose_computer(const std::vector<FileFacts>& files,
                            const Said& said) {
  if (!said.computer.empty()) {
    return said.computer;
  }
  std::vector<std::pair<std::string, int>> claims;
  for (const FileFacts& file : files) {
    if (!file.machine.computer.has_value()) {
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
  if (!said.computer.empty()) {
    machine.computer = {said.computer, option("computer")};
  } else if (!machine.computer.has_value() && machine.host_name.has_value()) {
    // The NetBIOS name is the host name's first 15 characters.
    constexpr std::size_t kNetbiosName = 15;
    machine.computer = {
        text::fold_case(text::prefix(*machine.host_name, kNetbiosName)),
        machine.host_name.origin()};
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
  drop_history(files);
  leave_out_other_computers(files, said, server.problems);
  apply_redirection(files, server.notes);
  Combiner combiner(server.problems);
  for (FileFacts& file : files) {
    if (!file.machine_is_template) {
      combine(server.machine, file.machine, combiner);
    }
    combine(server.accounts, std::move(file.accounts), combiner);
    for (facts::RightsList& list : file.rights) {
      combine(server.rights, std::move(list), combiner);
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
  for (const FileFacts& file : files) {
    if (file.machine_is_template) {
      fill(server.machine, file.machine);
    }
  }
  settle_versions(server.machine, said);
  settle_iis6(server.machine, merged.configs);
  drop_unused_registry(merged.configs, server.machine);
  return merged;
}

}  // namespace iisdiag::evidence
