// Servers for the checks: healthy as they come, so that a test breaks the one
// thing that it is about.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checks/case.hpp"
#include "checks/check.hpp"
#include "facts/server.hpp"

namespace iisdiag::checks {

inline facts::Origin at(std::string_view file, std::uint64_t line) {
  return facts::Origin::in_file(file, line);
}

// The member server WEB01 of a workgroup, captured on Tuesday, 16 May 2006 at
// 09:01 of its own clock. Its one identity logs IUSR_WEB01 on with a stored
// password, password sync off, by the method that this IIS defaults to; a
// complete rights list grants it every logon and denies none.
facts::Server healthy(std::string_view iis, std::string_view windows);

// `healthy` with password sync on and, for IIS 6.0, all that it needs.
facts::Server with_sync(std::string_view iis, std::string_view windows);

// `healthy` with `name` configured, and no account of it in the evidence.
facts::Server with_account(std::string_view iis, std::string_view windows,
                           std::string_view name);

// The account that the configuration names becomes one of the domain CORP,
// which the server is joined to; no record of it is in the evidence.
void use_domain_account(facts::Server& server, std::string_view name);

// The server becomes a controller of CORP, whose database holds its accounts.
void make_controller(facts::Server& server);

// A healthy account as `net user NAME /domain` shows it.
facts::Account domain_account(std::string_view name);
// The machine's account database holds these accounts and no other.
void list_accounts(facts::Server& server, std::vector<std::string> names);
// "The user name could not be found."
void report_missing(facts::Server& server, std::string_view name,
                    bool by_domain);

inline facts::Identity& identity(facts::Server& server) {
  return server.identities.front();
}
inline facts::Account& record(facts::Server& server) {
  return server.accounts.accounts.front();
}
// A value from a file of the capture that the test does not ask about.
template <class T>
facts::Observed<T> known(T value) {
  return {std::move(value), at("evidence", 1)};
}

// "*S-1-5-32-546" and "CORP\web" as a rights list writes them, split at commas.
std::vector<facts::Principal> principals(std::string_view list);
// Gives the first rights list of `server` one more line.
void assign(facts::Server& server, facts::LogonRight right,
            std::string_view list);
// A policy that sets only the rights that the test assigns to it.
facts::RightsList policy();

void add_group(facts::Server& server, std::string_view name,
               std::vector<std::string> members);

// The finding that explains this one, of whatever check; empty for a root
// cause.
std::string cause_of(const Case& subject, const Finding& finding);

// The outcome of a check on the server's only identity: "passed",
// "failed: right-denied, audit-full", "warning: logon-hours(warning)". The
// severity stands only beside an id that may have several.
std::string outcome(const Check& check, const facts::Server& server);

// All of it: status and summary, then each finding with what was seen.
std::string transcript(const Check& check, const facts::Server& server);

}  // namespace iisdiag::checks
