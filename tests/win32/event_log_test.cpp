// Event logs of Windows Vista and later.
#include "win32/told_logs.hpp"

namespace iisdiag::win32 {
namespace {

using evidence::FileFacts;
using facts::RecordKind;

FakeEvent refusal(std::uint64_t record, std::int64_t time,
                  const std::string& account = "IUSR") {
  FakeEvent event;
  event.record = record;
  event.time = time;
  event.values = {{"SubjectUserName", "WEB01$"},
                  {"TargetUserSid", FakeEventSid{"S-1-0-0"}},
                  {"TargetUserName", account},
                  {"TargetDomainName", "WEB01"},
                  {"Status", FakeHex{0xC000006D}},
                  {"SubStatus", FakeHex{0xC000006A}},
                  {"LogonType", std::uint32_t{8}},
                  {"LogonProcessName", "Advapi  "},
                  {"WorkstationName", "WEB01"},
                  {"ProcessName", R"(C:\Windows\System32\inetsrv\w3wp.exe)"}};
  return event;
}

FakeEvent old_kind(std::uint64_t record, std::int64_t time) {
  FakeEvent event;
  event.provider = "MSFTPSVC";
  event.id = 100;
  event.record = record;
  event.time = time;
  event.values = {{"", "IUSR_WEB01"},
                  {"", "Logon failure"},
                  {"", FakeBytes{std::string("\x2E\x05\0\0", 4)}}};
  return event;
}

FakeEvent other(std::uint64_t record, std::int64_t time) {
  FakeEvent event;
  event.provider = "Service Control Manager";
  event.id = 7036;
  event.record = record;
  event.time = time;
  return event;
}

// Security 4625 twice and other records; System: an event 100.
void fill(FakeWindows& windows) {
  windows.event_logs.events[L"Security"] = {
      other(10, kNow - 5000), refusal(11, kNow - 4000),
      refusal(12, kNow - 3000), other(13, kNow - 2000)};
  windows.event_logs.events[L"System"] = {other(1, kNow - 900),
                                          old_kind(2, kNow - 800)};
}

TEST(EventLogTest, OfWindowsVistaAndLater) {
  FakeWindows windows;
  fill(windows);
  const FileFacts facts = read_logs(windows);
  EXPECT_EQ(problems(facts), Texts{});
  ASSERT_EQ(facts.records.attempts.size(), 2U);
  const facts::LogonAttempt& ftp = facts.records.attempts[0];
  EXPECT_EQ(ftp.kind, RecordKind::kIisEvent);
  EXPECT_EQ(ftp.service, "MSFTPSVC");
  EXPECT_EQ(ftp.account, "IUSR_WEB01");
  EXPECT_EQ(ftp.code, 1326U);
  EXPECT_EQ(ftp.last_origin.text(), "System event log, record 2");
  const facts::LogonAttempt& logon = facts.records.attempts[1];
  EXPECT_EQ(logon.event, 4625U);
  EXPECT_EQ(logon.account, "IUSR");
  EXPECT_EQ(logon.domain, "WEB01");
  EXPECT_EQ(logon.sid, "");
  EXPECT_EQ(logon.code, 86U);  // the nearer of its two codes
  EXPECT_EQ(logon.logon_type, 8U);
  EXPECT_EQ(logon.logon_process, "Advapi");
  EXPECT_EQ(logon.process, "w3wp.exe");
  EXPECT_EQ(logon.count, 2U);
  EXPECT_EQ(logon.first, kNow - 4000);
  EXPECT_EQ(logon.last, kNow - 3000);
  EXPECT_FALSE(logon.is_local);
  EXPECT_EQ(logon.first_origin.text(), "Security event log, record 11");
  EXPECT_EQ(logon.last_origin.text(), "Security event log, record 12");
  const facts::LogSpan& span = facts.records.logs[1];
  EXPECT_EQ(span.records, 4U);
  EXPECT_EQ(span.first, kNow - 5000);
  EXPECT_EQ(span.last, kNow - 2000);
  EXPECT_TRUE(span.has_time);
  EXPECT_TRUE(span.is_whole);
  EXPECT_EQ(span.computer, "WEB01");
  EXPECT_EQ(span.origin.text(), "Security event log");
  EXPECT_EQ(windows.count("EvtQuery"), 6U);
  EXPECT_EQ(windows.count("OpenEventLogW"), 0U);
}

TEST(EventLogTest, TextsOfTheOldKindInOneList) {
  FakeWindows windows;
  fill(windows);
  FakeEvent& event = windows.event_logs.events[L"System"][1];
  event.values = {{"", std::vector<std::string>{"IUSR_WEB01", "no"}},
                  {"", std::uint32_t{4}},
                  {"", FakeBytes{std::string("\x69\x05\0\0", 4)}}};
  const FileFacts facts = read_logs(windows);
  EXPECT_EQ(facts.records.attempts.at(0).account, "IUSR_WEB01");
  EXPECT_EQ(facts.records.attempts.at(0).code, 1385U);
}

TEST(EventLogTest, EmptyLogsAreWhole) {
  FakeWindows windows;
  const FileFacts facts = read_logs(windows);
  EXPECT_EQ(problems(facts), Texts{});
  for (const facts::LogSpan& span : facts.records.logs) {
    EXPECT_TRUE(span.is_whole);
    EXPECT_EQ(span.records, 0U);
    EXPECT_FALSE(span.has_time);
  }
}

TEST(EventLogTest, NoOlderThanThirtyDays) {
  FakeWindows windows;
  auto& events = windows.event_logs.events[L"Security"];
  constexpr std::int64_t kMonth = 30 * 86400;
  events = {refusal(5, kNow - kMonth - 60, "OLD"), other(6, kNow - kMonth + 60),
            refusal(7, kNow - 10)};
  FileFacts facts = read_logs(windows);
  ASSERT_EQ(facts.records.attempts.size(), 1U);
  EXPECT_EQ(facts.records.attempts[0].account, "IUSR");
  facts::LogSpan span = facts.records.logs[1];
  EXPECT_FALSE(span.is_whole);
  EXPECT_EQ(span.records, 2U);
  EXPECT_EQ(span.first, kNow - kMonth + 60);
  EXPECT_EQ(problems(facts), Texts{});
  events.resize(1);
  span = read_logs(windows).records.logs[1];
  EXPECT_FALSE(span.is_whole);
  EXPECT_EQ(span.records, 0U);
}

TEST(EventLogTest, TheSecurityLogIsRefused) {
  FakeWindows windows;
  fill(windows);
  windows.refusals["EvtQuery Security all reverse"] = ERROR_ACCESS_DENIED;
  const FileFacts facts = read_logs(windows);
  EXPECT_EQ(problems(facts),
            Texts{"the Security event log was not read: access is denied | "
                  "EvtQuery, error 5 | " +
                  kElevated});
  const facts::LogSpan& span = facts.records.logs[1];
  EXPECT_FALSE(span.is_whole);
  EXPECT_EQ(span.records, 0U);
  EXPECT_EQ(span.origin.text(), "EvtQuery, error 5");
  EXPECT_TRUE(facts.records.logs[0].is_whole);
  EXPECT_EQ(facts.records.attempts.size(), 1U);
}

TEST(EventLogTest, EachCallIsRefused) {
  struct Row {
    std::string call;
    std::string origin;
    bool has_some = false;  // of the span is known
  };
  for (const Row& row :
       {Row{"EvtQuery Security all reverse", "EvtQuery"},
        Row{"EvtQuery Security all forward", "EvtQuery"},
        Row{"EvtQuery Security wanted reverse", "EvtQuery", true},
        Row{"EvtNext Security all reverse", "EvtNext"},
        Row{"EvtNext Security all forward", "EvtNext"},
        Row{"EvtNext Security wanted reverse", "EvtNext", true},
        Row{"EvtRender system 13", "EvtRender"},
        Row{"EvtRender system 10", "EvtRender"},
        Row{"EvtCreateRenderContext named", "EvtCreateRenderContext"}}) {
    for (const DWORD code : {DWORD{ERROR_ACCESS_DENIED}, DWORD{0}}) {
      FakeWindows windows;
      fill(windows);
      windows.refusals[row.call] = code;
      const FileFacts facts = read_logs(windows);
      const facts::LogSpan& span = facts.records.logs[1];
      EXPECT_FALSE(span.is_whole) << row.call;
      EXPECT_EQ(span.records, row.has_some ? 1U : 0U) << row.call;
      ASSERT_EQ(facts.problems.size(), 1U) << row.call;
      EXPECT_TRUE(facts.problems[0].origin.text().starts_with(row.origin))
          << facts.problems[0].origin.text();
      EXPECT_TRUE(facts.records.logs[0].is_whole);
    }
  }
  FakeWindows windows;
  fill(windows);
  windows.refusals["EvtCreateRenderContext system"] = ERROR_NOT_ENOUGH_MEMORY;
  EXPECT_EQ(read_logs(windows).problems.size(), 2U);
}

TEST(EventLogTest, OldRecordsCannotBeLookedFor) {
  for (const std::string call :
       {"EvtQuery Security since forward", "EvtNext Security since forward"}) {
    FakeWindows windows;
    windows.event_logs.events[L"Security"] = {other(5, kNow - 90 * 86400),
                                              refusal(6, kNow - 10)};
    windows.refusals[call] = ERROR_TIMEOUT;
    const FileFacts facts = read_logs(windows);
    EXPECT_EQ(facts.problems.size(), 1U);
    EXPECT_FALSE(facts.records.logs[1].is_whole);
  }
}

TEST(EventLogTest, TheServiceDoesNotRun) {
  FakeWindows windows;
  windows.refusals["EvtQuery"] = RPC_S_SERVER_UNAVAILABLE;
  EXPECT_EQ(problems(read_logs(windows)).at(0),
            "the System event log was not read: the service that keeps it "
            "does not run | EvtQuery, error 1722 | Start the service EventLog "
            "and run iisdiag again.");
}

TEST(EventLogTest, EventsThatCannotBeRendered) {
  for (const std::string call : {"EvtRender system 12", "EvtRender named 12"}) {
    FakeWindows windows;
    fill(windows);
    windows.refusals[call] = ERROR_INVALID_PARAMETER;
    const FileFacts facts = read_logs(windows);
    EXPECT_EQ(problems(facts),
              Texts{"1 record of the Security event log could not be read | "
                    "Security event log | "});
    EXPECT_FALSE(facts.records.logs[1].is_whole);
    EXPECT_EQ(facts.records.attempts.at(1).count, 1U);
  }
}

TEST(EventLogTest, NothingIsWritten) {
  for (const std::string function : {"EvtNext", "EvtRender"}) {
    FakeWindows windows;
    fill(windows);
    windows.event_logs.silent = {function};
    const FileFacts facts = read_logs(windows);
    EXPECT_EQ(facts.problems.size(), 2U);
    EXPECT_FALSE(facts.records.logs[0].is_whole);
    EXPECT_FALSE(facts.records.logs[1].is_whole);
  }
}

TEST(EventLogTest, DamagedAnswers) {
  for (const FakeDamage damage :
       {FakeDamage::kUsed, FakeDamage::kCount, FakeDamage::kTypes}) {
    FakeWindows windows;
    fill(windows);
    windows.event_logs.damage = damage;
    const FileFacts facts = read_logs(windows);
    EXPECT_EQ(facts.records.attempts.size(), 0U);
    EXPECT_FALSE(facts.records.logs[0].is_whole);
    EXPECT_EQ(facts.problems.size(), 2U);
  }
  // Who wrote it cannot be told.
  FakeWindows windows;
  fill(windows);
  windows.event_logs.damage = FakeDamage::kPointers;
  EXPECT_EQ(read_logs(windows).records.attempts.size(), 0U);
}

TEST(EventLogTest, ALongEvent) {
  FakeWindows windows;
  fill(windows);
  auto& events = windows.event_logs.events[L"Security"];
  events[1].values[2].second = std::string(20'000, 'x');
  FileFacts facts = read_logs(windows);
  EXPECT_EQ(problems(facts), Texts{});
  EXPECT_EQ(facts.records.attempts.size(), 3U);
  events[1].values[2].second = std::string(1'000'000, 'x');
  facts = read_logs(windows);
  EXPECT_EQ(facts.problems.size(), 1U);
  EXPECT_EQ(facts.records.attempts.size(), 2U);
}

TEST(EventLogTest, ManyLargeEventsComeOneByOne) {
  FakeWindows windows;
  fill(windows);
  windows.event_logs.most_at_once = 1;
  FileFacts facts = read_logs(windows);
  EXPECT_EQ(problems(facts), Texts{});
  EXPECT_EQ(facts.records.attempts.at(1).count, 2U);
  windows.event_logs.most_at_once = 0;
  facts = read_logs(windows);
  EXPECT_EQ(facts.problems.size(), 2U);
}

TEST(EventLogTest, ALogThatIsEmptiedMeanwhile) {
  constexpr DWORD kStale = 15011;
  FakeWindows windows;
  fill(windows);
  windows.event_logs.once["EvtNext Security wanted reverse"] = kStale;
  FileFacts facts = read_logs(windows);
  EXPECT_EQ(problems(facts), Texts{});
  EXPECT_TRUE(facts.records.logs[1].is_whole);
  EXPECT_EQ(facts.records.attempts.at(1).count, 2U);
  windows.refusals["EvtNext Security wanted reverse"] = kStale;
  facts = read_logs(windows);
  EXPECT_EQ(problems(facts),
            Texts{"the rest of the Security event log was not read: it was "
                  "emptied while it was read | EvtNext, error 15011 | Run "
                  "iisdiag again."});
}

TEST(EventLogTest, ItTakesTooLong) {
  FakeWindows windows;
  fill(windows);
  windows.event_logs.step = 4000;
  FileFacts facts = read_logs(windows);
  EXPECT_EQ(problems(facts), Texts{});
  ASSERT_EQ(facts.notes.size(), 2U);
  EXPECT_EQ(facts.notes[1].text,
            "the Security event log was read back to 2026-11-22T09:26:40Z "
            "only: that took 10 seconds");
  EXPECT_FALSE(facts.records.logs[1].is_whole);
  // The call itself gives up.
  windows.event_logs.step = 0;
  windows.refusals["EvtNext Security wanted reverse"] = ERROR_TIMEOUT;
  facts = read_logs(windows);
  ASSERT_EQ(facts.notes.size(), 1U);
  EXPECT_EQ(facts.records.logs[1].records, 1U);
  EXPECT_EQ(facts.records.logs[1].first, kNow - 2000);
}

TEST(EventLogTest, NeitherInterfaceIsThere) {
  for (const auto& [newer, older] :
       {std::pair{"EvtQuery", "OpenEventLogW"},
        std::pair{"EvtNext", "ReadEventLogW"},
        std::pair{"EvtRender", "CloseEventLog"},
        std::pair{"EvtCreateRenderContext", "GetNumberOfEventLogRecords"},
        std::pair{"EvtClose", "GetOldestEventLogRecord"}}) {
    FakeWindows windows;
    windows.missing = {newer, older};
    const FileFacts facts = read_logs(windows);
    EXPECT_EQ(problems(facts).at(1),
              "the Security event log was not read: this Windows has no such "
              "function | OpenEventLogW, error 120 | ");
    EXPECT_FALSE(facts.records.logs[0].is_whole);
  }
}

}  // namespace
}  // namespace iisdiag::win32
