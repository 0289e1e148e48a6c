#include "report/known_facts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/recorded.hpp"
#include "facts/rights.hpp"
#include "knowledge/uncertain.hpp"
#include "knowledge/well_known.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::report {
namespace {

std::string words(const std::string& text) {
  return text.empty() ? "\"\"" : text::printable(text);
}
std::string words(bool value) { return value ? "yes" : "no"; }
std::string words(int value) { return std::to_string(value); }
std::string words(std::uint32_t value) { return std::to_string(value); }
std::string words(facts::LogonMethod method) {
  return std::string(facts::method_name(method));
}
std::string words(facts::PoolAccount account) {
  return std::string(facts::pool_account_name(account));
}
std::string words(facts::Role role) {
  switch (role) {
    case facts::Role::kWorkstation:
      return "workstation";
    case facts::Role::kMember:
      return "member server";
    case facts::Role::kDomainController:
      return "domain controller";
  }
  return "";
}
std::string words(facts::StoredPassword password) {
  switch (password) {
    case facts::StoredPassword::kOpaque:
      return "stored, masked or encrypted";
    case facts::StoredPassword::kClearText:
      return "stored in clear text";
    case facts::StoredPassword::kEmpty:
      return "stored, empty";
    case facts::StoredPassword::kLost:
      return "stored, no longer valid";
  }
  return "";
}
std::string words(const facts::TimeRange& range) {
  const std::string first = facts::iso_text({range.earliest, std::nullopt});
  return range.earliest == range.latest
             ? first
             : fmt::format("{} or {}", first,
                           facts::iso_text({range.latest, std::nullopt}));
}
std::string words(const facts::Deadline& deadline) {
  const auto* range = std::get_if<facts::TimeRange>(&deadline);
  return range == nullptr ? "never" : words(*range);
}
std::string words(const facts::LogonHours& hours) {
  return hours.all ? "all" : words(hours.text);
}
std::string words(const std::vector<std::string>& names) {
  std::vector<std::string> shown;
  shown.reserve(names.size());
  for (const std::string& name : names) {
    shown.push_back(text::printable(name));
  }
  return shown.empty() ? "none" : text::join(shown, ", ");
}
std::string words(const std::vector<facts::Principal>& holders) {
  std::vector<std::string> names;
  names.reserve(holders.size());
  for (const facts::Principal& holder : holders) {
    names.push_back(holder.sid ? knowledge::name_of_sid(*holder.sid)
                               : holder.name);
  }
  return names.empty() ? "nobody" : words(names);
}

class FactList {
 public:
  // A fact that nothing speaks of is left out where `quiet`.
  template <class T>
  void add(std::string_view label, const facts::Observed<T>& fact,
           bool quiet = false) {
    std::string text;
    if (fact.has_value()) {
      text = words(*fact);
    } else if (fact.is_absent()) {
      text = "not set";
    } else if (!fact.reason().why.empty()) {
      text = fmt::format("not known: {}", fact.reason().why);
    } else if (quiet) {
      return;
    } else {
      text = "not known";
    }
    list_.push_back({std::string(label), std::move(text), fact.origin()});
  }
  template <class T>
  void add(std::string_view label, const facts::InForce<T>& fact) {
    add(label, fact.value);
    std::string& text = list_.back().text;
    if (fact.is_default) {
      text += " (default)";
    } else if (!fact.node.empty()) {
      text += fmt::format(" (at {})", text::printable(fact.node));
    }
  }
  std::vector<KnownFact> take() { return std::move(list_); }

 private:
  std::vector<KnownFact> list_;
};

// Rules that decide here, of which sources are silent or disagree, where no
// finding says so.
std::vector<std::string> doubts(const checks::Case& subject) {
  const facts::Identity& identity = subject.identity;
  const auto& method = identity.logon_method;
  std::vector<std::string> ids;
  if (identity.store == facts::Store::kRegistry && !method.is_default &&
      method.value.is(facts::LogonMethod::kNetwork)) {
    ids.emplace_back("U4");
  }
  if (subject.sync.mode == checks::SyncView::Mode::kEffective &&
      subject.sync_support() == knowledge::SyncSupport::kNeedsRegistration) {
    ids.emplace_back("U5");
  }
  if (identity.store == facts::Store::kAppHost &&
      identity.service == facts::Service::kWeb && identity.account.is_default &&
      identity.account.value.has_value()) {
    ids.emplace_back("U8");
  }
  const auto verdict = checks::judge_recorded(subject);
  if (verdict.record != nullptr && verdict.record->code &&
      verdict.record->attempt->kind == facts::RecordKind::kWebLog) {
    ids.emplace_back("U13");
  }
  return ids;
}

}  // namespace

