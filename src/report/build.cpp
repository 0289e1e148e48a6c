#include "report/build.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/case.hpp"
#include "checks/chains.hpp"
#include "checks/check.hpp"
#include "checks/not_blamed.hpp"
#include "knowledge/versions.hpp"
#include "report/known_facts.hpp"
#include "report/recorded_hours.hpp"
#include "text/strings.hpp"

namespace iisdiag::report {
namespace {

using checks::Case;
using facts::Role;
using facts::Store;

std::string_view role_name(Role role) {
  switch (role) {
    case Role::kWorkstation:
      return "workstation";
    case Role::kMember:
      return "member";
    case Role::kDomainController:
      return "dc";
  }
  return "";
}

Finding finish(const checks::Finding& found, const Case& subject) {
  Finding finding;
  finding.id = found.info->id;
  finding.severity = found.severity;
  finding.summary = found.summary;
  finding.code = found.code;
  finding.found = found.found;
  if (found.info->remedy == nullptr) {
    return finding;
  }
  const auto& role = subject.server.machine.role;
  const knowledge::Remedy remedy = found.info->remedy(
      {.server = subject.server,
       .identity = subject.identity,
       .iis = *subject.iis.back(),
       .windows = *subject.windows.back(),
       .role = role.value_or(Role::kMember),
       .account = subject.account.shown,
       .bare_account = subject.account.name.name,
       .is_domain_account = subject.account.is_domain_account,
       .subject = found.subject});
  finding.expected = remedy.expected;
  finding.steps = remedy.steps;
  for (const std::string_view id : remedy.articles) {
    const auto* article = knowledge::find_article(id);
    finding.references.push_back(
        {std::string(id),
         std::string(article == nullptr ? "" : article->title)});
  }
  return finding;
}

CheckResult run_check(const checks::Check& check, const Case& subject,
                      const Selection& selection) {
  CheckResult result;
  result.id = check.id;
  result.title = check.title;
  if (!selection.includes(check.id)) {
    result.status = Status::kSkipped;
    result.left_out = true;
    result.summary = "left out on request";
    return result;
  }
  const checks::Verdict verdict = check.run(subject);
  result.status = verdict.status;
  result.summary = verdict.summary;
  for (const checks::Finding& found : verdict.findings) {
    result.findings.push_back(finish(found, subject));
  }
  return result;
}

// Every failing finding of an identity, in the order of the checklist.
std::vector<Finding*> failures(Identity& identity) {
  std::vector<Finding*> all;
  for (CheckResult& check : identity.checks) {
    for (Finding& finding : check.findings) {
      if (finding.severity == Severity::kFail) {
        all.push_back(&finding);
      }
    }
  }
  return all;
}

Finding* find_failure(const std::vector<Finding*>& failures,
                      std::string_view id) {
  const auto found =
      std::find_if(failures.begin(), failures.end(),
                   [&](const Finding* failure) { return failure->id == id; });
  return found == failures.end() ? nullptr : *found;
}

// What failed is a root cause unless another failure explains it.
void settle_causes(Identity& identity) {
  const std::vector<Finding*> failed = failures(identity);
  const auto has_failed = [&](std::string_view id) {
    return find_failure(failed, id) != nullptr;
  };
  for (Finding* finding : failed) {
    const auto* chain = checks::explain(finding->id, finding->code, has_failed);
    finding->root = chain == nullptr;
    if (chain == nullptr) {
      identity.root_causes.push_back(finding->id);
    } else {
      finding->caused_by = chain->cause;
      finding->why_caused = chain->why;
      finding->outlasts_cause = chain->outlasts_cause;
    }
  }
  for (Finding* finding : failed) {
    const Finding* cause = finding;
    while (!cause->caused_by.empty()) {
      cause = find_failure(failed, cause->caused_by);
      ++finding->depth;
    }
  }
}

std::string sync_words(const Case& subject) {
  const auto& flag = subject.identity.password_sync.value;
  if (subject.sync.mode == checks::SyncView::Mode::kNone) {
    return "none";
  }
  return !flag.has_value() ? "unknown" : *flag ? "on" : "off";
}

std::string method_words(const Case& subject) {
  const checks::Place place = subject.account.place;
  if (place == checks::Place::kPoolIdentity ||
      place == checks::Place::kBuiltIn) {
    return "none";
  }
  if (subject.sync.mode == checks::SyncView::Mode::kEffective) {
    return "network";
  }
  const auto& method = subject.identity.logon_method.value;
  return std::string(method.has_value() ? facts::method_name(*method)
                                        : "unknown");
}

// Identities of one account share its records.
void add_once(facts::Note note, std::vector<facts::Note>& notes) {
  if (std::none_of(notes.begin(), notes.end(), [&](const auto& other) {
        return other.text == note.text;
      })) {
    notes.push_back(std::move(note));
  }
}

Identity build_identity(const facts::Server& server,
                        const facts::Identity& facts,
                        const checks::ServerIndex& index,
                        const Selection& selection,
                        std::vector<facts::Note>& notes) {
  const Case subject = checks::make_case(server, facts, index);
  Identity identity;
  identity.service = facts.service;
  identity.account = subject.account.shown;
  if (facts.anonymous.value.has_value()) {
    identity.anonymous = *facts.anonymous.value;
  }
  identity.nodes = facts.nodes;
  if (facts.password.value.has_value()) {
    identity.password_from = facts.password.node;
  }
  identity.password_sync = sync_words(subject);
  identity.logon_method = method_words(subject);
  identity.status = Status::kSkipped;
  for (const checks::Check* check : checks::all_checks()) {
    identity.checks.push_back(run_check(*check, subject, selection));
    identity.status = worst(identity.status, identity.checks.back().status);
  }
  settle_causes(identity);
  if (auto note =
          checks::cached_logon(subject, !identity.root_causes.empty())) {
    add_once(std::move(*note), notes);
  }
  identity.logons = recorded_hours(subject.recorded);
  identity.known = known_facts(subject);
  return identity;
}

// The store that tells the version: of the first identity that was read from
// a configuration, that of IIS 7 and later before the metabase that an FTP 6
// service keeps beside it.
std::optional<Store> telling_store(const facts::Server& server) {
  std::optional<Store> store;
  for (const facts::Identity& identity : server.identities) {
    if (!identity.without_configuration &&
        (!store || identity.store == Store::kAppHost)) {
      store = identity.store;
    }
  }
  return store;
}

void name_versions(const facts::Server& server, Host& host) {
  const facts::Machine& machine = server.machine;
  const auto store = telling_store(server);
  const auto iis = knowledge::possible_iis(machine, store);
  const auto windows = knowledge::possible_windows(machine, store);
  if (iis.size() == 1) {
    host.iis_version = iis.front()->id;
    host.known.push_back({fmt::format("rules of IIS {}", iis.front()->id),
                          knowledge::source_text(*iis.front()),
                          {}});
  }
  if (windows.size() == 1) {
    host.known.push_back(
        {"rules of Windows", knowledge::source_text(*windows.front()), {}});
    host.windows_version = windows.front()->version;
    host.windows_name =
        machine.product_name.value_or(std::string(windows.front()->name));
  } else {
    host.windows_version = machine.windows_version.value_or({});
    host.windows_name = machine.product_name.value_or({});
  }
  if (machine.role.has_value()) {
    host.role = role_name(*machine.role);
  }
  std::vector<std::string> open;
  std::vector<std::string> options;
  std::vector<std::string> taken;
  if (iis.size() > 1) {
    open.emplace_back("IIS");
    options.emplace_back("--iis");
    taken.push_back(fmt::format("IIS {}", iis.back()->id));
  }
  if (windows.size() > 1) {
    open.emplace_back("Windows");
    options.emplace_back("--windows");
    taken.emplace_back(windows.back()->name);
  }
  const bool gives_steps = std::any_of(
      host.identities.begin(), host.identities.end(),
      [](const auto& identity) { return identity.status > Status::kPassed; });
  if (!open.empty() && gives_steps) {
    host.notes.push_back(
        {fmt::format("The evidence does not settle the version of {}; the "
                     "steps are those of {}. Say which with {}.",
                     text::join_words(open), text::join_words(taken),
                     text::join_words(options)),
         {}});
  }
}

Host look_at(const Subject& subject, const Selection& selection) {
  const facts::Server& server = subject.server;
  Host host;
  host.name = server.machine.computer.value_or(subject.fallback_name);
  host.source = server.source;
  host.demo = subject.demo;
  host.ignored = subject.ignored;
  host.notes = server.notes;
  host.problems = server.problems;
  host.status = Status::kSkipped;
  const checks::ServerIndex index(server);
  for (facts::Note& note : checks::not_blamed(server, index.rows())) {
    host.notes.push_back(std::move(note));
  }
  for (const facts::Identity& identity : server.identities) {
    host.identities.push_back(
        build_identity(server, identity, index, selection, host.notes));
    host.status = worst(host.status, host.identities.back().status);
  }
  sort_worst_first(host.identities);
  host.known = known_facts(server);
  name_versions(server, host);
  return host;
}

}  // namespace

bool Selection::includes(std::string_view check) const {
  const auto names = [&](const std::vector<std::string>& list) {
    return std::find(list.begin(), list.end(), check) != list.end();
  };
  return (only.empty() || names(only)) && !names(skip);
}

Host build_host(const Subject& subject, const Selection& selection,
                facts::ClockSeconds checked_at) {
  Host host = look_at(subject, selection);
  host.checked_at = checked_at;
  return host;
}

Report build(const Subject& subject, const Selection& selection,
             facts::ClockSeconds checked_at) {
  Report report;
  report.checked_at = checked_at;
  report.hosts.push_back(build_host(subject, selection, checked_at));
  report.status = report.hosts.front().status;
  report.counts = count_checks(report.hosts.front().identities);
  return report;
}

}  // namespace iisdiag::report
