#include "evidence/records.hpp"

#include <algorithm>
#include <concepts>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "evidence/limits.hpp"
#include "knowledge/well_known.hpp"
#include "text/sort.hpp"
#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::evidence {
namespace {

using facts::LogonAttempt;
using facts::RecordKind;
using facts::Service;

// Texts and numbers one behind the other: equal only where all of them are.
class Key {
 public:
  Key& add(std::string_view part) {
    text_ += part;
    text_ += '\0';
    return *this;
  }
  template <std::integral Number>
  Key& add(Number number) {
    return add(std::string_view(std::to_string(number)));
  }
  Key& add(std::optional<std::uint32_t> number) {
    return number ? add(*number) : add(std::string_view());
  }

  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

// Everything but where it was read, and the hours, which not every source
// tells.
std::string key_of(const LogonAttempt& attempt) {
  return Key()
      .add(static_cast<int>(attempt.kind))
      .add(attempt.event)
      .add(attempt.service)
      .add(text::fold_case(attempt.account))
      .add(text::fold_case(attempt.domain))
      .add(attempt.sid)
      .add(attempt.code)
      .add(attempt.logon_type)
      .add(attempt.logon_process)
      .add(attempt.process)
      .add(attempt.workstation)
      .add(attempt.right)
      .add(attempt.site)
      .add(attempt.url)
      .add(attempt.status)
      .add(attempt.substatus)
      .add(static_cast<int>(attempt.has_substatus))
      .add(attempt.reason)
      .add(attempt.first)
      .add(attempt.last)
      .add(static_cast<int>(attempt.is_local))
      .add(attempt.count)
      .take();
}

std::string key_of(const facts::LogSpan& log) {
  return Key()
      .add("log")
      .add(static_cast<int>(log.kind))
      .add(log.computer)
      .add(log.site)
      .add(log.records)
      .add(log.first)
      .add(log.last)
      .add(static_cast<int>(log.is_whole))
      .take();
}

// Any other name can be one that a client of FTP or Basic gave.
bool is_of_iis(const LogonAttempt& attempt) {
  return (attempt.kind == RecordKind::kIisEvent ||
          attempt.kind == RecordKind::kLogon) &&
         knowledge::is_setup_name(
             facts::AccountName::parse(attempt.account).name);
}

Service service_of(const LogonAttempt& attempt) {
  for (const std::string& name : {attempt.service, attempt.site}) {
    if (text::istarts_with(name, "MSFTPSVC")) {
      return Service::kFtp6;
    }
    if (text::istarts_with(name, "FTPSVC")) {
      return Service::kFtp7;
    }
    if (text::istarts_with(name, "GOPHERSVC")) {
      return Service::kGopher;
    }
  }
  return Service::kWeb;
}

// FTP logs hold the logons of anonymous alone, under that name.
bool is_refused_visitor(const LogonAttempt& row) {
  if (row.kind == RecordKind::kFtpLog) {
    return row.status == 530;
  }
  return row.kind == RecordKind::kWebLog && row.account.empty() &&
         row.status == 401 && row.substatus <= 1 && row.code != 0U;
}

// IIS 3.0 tries the pair that it has stored even where anonymous access is
// off, and says so in an event (Q170863).
bool is_off(const std::vector<facts::SitePlace>& off, Service service,
            const LogonAttempt& attempt) {
  return std::any_of(off.begin(), off.end(), [&](const auto& place) {
    return place.anonymous.is(false) && place.service == service &&
           (attempt.site.empty() || place.site.empty() ||
            text::iequals(place.site, attempt.site));
  });
}

struct Candidate {
  facts::Identity identity;
  bool is_account = false;
  facts::ClockSeconds last = 0;
};

facts::Store store_of(Service service) {
  return service == Service::kFtp7 ? facts::Store::kAppHost
                                   : facts::Store::kMetabase;
}

}  // namespace

void drop_duplicates(facts::LogonRecords& records) {
  std::unordered_map<std::string, std::size_t> places;
  std::vector<LogonAttempt> attempts;
  for (LogonAttempt& attempt : records.attempts) {
    const auto [known, is_new] =
        places.try_emplace(key_of(attempt), attempts.size());
    if (is_new) {
      attempts.push_back(std::move(attempt));
    } else if (attempts[known->second].hours.empty()) {
      attempts[known->second].hours = std::move(attempt.hours);
    }
  }
  records.attempts = std::move(attempts);
  std::set<std::string> seen;
  std::erase_if(records.logs, [&](const facts::LogSpan& log) {
    return !seen.insert(key_of(log)).second;
  });
}

std::optional<facts::Moment> newest_record(const facts::LogonRecords& records) {
  std::optional<facts::Moment> newest;
  for (const facts::LogSpan& log : records.logs) {
    if (log.records > 0 && log.has_time &&
        (!newest || newest->clock < log.last)) {
      newest = facts::Moment{
          log.last, log.is_local ? std::nullopt : std::optional<int>(0)};
    }
  }
  return newest;
}

std::vector<facts::Identity> identities_of_records(
    const facts::LogonRecords& records,
    const std::vector<facts::SitePlace>& off, const std::string& why) {
  // By service and folded name, or by site.
  std::map<std::pair<Service, std::string>, Candidate> found;
  for (const LogonAttempt& attempt : records.attempts) {
    const Service service = service_of(attempt);
    if (is_off(off, service, attempt)) {
      continue;
    }
    const bool is_account = is_of_iis(attempt);
    std::string key;
    if (is_account) {
      key = text::fold_case(facts::AccountName::parse(attempt.account).name);
    } else if (is_refused_visitor(attempt)) {
      key = attempt.site;
    } else {
      continue;
    }
    Candidate& candidate = found[{service, std::move(key)}];
    if (attempt.last < candidate.last) {
      continue;
    }
    candidate.last = attempt.last;
    facts::Identity& identity = candidate.identity;
    identity.service = service;
    identity.store = store_of(service);
    identity.without_configuration = facts::Unknown{why, {}};
    candidate.is_account = is_account;
    if (is_account) {
      identity.account.value = {attempt.account, attempt.last_origin};
    } else if (!attempt.site.empty()) {
      identity.nodes = {attempt.site};
    }
  }
  std::vector<Candidate> all;
  all.reserve(found.size());
  for (auto& [key, candidate] : found) {
    all.push_back(std::move(candidate));
  }
  text::sort_stably(all, [](const auto& one, const auto& two) {
    return std::pair(one.is_account, one.last) >
           std::pair(two.is_account, two.last);
  });
  std::vector<facts::Identity> identities;
  for (Candidate& candidate : all) {
    if (identities.size() < kMaxRecordedIdentities) {
      identities.push_back(std::move(candidate.identity));
    }
  }
  return identities;
}

}  // namespace iisdiag::evidence
