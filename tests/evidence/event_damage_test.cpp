// Event logs damaged at random: whatever the bytes are, the readers say what
// the reference says, with any number of threads and in any pieces.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "evidence/event_log_reading.hpp"
#include "evidence/event_reference.hpp"
#include "evidence/reading.hpp"
#include "support/evt_writer.hpp"
#include "support/evtx_events.hpp"

namespace iisdiag::evidence {
namespace {

using namespace std::string_literals;

#ifdef IISDIAG_SANITIZED
constexpr std::uint32_t kRuns = 60;
#else
constexpr std::uint32_t kRuns = 400;
#endif

constexpr std::int64_t kTime = 1'147'770'060;

using Random = std::minstd_rand;

std::uint32_t below(Random& random, std::uint32_t limit) {
  return static_cast<std::uint32_t>(random() % limit);
}

test::EvtxEvent random_event(Random& random, std::uint64_t record) {
  const std::int64_t time = kTime + below(random, 10'000);
  const std::string account = "user" + std::to_string(below(random, 5));
  test::EvtxEvent event;
  switch (below(random, 5)) {
    case 0:
      event = test::old_event("W3SVC", 100 + below(random, 2), time, record,
                              {account, "x"}, "\x2E\x05\0\0"s);
      break;
    case 1:
      event = test::old_event("EventLog", 6005, time, record, {});
      break;
    case 2:
      event = test::old_event("Microsoft-Windows-Eventlog", 1102, time, record,
                              {"S", account}, {}, "Security");
      break;
    case 3:
      event =
          test::auditing_event(4776, time, record,
                               {{"PackageName", test::text_value("MSV")},
                                {"TargetUserName", test::text_value(account)},
                                {"Workstation", test::text_value("WEB1")},
                                {"Status", test::text_value("0xC000006A")}});
      break;
    default:
      event = test::failed_logon(time, record, account, 0xC000006D, 0xC000006A,
                                 below(random, 9));
      return event;
  }
  event.shape = static_cast<test::EvtxEvent::Shape>(below(random, 3));
  event.body_has_head = below(random, 2) == 0;
  return event;
}

std::string random_chunk(Random& random, std::uint64_t& record,
                         std::size_t size) {
  test::EvtxChunkWriter chunk;
  while (chunk.size() < size) {
    chunk.add(random_event(random, record++));
  }
  return chunk.finish();
}

// Bytes of a file, of a kind that damage likes.
void damage(Random& random, std::string& bytes, std::size_t from,
            std::size_t to) {
  const std::uint32_t times = below(random, 8);
  for (std::uint32_t i = 0; i < times && to > from; ++i) {
    const std::size_t at = from + random() % (to - from);
    switch (below(random, 4)) {
      case 0:
        bytes[at] = static_cast<char>(below(random, 256));
        break;
      case 1:
        bytes[at] = '\xFF';
        break;
      case 2:
        bytes.replace(at, std::min<std::size_t>(8, bytes.size() - at),
                      bytes.substr(from + random() % (to - from), 8));
        break;
      default:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(random, 8)));
    }
  }
}

std::string without_problems(const FileFacts& facts) {
  return describe(facts.records) + describe(facts.notes);
}

TEST(EventDamageTest, EvtxIsReadAsTheReferenceReadsIt) {
  for (std::uint32_t seed = 1; seed <= kRuns; ++seed) {
    Random random(seed);
    std::uint64_t record = 1;
    const std::size_t size = 2'000 + below(random, 6'000);
    std::string chunk = random_chunk(random, record, size);
    damage(random, chunk, 0, size + 100);
    if (below(random, 4) == 0) {
      test::sign_chunk(chunk);
    }
    std::string file = test::evtx_file({chunk});
    if (below(random, 4) == 0) {
      file.resize(4096 + below(random, 65'536));
    }
    ASSERT_EQ(without_problems(read_event_log_in_pieces(kEvtx, file, 1, seed)),
              evtx_reference(file))
        << "seed " << seed;
  }
}

TEST(EventDamageTest, EvtxIsTheSameForAllThreadsAndPieces) {
  Random random(1);
  std::uint64_t record = 1;
  std::vector<std::string> chunks;
  for (int i = 0; i < 6; ++i) {
    chunks.push_back(random_chunk(random, record, 60'000));
    damage(random, chunks.back(), 512, 60'000);
  }
  std::vector<std::string> many;
  for (int i = 0; i < 50; ++i) {
    many.push_back(chunks[below(random, 6)]);
  }
  std::string file = test::evtx_file(many);
  file.resize(file.size() - 1'000);
  const std::string expected = evtx_reference(file);
  for (const std::size_t threads : {1U, 2U, 3U}) {
    for (std::uint32_t seed = 0; seed < 2; ++seed) {
      EXPECT_EQ(without_problems(
                    read_event_log_in_pieces(kEvtx, file, threads, seed)),
                expected)
          << threads << " threads, seed " << seed;
    }
  }
}

std::vector<test::EvtEvent> random_events(Random& random, std::uint32_t count) {
  std::vector<test::EvtEvent> events;
  for (std::uint32_t i = 1; i <= count; ++i) {
    const std::string account = "user" + std::to_string(below(random, 5));
    static const char* const kSources[] = {"W3SVC", "Security", "EventLog",
                                           "Tcpip", "MSFTPSVC"};
    static constexpr std::uint32_t kIds[] = {100, 529, 6005, 100, 517, 681};
    events.push_back(
        {kSources[below(random, 5)],
         kIds[below(random, 6)],
         kTime + below(random, 10'000),
         i,
         {account, std::string(below(random, 9), 'x'), "3", "3221225578"},
         "\x2E\x05\0\0"s,
         "WEB" + std::to_string(below(random, 2))});
  }
  return events;
}

TEST(EventDamageTest, EvtIsReadAsTheReferenceReadsIt) {
  for (std::uint32_t seed = 1; seed <= kRuns; ++seed) {
    Random random(seed);
    test::EvtOptions options;
    options.ring = 6'000;
    options.oldest = below(random, 1'500) * 4;
    options.has_end = below(random, 8) != 0;
    options.stale = below(random, 2) == 0 ? 'L' : '\0';
    std::string file = test::evt_file(random_events(random, 20), options);
    damage(random, file, 48, file.size());
    if (below(random, 4) == 0) {
      file.resize(48 + below(random, 6'000));
    }
    ASSERT_EQ(without_problems(read_event_log_in_pieces(kEvt, file, 1, seed)),
              evt_reference(file))
        << "seed " << seed;
  }
}

// Records that begin in the data of others, where a thread may begin.
TEST(EventDamageTest, EvtIsTheSameForAllThreads) {
  Random random(1);
  const std::vector<test::EvtEvent> small = random_events(random, 100);
  std::vector<test::EvtEvent> events = small;
  for (test::EvtEvent& event : events) {
    if (below(random, 2) == 0) {
      event.binary = "\x2E\x05\0\0"s;
      for (int i = 0; i < 900; ++i) {
        event.binary += test::evt_record(small[below(random, 100)]);
      }
    }
  }
  std::vector<std::string> records;
  for (int i = 0; i < 90; ++i) {
    records.push_back(test::evt_record(events[below(random, 100)]));
  }
  test::EvtOptions options;
  options.oldest = 1'000'000;
  options.ring = 8'000'000;
  for (const bool is_damaged : {false, true}) {
    std::string file = test::evt_file(records, options);
    for (int i = 0; is_damaged && i < 30; ++i) {
      damage(random, file, 48, file.size());
    }
    const std::string expected = evt_reference(file);
    for (const std::size_t threads : {1U, 2U, 3U}) {
      EXPECT_EQ(
          without_problems(read_event_log_in_pieces(kEvt, file, threads, 0)),
          expected)
          << threads << " threads";
    }
  }
}

}  // namespace
}  // namespace iisdiag::evidence
