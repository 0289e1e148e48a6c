#include "evidence/combine.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace iisdiag::evidence {
namespace {

using facts::IisConfig;
using facts::IisNode;

std::string key(const IisNode& node) {
  return std::string(service_name(node.service)) + "|" +
         text::fold_case(node.path);
}

void combine(IisNode& kept, const IisNode& other, Combiner& combiner) {
  if (!other.shown) {
    return;
  }
  if (!kept.shown) {
    kept = other;
    return;
  }
  const auto setting = [&](auto& one, const auto& two, std::string_view what) {
    const bool take = one.value.is_unknown();
    combiner(one.value, two.value, fmt::format("{} of {}", what, kept.path));
    one.inherits = take ? two.inherits : one.inherits;
  };
  setting(kept.account, other.account, "the account");
  setting(kept.password, other.password, "the stored password");
  setting(kept.password_sync, other.password_sync, "AnonymousPasswordSync");
  setting(kept.logon_method, other.logon_method, "the logon method");
  setting(kept.anonymous, other.anonymous, "anonymous access");
  setting(kept.logon_domain, other.logon_domain, "the logon domain");
  setting(kept.pool, other.pool, "the application pool");
  setting(kept.other_scheme, other.other_scheme,
          "authentication other than anonymous");
  setting(kept.basic_scheme, other.basic_scheme, "Basic authentication");
  kept.serves = kept.serves || other.serves;
  kept.site_id = kept.site_id != 0 ? kept.site_id : other.site_id;
}

void combine(facts::Account& kept, const facts::Account& other,
             Combiner& combiner) {
  const auto field = [&](auto& one, const auto& two, std::string_view what) {
    combiner(one, two, fmt::format("{} of {}", what, kept.name));
  };
  field(kept.active, other.active, "the state");
  field(kept.locked, other.locked, "the lock");
  field(kept.expires, other.expires, "the expiry");
  field(kept.password_expires, other.password_expires, "the password's expiry");
  field(kept.password_last_set, other.password_last_set, "the password's date");
  field(kept.password_required, other.password_required, "the password");
  field(kept.must_change_password, other.must_change_password,
        "the password's change");
  field(kept.bad_logons, other.bad_logons, "the bad logons");
  field(kept.token_groups, other.token_groups, "the groups");
  if (!kept.sid) {
    kept.sid = other.sid;
  }
  field(kept.workstations, other.workstations, "the workstations");
  field(kept.logon_hours, other.logon_hours, "the logon hours");
  field(kept.local_groups, other.local_groups, "the local groups");
  field(kept.global_groups, other.global_groups, "the global groups");
}

void combine(facts::AccountPolicy& kept, const facts::AccountPolicy& other,
             Combiner& combiner) {
  combiner(kept.lockout_threshold, other.lockout_threshold,
           "the lockout threshold");
  combiner(kept.lockout_minutes, other.lockout_minutes, "the lockout duration");
  combiner(kept.lockout_window_minutes, other.lockout_window_minutes,
           "the lockout window");
  combiner(kept.max_password_age_days, other.max_password_age_days,
           "the maximum password age");
}

}  // namespace

void combine(facts::Machine& kept, const facts::Machine& other,
             Combiner& combiner) {
  combiner(kept.computer, other.computer, "the computer's name");
  combiner(kept.host_name, other.host_name, "the host name");
  combiner(kept.windows, other.windows, "the Windows version");
  // Windows 10 and later keep "6.3" in the registry for old programs.
  if (kept.windows_version.is("6.3") && other.windows_version.is("10.0")) {
    kept.windows_version = other.windows_version;
  } else if (!kept.windows_version.is("10.0") ||
             !other.windows_version.is("6.3")) {
    combiner(kept.windows_version, other.windows_version,
             "the Windows version");
  }
  combiner(kept.windows_build, other.windows_build, "the Windows build");
  // The registry and systeminfo write the same name differently.
  if (kept.product_name.is_unknown()) {
    kept.product_name = other.product_name;
  }
  combiner(kept.service_pack, other.service_pack, "the service pack");
  combiner(kept.role, other.role, "the role of the machine");
  combiner(kept.iis, other.iis, "the IIS version");
  combiner(kept.domain, other.domain, "the domain");
  combiner(kept.crash_on_audit_fail, other.crash_on_audit_fail,
           "CrashOnAuditFail");
  combiner(kept.force_guest, other.force_guest, "ForceGuest");
  combiner(kept.limit_blank_password_use, other.limit_blank_password_use,
           "LimitBlankPasswordUse");
  combiner(kept.subauthentication, other.subauthentication, "Auth132");
  combiner(kept.ftp_allow_guest_access, other.ftp_allow_guest_access,
           "AllowGuestAccess");
  combiner(kept.web_allow_guest_access, other.web_allow_guest_access,
           "AllowGuestAccess");
}

void fill(facts::Machine& kept, const facts::Machine& other) {
  const auto take = [](auto& place, const auto& value) {
    if (place.is_unknown()) {
      place = value;
    }
  };
  take(kept.crash_on_audit_fail, other.crash_on_audit_fail);
  take(kept.force_guest, other.force_guest);
  take(kept.limit_blank_password_use, other.limit_blank_password_use);
}

