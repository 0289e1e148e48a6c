// What an account's own record says about a logon at the time of capture:
// Tuesday, 16 May 2006, 09:01 of the server's clock.
#include <gtest/gtest.h>

#include "support/servers.hpp"

namespace iisdiag::checks {
namespace {

using facts::Deadline;
using facts::HoursSpan;
using facts::LogonHours;
using facts::Server;
using facts::TimeRange;

facts::ClockSeconds clock_of(std::string_view text) {
  return facts::parse_iso(text)->clock;
}
Deadline until(std::string_view text) {
  return TimeRange{clock_of(text), clock_of(text)};
}
// A date such as 01/02/2006, in either order.
Deadline until(std::string_view earliest, std::string_view latest) {
  return TimeRange{clock_of(earliest), clock_of(latest)};
}

Server expires(Deadline deadline) {
  Server server = healthy("6.0", "2003");
  record(server).expires = {deadline, at("net-user.txt", 7)};
  return server;
}
Server password_expires(Deadline deadline) {
  Server server = healthy("6.0", "2003");
  record(server).password_expires = {deadline, at("net-user.txt", 10)};
  return server;
}
Server hours(std::vector<HoursSpan> spans, std::string text) {
  Server server = healthy("6.0", "2003");
  record(server).logon_hours = {LogonHours{false, std::move(spans), text},
                                at("net-user.txt", 21)};
  return server;
}
Server workstations(std::vector<std::string> names) {
  Server server = healthy("6.0", "2003");
  record(server).workstations = {std::move(names), at("net-user.txt", 15)};
  return server;
}
// Monday to Friday, 08:00 to 17:00.
std::vector<HoursSpan> office_hours() { return {{1, 5, 480, 1020}}; }

void forget_capture(Server& server) { server.source.captured_at.reset(); }

TEST(AccountRecord, Disabled) {
  Server server = healthy("6.0", "2003");
  record(server).active = {false, at("net-user.txt", 6)};
  EXPECT_EQ(transcript(kAccountLookup, server),
            "failed: it is disabled\n"
            "fail account-disabled: it is disabled\n"
            "  Account active: No [net-user.txt, line 6]\n");
  // A disabled account shows no lock, and needs none to be refused.
  record(server).locked = {};
  EXPECT_EQ(outcome(kAccountLookup, server), "failed: account-disabled");
}

TEST(AccountRecord, Locked) {
  Server server = healthy("6.0", "2003");
  record(server).locked = {true, at("net-user.txt", 6)};
  EXPECT_EQ(transcript(kAccountLookup, server),
            "failed: it is locked out\n"
            "fail account-locked: it is locked out\n"
            "  Account active: Locked [net-user.txt, line 6]\n");
}

TEST(AccountRecord, EveryFaultIsNamed) {
  Server server = expires(until("2006-05-01"));
  record(server).locked = known(true);
  record(server).password_expires = known(until("2006-05-01"));
  record(server).logon_hours = known(LogonHours{});
  record(server).workstations = known(std::vector<std::string>{"PC7"});
  EXPECT_EQ(outcome(kAccountLookup, server),
            "failed: account-locked, account-expired, password-expired, "
            "logon-hours(fail), workstation-restricted");
}

TEST(AccountRecord, Expired) {
  EXPECT_EQ(transcript(kAccountLookup, expires(until("2006-05-16T00:00"))),
            "failed: it has expired\n"
            "fail account-expired: it has expired\n"
            "  Account expires: 2006-05-16T00:00:00 [net-user.txt, line 7]\n");
  EXPECT_EQ(outcome(kAccountLookup, expires(until("2006-05-16T09:01"))),
            "failed: account-expired");
  EXPECT_EQ(outcome(kAccountLookup, expires(until("2006-05-16T09:02"))),
            "passed");
  EXPECT_EQ(outcome(kAccountLookup, expires(until("2006-12-31"))), "passed");
}

// 04/06/2006 is in June, or it was in April.
TEST(AccountRecord, AnAmbiguousDateCountsWhereBothReadingsAgree) {
  EXPECT_EQ(outcome(kAccountLookup, expires(until("2006-03-04", "2006-04-03"))),
            "failed: account-expired");
  EXPECT_EQ(outcome(kAccountLookup, expires(until("2006-06-07", "2006-07-06"))),
            "passed");
  EXPECT_EQ(
      transcript(kAccountLookup, expires(until("2006-04-06", "2006-06-04"))),
      "unknown: its record does not show whether it had expired when this was "
      "captured\n"
      "unknown account-not-read: its record does not show whether it had "
      "expired when this was captured\n"
      "  Account expires: 2006-04-06T00:00:00 or 2006-06-04T00:00:00 "
      "[net-user.txt, line 7]\n");
}

// Between the capture and today nothing is concluded.
TEST(AccountRecord, WithoutATimeOfCaptureNothingHasExpired) {
  Server past = expires(until("2006-05-01"));
  forget_capture(past);
  EXPECT_EQ(outcome(kAccountLookup, past), "unknown: account-not-read");
  // Something that the evidence tells of happened later.
  past.source.not_before = clock_of("2006-05-10");
  EXPECT_EQ(outcome(kAccountLookup, past), "failed: account-expired");
  // Nothing was captured after the report was made.
  Server future = expires(until("2026-12-24"));
  forget_capture(future);
  EXPECT_EQ(outcome(kAccountLookup, future), "passed");
  Server never = expires(facts::Never{});
  forget_capture(never);
  EXPECT_EQ(outcome(kAccountLookup, never), "passed");
}

// The server's clock may be up to 14 hours from UTC.
TEST(AccountRecord, ATimeInUtcIsNotTheServersClock) {
  Server server = expires(until("2006-05-16T04:00"));
  server.source.captured_at = facts::parse_iso("2006-05-16T09:01Z");
  EXPECT_EQ(outcome(kAccountLookup, server), "unknown: account-not-read");
  record(server).expires = known(until("2006-05-14"));
  EXPECT_EQ(outcome(kAccountLookup, server), "failed: account-expired");
  record(server).expires = known(until("2006-05-18"));
  EXPECT_EQ(outcome(kAccountLookup, server), "passed");
  // An offset says what the server's clock shows.
  server.source.captured_at = facts::parse_iso("2006-05-16T09:01+02:00");
  record(server).expires = known(until("2006-05-16T09:02"));
  EXPECT_EQ(outcome(kAccountLookup, server), "passed");
}

// A live server knows its own clock, even one that shows UTC.
TEST(AccountRecord, TheServersOwnClockMayShowUtc) {
  Server server = expires(until("2006-05-16T09:02"));
  server.source.captured_at = facts::parse_iso("2006-05-16T09:01Z");
  EXPECT_EQ(outcome(kAccountLookup, server), "unknown: account-not-read");
  server.source.is_server_clock = true;
  EXPECT_EQ(outcome(kAccountLookup, server), "passed");
}

TEST(AccountRecord, PasswordExpired) {
  EXPECT_EQ(transcript(kAccountLookup, password_expires(until("2006-05-02"))),
            "failed: its password has expired\n"
            "fail password-expired: its password has expired\n"
            "  Password expires: 2006-05-02T00:00:00 [net-user.txt, line "
            "10]\n");
}

TEST(AccountRecord, PasswordWillExpire) {
  EXPECT_EQ(transcript(kAccountLookup, password_expires(until("2006-06-30"))),
            "warning: its password expires on 2006-06-30\n"
            "warning password-will-expire: its password expires on 2006-06-30\n"
            "  Password expires: 2006-06-30T00:00:00 [net-user.txt, line "
            "10]\n");
  EXPECT_EQ(outcome(kAccountLookup, password_expires(facts::Never{})),
            "passed");
}

TEST(AccountRecord, APasswordThatMayHaveExpired) {
  EXPECT_EQ(outcome(kAccountLookup,
                    password_expires(until("2006-04-06", "2006-06-04"))),
            "unknown: account-not-read, password-will-expire");
  Server timeless = password_expires(until("2006-06-30"));
  forget_capture(timeless);
  EXPECT_EQ(outcome(kAccountLookup, timeless),
            "unknown: account-not-read, password-will-expire");
}

// `net accounts` says that passwords may be kept for ever.
TEST(AccountRecord, APasswordUnderAPolicyWithoutAnEnd) {
  Server server = healthy("6.0", "2003");
  record(server).password_expires = {};
  EXPECT_EQ(outcome(kAccountLookup, server), "unknown: account-not-read");
  server.accounts.policy.max_password_age_days =
      facts::Observed<std::uint32_t>::absent(at("net-accounts.txt", 3));
  EXPECT_EQ(outcome(kAccountLookup, server), "passed");
  make_controller(server);
  EXPECT_EQ(outcome(kAccountLookup, server), "unknown: account-not-read");
}

TEST(AccountRecord, LogonHours) {
  EXPECT_EQ(transcript(kAccountLookup,
                       hours({{1, 5, 600, 1020}}, "Monday - Friday 10-17")),
            "failed: its logon hours do not permit 2006-05-16T09:01:00\n"
            "fail logon-hours: its logon hours do not permit "
            "2006-05-16T09:01:00\n"
            "  Logon hours allowed: Monday - Friday 10-17 [net-user.txt, line "
            "21]\n");
  EXPECT_EQ(
      transcript(kAccountLookup, hours(office_hours(), "Mon - Fri 8-17")),
      "warning: its logon hours are restricted, though not now\n"
      "warning logon-hours: its logon hours are restricted, though not now\n"
      "  Logon hours allowed: Mon - Fri 8-17 [net-user.txt, line 21]\n");
  EXPECT_EQ(transcript(kAccountLookup, hours({}, "")),
            "failed: its logon hours permit no time at all\n"
            "fail logon-hours: its logon hours permit no time at all\n"
            "  Logon hours allowed: none [net-user.txt, line 21]\n");
}

TEST(AccountRecord, LogonHoursWithoutATime) {
  Server server = hours(office_hours(), "Mon - Fri 8-17");
  forget_capture(server);
  EXPECT_EQ(outcome(kAccountLookup, server),
            "unknown: account-not-read, logon-hours(warning)");
  // No time is needed where none is permitted.
  Server none = hours({}, "");
  forget_capture(none);
  EXPECT_EQ(outcome(kAccountLookup, none), "failed: logon-hours(fail)");
}

TEST(AccountRecord, Workstations) {
  EXPECT_EQ(transcript(kAccountLookup, workstations({"WEB02", "WEB0"})),
            "failed: its workstation list leaves WEB01 out\n"
            "fail workstation-restricted: its workstation list leaves WEB01 "
            "out\n"
            "  Workstations allowed: WEB02, WEB0 [net-user.txt, line 15]\n");
  EXPECT_EQ(outcome(kAccountLookup, workstations({"WEB02", "web01"})),
            "passed");
  Server nameless = workstations({"WEB01"});
  nameless.machine.computer = {};
  EXPECT_EQ(outcome(kAccountLookup, nameless), "unknown: account-not-read");
}

TEST(AccountRecord, WhatTheRecordDoesNotShow) {
  Server server = healthy("6.0", "2003");
  record(server) = {};
  record(server).name = "IUSR_WEB01";
  record(server).origin = at("net-user.txt", 1);
  record(server).expires = facts::Observed<Deadline>::unknown(
      "\"31.02.2006\" is no date", "", at("net-user.txt", 7));
  const std::string_view missing =
      "its record does not show whether it is enabled, whether it is locked, "
      "when it expires, when its password expires, its logon hours and from "
      "which workstations it may log on";
  EXPECT_EQ(transcript(kAccountLookup, server),
            "unknown: " + std::string(missing) +
                "\n"
                "unknown account-not-read: " +
                std::string(missing) +
                "\n"
                "  \"31.02.2006\" is no date [net-user.txt, line 7]\n");
}

// What is seen counts although the rest is missing.
TEST(AccountRecord, APartialRecordCanFail) {
  Server server = healthy("6.0", "2003");
  record(server).expires = {};
  record(server).active = known(false);
  EXPECT_EQ(outcome(kAccountLookup, server),
            "failed: account-disabled, account-not-read");
}

// What decides about the record decides nothing about groups or the last
// logon: they are not this check's.
TEST(AccountRecord, GroupsAreNotAsked) {
  Server server = healthy("6.0", "2003");
  record(server).local_groups = {};
  record(server).global_groups = {};
  EXPECT_EQ(outcome(kAccountLookup, server), "passed");
}

}  // namespace
}  // namespace iisdiag::checks
