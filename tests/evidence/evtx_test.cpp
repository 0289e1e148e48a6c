// Event logs of Windows Vista and later.
#include <gtest/gtest.h>

#include "evidence/event_log_reading.hpp"
#include "evidence/parallel.hpp"
#include "support/evtx_events.hpp"

namespace iisdiag::evidence {
namespace {

using test::auditing_event;
using test::evtx_file;
using test::EvtxChunkWriter;
using test::EvtxEvent;
using test::failed_logon;
using test::old_event;
using namespace std::string_literals;

// 2006-05-16T09:01:00Z
constexpr std::int64_t kTime = 1'147'770'060;

std::string facts_of(std::string_view bytes) {
  return describe_event_log(read_event_log(kEvtx, bytes));
}

std::string facts_of(const std::vector<EvtxEvent>& events) {
  return facts_of(evtx_file(events));
}

TEST(EvtxTest, IisCouldNotLogOn) {
  const std::string data = "\x2E\x05\0\0"s;
  EXPECT_EQ(
      facts_of({old_event("W3SVC", 100, kTime, 7, {"IUSR_WEB1", "bad pwd\r\n"},
                          data),
                old_event("W3SVC", 100, kTime + 60, 9,
                          {"IUSR_WEB1", "falsches Kennwort"}, data),
                old_event("MSFTPSVC", 100, kTime + 61, 10, {"IUSR_WEB1", "x"},
                          "\x69\x05\0\0"s),
                // Another source, another event.
                old_event("Tcpip", 100, kTime + 62, 11, {"IUSR_WEB1"}, data),
                old_event("W3SVC", 101, kTime + 63, 12, {"IUSR_WEB1"}, data)}),
      "log of system events, WEB1: 5 records of 2006-05-16T09:01:00Z to "
      "2006-05-16T09:02:03Z, whole\n"
      "IIS 100 of W3SVC: account IUSR_WEB1, code 1326\n"
      "  2 times, @7 to @9, 2006-05-16T09:01:00Z to 2006-05-16T09:02:00Z\n"
      "IIS 100 of MSFTPSVC: account IUSR_WEB1, code 1385\n"
      "  1 times, @10, 2006-05-16T09:02:01Z\n");
}

TEST(EvtxTest, TheSourceCanStandBesideTheProvider) {
  EvtxEvent event = old_event("Microsoft-Windows-WAS", 100, kTime, 1,
                              {"IUSR_WEB1", "x"}, "\x33\x05\0\0"s);
  event.event_source = "W3SVC";
  EvtxEvent other = old_event("Microsoft-Windows-IIS-MSFTPSVC", 100, kTime, 2,
                              {"IUSR_WEB1", "x"}, "\x33\x05\0\0"s);
  EXPECT_EQ(facts_of({event, other}),
            "log of system events, WEB1: 2 records of 2006-05-16T09:01:00Z, "
            "whole\n"
            "IIS 100 of W3SVC: account IUSR_WEB1, code 1331\n"
            "  1 times, @1, 2006-05-16T09:01:00Z\n"
            "IIS 100 of MSFTPSVC: account IUSR_WEB1, code 1331\n"
            "  1 times, @2, 2006-05-16T09:01:00Z\n");
}

TEST(EvtxTest, EventsOfTheSecurityLog) {
  using test::hex_value;
  using test::number_value;
  using test::sid_value;
  using test::text_value;
  const auto none = text_value("-");
  const std::string sid = "S-1-5-21-1-2-3-1003";
  EvtxEvent::Data success;
  for (const char* name : {"SubjectUserSid", "SubjectUserName",
                           "SubjectDomainName", "SubjectLogonId"}) {
    success.emplace_back(name, text_value("S"));
  }
  success.emplace_back("TargetUserSid", sid_value(sid));
  success.emplace_back("TargetUserName", text_value("IUSR_WEB1"));
  success.emplace_back("TargetDomainName", text_value("WEB1"));
  success.emplace_back("TargetLogonId", number_value(1, 8));
  success.emplace_back("LogonType", number_value(8, 4));
  success.emplace_back("LogonProcessName", text_value("Advapi  "));
  success.emplace_back("AuthenticationPackageName", text_value("Negotiate"));
  success.emplace_back("WorkstationName", none);
  const auto right = [&](std::uint32_t id, const char* name) {
    return auditing_event(id, kTime + 6, id,
                          {{"SubjectUserSid", sid_value("S-1-5-18")},
                           {"SubjectUserName", text_value("WEB1$")},
                           {"SubjectDomainName", text_value("D")},
                           {"SubjectLogonId", number_value(1, 8)},
                           {"TargetSid", sid_value(sid)},
                           {name, text_value("SeBatchLogonRight")}});
  };
  EXPECT_EQ(
      facts_of(
          {auditing_event(4624, kTime, 1, success),
           failed_logon(kTime + 1, 2, "IUSR_WEB1", 0xC000006D, 0xC000006A, 4),
           failed_logon(kTime + 2, 3, "IUSR_WEB1", 0xC000015B, 0, 3),
           failed_logon(kTime + 3, 4, "IUSR_WEB1", 0, 0, 3),
           auditing_event(4776, kTime + 4, 5,
                          {{"PackageName", text_value("MSV")},
                           {"TargetUserName", text_value("IUSR_WEB1")},
                           {"Workstation", text_value("WEB1")},
                           {"Status", hex_value(0xC0000234)}}),
           auditing_event(4740, kTime + 5, 6,
                          {{"TargetUserName", text_value("IUSR_WEB1")},
                           {"TargetDomainName", text_value("WEB2")},
                           {"TargetSid", sid_value(sid)}}),
           auditing_event(4771, kTime + 5, 7,
                          {{"TargetUserName", text_value("web")},
                           {"TargetSid", sid_value(sid)},
                           {"ServiceName", text_value("krbtgt/D")},
                           {"TicketOptions", hex_value(0x40810010)},
                           {"Status", hex_value(0x18)},
                           {"PreAuthType", text_value("2")},
                           {"IpAddress", text_value("::1")}}),
           right(4717, "AccessGranted"), right(4718, "AccessRemoved"),
           auditing_event(4634, kTime + 7, 8, {})}),
      "log of security events, WEB1: 10 records of 2006-05-16T09:01:00Z to "
      "2006-05-16T09:01:07Z, whole\n"
      "logon 4624: account IUSR_WEB1, domain WEB1, SID S-1-5-21-1-2-3-1003, "
      "code 0, type 8, by Advapi\n"
      "  1 times, @1, 2006-05-16T09:01:00Z\n"
      "logon 4625: account IUSR_WEB1, domain WEB1, code 86, type 4, by Advapi, "
      "in w3wp.exe, from WEB1\n"
      "  1 times, @2, 2006-05-16T09:01:01Z\n"
      "logon 4625: account IUSR_WEB1, domain WEB1, code 1385, type 3, by "
      "Advapi, in w3wp.exe, from WEB1\n"
      "  1 times, @3, 2006-05-16T09:01:02Z\n"
      // Status 0 in a failure is no success.
      "logon 4625: account IUSR_WEB1, domain WEB1, type 3, by Advapi, in "
      "w3wp.exe, from WEB1\n"
      "  1 times, @4, 2006-05-16T09:01:03Z\n"
      "validation 4776: account IUSR_WEB1, code 1909, from WEB1\n"
      "  1 times, @5, 2006-05-16T09:01:04Z\n"
      "lockout 4740: account IUSR_WEB1, SID S-1-5-21-1-2-3-1003, from WEB2\n"
      "  1 times, @6, 2006-05-16T09:01:05Z\n"
      "pre-authentication 4771: account web, SID S-1-5-21-1-2-3-1003, code 86, "
      "from ::1\n"
      "  1 times, @7, 2006-05-16T09:01:05Z\n"
      "right granted 4717: SID S-1-5-21-1-2-3-1003, right SeBatchLogonRight\n"
      "  1 times, @4717, 2006-05-16T09:01:06Z\n"
      "right removed 4718: SID S-1-5-21-1-2-3-1003, right SeBatchLogonRight\n"
      "  1 times, @4718, 2006-05-16T09:01:06Z\n");
}

// The names of the template decide, not the place of a value.
TEST(EvtxTest, ValuesInAnotherOrder) {
  using test::hex_value;
  using test::text_value;
  EXPECT_EQ(
      facts_of({auditing_event(4776, kTime, 1,
                               {{"Status", hex_value(0xC0000072)},
                                {"Dummy", text_value("x")},
                                {"Workstation", text_value("WEB1")},
                                {"TargetUserName", text_value("IUSR_WEB1")}})}),
      "log of security events, WEB1: 1 records of 2006-05-16T09:01:00Z, "
      "whole\n"
      "validation 4776: account IUSR_WEB1, code 1331, from WEB1\n"
      "  1 times, @1, 2006-05-16T09:01:00Z\n");
  // Without names it is the place.
  EXPECT_EQ(facts_of({auditing_event(4776, kTime, 1,
                                     {{"a", text_value("MSV")},
                                      {"b", text_value("IUSR_WEB1")},
                                      {"c", text_value("WEB1")},
                                      {"d", hex_value(0xC0000072)}})}),
            "log of security events, WEB1: 1 records of 2006-05-16T09:01:00Z, "
            "whole\n"
            "validation 4776: account IUSR_WEB1, code 1331, from WEB1\n"
            "  1 times, @1, 2006-05-16T09:01:00Z\n");
}

// However a record is written, it says the same.
TEST(EvtxTest, EveryShapeOfARecord) {
  for (const auto shape : {EvtxEvent::Shape::kLiteral, EvtxEvent::Shape::kSlots,
                           EvtxEvent::Shape::kPlain}) {
    for (const bool has_head : {false, true}) {
      EvtxEvent iis = old_event("W3SVC", 100, kTime, 7, {"IUSR_WEB1", "x"},
                                "\x2E\x05\0\0"s);
      EvtxEvent logon =
          auditing_event(4776, kTime, 8,
                         {{"PackageName", test::text_value("MSV")},
                          {"TargetUserName", test::text_value("IUSR_WEB1")},
                          {"Workstation", test::text_value("WEB1")},
                          {"Status", test::text_value("0xc000006a")}});
      logon.channel = "System";
      for (EvtxEvent* event : {&iis, &logon}) {
        event->shape = shape;
        event->body_has_head = has_head;
      }
      EXPECT_EQ(
          facts_of({iis, logon, iis}),
          "log of system events, WEB1: 3 records of 2006-05-16T09:01:00Z, "
          "whole\n"
          "IIS 100 of W3SVC: account IUSR_WEB1, code 1326\n"
          "  2 times, @7, 2006-05-16T09:01:00Z\n"
          "validation 4776: account IUSR_WEB1, code 86, from WEB1\n"
          "  1 times, @8, 2006-05-16T09:01:00Z\n")
          << static_cast<int>(shape) << has_head;
    }
  }
}

// Logs that were exported or forwarded number their records anew.
TEST(EvtxTest, TheEventKnowsItsNumberAndTimeBetterThanTheRecord) {
  EvtxEvent event = failed_logon(kTime, 319'457'831, "u", 0xC000006D, 0, 3);
  event.head_record = 1;
  event.head_time = kTime + 86'400;
  EXPECT_EQ(facts_of({event}),
            "log of security events, WEB1: 1 records of 2006-05-16T09:01:00Z, "
            "whole\n"
            "logon 4625: account u, domain WEB1, code 1326, type 3, by Advapi, "
            "in w3wp.exe, from WEB1\n"
            "  1 times, @319457831, 2006-05-16T09:01:00Z\n");
}

TEST(EvtxTest, TheStartOfWindowsAndAnEmptiedLogAreNoted) {
  EvtxEvent cleared = old_event("Microsoft-Windows-Eventlog", 1102, kTime, 1,
                                {"S-1-5-18", "u", "d"}, {}, "Security");
  EvtxEvent again = cleared;
  again.time += 60;
  again.record = 5;
  EXPECT_EQ(facts_of({cleared, again}),
            "log of security events, WEB1: 2 records of 2006-05-16T09:01:00Z "
            "to 2006-05-16T09:02:00Z, whole\n"
            "the log was emptied on 2006-05-16T09:02:00Z, the last of 2 times "
            "@5\n");
  EXPECT_EQ(facts_of({old_event("EventLog", 6005, kTime, 1, {}),
                      old_event("Microsoft-Windows-Eventlog", 104, kTime, 2,
                                {"u", "d", "System", "C:\\x"}),
                      old_event("Microsoft-Windows-Eventlog", 104, kTime + 1, 3,
                                {"u", "d", "Application", "C:\\x"})}),
            "log of system events, WEB1: 3 records of 2006-05-16T09:01:00Z to "
            "2006-05-16T09:01:01Z, whole\n"
            "start 6005\n"
            "  1 times, @1, 2006-05-16T09:01:00Z\n"
            "the log was emptied on 2006-05-16T09:01:00Z @2\n");
}

TEST(EvtxTest, EventsOfSeveralChannelsAreNoLogOfOne) {
  EvtxEvent one = old_event("W3SVC", 1, kTime, 1, {});
  EvtxEvent two = old_event("W3SVC", 1, kTime + 1, 2, {}, {}, "Security");
  two.computer = "WEB2";
  EXPECT_EQ(facts_of({one, two}),
            "log of other events, WEB2: 2 records of 2006-05-16T09:01:00Z to "
            "2006-05-16T09:01:01Z, whole\n");
}

TEST(EvtxTest, AnEmptyLog) {
  EXPECT_EQ(facts_of(evtx_file(std::vector<std::string>{})),
            "log of other events: 0 records, whole\n");
}

// --- Recovery -------------------------------------------------------------

std::string one_chunk(std::uint64_t record) {
  EvtxChunkWriter chunk;
  chunk.add(failed_logon(kTime, record, "u", 0xC000006D, 0, 3));
  chunk.add(failed_logon(kTime, record + 1, "u", 0xC000006D, 0, 3));
  return chunk.finish();
}

// Of logs with failed logons of `u` alone.
std::string expected(int records, std::string_view whole, int first, int last,
                     const std::string& problem = {}) {
  return "log of security events, WEB1: " + std::to_string(records) +
         " records of 2006-05-16T09:01:00Z, " + std::string(whole) +
         "\nlogon 4625: account u, domain WEB1, code 1326, type 3, by Advapi, "
         "in w3wp.exe, from WEB1\n  " +
         std::to_string(records) + " times, @" + std::to_string(first) +
         (first == last ? "" : " to @" + std::to_string(last)) +
         ", 2006-05-16T09:01:00Z\n" + problem;
}

std::string damaged(int chunks, int of) {
  return "file: " + std::to_string(chunks) + " of " + std::to_string(of) +
         " chunks of the log are damaged or cut: events may be missing\n";
}

TEST(EvtxTest, ChunksAreFoundWhateverTheHeadCounts) {
  std::string file = evtx_file({one_chunk(1), one_chunk(3)});
  file[42] = 1;
  EXPECT_EQ(facts_of(file), expected(4, "whole", 1, 4));
  file[42] = 96;
  EXPECT_EQ(facts_of(file), expected(4, "whole", 1, 4));
}

TEST(EvtxTest, RoomThatNoEventHasNeededIsNoDamage) {
  const std::string room(65'536, '\0');
  EXPECT_EQ(facts_of(evtx_file({one_chunk(1), room, one_chunk(3), room})),
            expected(4, "whole", 1, 4));
}

TEST(EvtxTest, AChunkWithoutItsMagicIsSkipped) {
  std::string bad = one_chunk(3);
  bad.replace(0, 8, 8, '\0');
  EXPECT_EQ(facts_of(evtx_file({one_chunk(1), bad, one_chunk(5)})),
            expected(4, "not whole", 1, 6, damaged(1, 3)));
}

TEST(EvtxTest, AWrongChecksumIsToldAndTheRecordsAreRead) {
  for (const std::size_t place : {52U, 124U}) {
    std::string bad = one_chunk(3);
    bad[place] = static_cast<char>(bad[place] ^ 1);
    EXPECT_EQ(facts_of(evtx_file({one_chunk(1), bad})),
              expected(4, "not whole", 1, 4, damaged(1, 2)));
  }
}

TEST(EvtxTest, ALogWithoutChecksums) {
  std::string chunk = one_chunk(1);
  for (const std::size_t place : {52U, 124U}) {
    chunk.replace(place, 4, 4, '\0');
  }
  EXPECT_EQ(facts_of(evtx_file({chunk}, 4)), expected(2, "whole", 1, 2));
  EXPECT_EQ(facts_of(evtx_file({chunk}, 0)),
            expected(2, "not whole", 1, 2, damaged(1, 1)));
  chunk[120] = 5;
  EXPECT_EQ(facts_of(evtx_file({chunk}, 0)), expected(2, "whole", 1, 2));
}

TEST(EvtxTest, ACutLogIsReadAsFarAsItGoes) {
  const std::string file = evtx_file({one_chunk(1), one_chunk(3)});
  EXPECT_EQ(facts_of(file.substr(0, file.size() - 1000)),
            expected(4, "not whole", 1, 4, damaged(1, 2)));
  // In the second record of the second chunk.
  EvtxChunkWriter chunk;
  chunk.add(failed_logon(kTime, 3, "u", 0xC000006D, 0, 3));
  EXPECT_EQ(facts_of(file.substr(0, 4096 + 65'536 + chunk.size() + 100)),
            expected(3, "not whole", 1, 3, damaged(1, 2)));
  EXPECT_EQ(facts_of(file.substr(0, 4096 + 65'536 + 100)),
            expected(2, "not whole", 1, 2, damaged(1, 2)));
}

TEST(EvtxTest, ALostHead) {
  const std::string lost =
      "file: the head of the log is lost: how many events there were is not "
      "known\n";
  std::string file = evtx_file({one_chunk(1)});
  file.replace(0, 4096, 4096, '\0');
  EXPECT_EQ(facts_of(file), expected(2, "not whole", 1, 2, lost));
  EXPECT_EQ(facts_of(one_chunk(1)), expected(2, "not whole", 1, 2, lost));
}

TEST(EvtxTest, OlderRecordsBehindTheEndDoNotCount) {
  EvtxChunkWriter chunk;
  chunk.add(failed_logon(kTime, 5, "u", 0xC000006D, 0, 3));
  const std::size_t end = chunk.size();
  chunk.add(failed_logon(kTime, 2, "u", 0xC000006D, 0, 3));
  std::string bytes = chunk.finish();
  bytes[48] = static_cast<char>(end & 0xFFU);
  bytes[49] = static_cast<char>(end >> 8U);
  test::sign_chunk(bytes);
  EXPECT_EQ(facts_of(evtx_file({bytes})), expected(1, "whole", 5, 5));
}

TEST(EvtxTest, BehindABrokenRecordTheNextIsFound) {
  EvtxChunkWriter chunk;
  chunk.add(failed_logon(kTime, 1, "u", 0xC000006D, 0, 3));
  const std::size_t broken =
      chunk.add(failed_logon(kTime, 2, "u", 0xC000006D, 0, 3));
  chunk.add(failed_logon(kTime, 3, "u", 0xC000006D, 0, 3));
  for (const auto& [place, value] :
       {std::pair{broken, 'x'}, std::pair{broken + 4, '\x10'},
        std::pair{broken + 7, '\xFF'}}) {
    std::string bytes = chunk.finish();
    bytes[place] = value;
    EXPECT_EQ(facts_of(evtx_file({bytes})),
              expected(2, "not whole", 1, 3, damaged(1, 1)));
  }
}

// It counts, with the number and the time of its head.
TEST(EvtxTest, ARecordThatMeansNothing) {
  for (const std::string& content :
       {"\x0F\x01\x01\0\x0C\x01\x01\0\0\0\xFF\xFF\xFF\xFF"s,
        "\x0F\x01\x01\0\x41"s, "\x0F\x01\x01\0\x33"s, std::string(40, 'x')}) {
    EvtxChunkWriter chunk;
    chunk.add(failed_logon(kTime, 1, "u", 0xC000006D, 0, 3));
    chunk.add_raw(content, 2, kTime + 1);
    EXPECT_EQ(
        facts_of(evtx_file({chunk.finish()})),
        "log of security events: 2 records of 2006-05-16T09:01:00Z to "
        "2006-05-16T09:01:01Z, not whole\n"
        "logon 4625: account u, domain WEB1, code 1326, type 3, by Advapi, in "
        "w3wp.exe, from WEB1\n"
        "  1 times, @1, 2006-05-16T09:01:00Z\n" +
            damaged(1, 1));
  }
  // An event without content is none that is damaged: there are such.
  EvtxChunkWriter chunk;
  chunk.add_raw("", 2, kTime);
  EXPECT_EQ(facts_of(evtx_file({chunk.finish()})),
            "log of other events: 1 records of 2006-05-16T09:01:00Z, whole\n");
}

TEST(EvtxTest, ATimeThatCannotBeIsKeptNowhere) {
  EvtxEvent event = failed_logon(kTime, 2, "u", 0xC000006D, 0, 3);
  event.time = 40'000'000'000;
  event.head_time = 41'000'000'000;
  EXPECT_EQ(facts_of({event}),
            "log of security events: 1 records, whole\n"
            "logon 4625: account u, domain WEB1, code 1326, type 3, by Advapi, "
            "in w3wp.exe, from WEB1\n"
            "  1 times, @2\n");
}

TEST(EvtxTest, WhatIsNoEventLog) {
  EXPECT_EQ(recognise_log("ElfFile"), nullptr);
  EXPECT_EQ(recognise_log(std::string(8192, '\0')), nullptr);
  EXPECT_EQ(recognise_log(std::string(4096, '\0') + "ElfChnk"), nullptr);
  EXPECT_EQ(recognise_log(""), nullptr);
  EXPECT_EQ(recognise_log("ElfFile\0"s), &kEvtx);
}

// Fewer groups than differ: what is left out is told.
TEST(EvtxTest, TooManyGroups) {
  std::vector<std::string> chunks;
  std::uint64_t record = 1;
  while (record <= 20'100) {
    EvtxChunkWriter chunk;
    while (chunk.size() < 64'000 && record <= 20'100) {
      chunk.add(old_event("W3SVC", 100, kTime + static_cast<int>(record),
                          record, {std::to_string(record), "x"}));
      ++record;
    }
    chunks.push_back(chunk.finish());
  }
  const std::string file = evtx_file(chunks);
  const FileFacts facts = read_event_log(kEvtx, file);
  EXPECT_EQ(facts.records.attempts.size(), 20'000U);
  EXPECT_FALSE(facts.records.logs.front().is_whole);
  ASSERT_EQ(facts.problems.size(), 1U);
  EXPECT_EQ(facts.problems.front().text,
            "100 records of logons differ from all others that were read and "
            "are left out: there are too many. The newest of them is of "
            "2006-05-16T14:36:00Z");
  EXPECT_EQ(describe_event_log(read_event_log_in_pieces(kEvtx, file, 2, 1)),
            describe_event_log(facts));
}

}  // namespace
}  // namespace iisdiag::evidence
