// Which record decides, and whether it still does.
#include <algorithm>
#include <utility>

#include "checks/account_record.hpp"
#include "checks/case.hpp"
#include "checks/recorded.hpp"
#include "checks/rights_judge.hpp"
#include "checks/server_time.hpp"
#include "knowledge/logon_codes.hpp"
#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

using Kind = RecordedVerdict::Kind;
using facts::LogonAttempt;
using facts::RecordKind;

class Judge {
 public:
  explicit Judge(const Case& subject)
      : subject_(subject), recorded_(subject.recorded) {}

  RecordedVerdict run() {
    if (subject_.was_tried()) {
      return {};
    }
    const RecordedLogon* newest = newest_refusal(true);
    if (newest == nullptr || newest->code != knowledge::kLockedOut ||
        is_open(*newest)) {
      return decide(newest);
    }
    return judge_lock(*newest);
  }

 private:
  const RecordedLogon* newest_refusal(bool with_locks) const {
    const auto& all = recorded_.refusals;
    const auto found =
        std::find_if(all.rbegin(), all.rend(), [&](const RecordedLogon& logon) {
          return with_locks || logon.code != knowledge::kLockedOut;
        });
    return found == all.rend() ? nullptr : &*found;
  }

  // A refusal, or none, beside the newest logon that was accepted.
  RecordedVerdict decide(const RecordedLogon* refusal) const {
    if (recorded_.success) {
      const RecordedLogon& success = *recorded_.success;
      if (refusal == nullptr || success.last.earliest > refusal->last.latest) {
        return judge_success(success);
      }
      if (success.last.latest > refusal->last.latest) {
        return made(Kind::kUnclear, refusal);
      }
    }
    return refusal == nullptr ? RecordedVerdict{} : judge_reason(*refusal);
  }

  static RecordedVerdict made(Kind kind, const RecordedLogon* record) {
    RecordedVerdict verdict;
    verdict.kind = kind;
    verdict.record = record;
    return verdict;
  }

  RecordedVerdict judge_success(const RecordedLogon& success) const {
    const facts::Account* record = subject_.account.record;
    if (record != nullptr && record->password_last_set.has_value()) {
      // IIS may have answered out of its cache of logons (FACTS.md I 44).
      constexpr facts::ClockSeconds kTokenCache = 15 * facts::kMinute;
      const bool is_row = success.attempt->kind == RecordKind::kWebLog ||
                          success.attempt->kind == RecordKind::kFtpLog;
      const facts::TimeRange when =
          server_range(subject_.server.source, success.attempt->last,
                       success.attempt->is_local);
      if (when.earliest <=
          record->password_last_set->latest + (is_row ? kTokenCache : 0)) {
        return obsolete(success,
                        when.latest < record->password_last_set->earliest
                            ? "the password was set later"
                            : "the password may have been set later",
                        record->password_last_set.origin());
      }
    }
    return made(Kind::kAccepted, &success);
  }

  static RecordedVerdict obsolete(const RecordedLogon& logon, std::string why,
                                  const facts::Origin& origin) {
    RecordedVerdict verdict = made(Kind::kObsolete, &logon);
    verdict.why = std::move(why);
    verdict.why_origin = origin;
    return verdict;
  }

  // A lock that is over clears only the lock: what is on record besides it
  // decides. One that is not is the consequence of wrong passwords before it,
  // unless a logon was accepted in between.
  RecordedVerdict judge_lock(const RecordedLogon& lock) const {
    const facts::Account* record = subject_.account.record;
    const bool is_over =
        record != nullptr && record->locked.is(false) && is_state_newer(lock);
    const RecordedLogon* before = newest_refusal(false);
    RecordedVerdict verdict = decide(is_over ? before : &lock);
    if (is_over && verdict.kind == Kind::kNone) {
      verdict = obsolete(lock, "the account is not locked any more",
                         record->locked.origin());
    }
    if (!is_over && verdict.kind == Kind::kRefused && before != nullptr &&
        is_about_password(before->code)) {
      RecordedVerdict reason = decide(before);
      if (reason.kind == Kind::kRefused) {
        verdict = std::move(reason);
      }
    }
    verdict.lock = &lock;
    verdict.is_lock_over = is_over;
    return verdict;
  }

  // State files count as captured after the newest record beside them, unless
  // a time says otherwise.
  bool is_state_newer(const RecordedLogon& logon) const {
    const facts::Source& source = subject_.server.source;
    if (!source.captured_at || source.captured_by_record) {
      return true;
    }
    return capture_time(source).latest >=
           server_range(source, logon.attempt->last, logon.attempt->is_local)
               .earliest;
  }

  RecordedVerdict judge_reason(const RecordedLogon& logon) const {
    if (is_open(logon)) {
      return made(Kind::kUndecided, &logon);
    }
    facts::Origin origin;
    if (std::string why = why_obsolete(logon, origin); !why.empty()) {
      return obsolete(logon, std::move(why), origin);
    }
    return made(Kind::kRefused, &logon);
  }

  // A client's name and password, or those of IIS: nothing follows. What is
  // known of the account itself, or of a type of logon, holds for both, unless
  // the record does not even name the account.
  static bool is_open(const RecordedLogon& logon) {
    const RecordKind kind = logon.attempt->kind;
    const bool is_row =
        kind == RecordKind::kWebLog || kind == RecordKind::kFtpLog;
    return !logon.is_own && (is_row || is_about_password(logon.code));
  }

