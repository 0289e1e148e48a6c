#include "cli/live.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "checks/account_finder.hpp"
#include "checks/logon_plan.hpp"
#include "checks/server_index.hpp"
#include "cli/select.hpp"
#include "evidence/load.hpp"
#include "iisdiag/version.hpp"
#include "text/unicode.hpp"

namespace iisdiag::cli {
namespace {

using evidence::AccountQuestion;
using facts::Server;

class Forgetting {
 public:
  explicit Forgetting(evidence::LiveServer& live) : live_(live) {}
  Forgetting(const Forgetting&) = delete;
  Forgetting& operator=(const Forgetting&) = delete;
  Forgetting(Forgetting&&) = delete;
  Forgetting& operator=(Forgetting&&) = delete;
  ~Forgetting() { live_.forget_passwords(); }

 private:
  evidence::LiveServer& live_;
};

bool is_controller(const facts::Machine& machine) {
  return machine.role.is(facts::Role::kDomainController);
}

// What to ask Windows about an account; nothing where none is meant that it
// could tell of.
std::optional<AccountQuestion> question_for(
    const Server& server, const checks::AccountView& account) {
  using checks::Place;
  const auto& machine = server.machine;
  switch (account.place) {
    case Place::kLocal: {
      // A controller keeps the accounts of its domain, and none of its own.
      const auto& owner =
          is_controller(machine) ? machine.domain : machine.computer;
      return AccountQuestion{owner.value_or(account.name.domain),
                             account.name.name, false};
    }
    case Place::kBuiltIn:
      // Another one of that name would stand in its way (iusr-shadowed).
      return machine.computer.has_value() && !is_controller(machine)
                 ? std::optional<AccountQuestion>(
                       {*machine.computer, account.name.name, false})
                 : std::nullopt;
    case Place::kDomain:
      return account.name.is_upn ? AccountQuestion{{},
                                                   account.name.name + "@" +
                                                       account.name.domain,
                                                   true}
                                 : AccountQuestion{account.name.domain,
                                                   account.name.name, true};
    case Place::kUnknown:
    case Place::kUndecided:
    case Place::kNotConfigured:
    case Place::kPoolIdentity:
    case Place::kNowhere:
      break;
  }
  return std::nullopt;
}

// Of all identities, by the account as reports show it.
std::vector<std::pair<std::string, AccountQuestion>> questions_of(
    const Server& server) {
  const checks::ServerIndex index(server);
  std::vector<std::pair<std::string, AccountQuestion>> questions;
  std::unordered_set<std::string> asked;
  for (const facts::Identity& identity : server.identities) {
    const auto account = checks::find_account(server, identity, index);
    auto question = question_for(server, account);
    if (question && asked.insert(text::fold_case(question->text())).second) {
      questions.emplace_back(account.shown, std::move(*question));
    }
  }
  return questions;
}

class Reader {
 public:
  Reader(evidence::LiveServer& live, const LiveOptions& options)
      : live_(live), options_(options) {}

  Live run() {
    const Forgetting forgetting(live_);
    result_.facts.file = "this server";
    result_.facts.is_live = true;
    live_.read_configuration(result_.facts);
    result_.facts.captured = header();
    result_.has_iis = live_.has_iis();
    put_together();
    std::vector<AccountQuestion> questions;
    for (auto& [shown, question] : questions_of(result_.server)) {
      questions.push_back(std::move(question));
    }
    if (!questions.empty()) {
      live_.read_accounts(questions, result_.server.machine, result_.facts);
      live_.read_rights(result_.facts);
    }
    if (result_.has_iis) {
      live_.read_records(result_.server.machine, result_.facts);
    }
    put_together();
    log_on();
    return std::move(result_);
  }

 private:
  evidence::SnapshotHeader header() {
    const facts::Moment now = live_.now();
    evidence::SnapshotHeader header;
    header.version = kVersion;
    header.computer = result_.facts.machine.computer.value_or({});
    header.utc_offset_minutes = now.utc_offset_minutes.value_or(0);
    header.captured_at = now.clock - header.utc_offset_minutes * facts::kMinute;
    header.elevated = live_.is_elevated();
    return header;
  }

  void put_together() {
    facts::Server& server = result_.server;
    server =
        evidence::assemble({result_.facts}, options_.said, options_.account);
    server.source.kind = facts::SourceKind::kLive;
    if (!options_.account.empty()) {
      keep_account(server, options_.account);
    }
    if (!options_.node.empty()) {
      keep_node(server, options_.node);
    }
  }

  void log_on() {
    auto trials = checks::plan_logons(
        result_.server, {.may_log_on = options_.may_log_on,
                         .has_given = options_.password != nullptr});
    if (options_.password != nullptr && trials.size() > 1) {
      for (const facts::LogonTrial& trial : trials) {
        result_.ambiguous.push_back(trial.account);
      }
      return;
    }
    const auto questions = questions_of(result_.server);
    for (facts::LogonTrial& trial : trials) {
      if (trial.refrain != facts::LogonRefrain::kNone) {
        continue;
      }
      const auto account = std::find_if(
          questions.begin(), questions.end(), [&](const auto& question) {
            return text::same_name(question.first, trial.account);
          });
      if (account != questions.end()) {
        live_.try_logon(account->second, options_.password, trial);
      } else {
        trial.refrain = facts::LogonRefrain::kLockoutRisk;
        trial.why = "the account could not be told from others";
      }
    }
    result_.facts.trials = trials;
    result_.server.trials = std::move(trials);
  }

  evidence::LiveServer& live_;
  const LiveOptions& options_;
  Live result_;
};

}  // namespace

Live read_live(evidence::LiveServer& live, const LiveOptions& options) {
  return Reader(live, options).run();
}

}  // namespace iisdiag::cli
