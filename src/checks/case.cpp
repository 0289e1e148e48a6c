#include "checks/case.hpp"

#include <fmt/format.h>

#include "knowledge/well_known.hpp"
#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonMethod;
using facts::Service;
using facts::Store;
using knowledge::SyncSupport;

// What IIS 6 needs to act on the flag (WS03:cc739654, KB332167).
void judge_iis6_sync(const facts::Server& server,
                     const facts::Identity& identity,
                     const facts::LogonAttempt* notice, SyncView& view) {
  std::vector<std::string> unread;
  std::vector<facts::Origin> unread_origins;
  const auto& registered = server.machine.subauthentication;
  if (registered.is_unknown() && notice != nullptr) {
    view.registration_missing = true;
    view.reasons.emplace_back("IIS noted that iissuba.dll is not registered");
    view.origins.push_back(notice->last_origin);
  } else if (registered.is_unknown()) {
    unread.emplace_back("the registration of iissuba.dll (Lsa\\MSV1_0)");
  } else if (registered.is_absent() ||
             !text::same_name(*registered, "IISSUBA")) {
    view.registration_missing = true;
    view.reasons.emplace_back("iissuba.dll is not registered");
    view.origins.push_back(registered.origin());
  }
  // FTP, and IIS 5 isolation mode, log on in inetinfo, which is LocalSystem.
  if (identity.service == Service::kWeb && !identity.isolation_mode.is(true)) {
    if (identity.isolation_mode.is_unknown()) {
      unread.emplace_back("the isolation mode");
    }
    for (const facts::PoolUse& pool : identity.pools) {
      if (!pool.runs_as.has_value()) {
        unread.push_back(fmt::format("the identity of the pool {}",
                                     text::printable(pool.name)));
      } else if (*pool.runs_as != facts::PoolAccount::kLocalSystem &&
                 !identity.isolation_mode.is_unknown()) {
        view.wrong_pools.push_back(pool.name);
        view.reasons.push_back(
            fmt::format("the pool {} runs as {}, not as LocalSystem",
                        text::printable(pool.name),
                        facts::pool_account_name(*pool.runs_as)));
        view.origins.push_back(pool.runs_as.origin());
      }
    }
  }
  if (!view.reasons.empty()) {
    view.mode = SyncView::Mode::kIneffective;
  } else if (!unread.empty()) {
    view.mode = SyncView::Mode::kUnknown;
    view.reasons = std::move(unread);
  } else {
    view.mode = SyncView::Mode::kEffective;
  }
}

SyncView view_sync(const Case& subject,
                   const facts::LogonAttempt* subauth_notice) {
  SyncView view;
  const auto support = subject.sync_support();
  const auto& flag = subject.identity.password_sync.value;
  if (support == SyncSupport::kNone) {
    view.mode = SyncView::Mode::kNone;
  } else if (flag.is(false)) {
    view.mode = SyncView::Mode::kOff;
  } else if (!flag.has_value()) {
    view.reasons.push_back(flag.reason().why.empty() ? "AnonymousPasswordSync"
                                                     : flag.reason().why);
  } else if (support == SyncSupport::kWorks) {
    view.mode = SyncView::Mode::kEffective;
  } else if (support == SyncSupport::kNeedsRegistration) {
    judge_iis6_sync(subject.server, subject.identity, subauth_notice, view);
  } else {
    view.reasons.emplace_back("the IIS version");
  }
  return view;
}

std::vector<LogonMethod> possible_logons(const Case& subject) {
  const Place place = subject.account.place;
  if (place == Place::kPoolIdentity || place == Place::kBuiltIn) {
    return {};
  }
  if (subject.sync.mode == SyncView::Mode::kEffective) {
    return {LogonMethod::kNetwork};
  }
  std::vector<LogonMethod> logons;
  const auto& method = subject.identity.logon_method.value;
  if (method.has_value()) {
    logons.push_back(*method);
  } else if (subject.identity.without_configuration) {
    // The configuration could set any.
    logons = {LogonMethod::kInteractive, LogonMethod::kNetwork,
              LogonMethod::kBatch};
  } else {
    // The local and the network logon are the two that setup ever writes.
    logons = {LogonMethod::kInteractive, LogonMethod::kNetwork};
  }
  if (subject.sync.mode == SyncView::Mode::kUnknown) {
    logons.push_back(LogonMethod::kNetwork);
  }
  return logons;
}

}  // namespace

Case make_case(const facts::Server& server, const facts::Identity& identity) {
  return make_case(server, identity, ServerIndex(server));
}

Case make_case(const facts::Server& server, const facts::Identity& identity,
               const ServerIndex& index) {
  // Without a configuration the store is a guess that must not narrow the
  // versions down.
  const auto store = identity.without_configuration
                         ? std::optional<Store>{}
                         : std::optional(identity.store);
  Case result{server,
              identity,
              knowledge::possible_iis(server.machine, store),
              knowledge::possible_windows(server.machine, store),
              index.names(),
              find_account(server, identity, index),
              {},
              {},
              nullptr,
              std::nullopt,
              {}};
  result.sync = view_sync(result, index.subauth_notice());
  result.logons = possible_logons(result);
  result.trial = index.trial_of(result.account);
  result.clients_may_log_on = index.clients_may_log_on();
  result.recorded = find_recorded(result, index);
  return result;
}

bool has_no_account(const Case& subject) {
  const AccountView& view = subject.account;
  return view.place == Place::kNotConfigured || view.place == Place::kNowhere ||
         view.presence == Presence::kMissing || !view.not_a_user.empty();
}

bool was_promoted(const Case& subject) {
  return subject.server.machine.role.is(facts::Role::kDomainController) &&
         knowledge::is_setup_name(subject.account.name.name) &&
         subject.windows_agree([](const auto& rules) {
           return rules.tools != knowledge::Tools::kNt;
         }) == true;
}

bool has_empty_password(const facts::Identity& identity) {
  const auto& password = identity.password.value;
  return password.is(facts::StoredPassword::kEmpty) ||
         (identity.store == Store::kAppHost && password.is_absent());
}

facts::LogonRight right_for(LogonMethod method) {
  switch (method) {
    case LogonMethod::kInteractive:
      return facts::LogonRight::kInteractive;
    case LogonMethod::kBatch:
      return facts::LogonRight::kBatch;
    case LogonMethod::kNetwork:
    case LogonMethod::kNetworkCleartext:
      break;
  }
  return facts::LogonRight::kNetwork;
}

std::string_view logon_words(facts::LogonRight right) {
  switch (right) {
    case facts::LogonRight::kInteractive:
    case facts::LogonRight::kDenyInteractive:
      return "local logon";
    case facts::LogonRight::kBatch:
    case facts::LogonRight::kDenyBatch:
      return "batch logon";
    case facts::LogonRight::kNetwork:
    case facts::LogonRight::kDenyNetwork:
      break;
  }
  return "network logon";
}

}  // namespace iisdiag::checks
