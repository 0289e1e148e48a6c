#include "checks/recorded.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "checks/case.hpp"
#include "checks/server_index.hpp"
#include "checks/server_time.hpp"
#include "knowledge/logon_codes.hpp"
#include "text/sort.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonAttempt;
using facts::RecordKind;

// How much a record tells about whose logon it was.
enum class Whose : std::uint8_t { kOwn, kEither, kOther };

// Whoever it was, the answer was about the account itself (FACTS.md D).
bool is_about_account(std::optional<std::uint32_t> code) {
  constexpr std::array<std::uint32_t, 5> kCodes = {1330, 1331, 1793, 1907,
                                                   knowledge::kLockedOut};
  return code && std::find(kCodes.begin(), kCodes.end(), *code) != kCodes.end();
}

// `WEB01`, `web01.corp.example` and `.` may all name one database.
bool may_be_domain(std::string_view one, std::string_view other) {
  const auto label = [](std::string_view name) {
    return name.substr(0, name.find('.'));
  };
  return one.empty() || other.empty() || one == "." || other == "." ||
         text::same_name(label(one), label(other));
}

class Finder {
 public:
  Finder(const Case& subject, const ServerIndex& index)
      : subject_(subject), index_(index) {}

  Recorded run() {
    const auto& attempts = subject_.server.records.attempts;
    if (subject_.identity.account.value.has_value()) {
      for (const std::size_t i : index_.attempts(subject_.account.name.name)) {
        add(attempts[i]);
      }
    }
    for (const RowIndex::Row& row :
         index_.rows().of(subject_.identity.number)) {
      add_row(row);
    }
    if (is_of_logs_alone()) {
      for (const RowIndex::Row& row :
           index_.rows().of_site(site_of_logs_alone())) {
        add_row(row);
      }
    }
    for (const std::size_t i : index_.starts()) {
      recorded_.starts.push_back(&attempts[i]);
    }
    text::sort_stably(recorded_.refusals,
                      [](const RecordedLogon& one, const RecordedLogon& other) {
                        return one.last.latest < other.last.latest;
                      });
    join_twins();
    return std::move(recorded_);
  }

 private:
  void add(const LogonAttempt& attempt) {
    if (!is_of_account(attempt)) {
      return;
    }
    RecordedLogon logon;
    logon.attempt = &attempt;
    logon.code = recorded_code(attempt);
    const Whose whose = whose_logon(attempt);
    if (whose == Whose::kOther && !is_about_account(logon.code) &&
        !(is_about_right(logon.code) && is_of_own_type(attempt))) {
      return;
    }
    logon.is_own = whose == Whose::kOwn;
    logon.last =
        utc_range(subject_.server.source, attempt.last, attempt.is_local);
    if (logon.code != 0U) {
      recorded_.refusals.push_back(logon);
    } else {
      add_success(logon);
    }
  }

  // A row without a user name (FACTS.md F). A 401.1 is a step of another
  // scheme where one is on.
  void add_row(const RowIndex::Row& asked) {
    const LogonAttempt& row = *asked.attempt;
    const bool is_ftp = row.kind == RecordKind::kFtpLog;
    if (!is_ftp && !row.account.empty()) {
      return;
    }
    RecordedLogon logon;
    logon.attempt = &row;
    logon.code = row.code;
    logon.last = utc_range(subject_.server.source, row.last, row.is_local);
    if (row.code == 0U) {
      logon.is_own = asked.place != nullptr && asked.place->anonymous.is(true);
      add_success(logon);
      return;
    }
    const bool is_refusal =
        is_ftp ? row.status == 530
               : row.status == 401 &&
                     (row.substatus == 1 || (!row.has_substatus && row.code));
    if (!is_refusal || is_of_package(row.code) ||
        (!is_ftp && is_access_denied(row))) {
      return;
    }
    logon.is_own = is_ftp || (asked.place != nullptr &&
                              asked.place->other_scheme.is(false));
    if (logon.is_own || asked.place == nullptr ||
        asked.place->other_scheme.is_unknown()) {
      recorded_.refusals.push_back(logon);
    }
  }

