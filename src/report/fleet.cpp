#include "report/fleet.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "text/sort.hpp"
#include "text/strings.hpp"

namespace iisdiag::report {
namespace {

bool is_name_letter(char letter) {
  constexpr unsigned char kAscii = 0x80;
  return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
         (letter >= 'A' && letter <= 'Z') || letter == '_' || letter == '-' ||
         letter == '\\' || static_cast<unsigned char>(letter) >= kAscii;
}

// `name`, wherever it stands by itself, becomes `instead`.
void replace_name(std::string& text, std::string_view name,
                  std::string_view instead) {
  if (name.empty()) {
    return;
  }
  std::size_t at = 0;
  while (at + name.size() <= text.size()) {
    const std::size_t end = at + name.size();
    const bool stands_alone =
        (at == 0 || !is_name_letter(text[at - 1])) &&
        (end == text.size() || !is_name_letter(text[end]));
    if (stands_alone &&
        text::iequals(std::string_view(text).substr(at, name.size()), name)) {
      text.replace(at, name.size(), instead);
      at += instead.size();
    } else {
      ++at;
    }
  }
}

bool is_reason(const Finding& finding, Status status) {
  switch (status) {
    case Status::kFailed:
      return finding.root;
    case Status::kUnknown:
      return finding.severity == Severity::kUnknown;
    case Status::kWarning:
      return finding.severity == Severity::kWarning;
    case Status::kPassed:
    case Status::kSkipped:
      break;
  }
  return false;
}

// What is told of a fleet: no consequence of something else, no remark.
bool is_cause(const Finding& finding) {
  return finding.severity == Severity::kFail
             ? finding.root
             : finding.severity != Severity::kInfo;
}

template <class Visit>
void for_each_finding(const Host& host, Visit visit) {
  for (const Identity& identity : host.identities) {
    for (const CheckResult& check : identity.checks) {
      for (const Finding& finding : check.findings) {
        visit(identity, check, finding);
      }
    }
  }
}

// Without what several checks of an identity say in the same words, that
// nothing of it could be read: one thing, told once.
template <class Visit>
void for_each_told(const Host& host, Visit visit) {
  std::set<std::pair<const Identity*, std::string_view>> told;
  for_each_finding(host, [&](const Identity& identity, const CheckResult& check,
                             const Finding& finding) {
    if (finding.severity != Severity::kUnknown ||
        told.emplace(&identity, finding.summary).second) {
      visit(identity, check, finding);
    }
  });
}

FleetRow row_of(const Host& host) {
  FleetRow row;
  row.host = host.name;
  if (!host.source.paths.empty()) {
    row.path = host.source.paths.front();
  }
  row.status = host.status;
  row.checks.assign(checks::all_checks().size(), Status::kSkipped);
  for (const Identity& identity : host.identities) {
    for (std::size_t i = 0;
         i < std::min(identity.checks.size(), row.checks.size()); ++i) {
      row.checks[i] = worst(row.checks[i], identity.checks[i].status);
    }
  }
  for_each_told(host, [&](const auto&, const auto&, const Finding& finding) {
    if (is_reason(finding, host.status) &&
        std::find(row.reasons.begin(), row.reasons.end(), finding.id) ==
            row.reasons.end()) {
      row.reasons.push_back(finding.id);
    }
  });
  return row;
}

void label_rows(std::vector<FleetRow>& rows) {
  std::map<std::string, std::size_t> named;
  for (const FleetRow& row : rows) {
    ++named[row.host];
  }
  for (FleetRow& row : rows) {
    row.label = named[row.host] == 1 || row.path.empty()
                    ? row.host
                    : row.host + " (" + row.path + ")";
  }
}

std::size_t place_of(const FleetCheck& check) {
  const auto all = checks::all_checks();
  return static_cast<std::size_t>(
      std::find_if(all.begin(), all.end(),
                   [&](const auto* one) { return one->id == check.id; }) -
      all.begin());
}

// The same causes stand in the same order, however the servers came.
bool stands_before(const FleetCause& one, const FleetCause& other) {
  if (one.severity != other.severity) {
    return one.severity > other.severity;
  }
  if (one.rows.size() != other.rows.size()) {
    return one.rows.size() > other.rows.size();
  }
  const std::size_t place = place_of(one.check);
  const std::size_t other_place = place_of(other.check);
  return place != other_place ? place < other_place
                              : std::tie(one.finding, one.text) <
                                    std::tie(other.finding, other.text);
}

}  // namespace

std::size_t Fleet::count(Status status) const {
  return static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(),
                    [&](const FleetRow& row) { return row.status == status; }));
}