std::vector<KnownFact> known_facts(const facts::Server& server) {
  const facts::Machine& machine = server.machine;
  FactList list;
  list.add("computer", machine.computer);
  list.add("windows", machine.windows);
  list.add("windows version", machine.windows_version, true);
  list.add("windows build", machine.windows_build, true);
  list.add("product", machine.product_name, true);
  list.add("service pack", machine.service_pack, true);
  list.add("role", machine.role);
  list.add("domain", machine.domain);
  list.add("iis", machine.iis);
  list.add("CrashOnAuditFail", machine.crash_on_audit_fail, true);
  list.add("ForceGuest", machine.force_guest, true);
  list.add("LimitBlankPasswordUse", machine.limit_blank_password_use, true);
  list.add("sub-authentication", machine.subauthentication, true);
  list.add("FTP AllowGuestAccess", machine.ftp_allow_guest_access, true);
  list.add("web AllowGuestAccess", machine.web_allow_guest_access, true);
  for (const facts::RightsList& rights : server.rights) {
    for (std::size_t i = 0; i < facts::kLogonRights; ++i) {
      const auto right = static_cast<facts::LogonRight>(i);
      const std::string name(facts::constant_name(right));
      list.add(rights.policy_name.empty()
                   ? name
                   : fmt::format("{} of \"{}\"", name,
                                 text::printable(rights.policy_name)),
               rights.holders(right), true);
    }
  }
  for (const facts::LocalGroup& group : server.accounts.groups) {
    list.add("group " + text::printable(group.name), group.members);
  }
  // What every Windows calls the same SIDs is no news.
  for (const facts::NamedSid& named : server.accounts.names) {
    if (named.sid.is_account()) {
      list.add(named.sid.text(),
               facts::Observed<std::string>(named.name, named.origin));
    }
  }
  constexpr std::size_t kShownLogs = 50;
  const auto& logs = server.records.logs;
  for (std::size_t i = 0; i < logs.size() && i < kShownLogs; ++i) {
    list.add("log", facts::Observed<std::string>(checks::log_text(logs[i]),
                                                 logs[i].origin));
  }
  if (logs.size() > kShownLogs) {
    list.add("logs", facts::Observed<std::string>(
                         fmt::format("{} more", logs.size() - kShownLogs),
                         facts::Origin{}));
  }
  for (const bool domain : {false, true}) {
    const facts::AccountPolicy& policy =
        domain ? server.accounts.domain_policy : server.accounts.policy;
    const std::string_view of = domain ? "domain " : "";
    list.add(fmt::format("{}lockout threshold", of), policy.lockout_threshold,
             true);
    list.add(fmt::format("{}lockout minutes", of), policy.lockout_minutes,
             true);
    list.add(fmt::format("{}lockout window", of), policy.lockout_window_minutes,
             true);
    list.add(fmt::format("{}maximum password age", of),
             policy.max_password_age_days, true);
  }
  return list.take();
}

std::vector<KnownFact> known_facts(const checks::Case& subject) {
  const facts::Identity& identity = subject.identity;
  FactList list;
  list.add("account", identity.account);
  list.add("password", identity.password);
  list.add("password sync", identity.password_sync);
  list.add("logon method", identity.logon_method);
  list.add("anonymous", identity.anonymous);
  if (identity.service == facts::Service::kFtp7) {
    list.add("logon domain", identity.logon_domain);
  }
  for (const facts::PoolUse& pool : identity.pools) {
    list.add("pool " + text::printable(pool.name), pool.runs_as);
  }
  list.add("isolation mode", identity.isolation_mode, true);
  if (const facts::Account* record = subject.account.record) {
    list.add("enabled", record->active);
    list.add("locked", record->locked);
    list.add("account expires", record->expires);
    list.add("password expires", record->password_expires);
    list.add("password last set", record->password_last_set, true);
    list.add("password required", record->password_required, true);
    list.add("last logon", record->last_logon, true);
    list.add("workstations", record->workstations);
    list.add("logon hours", record->logon_hours);
    list.add("local groups", record->local_groups);
    list.add("global groups", record->global_groups);
  }
  constexpr std::size_t kShownLogons = 20;
  const auto& refusals = subject.recorded.refusals;
  const std::size_t first =
      refusals.size() - std::min(refusals.size(), kShownLogons);
  for (std::size_t i = first; i < refusals.size(); ++i) {
    const facts::LogonAttempt& attempt = *refusals[i].attempt;
    list.add(refusals[i].is_own ? "logon refused" : "logon refused, whose?",
             facts::Observed<std::string>(checks::record_text(attempt),
                                          attempt.last_origin));
  }
  if (const auto& success = subject.recorded.success) {
    list.add("logon accepted", facts::Observed<std::string>(
                                   checks::record_text(*success->attempt),
                                   success->attempt->last_origin));
  }
  for (const std::string& id : doubts(subject)) {
    list.add("rule", facts::Observed<std::string>(knowledge::uncertain_text(id),
                                                  facts::Origin{}));
  }
  return list.take();
}

}  // namespace iisdiag::report
