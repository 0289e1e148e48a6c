// The members that logons on record have in a snapshot (snapshot_fields.hpp).
#pragma once

#include <concepts>
#include <type_traits>

#include "facts/attempt.hpp"

namespace iisdiag::evidence {

template <class T, class Struct>
concept Is = std::same_as<std::remove_const_t<T>, Struct>;

void fields(auto& archive, Is<facts::HourCount> auto& of_hour) {
  auto& [hour, count] = of_hour;
  archive.must("hour", hour);
  archive.must("count", count);
}

void fields(auto& archive, Is<facts::LogonAttempt> auto& attempt) {
  auto& [kind, event, service, account, domain, sid, code, logon_type,
         logon_process, process, workstation, right, site, url, status,
         substatus, has_substatus, reason, first, last, is_local, has_time,
         count, hours, first_origin, last_origin] = attempt;
  archive.must("kind", kind);
  archive.may("event", event);
  archive.may("service", service);
  archive.may("account", account);
  archive.may("domain", domain);
  archive.may("sid", sid);
  archive.may("code", code);
  archive.may("logon_type", logon_type);
  archive.may("logon_process", logon_process);
  archive.may("process", process);
  archive.may("workstation", workstation);
  archive.may("right", right);
  archive.may("site", site);
  archive.may("url", url);
  archive.may("status", status);
  archive.may("substatus", substatus);
  archive.may("has_substatus", has_substatus);
  archive.may("reason", reason);
  archive.must("first", first);
  archive.must("last", last);
  archive.may("is_local", is_local);
  archive.may("has_time", has_time, true);
  archive.must("count", count);
  archive.may("hours", hours);
  archive.may("first_origin", first_origin);
  archive.may("last_origin", last_origin);
}

void fields(auto& archive, Is<facts::LogSpan> auto& log) {
  auto& [kind, computer, site, records, first, last, is_local, has_time,
         is_whole, origin] = log;
  archive.must("kind", kind);
  archive.may("computer", computer);
  archive.may("site", site);
  archive.must("records", records);
  archive.must("first", first);
  archive.must("last", last);
  archive.may("is_local", is_local);
  archive.may("has_time", has_time, true);
  archive.may("is_whole", is_whole, true);
  archive.may("origin", origin);
}

void fields(auto& archive, Is<facts::LogonRecords> auto& records) {
  auto& [attempts, logs] = records;
  archive.may("attempts", attempts);
  archive.may("logs", logs);
}

}  // namespace iisdiag::evidence
