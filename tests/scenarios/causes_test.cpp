// Every cause is found wherever it can occur, and nothing else is named.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include "causes.hpp"

namespace iisdiag::test {
namespace {

using Strings = std::vector<std::string>;
using Set = std::set<std::string>;

// What a report says of one account, and of all others.
struct Said {
  Set roots;
  Set failing;
  Set other;  // findings of a lower severity
  Set roots_of_others;
  std::string findings;  // their whole text
  std::string notes;
};

Said said_of(const Json& report, const std::string& account) {
  Said said;
  const Json& host = report.at("hosts").at(0);
  for (const Json& note : host.at("notes")) {
    said.notes += note.at("text").get<std::string>() + "\n";
  }
  for (const Json& identity : host.at("identities")) {
    const bool is_its = identity.at("account") == account;
    for (const Json& root : identity.at("root_causes")) {
      (is_its ? said.roots : said.roots_of_others).insert(root);
    }
    for (const Json& check : identity.at("checks")) {
      for (const Json& finding : check.at("findings")) {
        if (is_its) {
          (finding.at("severity") == "fail" ? said.failing : said.other)
              .insert(finding.at("id"));
          said.findings += finding.dump() + "\n";
        }
      }
      said.findings += check.at("summary").dump() + "\n";
    }
  }
  return said;
}

Set set_of(const Strings& words) { return {words.begin(), words.end()}; }

Strings names_of_cases() {
  Strings names;
  for (const CauseCase& one : cause_cases()) {
    names.push_back(one.name);
  }
  return names;
}

const CauseCase& find_case(const std::string& name) {
  return *std::find_if(cause_cases().begin(), cause_cases().end(),
                       [&](const CauseCase& one) { return one.name == name; });
}

class CauseTest : public testing::TestWithParam<std::string> {};

TEST_P(CauseTest, IsFoundAndNothingElseIsNamed) {
  const CauseCase& one = find_case(GetParam());
  const Variant& variant = *one.variant;
  const auto scenario = load_cause_case(GetParam());
  ASSERT_TRUE(scenario);
  const Outcome outcome = scenario->check({"--format", "json"});
  ASSERT_EQ(outcome.err, "");
  const Json report = Json::parse(outcome.out);
  const Said said = said_of(report, account_of(one));
  EXPECT_EQ(said.roots, set_of(variant.roots)) << outcome.out;
  EXPECT_EQ(said.roots_of_others, Set());
  Set failing = set_of(variant.roots);
  failing.insert(variant.also.begin(), variant.also.end());
  EXPECT_EQ(said.failing, failing);
  for (const std::string& finding : variant.shows) {
    EXPECT_TRUE(said.other.contains(finding)) << finding << outcome.out;
  }
  for (const std::string& text : variant.says) {
    const std::string part = filled(text, *one.server);
    EXPECT_NE(said.notes.find(part), std::string::npos) << part << "\nnot in\n"
                                                        << said.notes;
  }
  for (const std::string& text : variant.details) {
    const std::string part = filled(text, *one.server);
    EXPECT_NE(said.findings.find(part), std::string::npos)
        << part << "\nnot in\n"
        << said.findings;
  }
  EXPECT_EQ(outcome.code == 1, !variant.roots.empty());
}

INSTANTIATE_TEST_SUITE_P(Every, CauseTest, testing::ValuesIn(names_of_cases()),
                         test_name);

// A server on which something is wrong before a cause is tried on it would
// prove nothing.
TEST(CausesTest, ServersAreHealthyBefore) {
  for (const CauseServer& server : cause_servers()) {
    const Outcome outcome =
        load_scenario(server.scenario).check({"-f", "json"});
    const Json report = Json::parse(outcome.out);
    const Json& host = report.at("hosts").at(0);
    const Said said = said_of(report, server.account);
    EXPECT_TRUE(said.failing.empty()) << server.name;
    EXPECT_TRUE(said.roots_of_others.empty()) << server.name;
    EXPECT_NE(outcome.out.find('"' + Json(server.account).dump().substr(1)),
              std::string::npos)
        << server.name;
    EXPECT_TRUE(host.at("iis").at("version").get<std::string>().starts_with(
        server.generation))
        << server.name;
  }
}

TEST(CausesTest, AreThoseOfTheList) {
  constexpr int kCauses = 52;  // FACTS.md section I
  Set numbers;
  for (const Cause& cause : all_causes()) {
    numbers.insert(fmt::format("{:02}", cause.number));
    EXPECT_TRUE(cause.kind == "cause" || cause.kind == "misleading" ||
                cause.kind == "look-alike")
        << cause.title;
    EXPECT_FALSE(cause.sources.empty()) << cause.title;
  }
  EXPECT_EQ(numbers.size(), all_causes().size());
  EXPECT_EQ(numbers.size(), kCauses);
}

TEST(CausesTest, AreTriedOnAtLeastAHundredAndTwentyServers) {
  constexpr std::size_t kServers = 120;
  EXPECT_GE(cause_cases().size(), kServers);
}

TEST(CausesTest, AnEditThatChangesNothingIsRefused) {
  const CauseServer& server = cause_servers().front();
  const Capture capture = load_capture(load_scenario(server.scenario));
  const auto refuses = [&](const char* edit) {
    EXPECT_THROW(edited(capture, server, Json::array({Json::parse(edit)})),
                 std::runtime_error)
        << edit;
  };
  refuses(R"({"file": "net-user.txt", "pattern": "no such", "with": "x"})");
  refuses(R"({"file": "net-user.txt", "pattern": "Yes", "with": "Yes"})");
  refuses(R"({"file": "no-such.txt", "pattern": "Yes", "with": "No"})");
  refuses(R"({"file": ".txt", "pattern": "Yes", "with": "No"})");
  refuses(R"({"remove": "no-such.txt"})");
  refuses(R"({"rename": "net-user.txt"})");
  refuses(R"({"remove": "net-user.txt", "why": "x"})");
}

// docs/coverage.md
// --------------------------------------------------------------

// The column of a version of IIS; "" for none.
std::string generation_of(const std::string& version) {
  std::string found;
  for (const Generation& generation : generations()) {
    if (version.starts_with(generation.id)) {
      found = generation.id;
    }
  }
  const bool is_older = version.starts_with("1.") || version.starts_with("2.");
  return is_older ? "3.0" : found;
}

// The captured servers of tests/scenarios that show a cause, by generation; "":
// their evidence leaves the version open.
std::map<std::string, Strings> by_generation(const Strings& scenarios) {
  std::map<std::string, Strings> found;
  for (const std::string& name : scenarios) {
    const Json report =
        Json::parse(load_scenario(name).check({"-f", "json"}).out);
    const Json& version = report.at("hosts").at(0).at("iis").at("version");
    const std::string text =
        version.is_string() ? version.get<std::string>() : std::string();
    const std::string generation = generation_of(text);
    EXPECT_TRUE(text.empty() || !generation.empty()) << name << " " << version;
    found[generation].push_back(name);
  }
  return found;
}

struct Cell {
  std::size_t servers = 0;
  std::string reason;  // where there is none
  bool applies = true;
};

struct Row {
  const Cause* cause = nullptr;
  std::map<std::string, Strings> scenarios;
  std::map<std::string, Cell> cells;
};

// Every cell says exactly one thing, and what it says was seen just now.
Row row_of(const Cause& cause) {
  Row row{&cause, by_generation(cause.scenarios), {}};
  for (const Generation& generation : generations()) {
    const std::string id(generation.id);
    Cell& cell = row.cells[id];
    cell.servers = row.scenarios[id].size();
    for (const CauseCase& one : cause_cases()) {
      cell.servers += one.cause == &cause && one.server->generation == id;
    }
    const auto no = cause.not_applicable.find(id);
    const auto hidden = cause.not_detectable.find(id);
    const bool has_no = no != cause.not_applicable.end();
    const bool has_hidden = hidden != cause.not_detectable.end();
    EXPECT_EQ((cell.servers > 0) + has_no + has_hidden, 1)
        << cause.number << ", generation " << id;
    if (cell.servers == 0 && (has_no || has_hidden)) {
      cell.applies = !has_no;
      cell.reason = has_no ? no->second : hidden->second;
    }
  }
  return row;
}

std::string shown(const Cell& cell) {
  if (cell.servers > 0) {
    return std::to_string(cell.servers);
  }
  return cell.applies ? "?" : "-";
}

// Generations of one reason on one line.
std::string reasons(const Row& row, bool applies) {
  std::map<std::string, Strings> generations_of;
  for (const Generation& generation : generations()) {
    const Cell& cell = row.cells.at(std::string(generation.id));
    if (!cell.reason.empty() && cell.applies == applies) {
      generations_of[cell.reason].emplace_back(generation.id);
    }
  }
  std::string text;
  for (const auto& [reason, ids] : generations_of) {
    text += fmt::format("- {} with IIS {}: {}\n",
                        applies ? "Not detectable" : "Not applicable",
                        fmt::join(ids, ", "), reason);
  }
  return text;
}

std::string details(const Row& row) {
  const Cause& cause = *row.cause;
  std::string text = fmt::format("### {}. {}\n\n", cause.number, cause.title);
  Set found;
  Set shows;
  Set titles;
  for (const Variant& variant : cause.variants) {
    found.insert(variant.roots.begin(), variant.roots.end());
    shows.insert(variant.shows.begin(), variant.shows.end());
  }
  Strings servers;
  for (const CauseServer& server : cause_servers()) {
    const bool tried = std::any_of(
        cause_cases().begin(), cause_cases().end(), [&](const auto& one) {
          return one.cause == &cause && one.server == &server;
        });
    if (tried) {
      servers.push_back(server.name);
    }
  }
  const auto linked = [](const Set& ids) {
    Strings links;
    for (const std::string& id : ids) {
      links.push_back(fmt::format("[{0}](findings/{0}.md)", id));
    }
    return fmt::format("{}", fmt::join(links, ", "));
  };
  if (!found.empty()) {
    text += "- Root cause: " + linked(found) + "\n";
  }
  if (!shows.empty()) {
    text += "- Shown: " + linked(shows) + "\n";
  }
  if (cause.kind != "cause") {
    text += cause.kind == "misleading"
                ? "- Misleading: it looks like a cause and is none\n"
                : "- A look-alike: visitors see the same, and it is another "
                  "thing\n";
  }
  if (!servers.empty()) {
    text += fmt::format("- Tried on: {}\n", fmt::join(servers, ", "));
  }
  if (!cause.scenarios.empty()) {
    text += fmt::format("- Captured servers: {}\n",
                        fmt::join(cause.scenarios, ", "));
  }
  text += reasons(row, true) + reasons(row, false);
  text += fmt::format("- Sources: {}\n\n", fmt::join(cause.sources, ", "));
  return text;
}

std::string coverage_page() {
  std::string page =
      "# Coverage\n\n"
      "Written by the test run (tests/scenarios/causes_test.cpp with "
      "`IISDIAG_WRITE_DOCS=1`), and\ncompared with this page by every other "
      "one. A number says on how many servers of that\ngeneration the cause "
      "was found just now, and nothing else was named; `-`: it cannot occur\n"
      "there; `?`: it cannot be detected there. The reasons stand below the "
      "table.\n\nSources without a number are pages of the product "
      "documentation, or notes from the field (AT,\nDD, DW, JR, ME, SS).\n\n| "
      "| cause |";
  for (const Generation& generation : generations()) {
    page += fmt::format(" {} |", generation.title);
  }
  page += "\n|---|---|";
  for (std::size_t i = 0; i < generations().size(); ++i) {
    page += "---|";
  }
  page += "\n";
  std::string below;
  for (const Cause& cause : all_causes()) {
    const Row row = row_of(cause);
    page += fmt::format("| {} | {} |", cause.number, cause.title);
    for (const Generation& generation : generations()) {
      page +=
          fmt::format(" {} |", shown(row.cells.at(std::string(generation.id))));
    }
    page += "\n";
    below += details(row);
  }
  page += fmt::format(
      "\n{} servers, made of these healthy ones and the edits of "
      "tests/causes/, beside the captured\nones of tests/scenarios/:\n\n"
      "| name | server |\n|---|---|\n",
      cause_cases().size());
  for (const CauseServer& server : cause_servers()) {
    page += fmt::format("| {} | {} |\n", server.name, server.title);
  }
  page += "\n## Cause by cause\n\n" + below;
  page.pop_back();
  return page;
}

TEST(CoverageTest, PageIsWhatWasSeen) {
  const std::string path = IISDIAG_SOURCE_DIR "/docs/coverage.md";
  const std::string page = coverage_page();
  if (std::getenv("IISDIAG_WRITE_DOCS") != nullptr) {
    std::ofstream(path) << page;
  }
  std::ifstream file(path);
  const std::string written{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(written, page) << "IISDIAG_WRITE_DOCS=1 writes it anew";
}

}  // namespace
}  // namespace iisdiag::test
