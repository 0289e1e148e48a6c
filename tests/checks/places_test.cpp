// Whose row of a web log is it?
#include "checks/places.hpp"

#include <gtest/gtest.h>

#include "checks/check.hpp"
#include "support/servers.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonAttempt;
using facts::RecordKind;
using facts::Server;

facts::SitePlace place(std::string site, std::string url,
                       std::uint32_t number) {
  facts::SitePlace result;
  result.site = std::move(site);
  result.url = std::move(url);
  result.identity = number;
  result.anonymous = known(number != 0);
  result.other_scheme = known(false);
  result.basic_scheme = known(false);
  return result;
}

LogonAttempt row(std::string site, std::string url,
                 std::optional<std::uint32_t> code = 1326) {
  LogonAttempt attempt;
  attempt.kind = RecordKind::kWebLog;
  attempt.site = std::move(site);
  attempt.url = std::move(url);
  attempt.status = code == 0U ? 200 : 401;
  attempt.substatus = code == 0U ? 0 : 1;
  attempt.has_substatus = true;
  attempt.code = code;
  attempt.first = 1147687200;  // 2006-05-15T10:00:00Z
  attempt.last = attempt.first;
  attempt.last_origin = at("ex.log", 5);
  return attempt;
}

// The place that the only row belongs to: "1 /app", "0 /", "none".
std::string asked_of(std::vector<facts::SitePlace> places,
                     const LogonAttempt& attempt) {
  Server server;
  server.places = std::move(places);
  server.records.attempts = {attempt};
  const RowIndex index(server);
  EXPECT_EQ(index.all().size(), 1U);
  EXPECT_EQ(index.of_site(attempt.site).size(), 1U);
  const facts::SitePlace* found = index.all().front().place;
  if (found == nullptr) {
    return "none";
  }
  EXPECT_EQ(index.of(found->identity).size(), found->identity == 0 ? 0U : 1U);
  return std::to_string(found->identity) + " " + found->url;
}

TEST(PlacesTest, TheMostSpecificNodeOfTheSite) {
  const std::vector<facts::SitePlace> places = {
      place("W3SVC1", "/", 1), place("W3SVC1", "/App", 2),
      place("W3SVC1", "/app/admin", 0), place("W3SVC2", "/", 3)};
  EXPECT_EQ(asked_of(places, row("W3SVC1", "/")), "1 /");
  EXPECT_EQ(asked_of(places, row("W3SVC1", "")), "1 /");
  EXPECT_EQ(asked_of(places, row("w3svc1", "/application")), "1 /");
  EXPECT_EQ(asked_of(places, row("W3SVC1", "/app")), "2 /App");
  EXPECT_EQ(asked_of(places, row("W3SVC1", "/APP/x/y")), "2 /App");
  EXPECT_EQ(asked_of(places, row("W3SVC1", "/app/admin/z")), "0 /app/admin");
  EXPECT_EQ(asked_of(places, row("W3SVC2", "/app")), "3 /");
  EXPECT_EQ(asked_of(places, row("W3SVC9", "/app")), "none");
  EXPECT_EQ(asked_of(places, row("", "/app")), "none");
}

TEST(PlacesTest, AServiceForAllItsSitesAndALogWithoutASite) {
  EXPECT_EQ(asked_of({place("", "/", 1)}, row("W3SVC7", "/x")), "1 /");
  EXPECT_EQ(asked_of({place("W3SVC1", "/", 1)}, row("", "/x")), "1 /");
  EXPECT_EQ(asked_of({place("MSFTPSVC1", "/", 1)}, row("W3SVC1", "/x")),
            "none");
}

Server with(facts::SitePlace where, std::vector<LogonAttempt> attempts) {
  Server server = healthy("6.0", "2003");
  identity(server).number = 1;
  server.places = {std::move(where)};
  server.records.attempts = std::move(attempts);
  return server;
}

// What the log tells of the identity of that node.
TEST(PlacesTest, WhatARowSays) {
  const facts::SitePlace only = place("W3SVC1", "/", 1);
  EXPECT_EQ(outcome(kCredentialTest, with(only, {row("W3SVC1", "/")})),
            "failed: wrong-password");
  EXPECT_EQ(
      outcome(kCredentialTest, with(only, {row("W3SVC1", "/", std::nullopt)})),
      "failed: logon-refused");
  LogonAttempt later = row("W3SVC1", "/", 0U);
  later.last += 60;
  EXPECT_EQ(outcome(kCredentialTest, with(only, {row("W3SVC1", "/"), later})),
            "passed");
  LogonAttempt client = row("W3SVC1", "/");
  client.account = "alice";
  EXPECT_EQ(outcome(kCredentialTest, with(only, {client})),
            "unknown: password-unreadable");
  EXPECT_EQ(
      outcome(kCredentialTest, with(only, {row("W3SVC1", "/", 0x8009030C)})),
      "unknown: password-unreadable");
}

// FACTS.md D: 401.3 and 401.2 in a log without sub-statuses, and Kerberos.
TEST(PlacesTest, WhatIsNoRefusedLogon) {
  const facts::SitePlace only = place("W3SVC1", "/", 1);
  LogonAttempt denied = row("W3SVC1", "/", 5);
  denied.substatus = 0;
  denied.has_substatus = false;
  EXPECT_EQ(outcome(kCredentialTest, with(only, {denied})),
            "unknown: password-unreadable");
  denied.code = 1326;
  EXPECT_EQ(outcome(kCredentialTest, with(only, {denied})),
            "failed: wrong-password");
  EXPECT_EQ(outcome(kCredentialTest, with(only, {row("W3SVC1", "/", 1396)})),
            "unknown: password-unreadable");
}

TEST(PlacesTest, AnotherSchemeLeavesARowOpen) {
  facts::SitePlace where = place("W3SVC1", "/", 1);
  where.other_scheme = {};
  EXPECT_EQ(outcome(kCredentialTest, with(where, {row("W3SVC1", "/")})),
            "unknown: logon-undecided");
  EXPECT_EQ(outcome(kCredentialTest, with(where, {row("W3SVC1", "/", 1331)})),
            "unknown: logon-undecided");
  where.other_scheme = known(true);
  EXPECT_EQ(outcome(kCredentialTest, with(where, {row("W3SVC1", "/")})),
            "unknown: password-unreadable");
}

// Whether a client can make IIS log the account on decides whose a record of
// the Security log is.
TEST(PlacesTest, BasicAnywhereLeavesTheSecurityLogOpen) {
  LogonAttempt record = row("", "", 86);
  record.kind = RecordKind::kLogon;
  record.event = 4625;
  record.account = "IUSR_WEB01";
  record.domain = "WEB01";
  record.logon_type = 8;
  record.process = "w3wp.exe";
  facts::SitePlace where = place("W3SVC1", "/", 1);
  EXPECT_EQ(outcome(kCredentialTest, with(where, {record})),
            "failed: wrong-password");
  where.basic_scheme = known(true);
  EXPECT_EQ(outcome(kCredentialTest, with(where, {record})),
            "unknown: logon-undecided");
  where.basic_scheme = {};
  EXPECT_EQ(outcome(kCredentialTest, with(where, {record})),
            "unknown: logon-undecided");
}

}  // namespace
}  // namespace iisdiag::checks
