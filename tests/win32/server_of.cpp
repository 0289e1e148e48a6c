#include "win32/server_of.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/account_finder.hpp"
#include "checks/names.hpp"
#include "checks/server_index.hpp"
#include "knowledge/localized_names.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

using facts::LogonRight;
using facts::Observed;
using facts::Principal;
using facts::RightsList;

// Longer than any age in the scenarios.
constexpr facts::ClockSeconds kMaxAge = 3000 * facts::kDay;

class Builder {
 public:
  Builder(const facts::Server& server, FakeWindows& windows)
      : server_(server), windows_(windows), names_(server), index_(server) {}

  void run() {
    set_clock();
    set_registry();
    find_domain();
    windows_.is_joined = !domain_.empty();
    if (windows_.is_joined) {
      windows_.primary_domain = to_wide(domain_);
    }
    windows_.databases[L""].max_age = static_cast<DWORD>(kMaxAge);
    for (const facts::Identity& identity : server_.identities) {
      add_account(identity);
    }
    for (const facts::Account& account : server_.accounts.accounts) {
      add_other(account);
    }
    for (const facts::AccountList& list : server_.accounts.lists) {
      for (const std::string& name : list.names) {
        facts::Account account;
        account.name = name;
        add_other(account);
      }
    }
    for (std::size_t i = 0; i < facts::kLogonRights; ++i) {
      set_right(static_cast<LogonRight>(i));
    }
  }

 private:
  bool is_controller() const {
    return server_.machine.role.is(facts::Role::kDomainController);
  }

  // Its clock shows UTC, the time that the evidence speaks of.
  void set_clock() {
    const auto& source = server_.source;
    now_ = source.captured_at ? source.captured_at->clock
                              : source.not_before.value_or(1795341600);
    FILETIME time{};
    constexpr std::int64_t kTicks = 10'000'000;
    constexpr std::int64_t kFrom1601 = 11'644'473'600;
    const auto ticks = static_cast<std::uint64_t>((now_ + kFrom1601) * kTicks);
    time.dwLowDateTime = static_cast<DWORD>(ticks);
    time.dwHighDateTime = static_cast<DWORD>(ticks >> 32U);
    FileTimeToSystemTime(&time, &windows_.utc);
    windows_.bias = 0;
  }

  template <class T>
  void put(const wchar_t* key, const wchar_t* name, const Observed<T>& fact) {
    if (!fact.has_value()) {
      return;
    }
    if constexpr (std::is_same_v<T, std::string>) {
      windows_.registry[key][name] = to_wide(*fact);
    } else {
      windows_.registry[key][name] = static_cast<DWORD>(*fact);
    }
  }

  void set_registry() {
    const facts::Machine& machine = server_.machine;
    const auto* control = L"SYSTEM\\CurrentControlSet\\Control\\";
    const auto key = [&](const wchar_t* tail) {
      return std::wstring(control) + tail;
    };
    put(key(L"ComputerName\\ActiveComputerName").c_str(), L"ComputerName",
        machine.computer);
    if (machine.role.has_value()) {
      windows_.registry[key(L"ProductOptions")][L"ProductType"] =
          std::wstring(*machine.role == facts::Role::kWorkstation ? L"WinNT"
                       : *machine.role == facts::Role::kMember    ? L"ServerNT"
                                                               : L"LanmanNT");
    }
    const auto* version = L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
    put(version, L"CurrentVersion", machine.windows_version);
    put(version, L"ProductName", machine.product_name);
    if (machine.windows_build.has_value()) {
      windows_.registry[version][L"CurrentBuildNumber"] =
          std::to_wstring(*machine.windows_build);
    }
    if (machine.service_pack.has_value() && *machine.service_pack > 0) {
      windows_.registry[version][L"CSDVersion"] =
          L"Service Pack " + std::to_wstring(*machine.service_pack);
    }
    if (machine.iis.has_value()) {
      const auto* setup = L"SOFTWARE\\Microsoft\\InetStp";
      const auto dot = machine.iis->find('.');
      windows_.registry[setup][L"MajorVersion"] = static_cast<DWORD>(
          text::to_integer(machine.iis->substr(0, dot)).value());
      windows_.registry[setup][L"MinorVersion"] = static_cast<DWORD>(
          text::to_integer(machine.iis->substr(dot + 1)).value());
    }
    auto& lsa = windows_.registry[key(L"Lsa")];
    lsa[L"auditbaseobjects"] = DWORD{0};
    put(key(L"Lsa").c_str(), L"crashonauditfail", machine.crash_on_audit_fail);
    put(key(L"Lsa").c_str(), L"forceguest", machine.force_guest);
    put(key(L"Lsa").c_str(), L"LimitBlankPasswordUse",
        machine.limit_blank_password_use);
    for (const auto& [service, value] :
         {std::pair{L"MSFTPSVC", &machine.ftp_allow_guest_access},
          std::pair{L"W3SVC", &machine.web_allow_guest_access}}) {
      put((std::wstring(L"SYSTEM\\CurrentControlSet\\Services\\") + service +
           L"\\Parameters")
              .c_str(),
          L"AllowGuestAccess", *value);
    }
    if (!machine.subauthentication.is_unknown()) {
      windows_.registry[key(L"Lsa\\MSV1_0")][L"Auth0"] = std::wstring(L"x");
      put(key(L"Lsa\\MSV1_0").c_str(), L"Auth132", machine.subauthentication);
    }
  }

