#include "checks/not_blamed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "checks/case.hpp"
#include "checks/recorded.hpp"
#include "facts/account.hpp"
#include "knowledge/logon_codes.hpp"
#include "knowledge/sspi_codes.hpp"
#include "text/sort.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonAttempt;
using facts::Note;
using facts::RecordKind;

// Codes of the security packages in sc-win32-status (FACTS.md D, F).

enum class Kind : std::uint8_t {
  kHandshake,
  kKerberosName,
  kDenied,
  kClient,
  kOtherScheme,
  kNoScheme,
  kPermissions,
  kConfiguration,
  kPool,
  kNone,
};

Kind kind_of_row(const LogonAttempt& row, const facts::SitePlace* place) {
  if (row.status == 503) {
    return Kind::kPool;
  }
  if (row.status == 500 && row.substatus == 19) {
    return Kind::kConfiguration;
  }
  if (row.status != 401 || row.code == 0U) {
    return Kind::kNone;
  }
  if (row.substatus == 3) {
    return Kind::kPermissions;
  }
  const std::uint32_t code = row.code.value_or(0);
  if (code == knowledge::kNoCredentials || code == knowledge::kInvalidToken) {
    return Kind::kHandshake;
  }
  if (code == knowledge::kWrongPrincipal ||
      code == knowledge::kWrongTargetName) {
    return Kind::kKerberosName;
  }
  // Logs before IIS 6.0 do not tell 401.2 from 401.3.
  if (!row.has_substatus && code == knowledge::kAccessDenied) {
    return Kind::kDenied;
  }
  if (row.substatus == 2) {
    return Kind::kNoScheme;
  }
  if (!row.account.empty() || code == knowledge::kLogonDenied) {
    return Kind::kClient;
  }
  return place != nullptr && place->other_scheme.is(true) ? Kind::kOtherScheme
                                                          : Kind::kNone;
}

std::string_view words(Kind kind) {
  switch (kind) {
    case Kind::kHandshake:
      return "401 as a step of Windows authentication (NTLM, Negotiate): no "
             "fault (KB907273)";
    case Kind::kKerberosName:
      return "401.1 for a Kerberos ticket that is made out to another name: "
             "Windows authentication of clients, not the account of visitors "
             "without a name; setspn -L shows the names of an account";
    case Kind::kDenied:
      return "401 with error 5, access denied: permissions of files (401.3) "
             "or no way to authenticate that both sides know (401.2), and no "
             "refused logon (Q187506, Q253667)";
    case Kind::kClient:
      return "401.1 for the name or password of a client, or for the server "
             "itself under another name (loopback check, KB896861): not the "
             "account of visitors without a name";
    case Kind::kOtherScheme:
      return "401.1 without a user name where another way to authenticate is "
             "on: a step of it, or not to be told from one (KB907273)";
    case Kind::kNoScheme:
      return "401.2, no way to authenticate that both sides know: IIS made no "
             "logon (Q253667)";
    case Kind::kPermissions:
      return "401.3, permissions of files: the logon itself was made (Q187506)";
    case Kind::kConfiguration:
      return "500.19, a configuration that IIS cannot use: no logon; the page "
             "that the server itself gets names file and line";
    case Kind::kPool:
      return "503, mostly an application pool that does not run, with an "
             "account of its own: not the logon of visitors; the System log "
             "has events of WAS or W3SVC";
    case Kind::kNone:
      break;
  }
  return "";
}

// Records of one kind together.
class Tally {
 public:
  void add(const LogonAttempt& attempt) {
    count_ += attempt.count;
    if (newest_ == nullptr || newest_->last <= attempt.last) {
      newest_ = &attempt;
    }
  }

  bool empty() const { return newest_ == nullptr; }
  std::uint64_t count() const { return count_; }
  const LogonAttempt& newest() const { return *newest_; }

  // "; 5 records, the last one at 2026-11-20T10:00:00Z in W3SVC1 /app".
  std::string text() const {
    std::string where = newest_->site;
    if (!newest_->url.empty()) {
      where += (where.empty() ? "" : " ") + newest_->url;
    }
    const std::string when = record_time_text(*newest_, newest_->last);
    return fmt::format("; {} record{}, the last one{}{}", count_,
                       count_ == 1 ? "" : "s",
                       when.empty() ? "" : " at " + when,
                       where.empty() ? "" : " in " + text::printable(where));
  }

 private:
  std::uint64_t count_ = 0;
  const LogonAttempt* newest_ = nullptr;
};

std::string folded(std::string_view account) {
  return text::fold_case(facts::AccountName::parse(account).name);
}

class Finder {
 public:
  Finder(const facts::Server& server, const RowIndex& rows)
      : server_(server), row_index_(rows) {
    for (const facts::Identity& identity : server.identities) {
      is_configured_ = is_configured_ || !identity.without_configuration;
      if (identity.account.value.has_value()) {
        configured_.insert(folded(*identity.account.value));
      }
    }
  }

  std::vector<Note> run() {
    for (const RowIndex::Row& row : row_index_.all()) {
      add_row(*row.attempt, row.place);
    }
    for (const LogonAttempt& attempt : server_.records.attempts) {
      add(attempt);
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (!rows_.at(i).empty()) {
        note(std::string(words(static_cast<Kind>(i))) + rows_.at(i).text(),
             rows_.at(i).newest());
      }
    }
    note_other_accounts();
    for (const auto& [account, tally] : locks_) {
      note(fmt::format("{} was locked by logons from {}, not from this "
                       "computer{}",
                       text::printable(tally.newest().account),
                       text::printable(tally.newest().workstation),
                       tally.text()),
           tally.newest());
    }
    return std::move(notes_);
  }

