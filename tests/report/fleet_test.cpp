#include "report/fleet.hpp"

#include <gtest/gtest.h>

#include "checks/check.hpp"

namespace iisdiag::report {
namespace {

Finding finding(const std::string& id, Severity severity,
                const std::string& summary) {
  Finding result;
  result.id = id;
  result.severity = severity;
  result.summary = summary;
  result.root = severity == Severity::kFail;
  return result;
}

Host host(const std::string& name, Status status,
          std::vector<Finding> findings) {
  Identity identity;
  identity.account = name + "\\IUSR_" + name;
  identity.nodes = {"/LM/W3SVC/1/ROOT"};
  identity.status = status;
  for (const checks::Check* check : checks::all_checks()) {
    CheckResult result;
    result.id = check->id;
    result.title = check->title;
    result.status = Status::kPassed;
    identity.checks.push_back(result);
  }
  identity.checks[2].status = status;
  identity.checks[2].findings = std::move(findings);
  Host one;
  one.name = name;
  one.status = status;
  one.source.paths = {"cases/" + name};
  one.identities = {identity};
  return one;
}

Fleet fleet_of(const std::vector<Host>& hosts,
               std::vector<std::size_t>& order) {
  FleetBuilder builder;
  for (const Host& one : hosts) {
    builder.add(one);
  }
  return std::move(builder).finish(hosts.size(), order);
}

TEST(Fleet, WorstFirstAndElseInTheOrderOfTheArguments) {
  std::vector<std::size_t> order;
  const Fleet fleet = fleet_of(
      {host("A", Status::kPassed, {}), host("B", Status::kSkipped, {}),
       host("C", Status::kFailed, {}), host("D", Status::kUnknown, {}),
       host("E", Status::kWarning, {}), host("F", Status::kFailed, {})},
      order);
  std::string names;
  std::vector<std::size_t> places;
  for (const FleetRow& row : fleet.rows) {
    names += row.label;
    places.push_back(row.place);
  }
  EXPECT_EQ(names, "CFDEAB");
  EXPECT_EQ(places, (std::vector<std::size_t>{2, 5, 3, 4, 0, 1}));
  EXPECT_EQ(order, places);
  EXPECT_EQ(fleet.count(Status::kFailed), 2U);
  EXPECT_EQ(fleet.count(Status::kSkipped), 1U);
  EXPECT_TRUE(fleet.is_complete());
}

TEST(Fleet, TheSameCauseOnManyHostsIsOne) {
  const auto denied = [](const std::string& words) {
    return std::vector<Finding>{
        finding("right-denied", Severity::kFail, words)};
  };
  std::vector<std::size_t> order;
  const Fleet fleet = fleet_of(
      {host("WEB1", Status::kFailed, denied("denied to WEB1\\IUSR_WEB1")),
       host("WEB2", Status::kPassed, {}),
       host("WEB3", Status::kFailed, denied("denied to WEB3\\IUSR_WEB3")),
       host("WEB4", Status::kFailed, denied("denied through Guests"))},
      order);
  ASSERT_EQ(fleet.causes.size(), 2U);
  EXPECT_EQ(fleet.causes[0].text, "denied to the account");
  EXPECT_EQ(fleet.causes[0].rows, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(fleet.causes[0].check.title, "User rights");
  EXPECT_EQ(fleet.causes[1].text, "denied through Guests");
  EXPECT_EQ(fleet.causes[1].rows, std::vector<std::size_t>{2});
}

TEST(Fleet, NoConsequencesAndNoRemarks) {
  Finding consequence = finding("logon-refused", Severity::kFail, "refused");
  consequence.root = false;
  std::vector<std::size_t> order;
  const Fleet fleet = fleet_of(
      {host("WEB1", Status::kFailed,
            {consequence, finding("audit-full", Severity::kFail, "full"),
             finding("renamed-computer", Severity::kInfo, "old name"),
             finding("rights-not-read", Severity::kUnknown, "unread"),
             finding("force-guest", Severity::kWarning, "Guest")})},
      order);
  ASSERT_EQ(fleet.causes.size(), 3U);
  EXPECT_EQ(fleet.causes[0].finding, "audit-full");
  EXPECT_EQ(fleet.causes[1].finding, "rights-not-read");
  EXPECT_EQ(fleet.causes[2].finding, "force-guest");
  EXPECT_EQ(fleet.rows[0].reasons, std::vector<std::string>{"audit-full"});
}

TEST(Fleet, HostsOfOneNameAreToldApartByTheirPath) {
  std::vector<Host> hosts = {host("WEB1", Status::kPassed, {}),
                             host("WEB1", Status::kPassed, {}),
                             host("WEB2", Status::kPassed, {})};
  hosts[1].source.paths = {"old/web1"};
  std::vector<std::size_t> order;
  const Fleet fleet = fleet_of(hosts, order);
  EXPECT_EQ(fleet.rows[0].label, "WEB1 (cases/WEB1)");
  EXPECT_EQ(fleet.rows[1].label, "WEB1 (old/web1)");
  EXPECT_EQ(fleet.rows[2].label, "WEB2");
}

TEST(Fleet, TheExampleIsFoundAgain) {
  const Host one =
      host("WEB1", Status::kFailed,
           {finding("right-denied", Severity::kFail, "denied to IUSR_WEB1")});
  std::vector<std::size_t> order;
  const Fleet fleet = fleet_of({one}, order);
  EXPECT_EQ(find_cause(one, fleet.causes.at(0)).finding,
            one.identities[0].checks[2].findings.data());
  EXPECT_EQ(find_cause(host("X", Status::kPassed, {}), fleet.causes[0]).finding,
            nullptr);
}

struct Words {
  std::string summary;
  std::string common;
};

TEST(CommonWords, NamesOfTheOneServerBecomeWords) {
  Identity identity;
  identity.account = "WEB1\\IUSR_WEB1";
  identity.nodes = {"/LM/W3SVC/1/ROOT", "/LM/W3SVC/2/ROOT"};
  Host on;
  on.name = "WEB1";
  const Words rows[] = {
      {"WEB1\\IUSR_WEB1 does not exist", "the account does not exist"},
      {"its list leaves web1 out", "its list leaves this computer out"},
      {"IUSR_WEB1 and IUSR_WEB12", "the account and IUSR_WEB12"},
      {"OLD\\IUSR_WEB1 names no account", "OLD\\IUSR_WEB1 names no account"},
      {"/LM/W3SVC/2/ROOT stores", "a node stores"},
      {"\xC3\xA4WEB1 WEB1\xC3\xA4 WEB1",
       "\xC3\xA4WEB1 WEB1\xC3\xA4 this "
       "computer"},
      {"", ""}};
  for (const Words& row : rows) {
    EXPECT_EQ(
        common_words(finding("x", Severity::kFail, row.summary), identity, on),
        row.common);
  }
  // What Windows itself brings along is called the same everywhere.
  identity.account = "NT AUTHORITY\\IUSR";
  EXPECT_EQ(common_words(finding("x", Severity::kWarning,
                                 "an account is called as the built-in IUSR"),
                         identity, on),
            "an account is called as the built-in IUSR");
  // A server of which nothing is known is called after its file.
  identity.account.clear();
  on.name = "empty";
  EXPECT_EQ(common_words(finding("x", Severity::kUnknown, "it is empty"),
                         identity, on),
            "it is empty");
  // Two letters may be a word.
  identity.account = "is";
  on.name = "it";
  EXPECT_EQ(
      common_words(finding("x", Severity::kFail, "it is full"), identity, on),
      "it the account full");
}

}  // namespace
}  // namespace iisdiag::report