std::string common_words(const Finding& finding, const Identity& identity,
                         const Host& host) {
  constexpr std::size_t kShortest = 3;  // shorter names are words as well
  std::string text = finding.summary;
  replace_name(text, identity.account, "the account");
  for (const std::string& node : identity.nodes) {
    replace_name(text, node, "a node");
  }
  const std::string_view bare = std::string_view(identity.account)
                                    .substr(identity.account.find('\\') + 1);
  // IUSR and the like are called the same everywhere.
  if (bare.size() >= kShortest &&
      !text::istarts_with(identity.account, "NT AUTHORITY\\")) {
    replace_name(text, bare, "the account");
  }
  // Where nothing is known of a server it is called after its file.
  if (host.name.size() >= kShortest && !identity.account.empty()) {
    replace_name(text, host.name, "this computer");
  }
  return text;
}

CauseOnHost find_cause(const Host& host, const FleetCause& cause) {
  CauseOnHost found;
  for_each_finding(host, [&](const Identity& identity, const CheckResult& check,
                             const Finding& finding) {
    if (found.finding == nullptr && check.id == cause.check.id &&
        finding.id == cause.finding && finding.severity == cause.severity &&
        common_words(finding, identity, host) == cause.text) {
      found = {&identity, &finding};
    }
  });
  return found;
}

void FleetBuilder::add(const Host& host) {
  FleetRow row = row_of(host);
  const std::size_t place = rows_.size();
  row.place = place;
  rows_.push_back(std::move(row));
  for_each_told(host, [&](const Identity& identity, const CheckResult& check,
                          const Finding& finding) {
    if (!is_cause(finding)) {
      return;
    }
    const std::string text = common_words(finding, identity, host);
    const auto [known, is_new] = by_key_.emplace(
        std::string(knowledge::severity_name(finding.severity)) + '\n' +
            check.id + '\n' + finding.id + '\n' + text,
        causes_.size());
    if (is_new) {
      causes_.push_back(
          {{check.id, check.title}, finding.id, finding.severity, text, {}, 0});
    }
    FleetCause& cause = causes_[known->second];
    ++cause.identities;
    if (cause.rows.empty() || cause.rows.back() != place) {
      cause.rows.push_back(place);
    }
  });
}

Fleet FleetBuilder::finish(std::size_t expected,
                           std::vector<std::size_t>& order) && {
  order =
      text::stable_order(rows_.size(), [&](std::size_t one, std::size_t other) {
        return rows_[one].status > rows_[other].status;
      });
  std::vector<std::size_t> now(order.size());
  Fleet fleet;
  fleet.expected = expected;
  for (const checks::Check* check : checks::all_checks()) {
    fleet.checks.push_back({std::string(check->id), std::string(check->title)});
  }
  fleet.rows.reserve(rows_.size());
  for (const std::size_t place : order) {
    now[place] = fleet.rows.size();
    fleet.rows.push_back(std::move(rows_[place]));
  }
  label_rows(fleet.rows);
  for (FleetCause& cause : causes_) {
    for (std::size_t& row : cause.rows) {
      row = now[row];
    }
    text::sort_stably(cause.rows, std::less<>());
  }
  text::sort_stably(causes_, stands_before);
  fleet.causes = std::move(causes_);
  return fleet;
}

}  // namespace iisdiag::report
