// The logons on record of captured servers by the hour, as reports have them,
// counted by hand in the logs of each.
#include <gtest/gtest.h>

#include "scenario.hpp"

namespace iisdiag::test {
namespace {

// `recorded_logons` of each identity, worst first.
Json logons_of(const std::string& scenario) {
  const Outcome outcome = load_scenario(scenario).check({"-f", "json"});
  EXPECT_EQ(outcome.err, "");
  Json all = Json::array();
  const Json report = Json::parse(outcome.out);
  for (const Json& identity : report.at("hosts").at(0).at("identities")) {
    all.push_back(identity.at("recorded_logons"));
  }
  return all;
}

// Four events 4625 and, of the same logons, four rows of a web log.
TEST(RecordedLogonsTest, OfTwoLogs) {
  EXPECT_EQ(logons_of("recorded-wrong-password-2016"), Json::parse(R"([
    [
      {"hour": "2018-03-02T09:00:00Z", "code": 86, "count": 4},
      {"hour": "2018-03-02T09:00:00Z", "code": 1326, "count": 4}
    ],
    []
  ])"));
}

TEST(RecordedLogonsTest, OfSeveralDays) {
  EXPECT_EQ(logons_of("recorded-right-comes-back-iis5"), Json::parse(R"([
    [
      {"hour": "2001-05-14T09:00:00Z", "code": 1385, "count": 1},
      {"hour": "2001-05-15T09:00:00Z", "code": 1385, "count": 1}
    ]
  ])"));
}

// An account, and a site of which nothing but its log is known.
TEST(RecordedLogonsTest, WithoutAConfiguration) {
  EXPECT_EQ(logons_of("logs-alone-iis6"), Json::parse(R"([
    [{"hour": "2006-05-16T06:00:00Z", "code": 1326, "count": 5}],
    [{"hour": "2006-05-16T06:00:00Z", "code": 1326, "count": 5}]
  ])"));
}

TEST(RecordedLogonsTest, AcceptedLater) {
  EXPECT_EQ(logons_of("recorded-success-later-2016"), Json::parse(R"([
    [
      {"hour": "2018-07-02T09:00:00Z", "code": 1326, "count": 1},
      {"hour": "2018-07-02T12:00:00Z", "code": 0, "count": 2}
    ],
    []
  ])"));
}

// Five refusals and the lock that they brought.
TEST(RecordedLogonsTest, ALockIsOneOfThem) {
  EXPECT_EQ(logons_of("recorded-chain-to-lock-iis6"), Json::parse(R"([
    [
      {"hour": "2006-05-16T06:00:00Z", "code": 1326, "count": 5},
      {"hour": "2006-05-16T06:00:00Z", "code": 1909, "count": 1}
    ]
  ])"));
}

// A client guessed the password of the account; none was a logon of IIS.
TEST(RecordedLogonsTest, LogonsOfClientsAreNone) {
  EXPECT_EQ(logons_of("look-alike-brute-force-iis6"), Json::parse("[[]]"));
}

}  // namespace
}  // namespace iisdiag::test
