// The logons on record of one identity by the hour.
#include "report/recorded_hours.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "report/build.hpp"
#include "support/servers.hpp"

namespace iisdiag::report {
namespace {

using facts::HourCount;
using facts::LogonAttempt;
using facts::RecordKind;

constexpr facts::ClockSeconds kTen = 1'147'687'200;  // 2006-05-15T10:00:00
constexpr facts::ClockSeconds kHour = 3600;

// Event 100, the newest record of which is in the last of these hours.
LogonAttempt event100(std::optional<std::uint32_t> code,
                      std::vector<HourCount> hours) {
  LogonAttempt attempt;
  attempt.kind = RecordKind::kIisEvent;
  attempt.event = 100;
  attempt.service = "W3SVC";
  attempt.account = "IUSR_WEB01";
  attempt.code = code;
  attempt.count = 0;
  for (const HourCount& hour : hours) {
    attempt.count += hour.count;
  }
  attempt.first = hours.empty() ? 0 : hours.front().hour + 1;
  attempt.last = hours.empty() ? 0 : hours.back().hour + 59;
  attempt.hours = std::move(hours);
  return attempt;
}

LogonAttempt logon(std::uint32_t event, std::uint32_t code,
                   std::vector<HourCount> hours) {
  LogonAttempt attempt = event100(code, std::move(hours));
  attempt.kind = RecordKind::kLogon;
  attempt.event = event;
  attempt.service = "";
  attempt.domain = "WEB01";
  attempt.logon_type = 8;
  attempt.process = "w3wp.exe";
  return attempt;
}

std::string shown(const std::vector<RecordedHour>& rows) {
  std::string text;
  for (const RecordedHour& row : rows) {
    text += fmt::format(
        "{} {} {}x\n",
        facts::iso_text(
            {row.hour, row.is_local ? std::nullopt : std::optional<int>(0)}),
        row.code ? std::to_string(*row.code) : "?", row.count);
  }
  return text;
}

facts::Server server_with(std::vector<LogonAttempt> attempts) {
  facts::Server server = checks::healthy("6.0", "2003");
  server.records.attempts = std::move(attempts);
  return server;
}

std::string shown(const facts::Server& server) {
  const Report report = build({server, "capture", "", {}}, {}, kTen);
  return shown(report.hosts.front().identities.front().logons);
}

TEST(RecordedHoursTest, OfAllRecordsOfTheIdentity) {
  LogonAttempt stranger = event100(1326, {{kTen, 7}});
  stranger.account = "alice";
  LogonAttempt started;
  started.kind = RecordKind::kServiceStart;
  started.first = started.last = kTen;
  EXPECT_EQ(
      shown(server_with({event100(1326, {{kTen, 2}, {kTen + 2 * kHour, 1}}),
                         logon(4625, 1326, {{kTen, 3}}),
                         event100(1385, {{kTen + kHour, 4}}), stranger,
                         event100(std::nullopt, {{kTen + kHour, 5}}), started,
                         event100(1326, {{kTen + 2 * kHour, 6}})})),
      "2006-05-15T10:00:00Z 1326 5x\n"
      "2006-05-15T11:00:00Z ? 5x\n"
      "2006-05-15T11:00:00Z 1385 4x\n"
      "2006-05-15T12:00:00Z 1326 7x\n");
}

TEST(RecordedHoursTest, NothingOnRecord) {
  EXPECT_EQ(shown(server_with({})), "");
}

// As far as they are told to be IIS's own: Basic is off.
TEST(RecordedHoursTest, AllThatWereAcceptedOfIis) {
  facts::Server server =
      server_with({logon(4624, 0, {{kTen, 20}, {kTen + kHour, 30}}),
                   logon(540, 0, {{kTen + kHour, 4}})});
  EXPECT_EQ(shown(server), "");  // a client may have named the account
  facts::SitePlace place;
  place.basic_scheme = {false, checks::at("iis.txt", 1)};
  server.places = {place};
  EXPECT_EQ(shown(server),
            "2006-05-15T10:00:00Z 0 20x\n"
            "2006-05-15T11:00:00Z 0 34x\n");
}

TEST(RecordedHoursTest, OfALockout) {
  LogonAttempt lock = event100(std::nullopt, {{kTen, 1}});
  lock.kind = RecordKind::kLockout;
  lock.event = 644;
  EXPECT_EQ(shown(server_with({lock})), "2006-05-15T10:00:00Z 1909 1x\n");
}

// What another record of the same logon knows is not put in its place.
TEST(RecordedHoursTest, TheCodeIsThatOfTheRecord) {
  EXPECT_EQ(shown(server_with(
                {event100(1326, {{kTen, 2}}), logon(4625, 86, {{kTen, 2}})})),
            "2006-05-15T10:00:00Z 86 2x\n"
            "2006-05-15T10:00:00Z 1326 2x\n");
}

TEST(RecordedHoursTest, OfTheServersClock) {
  LogonAttempt local = event100(1326, {{kTen, 2}});
  local.is_local = true;
  EXPECT_EQ(shown(server_with({local, event100(1326, {{kTen, 3}})})),
            "2006-05-15T10:00:00Z 1326 3x\n"
            "2006-05-15T10:00:00 1326 2x\n");
}

TEST(RecordedHoursTest, HoursThatAreNotTold) {
  LogonAttempt one = event100(1326, {});
  one.first = kTen + 5;
  one.last = kTen + 3599;
  one.count = 9;
  LogonAttempt several = one;
  several.code = 1385;
  several.last = kTen + kHour;
  LogonAttempt timeless = event100(1331, {});
  timeless.has_time = false;
  timeless.count = 3;
  EXPECT_EQ(shown(server_with({one, several, timeless})),
            "2006-05-15T10:00:00Z 1326 9x\n");
}

checks::Recorded recorded(const std::vector<LogonAttempt>& attempts) {
  checks::Recorded recorded;
  for (const LogonAttempt& attempt : attempts) {
    recorded.refusals.push_back({&attempt, attempt.code, true, {}});
  }
  return recorded;
}

TEST(RecordedHoursTest, ARecordCountsOnce) {
  const std::vector<LogonAttempt> attempts = {event100(1326, {{kTen, 2}})};
  checks::Recorded twice = recorded(attempts);
  twice.refusals.push_back(twice.refusals.front());
  EXPECT_EQ(shown(recorded_hours(twice)), "2006-05-15T10:00:00Z 1326 2x\n");
}

TEST(RecordedHoursTest, TheNewest168HoursOfAllCodes) {
  std::vector<LogonAttempt> attempts;
  for (std::uint32_t i = 0; i < 170; ++i) {
    attempts.push_back(event100(1326 + i % 2, {{kTen + i * kHour, i}}));
  }
  attempts.push_back(event100(1385, {{kTen + 2 * kHour, 1}}));
  const auto rows = recorded_hours(recorded(attempts));
  ASSERT_EQ(rows.size(), 169U);
  EXPECT_EQ(rows.front(), (RecordedHour{kTen + 2 * kHour, false, 1326, 2}));
  EXPECT_EQ(rows[1], (RecordedHour{kTen + 2 * kHour, false, 1385, 1}));
  EXPECT_EQ(rows.back(), (RecordedHour{kTen + 169 * kHour, false, 1327, 169}));
}

TEST(RecordedHoursTest, TheNewest2000Rows) {
  std::vector<LogonAttempt> attempts;
  for (std::uint32_t code = 1; code <= 20; ++code) {
    LogonAttempt attempt = event100(code, {});
    for (int i = 0; i < 168; ++i) {
      attempt.hours.push_back({kTen + i * kHour, 1});
    }
    attempts.push_back(std::move(attempt));
  }
  const auto rows = recorded_hours(recorded(attempts));
  ASSERT_EQ(rows.size(), 2'000U);
  EXPECT_EQ(rows.front(), (RecordedHour{kTen + 68 * kHour, false, 1, 1}));
  EXPECT_EQ(rows.back(), (RecordedHour{kTen + 167 * kHour, false, 20, 1}));
}

}  // namespace
}  // namespace iisdiag::report