  void add_success(const RecordedLogon& logon) {
    if (!logon.is_own) {
      return;
    }
    recorded_.accepted.push_back(logon);
    if (!recorded_.success ||
        recorded_.success->last.latest < logon.last.latest) {
      recorded_.success = logon;
    }
  }

  // An answer of NTLM, Kerberos or Negotiate: a handshake, or what a client
  // gave.
  static bool is_of_package(std::optional<std::uint32_t> code) {
    constexpr std::uint32_t kFirst = 0x80090300;
    constexpr std::uint32_t kLast = 0x800903FF;
    return code && ((*code >= kFirst && *code <= kLast) ||
                    *code == knowledge::kWrongTargetName);
  }

  // Permissions of files, or no scheme that fits, where the log does not tell
  // 401.1 from them.
  static bool is_access_denied(const LogonAttempt& row) {
    return !row.has_substatus && row.code == knowledge::kAccessDenied;
  }

  // A site of which nothing but its log is known.
  bool is_of_logs_alone() const {
    const facts::Identity& identity = subject_.identity;
    return identity.without_configuration &&
           !identity.account.value.has_value();
  }
  std::string site_of_logs_alone() const {
    const auto& nodes = subject_.identity.nodes;
    return nodes.empty() ? std::string() : nodes.front();
  }

  bool is_of_account(const LogonAttempt& attempt) const {
    const AccountView& view = subject_.account;
    const auto name = facts::AccountName::parse(attempt.account);
    const std::string& domain =
        attempt.domain.empty() ? name.domain : attempt.domain;
    if (!attempt.sid.empty() && view.sid && view.sid->text() != attempt.sid &&
        facts::Sid::parse(attempt.sid)) {
      return false;
    }
    // Of a lockout it is the computer that the logons came from.
    if (attempt.kind == RecordKind::kLockout || name.is_upn) {
      return true;
    }
    if (!view.name.domain.empty() && view.name.domain != ".") {
      return may_be_domain(domain, view.name.domain);
    }
    const auto& machine = subject_.server.machine;
    if (view.place != Place::kLocal || !machine.computer.has_value()) {
      return true;
    }
    return may_be_domain(domain, *machine.computer) ||
           (machine.role.is(facts::Role::kDomainController) &&
            may_be_domain(domain, machine.domain.value_or({})));
  }

  Whose whose_logon(const LogonAttempt& attempt) const {
    switch (attempt.kind) {
      case RecordKind::kIisEvent:
        return is_ftp_event(attempt) == facts::is_ftp(subject_.identity.service)
                   ? Whose::kOwn
                   : Whose::kEither;
      case RecordKind::kLogon:
        return whose_security_logon(attempt);
      case RecordKind::kValidation:
      case RecordKind::kPreAuthentication:
        // Any program of this computer may have compared it, this one too.
        return is_from_here(attempt) ? Whose::kEither : Whose::kOther;
      case RecordKind::kLockout:
      case RecordKind::kSubauth:
      case RecordKind::kRightRemoved:
      case RecordKind::kRightGranted:
      case RecordKind::kServiceStart:
      case RecordKind::kWebLog:
      case RecordKind::kFtpLog:
      case RecordKind::kHttpErrors:
        break;
    }
    return Whose::kOther;
  }

  static bool is_ftp_event(const LogonAttempt& attempt) {
    return text::istarts_with(attempt.service, "MSFTPSVC");
  }

  // FACTS.md E.2, the marks of IIS.
  Whose whose_security_logon(const LogonAttempt& attempt) const {
    if (!attempt.process.empty()) {
      return is_process_of_iis(attempt.process) && is_of_own_type(attempt)
                 ? by_clients()
                 : Whose::kOther;
    }
    if (text::iequals(attempt.logon_process, "IIS")) {
      return Whose::kOwn;  // sub-authentication: no client's
    }
    return text::iequals(attempt.logon_process, "Advapi") &&
                   is_from_here(attempt) && is_of_own_type(attempt)
               ? by_clients()
               : Whose::kOther;
  }

