// Is the stored password the account's? Only a logon can tell: IIS's own
// newest one on record, or one that this program makes.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "checks/check.hpp"
#include "checks/credential_parts.hpp"
#include "knowledge/logon_codes.hpp"
#include "knowledge/remedies.hpp"
#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

namespace remedies = knowledge::remedies;
using facts::LogonRefrain;
using facts::LogonTrial;
using facts::StoredPassword;
using knowledge::FindingInfo;
using knowledge::only;
using knowledge::Severity;

constexpr std::string_view kLogs = "logs or a live system";

constexpr std::array kFindings = {
    FindingInfo{"wrong-password", only(Severity::kFail),
                "the stored password is not the account's",
                remedies::wrong_password, kLogs},
    FindingInfo{"blank-password-blocked", only(Severity::kFail),
                "a local account with an empty password may not log on here",
                remedies::blank_password_blocked, ""},
    FindingInfo{"logon-type-refused", only(Severity::kFail),
                "name and password are right, the kind of logon is refused",
                remedies::logon_type_refused, kLogs},
    FindingInfo{"logon-refused", only(Severity::kFail), "the logon was refused",
                remedies::logon_refused, kLogs},
    FindingInfo{"logon-undecided", only(Severity::kUnknown),
                "a refusal that does not tell name from password",
                remedies::logon_undecided, kLogs},
    FindingInfo{"lockout-risk", only(Severity::kUnknown),
                "not tried: it could help to lock the account",
                remedies::lockout_risk, "a live system"},
    FindingInfo{"logon-not-tried", only(Severity::kUnknown),
                "no logon is on record and none was made",
                remedies::logon_not_tried, ""},
    FindingInfo{"caller-lacks-privilege", only(Severity::kUnknown),
                "the user of this program may not test logons",
                remedies::caller_lacks_privilege, "a live system"},
    FindingInfo{"password-unreadable", only(Severity::kUnknown),
                "the stored password cannot be read and no logon is on record",
                remedies::password_unreadable, ""},
};

class Credential {
 public:
  explicit Credential(const Case& subject)
      : subject_(subject), verdict_(kFindings) {}

  Verdict run() {
    switch (subject_.account.place) {
      case Place::kPoolIdentity:
        return VerdictBuilder::skip("IIS makes no logon of its own here");
      case Place::kBuiltIn:
        return VerdictBuilder::skip("the built-in account has no password");
      default:
        break;
    }
    if (has_no_account(subject_)) {
      return VerdictBuilder::skip("no such account");
    }
    const LogonTrial* trial = subject_.trial;
    const bool is_vouched = subject_.sync.mode == SyncView::Mode::kEffective;
    if (subject_.was_tried() && !is_vouched) {
      judge_trial(*trial);
      return std::move(verdict_).finish("Windows accepted the logon");
    }
    const RecordedVerdict recorded = judge_recorded(subject_);
    if (is_vouched && recorded.kind != RecordedVerdict::Kind::kRefused) {
      return VerdictBuilder::skip("password sync is on, IIS vouches for it");
    }
    if (recorded.kind != RecordedVerdict::Kind::kNone) {
      judge_records(subject_, recorded, verdict_);
    } else if (trial == nullptr) {
      judge_stored();
    } else if (!judge_empty_password(subject_, verdict_)) {
      judge_refrain(*trial);
    }
    return std::move(verdict_).finish("Windows accepted the last logon by IIS");
  }

 private:
  void unknown(std::string_view id, std::string summary, const Seen& seen) {
    verdict_.raise(id, Severity::kUnknown, std::move(summary), {seen});
  }

  void judge_refrain(const LogonTrial& trial) {
    const auto raise = [&](std::string_view id, std::string_view summary) {
      verdict_.raise(id, Severity::kUnknown, std::string(summary),
                     with_logs(subject_, {{trial.why, trial.origin}}));
    };
    switch (trial.refrain) {
      case LogonRefrain::kLockoutRisk:
        raise("lockout-risk", "not tried: it could help to lock the account");
        return;
      case LogonRefrain::kUnreadable:
        raise("password-unreadable",
              "the stored password cannot be read, no logon on record");
        return;
      case LogonRefrain::kSyncUnknown:
      case LogonRefrain::kNoSuchAccount:
      case LogonRefrain::kAskedNotTo:
      case LogonRefrain::kIsWine:
      case LogonRefrain::kNone:
        break;
    }
    raise("logon-not-tried", "no logon is on record and none was made");
  }

  // Of this identity's own password and type of logon, or of another's with
  // the same account: what that proves about name and password holds here too.
  void judge_trial(const LogonTrial& trial) {
    if (!is_of_own_password(trial)) {
      unknown("logon-not-tried",
              "another stored password of the same account was tried",
              {fmt::format("the password of {} was tried",
                           text::printable(trial.password_from)),
               trial.origin});
      return;
    }
    if (trial.code != 0) {
      judge_refusal(trial);
      return;
    }
    const Seen seen{
        fmt::format("{} logon accepted", facts::method_name(trial.method)),
        trial.origin};
    if (trial.given && !trial.given_matches) {
      unknown("logon-not-tried",
              "the given password works; store it in IIS, which has another "
              "or one that cannot be read",
              seen);
    } else if (!is_of_own_type(trial)) {
      type_not_tried(seen);
    }
  }

