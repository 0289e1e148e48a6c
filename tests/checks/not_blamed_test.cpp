// What looks like this failure in logs, and is named and not blamed.
#include "checks/not_blamed.hpp"

#include <gtest/gtest.h>

#include <string>

#include "checks/case.hpp"
#include "support/servers.hpp"

namespace iisdiag::checks {
namespace {

using facts::LogonAttempt;
using facts::Origin;
using facts::RecordKind;
using facts::Server;

constexpr facts::ClockSeconds kTime = 1147687200;  // 2006-05-15T10:00:00Z

LogonAttempt row(std::uint32_t status, std::uint32_t substatus,
                 std::optional<std::uint32_t> code, std::string account = "") {
  LogonAttempt attempt;
  attempt.kind = RecordKind::kWebLog;
  attempt.site = "W3SVC1";
  attempt.url = "/app";
  attempt.status = status;
  attempt.substatus = substatus;
  attempt.has_substatus = true;
  attempt.code = code;
  attempt.account = std::move(account);
  attempt.first = kTime;
  attempt.last = kTime;
  attempt.count = 2;
  attempt.last_origin = Origin::in_file("ex.log", 9);
  return attempt;
}

LogonAttempt event100(std::string account, std::uint64_t count) {
  LogonAttempt attempt;
  attempt.kind = RecordKind::kIisEvent;
  attempt.event = 100;
  attempt.service = "MSFTPSVC";
  attempt.account = std::move(account);
  attempt.code = 1326;
  attempt.first = kTime;
  attempt.last = kTime;
  attempt.count = count;
  attempt.last_origin = Origin::in_record("SysEvent.evt", 7);
  return attempt;
}

// A site 1 with one node, on which another scheme is on as `other` says.
Server with(std::vector<LogonAttempt> attempts, bool other = false) {
  Server server = healthy("6.0", "2003");
  identity(server).number = 1;
  facts::SitePlace place;
  place.site = "W3SVC1";
  place.url = "/";
  place.identity = 1;
  place.anonymous = known(true);
  place.other_scheme = known(other);
  place.basic_scheme = known(false);
  server.places = {place};
  server.records.attempts = std::move(attempts);
  return server;
}

std::string notes(const Server& server) {
  std::string text;
  for (const facts::Note& note : not_blamed(server, RowIndex(server))) {
    text += note.text + " [" + note.origin.text() + "]\n";
  }
  return text;
}

TEST(NotBlamedTest, RowsThatAreNoLogonOfIis) {
  EXPECT_EQ(notes(with({row(401, 2, 0x8009030E)})),
            "401 as a step of Windows authentication (NTLM, Negotiate): no "
            "fault (KB907273); 2 records, the last one at 2006-05-15T10:00:00Z "
            "in W3SVC1 "
            "/app [ex.log, line 9]\n");
  EXPECT_EQ(notes(with({row(401, 1, 1326, "alice")})),
            "401.1 for the name or password of a client, or for the server "
            "itself under another name (loopback check, KB896861): not the "
            "account of visitors without a name; 2 records, the last one at "
            "2006-05-15T10:00:00Z in W3SVC1 /app [ex.log, line 9]\n");
  EXPECT_EQ(notes(with({row(401, 1, 0x8009030C)})).substr(0, 25),
            "401.1 for the name or pas");
  EXPECT_EQ(notes(with({row(401, 2, 5)})),
            "401.2, no way to authenticate that both sides know: IIS made no "
            "logon (Q253667); 2 records, the last one at 2006-05-15T10:00:00Z "
            "in W3SVC1 "
            "/app [ex.log, line 9]\n");
  EXPECT_EQ(
      notes(with({row(401, 3, 5)})),
      "401.3, permissions of files: the logon itself was made (Q187506); 2 "
      "records, the last one at 2006-05-15T10:00:00Z in W3SVC1 /app "
      "[ex.log, line 9]\n");
  EXPECT_EQ(notes(with({row(500, 19, 33)})),
            "500.19, a configuration that IIS cannot use: no logon; the page "
            "that the server itself gets names file and line; 2 records, "
            "the last one at 2006-05-15T10:00:00Z in W3SVC1 /app [ex.log, line "
            "9]\n");
  EXPECT_EQ(notes(with({row(503, 0, std::nullopt)})),
            "503, mostly an application pool that does not run, with an "
            "account of its own: not the logon of visitors; the System log "
            "has events of WAS or W3SVC; 2 records, the "
            "last one at 2006-05-15T10:00:00Z in W3SVC1 /app [ex.log, line "
            "9]\n");
}

TEST(NotBlamedTest, KerberosNames) {
  for (const std::uint32_t code : {0x80090322U, 1396U}) {
    EXPECT_EQ(notes(with({row(401, 1, code)})),
              "401.1 for a Kerberos ticket that is made out to another name: "
              "Windows authentication of clients, not the account of visitors "
              "without a name; setspn -L shows the names of an account; 2 "
              "records, the last one at 2006-05-15T10:00:00Z in W3SVC1 /app "
              "[ex.log, line 9]\n");
  }
}

// IIS 4.0 and 5.0 do not tell one 401 from another.
TEST(NotBlamedTest, AccessDeniedWithoutASubstatus) {
  LogonAttempt denied = row(401, 0, 5);
  denied.has_substatus = false;
  EXPECT_EQ(notes(with({denied}, true)),
            "401 with error 5, access denied: permissions of files (401.3) or "
            "no way to authenticate that both sides know (401.2), and no "
            "refused logon (Q187506, Q253667); 2 records, the last one at "
            "2006-05-15T10:00:00Z in W3SVC1 /app [ex.log, line 9]\n");
}

// Logs without a sub-status count every 500.
TEST(NotBlamedTest, WhatIsNoLookAlike) {
  LogonAttempt plain = row(500, 0, std::nullopt);
  plain.has_substatus = false;
  EXPECT_EQ(notes(with({plain, row(200, 0, 0), row(401, 1, 1326)})), "");
}

TEST(NotBlamedTest, ARowWhoseLogonCannotBeTold) {
  EXPECT_EQ(notes(with({row(401, 1, 1326)}, true)),
            "401.1 without a user name where another way to authenticate is "
            "on: a step of it, or not to be told from one (KB907273); 2 "
            "records, the last "
            "one at 2006-05-15T10:00:00Z in W3SVC1 /app [ex.log, line 9]\n");
}

TEST(NotBlamedTest, NamesThatClientsGave) {
  EXPECT_EQ(notes(with({event100("root", 3), event100("admin", 9),
                        event100("IUSR_WEB01", 4)})),
            "IIS could not log on admin, root, not used for visitors without a "
            "name: clients of FTP or Basic gave these names; 12 records, "
            "the last one with error 1326, unknown user name or wrong password "
            "[SysEvent.evt, record 7]\n");
  Server server = with({event100("web", 1)});
  server.identities.front().account = {};
  server.identities.front().without_configuration = facts::Unknown{"none", ""};
  EXPECT_EQ(notes(server),
            "IIS could not log on web, and whether IIS uses that for visitors "
            "without a name cannot be told without its configuration: clients "
            "of FTP or Basic may have given this name; 1 record, the last "
            "one with error 1326, unknown user name or wrong password "
            "[SysEvent.evt, record 7]\n");
}

// Event 100 is no more for web sites of IIS 7 and later.
TEST(NotBlamedTest, NamesThatClientsGaveToAWorkerProcess) {
  LogonAttempt refused = event100("root", 3);
  refused.kind = RecordKind::kLogon;
  refused.event = 4625;
  refused.process = "w3wp.exe";
  LogonAttempt elsewhere = refused;
  elsewhere.account = "admin";
  elsewhere.process = "lsass.exe";
  EXPECT_EQ(notes(with({refused, elsewhere})),
            "IIS could not log on root, not used for visitors without a name: "
            "clients of FTP or Basic gave this name; 3 records, the last one "
            "with error 1326, unknown user name or wrong password "
            "[SysEvent.evt, record 7]\n");
}

TEST(NotBlamedTest, AnAccountWhereAnonymousAccessIsOff) {
  Server server = with({event100("IUSR_WEB01", 1)});
  server.identities.clear();
  server.places.front().anonymous = known(false);
  EXPECT_EQ(notes(server),
            "IIS could not log on IUSR_WEB01, and anonymous access is off "
            "where the configuration shows: IIS tried an account that visitors "
            "do not get (Q170863), or clients of FTP or Basic gave this name; "
            "1 record, the last one with error 1326, unknown user name or "
            "wrong password [SysEvent.evt, record 7]\n");
}

std::string cached(const Server& server, bool failed) {
  const auto note =
      cached_logon(make_case(server, server.identities.front()), failed);
  return note ? note->text + " [" + note->origin.text() + "]" : "";
}

// The account is enabled by now.
TEST(NotBlamedTest, ARefusalFromBeforeTheRepair) {
  LogonAttempt disabled = event100("IUSR_WEB01", 1);
  disabled.service = "W3SVC";
  disabled.code = 1331;
  EXPECT_EQ(cached(with({disabled}), false),
            "WEB01\\IUSR_WEB01: the last logon on record tells of what is "
            "past, the account is enabled now; IIS keeps a logon for about ten "
            "minutes, and until then or until it is restarted visitors may get "
            "the old answer (Q188895) [SysEvent.evt, record 7]");
  disabled.code = 1326;
  EXPECT_EQ(cached(with({disabled}), true), "");
}

TEST(NotBlamedTest, VisitorsAreStillServed) {
  const Server server = with({row(200, 0, 0)});
  EXPECT_EQ(cached(server, true),
            "WEB01\\IUSR_WEB01: visitors were still served at "
            "2006-05-15T10:00:00Z; IIS keeps a logon for about ten minutes "
            "(Q188895), and that says nothing against what failed here "
            "[ex.log, line 9]");
  EXPECT_EQ(cached(server, false), "");
}

TEST(NotBlamedTest, ALockFromElsewhere) {
  LogonAttempt lock = event100("IUSR_WEB01", 1);
  lock.kind = RecordKind::kLockout;
  lock.workstation = "\\\\BACKUP7";
  EXPECT_EQ(notes(with({lock})),
            "IUSR_WEB01 was locked by logons from \\\\BACKUP7, not from this "
            "computer; 1 record, the last one at 2006-05-15T10:00:00Z "
            "[SysEvent.evt, record 7]\n");
  lock.workstation = "web01";
  EXPECT_EQ(notes(with({lock})), "");
}

}  // namespace
}  // namespace iisdiag::checks
