// The fast reader of W3C logs against a plain one, and against itself with
// other threads, blocks and pieces, on logs made up and damaged by chance.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "evidence/describe_log.hpp"
#include "evidence/log_blocks.hpp"
#include "evidence/parallel.hpp"
#include "evidence/w3c.hpp"
#include "evidence/w3c_reference.hpp"
#include "evidence/w3c_scan.hpp"

namespace iisdiag::evidence {
namespace {

using Random = std::minstd_rand;

template <std::size_t Size>
std::string one_of(const std::array<const char*, Size>& all, Random& random) {
  return all[random() % Size];
}

constexpr std::array kHeaders = {
    "date time s-sitename s-ip cs-method cs-uri-stem cs-uri-query s-port "
    "cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status",
    "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip "
    "cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status "
    "time-taken",
    "date time cs-uri-stem cs-username sc-status sc-win32-status sc-substatus",
    "date time c-ip cs-username cs-uri-stem sc-status sc-win32-status "
    "time-taken cs(User-Agent)",
    "sc-status date time cs-uri-stem",
};

constexpr std::array kSerialHeaders = {
    "time c-ip cs-method cs-uri-stem sc-status sc-win32-status",
    "date time c-ip cs-username s-ip s-port cs-method cs-uri-stem sc-status "
    "sc-win32-status sc-substatus x-session x-fullpath",
    "date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status "
    "s-siteid s-reason s-queuename",
    "time cs-uri-stem cs-username sc-status",
    "cs-bytes time-taken",
};

std::string field(const std::string& name, Random& random) {
  if (name == "date") {
    return one_of(std::array{"2026-05-01", "2026-05-02", "2026-05-02",
                             "2026-04-30", "2026-02-30"},
                  random);
  }
  if (name == "time") {
    return one_of(std::array{"00:00:01", "23:59:59", "10:00:00", "10:00:01",
                             "9:05:00", "24:00:00"},
                  random);
  }
  if (name == "s-sitename") {
    return one_of(std::array{"W3SVC1", "W3SVC1", "W3SVC2", "-"}, random);
  }
  if (name == "c-ip" || name == "s-ip") {
    return one_of(std::array{"10.0.0.9", "::1", "fe80::1%8", "401"}, random);
  }
  if (name == "cs-method") {
    return one_of(
        std::array{"GET", "POST", "[1]USER", "[1]PASS", "PASS", "USER"},
        random);
  }
  if (name == "cs-uri-stem" || name == "cs-uri") {
    return one_of(std::array{"/", "/a/b/c/d.asp", "/a/x.asp", "/shop/", "-",
                             "anonymous", "/\xD8\xB9?q"},
                  random);
  }
  if (name == "cs-username") {
    return one_of(std::array{"-", "-", "-", "WEB\\bob", "", "bob smith"},
                  random);
  }
  if (name == "sc-status") {
    return one_of(std::array{"200", "401", "401", "500", "503", "404", "530",
                             "230", "-", "304", "403"},
                  random);
  }
  if (name == "sc-substatus") {
    return one_of(std::array{"0", "1", "2", "3", "19", "19", "-"}, random);
  }
  if (name == "sc-win32-status") {
    return one_of(std::array{"0", "5", "1326", "2148074254", "2147943726",
                             "99999999999", "-1", "-"},
                  random);
  }
  if (name == "cs(User-Agent)") {
    return one_of(std::array{"Agent", "Agent 401 1 1326", "-", "A 503 ",
                             "Mozilla/5.0+(Windows+NT+10.0)"},
                  random);
  }
  if (name == "s-reason") {
    return one_of(std::array{"AppOffline", "-", "Connection_Abandoned_By_X"},
                  random);
  }
  if (name == "x-session") {
    return one_of(std::array{"s1", "s2"}, random);
  }
  return one_of(std::array{"-", "80", "401", "500", "503", "15"}, random);
}

std::string make_log(Random& random, std::size_t lines, bool serial_too) {
  std::string log;
  std::string header = kHeaders[0];
  const char* const feed = random() % 2 == 0 ? "\n" : "\r\n";
  const auto begin = [&] {
    header = serial_too && random() % 2 == 0 ? one_of(kSerialHeaders, random)
                                             : one_of(kHeaders, random);
    if (serial_too && random() % 2 == 0) {
      log += std::string("#Date: 2026-05-0") +
             std::to_string(1 + random() % 3) + " 10:00:00" + feed;
    }
    log += "#Fields: " + header + feed;
  };
  begin();
  for (std::size_t i = 0; i < lines; ++i) {
    const std::size_t kind = random() % 60;
    if (kind == 0) {
      begin();
    } else if (kind == 1) {
      log += feed;
    } else if (kind == 2) {
      log += std::string("# remark 401 1 1326") + feed;
    } else if (kind == 3) {
      log += std::string(" 401 odd row ") + feed;
    } else {
      std::string row;
      std::size_t at = 0;
      while (at < header.size()) {
        const std::size_t end = std::min(header.find(' ', at), header.size());
        row +=
            (at == 0 ? "" : " ") + field(header.substr(at, end - at), random);
        at = end + 1;
      }
      if (random() % 20 == 0) {
        row.resize(random() % (row.size() + 1));
      }
      log += row + feed;
    }
  }
  return log;
}

std::string damaged(std::string log, Random& random, bool zeros_too) {
  constexpr std::string_view kBytes = " \n\r4051#-\"/\t";
  for (std::size_t count = random() % 20; count > 0; --count) {
    const char byte = zeros_too && random() % 4 == 0
                          ? '\0'
                          : kBytes[random() % kBytes.size()];
    const std::size_t at = random() % log.size();
    switch (random() % 3) {
      case 0:
        log[at] = byte;
        break;
      case 1:
        log.insert(at, 1 + random() % 3, byte);
        break;
      default:
        log.erase(at, random() % 40);
    }
  }
  log.resize(log.size() - random() % std::min<std::size_t>(log.size(), 90));
  return log;
}

FileFacts read_in(std::string_view log, std::size_t block,
                  const std::vector<std::size_t>& cuts) {
  const auto reader = open_w3c_log({"log", ""}, block);
  return read_pieces(*reader, log, cuts);
}

// "not whole" and problems are no matter of the plain reader.
std::string comparable(FileFacts facts) {
  facts.problems.clear();
  for (facts::LogSpan& log : facts.records.logs) {
    log.is_whole = true;
  }
  return describe_log(facts);
}

TEST(W3cRandomTest, ReadsWhatAPlainReaderReads) {
  for (std::uint32_t seed = 1; seed <= 150; ++seed) {
    Random random(seed);
    std::string log = make_log(random, 60, false);
    if (seed % 2 == 0) {
      // A header that loses its date is read in another way.
      const std::string whole = log;
      do {
        log = damaged(whole, random, false);
      } while (log.find('"') != std::string::npos);
    }
    bool has_dates = true;
    for (std::size_t at = 0; at < log.size();) {
      const std::size_t end = std::min(log.find('\n', at), log.size());
      const std::string line = log.substr(at, end - at);
      if (line.starts_with("#F")) {
        has_dates =
            has_dates &&
            std::any_of(
                kHeaders.begin(), kHeaders.end(), [&](const char* header) {
                  return line.starts_with(std::string("#Fields: ") + header);
                });
      }
      at = end + 1;
    }
    if (!has_dates || log.find("]") != std::string::npos ||
        log.find("PASS") != std::string::npos ||
        log.find("USER") != std::string::npos) {
      continue;
    }
    EXPECT_EQ(comparable(read_in(log, LogBlocks::kBlock, {})),
              comparable(read_plainly(log)))
        << seed << "\n"
        << log;
  }
}

TEST(W3cRandomTest, BlocksThreadsAndPiecesDoNotMatter) {
  for (std::uint32_t seed = 1; seed <= 120; ++seed) {
    Random random(seed);
    std::string log = make_log(random, 80, true);
    if (seed % 2 == 0) {
      log = damaged(log, random, true);
    }
    const std::string whole = describe_log(read_in(log, LogBlocks::kBlock, {}));
    for (std::size_t i = 0; i < 4; ++i) {
      std::vector<std::size_t> cuts;
      // The first piece holds what a log without a header is known by.
      for (std::size_t at = log.size() / 2; at < log.size();
           at += 1 + random() % 700) {
        cuts.push_back(at);
      }
      const ForcedWorkers workers(1 + random() % 3);
      EXPECT_EQ(describe_log(read_in(log, 1 + random() % 600, cuts)), whole)
          << seed << "\n"
          << log;
    }
  }
}

TEST(W3cRandomTest, EveryTruncationIsRead) {
  Random random(7);
  const std::string log = make_log(random, 20, true);
  for (std::size_t size = 0; size <= log.size(); ++size) {
    const FileFacts facts =
        read_in(std::string_view(log).substr(0, size), 100, {});
    ASSERT_EQ(facts.records.logs.size(), 1U);
  }
}

TEST(W3cScanTest, VectorsFindWhatBytesDo) {
  Random random(3);
  constexpr std::string_view kBytes = " \n\r#4350197Aa\t";
  for (int round = 0; round < 400; ++round) {
    std::string text;
    for (std::size_t size = random() % 700; size > 0; --size) {
      text += random() % 4 == 0 ? kBytes[random() % kBytes.size()]
                                : static_cast<char>(random() % 256);
    }
    std::size_t from = 0;
    std::uint64_t fast_feeds = 0;
    std::uint64_t slow_feeds = 0;
    while (from < text.size()) {
      const std::size_t fast = next_hit(text, from, fast_feeds);
      const std::size_t slow = next_hit_scalar(text, from, slow_feeds);
      ASSERT_EQ(fast, slow) << round;
      ASSERT_EQ(fast_feeds, slow_feeds) << round;
      std::size_t begin = from;
      while (begin > 0 && text[begin - 1] != '\n') {
        --begin;
      }
      ASSERT_EQ(line_begin(text, from), begin) << round;
      fast_feeds += fast < text.size() && text[fast] == '\n' ? 1U : 0U;
      slow_feeds = fast_feeds;
      from = fast + 1;
    }
    std::array<std::uint32_t, 40> starts{};
    const std::size_t fields = split_fields(text, starts);
    const auto blanks =
        static_cast<std::size_t>(std::count(text.begin(), text.end(), ' '));
    EXPECT_EQ(fields, std::min(blanks + 1, starts.size() + 1));
    for (std::size_t i = 1; i < std::min(fields, starts.size()); ++i) {
      EXPECT_EQ(text[starts[i] - 1], ' ');
      EXPECT_LT(starts[i - 1], starts[i]);
    }
  }
}

}  // namespace
}  // namespace iisdiag::evidence