  // Empty where the refusal still stands.
  std::string why_obsolete(const RecordedLogon& logon,
                           facts::Origin& origin) const {
    if (!is_state_newer(logon) || !logon.code) {
      return {};
    }
    if (is_about_right(logon.code)) {
      return why_right_is_held(logon, origin);
    }
    const std::uint32_t code = *logon.code;
    if ((code == knowledge::kNoSuchUser || code == knowledge::kNoneMapped) &&
        subject_.account.presence == Presence::kExists) {
      origin = subject_.account.origin;
      return "the account is there now";
    }
    const facts::Account* record = subject_.account.record;
    return record == nullptr ? std::string{}
                             : why_record_differs(*record, logon, code, origin);
  }

  std::string why_record_differs(const facts::Account& record,
                                 const RecordedLogon& logon, std::uint32_t code,
                                 facts::Origin& origin) const {
    const auto says = [&](bool it_does, const auto& fact,
                          std::string_view why) {
      if (!it_does) {
        return std::string{};
      }
      origin = fact.origin();
      return std::string(why);
    };
    switch (code) {
      case knowledge::kWrongPassword:
      case knowledge::kLogonFailure:
      case 1907:
        if (is_password_newer(record, logon)) {
          return says(true, record.password_last_set,
                      "the password was set later");
        }
        return says(code == 1907 && record.must_change_password.is(false),
                    record.must_change_password,
                    "the password need not be changed any more");
      case 1328:
        return says(record.logon_hours.has_value() && record.logon_hours->all,
                    record.logon_hours, "all hours are permitted now");
      case 1329:
        return says(permits_this_computer(record), record.workstations,
                    "this computer is permitted now");
      case 1330:
        return says(is_password_newer(record, logon) ||
                        has_password_expired(subject_) == false,
                    record.password_expires, "the password is not expired now");
      case 1331:
        return says(record.active.is(true), record.active,
                    "the account is enabled now");
      case 1793:
        return says(has_expired(subject_) == false, record.expires,
                    "the account is not expired now");
      default:
        return {};
    }
  }

  bool is_password_newer(const facts::Account& record,
                         const RecordedLogon& logon) const {
    return record.password_last_set.has_value() &&
           record.password_last_set->earliest >
               server_range(subject_.server.source, logon.attempt->last,
                            logon.attempt->is_local)
                   .latest;
  }

  bool permits_this_computer(const facts::Account& record) const {
    const auto& names = record.workstations;
    const auto& computer = subject_.server.machine.computer;
    return names.has_value() &&
           (names->empty() ||
            (computer.has_value() &&
             std::any_of(names->begin(), names->end(), [&](const auto& name) {
               return text::same_name(name, *computer);
             })));
  }

  std::string why_right_is_held(const RecordedLogon& logon,
                                facts::Origin& origin) const {
    auto right = logon.attempt->logon_type
                     ? right_of_type(*logon.attempt->logon_type)
                     : std::nullopt;
    if (!right && subject_.logons.size() == 1) {
      right = right_for(subject_.logons.front());
    }
    if (!right) {
      return {};
    }
    const RightOutcome outcome = judge_right(subject_, *right);
    if (outcome.kind != RightOutcome::Kind::kHeld) {
      return {};
    }
    if (!outcome.found.empty()) {
      origin = outcome.found.front().origin;
    }
    return "the right is held now";
  }

  const Case& subject_;
  const Recorded& recorded_;
};

}  // namespace

RecordedVerdict judge_recorded(const Case& subject) {
  return Judge(subject).run();
}

std::string finding_of_code(const Case& subject, std::uint32_t code) {
  const AccountView& view = subject.account;
  const auto& machine = subject.server.machine;
  const bool has_domain = !view.name.domain.empty() &&
                          view.name.domain != "." &&
                          view.place != Place::kLocal;
  if (code == knowledge::kNoSuchDomain) {
    const bool is_joined = machine.domain.has_value() &&
                           text::same_name(*machine.domain, view.name.domain);
    return is_joined || !has_domain ? "domain-unreachable"
                                    : "account-wrong-domain";
  }
  if (code == knowledge::kNoneMapped) {
    return has_domain ? "account-wrong-domain" : "account-missing";
  }
  const auto* known = knowledge::find_logon_code(code);
  return std::string(known == nullptr ? "" : known->finding);
}

bool tells_wrong_password(const Case& subject, const RecordedVerdict& verdict) {
  return verdict.kind == Kind::kRefused &&
         (verdict.record->code == knowledge::kWrongPassword ||
          (verdict.record->code == knowledge::kLogonFailure &&
           subject.account.presence == Presence::kExists));
}

bool comes_back_after_start(const Case& subject, const RecordedLogon& refusal) {
  const bool grants_at_start = subject.iis_agree([](const auto& rules) {
    return rules.regrants_rights;
  }) == true;
  const LogonAttempt& attempt = *refusal.attempt;
  return grants_at_start &&
         std::any_of(subject.recorded.starts.begin(),
                     subject.recorded.starts.end(),
                     [&](const LogonAttempt* start) {
                       return (start->first > attempt.first &&
                               start->first < attempt.last) ||
                              (start->last > attempt.first &&
                               start->last < attempt.last);
                     });
}

}  // namespace iisdiag::checks
