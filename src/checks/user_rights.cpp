// Does the account hold the right that its logon needs?
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "checks/check.hpp"
#include "checks/logon_token.hpp"
#include "checks/rights_judge.hpp"
#include "knowledge/remedies.hpp"
#include "knowledge/uncertain.hpp"
#include "knowledge/well_known.hpp"
#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

namespace remedies = knowledge::remedies;
using facts::LogonRight;
using knowledge::either;
using knowledge::FindingInfo;
using knowledge::only;
using knowledge::Severity;
using Kind = RightOutcome::Kind;

constexpr std::array kFindings = {
    FindingInfo{"right-missing", only(Severity::kFail),
                "the logon right is not granted", remedies::right_missing, ""},
    FindingInfo{"right-denied", only(Severity::kFail),
                "a deny right covers the account", remedies::right_denied, ""},
    FindingInfo{"right-overwritten",
                either(Severity::kFail, Severity::kWarning),
                "a policy sets the right without the account",
                remedies::right_overwritten, ""},
    FindingInfo{"right-local-missing", only(Severity::kWarning),
                "password sync is on and the local logon is not granted",
                remedies::right_local_missing, ""},
    FindingInfo{"audit-full", only(Severity::kFail),
                "the security log is full and only administrators may log on",
                remedies::audit_full, ""},
    FindingInfo{"force-guest", only(Severity::kWarning),
                "network logons of local accounts become Guest",
                remedies::force_guest, ""},
    FindingInfo{"rights-not-read", only(Severity::kUnknown),
                "rights or groups that decide were not read",
                remedies::rights_not_read, ""},
};

class Rights {
 public:
  explicit Rights(const Case& subject)
      : subject_(subject), verdict_(kFindings) {}

  Verdict run() {
    const AccountView& account = subject_.account;
    if (account.place == Place::kPoolIdentity) {
      return VerdictBuilder::skip("the pool identity needs no logon right");
    }
    if (account.place == Place::kBuiltIn) {
      return VerdictBuilder::skip("the built-in account needs no logon right");
    }
    if (has_no_account(subject_)) {
      return VerdictBuilder::skip("no such account");
    }
    if (account.place == Place::kUnknown) {
      verdict_.raise("rights-not-read", Severity::kUnknown,
                     "which account needs the right is not known");
      judge_audit();
      return std::move(verdict_).finish({});
    }
    const std::string passed = judge_logons();
    judge_local_logon();
    judge_audit();
    judge_force_guest();
    return std::move(verdict_).finish(passed);
  }

 private:
  std::vector<LogonRight> rights() const {
    std::vector<LogonRight> rights;
    for (const facts::LogonMethod method : subject_.logons) {
      const LogonRight right = right_for(method);
      if (std::find(rights.begin(), rights.end(), right) == rights.end()) {
        rights.push_back(right);
      }
    }
    return rights;
  }

  // The words for a pass. Where several logons are possible their outcomes
  // must agree, or it matters which one IIS makes.
  std::string judge_logons() {
    std::vector<RightOutcome> outcomes;
    for (const LogonRight right : rights()) {
      outcomes.push_back(judge_right(subject_, right));
    }
    const auto all = [&](auto accepted) {
      return std::all_of(outcomes.begin(), outcomes.end(), accepted);
    };
    const bool held = all([](const auto& o) { return o.kind == Kind::kHeld; });
    if (held) {
      return outcomes.size() == 1 ? outcomes.front().summary
                                  : "every logon that IIS may make is allowed";
    }
    const auto fails = [](const auto& o) {
      return o.kind > Kind::kUnknown && !o.held_now;
    };
    if (all(fails) || all([](const auto& o) { return o.held_now; })) {
      raise(std::move(outcomes.front()));
      return {};
    }
    const auto open =
        std::find_if(outcomes.begin(), outcomes.end(),
                     [](const auto& o) { return o.kind == Kind::kUnknown; });
    if (use_records()) {
      return {};
    }
    if (open != outcomes.end()) {
      raise(std::move(*open));
      return {};
    }
    std::vector<Seen> seen;
    seen.reserve(outcomes.size() + 1);
    for (const RightOutcome& outcome : outcomes) {
      seen.push_back({outcome.summary, outcome.found.empty()
                                           ? facts::Origin{}
                                           : outcome.found.front().origin});
    }
    // The method of FTP 6 is unknown where nothing sets it.
    if (subject_.identity.service == facts::Service::kFtp6 &&
        !subject_.identity.without_configuration &&
        subject_.sync.mode != SyncView::Mode::kUnknown &&
        subject_.sync_support() == knowledge::SyncSupport::kNeedsRegistration) {
      seen.push_back({knowledge::uncertain_text("U9"), {}});
    }
    verdict_.raise("rights-not-read", Severity::kUnknown,
                   "which logon IIS makes here is not known, and it decides",
                   std::move(seen));
    return {};
  }

