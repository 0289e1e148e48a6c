// Who answers for the password: IIS (password sync, sub-authentication) or the
// stored one, and is it there?
#include <fmt/format.h>

#include <array>

#include "checks/check.hpp"
#include "knowledge/logon_codes.hpp"
#include "knowledge/remedies.hpp"
#include "knowledge/uncertain.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

namespace remedies = knowledge::remedies;
using facts::Override;
using facts::Service;
using facts::StoredPassword;
using knowledge::FindingInfo;
using knowledge::only;
using knowledge::Severity;
using Mode = SyncView::Mode;

constexpr std::array kFindings = {
    FindingInfo{"sync-foreign-account", only(Severity::kFail),
                "password sync is on for an account of another database",
                remedies::sync_foreign_account, ""},
    FindingInfo{"sync-not-effective", only(Severity::kFail),
                "password sync is on and IIS 6.0 cannot act on it",
                remedies::sync_not_effective, ""},
    FindingInfo{"sync-module-missing", only(Severity::kFail),
                "the sub-authentication module is not installed",
                remedies::sync_module_missing, "logs or a live system"},
    FindingInfo{"sync-password-lost", only(Severity::kFail),
                "password sync is off and no password is stored",
                remedies::sync_password_lost, ""},
    FindingInfo{"stored-password-lost", only(Severity::kFail),
                "the stored password cannot be read by this computer",
                remedies::stored_password_lost, ""},
    FindingInfo{"batch-logon-unsupported", only(Severity::kFail),
                "batch logons need a later service pack",
                remedies::batch_logon_unsupported, ""},
    FindingInfo{"sync-not-read", only(Severity::kUnknown),
                "what decides about password sync was not read",
                remedies::sync_not_read, ""},
    FindingInfo{"sync-blocks-ftp", only(Severity::kFail),
                "password sync without anonymous access locks FTP",
                remedies::sync_blocks_ftp, ""},
    FindingInfo{"stale-override", only(Severity::kWarning),
                "a node stores half of an account and password of its own",
                remedies::stale_override, ""},
};

std::string_view override_words(Override::Kind kind) {
  switch (kind) {
    case Override::Kind::kOwnPasswordParentsAccount:
      return "stores its own password for its parent's account";
    case Override::Kind::kOwnAccountParentsPassword:
      return "stores its own account with its parent's password";
    case Override::Kind::kStoredPairAnonymousOff:
      return "stores a password of its own although anonymous access is off";
  }
  return "";
}

class Sync {
 public:
  explicit Sync(const Case& subject)
      : subject_(subject), identity_(subject.identity), verdict_(kFindings) {}

  Verdict run() {
    const Place place = subject_.account.place;
    if (place == Place::kPoolIdentity) {
      return VerdictBuilder::skip("the pool identity has no stored password");
    }
    if (subject_.sync.mode != Mode::kEffective) {
      judge_overrides();
    }
    if (place == Place::kBuiltIn || subject_.sync.mode == Mode::kNone) {
      if (verdict_.has("stale-override")) {
        return std::move(verdict_).finish({});
      }
      return VerdictBuilder::skip(
          place == Place::kBuiltIn
              ? std::string("the built-in account has no password")
              : fmt::format("{} has no password sync", iis_text()));
    }
    if (place == Place::kUnknown) {
      not_read({"which account is configured"});
      return std::move(verdict_).finish({});
    }
    switch (subject_.sync.mode) {
      case Mode::kNone:
        break;
      case Mode::kUnknown:
        not_read(subject_.sync.reasons);
        break;
      case Mode::kEffective:
        judge_owner();
        judge_ftp();
        break;
      case Mode::kIneffective:
        judge_ineffective();
        [[fallthrough]];
      case Mode::kOff:
        judge_stored();
        judge_batch();
        break;
    }
    use_records();
    return std::move(verdict_).finish(passed());
  }

 private:
  std::string iis_text() const {
    return subject_.iis.size() == 1
               ? fmt::format("IIS {}", subject_.iis.front()->id)
               : std::string("this IIS");
  }

  bool needs_registration() const {
    return subject_.sync_support() ==
           knowledge::SyncSupport::kNeedsRegistration;
  }

  std::string passed() const {
    if (subject_.sync.mode == Mode::kOff) {
      if (subject_.account.place == Place::kNotConfigured) {
        return "off, and there is no account to store a password for";
      }
      return needs_registration() ? "off, as IIS 6.0 needs it"
                                  : "off, and a password is stored";
    }
    return needs_registration() ? "on, and the sub-authentication works"
                                : "on, IIS vouches for the password";
  }

  Seen flag() const {
    const auto& sync = identity_.password_sync;
    return {fmt::format("password sync is {}{}",
                        sync.value.value_or(false) ? "on" : "off",
                        sync.is_default ? " by default" : ""),
            sync.value.origin()};
  }

  Seen account() const {
    return {fmt::format("anonymous account {}",
                        text::printable(subject_.account.shown)),
            identity_.account.value.origin()};
  }

  void not_read(const std::vector<std::string>& what,
                std::vector<Seen> seen = {}) {
    verdict_.raise("sync-not-read", Severity::kUnknown,
                   fmt::format("not read: {}", text::join_words(what)),
                   std::move(seen));
  }