 private:
  void add_row(const LogonAttempt& row, const facts::SitePlace* place) {
    const Kind kind =
        row.kind == RecordKind::kFtpLog ? Kind::kNone : kind_of_row(row, place);
    if (kind != Kind::kNone) {
      rows_.at(static_cast<std::size_t>(kind)).add(row);
    }
  }

  void add(const LogonAttempt& attempt) {
    switch (attempt.kind) {
      case RecordKind::kHttpErrors:
        add_row(attempt, nullptr);
        return;
      case RecordKind::kIisEvent:
        if (!configured_.contains(folded(attempt.account))) {
          others_[folded(attempt.account)].add(attempt);
        }
        return;
      case RecordKind::kLogon:
        if (attempt.code != 0U && is_by_iis(attempt) &&
            !configured_.contains(folded(attempt.account))) {
          others_[folded(attempt.account)].add(attempt);
        }
        return;
      case RecordKind::kLockout:
        if (configured_.contains(folded(attempt.account)) &&
            is_from_elsewhere(attempt)) {
          locks_[folded(attempt.account)].add(attempt);
        }
        return;
      default:
        return;
    }
  }

  // Clients of Basic, and of FTP 6. What svchost.exe did, FTP 7 need not have.
  static bool is_by_iis(const LogonAttempt& attempt) {
    return text::iequals(attempt.process, "w3wp.exe") ||
           text::iequals(attempt.process, "inetinfo.exe");
  }

  bool is_from_elsewhere(const LogonAttempt& attempt) const {
    const auto& computer = server_.machine.computer;
    std::string_view from = attempt.workstation;
    while (text::consume(from, "\\")) {
    }
    return !from.empty() && computer.has_value() &&
           !text::same_name(from, *computer);
  }

  // The most frequent ones by name.
  void note_other_accounts() {
    if (others_.empty()) {
      return;
    }
    std::vector<const Tally*> all;
    std::uint64_t count = 0;
    for (const auto& [name, tally] : others_) {
      all.push_back(&tally);
      count += tally.count();
    }
    text::sort_stably(all, [](const Tally* one, const Tally* other) {
      return one->count() > other->count();
    });
    constexpr std::size_t kShown = 3;
    std::string names;
    for (std::size_t i = 0; i < all.size() && i < kShown; ++i) {
      names += (i == 0 ? "" : ", ") + text::printable(all[i]->newest().account);
    }
    if (all.size() > kShown) {
      names += fmt::format(" and {} more", all.size() - kShown);
    }
    const auto newest = std::max_element(
        all.begin(), all.end(), [](const Tally* one, const Tally* other) {
          return one->newest().last < other->newest().last;
        });
    const std::string_view is_it = why_not_blamed();
    note(fmt::format("IIS could not log on {}, {}{} name{}; {} record{}, "
                     "the last one with {}",
                     names, is_it, all.size() == 1 ? "this" : "these",
                     all.size() == 1 ? "" : "s", count, count == 1 ? "" : "s",
                     (*newest)->newest().code
                         ? knowledge::logon_code_text(*(*newest)->newest().code)
                         : "no error"),
         (*newest)->newest());
  }

  // Ends in front of "this name".
  std::string_view why_not_blamed() const {
    if (is_configured_) {
      return "not used for visitors without a name: clients of FTP or Basic "
             "gave ";
    }
    if (std::any_of(
            server_.places.begin(), server_.places.end(),
            [](const auto& place) { return place.anonymous.is(false); })) {
      return "and anonymous access is off where the configuration shows: IIS "
             "tried an account that visitors do not get (Q170863), or clients "
             "of FTP or Basic gave ";
    }
    return "and whether IIS uses that for visitors without a name cannot be "
           "told without its configuration: clients of FTP or Basic may have "
           "given ";
  }

  void note(std::string text, const LogonAttempt& attempt) {
    notes_.push_back({std::move(text), attempt.last_origin});
  }

  const facts::Server& server_;
  const RowIndex& row_index_;
  std::set<std::string> configured_;
  bool is_configured_ = false;
  std::array<Tally, static_cast<std::size_t>(Kind::kNone)> rows_{};
  std::map<std::string, Tally> others_;
  std::map<std::string, Tally> locks_;
  std::vector<Note> notes_;
};

}  // namespace

std::vector<Note> not_blamed(const facts::Server& server,
                             const RowIndex& rows) {
  return Finder(server, rows).run();
}

std::optional<Note> cached_logon(const Case& subject, bool failed) {
  if (subject.account.shown.empty()) {
    return std::nullopt;
  }
  const std::string account = text::printable(subject.account.shown);
  const RecordedVerdict verdict = judge_recorded(subject);
  if (verdict.kind == RecordedVerdict::Kind::kObsolete) {
    return Note{fmt::format("{}: the last logon on record tells of what is "
                            "past, {}; IIS keeps a logon for about ten "
                            "minutes, and until then or until it is restarted "
                            "visitors may get the old answer (Q188895)",
                            account, verdict.why),
                verdict.record->attempt->last_origin};
  }
  if (verdict.kind == RecordedVerdict::Kind::kAccepted && failed) {
    const facts::LogonAttempt& attempt = *verdict.record->attempt;
    const std::string when = record_time_text(attempt, attempt.last);
    return Note{fmt::format("{}: visitors were still served{}; IIS keeps a "
                            "logon for about ten minutes (Q188895), and that "
                            "says nothing against what failed here",
                            account, when.empty() ? "" : " at " + when),
                attempt.last_origin};
  }
  return std::nullopt;
}

}  // namespace iisdiag::checks
