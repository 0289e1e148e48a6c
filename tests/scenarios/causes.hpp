// The causes of FACTS.md section I on the servers of every generation: a
// healthy captured server, the edits that a cause makes to its files, and what
// has to be found. tests/causes/README.md describes the files.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mutate.hpp"
#include "scenario.hpp"

namespace iisdiag::test {

// The columns of docs/coverage.md, oldest first.
struct Generation {
  std::string_view id;
  std::string_view title;
};
const std::vector<Generation>& generations();

// A healthy server that causes are tried on.
struct CauseServer {
  std::string name;
  std::string scenario;    // its folder below tests/scenarios
  std::string generation;  // an id of generations()
  std::string account;     // as the report shows it
  std::string computer;
  std::string site;  // as its logs are called: "W3SVC1"
  std::string at;    // a day on which it was in use: "2006-05-16"
  std::string title;
};
const std::vector<CauseServer>& cause_servers();

// What a cause does to some servers, and what has to be said about it.
struct Variant {
  std::vector<std::string> servers;
  Json edits;
  Json options;
  std::string account;               // empty: that of the server
  std::vector<std::string> roots;    // of the identities of that account
  std::vector<std::string> also;     // failing findings that roots explain
  std::vector<std::string> shows;    // findings of a lower severity
  std::vector<std::string> says;     // parts of notes
  std::vector<std::string> details;  // parts of what findings say
};

struct Cause {
  int number = 0;  // of FACTS.md section I
  std::string title;
  std::string kind;  // "cause", "misleading" or "look-alike"
  std::vector<std::string> sources;
  std::vector<Variant> variants;
  std::vector<std::string> scenarios;  // folders that show it, too
  // Why, by generation.
  std::map<std::string, std::string> not_applicable;
  std::map<std::string, std::string> not_detectable;
};
// By number. Throws, with the name of the file, for what is not as it should
// be.
const std::vector<Cause>& all_causes();

// A cause on a server, as a captured server of its own.
struct CauseCase {
  std::string name;  // "c03-1-nt4-server"
  const Cause* cause = nullptr;
  const Variant* variant = nullptr;
  const CauseServer* server = nullptr;
};
const std::vector<CauseCase>& cause_cases();
// As the report shows the account.
std::string account_of(const CauseCase& one);
// One of them for each cause and generation, for tests that take their time.
std::vector<std::string> cause_sample();

// The scenario with its capture in memory; nothing for another name.
std::optional<Scenario> load_cause_case(const std::string& name);

// What tests look at that hold for any server: the folders of tests/scenarios
// under sanitizers, which are slow, else the sample; with IISDIAG_FULL=1 the
// folders and every case.
std::vector<std::string> captured_servers();
// One of them.
Scenario load_any(const std::string& name);

// With the names and the day of the server in place of {ACCOUNT}, {NAME},
// {DOMAIN}, {COMPUTER}, {SITE} and {DAY}.
std::string filled(std::string text, const CauseServer& server);

// The edits of a variant; throws where one of them changes nothing.
Capture edited(Capture capture, const CauseServer& server, const Json& edits);

}  // namespace iisdiag::test
