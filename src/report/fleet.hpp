// Several servers in one report: who stands where, and what they have in
// common.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "checks/check.hpp"
#include "report/host.hpp"

namespace iisdiag::report {

// A column of the matrix.
struct FleetCheck {
  std::string id;
  std::string title;
};

// A server as a row of the matrix, server by check.
struct FleetRow {
  std::string host;
  std::string path;   // of its evidence; empty for a live server
  std::string label;  // the host, with the path where several are called so
  Status status{};
  // In the order of Fleet::checks; each the worst of all identities.
  std::vector<Status> checks;
  // Ids of findings, each once: what failed for no other reason, else what
  // could not be checked, else what warned.
  std::vector<std::string> reasons;
  std::size_t place = 0;  // among the arguments of the run, from 0
};

// The same finding on one server or many, told once.
struct FleetCause {
  FleetCheck check;
  std::string finding;  // its id
  Severity severity{};
  // The finding's summary without the names of the one server: "network logon
  // is not granted to the account".
  std::string text;
  std::vector<std::size_t> rows;  // the worst first
  std::size_t identities = 0;     // of all these servers
};

struct Fleet {
  std::size_t expected = 0;        // servers that were to be looked at
  std::vector<FleetCheck> checks;  // in the order of the checklist
  std::vector<FleetRow> rows;      // worst first, as the report's hosts
  std::vector<FleetCause> causes;  // failed, unknown, warned; most hosts first

  bool is_complete() const { return rows.size() == expected; }
  std::size_t count(Status status) const;
};

// Gathers what is kept of each server while the run goes on.
class FleetBuilder {
 public:
  // In the order of the arguments.
  void add(const Host& host);
  // Ends it. `order` says for each row which of the added servers it is.
  Fleet finish(std::size_t expected, std::vector<std::size_t>& order) &&;

 private:
  std::vector<FleetRow> rows_;
  std::vector<FleetCause> causes_;
  std::map<std::string, std::size_t> by_key_;
};

// Of a host that a cause was found on: where. Null for any other host.
struct CauseOnHost {
  const Identity* identity = nullptr;
  const Finding* finding = nullptr;
};
CauseOnHost find_cause(const Host& host, const FleetCause& cause);

// The summary of a finding without what names this server and this account.
std::string common_words(const Finding& finding, const Identity& identity,
                         const Host& host);

}  // namespace iisdiag::report
