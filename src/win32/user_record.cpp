#include "win32/user_record.hpp"

#include <algorithm>

#include "knowledge/localized_names.hpp"
#include "text/strings.hpp"
#include "win32/answer.hpp"
#include "win32/clock.hpp"
#include "win32/wide.hpp"

namespace iisdiag::win32 {
namespace {

using facts::Deadline;
using facts::Never;
using facts::Observed;
using facts::Origin;

Origin from_get_info() { return Origin::from_api("NetUserGetInfo", 0); }

std::int64_t utc(const facts::Moment& now) {
  return now.clock - now.utc_offset_minutes.value_or(0) * facts::kMinute;
}

Observed<std::vector<std::string>> workstations(const wchar_t* list) {
  std::vector<std::string> names;
  const std::string all = to_utf8(list);
  for (const std::string_view part : text::split(all, ',')) {
    const std::string_view name = text::trim(part);
    if (!name.empty()) {
      names.emplace_back(name);
    }
  }
  return {std::move(names), from_get_info()};
}

Observed<facts::LogonHours> hours_of(const USER_INFO_3& record,
                                     const facts::Moment& now) {
  HoursBits bits{};
  if (record.usri3_logon_hours == nullptr) {
    bits.fill(0xFF);  // no restriction (lmaccess.h)
  } else if (record.usri3_units_per_week != kHoursBytes * 8) {
    return Observed<facts::LogonHours>::unknown(
        "the logon hours are not counted in hours", {}, from_get_info());
  } else {
    std::copy_n(record.usri3_logon_hours, bits.size(), bits.begin());
  }
  return {logon_hours(bits, now.utc_offset_minutes.value_or(0)),
          from_get_info()};
}

Observed<Deadline> expiry_of(const USER_INFO_3& record,
                             const facts::Moment& now) {
  const DWORD when = record.usri3_acct_expires;
  if (when == TIMEQ_FOREVER || when == 0) {
    return {Deadline(Never{}), from_get_info()};
  }
  return {Deadline(on_server_clock(when, now)), from_get_info()};
}

void read_password(const USER_INFO_3& record,
                   const Observed<std::uint32_t>& max_age_days,
                   const facts::Moment& now, facts::Account& account) {
  const bool is_expired = record.usri3_password_expired != 0;
  const std::int64_t age = record.usri3_password_age;
  account.must_change_password = {is_expired && age == 0, from_get_info()};
  if (is_expired && age == 0) {
    return;
  }
  const auto set = on_server_clock(utc(now) - age, now);
  account.password_last_set = {set, from_get_info()};
  if ((record.usri3_flags & UF_DONT_EXPIRE_PASSWD) != 0) {
    account.password_expires = {Deadline(Never{}), from_get_info()};
  } else if (is_expired) {
    // When it did is not told, only that it is over.
    account.password_expires = {
        Deadline(facts::TimeRange{set.earliest, now.clock}), from_get_info()};
  } else if (max_age_days.is_absent()) {
    account.password_expires = {Deadline(Never{}), max_age_days.origin()};
  } else if (max_age_days.has_value()) {
    const auto until = set.earliest + *max_age_days * facts::kDay;
    if (until <= now.clock) {
      // Windows says that it has not expired: another age is in force.
      account.password_expires = Observed<Deadline>::unknown(
          "a password policy of its own seems to apply to the account", {},
          max_age_days.origin());
      return;
    }
    account.password_expires = {Deadline(facts::TimeRange{until, until}),
                                max_age_days.origin()};
  } else {
    account.password_expires = Observed<Deadline>::unknown(
        max_age_days.reason().why, max_age_days.reason().todo,
        max_age_days.origin());
  }
}

template <class Record>
Observed<std::vector<std::string>> names_of(const NetBuffer<Record>& buffer,
                                            DWORD count, wchar_t* Record::*name,
                                            std::string_view function) {
  std::vector<std::string> names;
  for (DWORD i = 0; buffer.get() != nullptr && i < count; ++i) {
    names.push_back(to_utf8(buffer.get()[i].*name));
  }
  return {std::move(names), Origin::from_api(function, 0)};
}

}  // namespace

facts::Account account_of(const USER_INFO_3& record,
                          const Observed<std::uint32_t>& max_age_days,
                          const facts::Moment& now) {
  facts::Account account;
  account.origin = from_get_info();
  const DWORD flags = record.usri3_flags;
  account.active = {(flags & UF_ACCOUNTDISABLE) == 0, from_get_info()};
  account.locked = {(flags & UF_LOCKOUT) != 0, from_get_info()};
  account.password_required = {(flags & UF_PASSWD_NOTREQD) == 0,
                               from_get_info()};
  account.bad_logons = {record.usri3_bad_pw_count, from_get_info()};
  account.expires = expiry_of(record, now);
  if (record.usri3_last_logon != 0) {
    account.last_logon = {on_server_clock(record.usri3_last_logon, now),
                          from_get_info()};
  }
  account.workstations = workstations(record.usri3_workstations);
  account.logon_hours = hours_of(record, now);
  read_password(record, max_age_days, now, account);
  return account;
}

facts::AccountPolicy read_policy(const Api& api, const wchar_t* server) {
  constexpr std::string_view kFunction = "NetUserModalsGet";
  constexpr DWORD kAges = 0;
  constexpr DWORD kLockout = 3;
  const Origin origin = Origin::from_api(kFunction, 0);
  facts::AccountPolicy policy;
  {
    NetBuffer<USER_MODALS_INFO_0> ages(api);
    const std::uint32_t code = api.NetUserModalsGet(server, kAges, ages.out());
    if (code != NERR_Success || ages.get() == nullptr) {
      policy.max_password_age_days = refused<std::uint32_t>(kFunction, code);
    } else if (ages.get()->usrmod0_max_passwd_age == TIMEQ_FOREVER) {
      policy.max_password_age_days = Observed<std::uint32_t>::absent(origin);
    } else {
      policy.max_password_age_days = {
          static_cast<std::uint32_t>(ages.get()->usrmod0_max_passwd_age /
                                     facts::kDay),
          origin};
    }
  }
  NetBuffer<USER_MODALS_INFO_3> lockout(api);
  const std::uint32_t code =
      api.NetUserModalsGet(server, kLockout, lockout.out());
  if (code != NERR_Success || lockout.get() == nullptr) {
    policy.lockout_threshold = refused<std::uint32_t>(kFunction, code);
    return policy;
  }
  const USER_MODALS_INFO_3& told = *lockout.get();
  const auto minutes = [&](DWORD seconds) {
    return Observed<std::uint32_t>(
        static_cast<std::uint32_t>(seconds / facts::kMinute), origin);
  };
  policy.lockout_minutes = told.usrmod3_lockout_duration == TIMEQ_FOREVER
                               ? Observed<std::uint32_t>::absent(origin)
                               : minutes(told.usrmod3_lockout_duration);
  policy.lockout_window_minutes =
      minutes(told.usrmod3_lockout_observation_window);
  policy.lockout_threshold = {told.usrmod3_lockout_threshold, origin};
  return policy;
}

Observed<std::vector<std::string>> local_groups(const Api& api,
                                                const std::string& name) {
  constexpr std::string_view kFunction = "NetUserGetLocalGroups";
  NetBuffer<LOCALGROUP_USERS_INFO_0> groups(api);
  DWORD count = 0;
  DWORD total = 0;
  const std::uint32_t code = api.NetUserGetLocalGroups(
      nullptr, to_wide(name).c_str(), 0, LG_INCLUDE_INDIRECT, groups.out(),
      MAX_PREFERRED_LENGTH, &count, &total);
  if (code != NERR_Success) {
    return refused<std::vector<std::string>>(kFunction, code);
  }
  return names_of(groups, count, &LOCALGROUP_USERS_INFO_0::lgrui0_name,
                  kFunction);
}

Observed<std::vector<std::string>> global_groups(const Api& api,
                                                 const wchar_t* server,
                                                 const std::string& name) {
  constexpr std::string_view kFunction = "NetUserGetGroups";
  NetBuffer<GROUP_USERS_INFO_0> groups(api);
  DWORD count = 0;
  DWORD total = 0;
  const std::uint32_t code =
      api.NetUserGetGroups(server, to_wide(name).c_str(), 0, groups.out(),
                           MAX_PREFERRED_LENGTH, &count, &total);
  if (code != NERR_Success) {
    return refused<std::vector<std::string>>(kFunction, code);
  }
  auto names =
      names_of(groups, count, &GROUP_USERS_INFO_0::grui0_name, kFunction);
  if (names.has_value()) {
    // "None" is the group of a machine's accounts, in Windows' own language.
    std::vector<std::string> real = *names;
    std::erase_if(real, [](const std::string& group) {
      return knowledge::is_no_group(group);
    });
    return {std::move(real), names.origin()};
  }
  return names;
}

}  // namespace iisdiag::win32