  // What was read does not tell; a logon on record does (1385).
  bool use_records() {
    const RecordedVerdict verdict = judge_recorded(subject_);
    if (verdict.kind != RecordedVerdict::Kind::kRefused ||
        !is_about_right(verdict.record->code)) {
      return false;
    }
    const facts::LogonAttempt& attempt = *verdict.record->attempt;
    std::vector<Seen> seen = {{record_text(attempt), attempt.last_origin}};
    const auto asked =
        attempt.logon_type ? right_of_type(*attempt.logon_type) : std::nullopt;
    const LogonRight right = asked.value_or(right_for(subject_.logons.front()));
    knowledge::Subject about;
    about.right = right;
    about.may_be_denied = true;
    const std::string what = asked || subject_.logons.size() == 1
                                 ? std::string(logon_words(right))
                                 : std::string("the logon that IIS makes");
    if (comes_back_after_start(subject_, *verdict.record)) {
      for (const facts::LogonAttempt* start : subject_.recorded.starts) {
        seen.push_back({record_text(*start), start->last_origin});
      }
      verdict_.raise("right-overwritten", Severity::kFail,
                     fmt::format("{} is refused again after a start", what),
                     std::move(seen), std::move(about));
      return true;
    }
    RightOutcome outcome = judge_right(subject_, right);
    if (outcome.is_granted) {
      seen.insert(seen.end(), outcome.found.begin(), outcome.found.end());
      about.group = std::move(outcome.open_denial);
      verdict_.raise(
          "right-denied", Severity::kFail,
          fmt::format("{} is granted and was refused: it is denied", what),
          std::move(seen), std::move(about));
    } else {
      verdict_.raise("right-missing", Severity::kFail,
                     fmt::format("{} is not granted, or denied", what),
                     std::move(seen), std::move(about));
    }
    return true;
  }

  // IIS 4.0 and 5.x vouch for the password. Sources disagree which right that
  // logon needs (FACTS.md U1).
  bool is_vouched() const {
    return subject_.sync.mode == SyncView::Mode::kEffective &&
           subject_.sync_support() == knowledge::SyncSupport::kWorks;
  }

  void raise(RightOutcome outcome) {
    std::string_view id = "rights-not-read";
    if (outcome.kind > Kind::kUnknown && is_vouched()) {
      outcome.found.push_back({knowledge::uncertain_text("U1"), {}});
    }
    Severity severity = Severity::kUnknown;
    switch (outcome.kind) {
      case Kind::kMissing:
        id = "right-missing";
        severity = Severity::kFail;
        break;
      case Kind::kDenied:
        id = "right-denied";
        severity = Severity::kFail;
        break;
      case Kind::kOverwritten:
        id = "right-overwritten";
        severity = outcome.held_now ? Severity::kWarning : Severity::kFail;
        break;
      case Kind::kHeld:
      case Kind::kUnknown:
        break;
    }
    verdict_.raise(id, severity, std::move(outcome.summary),
                   std::move(outcome.found), std::move(outcome.subject));
  }

  void judge_local_logon() {
    if (!is_vouched() || verdict_.has_failed() ||
        verdict_.has("rights-not-read")) {
      return;
    }
    RightOutcome local = judge_right(subject_, LogonRight::kInteractive);
    const Seen doubt{knowledge::uncertain_text("U1"), {}};
    if (local.kind == Kind::kUnknown) {
      local.summary = "local logon, which password sync may need: " +
                      std::move(local.summary);
      local.found.push_back(doubt);
      raise(std::move(local));
    } else if (local.kind > Kind::kUnknown && !local.held_now) {
      local.found.push_back(doubt);
      verdict_.raise("right-local-missing", Severity::kWarning,
                     "local logon is not held, which password sync may need",
                     std::move(local.found), std::move(local.subject));
    }
  }

  // KB922730, KB832981.
  void judge_audit() {
    const auto& value = subject_.server.machine.crash_on_audit_fail;
    if (!value.is(2) || is_administrator()) {
      return;
    }
    verdict_.raise("audit-full", Severity::kFail,
                   "the security log is full: only administrators may log on",
                   {{"CrashOnAuditFail is 2", value.origin()}});
  }

  bool is_administrator() const {
    const auto sid = facts::Sid::parse(knowledge::kAdministrators);
    const LogonToken token(subject_, LogonRight::kNetwork);
    return token.covers({sid, {}}, true).covers == knowledge::Tristate::kYes;
  }

  void judge_force_guest() {
    const auto& value = subject_.server.machine.force_guest;
    const bool network =
        !subject_.logons.empty() &&
        std::all_of(subject_.logons.begin(), subject_.logons.end(),
                    [](facts::LogonMethod method) {
                      return right_for(method) == LogonRight::kNetwork;
                    });
    const bool exists = subject_.windows_agree([](const auto& rules) {
      return rules.force_guest;
    }) != false;
    if (value.is(1) && network && exists &&
        subject_.account.place == Place::kLocal &&
        !subject_.account.is_domain_account) {
      std::vector<Seen> seen = {{"ForceGuest is 1", value.origin()}};
      if (subject_.sync.mode == SyncView::Mode::kEffective) {
        seen.push_back({knowledge::uncertain_text("U12"), {}});
      }
      verdict_.raise("force-guest", Severity::kWarning,
                     "network logons of local accounts become Guest",
                     std::move(seen));
    }
  }

  const Case& subject_;
  VerdictBuilder verdict_;
};

Verdict run(const Case& subject) { return Rights(subject).run(); }

}  // namespace

const Check kUserRights{
    "user-rights", "User rights",
    "the logon that IIS makes is granted to the account and not denied",
    kFindings, run};

}  // namespace iisdiag::checks
