// Who stands behind a logon: the account and every group and well-known SID
// that its token will carry.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/case.hpp"
#include "checks/check.hpp"
#include "checks/names.hpp"
#include "facts/rights.hpp"
#include "knowledge/versions.hpp"

namespace iisdiag::checks {

// Whether an entry of a rights list covers a logon.
struct Cover {
  knowledge::Tristate covers = knowledge::Tristate::kNo;
  // For kYes: the memberships that lead there; none for the account itself
  // and for SIDs that every such logon carries.
  std::vector<Seen> how;
  // For kYes: the entry is the account itself and no group.
  bool is_account = false;
  // For kMaybe: what would have to be known.
  std::string open;
};

// The token that the account of a case gets from a logon by one right
// (FACTS.md C.2). Groups count as the evidence names them, nested ones where
// their members were captured.
class LogonToken {
 public:
  // `right` is a grant. `subject` must outlive the token.
  LogonToken(const Case& subject, facts::LogonRight right);

  // `deny`: a SID of S-1-5-21 that nothing names is taken to be foreign to a
  // local account, where for a grant it may be the account.
  Cover covers(const facts::Principal& holder, bool deny) const;

 private:
  // What an entry of a list comes to: `cover`, and where `group` is not empty
  // no more than membership of that local group.
  struct Entry {
    Cover cover;
    std::string group;  // its own name, without a domain part
    std::optional<facts::Sid> sid;
  };

  Entry entry(const facts::Principal& holder, bool deny) const;
  Entry entry_of_sid(const facts::Sid& sid, bool deny) const;
  std::optional<Cover> entry_of_token(const facts::Sid& sid) const;
  Entry entry_of_name(const facts::AccountName& holder) const;
  Cover covers_unnamed(const facts::Sid& sid, bool deny) const;
  const facts::LocalGroup* captured_group(std::string_view name,
                                          const facts::Sid* sid) const;
  bool lists_group(const facts::Observed<std::vector<std::string>>& groups,
                   std::string_view name, const facts::Sid* sid) const;
  Cover in_local_group(const Entry& group) const;
  // `is_captured`: the members of the group were captured as well.
  Cover by_direct_groups(std::string_view name, const facts::Sid* sid,
                         bool is_captured) const;
  knowledge::Tristate is_authenticated() const;
  knowledge::Tristate is_local_account() const;
  knowledge::Tristate is_guest() const;

  const Case& subject_;
  const Names names_;
  std::string_view logon_sid_;
};

}  // namespace iisdiag::checks
