// Is there an account for visitors without a name, and may it log on at all?
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "checks/account_record.hpp"
#include "checks/check.hpp"
#include "checks/logon_plan.hpp"
#include "checks/names.hpp"
#include "knowledge/logon_codes.hpp"
#include "knowledge/remedies.hpp"
#include "knowledge/uncertain.hpp"
#include "knowledge/well_known.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

namespace remedies = knowledge::remedies;
using facts::Service;
using knowledge::either;
using knowledge::FindingInfo;
using knowledge::only;
using knowledge::Severity;

constexpr std::array kFindings = {
    FindingInfo{"account-not-configured", only(Severity::kFail),
                "no anonymous account is set at any level",
                remedies::account_not_configured, ""},
    FindingInfo{"account-missing", only(Severity::kFail),
                "the account does not exist", remedies::account_missing, ""},
    FindingInfo{"account-wrong-domain", only(Severity::kFail),
                "the domain part of the name is no domain",
                remedies::account_wrong_domain, ""},
    FindingInfo{"account-not-a-user", only(Severity::kFail),
                "the name belongs to something that is no user",
                remedies::account_not_a_user, ""},
    FindingInfo{"account-disabled", only(Severity::kFail),
                "the account is disabled", remedies::account_disabled, ""},
    FindingInfo{"account-locked", only(Severity::kFail),
                "the account is locked out", remedies::account_locked, ""},
    FindingInfo{"account-expired", only(Severity::kFail),
                "the account has expired", remedies::account_expired, ""},
    FindingInfo{"password-expired", only(Severity::kFail),
                "the account's password has expired",
                remedies::password_expired, ""},
    FindingInfo{"password-must-change", only(Severity::kFail),
                "the password must be changed at the next logon",
                remedies::password_must_change, "logs or a live system"},
    FindingInfo{"password-will-expire", only(Severity::kWarning),
                "the account's password will expire",
                remedies::password_will_expire, ""},
    FindingInfo{"logon-hours", either(Severity::kFail, Severity::kWarning),
                "logon hours restrict the account", remedies::logon_hours, ""},
    FindingInfo{"workstation-restricted", only(Severity::kFail),
                "a workstation list leaves this computer out",
                remedies::workstation_restricted, ""},
    FindingInfo{"domain-unreachable",
                either(Severity::kFail, Severity::kUnknown),
                "the account's domain cannot be reached",
                remedies::domain_unreachable, "logs or a live system"},
    FindingInfo{"wrong-logon-domain", only(Severity::kFail),
                "FTP looks a local account up in another domain",
                remedies::wrong_logon_domain, ""},
    FindingInfo{"guest-access-blocked", only(Severity::kFail),
                "Guest is the anonymous account and may not be used",
                remedies::guest_access_blocked, ""},
    FindingInfo{"iusr-shadowed", only(Severity::kWarning),
                "a local account has the name of the built-in IUSR",
                remedies::iusr_shadowed, ""},
    FindingInfo{"renamed-computer", only(Severity::kInfo),
                "the account keeps the computer's old name", nullptr, ""},
    FindingInfo{"configuration-not-read", only(Severity::kUnknown),
                "the configuration of IIS was not read",
                remedies::configuration_not_read, ""},
    FindingInfo{"configuration-elsewhere", only(Severity::kUnknown),
                "the configuration in force is kept somewhere else",
                remedies::configuration_elsewhere, ""},
    FindingInfo{"account-not-read", only(Severity::kUnknown),
                "the account's own record was not read",
                remedies::account_not_read, ""},
};

constexpr std::string_view kIusr = "IUSR";
constexpr std::string_view kUnreachable = "domain-unreachable";

class Lookup {
 public:
  explicit Lookup(const Case& subject)
      : subject_(subject),
        view_(subject.account),
        machine_(subject.server.machine),
        verdict_(kFindings) {}

