#include "checks/places.hpp"

#include "text/strings.hpp"
#include "text/unicode.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonAttempt;
using facts::RecordKind;
using facts::SitePlace;

bool is_row(const LogonAttempt& attempt) {
  return attempt.kind == RecordKind::kWebLog ||
         attempt.kind == RecordKind::kFtpLog;
}

// Where the place of a service stands for all its sites.
std::string service_key(std::string_view service) {
  return text::to_lower(service);
}

// "W3SVC" of "W3SVC12".
std::string_view service_of_site(std::string_view site) {
  return site.substr(0, site.find_last_not_of("0123456789") + 1);
}

}  // namespace

RowIndex::RowIndex(const facts::Server& server) {
  for (const SitePlace& place : server.places) {
    const std::string key =
        place.site.empty() ? service_key(facts::service_name(place.service))
                           : text::to_lower(place.site);
    sites_[key].emplace(text::fold_case(place.url), &place);
  }
  for (const LogonAttempt& attempt : server.records.attempts) {
    if (!is_row(attempt)) {
      continue;
    }
    const Row row{&attempt, place_of(attempt)};
    all_.push_back(row);
    rows_of_sites_[text::to_lower(attempt.site)].push_back(row);
    if (row.place != nullptr) {
      rows_[row.place->identity].push_back(row);
    }
  }
}

const RowIndex::Rows& RowIndex::of(std::uint32_t identity) const {
  static const Rows kNone;
  const auto found = rows_.find(identity);
  return found == rows_.end() || identity == 0 ? kNone : found->second;
}

const RowIndex::Rows& RowIndex::of_site(std::string_view site) const {
  static const Rows kNone;
  const auto found = rows_of_sites_.find(text::to_lower(site));
  return found == rows_of_sites_.end() ? kNone : found->second;
}

const SitePlace* RowIndex::place_of(const LogonAttempt& row) const {
  const auto find_site = [&](const std::string& key) {
    const auto found = sites_.find(key);
    return found == sites_.end() ? nullptr : &found->second;
  };
  const Site* site =
      row.site.empty() ? nullptr : find_site(text::to_lower(row.site));
  if (site == nullptr && !row.site.empty()) {
    site = find_site(service_key(service_of_site(row.site)));
  }
  // A log that names no site can only be that of the only one.
  if (site == nullptr && row.site.empty() && sites_.size() == 1) {
    site = &sites_.begin()->second;
  }
  if (site == nullptr) {
    return nullptr;
  }
  std::string url = text::fold_case(row.url);
  for (;;) {
    while (url.size() > 1 && url.back() == '/') {
      url.pop_back();
    }
    const auto found = site->find(url.empty() ? "/" : url);
    if (found != site->end()) {
      return found->second;
    }
    const auto slash = url.rfind('/');
    if (slash == std::string::npos || url == "/") {
      return nullptr;
    }
    url.resize(slash == 0 ? 1 : slash);
  }
}

}  // namespace iisdiag::checks