  // Sub-authentication works in this machine's own account database only
  // (Q207671, Q216828); on a domain controller that is the domain's.
  void judge_owner() {
    const facts::Machine& machine = subject_.server.machine;
    const AccountView& view = subject_.account;
    if (view.place == Place::kUndecided) {
      not_read({"whether the account is one of this computer"}, {account()});
      return;
    }
    if (view.place != Place::kDomain) {
      return;
    }
    const bool own_domain_known =
        machine.domain.has_value() && !view.name.is_upn &&
        !text::same_name(*machine.domain, view.name.domain);
    if (machine.role.has_value() || own_domain_known ||
        machine.domain.is_absent()) {
      verdict_.raise(
          "sync-foreign-account", Severity::kFail,
          fmt::format("on, but {} is no account of this computer",
                      text::printable(view.shown)),
          {flag(), account(), {knowledge::uncertain_text("U15"), {}}});
    } else {
      not_read({"the role of this computer (a domain controller may use sync "
                "for accounts of its domain)"},
               {flag(), account()});
    }
  }

  // WS03:cc737387.
  void judge_ftp() {
    if (identity_.service == Service::kFtp6 &&
        identity_.anonymous.value.is(false)) {
      verdict_.raise(
          "sync-blocks-ftp", Severity::kFail,
          "on, while anonymous FTP is off: nobody can log on",
          {flag(),
           {"anonymous FTP is off", identity_.anonymous.value.origin()}});
    }
  }

  void judge_ineffective() {
    const SyncView& sync = subject_.sync;
    std::vector<Seen> seen = {flag()};
    for (std::size_t i = 0; i < sync.reasons.size(); ++i) {
      seen.push_back({sync.reasons[i], sync.origins[i]});
    }
    const auto& registered = subject_.server.machine.subauthentication;
    if (sync.registration_missing && !registered.is_absent()) {
      seen.push_back(
          {knowledge::uncertain_text(registered.is_unknown() ? "U3" : "U5"),
           {}});
    }
    const auto& password = identity_.password.value;
    if (password.has_value()) {
      seen.push_back({"the flag is ignored; the stored password decides",
                      password.origin()});
    }
    knowledge::Subject about;
    about.pools = sync.wrong_pools;
    verdict_.raise("sync-not-effective", Severity::kFail,
                   fmt::format("on, but {}", sync.reasons.front()),
                   std::move(seen), std::move(about));
  }

  void judge_stored() {
    const auto& password = identity_.password.value;
    const Place place = subject_.account.place;
    if (password.is(StoredPassword::kLost)) {
      verdict_.raise("stored-password-lost", Severity::kFail,
                     "the stored password did not survive a move",
                     {{"the stored password is marked as no longer valid",
                       password.origin()}});
    } else if (password.is_absent() && place != Place::kNotConfigured) {
      // The toggle from on to off deletes it (Q259353); an upgrade with sync
      // on never had one (WS03:cc783654).
      verdict_.raise(
          "sync-password-lost", Severity::kFail,
          "no password is stored for the account",
          {flag(), {"no AnonymousUserPass at any level", password.origin()}});
    } else if (password.is_unknown()) {
      not_read({"whether a password is stored"},
               {{password.reason().why, password.origin()}});
    }
  }

  // What IIS's own logon failed with and belongs here: Q306450, Q190015.
  void use_records() {
    const RecordedVerdict verdict = judge_recorded(subject_);
    if (verdict.kind != RecordedVerdict::Kind::kRefused) {
      return;
    }
    const facts::LogonAttempt& attempt = *verdict.record->attempt;
    const Seen seen{record_text(attempt), attempt.last_origin};
    if (verdict.record->code == knowledge::kModuleNotFound &&
        subject_.sync.mode != Mode::kOff) {
      verdict_.raise("sync-module-missing", Severity::kFail,
                     "the module that vouches for the password is not there",
                     {seen});
    } else if (verdict.record->code == knowledge::kInvalidParameter &&
               identity_.logon_method.value.is(facts::LogonMethod::kBatch)) {
      if (Finding* raised = verdict_.find("batch-logon-unsupported")) {
        raised->found.push_back(seen);
      } else {
        verdict_.raise("batch-logon-unsupported", Severity::kFail,
                       "this IIS cannot make batch logons", {seen});
      }
    }
  }

  // Q190015: error 87.
  void judge_batch() {
    if (!identity_.logon_method.value.is(facts::LogonMethod::kBatch)) {
      return;
    }
    const auto needed = subject_.iis_agree(
        [](const auto& rules) { return rules.batch_needs_service_pack; });
    const auto& installed = subject_.server.machine.service_pack;
    if (needed == 0) {
      return;
    }
    Seen method{"LogonMethod is 1, a batch logon",
                identity_.logon_method.value.origin()};
    if (!needed || !installed.has_value()) {
      not_read({needed ? "the service pack" : "the IIS version"}, {method});
    } else if (*installed < *needed) {
      verdict_.raise(
          "batch-logon-unsupported", Severity::kFail,
          fmt::format("batch logons fail before Service Pack {}", *needed),
          {std::move(method),
           {fmt::format("Service Pack {}", *installed), installed.origin()}});
    }
  }

  void judge_overrides() {
    if (identity_.overrides.empty()) {
      return;
    }
    std::vector<Seen> seen;
    knowledge::Subject about;
    for (const Override& found : identity_.overrides) {
      seen.push_back({fmt::format("{} {}", text::printable(found.node),
                                  override_words(found.kind)),
                      found.origin});
      about.nodes.push_back(found.node);
    }
    about.node = about.nodes.front();
    std::string summary = seen.front().text;
    verdict_.raise("stale-override", Severity::kWarning, std::move(summary),
                   std::move(seen), std::move(about));
  }

  const Case& subject_;
  const facts::Identity& identity_;
  VerdictBuilder verdict_;
};

Verdict run(const Case& subject) { return Sync(subject).run(); }

}  // namespace

const Check kPasswordSync{
    "password-sync", "Password sync",
    "who answers for the password, and whether it is there", kFindings, run};

}  // namespace iisdiag::checks