  Verdict run() {
    if (subject_.identity.without_configuration) {
      configuration_missing(subject_.identity.without_configuration->why);
    }
    switch (view_.place) {
      case Place::kUnknown:
        if (!subject_.identity.without_configuration) {
          configuration_missing(view_.why.empty()
                                    ? "it does not show the anonymous account"
                                    : view_.why);
        }
        return std::move(verdict_).finish({});
      case Place::kPoolIdentity:
        return VerdictBuilder::skip(
            "the pool identity serves visitors; IIS logs nobody on");
      case Place::kNotConfigured:
        verdict_.raise("account-not-configured", Severity::kFail,
                       "no anonymous account is set",
                       {{"AnonymousUserName is empty or not set",
                         subject_.identity.account.value.origin()}});
        return std::move(verdict_).finish({});
      case Place::kBuiltIn:
        look_for_shadow();
        return std::move(verdict_).finish(
            "built into Windows, nothing to look up");
      case Place::kNowhere:
        verdict_.raise("account-wrong-domain", Severity::kFail,
                       fmt::format("{} names no account: its domain part is "
                                   "not this machine",
                                   text::printable(view_.shown)),
                       {configured(), {view_.why, domain_origin()}});
        return std::move(verdict_).finish({});
      case Place::kUndecided:
        not_read(view_.why);
        use_records();
        break;
      case Place::kLocal:
      case Place::kDomain:
        look_up();
        break;
    }
    return std::move(verdict_).finish(
        "exists, enabled, not locked, not expired");
  }

 private:
  Seen configured() const {
    const auto& account = subject_.identity.account;
    return {fmt::format("anonymous account {}",
                        text::printable(account.value.value_or({}))),
            account.value.origin()};
  }

  facts::Origin domain_origin() const {
    return machine_.domain.is_absent() ? machine_.domain.origin()
                                       : machine_.computer.origin();
  }

  void configuration_missing(const std::string& why) {
    std::vector<Seen> seen;
    for (const facts::Elsewhere& elsewhere : subject_.server.elsewhere) {
      seen.push_back({fmt::format("{}: {}", elsewhere.what,
                                  text::printable(elsewhere.where)),
                      elsewhere.origin});
    }
    if (!seen.empty()) {
      knowledge::Subject about;
      about.file = subject_.server.elsewhere.front().where;
      verdict_.raise("configuration-elsewhere", Severity::kUnknown,
                     "the configuration in force was not read", std::move(seen),
                     std::move(about));
      return;
    }
    const auto& account = subject_.identity.account.value;
    if (account.is_unknown() && account.origin()) {
      seen.push_back(
          {"the configuration, as far as it was read", account.origin()});
    }
    verdict_.raise("configuration-not-read", Severity::kUnknown, why,
                   std::move(seen));
  }

  void not_read(std::string why, std::vector<Seen> seen = {}) {
    verdict_.raise("account-not-read", Severity::kUnknown, std::move(why),
                   std::move(seen));
  }

  void missing() {
    std::vector<Seen> seen = {
        configured(),
        {"no such account in the account database", view_.origin}};
    if (was_promoted(subject_)) {
      seen.push_back(
          {"its promotion to a domain controller deletes local "
           "accounts",
           machine_.role.origin()});
    }
    verdict_.raise(
        "account-missing", Severity::kFail,
        fmt::format("{} does not exist", text::printable(view_.shown)),
        std::move(seen));
  }

  void look_up() {
    if (!view_.not_a_user.empty()) {
      verdict_.raise(
          "account-not-a-user", Severity::kFail,
          fmt::format("{} is no user account", text::printable(view_.shown)),
          {configured(), {view_.not_a_user, view_.not_a_user_origin}});
      return;
    }
    judge_logon_domain();
    judge_guest();
    if (subject_.identity.store == facts::Store::kAppHost) {
      look_for_shadow();
    }
    switch (view_.presence) {
      case Presence::kMissing:
        missing();
        return;
      case Presence::kUnknown:
        if (view_.failure != nullptr && view_.why.empty()) {
          not_answered("Windows did not tell whether it exists");
        } else {
          not_read(view_.why.empty() ? "its record was not read" : view_.why);
        }
        use_records();
        return;
      case Presence::kExists:
        break;
    }
    judge_old_name();
    if (view_.record == nullptr && view_.failure != nullptr) {
      not_answered("it exists, but its record could not be read");
      use_records();
      return;
    }
    if (view_.record == nullptr) {
      not_read("it exists, but its record was not read",
               {{"it is listed", view_.origin}});
      use_records();
      return;
    }
    judge_record(subject_, verdict_);
    use_trial();
    use_records();
  }

