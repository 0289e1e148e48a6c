// The records of several logs together.
#include "evidence/records.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace iisdiag::evidence {
namespace {

using facts::LogonAttempt;
using facts::LogSpan;
using facts::Origin;
using facts::RecordKind;

LogonAttempt event100(std::string account, facts::ClockSeconds time) {
  LogonAttempt attempt;
  attempt.kind = RecordKind::kIisEvent;
  attempt.event = 100;
  attempt.service = "W3SVC";
  attempt.account = std::move(account);
  attempt.code = 1326;
  attempt.first = time;
  attempt.last = time;
  attempt.last_origin = Origin::in_record("a.evt", 1);
  return attempt;
}

LogonAttempt row(RecordKind kind, std::string site, std::uint32_t status,
                 std::string account = "") {
  LogonAttempt attempt;
  attempt.kind = kind;
  attempt.site = std::move(site);
  attempt.status = status;
  attempt.substatus = status == 401 ? 1 : 0;
  attempt.account = std::move(account);
  attempt.code = 1326;
  attempt.last = 10;
  return attempt;
}

std::string identities(std::vector<LogonAttempt> attempts,
                       const std::vector<facts::SitePlace>& off = {}) {
  std::string text;
  for (const facts::Identity& identity :
       identities_of_records({std::move(attempts), {}}, off, "none")) {
    text += std::string(facts::service_name(identity.service)) + " " +
            identity.account.value.value_or("?") + " at";
    for (const std::string& node : identity.nodes) {
      text += " " + node;
    }
    text += "\n";
    EXPECT_EQ(identity.without_configuration->why, "none");
  }
  return text;
}

TEST(RecordsTest, TheSameRecordsFromTwoFilesCountOnce) {
  facts::LogonRecords records;
  LogonAttempt copy = event100("iusr_web01", 5);
  copy.last_origin = Origin::in_file("a.xml", 3);
  records.attempts = {event100("IUSR_WEB01", 5), copy,
                      event100("IUSR_WEB01", 6)};
  LogSpan log;
  log.records = 3;
  log.origin = Origin::in_file("a.evt", 0);
  LogSpan same = log;
  same.origin = Origin::in_file("copy/a.evt", 0);
  LogSpan other = log;
  other.is_whole = false;
  records.logs = {log, same, other};
  drop_duplicates(records);
  ASSERT_EQ(records.logs.size(), 2U);
  EXPECT_EQ(records.logs[0].origin.text(), "a.evt");
  EXPECT_FALSE(records.logs[1].is_whole);
  ASSERT_EQ(records.attempts.size(), 2U);
  EXPECT_EQ(records.attempts[0].last_origin.text(), "a.evt, record 1");
  EXPECT_EQ(records.attempts[1].last, 6);
}

// A snapshot of an earlier version beside the log itself.
TEST(RecordsTest, HoursThatOneCopyTellsStay) {
  facts::LogonRecords records;
  LogonAttempt told = event100("IUSR_WEB01", 5);
  told.hours = {{0, 1}};
  LogonAttempt other = told;
  other.hours = {{0, 2}};
  records.attempts = {event100("IUSR_WEB01", 5), told, other};
  drop_duplicates(records);
  EXPECT_EQ(records.attempts, std::vector<LogonAttempt>{told});
}

TEST(RecordsTest, TheNewestRecordOfAllLogs) {
  facts::LogonRecords records;
  EXPECT_EQ(newest_record(records), std::nullopt);
  LogSpan empty;
  empty.last = 900;
  LogSpan utc;
  utc.records = 1;
  utc.last = 100;
  LogSpan timeless = utc;
  timeless.last = 800;
  timeless.has_time = false;
  records.logs = {empty, timeless, utc};
  EXPECT_EQ(newest_record(records), (facts::Moment{100, 0}));
  utc.last = 200;
  utc.is_local = true;
  records.logs.push_back(utc);
  EXPECT_EQ(newest_record(records), (facts::Moment{200, std::nullopt}));
}

TEST(RecordsTest, AccountsAndSitesOfLogsAlone) {
  EXPECT_EQ(
      identities({event100("WEB01\\IUSR_WEB01", 5), event100("IUSR_WEB01", 6),
                  event100("admin", 9), row(RecordKind::kWebLog, "W3SVC1", 401),
                  row(RecordKind::kWebLog, "W3SVC2", 401, "alice"),
                  row(RecordKind::kWebLog, "W3SVC3", 503),
                  row(RecordKind::kWebLog, "", 401)}),
      "W3SVC IUSR_WEB01 at\n"
      "W3SVC ? at\n"
      "W3SVC ? at W3SVC1\n");
}

// IIS 3.0 tries its pair although nobody gets it (Q170863).
TEST(RecordsTest, ServicesWhoseAnonymousAccessIsOffTellNothing) {
  facts::SitePlace web;
  web.anonymous = {false, Origin::in_file("adsutil.txt", 3)};
  web.site = "W3SVC1";
  EXPECT_EQ(identities({event100("IUSR_WEB01", 5),
                        row(RecordKind::kWebLog, "W3SVC1", 401),
                        row(RecordKind::kWebLog, "W3SVC2", 401),
                        row(RecordKind::kFtpLog, "MSFTPSVC1", 530, "ftp")},
                       {web}),
            "W3SVC ? at W3SVC2\n"
            "MSFTPSVC ? at MSFTPSVC1\n");
}

// There the name is that of anonymous.
TEST(RecordsTest, SitesOfFtpLogs) {
  EXPECT_EQ(identities({row(RecordKind::kFtpLog, "MSFTPSVC1", 530, "anonymous"),
                        row(RecordKind::kFtpLog, "FTPSVC2", 530, "ftp"),
                        row(RecordKind::kFtpLog, "FTPSVC3", 230, "ftp")}),
            "MSFTPSVC ? at MSFTPSVC1\n"
            "FTPSVC ? at FTPSVC2\n");
}

TEST(RecordsTest, NoMoreThanTwenty) {
  std::vector<LogonAttempt> attempts;
  for (int i = 0; i < 30; ++i) {
    attempts.push_back(event100("IUSR_" + std::to_string(i), i));
  }
  const std::string text = identities(attempts);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 20);
  EXPECT_TRUE(text.starts_with("W3SVC IUSR_29 at\n"));
}

}  // namespace
}  // namespace iisdiag::evidence