  std::string new_sid() { return fmt::format("S-1-5-21-70-80-90-{}", ++rid_); }

  // Evidence need not show the domain of a machine whose accounts it shows.
  void find_domain() {
    const facts::Machine& machine = server_.machine;
    domain_ = machine.domain.value_or(is_controller() ? "CORP" : "");
    for (const facts::Identity& identity : server_.identities) {
      const auto view = checks::find_account(server_, identity, index_);
      if (machine.domain.is_unknown() && !is_controller() &&
          view.place == checks::Place::kDomain) {
        domain_ = view.name.is_upn ? "CORP" : view.name.domain;
      }
    }
  }

  // Where an account of this machine is kept.
  std::wstring own_domain() const {
    const auto& machine = server_.machine;
    return to_wide(is_controller() ? domain_
                                   : machine.computer.value_or("WEB01"));
  }

  void add_account(const facts::Identity& identity) {
    using checks::Place;
    const auto view = checks::find_account(server_, identity, index_);
    const bool in_domain = view.place == Place::kDomain;
    if (view.place != Place::kLocal && !in_domain) {
      return;
    }
    FakeUser user;
    user.domain = in_domain ? to_wide(view.name.domain) : own_domain();
    user.name = to_wide(view.name.name);
    if (view.name.is_upn) {
      user.upn = to_wide(view.shown);
      user.domain = L"CORP";
    }
    if (in_domain) {
      windows_.controllers[user.domain] = L"\\\\DC01";
      windows_.databases[L"\\\\DC01"].max_age = static_cast<DWORD>(kMaxAge);
    }
    if (view.presence == checks::Presence::kMissing || is_there(user)) {
      return;
    }
    if (!view.not_a_user.empty()) {
      windows_.names.push_back(
          {user.domain, user.name, SidTypeAlias, new_sid()});
      return;
    }
    user.sid = new_sid();
    user.token.clear();
    if (view.record != nullptr) {
      fill(*view.record, user);
    }
    windows_.users.push_back(std::move(user));
  }

  // Of this machine, and nobody's identity.
  void add_other(const facts::Account& account) {
    FakeUser user;
    user.domain = own_domain();
    user.name = to_wide(account.name);
    if (account.from_domain || is_there(user)) {
      return;
    }
    user.sid = new_sid();
    user.token.clear();
    fill(account, user);
    windows_.users.push_back(std::move(user));
  }

  bool is_there(const FakeUser& user) const {
    return std::any_of(windows_.users.begin(), windows_.users.end(),
                       [&](const FakeUser& other) {
                         return text::same_name(to_utf8(other.name),
                                                to_utf8(user.name)) &&
                                other.domain == user.domain;
                       });
  }

  void fill(const facts::Account& record, FakeUser& user) {
    user.flags = UF_NORMAL_ACCOUNT;
    if (record.active.is(false)) {
      user.flags |= UF_ACCOUNTDISABLE;
    }
    if (record.locked.is(true)) {
      user.flags |= UF_LOCKOUT;
    }
    if (record.password_required.is(false)) {
      user.flags |= UF_PASSWD_NOTREQD;
    }
    if (record.expires.has_value()) {
      if (const auto* when = std::get_if<facts::TimeRange>(&*record.expires)) {
        user.expires = static_cast<DWORD>(when->latest);
      }
    }
    const auto* ends =
        record.password_expires.has_value()
            ? std::get_if<facts::TimeRange>(&*record.password_expires)
            : nullptr;
    if (ends == nullptr) {
      user.flags |= UF_DONT_EXPIRE_PASSWD;
    } else {
      user.password_age = static_cast<DWORD>(now_ - (ends->latest - kMaxAge));
      user.password_expired = ends->latest <= now_ ? 1 : 0;
    }
    if (record.must_change_password.is(true)) {
      user.password_expired = 1;
      user.password_age = 0;
    }
    user.workstations =
        to_wide(text::join(record.workstations.value_or({}), ","));
    if (record.logon_hours.has_value() && !record.logon_hours->all) {
      set_hours(*record.logon_hours, user);
    }
    set_groups(record, user);
  }

