#include "win32/rsop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evidence/limits.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"
#include "win32/lookup.hpp"
#include "win32/wide.hpp"
#include "win32/wmi.hpp"

namespace iisdiag::win32 {
namespace {

using evidence::kMaxPrincipals;
using facts::LogonRight;
using facts::Origin;
using facts::Principal;
using facts::RightsList;

constexpr std::string_view kRightClass = "RSOP_UserPrivilegeRight";
constexpr std::string_view kPolicyClass = "RSOP_GPO";

// The GUID of a policy's path in the directory, as files call it:
// `CN={31B2...},CN=Policies,...`. The policy of the machine itself has none.
std::string policy_id(std::string_view path) {
  constexpr std::size_t kGuid = 38;
  const auto start = path.find('{');
  if (start != std::string_view::npos && path.size() - start >= kGuid &&
      path[start + kGuid - 1] == '}') {
    path = path.substr(start, kGuid);
  }
  return text::to_upper(text::trim(path));
}

class RsopReader {
 public:
  RsopReader(const Api& api, evidence::FileFacts& facts)
      : api_(api), facts_(facts), wmi_(api) {
    for (const RightsList& list : facts.rights) {
      if (!list.is_policy) {
        in_force_ = list;
      }
    }
  }

  void run() {
    const HRESULT opened = wmi_.open(L"ROOT\\RSOP\\Computer");
    if (FAILED(opened)) {
      fail("IWbemLocator::ConnectServer ROOT\\RSOP\\Computer", opened);
      return;
    }
    const HRESULT code =
        wmi_.each(to_wide(kRightClass), [this](const Wmi::Instance& instance) {
          const HRESULT read = choose(instance);
          if (FAILED(read)) {
            fail(kRightClass, read);
          }
          return true;
        });
    if (FAILED(code)) {
      fail(kRightClass, code);
    }
    if (!is_whole_) {
      // One that wins may be what was not read.
      std::erase_if(winners_, [](const auto& winner) {
        return winner.second.precedence != 1;
      });
    }
    name_policies();
    add_winners();
  }

 private:
  struct Winner {
    std::int64_t precedence = std::numeric_limits<std::int64_t>::max();
    std::string policy;
    Wmi::Instance::Texts accounts;
    bool is_legible = false;
  };

  // Said once: what follows a refusal is refused as well.
  void fail(std::string_view where, HRESULT code) {
    is_whole_ = false;
    if (has_failed_ || is_unknown_to_wmi(code)) {
      return;
    }
    has_failed_ = true;
    auto [why, todo] = wmi_refusal(code);
    facts_.problems.push_back(
        {fmt::format("which policy defines a right was not read: {}", why),
         Origin::from_api(where, shown_code(code)),
         {},
         0,
         std::move(todo)});
  }

  // The one with precedence 1, or whatever is the lowest, is in force.
  HRESULT choose(const Wmi::Instance& instance) {
    std::string name;
    HRESULT code = instance.get(L"UserRight", name);
    if (FAILED(code) || name.empty()) {
      return FAILED(code) ? code : DISP_E_TYPEMISMATCH;
    }
    has_rights_ = true;
    const auto right = facts::logon_right(text::trim(name));
    if (!right) {
      return S_OK;
    }
    Winner found;
    code = instance.get(L"precedence", found.precedence);
    if (FAILED(code) || found.precedence < 1) {
      return FAILED(code) ? code : DISP_E_TYPEMISMATCH;
    }
    Winner& winner = winners_[*right];
    if (found.precedence >= winner.precedence) {
      return S_OK;
    }
    std::string path;
    code = instance.get(L"GPOID", path);
    if (SUCCEEDED(code)) {
      code = instance.get(L"AccountList", kMaxPrincipals, found.accounts);
    }
    found.policy = policy_id(path);
    found.is_legible = SUCCEEDED(code);
    winner = std::move(found);
    return code;
  }

  void name_policies() {
    if (winners_.empty()) {
      return;
    }
    const HRESULT code =
        wmi_.each(to_wide(kPolicyClass), [this](const Wmi::Instance& instance) {
          std::string path;
          std::string name;
          HRESULT read = instance.get(L"id", path);
          if (SUCCEEDED(read)) {
            read = instance.get(L"name", name);
          }
          if (FAILED(read)) {
            fail(kPolicyClass, read);
          } else if (is_winner(policy_id(path)) && !name.empty()) {
            names_.emplace(policy_id(path), name);
          }
          return true;
        });
    if (FAILED(code)) {
      fail(kPolicyClass, code);
    }
    for (const auto& [id, name] : names_) {
      facts_.policies.push_back({id, name});
    }
  }

  bool is_winner(const std::string& id) const {
    return !id.empty() &&
           std::any_of(winners_.begin(), winners_.end(), [&](const auto& one) {
             return one.second.policy == id;
           });
  }