  // Precondition: there is a failure.
  void not_answered(std::string_view what) {
    std::vector<Seen> seen = {{view_.failure->why, view_.failure->origin}};
    if (view_.failure->is_unreachable) {
      verdict_.raise(kUnreachable, Severity::kUnknown,
                     "no domain controller answered iisdiag", std::move(seen));
    } else {
      not_read(std::string(what), std::move(seen));
    }
  }

  // Windows refused a logon for a reason that belongs here. No controller for
  // a logon of ours is none for IIS's own only perhaps.
  void use_trial() {
    if (!subject_.was_tried()) {
      return;
    }
    const facts::LogonTrial* trial = subject_.trial;
    const auto* code = knowledge::find_logon_code(trial->code);
    if (code != nullptr && !code->finding.empty() &&
        !verdict_.has(code->finding, Severity::kFail)) {
      verdict_.raise(
          code->finding,
          code->finding == kUnreachable ? Severity::kUnknown : Severity::kFail,
          fmt::format("Windows refused a logon: {}", code->text),
          {{knowledge::logon_code_text(trial->code), trial->origin}});
    }
  }

  // IIS's own logon was refused for a reason that belongs here, and nothing
  // newer says otherwise.
  void use_records() {
    const RecordedVerdict verdict = judge_recorded(subject_);
    if (verdict.kind != RecordedVerdict::Kind::kRefused) {
      return;
    }
    raise_recorded(*verdict.record);
    if (verdict.lock == nullptr || verdict.is_lock_over) {
      return;
    }
    raise_recorded(*verdict.lock);
  }

  void raise_recorded(const RecordedLogon& refusal) {
    if (!refusal.code) {
      return;
    }
    const std::string id = finding_of_code(subject_, *refusal.code);
    const facts::LogonAttempt& attempt = *refusal.attempt;
    const Seen seen{record_text(attempt), attempt.last_origin};
    if (id.empty()) {
      return;
    }
    if (Finding* raised = verdict_.find(id);
        raised != nullptr && raised->severity == Severity::kFail) {
      raised->found.push_back(seen);
      return;
    }
    verdict_.raise(id, Severity::kFail,
                   fmt::format("Windows refused a logon: {}",
                               knowledge::find_logon_code(*refusal.code)->text),
                   {seen});
  }

  // FTP 7 puts its default logon domain in front of a bare name (FACTS.md I
  // 52); the name that it then looks up is not the local account.
  void judge_logon_domain() {
    const auto& domain = subject_.identity.logon_domain.value;
    if (subject_.identity.service != Service::kFtp7 ||
        view_.place != Place::kLocal || !view_.name.domain.empty() ||
        view_.name.is_upn || !domain.has_value() || domain->empty() ||
        *domain == "." ||
        (machine_.computer.has_value() &&
         text::same_name(*domain, *machine_.computer))) {
      return;
    }
    if (!text::same_name(*domain, "NT AUTHORITY")) {
      if (!machine_.computer.has_value() ||
          (machine_.domain.has_value() &&
           text::same_name(*domain, *machine_.domain) &&
           view_.presence != Presence::kExists)) {
        return;  // it may be meant
      }
    }
    verdict_.raise(
        "wrong-logon-domain", Severity::kFail,
        fmt::format("FTP looks {} up in {}", text::printable(view_.name.name),
                    text::printable(*domain)),
        {configured(),
         {fmt::format(
              "defaultLogonDomain {}{}", text::printable(*domain),
              subject_.identity.logon_domain.is_default ? ", the default" : ""),
          domain.origin()}});
  }

