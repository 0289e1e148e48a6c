// Event logs of Windows NT to Server 2003.
#include <gtest/gtest.h>

#include "evidence/event_log_reading.hpp"
#include "support/evt_writer.hpp"

namespace iisdiag::evidence {
namespace {

using test::evt_file;
using test::evt_record;
using test::EvtEvent;
using test::EvtOptions;
using namespace std::string_literals;

// 2006-05-16T09:01:00Z
constexpr std::int64_t kTime = 1'147'770'060;
constexpr std::uint32_t kWarning = 0x80000000;

std::string facts_of(std::string_view bytes) {
  return describe_event_log(read_event_log(kEvt, bytes));
}

TEST(EvtTest, IisCouldNotLogOn) {
  const std::string data = "\x2E\x05\0\0"s;
  EXPECT_EQ(
      facts_of(evt_file(
          {{"W3SVC",
            kWarning | 100,
            kTime,
            1,
            {"IUSR_WEB1", "Logon failure.\r\n"},
            data},
           {"w3svc", kWarning | 100, kTime + 60, 2, {"IUSR_WEB1", "x"}, data},
           {"MSFTPSVC",
            kWarning | 100,
            kTime + 61,
            3,
            {"IUSR_WEB1", "x"},
            "\x75\x07\0\0"s},
           {"W3SVC-WP", kWarning | 2216, kTime + 62, 4, {}, {}},
           {"Tcpip", 100, kTime + 63, 5, {"a"}, data},
           {"W3SVC", 105, kTime + 64, 6, {"a"}, data},
           {"EventLog", 0x80001775, kTime + 65, 7, {}, {}}})),
      "log of system events, WEB1: 7 records of 2006-05-16T09:01:00Z to "
      "2006-05-16T09:02:05Z, whole\n"
      "IIS 100 of W3SVC: account IUSR_WEB1, code 1326\n"
      "  2 times, @1 to @2, 2006-05-16T09:01:00Z to 2006-05-16T09:02:00Z\n"
      "IIS 100 of MSFTPSVC: account IUSR_WEB1, code 1909\n"
      "  1 times, @3, 2006-05-16T09:02:01Z\n"
      "subauth 2216 of W3SVC-WP\n"
      "  1 times, @4, 2006-05-16T09:02:02Z\n"
      "start 6005\n"
      "  1 times, @7, 2006-05-16T09:02:05Z\n");
}

// The bytes of FORMATS.md 2.4.
TEST(EvtTest, ARecordByHand) {
  const std::string record =
      "\x70\0\0\0"
      "LfLe\x07\0\0\0\xCC\x94\x69\x44\xCC\x94\x69\x44\x64\0\0\x80\x02\0\x02\0"
      "\0\0\0\0\0\0\0\0\x4E\0\0\0\0\0\0\0\0\0\0\0\x04\0\0\0\x66\0\0\0"
      "W\0003\0S\0V\0C\0\0\0"
      "W\0E\0B\0001\0\0\0"
      "I\0U\0S\0R\0_\0W\0E\0B\0001\0\0\0"
      "x\0\0\0\x2E\x05\0\0\0\0\x70\0\0\0"s;
  ASSERT_EQ(record.size(), 112U);
  EXPECT_EQ(facts_of(evt_file(std::vector{record})),
            "log of system events, WEB1: 1 records of 2006-05-16T09:01:00Z, "
            "whole\n"
            "IIS 100 of W3SVC: account IUSR_WEB1, code 1326\n"
            "  1 times, @7, 2006-05-16T09:01:00Z\n");
}

TEST(EvtTest, EventsOfTheSecurityLog) {
  const auto event = [](std::uint32_t id, std::vector<std::string> strings) {
    return EvtEvent{"Security", id, kTime, id, std::move(strings), {}};
  };
  EXPECT_EQ(
      facts_of(evt_file(
          {event(517, {"SYSTEM", "NT AUTHORITY"}),
           event(540, {"u", "D", "(0x0,0x1)", "3", "NtLmSsp ", "NTLM", "PC"}),
           event(529, {"u", "D", "3", "IIS     ", "pkg", "WEB1"}),
           event(681, {"pkg", "u", "PC", "3221225578"}),
           event(644, {"u", "PC", "%{S-1-5-21-1-2-3-1003}", "x", "y", "z"}),
           event(538, {"u", "D", "(0x0,0x1)", "3"})})),
      "log of security events, WEB1: 6 records of 2006-05-16T09:01:00Z, whole\n"
      "logon 540: account u, domain D, code 0, type 3, by NtLmSsp, from PC\n"
      "  1 times, @540, 2006-05-16T09:01:00Z\n"
      "logon 529: account u, domain D, code 1326, type 3, by IIS, from WEB1\n"
      "  1 times, @529, 2006-05-16T09:01:00Z\n"
      "validation 681: account u, code 86, from PC\n"
      "  1 times, @681, 2006-05-16T09:01:00Z\n"
      "lockout 644: account u, SID S-1-5-21-1-2-3-1003, from PC\n"
      "  1 times, @644, 2006-05-16T09:01:00Z\n"
      "the log was emptied on 2006-05-16T09:01:00Z @517\n");
}

// --- The ring ---------------------------------------------------------------

std::vector<std::string> failures(std::uint32_t count) {
  std::vector<std::string> records;
  for (std::uint32_t i = 1; i <= count; ++i) {
    records.push_back(evt_record({"W3SVC",
                                  kWarning | 100,
                                  kTime + i,
                                  i,
                                  {"u", std::string(i % 7, 'x')},
                                  "\x2E\x05\0\0"s}));
  }
  return records;
}

std::string expected(int records, std::string_view whole, int first,
                     std::string_view from, int last, std::string_view to,
                     const std::string& problem = {}) {
  return "log of system events, WEB1: " + std::to_string(records) +
         " records of 2006-05-16T09:01:" + std::string(from) +
         "Z to 2006-05-16T09:01:" + std::string(to) + "Z, " +
         std::string(whole) + "\nIIS 100 of W3SVC: account u, code 1326\n  " +
         std::to_string(records) + " times, @" + std::to_string(first) +
         " to @" + std::to_string(last) +
         ", 2006-05-16T09:01:" + std::string(from) +
         "Z to 2006-05-16T09:01:" + std::string(to) + "Z\n" + problem;
}

const std::string kNoEnd =
    "file: the log does not tell where it ends: events were searched for, and "
    "some may be missing or older than the log\n";

std::string broken(int places) {
  return "file: the log is damaged or cut in " + std::to_string(places) +
         " places: events may be missing\n";
}

// The oldest record anywhere: records and the end record lie across the end
// of the file, and what is left of it is filled up.
TEST(EvtTest, TheRingClosesAnywhere) {
  const auto records = failures(9);
  std::size_t size = 0;
  for (const std::string& record : records) {
    size += record.size();
  }
  const std::size_t ring = size + 400;
  for (std::size_t oldest = 0; oldest < ring; oldest += 4) {
    for (const bool is_stale : {false, true}) {
      EvtOptions options;
      options.oldest = oldest;
      options.ring = ring;
      options.is_head_stale = is_stale;
      options.flags = is_stale ? 3 : 2;
      EXPECT_EQ(facts_of(evt_file(records, options)),
                expected(9, "whole", 1, "01", 9, "09"))
          << oldest << is_stale;
    }
  }
}

TEST(EvtTest, OlderRecordsBehindTheEndDoNotCount) {
  const auto records = failures(9);
  std::string file = evt_file(records);
  file += evt_record(
      {"W3SVC", kWarning | 100, kTime, 99, {"u", "x"}, "\x2E\x05\0\0"s});
  EXPECT_EQ(facts_of(file), expected(9, "whole", 1, "01", 9, "09"));
}

// Of end records the one that knows its place and the newest number counts.
TEST(EvtTest, SeveralEndRecords) {
  const auto records = failures(9);
  const std::string old = evt_file(failures(4));
  std::string file = evt_file(records);
  file += old.substr(old.size() - 40);
  EXPECT_EQ(facts_of(file), expected(9, "whole", 1, "01", 9, "09"));
}

// A log that was emptied or has shrunk leaves ends that know their place.
TEST(EvtTest, AnOlderEndRecordBehindTheNewest) {
  std::string file = evt_file(failures(9));
  std::string old = file.substr(file.size() - 40);
  old[24] = static_cast<char>(file.size() & 0xFFU);
  old[25] = static_cast<char>(file.size() >> 8U);
  old[28] = 5;
  EXPECT_EQ(facts_of(file + old), expected(9, "whole", 1, "01", 9, "09"));
}

// Of records of one time the last is the newest.
TEST(EvtTest, TheComputerOfTheNewestRecord) {
  EXPECT_EQ(
      facts_of(evt_file({{"Tcpip", 1, kTime + 1, 1, {}, {}, "OLD"},
                         {"Tcpip", 1, kTime + 2, 2, {}, {}, "NEW"},
                         {"Tcpip", 1, kTime + 2, 3, {}, {}, "NEWEST"},
                         {"Tcpip", 1, kTime, 4, {}, {}, "EARLY"}})),
      "log of system events, NEWEST: 4 records of 2006-05-16T09:01:00Z to "
      "2006-05-16T09:01:02Z, whole\n");
}

TEST(EvtTest, WithoutAnEndRecordsAreSearchedFor) {
  EvtOptions options;
  options.has_end = false;
  options.oldest = 300;
  options.ring = 2'000;
  EXPECT_EQ(facts_of(evt_file(failures(9), options)),
            expected(9, "not whole", 1, "01", 9, "09", kNoEnd));
}

TEST(EvtTest, AHeadOfZeros) {
  std::string file = evt_file(failures(9));
  file.replace(0, 48, 48, '\0');
  EXPECT_EQ(facts_of(file), expected(9, "whole", 1, "01", 9, "09"));
}

TEST(EvtTest, ACutLog) {
  const std::string file = evt_file(failures(9));
  // Without the end record, and in the ninth record.
  EXPECT_EQ(facts_of(file.substr(0, file.size() - 60)),
            expected(8, "not whole", 1, "01", 8, "08", kNoEnd));
}

TEST(EvtTest, BehindABrokenRecordTheNextIsFound) {
  const auto records = failures(9);
  const std::size_t second = 48 + records[0].size();
  for (const auto& [place, value] :
       {std::pair<std::size_t, std::string>{0, "\xFF\xFF\xFF\xFF"},
        {0, "\0\0\0\0"s},
        {0, "\x3D\0\0\0"s},
        {4, "LfLx"},
        {records[1].size() - 4, "\0\0\0\0"s}}) {
    std::string file = evt_file(records);
    file.replace(second + place, 4, value);
    EXPECT_EQ(facts_of(file),
              expected(8, "not whole", 1, "01", 9, "09", broken(1)));
  }
}

TEST(EvtTest, AnOldestRecordThatIsNone) {
  std::string file = evt_file(failures(9));
  const std::size_t end = file.size() - 40;
  file[end + 20] = 52;  // the first record stands at 48
  EXPECT_EQ(facts_of(file),
            expected(8, "not whole", 2, "02", 9, "09", broken(1)));
  file[end + 20] = 4;  // in the head
  EXPECT_EQ(facts_of(file), expected(9, "not whole", 1, "01", 9, "09", kNoEnd));
}

// Numbers within a record that lead out of it: what is there is taken.
TEST(EvtTest, StringsAndDataThatAreNotThere) {
  const auto with = [](std::size_t place, std::string_view value) {
    std::string record = evt_record(
        {"W3SVC", 100, kTime, 1, {"u", "locked out"}, "\x2E\x05\0\0"s});
    record.replace(place, value.size(), value);
    return facts_of(evt_file(std::vector{record}));
  };
  const std::string head =
      "log of system events, WEB1: 1 records of 2006-05-16T09:01:00Z, whole\n"
      "IIS 100 of W3SVC";
  const std::string tail = "\n  1 times, @1, 2006-05-16T09:01:00Z\n";
  EXPECT_EQ(with(0, ""), head + ": account u, code 1326" + tail);
  EXPECT_EQ(with(26, "\xFF\xFF"), head + ": account u, code 1326" + tail);
  EXPECT_EQ(with(26, "\0\0"s), head + ": code 1326" + tail);
  EXPECT_EQ(with(36, "\xFF\xFF\xFF\xFF"), head + ": code 1326" + tail);
  EXPECT_EQ(with(36, "\0\0\0\0"s), head + ": code 1326" + tail);
  // Without data the text tells the code.
  EXPECT_EQ(with(48, "\0\0\0\0"s), head + ": account u, code 1909" + tail);
  EXPECT_EQ(with(48, "\xFF\xFF\xFF\xFF"),
            head + ": account u, code 1909" + tail);
  EXPECT_EQ(with(52, "\xFF\xFF\xFF\xFF"),
            head + ": account u, code 1909" + tail);
}

TEST(EvtTest, AnEmptyLog) {
  EXPECT_EQ(facts_of(evt_file(std::vector<std::string>{})),
            "log of other events: 0 records, whole\n");
  EXPECT_EQ(facts_of(evt_file(std::vector<std::string>{}).substr(0, 48)),
            "log of other events: 0 records, not whole\n" + kNoEnd);
}

TEST(EvtTest, WhatIsNoEventLog) {
  EXPECT_EQ(recognise_log("\x30\0\0\0LfLe"s), nullptr);
  EXPECT_EQ(recognise_log(std::string(100, '\0')), nullptr);
  EXPECT_EQ(recognise_log("\x31\0\0\0LfLe"s + std::string(60, '\0')), nullptr);
  EXPECT_EQ(recognise_log("\x30\0\0\0LfLe"s + std::string(40, '\0')), &kEvt);
}

}  // namespace
}  // namespace iisdiag::evidence