  // A list for each policy that wins anything.
  void add_winners() {
    for (const auto& [right, winner] : winners_) {
      if (!winner.is_legible) {
        continue;
      }
      std::vector<Principal> holders;
      for (const std::string& account : winner.accounts.texts) {
        holders.push_back(principal(account));
      }
      if (fits_what_is_in_force(right, winner, holders)) {
        RightsList& list = list_of(winner.policy);
        list.holders(right) = {std::move(holders), origin_of(right)};
        if (winner.accounts.is_cut && !knows_in_force(right)) {
          list.mark_cut(right);
        }
      } else {
        leave_out(right, winner);
      }
    }
    if (is_whole_ && has_rights_) {
      facts_.policy_report = Origin::from_api(kRightClass, 0);
    }
  }

  static Origin origin_of(LogonRight right) {
    return Origin::from_api(
        fmt::format("{} {}", kRightClass, facts::constant_name(right)), 0);
  }

  RightsList& list_of(const std::string& policy) {
    const auto known =
        std::find_if(facts_.rights.begin(), facts_.rights.end(),
                     [&](const RightsList& list) {
                       return list.is_winner && list.policy_id == policy;
                     });
    if (known != facts_.rights.end()) {
      return *known;
    }
    RightsList list;
    list.origin = Origin::from_api(kRightClass, 0);
    list.is_policy = true;
    list.is_winner = true;
    list.policy_id = policy;
    list.policy_name = name_of_policy(policy);
    return facts_.rights.emplace_back(std::move(list));
  }

  std::string name_of_policy(const std::string& id) const {
    const auto found = names_.find(id);
    return found == names_.end() ? std::string() : found->second;
  }

  // `*S-1-...` or a name, which this Windows translates as it did for the
  // policy. One that nobody translates stays a name.
  Principal principal(const std::string& text) {
    const std::string_view entry = text::trim(text);
    const auto sid =
        facts::Sid::parse(entry.substr(entry.starts_with('*') ? 1 : 0));
    if (sid) {
      return {sid, {}};
    }
    // Each can cost a question to a controller.
    constexpr std::size_t kMaxNames = 64;
    const std::string key = text::fold_case(entry);
    if (const auto known = translated_.find(key); known != translated_.end()) {
      return known->second;
    }
    if (translated_.size() == kMaxNames) {
      return {std::nullopt, std::string(entry)};
    }
    return translated_.emplace(key, translate(std::string(entry)))
        .first->second;
  }

  Principal translate(const std::string& entry) {
    const NameAnswer found = look_up(api_, entry);
    if (!found.lookup || found.lookup->kind == facts::AccountKind::kDomain) {
      return {std::nullopt, entry};
    }
    const facts::Sid& sid = found.lookup->sid;
    if (sid.is_account()) {
      const std::string name =
          entry.find('\\') != std::string::npos
              ? entry
              : fmt::format("{}\\{}", found.lookup->domain,
                            found.account.empty() ? entry : found.account);
      facts_.accounts.names.push_back({name, sid, found.lookup->origin});
    }
    return {sid, {}};
  }

  bool knows_in_force(LogonRight right) const {
    return in_force_.holders(right).has_value() && !in_force_.is_cut(right);
  }

  // What is in force beats a policy wherever the policy would make a logon look
  // better than it is: it grants what nobody holds, or leaves out who is
  // denied. A list without a value may be an empty one, or one that WMI did not
  // keep: what is in force tells. Names that nobody translates are taken away
  // where they are of nobody who holds the right.
  bool fits_what_is_in_force(LogonRight right, const Winner& winner,
                             std::vector<Principal>& holders) const {
    if (!knows_in_force(right)) {
      return !winner.accounts.is_null;
    }
    const std::vector<Principal>& now = *in_force_.holders(right);
    const bool has_names = std::erase_if(holders, [](const Principal& one) {
                             return !one.sid;
                           }) > 0;
    const auto lacks = [](const std::vector<Principal>& list) {
      return [&list](const Principal& one) {
        return std::find(list.begin(), list.end(), one) == list.end();
      };
    };
    if (std::any_of(holders.begin(), holders.end(), lacks(now))) {
      return false;
    }
    const bool has_to_be_all = facts::deny_of(right) == right || has_names ||
                               winner.accounts.is_null ||
                               winner.accounts.is_cut;
    return !has_to_be_all ||
           std::none_of(now.begin(), now.end(), lacks(holders));
  }

  void leave_out(LogonRight right, const Winner& winner) {
    is_whole_ = false;
    if (winner.accounts.is_null) {
      return;
    }
    const std::string name = name_of_policy(winner.policy);
    facts_.notes.push_back(
        {fmt::format("{} is not what {} made it: what is in force now counts",
                     facts::constant_name(right),
                     name.empty() ? std::string("a policy")
                                  : fmt::format("the policy \"{}\"",
                                                text::printable(name))),
         origin_of(right)});
  }

  const Api& api_;
  evidence::FileFacts& facts_;
  Wmi wmi_;
  RightsList in_force_;  // what LSA says
  std::map<LogonRight, Winner> winners_;
  std::map<std::string, std::string> names_;  // of policies, by their id
  std::map<std::string, Principal> translated_;
  bool is_whole_ = true;
  bool has_rights_ = false;
  bool has_failed_ = false;
};

}  // namespace

void read_policy_rights(const Api& api, evidence::FileFacts& facts) {
  const ComThread com(api);
  if (SUCCEEDED(com.code())) {
    RsopReader(api, facts).run();
  }
}

}  // namespace iisdiag::win32
