#include "cli/live.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "checks/account_finder.hpp"
#include "checks/logon_plan.hpp"
#include "cli/select.hpp"
#include "evidence/load.hpp"
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

// What to ask Windows about the account of an identity; nothing where no
// account is meant that it could tell of.
std::optional<AccountQuestion> question_for(const Server& server,
                                            const facts::Identity& identity) {
  using checks::Place;
  const auto account = checks::find_account(server, identity);
  const auto& machine = server.machine;
  switch (account.place) {
    case Place::kLocal: {
      // A controller keeps the accounts of its domain, and none of its own.
      const bool controller = machine.role.is(facts::Role::kDomainController);
      const auto& owner = controller ? machine.domain : machine.computer;
      return AccountQuestion{owner.value_or(account.name.domain),
                             account.name.name, false};
    }
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
    case Place::kBuiltIn:
    case Place::kNowhere:
      break;
  }
  return std::nullopt;
}

std::vector<AccountQuestion> questions_of(const Server& server) {
  std::vector<AccountQuestion> questions;
  for (const facts::Identity& identity : server.identities) {
    auto question = question_for(server, identity);
    if (question && std::none_of(questions.begin(), questions.end(),
                                 [&](const AccountQuestion& other) {
                                   return text::same_name(other.text(),
                                                          question->text());
                                 })) {
      questions.push_back(std::move(*question));
    }
  }
  return questions;
}

// The account that a planned logon is for.
std::optional<AccountQuestion> account_of(const Server& server,
                                          const facts::LogonTrial& trial) {
  for (const facts::Identity& identity : server.identities) {
    if (checks::shown_account(server, identity) == trial.account) {
      return question_for(server, identity);
    }
  }
  return std::nullopt;
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
    result_.has_iis = live_.has_iis();
    put_together();
    const auto questions = questions_of(result_.server);
    if (!questions.empty()) {
      live_.read_accounts(questions, result_.server.machine, result_.facts);
      live_.read_rights(result_.facts);
      put_together();
    }
    log_on();
    return std::move(result_);
  }

 private:
  void put_together() {
    facts::Server& server = result_.server;
    server =
        evidence::assemble({result_.facts}, options_.said, options_.account);
    server.source.kind = facts::SourceKind::kLive;
    server.source.captured_at = live_.now();
    server.source.is_server_clock = true;
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
    for (facts::LogonTrial& trial : trials) {
      if (trial.refrain != facts::LogonRefrain::kNone) {
        continue;
      }
      if (const auto account = account_of(result_.server, trial)) {
        live_.try_logon(*account, options_.password, trial);
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