  static void set_hours(const facts::LogonHours& hours, FakeUser& user) {
    auto& bits = user.hours.emplace();
    bits.fill(0);
    // 1970-01-04 was a Sunday.
    constexpr facts::ClockSeconds kSunday = 3 * facts::kDay;
    for (std::size_t hour = 0; hour < 168; ++hour) {
      if (hours.permits(kSunday +
                        static_cast<std::int64_t>(hour) * facts::kHour)) {
        bits.at(hour / 8) |= static_cast<std::uint8_t>(1U << (hour % 8));
      }
    }
  }

  std::string sid_of_group(const std::string& name) {
    if (const auto known = names_.sid_of(name)) {
      return known->text();
    }
    const auto bare = [](std::string_view text) {
      return facts::AccountName::parse(text).name;
    };
    for (const facts::NamedSid& named : server_.accounts.names) {
      if (text::same_name(bare(named.name), bare(name))) {
        return named.sid.text();
      }
    }
    for (const FakeName& group : windows_.names) {
      if (text::same_name(to_utf8(group.name), name)) {
        return group.sid;
      }
    }
    const auto parsed = facts::AccountName::parse(name);
    windows_.names.push_back(
        {parsed.domain.empty() ? own_domain() : to_wide(parsed.domain),
         to_wide(parsed.name), SidTypeGroup, new_sid()});
    return windows_.names.back().sid;
  }

  void set_groups(const facts::Account& record, FakeUser& user) {
    for (const auto& sid : record.token_groups.value_or({})) {
      user.token.push_back(sid.text());
    }
    for (const auto* groups : {&record.local_groups, &record.global_groups}) {
      for (const std::string& name : groups->value_or({})) {
        if (!knowledge::is_no_group(name)) {
          user.token.push_back(sid_of_group(name));
        }
      }
    }
    for (const facts::LocalGroup& group : server_.accounts.groups) {
      const auto members = group.members.value_or({});
      if (std::any_of(members.begin(), members.end(), [&](const auto& member) {
            return text::same_name(facts::AccountName::parse(member).name,
                                   to_utf8(user.name));
          })) {
        user.token.push_back(sid_of_group(group.name));
      }
    }
  }

  std::string sid_of(const Principal& holder) {
    if (holder.sid) {
      return holder.sid->text();
    }
    const auto name = facts::AccountName::parse(holder.name);
    for (const FakeUser& user : windows_.users) {
      if (text::same_name(to_utf8(user.name), name.name)) {
        return user.sid;
      }
    }
    return sid_of_group(holder.name);
  }

  // What is in force: a policy before a list of what was.
  const RightsList* list_of(LogonRight right) const {
    const RightsList* found = nullptr;
    for (const RightsList& list : server_.rights) {
      if (list.holders(right).is_unknown() || list.is_cut(right)) {
        continue;
      }
      const auto rank = [](const RightsList& one) {
        return one.is_winner ? 2 : one.is_policy ? 1 : 0;
      };
      if (found == nullptr || rank(list) > rank(*found)) {
        found = &list;
      }
    }
    return found;
  }

  void set_right(LogonRight right) {
    const std::string name(facts::constant_name(right));
    const RightsList* list = list_of(right);
    if (list == nullptr) {
      windows_.refusals["LsaEnumerateAccountsWithUserRight " + name] =
          0xC0000022;
      return;
    }
    auto& holders = windows_.rights[to_wide(name)];
    for (const Principal& holder : list->holders(right).value_or({})) {
      holders.push_back(sid_of(holder));
    }
  }

  const facts::Server& server_;
  FakeWindows& windows_;
  checks::Names names_;
  checks::ServerIndex index_;
  facts::ClockSeconds now_ = 0;
  std::string domain_;
  int rid_ = 1000;
};

}  // namespace

void become(const facts::Server& server, FakeWindows& windows) {
  Builder(server, windows).run();
}

}  // namespace iisdiag::win32
