// The accounts of a server by name: a configuration with ten thousand accounts
// is looked up in an evidence of ten thousand.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "checks/account_finder.hpp"
#include "checks/names.hpp"
#include "checks/places.hpp"
#include "facts/server.hpp"

namespace iisdiag::checks {

// Where logons that were tried, or planned, stand in their list.
class TrialIndex {
 public:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  TrialIndex() = default;
  explicit TrialIndex(const std::vector<facts::LogonTrial>& trials);

  // The trial of index `at`; of an index that is known, its new value.
  void put(std::size_t at, const facts::LogonTrial& trial);

  // The first trial of the account, kNone where there is none. SIDs decide:
  // `CORP\web` and `web@corp.example` are one account, and so are, on a domain
  // controller, the bare name and the one with the domain. Without one of them
  // the names do.
  std::size_t find(const AccountView& account) const;

 private:
  std::map<facts::Sid, std::size_t> by_sid_;
  std::unordered_map<std::string, std::size_t> by_name_;
  std::unordered_map<std::string, std::size_t> by_name_without_sid_;
};

// Valid as long as the server is, and does not change.
class ServerIndex {
 public:
  // Places in one of the lists of facts::AccountDatabase, in their order.
  using Places = std::vector<std::size_t>;

  explicit ServerIndex(const facts::Server& server);

  // Of this name, without a domain part.
  const Places& accounts(std::string_view name) const;
  const Places& missing(std::string_view name) const;
  const Places& lookups(std::string_view name) const;
  const Places& failures(std::string_view name) const;
  // The same of recorded logons; starts are of no account.
  const Places& attempts(std::string_view name) const;
  const Places& starts() const { return starts_; }
  // The newest notice of IIS 6 that password sync is not registered; null
  // where there is none.
  const facts::LogonAttempt* subauth_notice() const { return subauth_notice_; }
  bool is_listed(std::size_t list, std::string_view name) const;

  const RowIndex& rows() const { return rows_; }
  // Somewhere on the server a client that names an account can make IIS log it
  // on; nothing where that is not known of every node.
  std::optional<bool> clients_may_log_on() const { return clients_; }

  const facts::LogonTrial* trial_of(const AccountView& account) const;

  const Names& names() const { return names_; }

 private:
  using ByName = std::unordered_map<std::string, Places>;
  static const Places& at(const ByName& map, std::string_view name);

  const facts::Server& server_;
  ByName accounts_;
  ByName missing_;
  ByName lookups_;
  ByName failures_;
  ByName attempts_;
  Places starts_;
  RowIndex rows_;
  std::optional<bool> clients_;
  const facts::LogonAttempt* subauth_notice_ = nullptr;
  std::vector<std::unordered_set<std::string>> lists_;
  TrialIndex trials_;
  Names names_;
};

}  // namespace iisdiag::checks
