#include "checks/account_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "checks/server_time.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

using facts::ClockSeconds;
using facts::Deadline;
using facts::TimeRange;
using knowledge::Severity;

// Whether it had passed at capture; nothing where that cannot be told.
std::optional<bool> is_past(const Deadline& deadline, const TimeRange& now) {
  const auto* end = std::get_if<TimeRange>(&deadline);
  if (end == nullptr || now.latest < end->earliest) {
    return false;
  }
  if (now.earliest >= end->latest) {
    return true;
  }
  return std::nullopt;
}

std::string day_text(const TimeRange& range) {
  const auto text = [](ClockSeconds clock) {
    return facts::iso_text({clock, std::nullopt});
  };
  return range.earliest == range.latest
             ? text(range.earliest)
             : fmt::format("{} or {}", text(range.earliest),
                           text(range.latest));
}

class RecordJudge {
 public:
  RecordJudge(const Case& subject, VerdictBuilder& verdict)
      : subject_(subject),
        account_(*subject.account.record),
        now_(capture_time(subject.server.source)),
        verdict_(verdict) {}

  void run() {
    judge_active();
    judge_locked();
    judge_expiry();
    judge_must_change();
    judge_password();
    judge_hours();
    judge_workstations();
    if (!unread_.empty()) {
      verdict_.raise(
          "account-not-read", Severity::kUnknown,
          fmt::format("its record does not show {}", text::join_words(unread_)),
          std::move(unread_seen_));
    }
  }

 private:
  template <class T>
  void unread(std::string what, const facts::Observed<T>& fact) {
    if (!fact.reason().why.empty()) {
      unread_seen_.push_back({fact.reason().why, fact.origin()});
    }
    unread_.push_back(std::move(what));
  }

  // Known well enough, but the time of capture decides and is not known.
  void untimed(std::string what, std::string seen,
               const facts::Origin& origin) {
    unread_seen_.push_back({std::move(seen), origin});
    unread_.push_back(std::move(what));
  }

  void judge_active() {
    if (account_.active.is(false)) {
      verdict_.raise("account-disabled", Severity::kFail, "it is disabled",
                     {{"Account active: No", account_.active.origin()}});
    } else if (!account_.active.has_value()) {
      unread("whether it is enabled", account_.active);
    }
  }

  void judge_locked() {
    if (account_.locked.is(true)) {
      verdict_.raise("account-locked", Severity::kFail, "it is locked out",
                     {{"Account active: Locked", account_.locked.origin()}});
    } else if (!account_.locked.has_value() && !account_.active.is(false)) {
      // A disabled account shows no lock, and needs none to be refused.
      unread("whether it is locked", account_.locked);
    }
  }

  void judge_expiry() {
    const auto& expires = account_.expires;
    if (!expires.has_value()) {
      unread("when it expires", expires);
      return;
    }
    const auto past = is_past(*expires, now_);
    const auto* end = std::get_if<TimeRange>(&*expires);
    if (past == true) {
      verdict_.raise(
          "account-expired", Severity::kFail, "it has expired",
          {{"Account expires: " + day_text(*end), expires.origin()}});
    } else if (!past) {
      untimed("whether it had expired when this was captured",
              "Account expires: " + day_text(*end), expires.origin());
    }
  }

  // `net user` does not show it, so that nothing follows where it is unknown.
  void judge_must_change() {
    if (account_.must_change_password.is(true)) {
      verdict_.raise("password-must-change", Severity::kFail,
                     "its password must be changed at the next logon",
                     {{"the password has to be changed first",
                       account_.must_change_password.origin()}});
    }
  }

