#include "evidence/live_answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "evidence/combine.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::Account;
using facts::AccountDatabase;

bool tells_of_accounts(const AccountDatabase& database) {
  return !database.accounts.empty() || !database.lists.empty() ||
         !database.missing.empty() || !database.lookups.empty();
}

// An account of this machine that its own database does not have any more.
void drop_denied(const AccountDatabase& own, std::vector<Account>& accounts) {
  std::set<std::string> missing;
  for (const facts::MissingAccount& one : own.missing) {
    if (one.name && !one.from_domain) {
      missing.insert(text::fold_case(*one.name));
    }
  }
  std::set<std::string> listed;
  bool is_complete = false;
  for (const facts::AccountList& list : own.lists) {
    is_complete = is_complete || list.complete;
    for (const std::string& name : list.names) {
      listed.insert(text::fold_case(name));
    }
  }
  std::erase_if(accounts, [&](const Account& account) {
    const std::string name = text::fold_case(account.name);
    return !account.from_domain &&
           (missing.contains(name) || (is_complete && !listed.contains(name)));
  });
}

void fill_accounts(AccountDatabase& own, AccountDatabase others,
                   Combiner& combiner) {
  if (tells_of_accounts(own)) {
    others.lists.clear();
    others.missing.clear();
    drop_denied(own, others.accounts);
  }
  combine(own, std::move(others), combiner);
}

}  // namespace

void keep_newest_snapshot(std::vector<FileFacts>& files,
                          std::vector<facts::Note>& notes) {
  const FileFacts* newest = nullptr;
  for (const FileFacts& file : files) {
    if (file.is_live && file.captured &&
        (newest == nullptr ||
         newest->captured->captured_at < file.captured->captured_at)) {
      newest = &file;
    }
  }
  for (FileFacts& file : files) {
    if (!file.is_live || !file.captured || &file == newest) {
      continue;
    }
    notes.push_back(
        {fmt::format("{} is left out: {} is a later snapshot of this server",
                     text::printable(file.file), text::printable(newest->file)),
         facts::Origin::in_file(file.file, 0)});
    FileFacts empty;
    empty.file = file.file;
    empty.folder = file.folder;
    file = std::move(empty);
  }
}

void drop_beside_live(std::vector<FileFacts>& files) {
  for (const auto store : {facts::Store::kRegistry, facts::Store::kMetabase,
                           facts::Store::kAppHost}) {
    const auto is_of_store = [&](const facts::IisConfig& config) {
      return config.store == store;
    };
    const auto has_it = [&](const FileFacts& file) {
      return std::any_of(file.configs.begin(), file.configs.end(), is_of_store);
    };
    if (std::none_of(files.begin(), files.end(), [&](const auto& file) {
          return file.is_live && has_it(file);
        })) {
      continue;
    }
    for (FileFacts& file : files) {
      if (file.is_live) {
        continue;
      }
      std::erase_if(file.configs, is_of_store);
      if (store == facts::Store::kAppHost) {
        file.iis7 = {};
        file.elsewhere.clear();
        file.redirects_configuration = false;
      }
    }
  }
}

void fill_from(Answers& own, Answers others) {
  std::vector<facts::Problem> none;
  Combiner combiner(none, Combiner::Beats::kFirst);
  combine(own.machine, others.machine, combiner);
  fill_accounts(own.accounts, std::move(others.accounts), combiner);
  const bool knows_policies =
      own.policy_report ||
      std::any_of(own.rights.begin(), own.rights.end(),
                  [](const auto& list) { return list.is_policy; });
  for (facts::RightsList& list : others.rights) {
    if (!list.is_policy || !knows_policies) {
      combine(own.rights, std::move(list), combiner);
    }
  }
  if (!knows_policies) {
    own.policy_report = std::move(others.policy_report);
  }
}

std::optional<facts::Moment> captured_at(const std::vector<FileFacts>& files,
                                         const std::string& computer) {
  const SnapshotHeader* newest = nullptr;
  const auto consider = [&](const SnapshotHeader& header) {
    const bool is_ours = computer.empty() || header.computer.empty() ||
                         text::same_name(computer, header.computer);
    if (is_ours && header.captured_at != 0 &&
        (newest == nullptr || newest->captured_at < header.captured_at)) {
      newest = &header;
    }
  };
  for (const FileFacts& file : files) {
    if (file.captured) {
      consider(*file.captured);
    }
    if (file.collection) {
      consider(file.collection->header);
    }
  }
  return newest == nullptr ? std::nullopt : std::optional(newest->moment());
}

}  // namespace iisdiag::evidence
