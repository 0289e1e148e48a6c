#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "checks/credential_parts.hpp"
#include "knowledge/logon_codes.hpp"
#include "text/sort.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

using knowledge::Severity;
using Kind = RecordedVerdict::Kind;

Seen seen_record(const RecordedLogon& logon) {
  return {record_text(*logon.attempt), logon.attempt->last_origin};
}

class Records {
 public:
  Records(const Case& subject, const RecordedVerdict& recorded,
          VerdictBuilder& verdict)
      : subject_(subject), recorded_(recorded), verdict_(verdict) {}

  void judge() {
    std::vector<Seen> seen = history();
    switch (recorded_.kind) {
      case Kind::kNone:
      case Kind::kAccepted:
        return;
      case Kind::kObsolete:
        seen.push_back(
            {"no longer applies: " + recorded_.why, recorded_.why_origin});
        unknown("logon-not-tried", "the last logon on record no longer applies",
                std::move(seen));
        return;
      case Kind::kUnclear:
        seen.push_back(seen_record(*subject_.recorded.success));
        unknown("logon-undecided",
                "which of a refused and an accepted logon came last cannot be "
                "told",
                std::move(seen));
        return;
      case Kind::kUndecided:
        unknown("logon-undecided",
                "whether IIS's own logon was refused or that of a client "
                "cannot be told",
                std::move(seen));
        return;
      case Kind::kRefused:
        judge_refusal(std::move(seen));
        return;
    }
  }

 private:
  // Refusals of this account, the oldest first: what led to what. The record
  // that decides is always among them.
  std::vector<Seen> history() const {
    constexpr std::size_t kShown = 6;
    const auto& refusals = subject_.recorded.refusals;
    std::vector<Seen> seen;
    bool has_record = false;
    for (std::size_t i = refusals.size() - std::min(refusals.size(), kShown);
         i < refusals.size(); ++i) {
      has_record = has_record || &refusals[i] == recorded_.record;
      seen.push_back(seen_record(refusals[i]));
    }
    if (!has_record) {
      seen.push_back(seen_record(*recorded_.record));
    }
    return seen;
  }

  void unknown(std::string_view id, std::string summary,
               std::vector<Seen> seen) {
    verdict_.raise(id, Severity::kUnknown, std::move(summary), std::move(seen));
  }

  void judge_refusal(std::vector<Seen> seen) {
    const auto& code = recorded_.record->code;
    if (is_about_password(code) &&
        subject_.sync.mode != SyncView::Mode::kEffective) {
      judge_password(std::move(seen));
    } else if (is_about_right(code)) {
      const auto type = recorded_.record->attempt->logon_type;
      const auto right = type ? right_of_type(*type) : std::nullopt;
      verdict_
          .raise("logon-type-refused", Severity::kFail,
                 fmt::format("name and password are right, {} is not granted",
                             right ? fmt::format("a {}", logon_words(*right))
                                   : std::string("the kind of logon")),
                 std::move(seen))
          .code = code;
    } else if (code != knowledge::kAccountRestriction ||
               !judge_empty_password(subject_, verdict_)) {
      verdict_
          .raise("logon-refused", Severity::kFail,
                 code ? fmt::format("IIS's logon was refused: {}",
                                    knowledge::logon_code_text(*code))
                      : std::string("IIS's logon was refused, and no reason is "
                                    "on record"),
                 std::move(seen))
          .code = code;
    }
  }

  void judge_password(std::vector<Seen> seen) {
    if (!tells_wrong_password(subject_, recorded_)) {
      unknown("logon-undecided",
              "the refusal does not tell a wrong name from a wrong password",
              std::move(seen));
      return;
    }
    if (subject_.account.presence == Presence::kExists) {
      seen.push_back({"the account exists", subject_.account.origin});
    }
    std::string summary = "the stored password is not the account's";
    if (const auto others = other_passwords(); !others.empty()) {
      summary = "a stored password is not the account's, this one or another";
      seen.push_back(
          {fmt::format("the log does not say which password IIS presented; it "
                       "stores another one at {}",
                       text::few_words(others, kNodes)),
           {}});
    }
    verdict_
        .raise("wrong-password", Severity::kFail, std::move(summary),
               std::move(seen))
        .code = recorded_.record->code;
  }

  static constexpr std::size_t kNodes = 3;

  // Where the same service stores a password for this account again: event 100
  // and the Security log name the account and no node; a web log does.
  std::vector<std::string> other_passwords() const {
    const facts::Identity& own = subject_.identity;
    const facts::RecordKind kind = recorded_.record->attempt->kind;
    if (kind == facts::RecordKind::kWebLog ||
        kind == facts::RecordKind::kFtpLog) {
      return {};
    }
    return facts::password_nodes(subject_.server, subject_.account.name.name,
                                 own.password.node, kNodes + 1, own.service);
  }

  const Case& subject_;
  const RecordedVerdict& recorded_;
  VerdictBuilder& verdict_;
};

}  // namespace

void judge_records(const Case& subject, const RecordedVerdict& recorded,
                   VerdictBuilder& verdict) {
  Records(subject, recorded, verdict).judge();
}

// Those of which nothing was read, then the newest ones.
std::vector<Seen> with_logs(const Case& subject, std::vector<Seen> seen) {
  constexpr std::size_t kShown = 3;
  std::vector<const facts::LogSpan*> logs;
  for (const facts::LogSpan& log : subject.server.records.logs) {
    logs.push_back(&log);
  }
  text::sort_stably(logs, [](const auto* one, const auto* other) {
    const auto rank = [](const facts::LogSpan& log) {
      return std::pair(!log.is_whole && log.records == 0, log.last);
    };
    return rank(*one) > rank(*other);
  });
  for (std::size_t i = 0; i < logs.size() && i < kShown; ++i) {
    seen.push_back(
        {"no logon of it in the " + log_text(*logs[i]), logs[i]->origin});
  }
  if (logs.size() > kShown) {
    seen.push_back(
        {fmt::format("nor in {} more logs", logs.size() - kShown), {}});
  }
  return seen;
}

}  // namespace iisdiag::checks