  bool is_process_of_iis(const std::string& process) const {
    const auto is = [&](std::string_view name) {
      return text::iequals(process, name);
    };
    return is("w3wp.exe") || is("inetinfo.exe") ||
           (is("svchost.exe") &&
            subject_.identity.service == facts::Service::kFtp7);
  }

  // LogonUser is called for IIS's own account and for clients of Basic alike.
  Whose by_clients() const {
    return subject_.clients_may_log_on == false ? Whose::kOwn : Whose::kEither;
  }

  bool is_from_here(const LogonAttempt& attempt) const {
    const auto& computer = subject_.server.machine.computer;
    std::string_view from = attempt.workstation;
    while (text::consume(from, "\\")) {
    }
    return from.empty() ||
           (computer.has_value() && text::same_name(from, *computer));
  }

  bool is_of_own_type(const LogonAttempt& attempt) const {
    if (!attempt.logon_type) {
      return true;
    }
    const auto right = right_of_type(*attempt.logon_type);
    return right && (subject_.logons.empty() ||
                     std::any_of(subject_.logons.begin(), subject_.logons.end(),
                                 [&](facts::LogonMethod method) {
                                   return right_for(method) == *right;
                                 }));
  }

  // Event 100 and the Security log tell of one logon: the one knows that it
  // was IIS's own, the other which of name and password was wrong.
  void join_twins() {
    constexpr facts::ClockSeconds kNear = 10;
    auto& all = recorded_.refusals;
    const auto are_near = [](const RecordedLogon& one,
                             const RecordedLogon& other) {
      return other.last.earliest <= one.last.latest + kNear &&
             one.last.earliest <= other.last.latest + kNear;
    };
    // In the order of time they stand near each other; not all are compared
    // with all, of which logs can hold thousands.
    constexpr std::size_t kNeighbours = 50;
    std::vector<std::size_t> own;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].is_own) {
        own.push_back(i);
      }
    }
    for (const std::size_t i : own) {
      const std::size_t end = std::min(all.size(), i + kNeighbours + 1);
      for (std::size_t k = i - std::min(i, kNeighbours); k < end; ++k) {
        RecordedLogon& other = all[k];
        if (!other.is_own && tells_more(other, all[i]) &&
            are_near(all[i], other)) {
          all[i].code = other.code;
          other.is_own = true;
        }
      }
    }
  }

  static bool tells_more(const RecordedLogon& twin,
                         const RecordedLogon& known) {
    if (!known.code) {
      return twin.code.has_value();
    }
    const std::uint32_t code = twin.code.value_or(0);
    return twin.code == known.code || (known.code == knowledge::kLogonFailure &&
                                       (code == knowledge::kWrongPassword ||
                                        code == knowledge::kNoSuchUser));
  }

  const Case& subject_;
  const ServerIndex& index_;
  Recorded recorded_;
};

}  // namespace

std::optional<std::uint32_t> recorded_code(const LogonAttempt& attempt) {
  return attempt.kind == RecordKind::kLockout ? knowledge::kLockedOut
                                              : attempt.code;
}

bool is_about_right(std::optional<std::uint32_t> code) {
  const std::uint32_t value = code.value_or(0);
  return value == knowledge::kLogonTypeNotGranted ||
         value == knowledge::kLogonNotGranted;
}

bool is_about_password(std::optional<std::uint32_t> code) {
  const std::uint32_t value = code.value_or(0);
  return value == knowledge::kWrongPassword ||
         value == knowledge::kLogonFailure;
}

std::optional<facts::LogonRight> right_of_type(std::uint32_t type) {
  switch (type) {
    case 2:
      return facts::LogonRight::kInteractive;
    case 4:
      return facts::LogonRight::kBatch;
    case 3:
    case 8:
      return facts::LogonRight::kNetwork;
    default:
      return std::nullopt;
  }
}

Recorded find_recorded(const Case& subject, const ServerIndex& index) {
  return Finder(subject, index).run();
}

}  // namespace iisdiag::checks
