// One identity on one server, with what every check has to know about both.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/account_finder.hpp"
#include "checks/recorded.hpp"
#include "checks/server_index.hpp"
#include "facts/server.hpp"
#include "knowledge/finding.hpp"
#include "knowledge/versions.hpp"

namespace iisdiag::checks {

// Password sync as IIS will act on it.
struct SyncView {
  enum class Mode : std::uint8_t {
    kNone,  // this IIS has no such thing
    kOff,
    kEffective,    // IIS vouches for the password
    kIneffective,  // IIS 6: on, but ignored
    kUnknown,
  };
  Mode mode = Mode::kUnknown;
  // For kIneffective: what is missing. For kUnknown: what was not read.
  std::vector<std::string> reasons;
  std::vector<facts::Origin> origins;
  bool registration_missing = false;
  std::vector<std::string> wrong_pools;
};

struct Case {
  const facts::Server& server;
  const facts::Identity& identity;
  std::vector<const knowledge::IisRules*> iis;  // possible versions
  std::vector<const knowledge::WindowsRules*> windows;
  Names names;
  AccountView account;
  SyncView sync;
  // The logons that IIS may make here; one where it is certain, none where
  // there is no logon.
  std::vector<facts::LogonMethod> logons;
  // The logon of the account that was tried, or why none was; null where the
  // evidence holds neither.
  const facts::LogonTrial* trial = nullptr;
  // That logon was made: it is newer than all records.
  bool was_tried() const {
    return trial != nullptr && trial->refrain == facts::LogonRefrain::kNone;
  }
  // A client that names the account can make IIS log it on too (Basic, FTP by
  // name); nothing where that is not known.
  std::optional<bool> clients_may_log_on;
  // What logs tell of its logons.
  Recorded recorded;

  // Agreed by all possible versions of IIS, or nothing.
  template <class Question>
  auto iis_agree(Question question) const {
    return knowledge::agreed(iis, question);
  }
  template <class Question>
  auto windows_agree(Question question) const {
    return knowledge::agreed(windows, question);
  }
  std::optional<knowledge::SyncSupport> sync_support() const {
    return iis_agree([](const auto& rules) { return rules.sync; });
  }
};

// `server` and `identity` must outlive the case; `index` is of that server.
Case make_case(const facts::Server& server, const facts::Identity& identity,
               const ServerIndex& index);
// For one identity alone.
Case make_case(const facts::Server& server, const facts::Identity& identity);

// True where no user account stands behind the name, so that there are no
// rights and no password to judge.
bool has_no_account(const Case& subject);

// The account that setup of IIS made is that of a computer that has become a
// domain controller since: dcpromo deletes local accounts (Q300432). NT 4.0
// knows no such promotion.
bool was_promoted(const Case& subject);

// IIS would log the account on with an empty password. IIS 7.0 and later takes
// an absent one for that.
bool has_empty_password(const facts::Identity& identity);

// The right that a logon of this type needs (FACTS.md C.2).
facts::LogonRight right_for(facts::LogonMethod method);

// "network logon", "local logon", "batch logon".
std::string_view logon_words(facts::LogonRight right);

}  // namespace iisdiag::checks