  // Q299256: refused however right everything else is.
  void judge_guest() {
    if (subject_.names.is_guest(view_.name.name) != knowledge::Tristate::kYes) {
      return;
    }
    const bool ftp = subject_.identity.service == Service::kFtp6;
    const bool web = subject_.identity.service == Service::kWeb &&
                     subject_.identity.store != facts::Store::kAppHost;
    if (!ftp && !web) {
      return;  // IIS 7 and FTP 7 have no such setting
    }
    const auto& allowed =
        ftp ? machine_.ftp_allow_guest_access : machine_.web_allow_guest_access;
    if (allowed.is(0)) {
      verdict_.raise(
          "guest-access-blocked", Severity::kFail,
          "Guest is refused as an anonymous account",
          {configured(), {"AllowGuestAccess is 0", allowed.origin()}});
    } else if (ftp && allowed.is_absent() &&
               blocks_guest_by_default() == true) {
      verdict_.raise("guest-access-blocked", Severity::kFail,
                     "Guest is refused as an anonymous account",
                     {configured(),
                      {"AllowGuestAccess is not set, which "
                       "counts as 0",
                       allowed.origin()}});
    } else if (ftp && allowed.is_unknown() &&
               blocks_guest_by_default() != false) {
      knowledge::Subject about;
      about.file = remedies::kFtpParameters;
      verdict_.raise("account-not-read", Severity::kUnknown,
                     "whether AllowGuestAccess lets Guest in was not read",
                     {configured()}, std::move(about));
    }
  }

  // Nothing where the versions of IIS that are possible differ.
  std::optional<bool> blocks_guest_by_default() const {
    return subject_.iis_agree([](const auto& rules) {
      return rules.sync == knowledge::SyncSupport::kWorks;
    });
  }

  void look_for_shadow() {
    const auto is_iusr = [](std::string_view name) {
      return text::same_name(name, kIusr);
    };
    const auto& accounts = subject_.server.accounts;
    facts::Origin origin;
    for (const facts::Account& account : accounts.accounts) {
      if (!account.from_domain && is_iusr(account.name)) {
        origin = account.origin;
      }
    }
    for (const facts::AccountList& list : accounts.lists) {
      if (std::any_of(list.names.begin(), list.names.end(), is_iusr)) {
        origin = list.origin;
      }
    }
    const bool concerned =
        view_.place == Place::kBuiltIn || is_iusr(view_.name.name);
    if (origin && concerned) {
      verdict_.raise("iusr-shadowed", Severity::kWarning,
                     "a local account has the same name as the built-in IUSR",
                     {{"local account IUSR", origin},
                      {knowledge::uncertain_text("U17"), {}}});
    }
  }

  // IUSR_X on a computer that is not X (Q234142): a rename, and no fault. A
  // domain holds the accounts of all its controllers (Q142868).
  void judge_old_name() {
    const std::string& name = view_.name.name;
    if (view_.place != Place::kLocal || !machine_.computer.has_value() ||
        machine_.role.is(facts::Role::kDomainController) ||
        !knowledge::is_setup_name(name)) {
      return;
    }
    const std::string_view old =
        std::string_view(name).substr(knowledge::kSetupPrefix.size());
    if (!text::same_name(old, *machine_.computer)) {
      verdict_.raise(
          "renamed-computer", Severity::kInfo,
          fmt::format("it keeps the old computer name {} and stays valid",
                      text::printable(old)),
          {{fmt::format("this computer is {}",
                        text::printable(*machine_.computer)),
            machine_.computer.origin()}});
    }
  }

  const Case& subject_;
  const AccountView& view_;
  const facts::Machine& machine_;
  VerdictBuilder verdict_;
};

Verdict run(const Case& subject) { return Lookup(subject).run(); }

}  // namespace

const Check kAccountLookup{
    "account-lookup", "Account lookup",
    "the account exists where it should and is fit to log on", kFindings, run};

}  // namespace iisdiag::checks