  void judge_password() {
    const auto& expires = account_.password_expires;
    if (!expires.has_value() && passwords_never_expire()) {
      return;
    }
    if (!expires.has_value()) {
      unread("when its password expires", expires);
      return;
    }
    const auto* end = std::get_if<TimeRange>(&*expires);
    if (end == nullptr) {
      return;
    }
    std::vector<Seen> seen = {
        {"Password expires: " + day_text(*end), expires.origin()}};
    const auto past = is_past(*expires, now_);
    if (past == true) {
      verdict_.raise("password-expired", Severity::kFail,
                     "its password has expired", std::move(seen));
      return;
    }
    verdict_.raise(
        "password-will-expire", Severity::kWarning,
        fmt::format("its password expires on {}", day_text(*end).substr(0, 10)),
        seen);
    if (!past) {
      untimed("whether its password had expired when this was captured",
              seen.front().text, expires.origin());
    }
  }

  // No password of this machine's own accounts does. A domain can make
  // exceptions to its policy.
  bool passwords_never_expire() const {
    return !account_.from_domain && !subject_.account.is_domain_account &&
           subject_.server.accounts.policy.max_password_age_days.is_absent();
  }

  void judge_hours() {
    const auto& hours = account_.logon_hours;
    if (!hours.has_value()) {
      unread("its logon hours", hours);
      return;
    }
    if (hours->all) {
      return;
    }
    std::vector<Seen> seen = {
        {"Logon hours allowed: " + (hours->text.empty()
                                        ? std::string("none")
                                        : text::printable(hours->text)),
         hours.origin()}};
    knowledge::Subject about;
    about.detail = hours->text;
    if (hours->spans.empty()) {
      verdict_.raise("logon-hours", Severity::kFail,
                     "its logon hours permit no time at all", std::move(seen),
                     std::move(about));
    } else if (now_.earliest != now_.latest) {
      verdict_.raise("logon-hours", Severity::kWarning,
                     "its logon hours are restricted", seen, std::move(about));
      untimed("whether its logon hours permitted the time of capture",
              seen.front().text, hours.origin());
    } else if (!hours->permits(now_.earliest)) {
      verdict_.raise(
          "logon-hours", Severity::kFail,
          fmt::format("its logon hours do not permit {}", day_text(now_)),
          std::move(seen), std::move(about));
    } else {
      verdict_.raise("logon-hours", Severity::kWarning,
                     "its logon hours are restricted, though not now",
                     std::move(seen), std::move(about));
    }
  }

  void judge_workstations() {
    const auto& names = account_.workstations;
    if (!names.has_value()) {
      unread("from which workstations it may log on", names);
      return;
    }
    if (names->empty()) {
      return;
    }
    const std::string list = text::join(*names, ", ");
    Seen seen{"Workstations allowed: " + text::printable(list), names.origin()};
    const auto& computer = subject_.server.machine.computer;
    if (!computer.has_value()) {
      untimed("whether its workstation list names this computer", seen.text,
              seen.origin);
      return;
    }
    if (std::none_of(names->begin(), names->end(), [&](const auto& name) {
          return text::same_name(name, *computer);
        })) {
      knowledge::Subject about;
      about.detail = list;
      verdict_.raise("workstation-restricted", Severity::kFail,
                     fmt::format("its workstation list leaves {} out",
                                 text::printable(*computer)),
                     {std::move(seen)}, std::move(about));
    }
  }

  const Case& subject_;
  const facts::Account& account_;
  const TimeRange now_;
  VerdictBuilder& verdict_;
  std::vector<std::string> unread_;
  std::vector<Seen> unread_seen_;
};

}  // namespace

void judge_record(const Case& subject, VerdictBuilder& verdict) {
  RecordJudge(subject, verdict).run();
}

std::optional<bool> has_expired(const Case& subject) {
  const auto& expires = subject.account.record->expires;
  return expires.has_value()
             ? is_past(*expires, capture_time(subject.server.source))
             : std::nullopt;
}

std::optional<bool> has_password_expired(const Case& subject) {
  const auto& expires = subject.account.record->password_expires;
  return expires.has_value()
             ? is_past(*expires, capture_time(subject.server.source))
             : std::nullopt;
}

}  // namespace iisdiag::checks