  bool is_of_own_password(const LogonTrial& trial) const {
    const auto& identity = subject_.identity;
    return trial.given || trial.password_from == identity.password.node ||
           (trial.password_group != 0 &&
            trial.password_group == identity.password_group);
  }

  bool is_of_own_type(const LogonTrial& trial) const {
    return subject_.logons.size() == 1 &&
           right_for(subject_.logons.front()) == right_for(trial.method);
  }

  void type_not_tried(const Seen& seen) {
    unknown("logon-not-tried",
            "name and password are right, this type of logon was not tried",
            seen);
  }

  void judge_refusal(const LogonTrial& trial) {
    const Seen seen{knowledge::logon_code_text(trial.code), trial.origin};
    if (trial.code == knowledge::kPrivilegeNotHeld) {
      unknown("caller-lacks-privilege",
              "the user of iisdiag may not test logons", seen);
    } else if (trial.code == knowledge::kLogonTypeNotGranted ||
               trial.code == knowledge::kLogonNotGranted) {
      if (!is_of_own_type(trial)) {
        type_not_tried(seen);
        return;
      }
      verdict_
          .raise("logon-type-refused", Severity::kFail,
                 fmt::format("name and password are right, a {} is not granted",
                             logon_words(right_for(trial.method))),
                 {seen})
          .code = trial.code;
    } else if (trial.code == knowledge::kLogonFailure && !trial.given) {
      if (subject_.account.presence == Presence::kExists) {
        verdict_
            .raise("wrong-password", Severity::kFail,
                   "the stored password is not the account's",
                   {seen, {"the account exists", subject_.account.origin}})
            .code = trial.code;
      } else {
        unknown("logon-undecided",
                "the refusal does not tell a wrong name from a wrong password",
                seen);
      }
    } else if (trial.code == knowledge::kAccountRestriction &&
               judge_empty_password(subject_, verdict_)) {
      return;
    } else {
      auto& finding = verdict_.raise(
          "logon-refused", Severity::kFail,
          trial.given ? fmt::format("the given password was refused: {}",
                                    knowledge::logon_code_text(trial.code))
                      : fmt::format("the logon was refused: {}",
                                    knowledge::logon_code_text(trial.code)),
          {seen});
      // How IIS stores a password explains no refusal of another one.
      if (!trial.given || trial.code != knowledge::kLogonFailure) {
        finding.code = trial.code;
      }
    }
  }

  void judge_stored() {
    const auto& password = subject_.identity.password.value;
    const bool empty = has_empty_password(subject_.identity);
    if (judge_empty_password(subject_, verdict_)) {
      return;
    }
    if (empty || password.is(StoredPassword::kClearText)) {
      verdict_.raise(
          "logon-not-tried", Severity::kUnknown,
          "no logon is on record and none was made",
          with_logs(subject_, {{empty ? "the stored password is empty"
                                      : "a password is stored in clear text",
                                password.origin()}}));
      return;
    }
    std::vector<Seen> seen;
    if (password.is(StoredPassword::kOpaque)) {
      seen.push_back(
          {"the stored password is masked or encrypted", password.origin()});
    } else if (password.is(StoredPassword::kLost)) {
      seen.push_back({"the stored password is marked as no longer valid",
                      password.origin()});
    } else if (password.is_absent()) {
      seen.push_back({"no password is stored", password.origin()});
    } else if (!password.reason().why.empty()) {
      seen.push_back({password.reason().why, password.origin()});
    }
    verdict_.raise("password-unreadable", Severity::kUnknown,
                   "the stored password cannot be read, no logon on record",
                   with_logs(subject_, std::move(seen)));
  }

  const Case& subject_;
  VerdictBuilder verdict_;
};

Verdict run(const Case& subject) { return Credential(subject).run(); }

}  // namespace

bool judge_empty_password(const Case& subject, VerdictBuilder& verdict) {
  if (!has_empty_password(subject.identity) ||
      subject.account.place != Place::kLocal ||
      subject.account.is_domain_account) {
    return false;
  }
  const auto& value = subject.server.machine.limit_blank_password_use;
  const auto by_default = subject.windows_agree(
      [](const auto& rules) { return rules.blank_password_limited; });
  const bool set = value.has_value() && *value != 0;
  if (by_default != true || value.is(0) || !(set || value.is_absent())) {
    return false;
  }
  verdict.raise("blank-password-blocked", Severity::kFail,
                "an empty password may be used at the console only",
                {{"the stored password is empty",
                  subject.identity.password.value.origin()},
                 {set ? fmt::format("LimitBlankPasswordUse is {}", *value)
                      : std::string("LimitBlankPasswordUse is not set, which "
                                    "counts as 1"),
                  value.origin()}});
  return true;
}

const Check kCredentialTest{
    "credential-test", "Credential test",
    "the stored password opens the account, by a logon made or on record",
    kFindings, run};

}  // namespace iisdiag::checks
