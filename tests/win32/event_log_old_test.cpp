// Event logs of Windows NT to Server 2003.
#include "support/evt_writer.hpp"
#include "win32/told_logs.hpp"

namespace iisdiag::win32 {
namespace {

using evidence::FileFacts;

class OldEventLogTest : public testing::Test {
 protected:
  OldEventLogTest() { windows.missing = {"EvtQuery"}; }

  static std::string refusal(std::uint32_t record, std::int64_t time,
                             const std::string& account = "IUSR_WEB01") {
    return test::evt_record({"W3SVC",
                             0x80000064,
                             time,
                             record,
                             {account, "Logon failure"},
                             std::string("\x2E\x05\0\0", 4),
                             "WEB01"});
  }
  static std::string other(std::uint32_t record, std::int64_t time) {
    return test::evt_record({"Tcpip", 4201, time, record, {}, {}, "WEB01"});
  }

  std::vector<std::string>& system() {
    return windows.event_logs.records[L"System"];
  }

  FakeWindows windows;
};

TEST_F(OldEventLogTest, NewestFirst) {
  system() = {other(7, kNow - 500), refusal(8, kNow - 400),
              refusal(9, kNow - 300), other(10, kNow - 200)};
  const FileFacts facts = read_logs(windows);
  EXPECT_EQ(problems(facts), Texts{});
  ASSERT_EQ(facts.records.attempts.size(), 1U);
  const facts::LogonAttempt& attempt = facts.records.attempts[0];
  EXPECT_EQ(attempt.service, "W3SVC");
  EXPECT_EQ(attempt.account, "IUSR_WEB01");
  EXPECT_EQ(attempt.code, 1326U);
  EXPECT_EQ(attempt.count, 2U);
  EXPECT_EQ(attempt.first_origin.text(), "System event log, record 8");
  EXPECT_EQ(attempt.last_origin.text(), "System event log, record 9");
  const facts::LogSpan& span = facts.records.logs[0];
  EXPECT_TRUE(span.is_whole);
  EXPECT_EQ(span.records, 4U);
  EXPECT_EQ(span.first, kNow - 500);
  EXPECT_EQ(span.last, kNow - 200);
  EXPECT_EQ(span.computer, "WEB01");
  EXPECT_TRUE(facts.records.logs[1].is_whole);
}

TEST_F(OldEventLogTest, EachCallIsRefused) {
  struct Row {
    std::string call;
    std::string origin;
    std::uint64_t records = 0;
  };
  for (const Row& row :
       {Row{"OpenEventLogW System", "OpenEventLogW, error 5"},
        Row{"ReadEventLogW System 1", "ReadEventLogW, error 5"},
        Row{"ReadEventLogW System 2", "ReadEventLogW, error 5", 1},
        Row{"GetNumberOfEventLogRecords System",
            "GetNumberOfEventLogRecords, error 5", 1},
        Row{"GetOldestEventLogRecord System",
            "GetOldestEventLogRecord, error 5", 1}}) {
    FakeWindows one;
    one.missing = windows.missing;
    one.event_logs.records[L"System"] = {refusal(8, kNow - 400)};
    one.refusals[row.call] = ERROR_ACCESS_DENIED;
    const FileFacts facts = read_logs(one);
    ASSERT_EQ(facts.problems.size(), 1U) << row.call;
    EXPECT_EQ(facts.problems[0].origin.text(), row.origin);
    EXPECT_EQ(facts.problems[0].todo, kElevated);
    EXPECT_FALSE(facts.records.logs[0].is_whole);
    EXPECT_EQ(facts.records.logs[0].records, row.records) << row.call;
  }
}

TEST_F(OldEventLogTest, APrivilegeIsMissing) {
  windows.refusals["OpenEventLogW Security"] = ERROR_PRIVILEGE_NOT_HELD;
  EXPECT_EQ(problems(read_logs(windows)),
            Texts{"the Security event log was not read: the right to read it "
                  "is missing | OpenEventLogW, error 1314 | " +
                  kElevated});
}

TEST_F(OldEventLogTest, ALargeRecord) {
  system() = {refusal(8, kNow - 400, std::string(50'000, 'x')),
              other(9, kNow - 300)};
  FileFacts facts = read_logs(windows);
  EXPECT_EQ(problems(facts), Texts{});
  EXPECT_EQ(facts.records.attempts.size(), 1U);
  // Larger than what the function can give.
  system()[0] = refusal(8, kNow - 400, std::string(300'000, 'x'));
  facts = read_logs(windows);
  EXPECT_EQ(facts.problems.size(), 1U);
  EXPECT_FALSE(facts.records.logs[0].is_whole);
}

TEST_F(OldEventLogTest, ALogThatIsEmptiedMeanwhile) {
  system() = {refusal(8, kNow - 400)};
  windows.event_logs.once["ReadEventLogW System 2"] =
      ERROR_EVENTLOG_FILE_CHANGED;
  FileFacts facts = read_logs(windows);
  EXPECT_EQ(problems(facts), Texts{});
  EXPECT_EQ(facts.records.attempts.at(0).count, 1U);
  windows.refusals["ReadEventLogW System 2"] = ERROR_EVENTLOG_FILE_CHANGED;
  facts = read_logs(windows);
  EXPECT_EQ(problems(facts),
            Texts{"the rest of the System event log was not read: it was "
                  "emptied while it was read | ReadEventLogW, error 1503 | Run "
                  "iisdiag again."});
}

TEST_F(OldEventLogTest, AnEndThatComesTooEarly) {
  system() = {refusal(8, kNow - 400)};
  windows.event_logs.more_records = 3;
  FileFacts facts = read_logs(windows);
  // The Security log is said to have three, and none comes.
  EXPECT_EQ(facts.problems.size(), 2U);
  EXPECT_FALSE(facts.records.logs[0].is_whole);
  EXPECT_FALSE(facts.records.logs[1].is_whole);
}

TEST_F(OldEventLogTest, NothingIsWritten) {
  system() = {refusal(8, kNow - 400)};
  windows.event_logs.silent = {"ReadEventLogW"};
  EXPECT_EQ(problems(read_logs(windows)).at(0),
            "the System event log was not read: what Windows answered makes no "
            "sense | ReadEventLogW, error 13 | ");
}

TEST_F(OldEventLogTest, DamagedRecords) {
  for (const std::uint32_t size : {0U, 59U, 0xFFFFFFFFU, 4096U}) {
    system() = {refusal(8, kNow - 400), refusal(9, kNow - 300)};
    for (unsigned i = 0; i < 4; ++i) {
      system()[1][i] = static_cast<char>(size >> (8 * i) & 0xFFU);
    }
    const FileFacts facts = read_logs(windows);
    EXPECT_FALSE(facts.records.logs[0].is_whole) << size;
    EXPECT_FALSE(facts.problems.empty()) << size;
    EXPECT_EQ(facts.records.attempts.size(), 0U) << size;
  }
  // Only the length behind it is wrong: the next one is where it should be.
  system() = {refusal(8, kNow - 400), refusal(9, kNow - 300)};
  system()[1].back() = '\x7F';
  FileFacts facts = read_logs(windows);
  EXPECT_EQ(facts.records.attempts.at(0).count, 1U);
  EXPECT_EQ(problems(facts),
            Texts{"1 record of the System event log could not be read | "
                  "System event log | "});
  // Offsets and numbers of all sizes.
  for (std::size_t at = 20; at < 56; ++at) {
    system() = {refusal(8, kNow - 400)};
    system()[0][at] = '\xFF';
    facts = read_logs(windows);
    EXPECT_EQ(facts.records.logs[0].records, 1U);
  }
}

TEST_F(OldEventLogTest, NoOlderThanThirtyDays) {
  constexpr std::int64_t kMonth = 30 * 86400;
  system() = {refusal(6, kNow - kMonth - 90, "OLD"),
              refusal(7, kNow - kMonth + 60),
              // The clock was set back for a while.
              refusal(8, kNow - kMonth - 60, "SET"), refusal(9, kNow - 60)};
  const FileFacts facts = read_logs(windows);
  EXPECT_EQ(problems(facts), Texts{});
  ASSERT_EQ(facts.records.attempts.size(), 1U);
  EXPECT_EQ(facts.records.attempts[0].count, 2U);
  EXPECT_FALSE(facts.records.logs[0].is_whole);
  EXPECT_EQ(facts.records.logs[0].first, kNow - kMonth + 60);
}

TEST_F(OldEventLogTest, AMonthEndsIt) {
  constexpr std::int64_t kMonth = 30 * 86400;
  for (std::uint32_t i = 0; i < 5000; ++i) {
    system().push_back(other(i + 1, kNow - 2 * kMonth + i));
  }
  const FileFacts facts = read_logs(windows);
  EXPECT_EQ(windows.count("ReadEventLogW System 1"), 1U);
  EXPECT_EQ(windows.count("ReadEventLogW System 2"), 0U);
  EXPECT_EQ(facts.records.logs[0].records, 0U);
  EXPECT_FALSE(facts.records.logs[0].is_whole);
}

TEST_F(OldEventLogTest, ItTakesTooLong) {
  for (std::uint32_t i = 0; i < 5000; ++i) {
    system().push_back(other(i + 1, kNow - 5000 + i));
  }
  windows.event_logs.step = 4000;
  const FileFacts facts = read_logs(windows);
  ASSERT_EQ(facts.notes.size(), 1U);
  EXPECT_TRUE(facts.notes[0].text.starts_with(
      "the System event log was read back to 2026-11-22T"))
      << facts.notes[0].text;
  EXPECT_FALSE(facts.records.logs[0].is_whole);
  EXPECT_LT(facts.records.logs[0].records, 5000U);
}

TEST_F(OldEventLogTest, MoreThanEnoughRecords) {
  for (std::uint32_t i = 0; i < 201'000; ++i) {
    system().push_back(other(i + 1, kNow - 1000));
  }
  const FileFacts facts = read_logs(windows);
  ASSERT_EQ(facts.notes.size(), 1U);
  EXPECT_TRUE(facts.notes[0].text.ends_with("200,000 records were enough"));
  EXPECT_LT(facts.records.logs[0].records, 201'000U);
  EXPECT_GE(facts.records.logs[0].records, 200'000U);
}

}  // namespace
}  // namespace iisdiag::win32
