#include "checks/logon_plan.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <utility>

#include "checks/account_record.hpp"
#include "checks/case.hpp"
#include "checks/server_index.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonRefrain;
using facts::LogonTrial;
using facts::StoredPassword;

struct Refusal {
  LogonRefrain refrain = LogonRefrain::kNone;
  std::string why;
};

Refusal judge_password(const Case& subject) {
  const auto& password = subject.identity.password.value;
  if (has_empty_password(subject.identity)) {
    return {};
  }
  if (password.is(StoredPassword::kClearText)) {
    return subject.identity.password_group != 0
               ? Refusal{}
               : Refusal{LogonRefrain::kUnreadable,
                         "it is read only where IIS itself tells it"};
  }
  if (password.is(StoredPassword::kLost)) {
    return {LogonRefrain::kUnreadable,
            "the stored password is marked as no longer valid"};
  }
  if (password.is_absent()) {
    return {LogonRefrain::kUnreadable, "no password is stored"};
  }
  const std::string& why = password.reason().why;
  return {LogonRefrain::kUnreadable,
          why.empty() ? "the stored password cannot be read" : why};
}

Refusal judge_account(const Case& subject) {
  // Without it two names could be one account, and that be tried twice.
  if (!subject.account.sid) {
    return {LogonRefrain::kLockoutRisk, "its SID could not be read"};
  }
  const facts::Account* record = subject.account.record;
  if (record == nullptr || !record->active.has_value() ||
      !record->locked.has_value()) {
    return {LogonRefrain::kLockoutRisk,
            "the account's own record could not be read"};
  }
  if (!*record->active) {
    return {LogonRefrain::kNoSuchAccount, "the account is disabled"};
  }
  if (*record->locked) {
    return {LogonRefrain::kNoSuchAccount, "the account is locked out"};
  }
  if (has_expired(subject) == true) {
    return {LogonRefrain::kNoSuchAccount, "the account has expired"};
  }
  return {};
}

std::string reason_or(const facts::Observed<std::uint32_t>& fact,
                      std::string_view otherwise) {
  const std::string& why = fact.reason().why;
  return why.empty() ? std::string(otherwise) : why;
}

Refusal judge_lockout(const Case& subject) {
  const auto& accounts = subject.server.accounts;
  const bool in_domain = subject.account.place == Place::kDomain;
  const auto& threshold = in_domain ? accounts.domain_policy.lockout_threshold
                                    : accounts.policy.lockout_threshold;
  if (!threshold.has_value()) {
    return {LogonRefrain::kLockoutRisk,
            reason_or(threshold,
                      "after how many bad logons it locks could not be read")};
  }
  if (*threshold == 0) {
    return {};
  }
  if (*threshold < kSafeThreshold) {
    return {LogonRefrain::kLockoutRisk,
            fmt::format("it locks after {} bad logon{}", *threshold,
                        *threshold == 1 ? "" : "s")};
  }
  const auto& bad = subject.account.record->bad_logons;
  if (!bad.has_value()) {
    return {
        LogonRefrain::kLockoutRisk,
        reason_or(bad, "how many bad logons are counted could not be read")};
  }
  if (*bad > 0) {
    return {LogonRefrain::kLockoutRisk,
            fmt::format("{} bad logon{} of {} are counted already", *bad,
                        *bad == 1 ? "" : "s", *threshold)};
  }
  return {};
}

bool has_password_to_test(const Case& subject) {
  const Place place = subject.account.place;
  return (place == Place::kLocal || place == Place::kDomain ||
          place == Place::kUndecided) &&
         !has_no_account(subject) &&
         subject.sync.mode != SyncView::Mode::kEffective;
}

LogonTrial plan(const Case& subject, LogonWish wish) {
  LogonTrial trial;
  trial.account = subject.account.shown;
  trial.sid = subject.account.sid;
  trial.method = subject.logons.empty() ? facts::LogonMethod::kNetworkCleartext
                                        : subject.logons.front();
  trial.given = wish.has_given;
  if (!wish.has_given) {
    trial.password_from = subject.identity.password.node;
  }
  trial.password_group = subject.identity.password_group;
  const auto settle = [&](Refusal refusal) {
    trial.refrain = refusal.refrain;
    trial.why = std::move(refusal.why);
    return refusal.refrain != LogonRefrain::kNone;
  };
  if (!wish.may_log_on) {
    settle({LogonRefrain::kAskedNotTo, "no logon was wanted"});
  } else if (!wish.has_given && subject.sync.mode == SyncView::Mode::kUnknown) {
    settle({LogonRefrain::kSyncUnknown,
            "whether IIS vouches for the password is not known"});
  } else if ((wish.has_given || !settle(judge_password(subject))) &&
             !settle(judge_account(subject))) {
    settle(judge_lockout(subject));
  }
  return trial;
}

}  // namespace

std::vector<LogonTrial> plan_logons(const facts::Server& server,
                                    LogonWish wish) {
  const ServerIndex index(server);
  std::vector<LogonTrial> trials;
  TrialIndex planned;
  for (const facts::Identity& identity : server.identities) {
    const Case subject = make_case(server, identity, index);
    if (!identity.account.value.has_value() || !has_password_to_test(subject)) {
      continue;
    }
    std::size_t at = planned.find(subject.account);
    if (at == TrialIndex::kNone) {
      at = trials.size();
      trials.push_back(plan(subject, wish));
    } else if (trials[at].refrain == LogonRefrain::kUnreadable) {
      trials[at] = plan(subject, wish);
    }
    planned.put(at, trials[at]);
  }
  return trials;
}

}  // namespace iisdiag::checks