void combine(IisConfig& kept, IisConfig other, Combiner& combiner) {
  std::unordered_map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < kept.nodes.size(); ++i) {
    known.emplace(key(kept.nodes[i]), i);
  }
  for (IisNode& node : other.nodes) {
    const auto [place, is_new] = known.emplace(key(node), kept.nodes.size());
    if (is_new) {
      kept.nodes.push_back(std::move(node));
    } else {
      combine(kept.nodes[place->second], node, combiner);
    }
  }
  std::unordered_map<std::string, std::size_t> pools;
  for (std::size_t i = 0; i < kept.pools.size(); ++i) {
    pools.emplace(text::fold_case(kept.pools[i].name), i);
  }
  for (facts::IisPool& pool : other.pools) {
    const auto [place, is_new] =
        pools.emplace(text::fold_case(pool.name), kept.pools.size());
    if (is_new) {
      kept.pools.push_back(std::move(pool));
    } else {
      combiner(kept.pools[place->second].runs_as, pool.runs_as,
               "the pool " + pool.name);
    }
  }
  combiner(kept.pool_default, other.pool_default, "the default pool identity");
  combiner(kept.isolation_mode, other.isolation_mode, "the isolation mode");
  kept.whole = kept.whole || other.whole;
  kept.names_sites = kept.names_sites || other.names_sites;
  if (other.is_iis6 && !kept.is_iis6) {
    kept.is_iis6 = true;
    kept.origin = other.origin;
  }
}

void fold_duplicates(IisConfig& config, Combiner& combiner) {
  std::unordered_set<std::string> keys;
  keys.reserve(config.nodes.size());
  if (std::all_of(
          config.nodes.begin(), config.nodes.end(),
          [&](const IisNode& node) { return keys.insert(key(node)).second; })) {
    return;
  }
  std::vector<IisNode> nodes = std::move(config.nodes);
  IisConfig only_nodes;
  only_nodes.nodes = std::move(nodes);
  config.nodes.clear();
  const bool whole = config.whole;
  combine(config, std::move(only_nodes), combiner);
  config.whole = whole;
}

void combine(facts::AccountDatabase& kept, facts::AccountDatabase other,
             Combiner& combiner) {
  std::unordered_map<std::string, std::size_t> accounts;
  const auto account_key = [](const facts::Account& account) {
    return (account.from_domain ? "d" : "m") + text::fold_case(account.name);
  };
  for (std::size_t i = 0; i < kept.accounts.size(); ++i) {
    accounts.emplace(account_key(kept.accounts[i]), i);
  }
  for (facts::Account& account : other.accounts) {
    const auto [place, is_new] =
        accounts.emplace(account_key(account), kept.accounts.size());
    if (is_new) {
      kept.accounts.push_back(std::move(account));
    } else {
      combine(kept.accounts[place->second], account, combiner);
    }
  }
  std::unordered_map<std::string, std::size_t> groups;
  for (std::size_t i = 0; i < kept.groups.size(); ++i) {
    groups.emplace(text::fold_case(kept.groups[i].name), i);
  }
  for (facts::LocalGroup& group : other.groups) {
    const auto [place, is_new] =
        groups.emplace(text::fold_case(group.name), kept.groups.size());
    if (is_new) {
      kept.groups.push_back(std::move(group));
    } else {
      combiner(kept.groups[place->second].members, group.members,
               "the members of " + group.name);
    }
  }
  std::move(other.names.begin(), other.names.end(),
            std::back_inserter(kept.names));
  std::move(other.lookups.begin(), other.lookups.end(),
            std::back_inserter(kept.lookups));
  std::move(other.failures.begin(), other.failures.end(),
            std::back_inserter(kept.failures));
  combine(kept.policy, other.policy, combiner);
  combine(kept.domain_policy, other.domain_policy, combiner);
  std::move(other.lists.begin(), other.lists.end(),
            std::back_inserter(kept.lists));
  std::move(other.missing.begin(), other.missing.end(),
            std::back_inserter(kept.missing));
}

namespace {

// A list that may be cut says no more than a whole one that holds all of it.
void combine_right(facts::RightsList& kept, const facts::RightsList& other,
                   facts::LogonRight right, Combiner& combiner) {
  auto& mine = kept.holders(right);
  const auto& its = other.holders(right);
  bool& is_cut = kept.cut.at(static_cast<std::size_t>(right));
  const auto holds = [](const auto& whole, const auto& part) {
    return whole.has_value() && part.has_value() &&
           std::all_of(part->begin(), part->end(), [&](const auto& holder) {
             return std::find(whole->begin(), whole->end(), holder) !=
                    whole->end();
           });
  };
  if (other.is_cut(right) && holds(mine, its)) {
    return;
  }
  if (is_cut && holds(its, mine)) {
    mine = its;
    is_cut = other.is_cut(right);
    return;
  }
  if (mine.is_unknown()) {
    is_cut = other.is_cut(right);
  }
  combiner(mine, its, facts::constant_name(right));
}

}  // namespace

void combine(std::vector<facts::RightsList>& kept, facts::RightsList other,
             Combiner& combiner) {
  const auto same =
      std::find_if(kept.begin(), kept.end(),
                   [](const auto& candidate) { return !candidate.is_policy; });
  if (other.is_policy || same == kept.end()) {
    kept.push_back(std::move(other));
    return;
  }
  for (std::size_t i = 0; i < facts::kLogonRights; ++i) {
    combine_right(*same, other, static_cast<facts::LogonRight>(i), combiner);
  }
}

}  // namespace iisdiag::evidence
